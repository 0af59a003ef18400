#include "platform/queries/references.h"

#include <algorithm>
#include <functional>
#include <set>

#include "base/sql_text.h"
#include "base/text.h"

namespace sextant::queries {
namespace {

bool is_name(const sql::Token& token) {
  return token.kind == sql::TokenKind::word || token.kind == sql::TokenKind::quoted_name;
}

}  // namespace

std::vector<std::string> references_in(std::string_view text) {
  std::vector<std::string> found;
  const auto tokens = sql::tokenize(text);
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    if (!is_name(tokens[i]) || text::lower_ascii(tokens[i].name) != "saved") continue;
    if (text[tokens[i + 1].start] != '.' || !is_name(tokens[i + 2])) continue;
    std::string name = text::lower_ascii(tokens[i + 2].name);
    if (std::ranges::find(found, name) == found.end()) found.push_back(std::move(name));
  }
  return found;
}

std::optional<std::vector<std::string>> find_cycle(
    const std::string& reference, const std::string& sql,
    const std::map<std::string, std::string>& queries) {
  std::vector<std::string> way{reference};
  std::set<std::string> seen;
  const std::function<bool(const std::string&)> leads_back = [&](const std::string& text) {
    for (const auto& next : references_in(text)) {
      way.push_back(next);
      if (next == reference) return true;
      const auto query = queries.find(next);
      if (query != queries.end() && seen.insert(next).second && leads_back(query->second)) {
        return true;
      }
      way.pop_back();
    }
    return false;
  };
  if (leads_back(sql)) return way;
  return std::nullopt;
}

}  // namespace sextant::queries

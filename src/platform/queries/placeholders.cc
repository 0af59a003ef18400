#include "platform/queries/placeholders.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/sql_text.h"
#include "base/text.h"

namespace sextant::queries {
namespace {

using Tokens = std::vector<sql::Token>;

// Whether the five tokens from `at` are {{name}}, the brackets of each pair side by side.
bool is_placeholder(std::string_view text, const Tokens& tokens, std::size_t at) {
  if (at + 4 >= tokens.size() || tokens[at + 2].kind != sql::TokenKind::word) return false;
  const auto is = [&](std::size_t i, char c) { return text[tokens[at + i].start] == c; };
  return is(0, '{') && is(1, '{') && is(3, '}') && is(4, '}') &&
         tokens[at].end == tokens[at + 1].start && tokens[at + 3].end == tokens[at + 4].start;
}

// The name when a quoted text is '{{name}}' and nothing else.
std::optional<std::string> quoted_placeholder(std::string_view literal) {
  if (literal.size() < 7) return std::nullopt;
  const auto inner = literal.substr(1, literal.size() - 2);
  if (!inner.starts_with("{{") || !inner.ends_with("}}")) return std::nullopt;
  const auto tokens = sql::tokenize(inner);
  if (tokens.size() != 5 || !is_placeholder(inner, tokens, 0)) return std::nullopt;
  return tokens[2].name;
}

}  // namespace

Result<std::string> bind_placeholders(const std::string& text) {
  if (text.find("{{") == std::string::npos) return text;
  std::string out = text;
  const auto tokens = sql::tokenize(text);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto& token = tokens[i];
    if (token.kind == sql::TokenKind::string) {
      const auto name =
          quoted_placeholder(std::string_view(text).substr(token.start, token.end - token.start));
      if (!name) continue;
      return fail(
          ErrorCode::invalid_sql,
          fmt::format("The parameter {} stands in quotes, so it would be plain text.", *name),
          fmt::format("Write {{{{{}}}}} without quotes; its value is bound.", *name),
          {{"position", static_cast<std::int64_t>(token.start)}, {"parameter", *name}});
    }
    if (!is_placeholder(text, tokens, i)) continue;
    const std::size_t start = token.start, size = tokens[i + 4].end - start;
    std::string parameter = "$" + tokens[i + 2].name;
    parameter.resize(size, ' ');
    out.replace(start, size, parameter);
    i += 4;
  }
  return out;
}

std::vector<std::string> parameters_in(std::string_view text) {
  std::vector<std::string> names;
  const auto tokens = sql::tokenize(text);
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    const bool is_parameter =
        text[tokens[i].start] == '$' && tokens[i].kind == sql::TokenKind::symbol &&
        tokens[i + 1].kind == sql::TokenKind::word && tokens[i + 1].start == tokens[i].end;
    if (is_parameter && std::ranges::find(names, tokens[i + 1].name) == names.end()) {
      names.push_back(tokens[i + 1].name);
    }
  }
  return names;
}

}  // namespace sextant::queries

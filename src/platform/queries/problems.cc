#include "platform/queries/problems.h"

#include <algorithm>

#include "base/sql_text.h"

namespace sextant::queries {
namespace {

// UTF-16 units of the UTF-8 text before this byte.
std::int64_t units_before(std::string_view text, std::size_t end) {
  std::int64_t units = 0;
  for (const char c : text.substr(0, end)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 || byte >= 0xC0) units += byte >= 0xF0 ? 2 : 1;
  }
  return units;
}

// Behind the name a.b.c, text or sign that begins at `position`.
std::size_t end_of_word(std::string_view text, std::size_t position) {
  const auto tokens = sql::tokenize(text);
  const auto is_name = [](const sql::Token& token) {
    return token.kind == sql::TokenKind::word || token.kind == sql::TokenKind::quoted_name;
  };
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].end <= position) continue;
    std::size_t end = tokens[i].end;
    while (is_name(tokens[i]) && i + 2 < tokens.size() && tokens[i + 1].start == end &&
           text[end] == '.' && is_name(tokens[i + 2])) {
      i += 2;
      end = tokens[i].end;
    }
    return end;
  }
  return text.size();
}

}  // namespace

Problem problem_of(const Error& error, std::string_view sql) {
  Problem problem;
  problem.message = error.message;
  problem.hint = error.hint;
  if (const auto* saved = error.detail.if_contains("saved_query"); saved && saved->is_string()) {
    problem.saved_query = std::string(saved->get_string());
  }
  const auto* position = error.detail.if_contains("position");
  if (!position || !position->is_int64()) return problem;
  problem.position = position->get_int64();
  if (problem.saved_query) return problem;
  const auto at = std::min(static_cast<std::size_t>(*problem.position), sql.size());
  problem.from = units_before(sql, at);
  problem.to = units_before(sql, end_of_word(sql, at));
  return problem;
}

}  // namespace sextant::queries

#include "analysis/tuning/statement_text.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace sextant::tuning {
namespace {

using sql::TokenKind;

// What an operand of a comparison can not go beyond.
constexpr std::array<std::string_view, 47> kBounds{
    "AND",    "OR",    "NOT",        "WHERE",   "ON",        "HAVING", "QUALIFY",    "WHEN",
    "THEN",   "ELSE",  "CASE",       "END",     "SELECT",    "BY",     "DISTINCT",   "FILTER",
    "GROUP",  "ORDER", "LIMIT",      "OFFSET",  "UNION",     "EXCEPT", "INTERSECT",  "WINDOW",
    "AS",     "FROM",  "JOIN",       "INNER",   "FULL",      "CROSS",  "NATURAL",    "ASOF",
    "SEMI",   "ANTI",  "USING",      "IS",      "IN",        "ASC",    "DESC",       "NULLS",
    "SAMPLE", "ALL",   "POSITIONAL", "LATERAL", "RETURNING", "USING",  "TABLESAMPLE"};

bool is_open(char c) { return c == '(' || c == '[' || c == '{'; }
bool is_close(char c) { return c == ')' || c == ']' || c == '}'; }

std::string upper(std::string_view s) {
  std::string out(s);
  for (auto& c : out) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

}  // namespace

StatementText::StatementText(std::string_view sql) : sql_(sql), tokens_(sql::tokenize(sql)) {}

std::string StatementText::of(const Part& part) const {
  return std::string(sql_.substr(part.start, part.end - part.start));
}

std::optional<std::size_t> StatementText::token_at(std::int64_t position) const {
  const auto found =
      std::ranges::lower_bound(tokens_, static_cast<std::size_t>(position), {}, &sql::Token::start);
  if (position < 0 || found == tokens_.end() ||
      found->start != static_cast<std::size_t>(position)) {
    return std::nullopt;
  }
  return static_cast<std::size_t>(found - tokens_.begin());
}

bool StatementText::is_word(std::size_t token, std::string_view word) const {
  return token < tokens_.size() && tokens_[token].kind == TokenKind::word &&
         upper(tokens_[token].name) == word;
}

char StatementText::symbol(std::size_t token) const {
  if (token >= tokens_.size() || tokens_[token].kind != TokenKind::symbol) return 0;
  return sql_[tokens_[token].start];
}

std::optional<Part> StatementText::name_at(std::int64_t position) const {
  const auto first = token_at(position);
  if (!first) return std::nullopt;
  const auto is_name = [&](std::size_t i) {
    return i < tokens_.size() &&
           (tokens_[i].kind == TokenKind::word || tokens_[i].kind == TokenKind::quoted_name);
  };
  std::size_t last = *first;
  if (!is_name(last)) return std::nullopt;
  while (symbol(last + 1) == '.' && is_name(last + 2)) last += 2;
  return Part{tokens_[*first].start, tokens_[last].end};
}

std::size_t StatementText::first_of_left(std::size_t sign) const {
  int depth = 0;
  std::size_t first = sign;
  while (first > 0) {
    const std::size_t i = first - 1;
    const char c = symbol(i);
    if (is_close(c)) ++depth;
    if (depth == 0 && (is_open(c) || c == ',' || c == ';')) break;
    if (is_open(c)) --depth;
    const bool bound = depth == 0 && tokens_[i].kind == TokenKind::word &&
                       std::ranges::find(kBounds, upper(tokens_[i].name)) != kBounds.end();
    if (bound) break;
    first = i;
  }
  return first;
}

std::size_t StatementText::end_of_right(std::size_t sign_end) const {
  int depth = 0;
  std::size_t i = sign_end;
  for (; i < tokens_.size(); ++i) {
    const char c = symbol(i);
    if (depth == 0 && (is_close(c) || c == ',' || c == ';')) break;
    if (is_open(c)) ++depth;
    if (is_close(c)) --depth;
    if (depth > 0 || tokens_[i].kind != TokenKind::word) continue;
    // LEFT and RIGHT are joins unless they are called.
    const bool join = (is_word(i, "LEFT") || is_word(i, "RIGHT")) && symbol(i + 1) != '(';
    if (join || std::ranges::find(kBounds, upper(tokens_[i].name)) != kBounds.end()) break;
  }
  return i;
}

std::optional<StatementText::Operation> StatementText::operation_at(std::int64_t position) const {
  const auto sign = token_at(position);
  if (!sign) return std::nullopt;
  std::size_t sign_end = *sign + 1;
  const auto continues = [&](std::size_t i) {
    const char c = symbol(i);
    return (c == '=' || c == '>') && tokens_[i - 1].end == tokens_[i].start;
  };
  while (symbol(*sign) != 0 && sign_end < tokens_.size() && continues(sign_end)) ++sign_end;
  const std::size_t first = first_of_left(*sign), end = end_of_right(sign_end);
  if (first == *sign || end == sign_end) return std::nullopt;
  return Operation{{tokens_[first].start, tokens_[*sign - 1].end},
                   {tokens_[*sign].start, tokens_[sign_end - 1].end},
                   {tokens_[sign_end].start, tokens_[end - 1].end}};
}

std::optional<Part> StatementText::distinct_before(std::int64_t position,
                                                   std::string_view before) const {
  std::size_t i = 0;
  while (i < tokens_.size() && static_cast<std::int64_t>(tokens_[i].start) < position) ++i;
  int depth = 0;
  while (i-- > 1) {
    const char c = symbol(i);
    if (is_close(c)) ++depth;
    if (is_open(c)) --depth;
    if (!is_word(i, "DISTINCT") || depth > 0) continue;
    const bool follows = before == "(" ? symbol(i - 1) == '(' : is_word(i - 1, before);
    if (!follows || i + 1 >= tokens_.size()) return std::nullopt;
    return Part{tokens_[i].start, tokens_[i + 1].start};
  }
  return std::nullopt;
}

std::optional<std::size_t> StatementText::end_of_brackets(std::int64_t position) const {
  int depth = 0;
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    if (static_cast<std::int64_t>(tokens_[i].start) < position) continue;
    const char c = symbol(i);
    if (is_open(c)) ++depth;
    if (is_close(c) && --depth < 0) return tokens_[i].end;
  }
  return std::nullopt;
}

std::optional<Part> StatementText::order_by_at(std::int64_t position) const {
  std::size_t i = 0;
  while (i < tokens_.size() && static_cast<std::int64_t>(tokens_[i].start) < position) ++i;
  std::size_t by = i;
  while (by > 0 && !is_word(by, "BY")) --by;
  if (by == 0 || !is_word(by - 1, "ORDER")) return std::nullopt;
  int depth = 0;
  for (std::size_t end = by; end < tokens_.size(); ++end) {
    const char c = symbol(end);
    if (is_open(c)) ++depth;
    if (is_close(c) && --depth < 0) {
      const std::size_t start = by >= 2 ? tokens_[by - 2].end : tokens_[by - 1].start;
      return Part{start, tokens_[end - 1].end};
    }
  }
  return std::nullopt;
}

std::optional<std::int64_t> first_position(const json::Value& node) {
  std::optional<std::int64_t> least;
  const auto take = [&](std::optional<std::int64_t> one) {
    if (one && (!least || *one < *least)) least = one;
  };
  if (const auto* array = node.if_array()) {
    for (const auto& item : *array) take(first_position(item));
  } else if (const auto* object = node.if_object()) {
    const auto* own = object->if_contains("query_location");
    if (own && own->is_int64()) take(own->get_int64());
    for (const auto& member : *object) take(first_position(member.value()));
  }
  return least;
}

}  // namespace sextant::tuning

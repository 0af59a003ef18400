#include "analysis/ask/ranking/feature_parts.h"

#include <algorithm>
#include <cmath>

namespace sextant::ask {

std::uint32_t cell_shape(const ColumnEntry& column) {
  if (column.kind == Kind::number) {
    int years = 0, whole = 0, seen = 0;
    for (const Cell& cell : *column.sample) {
      const auto* number = std::get_if<double>(&cell);
      if (!number) continue;
      if (++seen > 20) break;
      years += *number >= 1500 && *number <= 2100 && *number == std::floor(*number);
      whole += *number == std::floor(*number);
    }
    return years == seen ? 1 : whole == seen ? 2 : 3;
  }
  if (column.kind != Kind::text) return 4;
  int digits = 0, letters = 0, spaces = 0, seen = 0;
  for (const Cell& cell : *column.sample) {
    const auto* text = std::get_if<std::string>(&cell);
    if (!text) continue;
    if (++seen > 12) break;
    digits += std::ranges::any_of(*text, [](char c) { return c >= '0' && c <= '9'; });
    letters +=
        std::ranges::any_of(*text, [](char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; });
    spaces += static_cast<int>(std::ranges::count(*text, ' '));
  }
  if (seen == 0) return 5;
  const bool some_digits = digits * 2 > seen, some_letters = letters * 2 > seen;
  const std::uint32_t words = spaces * 2 < seen ? 0 : spaces <= 2 * seen ? 1 : 2;
  return 6 + words + 3 * (some_digits ? (some_letters ? 2 : 1) : 0);
}

bool names(const Links& links, int column, int token) {
  return links.match[column][token] >= kNames;
}

int content_before(const Links& links, int from) {
  for (int i = from; i >= 0 && i > from - 6; --i) {
    if (!links.info[i].stop) return i;
  }
  return -1;
}

int content_after(const Links& links, int from) {
  const int n = static_cast<int>(links.tokens.size());
  for (int i = from; i < n && i < from + 6; ++i) {
    if (!links.info[i].stop) return i;
  }
  return -1;
}

std::uint32_t named_at(const QuestionFrame& frame, int column, int token) {
  if (token < 0) return 4;
  const bool self = names(frame.links, column, token);
  bool other = false;
  for (std::size_t c = 0; c < frame.links.match.size() && !other; ++c) {
    other = static_cast<int>(c) != column && names(frame.links, static_cast<int>(c), token);
  }
  return (self ? 1 : 0) + (other ? 2 : 0);
}

std::uint32_t token_hash(const Links& links, int token) {
  if (token < 0) return 1;
  if (token >= static_cast<int>(links.tokens.size())) return 2;
  return links.tokens[token].number ? 3 : links.tokens[token].hash;
}

}  // namespace sextant::ask

#pragma once
// What the features of conditions and of columns share: buckets, neighbours, shapes of cells.

#include "analysis/ask/ranking/features.h"

namespace sextant::ask {

// Similarity from which a token counts as naming a column.
inline constexpr float kNames = 0.55f;

inline std::uint32_t bucket(int n) { return n <= 3 ? n : n <= 6 ? 4 : n <= 12 ? 5 : 6; }
inline std::uint32_t share_bucket(float s) {
  return s <= 0.001f ? 0 : s < 0.34f ? 1 : s < 0.67f ? 2 : s < 0.99f ? 3 : 4;
}
inline std::uint32_t rows_bucket(int rows) {
  return rows < 0 ? 9 : rows <= 2 ? rows : rows <= 5 ? 3 : 4;
}

// What kind of cells a column holds, beyond its type: prose, dates in words, codes, plain words.
std::uint32_t cell_shape(const ColumnEntry& column);
bool names(const Links& links, int column, int token);
// The nearest token from `from` on that is no stop word, within six; -1: none.
int content_before(const Links& links, int from);
int content_after(const Links& links, int from);
// 0 nothing, 1 this column, 2 another one, 3 both, 4 there is no token.
std::uint32_t named_at(const QuestionFrame& frame, int column, int token);
std::uint32_t token_hash(const Links& links, int token);

}  // namespace sextant::ask

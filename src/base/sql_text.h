#pragma once
// Reading SQL as text: just enough of its lexical structure to find brackets, words and names.
// Judgement belongs to the parse tree (analysis/engine/gate.h). Thread-safe.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sextant::sql {

enum class TokenKind { word, quoted_name, string, symbol };

struct Token {
  TokenKind kind = TokenKind::symbol;
  std::size_t start = 0;  // bytes
  std::size_t end = 0;
  std::string name;  // of word (as written) and quoted_name (without quotes)
};

// Comments and white space are left out.
std::vector<Token> tokenize(std::string_view sql);

// Where brackets nest deeper than `limit`.
std::optional<std::int64_t> too_deep(std::string_view sql, int limit);

// Where a block comment begins that is never closed. The engine's scanner needs quadratic time for
// it.
std::optional<std::int64_t> unclosed_comment(std::string_view sql);

// The first word in upper case; empty when there is none.
std::string first_word(std::string_view sql);

// The same statement without comments, with one blank for every gap and no semicolon at the end:
// texts that differ in these only mean the same.
std::string normalise(std::string_view sql);

}  // namespace sextant::sql

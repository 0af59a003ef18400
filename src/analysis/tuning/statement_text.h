#pragma once
// The text of a statement beside its parse tree: where the words of a part that the tree names
// begin and end. The tree knows the place of operators and names only. Not thread-safe to change;
// reading is.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/sql_text.h"

namespace sextant::tuning {

// Bytes [start, end) of the statement.
struct Part {
  std::size_t start = 0;
  std::size_t end = 0;
};

class StatementText {
 public:
  explicit StatementText(std::string_view sql);

  std::string of(const Part& part) const;

  // The name with its qualifiers that begins here.
  std::optional<Part> name_at(std::int64_t position) const;

  // An operator between two operands, with both of them.
  struct Operation {
    Part left, sign, right;
  };
  std::optional<Operation> operation_at(std::int64_t position) const;

  // "DISTINCT" after `before`, with the gap behind it, being the last in front of this place; other
  // words of the same level may stand between.
  std::optional<Part> distinct_before(std::int64_t position, std::string_view before) const;

  // Behind the bracket that closes around this place.
  std::optional<std::size_t> end_of_brackets(std::int64_t position) const;

  // ORDER BY whose first expression this is, up to the bracket that closes around it.
  std::optional<Part> order_by_at(std::int64_t position) const;

 private:
  std::optional<std::size_t> token_at(std::int64_t position) const;
  bool is_word(std::size_t token, std::string_view upper) const;
  char symbol(std::size_t token) const;  // 0 when it is none
  // The tokens from the start of the left operand, and past the end of the right one.
  std::size_t first_of_left(std::size_t sign) const;
  std::size_t end_of_right(std::size_t sign_end) const;

  std::string_view sql_;
  std::vector<sql::Token> tokens_;
};

// The lowest place in the text that a part of the tree has; none when it has none.
std::optional<std::int64_t> first_position(const json::Value& node);

}  // namespace sextant::tuning

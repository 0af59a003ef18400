#pragma once
// A question that goes by the rows of one table as they stand: the row after another, the first,
// the one with the most, the difference between two, how many there are. A plain value with JSON
// both ways (reading.h).
//
// Cells of messy tables are read as what they begin to say: "13,300 kg" is 13300, "June 20, 1987" a
// day, "8:18.78" seconds (row_values.h).

#include <boost/describe.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sextant::ask {

enum class ReadAs { text, number, date, duration };
BOOST_DESCRIBE_ENUM(ReadAs, text, number, date, duration)

enum class RowOperator { is, is_not, contains, less, at_most, more, at_least };
BOOST_DESCRIBE_ENUM(RowOperator, is, is_not, contains, less, at_most, more, at_least)

struct RowTest {
  std::string column;
  RowOperator op = RowOperator::is;
  boost::json::value value;  // a text or a number
  ReadAs as = ReadAs::text;  // of the cell, for the comparisons
};
BOOST_DESCRIBE_STRUCT(RowTest, (), (column, op, value, as))

// The first row by a column; without a column, as the rows stand.
struct RowOrder {
  std::string column;
  ReadAs as = ReadAs::number;
  bool descending = true;
  std::int64_t rank = 1;
};
BOOST_DESCRIBE_STRUCT(RowOrder, (), (column, as, descending, rank))

// Rows that pass one test of every list; of these the picked one; of it the row so many steps on.
struct RowSet {
  std::vector<std::vector<RowTest>> where;
  std::optional<RowOrder> pick;
  std::int64_t step = 0;
};
BOOST_DESCRIBE_STRUCT(RowSet, (), (where, pick, step))

enum class RowAnswer {
  values,    // of `column`, in the order of the table
  count,     // rows
  distinct,  // different values of `column`
  sum,       // … of `column` read as `as`, and so on
  mean,
  difference,  // of `column` between `rows` and `other`, without its sign
  more,        // of the number of rows
  frequent,    // the value of `column` that most rows have
  rare,
};
BOOST_DESCRIBE_ENUM(RowAnswer, values, count, distinct, sum, mean, difference, more, frequent, rare)

struct RowQuery {
  RowAnswer answer = RowAnswer::values;
  std::string column;
  ReadAs as = ReadAs::text;
  RowSet rows;
  std::optional<RowSet> other;
};
BOOST_DESCRIBE_STRUCT(RowQuery, (), (answer, column, as, rows, other))

}  // namespace sextant::ask

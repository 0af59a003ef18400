#pragma once
// A question that goes by the rows of one table as they stand: the row after another, the first,
// the one with the most, the difference between two, how many there are. A plain value with JSON
// both ways (reading.h).
//
// Cells of messy tables are read as what they begin to say: "13,300 kg" is 13300, "June 20, 1987" a
// day or a year, "8:18.78" seconds (row_values.h).

#include <boost/describe.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sextant::ask {

enum class ReadAs { text, number, date, duration, year };
BOOST_DESCRIBE_ENUM(ReadAs, text, number, date, duration, year)

// `missing`: nothing, a dash or 0 stands there.
enum class RowOperator { is, is_not, contains, lacks, missing, less, at_most, more, at_least };
BOOST_DESCRIBE_ENUM(RowOperator, is, is_not, contains, lacks, missing, less, at_most, more,
                    at_least)

struct RowTest {
  std::string column;
  RowOperator op = RowOperator::is;
  boost::json::value value;  // a text or a number
  ReadAs as = ReadAs::text;  // of the cell; text: `is` compares it as it stands
};
BOOST_DESCRIBE_STRUCT(RowTest, (), (column, op, value, as))

// Rows whose `column` compares so with that of the first row where `where` holds; that row is none
// of them.
struct RowThan {
  std::string column;
  ReadAs as = ReadAs::number;
  RowOperator op = RowOperator::more;  // is, less, more
  RowTest where;
};
BOOST_DESCRIBE_STRUCT(RowThan, (), (column, as, op, where))

// The first rows by a column; without a column, as the rows stand.
struct RowOrder {
  std::string column;
  ReadAs as = ReadAs::number;
  bool descending = true;
  std::int64_t rank = 1;
  std::int64_t count = 1;
};
BOOST_DESCRIBE_STRUCT(RowOrder, (), (column, as, descending, rank, count))

// Rows that pass one test of every list; of these the picked one; of it the row so many steps on.
struct RowSet {
  std::vector<std::vector<RowTest>> where;
  std::optional<RowThan> than;
  std::optional<RowOrder> pick;
  std::int64_t step = 0;
};
BOOST_DESCRIBE_STRUCT(RowSet, (), (where, than, pick, step))

enum class RowAnswer {
  values,    // of `column`, in the order of the table
  count,     // rows
  distinct,  // different values of `column`
  sum,       // … of `column` read as `as`, and so on
  mean,
  difference,  // of `column` between `rows` and `other`, without its sign; of dates in days
  more,        // of the number of rows
  frequent,    // the value of `column` that most rows have
  rare,
  verdict,  // whether something holds: one of two words
};
BOOST_DESCRIBE_ENUM(RowAnswer, values, count, distinct, sum, mean, difference, more, frequent, rare,
                    verdict)

// With `other`: whether `column` of the first of `rows` compares so with that of `other`; without a
// column their places in the table are compared. Without `other`: whether there are rows.
struct RowVerdict {
  RowOperator op = RowOperator::more;  // is, less, more
  std::string holds = "yes";
  std::string fails = "no";
};
BOOST_DESCRIBE_STRUCT(RowVerdict, (), (op, holds, fails))

struct RowQuery {
  RowAnswer answer = RowAnswer::values;
  std::string column;
  ReadAs as = ReadAs::text;
  RowSet rows;
  std::optional<RowSet> other;
  std::optional<RowVerdict> verdict;
};
BOOST_DESCRIBE_STRUCT(RowQuery, (), (answer, column, as, rows, other, verdict))

}  // namespace sextant::ask

#pragma once
// The typed meaning of a question, as a plain value with JSON both ways.
//
// A Reading says what is computed, not how: SQL is made from it by `to_sql` (sql.h), words by
// `to_words` (words.h). The page's chips edit this value and send it back, so its JSON is part of
// the contract (`reading.logical`): members are written as named here, enums by name, spans as byte
// offsets into the question. Members that are missing take their default, so that an older or a
// hand-made document is accepted.
//
// Shapes by what is filled in:
//   columns only                    list of rows          "names of customers from Germany"
//   measures only                   one row of figures    "total revenue in 2025"
//   dimensions and measures         one row per group     "revenue by month"
//   columns, order and limit        superlative rows      "the oldest customer"
//   dimensions, order and limit     top groups            "top 5 products by revenue"
// Nested forms: a condition compares with, or is found in, the rows of another reading
// (`Condition::of`); whole readings are combined as sets (`combine`, `others`).

#include <boost/describe.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/ask/study/study.h"
#include "base/result.h"
#include "catalog/chart.h"

namespace sextant::ask {

// Bytes [start, end) of the question.
struct Span {
  std::int64_t start = 0;
  std::int64_t end = 0;
  bool operator==(const Span&) const = default;
};
BOOST_DESCRIBE_STRUCT(Span, (), (start, end))

enum class Intent { query, summary, trends, study };
BOOST_DESCRIBE_ENUM(Intent, query, summary, trends, study)

enum class Aggregate {
  none,
  count,
  count_distinct,
  sum,
  avg,
  min,
  max,
  median,
  percentile,  // Measure::fraction says which
  stddev
};
BOOST_DESCRIBE_ENUM(Aggregate, none, count, count_distinct, sum, avg, min, max, median, percentile,
                    stddev)

// The last two are parts of the calendar over all years: "January", hour 0 … 23.
enum class Grain { none, day, week, month, quarter, year, weekday, month_name, hour };
BOOST_DESCRIBE_ENUM(Grain, none, day, week, month, quarter, year, weekday, month_name, hour)

struct ColumnRef {
  std::string table;
  std::string column;
  bool operator==(const ColumnRef&) const = default;
};
BOOST_DESCRIBE_STRUCT(ColumnRef, (), (table, column))

struct Reading;

enum class Operator {
  equal,
  not_equal,
  less,
  less_or_equal,
  greater,
  greater_or_equal,
  between,   // values[0] ≤ x ≤ values[1]; for dates half-open: values[0] ≤ x < values[1]
  contains,  // text, case ignored
  is_null,
  not_null,
  in,           // among the rows of `of`
  starts_with,  // text, case ignored
  ends_with,
};
BOOST_DESCRIBE_ENUM(Operator, equal, not_equal, less, less_or_equal, greater, greater_or_equal,
                    between, contains, is_null, not_null, in, starts_with, ends_with)

struct Condition {
  std::string table;
  std::string column;
  Operator op = Operator::equal;
  std::vector<boost::json::value> values;  // texts (dates as ISO) or numbers
  std::string label;                       // a period in words ("last quarter"); else empty
  std::optional<Span> span;
  std::vector<Reading> of;  // none, or one: compared with its single figure, `in` its first column
};
BOOST_DESCRIBE_STRUCT(Condition, (), (table, column, op, values, label, span, of))

// One filter: any of the conditions holds, or none of them when negated. Filters are and-ed.
struct Filter {
  std::vector<Condition> any_of;
  bool negated = false;
};
BOOST_DESCRIBE_STRUCT(Filter, (), (any_of, negated))

// How several figures make one.
enum class Arithmetic { none, difference, ratio, percentage, sum, product };
BOOST_DESCRIBE_ENUM(Arithmetic, none, difference, ratio, percentage, sum, product)

// A figure seen along the first dimension, within each value of the others.
enum class Window { none, running_total, change, growth, rank };
BOOST_DESCRIBE_ENUM(Window, none, running_total, change, growth, rank)

// A figure. Counting rows has an empty column; a metric of the model has its name and no aggregate;
// with `arithmetic` it is made of its operands and names no column itself.
struct Measure {
  Aggregate aggregate = Aggregate::none;
  std::string table;
  std::string column;
  std::string metric;
  bool share = false;  // additionally the share of the total of all groups
  std::optional<Span> span;
  double fraction = 0.5;        // of a percentile
  std::vector<Filter> filters;  // only rows of which this holds
  Arithmetic arithmetic = Arithmetic::none;
  std::vector<Measure> operands;
  Window window = Window::none;  // growth in percent of the value before
  bool hidden = false;           // ordered or filtered by, not shown
};
BOOST_DESCRIBE_STRUCT(Measure, (),
                      (aggregate, table, column, metric, share, fraction, filters, arithmetic,
                       operands, window, hidden, span))

struct Dimension {
  std::string table;
  std::string column;
  Grain grain = Grain::none;
  std::optional<Span> span;
  bool hidden = false;  // groups, but is not shown: the key beside a name
  bool pivot = false;   // its values become columns: one for each of `values` and figure
  std::vector<boost::json::value> values;  // of a pivot; none: those of the data (pivot.h)
};
BOOST_DESCRIBE_STRUCT(Dimension, (), (table, column, grain, span, hidden, pivot, values))

// A column made of others of its row ("amount - discount"), used like the columns of its table. The
// expression is SQL; it is checked and its names made exact before a reading is used
// (semantic/computed.h).
struct Computed {
  std::string table;
  std::string name;
  std::string expression;
  std::string type;  // of its values, found by that check
  bool operator==(const Computed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Computed, (), (table, name, expression, type))

// A join of the model that is taken where there are several ways; `inner` leaves out rows that have
// no partner there.
struct JoinChoice {
  ColumnRef left;
  ColumnRef right;
  bool inner = false;
};
BOOST_DESCRIBE_STRUCT(JoinChoice, (), (left, right, inner))

// A column that is listed as it stands.
struct Projection {
  std::string table;
  std::string column;
  std::optional<Span> span;
};
BOOST_DESCRIBE_STRUCT(Projection, (), (table, column, span))

// A condition on a measure of each group.
struct Having {
  std::int64_t measure = 0;
  Operator op = Operator::greater;
  double value = 0;
  std::optional<Span> span;
};
BOOST_DESCRIBE_STRUCT(Having, (), (measure, op, value, span))

enum class OrderBy { measure, dimension, column };
BOOST_DESCRIBE_ENUM(OrderBy, measure, dimension, column)

struct Order {
  OrderBy by = OrderBy::measure;
  std::int64_t index = 0;  // of the measure or dimension
  std::string table;       // by column
  std::string column;
  bool descending = true;
  std::optional<Span> span;
};
BOOST_DESCRIBE_STRUCT(Order, (), (by, index, table, column, descending, span))

// Rows of the reading's table that have no partner in another one ("customers without orders").
struct Absence {
  std::string table;     // the other one
  bool negated = false;  // rows that have a partner
  std::optional<Span> span;
};
BOOST_DESCRIBE_STRUCT(Absence, (), (table, negated, span))

enum class Combine { none, intersect, unite, except };
BOOST_DESCRIBE_ENUM(Combine, none, intersect, unite, except)

struct Reading {
  Intent intent = Intent::query;
  std::string table;  // main table: whose rows are counted or listed
  std::vector<Projection> columns;
  std::vector<Measure> measures;
  std::vector<Dimension> dimensions;
  std::vector<Filter> filters;
  std::vector<Absence> absences;
  std::vector<Having> having;
  std::vector<Order> order;
  std::optional<std::int64_t> limit;
  std::optional<Span> limit_span;
  std::optional<std::int64_t> offset;  // rows left out before those: the second largest
  bool per_group = false;              // the limit holds within each value of the first dimension
  bool distinct = false;
  bool figures_first = false;      // figures stand before their groups in the result
  bool matched = false;            // only rows that have their partner in every table listed
  std::vector<std::string> along;  // tables that the joins go through besides
  std::vector<Computed> computed;  // columns of its own
  std::vector<JoinChoice> joins;   // preferred ones
  Combine combine = Combine::none;
  std::vector<Reading> others;              // combined with this one, in order; columns by position
  std::optional<catalog::ChartType> chart;  // asked for in words
  std::optional<Study> study;               // when the intent is one
};
BOOST_DESCRIBE_STRUCT(Reading, (),
                      (intent, table, columns, measures, dimensions, filters, absences, having,
                       order, limit, limit_span, offset, per_group, distinct, figures_first,
                       matched, along, computed, joins, combine, others, chart, study))

boost::json::value to_json(const Reading& reading);
// invalid_fields with the path of what is wrong. Names are not checked against a model here.
Result<Reading> reading_from_json(const boost::json::value& value);

// How many columns of figures stand before the groups in the result: none but where figures come
// first, beside groups alone.
std::size_t figures_ahead(const Reading& reading);

// Equal but for spans: the same question to the data.
bool same_meaning(const Reading& a, const Reading& b);

}  // namespace sextant::ask

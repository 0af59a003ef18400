#pragma once
// A query to run and the head of its result. Rows travel apart, already encoded.

#include <boost/describe.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sextant::catalog {

struct ResultColumn {
  std::string name;
  std::string type;  // DuckDB type name
};
BOOST_DESCRIBE_STRUCT(ResultColumn, (), (name, type))

// What a value of a parameter is bound as. Dates are 2026-01-31, timestamps 2026-01-31T10:00:00.
enum class ParameterType {
  text,
  integer,
  number,
  boolean,
  date,
  timestamp,
  text_list,
  integer_list,
  number_list
};
BOOST_DESCRIBE_ENUM(ParameterType, text, integer, number, boolean, date, timestamp, text_list,
                    integer_list, number_list)

// Limits of one run. Zero means none, except where the engine sets its own ceiling.
struct QueryLimits {
  std::int64_t max_rows = 1000;  // rows sent; more sets `truncated`
  std::int64_t max_result_bytes = 64 << 20;
  std::int64_t timeout_ms = 30'000;
  std::int64_t memory_bytes = 0;  // of the engine; 0: what its process has
};
BOOST_DESCRIBE_STRUCT(QueryLimits, (), (max_rows, max_result_bytes, timeout_ms, memory_bytes))

struct ResultHead {
  std::vector<ResultColumn> columns;
  std::int64_t row_count = 0;              // rows sent
  std::optional<std::int64_t> total_rows;  // rows of the whole result, when known
  bool truncated = false;
  double execution_time = 0;        // seconds in the engine
  std::vector<std::string> tables;  // workspace tables that were read
};
BOOST_DESCRIBE_STRUCT(ResultHead, (),
                      (columns, row_count, total_rows, truncated, execution_time, tables))

}  // namespace sextant::catalog

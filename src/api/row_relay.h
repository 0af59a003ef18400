#pragma once
// Rows of a query on their way to the client, as one JSON document or line by line. One thread.

#include <string>
#include <string_view>

#include "http/router.h"
#include "platform/queries/query_service.h"

namespace sextant::api {

// All of an answer but the rows; they are written beside it as they come.
struct ExecuteHead {
  std::string query_id;
  std::vector<catalog::ResultColumn> columns;
  std::int64_t row_count = 0;
  std::optional<std::int64_t> total_rows;
  bool truncated = false;
  double execution_time = 0;  // seconds
  bool cached = false;
  catalog::ChartSpec suggested_chart;
};
BOOST_DESCRIBE_STRUCT(ExecuteHead, (),
                      (query_id, columns, row_count, total_rows, truncated, execution_time, cached,
                       suggested_chart))

// Writes {"rows":[…], …head…}: the rows first, since they pass through while the query runs. A
// small answer is held back, so that an error in the middle of it still gets its proper status.
class RowRelay {
 public:
  explicit RowRelay(http::ResponseWriter& writer) : writer_(writer) {}

  queries::RunListener listener();
  Result<> finish(const queries::Outcome& outcome);

 private:
  Result<> rows(std::string_view bytes);
  Result<> release();

  http::ResponseWriter& writer_;
  std::string held_;
};

// Writes NDJSON: what happens, as it happens. Errors become the last line.
class RowLines {
 public:
  explicit RowLines(http::ResponseWriter& writer) : writer_(writer) {}

  queries::RunListener listener();
  Result<> finish(const Result<queries::Outcome>& outcome, const std::string& request_id);

 private:
  Result<> line(std::string_view type, json::Object members);

  http::ResponseWriter& writer_;
};

}  // namespace sextant::api

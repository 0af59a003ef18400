#include "api/queries.h"

#include "base/text.h"

namespace sextant::api {
namespace {

constexpr std::int64_t kMaxRows = 1'000'000;

struct ExecuteInput {
  std::string sql_query;
  std::optional<json::Object> parameters;  // by name: {"month": "2026-01-01"} binds $month
  std::optional<std::int64_t> limit;       // rows sent, 1 … 1,000,000; default 1,000
  std::optional<std::vector<std::string>> data_source_ids;

  std::vector<json::FieldError> validate() const {
    std::vector<json::FieldError> errors;
    if (text::trim(sql_query).empty()) errors.push_back({"sql_query", "must not be empty"});
    if (limit && (*limit < 1 || *limit > kMaxRows)) {
      errors.push_back({"limit", "must be from 1 to 1,000,000"});
    }
    return errors;
  }
};
BOOST_DESCRIBE_STRUCT(ExecuteInput, (), (sql_query, parameters, limit, data_source_ids))

struct PageInput {
  std::string query_id;
  std::optional<std::int64_t> offset;
  std::optional<std::int64_t> limit;

  std::vector<json::FieldError> validate() const {
    std::vector<json::FieldError> errors;
    if (offset && *offset < 0) errors.push_back({"offset", "must not be negative"});
    if (limit && (*limit < 1 || *limit > 100'000))
      errors.push_back({"limit", "must be from 1 to 100,000"});
    return errors;
  }
};
BOOST_DESCRIBE_STRUCT(PageInput, (), (query_id, offset, limit))

// All but the rows; they are written beside it as they come.
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

struct ExecuteReply : ExecuteHead {
  std::vector<json::Array> rows;  // one array of cells a row, in the order of the columns
};
BOOST_DESCRIBE_STRUCT(ExecuteReply, (ExecuteHead), (rows))

// Writes {"rows":[…], …head…}: the rows first, since they pass through while the query runs. A
// small answer is held back, so that an error in the middle of it still gets its proper status.
class RowRelay {
 public:
  explicit RowRelay(http::ResponseWriter& writer) : writer_(writer) {}

  Result<> rows(std::string_view bytes) {
    if (writer_.started()) return writer_.write(bytes);
    held_ += bytes;
    if (held_.size() < kHeldBytes) return {};
    return release();
  }

  Result<> finish(const queries::Outcome& outcome) {
    if (!writer_.started()) TRY_VOID(release());
    const ExecuteHead head{outcome.query_id,
                           outcome.head.columns,
                           outcome.head.row_count,
                           outcome.head.total_rows,
                           outcome.head.truncated,
                           outcome.head.execution_time,
                           false,
                           outcome.suggested_chart};
    const std::string text = json::dump(head);
    return writer_.write("]," + text.substr(1));
  }

 private:
  static constexpr std::size_t kHeldBytes = 256 << 10;

  Result<> release() {
    TRY_VOID(writer_.start(200, "application/json"));
    const std::string head = R"({"rows":[)" + std::exchange(held_, {});
    return writer_.write(head);
  }

  http::ResponseWriter& writer_;
  std::string held_;
};

}  // namespace

void add_query_routes(http::Router& router, queries::QueryService& service) {
  using http::Cost;
  using http::Method;
  using http::RequestContext;

  router.stream<ExecuteInput, ExecuteReply>(
      {.method = Method::post,
       .path = "/api/queries/execute-enhanced",
       .tag = "queries",
       .summary = "Run one SELECT over the workspace's tables",
       .description =
           "Tables are named as in GET /api/integration/data-sources. Integers beyond 2^53 and "
           "long decimals come as texts.",
       .cost = Cost::slow},
      [&service](const RequestContext& c, ExecuteInput in,
                 http::ResponseWriter& writer) -> Result<> {
        RowRelay relay(writer);
        const queries::Execution execution{in.sql_query, in.parameters.value_or(json::Object{}),
                                           in.limit.value_or(1000),
                                           in.data_source_ids.value_or(std::vector<std::string>{})};
        TRY(auto outcome, service.execute(
                              *c.principal, execution,
                              [&](std::string_view bytes) { return relay.rows(bytes); }, c.stop));
        return relay.finish(outcome);
      });

  router.stream<PageInput, ExecuteReply>(
      {.method = Method::get,
       .path = "/api/queries/{query_id}/rows",
       .tag = "queries",
       .summary = "Rows of an earlier run, from any place in its result",
       .cost = Cost::slow},
      [&service](const RequestContext& c, PageInput in, http::ResponseWriter& writer) -> Result<> {
        RowRelay relay(writer);
        TRY(auto outcome,
            service.page(
                *c.principal, in.query_id, in.offset.value_or(0), in.limit.value_or(1000),
                [&](std::string_view bytes) { return relay.rows(bytes); }, c.stop));
        return relay.finish(outcome);
      });
}

}  // namespace sextant::api

#include "api/queries.h"

#include "api/row_relay.h"
#include "api/statement_input.h"

namespace sextant::api {
namespace {

using queries::QueryService;

constexpr std::int64_t kMaxRows = 1'000'000;

struct ExecuteInput : StatementInput {
  std::optional<std::int64_t> limit;
  std::optional<std::string> saved_query_id;
  std::optional<std::string> client_run_id;
  std::optional<bool> cache;

  static constexpr http::FieldDoc kDocs[] = {
      {"sql_query", "One SELECT; {{name}} and $name are parameters"},
      {"parameters", "Values by name; bound, never pasted"},
      {"parameter_types", "By name; not given: the type that the statement needs there"},
      {"data_source_ids", "Only the tables of these sources can be read"},
      {"limit", "Rows sent, 1 to 1,000,000; 1,000 when not given"},
      {"saved_query_id", "The run belongs to the history of this saved query"},
      {"client_run_id", "1 to 64 of A-Z a-z 0-9 _ -: a name to cancel the run by"},
      {"cache", "false: run it anew"}};

  std::vector<json::FieldError> validate() const {
    std::vector<json::FieldError> errors = StatementInput::validate();
    if (limit && (*limit < 1 || *limit > kMaxRows)) {
      errors.push_back({"limit", "must be from 1 to 1,000,000"});
    }
    check_run_name(client_run_id, errors);
    return errors;
  }

  queries::Execution execution() const {
    queries::Execution out = StatementInput::execution();
    out.limit = limit.value_or(1000);
    out.saved_query_id = saved_query_id;
    out.client_run_id = client_run_id;
    out.use_cache = cache.value_or(true);
    return out;
  }
};
BOOST_DESCRIBE_STRUCT(ExecuteInput, (StatementInput), (limit, saved_query_id, client_run_id, cache))

struct ExplainInput : StatementInput {
  std::optional<bool> run;
};
BOOST_DESCRIBE_STRUCT(ExplainInput, (StatementInput), (run))

struct FasterInput : StatementInput {
  std::optional<std::string> client_run_id;

  std::vector<json::FieldError> validate() const {
    std::vector<json::FieldError> errors = StatementInput::validate();
    check_run_name(client_run_id, errors);
    return errors;
  }
};
BOOST_DESCRIBE_STRUCT(FasterInput, (StatementInput), (client_run_id))

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

struct ExecuteReply : ExecuteHead {
  std::vector<json::Array> rows;  // one array of cells a row, in the order of the columns
};
BOOST_DESCRIBE_STRUCT(ExecuteReply, (ExecuteHead), (rows))

Result<> execute(QueryService& service, const http::RequestContext& context,
                 const ExecuteInput& input, http::ResponseWriter& writer) {
  const auto execution = input.execution();
  const std::string* accept = context.header("accept");
  if (accept && accept->find("application/x-ndjson") != std::string::npos) {
    RowLines lines(writer);
    const auto outcome =
        service.execute(*context.principal, execution, lines.listener(), context.stop);
    return lines.finish(outcome, context.request_id);
  }
  RowRelay relay(writer);
  TRY(const auto outcome,
      service.execute(*context.principal, execution, relay.listener(), context.stop));
  return relay.finish(outcome);
}

}  // namespace

void add_query_routes(http::Router& router, QueryService& service) {
  using http::Cost;
  using http::Method;
  using http::RequestContext;

  router.stream<ExecuteInput, ExecuteReply>(
      {.method = Method::post,
       .path = "/api/queries/execute-enhanced",
       .tag = "queries",
       .summary = "Run one SELECT over the workspace's tables",
       .description =
           "Tables are named as in GET /api/integration/data-sources, saved queries as "
           "saved.<reference>. Integers beyond 2^53 and long decimals come as texts. With `Accept: "
           "application/x-ndjson` the answer comes line by line: start, queue, progress, columns, "
           "rows (any number of times), then end or error.",
       .cost = Cost::slow},
      [&service](const RequestContext& c, ExecuteInput in, http::ResponseWriter& writer) {
        return execute(service, c, in, writer);
      });

  router.stream<PageInput, ExecuteReply>(
      {.method = Method::get,
       .path = "/api/queries/{query_id}/rows",
       .tag = "queries",
       .summary = "Rows of an earlier run, from any place in its result",
       .cost = Cost::slow},
      [&service](const RequestContext& c, PageInput in, http::ResponseWriter& writer) -> Result<> {
        RowRelay relay(writer);
        TRY(const auto outcome, service.page(*c.principal, in.query_id, in.offset.value_or(0),
                                             in.limit.value_or(1000), relay.listener(), c.stop));
        return relay.finish(outcome);
      });

  router.route<StatementInput, queries::Validation>(
      {.method = Method::post,
       .path = "/api/queries/validate",
       .tag = "queries",
       .summary = "What is wrong with a statement, and what it reads and gives",
       .description = "`from` and `to` count UTF-16 units, as browsers do.",
       .cost = Cost::slow},
      [&service](const RequestContext& c, StatementInput in) {
        return service.validate(*c.principal, in.execution(), c.stop);
      });

  router.route<ExplainInput, catalog::ExplainedPlan>(
      {.method = Method::post,
       .path = "/api/queries/explain",
       .tag = "queries",
       .summary = "How the engine runs a statement, with times, and what would make it faster",
       .description = "`run` false: the plan without running it.",
       .cost = Cost::slow},
      [&service](const RequestContext& c, ExplainInput in) {
        return service.explain(*c.principal, in.execution(), in.run.value_or(true), c.stop);
      });

  router.route<FasterInput, queries::FasterReply>(
      {.method = Method::post,
       .path = "/api/queries/faster",
       .tag = "queries",
       .summary = "The statement said in a faster way, tried against the one given",
       .description =
           "Rules look for what the engine does not do by itself. What they find is run beside the "
           "statement: it is offered when it gives the same rows (whatever their order, decimals "
           "to "
           "eight digits) in clearly less time. `reason` says why there is none.",
       .cost = Cost::slow},
      [&service](const RequestContext& c, FasterInput in) {
        queries::Execution execution = in.execution();
        execution.client_run_id = in.client_run_id;
        return service.faster(*c.principal, execution, c.stop);
      });
}

}  // namespace sextant::api

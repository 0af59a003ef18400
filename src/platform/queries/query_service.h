#pragma once
// Runs people's SQL: cache → a place among the workspace's queries → worker (gate, limits) → rows,
// and remembers every run. Rows pass through as the worker encoded them. Thread-safe; calls block
// for as long as the query runs.

#include <functional>
#include <stop_token>
#include <string>

#include "base/settings.h"
#include "catalog/chart.h"
#include "catalog/plan.h"
#include "catalog/principal.h"
#include "catalog/query.h"
#include "platform/blobs/workspace_files.h"
#include "platform/queries/admission.h"
#include "platform/queries/downloads.h"
#include "platform/queries/limits.h"
#include "platform/queries/redis_cache.h"
#include "platform/queries/result_cache.h"
#include "platform/queries/run_history.h"
#include "platform/queries/running.h"
#include "platform/queries/saved_queries.h"
#include "platform/sources/workspace_data.h"
#include "platform/store/database.h"
#include "platform/workers/pool.h"
#include "wire/messages.h"

namespace sextant::queries {

struct Execution {
  std::string sql;                 // with $name or {{name}}
  boost::json::object parameters;  // by name, bound, never pasted
  std::map<std::string, catalog::ParameterType> parameter_types;
  std::int64_t limit = 1000;                 // rows sent
  std::vector<std::string> data_source_ids;  // empty: all
  std::optional<std::string> saved_query_id;
  std::optional<std::string> client_run_id;
  bool use_cache = true;
  StartedBy started_by = StartedBy::person;
};

// Told what happens, on the calling thread, in this order; `rows` last and any number of times.
struct RunListener {
  std::function<void(const std::string& query_id)> on_start = [](const std::string&) {};
  std::function<void(std::int64_t position)> on_queue = [](std::int64_t) {};  // 1 is next
  std::function<void(double fraction)> on_progress = [](double) {};           // 0 … 1
  std::function<void(const std::vector<catalog::ResultColumn>&)> on_columns =
      [](const std::vector<catalog::ResultColumn>&) {};
  // Whole rows, encoded ("[…],[…]", a comma in front of all but the first). An error stops the
  // query.
  std::function<Result<>(std::string_view)> rows;
};

struct Outcome {
  std::string query_id;
  catalog::ResultHead head;
  catalog::ChartSpec suggested_chart;
  bool cached = false;
};

// What is wrong with a statement, and where.
struct Problem {
  std::string message;
  std::string hint;
  std::optional<std::int64_t> position;  // bytes
  std::optional<std::int64_t> from, to;  // UTF-16 units, around the word in question
  std::optional<std::string>
      saved_query;  // the saved query that it is in; then the positions are of its SQL
};
BOOST_DESCRIBE_STRUCT(Problem, (), (message, hint, position, from, to, saved_query))

struct Validation {
  bool valid = true;
  std::vector<Problem> problems;
  std::vector<std::string> tables;
  std::vector<std::string> saved_queries;
  std::vector<catalog::ResultColumn> columns;
  std::vector<catalog::ResultColumn> parameters;  // type: what is needed there, empty when any
  std::vector<std::string> sentences;             // the statement in words
};
BOOST_DESCRIBE_STRUCT(Validation, (),
                      (valid, problems, tables, saved_queries, columns, parameters, sentences))

// The statement said in another way that runs faster and gives the same rows.
struct FasterStatement {
  std::string sql_query;
  std::vector<catalog::Advice> changes;
  double seconds_before = 0;  // the lesser of two runs each
  double seconds_after = 0;
  std::int64_t rows_compared = 0;
};
BOOST_DESCRIBE_STRUCT(FasterStatement, (),
                      (sql_query, changes, seconds_before, seconds_after, rows_compared))

struct FasterReply {
  std::optional<FasterStatement> faster;
  std::string reason;  // why there is none
};
BOOST_DESCRIBE_STRUCT(FasterReply, (), (faster, reason))

class QueryService {
 public:
  QueryService(store::Database& database, const blobs::WorkspaceFiles& files, workers::Pool& pool,
               sources::WorkspaceData& data, SavedQueries& saved, const Settings& settings,
               Running::Tell tell, std::optional<RedisAddress> redis = std::nullopt);

  // Every run is remembered with its time, rows, state, error and the versions it read.
  Result<Outcome> execute(const catalog::Principal& who, const Execution& execution,
                          const RunListener& listener, std::stop_token stop);

  // Rows [offset, offset + limit) of an earlier run, over the same versions of the data. The first
  // call writes the whole result to disk once; every page after that is read from there, at any
  // depth alike.
  Result<Outcome> page(const catalog::Principal& who, const std::string& query_id,
                       std::int64_t offset, std::int64_t limit, const RunListener& listener,
                       std::stop_token stop);

  // The whole result as a file, piece by piece, without a limit of rows and with ten times the time
  // of a run. An error of `bytes` stops it. Remembered as a run.
  Result<Outcome> export_result(const catalog::Principal& who, const Execution& execution,
                                wire::ExportFormat format,
                                const std::function<Result<>(std::string_view)>& bytes,
                                std::stop_token stop);

  // The gate's and the binder's judgement; errors of the SQL are errors.
  Result<wire::CheckReply> check(const catalog::Principal& who, const Execution& execution,
                                 std::stop_token stop);
  // Errors of the SQL are problems, not errors of the call.
  Result<Validation> validate(const catalog::Principal& who, const Execution& execution,
                              std::stop_token stop);
  // The plan; with `run` the statement is run for its times.
  Result<catalog::ExplainedPlan> explain(const catalog::Principal& who, const Execution& execution,
                                         bool run, std::stop_token stop);

  // Rules find another way to say it; both are run some times and their rows compared.
  Result<FasterReply> faster(const catalog::Principal& who, const Execution& execution,
                             std::stop_token stop);

  RunHistory& history() { return history_; }
  Downloads& downloads() { return downloads_; }
  Running& running() { return running_; }
  LimitsService& limits() { return limits_; }
  // None when there is no Redis.
  std::optional<RedisCacheStats> redis_stats() const {
    return redis_ ? std::optional(redis_->stats()) : std::nullopt;
  }

 private:
  struct Prepared;
  struct Attempt;
  Result<Outcome> with_attempt(const catalog::Principal& who, const Execution& execution,
                               const RunListener& listener, std::stop_token stop,
                               const std::function<Result<Outcome>(Attempt&)>& work);
  // What runs a statement without giving its rows: shown among the running, not in the history.
  Result<> beside_runs(const catalog::Principal& who, const Execution& execution,
                       std::stop_token stop,
                       const std::function<Result<>(Prepared&, const workers::RunOptions&)>& work);
  Result<Prepared> prepare(const catalog::Principal& who, const Execution& execution);
  Result<Outcome> attempt(Attempt& attempt);
  Result<Outcome> run_in_worker(Attempt& attempt, Flights::Lead* lead);
  Result<Outcome> give_cached(Attempt& attempt, const SharedResult& result);
  Result<> remember(const Attempt& attempt, const Result<Outcome>& outcome);
  wire::QueryRequest request_of(const Prepared& prepared) const;
  workers::WorkspaceRef workspace_of(const catalog::Principal& who) const;
  Result<catalog::Catalog> catalog_of_run(const catalog::Principal& who,
                                          catalog::Catalog read) const;

  const blobs::WorkspaceFiles& files_;
  workers::Pool& pool_;
  sources::WorkspaceData& data_;
  SavedQueries& saved_;
  RunHistory history_;
  Downloads downloads_;
  LimitsService limits_;
  ResultCache cache_;
  std::optional<RedisCache> redis_;
  Flights flights_;
  Admission admission_;
  Running running_;
};

}  // namespace sextant::queries

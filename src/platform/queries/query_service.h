#pragma once
// Runs people's SQL: catalog → worker (gate, limits) → rows, and remembers every run.
// Rows pass through as the worker encoded them. Thread-safe; calls block for as long as the query
// runs.

#include <functional>
#include <stop_token>
#include <string>

#include "base/settings.h"
#include "catalog/chart.h"
#include "catalog/principal.h"
#include "catalog/query.h"
#include "platform/blobs/workspace_files.h"
#include "platform/sources/workspace_data.h"
#include "platform/store/database.h"
#include "platform/workers/pool.h"

namespace sextant::queries {

struct Execution {
  std::string sql;
  boost::json::object parameters;            // by name, bound, never pasted
  std::int64_t limit = 1000;                 // rows sent
  std::vector<std::string> data_source_ids;  // empty: all
};

struct Outcome {
  std::string query_id;
  catalog::ResultHead head;
  catalog::ChartSpec suggested_chart;
};

// Receives encoded rows in pieces ("[…],[…]" over all of them together). An error stops the query.
using RowSink = std::function<Result<>(std::string_view)>;

class QueryService {
 public:
  QueryService(store::Database& database, const blobs::WorkspaceFiles& files, workers::Pool& pool,
               sources::WorkspaceData& data, const Settings& settings);

  // Every run is remembered with its time, rows, state, error and the versions it read.
  Result<Outcome> execute(const catalog::Principal& who, const Execution& execution,
                          const RowSink& rows, std::stop_token stop);

  // Rows [offset, offset + limit) of an earlier run, over the same versions of the data. The first
  // call writes the whole result to disk once; every page after that is read from there, at any
  // depth alike.
  Result<Outcome> page(const catalog::Principal& who, const std::string& query_id,
                       std::int64_t offset, std::int64_t limit, const RowSink& rows,
                       std::stop_token stop);

 private:
  struct Run;
  struct Record {
    const catalog::Principal& who;
    const std::string& query_id;
    const Execution& execution;
    const catalog::Catalog& catalog;
    const char* status;
    const Error* error;               // of a failed run
    const catalog::ResultHead* head;  // of a completed one
    boost::json::array preview;
    double seconds;
  };
  Result<Run> find_run(const catalog::Principal& who, const std::string& query_id);
  Result<> remember(const Record& record);

  store::Database& database_;
  const blobs::WorkspaceFiles& files_;
  workers::Pool& pool_;
  sources::WorkspaceData& data_;
  const Settings& settings_;
};

}  // namespace sextant::queries

#pragma once
// The analytical engine of one catalog: an in-memory DuckDB with the catalog's files attached
// read-only, one view per table (named like the table, columns by their snake_case names), locked.
//
//   TRY(auto engine, Engine::open(catalog, folder, options));
//   TRY(auto reply, engine->run({.sql = "SELECT …"}, sink, stop));   // users' SQL: through the
//   gate TRY(auto connection, engine->connect());                         // our own SQL: profile,
//   ask
//
// A new catalog is a new engine; the old one may go on until it is dropped. A file that can not be
// attached costs only its own tables: queries that read them fail with `unavailable`.
// Threads: `run` one at a time; `connect` from any thread.

#include <filesystem>
#include <map>
#include <memory>
#include <stop_token>
#include <string>

#include "analysis/engine/duckdb.h"
#include "analysis/engine/expand.h"
#include "analysis/engine/export.h"
#include "analysis/engine/gate.h"
#include "analysis/engine/parameters.h"
#include "analysis/engine/spill.h"
#include "catalog/query.h"
#include "catalog/source.h"
#include "wire/messages.h"

namespace sextant::engine {

struct EngineOptions {
  std::int64_t memory_limit = 1ll << 30;  // bytes
  int threads = 1;
  std::string temp_directory;               // empty: no spilling of intermediate results
  std::int64_t max_temp_bytes = 4ll << 30;  // of that directory
};

struct RunRequest {
  std::string sql;
  json::Object parameters;  // "1", "2", … or names without $
  ParameterTypes parameter_types;
  SavedQueries saved;           // what FROM saved.<name> may read
  catalog::QueryLimits limits;  // timeout_ms is the caller's business
  wire::Encoding encoding = wire::Encoding::json_rows;
  bool formula_safe = true;  // csv
  std::optional<std::filesystem::path> spill_to;
  // Called on the way, on the thread that runs: the columns, and whether the same data gives the
  // same answer, before the first rows; a fraction 0 … 1 of the work when the engine knows it.
  std::function<void(const std::vector<catalog::ResultColumn>&, bool repeatable)> on_columns;
  std::function<void(double fraction)> on_progress;
};

struct RunReply {
  catalog::ResultHead head;
  bool repeatable = true;  // the same data gives the same answer
  std::string first_rows;  // json_rows: the first kFirstRows, as they were sent
};

inline constexpr std::int64_t kFirstRows = 200;

class Engine {
 public:
  static Result<std::unique_ptr<Engine>> open(catalog::Catalog catalog,
                                              const std::filesystem::path& workspace_folder,
                                              const EngineOptions& options = {});

  // Gate, then the query in a read-only transaction; rows go to the sink as they come.
  Result<RunReply> run(const RunRequest& request, const RowSink& sink, std::stop_token stop = {});

  // The whole result into a file. `on_rows` is told how many rows are written, now and then.
  Result<catalog::ResultHead> write_all(const RunRequest& request, ExportWriter& writer,
                                        const RowSink& sink,
                                        const std::function<void(std::int64_t)>& on_rows,
                                        std::stop_token stop = {});

  // The gate's judgement and the binder's, without running it.
  struct Checked {
    Verdict verdict;
    std::vector<catalog::ResultColumn> columns;
    std::vector<catalog::ResultColumn> parameters;  // type: what is needed there, empty when any
    std::vector<std::string> sentences;             // the statement in words
  };
  Result<Checked> check(const std::string& sql, const SavedQueries& saved = {});

  // The plan as DuckDB's JSON; with `analyze` it is run, and the plan has its times and rows.
  Result<json::Value> explain(const RunRequest& request, bool analyze, std::stop_token stop = {});

  // Its parse tree, when the gate lets it through.
  Result<json::Value> tree(const std::string& sql, const SavedQueries& saved = {}) {
    return gate_.tree(sql, catalog_, saved);
  }
  // A tree as a statement again.
  Result<std::string> print(const json::Value& tree) { return gate_.print(tree); }

  // For SQL written by this project, never for text from outside.
  Result<Connection> connect() const;

  const catalog::Catalog& catalog() const { return catalog_; }

 private:
  Engine(catalog::Catalog catalog, Database database, Gate gate);
  class ReadOnly;
  Result<> attach(const std::filesystem::path& folder);
  Result<Statement> prepare(Connection& connection, const Expansion& expansion,
                            const std::string& before = {});

  catalog::Catalog catalog_;
  Database database_;
  Gate gate_;
  std::optional<Connection> runner_;  // reports progress, which a locked engine can not set
  std::map<std::string, std::string> broken_;  // table → why it can not be read
};

// The engine of the catalog asked for last. Threads: one at a time.
class EngineCache {
 public:
  EngineCache(std::filesystem::path workspace_folder, EngineOptions options)
      : folder_(std::move(workspace_folder)),
        options_(std::move(options)),
        memory_limit_(options_.memory_limit) {}
  // Valid until the next call with another catalog or limit. `memory_bytes`: the most that it may
  // take, within the options; 0: the one that is open will do, else the options' limit.
  Result<Engine*> get(const catalog::Catalog& catalog, std::int64_t memory_bytes = 0);

  // Of the engine that is open, else of the options; bytes.
  std::int64_t memory_limit() const { return memory_limit_; }

 private:
  std::filesystem::path folder_;
  EngineOptions options_;
  std::int64_t memory_limit_;
  std::string fingerprint_;
  std::unique_ptr<Engine> engine_;
};

}  // namespace sextant::engine

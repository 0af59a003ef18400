#include "analysis/engine/engine.h"

#include <fmt/format.h>

#include "analysis/engine/describe.h"
#include "analysis/engine/encode.h"
#include "analysis/engine/headers.h"
#include "base/text.h"

namespace sextant::engine {
namespace {

// Encoded bytes that are gathered before they go to the sink; the first rows do not wait.
constexpr std::size_t kFlushBytes = 128 << 10;
// Rows that are encoded between two looks at how many bytes there are.
constexpr std::int64_t kSliceRows = 256;
constexpr std::chrono::milliseconds kTellPause{100};
// Original headers in one statement that are replaced one after the other.
constexpr int kMaxRewrites = 200;

Result<> check_types(const Shape& shape) {
  for (std::size_t i = 0; i < shape.types.size(); ++i) {
    if (const auto reason = unsupported_reason(shape.types[i]); !reason.empty()) {
      return fail(ErrorCode::invalid_sql,
                  fmt::format("Column `{}`: {}.", shape.columns[i].name, reason),
                  "Cast it to VARCHAR.");
    }
  }
  return {};
}

}  // namespace

Engine::Engine(catalog::Catalog catalog, Database database, Gate gate)
    : catalog_(std::move(catalog)), database_(std::move(database)), gate_(std::move(gate)) {}

Result<std::unique_ptr<Engine>> Engine::open(catalog::Catalog catalog,
                                             const std::filesystem::path& workspace_folder,
                                             const EngineOptions& options) {
  TRY(auto database, Database::open({}, {.threads = options.threads,
                                         .memory_limit = options.memory_limit,
                                         .temp_directory = options.temp_directory}));
  TRY(auto gate, Gate::create(database));
  std::unique_ptr<Engine> engine(
      new Engine(std::move(catalog), std::move(database), std::move(gate)));
  TRY_VOID(engine->attach(workspace_folder));
  TRY(auto connection, engine->connect());
  TRY(engine->runner_, engine->connect());
  engine->runner_->set_progress([](double) {});  // before the lock
  engine->runner_->set_progress({});
  // Files first, then the lock; the order matters.
  std::string lock = "SET GLOBAL TimeZone='UTC';";
  if (!options.temp_directory.empty()) {
    lock += fmt::format("SET GLOBAL max_temp_directory_size='{}B';", options.max_temp_bytes);
  }
  lock +=
      "SET GLOBAL allow_community_extensions=false; SET GLOBAL enable_external_access=false;"
      "SET GLOBAL lock_configuration=true";
  TRY_VOID(connection.query(lock));
  return engine;
}

Result<> Engine::attach(const std::filesystem::path& folder) {
  TRY(auto connection, connect());
  int number = 0;
  for (const auto& source : catalog_.sources) {
    const std::string alias = fmt::format("source_{}", ++number);
    std::string why;
    auto attached =
        connection.query("ATTACH " + text::quote_literal((folder / source.path).string()) + " AS " +
                         alias + " (READ_ONLY)");
    if (!attached) why = attached.error().message;
    for (const auto& table : source.tables) {
      std::string columns;
      for (const auto& column : table.columns) {
        columns += (columns.empty() ? "" : ", ") + text::quote_identifier(column.name);
      }
      if (why.empty()) {
        auto made = connection.query(fmt::format(
            "CREATE VIEW {} AS SELECT {} FROM {}.{}", text::quote_identifier(table.name),
            columns.empty() ? "*" : columns, alias, text::quote_identifier(table.stored_name)));
        if (!made) broken_[table.name] = made.error().message;
      } else {
        broken_[table.name] = why;
      }
    }
  }
  return {};
}

Result<Connection> Engine::connect() const { return database_.connect(); }

// A read-only transaction on the connection that users' SQL runs on; ended when it goes out of
// scope.
class Engine::ReadOnly {
 public:
  static Result<ReadOnly> begin(Engine& engine, std::stop_token stop,
                                const std::function<void(double)>& on_progress = {}) {
    if (!engine.runner_) {
      TRY(engine.runner_, engine.connect());
    }
    engine.runner_->set_stop({});
    engine.runner_->set_progress(on_progress);
    TRY_VOID(engine.runner_->query("BEGIN TRANSACTION READ ONLY"));
    engine.runner_->set_stop(std::move(stop));
    return ReadOnly(engine);
  }
  ReadOnly(ReadOnly&& other) noexcept : engine_(std::exchange(other.engine_, nullptr)) {}
  ~ReadOnly() {
    if (!engine_) return;
    auto& connection = *engine_->runner_;
    connection.set_stop({});
    connection.set_progress({});
    if (!connection.query("ROLLBACK")) engine_->runner_.reset();
  }
  Connection& connection() { return *engine_->runner_; }

 private:
  explicit ReadOnly(Engine& engine) : engine_(&engine) {}
  Engine* engine_;
};

Result<Statement> Engine::prepare(Connection& connection, const Expansion& expansion,
                                  const std::string& before) {
  std::vector<const catalog::Table*> tables;
  for (const auto& name : expansion.verdict().tables) {
    if (broken_.contains(name)) {
      return fail(ErrorCode::unavailable,
                  fmt::format("The data of `{}` can not be read now.", name),
                  "It is rebuilt from the uploaded file; try again shortly.", {{"table", name}});
    }
    if (const auto* table = catalog_.find_table(name)) tables.push_back(table);
  }
  HeaderRewriter rewriter(expansion.sql(), std::move(tables));
  for (int i = 0;; ++i) {
    TRY(const auto count, connection.count_statements(rewriter.sql()));
    if (count != 1) {
      return fail(ErrorCode::invalid_sql, "This statement stands for several.",
                  "Write out the values of PIVOT … IN (…).");
    }
    auto statement = connection.prepare(rewriter.sql());
    if (statement) {
      if (!statement->is_select()) {
        return fail(ErrorCode::invalid_sql, "Only SELECT statements can be run.");
      }
      if (before.empty()) return statement;
      return connection.prepare(before + rewriter.sql());
    }
    if (i >= kMaxRewrites || !rewriter.rewrite(statement.error())) {
      return fail(expansion.explain(rewriter.explain(std::move(statement).error())));
    }
  }
}

Result<Engine::Checked> Engine::check(const std::string& sql, const SavedQueries& saved) {
  TRY(auto expansion, Expansion::make(gate_, sql, catalog_, saved));
  TRY(auto transaction, ReadOnly::begin(*this, {}));
  TRY(auto statement, prepare(transaction.connection(), expansion));
  Checked out;
  out.verdict = expansion.verdict();
  TRY(const auto tree, gate_.parse(sql));
  out.sentences = describe_statement(tree);
  out.columns = statement.columns();
  for (std::size_t i = 0; i < statement.parameters().size(); ++i) {
    out.parameters.push_back({statement.parameters()[i], statement.parameter_type(i)});
  }
  return out;
}

Result<json::Value> Engine::explain(const RunRequest& request, bool analyze, std::stop_token stop) {
  TRY(auto expansion, Expansion::make(gate_, request.sql, catalog_, request.saved));
  TRY(auto transaction, ReadOnly::begin(*this, std::move(stop)));
  auto& connection = transaction.connection();
  TRY(auto statement,
      prepare(connection, expansion,
              analyze ? "EXPLAIN (ANALYZE, FORMAT JSON) " : "EXPLAIN (FORMAT JSON) "));
  TRY_VOID(bind_parameters(statement, request.parameters, request.parameter_types));
  TRY(const auto result, connection.query(statement));
  return json::parse(result.text(0, 1));
}

Result<RunReply> Engine::run(const RunRequest& request, const RowSink& sink, std::stop_token stop) {
  const auto begun = std::chrono::steady_clock::now();
  TRY(auto expansion, Expansion::make(gate_, request.sql, catalog_, request.saved));
  TRY(auto transaction, ReadOnly::begin(*this, std::move(stop), request.on_progress));
  auto& connection = transaction.connection();
  TRY(auto statement, prepare(connection, expansion));
  TRY_VOID(bind_parameters(statement, request.parameters, request.parameter_types));
  TRY(auto stream, connection.stream(statement));
  TRY_VOID(check_types(stream.shape()));
  if (request.on_columns) {
    request.on_columns(stream.shape().columns, expansion.verdict().repeatable);
  }

  std::unique_ptr<SpillWriter> spill;
  if (request.spill_to) {
    TRY(spill, SpillWriter::create(*request.spill_to, stream.shape()));
  }
  RowEncoder encoder(stream.shared_shape(), request.encoding,
                     {request.limits.max_rows, request.limits.max_result_bytes},
                     request.formula_safe);
  RunReply reply;
  std::string out;
  encoder.begin(out);
  std::int64_t seen = 0;
  bool complete = true;  // every row so far was sent
  bool flushed = false;
  while (complete || spill) {
    TRY(auto chunk, stream.next());
    if (!chunk) break;
    const bool first = seen == 0;
    seen += chunk->rows();
    if (spill) TRY_VOID(spill->append(*chunk));
    std::int64_t from = 0;
    if (complete && first && request.encoding == wire::Encoding::json_rows) {
      from = std::min(chunk->rows(), kFirstRows);
      complete = encoder.append(out, *chunk, 0, from);
      reply.first_rows = out;
    }
    for (; complete && from < chunk->rows(); from += kSliceRows) {
      complete = encoder.append(out, *chunk, from, std::min(from + kSliceRows, chunk->rows()));
      if (out.size() >= kFlushBytes) {
        TRY_VOID(sink(out));
        out.clear();
        flushed = true;
      }
    }
    if (!flushed && !out.empty()) {
      TRY_VOID(sink(out));
      out.clear();
      flushed = true;
    }
  }
  if (!out.empty()) TRY_VOID(sink(out));
  if (spill) TRY_VOID(spill->finish());

  reply.repeatable = expansion.verdict().repeatable;
  reply.head.columns = stream.shape().columns;
  reply.head.row_count = encoder.rows();
  reply.head.truncated = !complete;
  if (complete || spill) reply.head.total_rows = seen;
  reply.head.tables = expansion.verdict().tables;
  reply.head.execution_time =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  return reply;
}

Result<catalog::ResultHead> Engine::write_all(const RunRequest& request, ExportWriter& writer,
                                              const RowSink& sink,
                                              const std::function<void(std::int64_t)>& on_rows,
                                              std::stop_token stop) {
  const auto begun = std::chrono::steady_clock::now();
  TRY(auto expansion, Expansion::make(gate_, request.sql, catalog_, request.saved));
  TRY(auto transaction, ReadOnly::begin(*this, stop, request.on_progress));
  auto& connection = transaction.connection();
  TRY(auto statement, prepare(connection, expansion));
  TRY_VOID(bind_parameters(statement, request.parameters, request.parameter_types));
  catalog::ResultHead head;
  auto told = begun;
  {
    TRY(auto stream, connection.stream(statement));
    TRY_VOID(check_types(stream.shape()));
    TRY_VOID(writer.begin(stream.shared_shape(), sink));
    while (true) {
      TRY(auto chunk, stream.next());
      if (!chunk) break;
      TRY_VOID(writer.append(*chunk, sink));
      head.row_count += chunk->rows();
      const auto now = std::chrono::steady_clock::now();
      if (now - told < kTellPause) continue;
      told = now;
      on_rows(head.row_count);
    }
    head.columns = stream.shape().columns;
  }
  TRY_VOID(writer.finish(sink, std::move(stop)));
  head.total_rows = head.row_count;
  head.tables = expansion.verdict().tables;
  head.execution_time =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  return head;
}

Result<Engine*> EngineCache::get(const catalog::Catalog& catalog, std::int64_t memory_bytes) {
  std::string fingerprint = catalog.workspace_id + ":" + catalog.fingerprint();
  const std::int64_t wanted =
      memory_bytes > 0 ? std::min(memory_bytes, options_.memory_limit) : memory_limit_;
  if (!engine_ || fingerprint_ != fingerprint || wanted != memory_limit_) {
    engine_.reset();
    EngineOptions options = options_;
    options.memory_limit = memory_limit_ = wanted;
    TRY(engine_, Engine::open(catalog, folder_, options));
    fingerprint_ = std::move(fingerprint);
  }
  return engine_.get();
}

}  // namespace sextant::engine

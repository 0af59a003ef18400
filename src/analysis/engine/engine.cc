#include "analysis/engine/engine.h"

#include <fmt/format.h>

#include "analysis/engine/encode.h"
#include "analysis/engine/headers.h"
#include "base/text.h"

namespace sextant::engine {
namespace {

// Encoded bytes that are gathered before they go to the sink.
constexpr std::size_t kFlushBytes = 128 << 10;
// Original headers in one statement that are replaced one after the other.
constexpr int kMaxRewrites = 200;

Result<> bind_parameters(Statement& statement, const json::Object& parameters) {
  for (const auto& name : statement.parameters()) {
    const auto* value = parameters.if_contains(name);
    if (!value) {
      return fail(ErrorCode::invalid_sql, fmt::format("The parameter ${} has no value.", name),
                  fmt::format("Send it in `parameters` as \"{}\".", name));
    }
    TRY_VOID(statement.bind(name, Parameter::from_json(*value)));
  }
  for (const auto& member : parameters) {
    const auto& names = statement.parameters();
    if (std::find(names.begin(), names.end(), std::string_view(member.key())) == names.end()) {
      return fail(ErrorCode::invalid_sql,
                  fmt::format("The statement does not use the parameter ${}.",
                              std::string_view(member.key())),
                  "Remove it, or write it in the SQL.");
    }
  }
  return {};
}

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

Result<Statement> Engine::prepare(Connection& connection, const std::string& sql,
                                  const Verdict& verdict) {
  std::vector<const catalog::Table*> tables;
  for (const auto& name : verdict.tables) {
    if (broken_.contains(name)) {
      return fail(ErrorCode::unavailable,
                  fmt::format("The data of `{}` can not be read now.", name),
                  "It is rebuilt from the uploaded file; try again shortly.", {{"table", name}});
    }
    if (const auto* table = catalog_.find_table(name)) tables.push_back(table);
  }
  HeaderRewriter rewriter(sql, std::move(tables));
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
      return statement;
    }
    if (i >= kMaxRewrites || !rewriter.rewrite(statement.error())) {
      return fail(rewriter.explain(std::move(statement).error()));
    }
  }
}

Result<Verdict> Engine::check(const std::string& sql) {
  TRY(auto verdict, gate_.check(sql, catalog_));
  TRY(auto connection, connect());
  TRY_VOID(connection.query("BEGIN TRANSACTION READ ONLY"));
  TRY_VOID(prepare(connection, sql, verdict));
  return verdict;
}

Result<RunReply> Engine::run(const RunRequest& request, const RowSink& sink, std::stop_token stop) {
  const auto begun = std::chrono::steady_clock::now();
  TRY(auto verdict, gate_.check(request.sql, catalog_));
  TRY(auto connection, connect());
  connection.set_stop(std::move(stop));
  TRY_VOID(connection.query("BEGIN TRANSACTION READ ONLY"));
  TRY(auto statement, prepare(connection, request.sql, verdict));
  TRY_VOID(bind_parameters(statement, request.parameters));
  TRY(auto stream, connection.stream(statement));
  TRY_VOID(check_types(stream.shape()));

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
  while (complete || spill) {
    TRY(auto chunk, stream.next());
    if (!chunk) break;
    seen += chunk->rows();
    if (spill) TRY_VOID(spill->append(*chunk));
    std::int64_t from = 0;
    if (complete && seen == chunk->rows() && request.encoding == wire::Encoding::json_rows) {
      from = std::min(chunk->rows(), kFirstRows);
      complete = encoder.append(out, *chunk, 0, from);
      reply.first_rows = out;
    }
    if (complete) complete = encoder.append(out, *chunk, from, chunk->rows());
    if (out.size() >= kFlushBytes) {
      TRY_VOID(sink(out));
      out.clear();
    }
  }
  if (!out.empty()) TRY_VOID(sink(out));
  if (spill) TRY_VOID(spill->finish());

  reply.repeatable = verdict.repeatable;
  reply.head.columns = stream.shape().columns;
  reply.head.row_count = encoder.rows();
  reply.head.truncated = !complete;
  if (complete || spill) reply.head.total_rows = seen;
  reply.head.tables = std::move(verdict.tables);
  reply.head.execution_time =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  return reply;
}

Result<Engine*> EngineCache::get(const catalog::Catalog& catalog) {
  std::string fingerprint = catalog.workspace_id + ":" + catalog.fingerprint();
  if (!engine_ || fingerprint_ != fingerprint) {
    engine_.reset();
    TRY(engine_, Engine::open(catalog, folder_, options_));
    fingerprint_ = std::move(fingerprint);
  }
  return engine_.get();
}

}  // namespace sextant::engine

#include "platform/queries/limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "platform/accounts/authorise.h"

namespace sextant::queries {
namespace {

constexpr std::int64_t kMaxRows = 1'000'000;
// Below it the engine can not even open the tables.
constexpr std::int64_t kLeastMemory = 32 << 20;

// Kept in the document of the workspace's settings.
struct MemorySetting {
  std::optional<std::int64_t> query_memory_bytes;
};
BOOST_DESCRIBE_STRUCT(MemorySetting, (), (query_memory_bytes))

}  // namespace

WorkspaceLimits LimitsService::of_the_server() const {
  // Two workers for each processor, one of which is left to the other workspaces.
  const std::int64_t workers =
      settings_.max_workers > 0
          ? settings_.max_workers
          : 2 * std::max<std::int64_t>(1, std::thread::hardware_concurrency());
  WorkspaceLimits limits;
  limits.concurrent_queries = settings_.query_concurrency > 0
                                  ? settings_.query_concurrency
                                  : std::max<std::int64_t>(1, workers - 1);
  limits.max_rows = kMaxRows;
  limits.max_seconds = settings_.query_timeout_seconds;
  limits.memory_bytes = settings_.worker_memory_limit;
  return limits;
}

Result<WorkspaceLimits> LimitsService::get(const std::string& workspace_id) {
  WorkspaceLimits limits = of_the_server();
  TRY(const auto row,
      database_.first("SELECT l.concurrent_queries, l.max_rows, l.max_seconds, w.settings "
                      "FROM workspaces w LEFT JOIN query_limits l ON l.workspace_id = w.id "
                      "WHERE w.id = $1",
                      {workspace_id}));
  if (!row) return limits;
  TRY(const auto settings, row->document<MemorySetting>("settings"));
  if (settings.query_memory_bytes) {
    limits.memory_bytes = std::min(limits.memory_bytes, *settings.query_memory_bytes);
  }
  const auto lower = [&](std::int64_t& limit, const char* column) {
    if (const auto own = row->maybe_integer(column)) limit = std::min(limit, *own);
  };
  lower(limits.concurrent_queries, "concurrent_queries");
  lower(limits.max_rows, "max_rows");
  lower(limits.max_seconds, "max_seconds");
  return limits;
}

Result<LimitsInForce> LimitsService::shown(const std::string& workspace_id) {
  TRY(const auto own, get(workspace_id));
  return LimitsInForce{own.concurrent_queries, own.max_rows, own.max_seconds, own.memory_bytes,
                       of_the_server()};
}

Result<LimitsInForce> LimitsService::set(const catalog::Principal& who,
                                         const LimitsChange& change) {
  TRY_VOID(accounts::authorise(who, accounts::Action::administer, {"workspace", who.workspace_id}));
  const WorkspaceLimits most = of_the_server();
  std::vector<json::FieldError> errors;
  const auto check = [&](const char* path, const std::optional<std::int64_t>& value,
                         std::int64_t maximum, std::int64_t minimum = 1) {
    if (value && (*value < minimum || *value > maximum)) {
      errors.push_back({path, fmt::format("must be from {} to {}", minimum, maximum)});
    }
  };
  check("concurrent_queries", change.concurrent_queries, most.concurrent_queries);
  check("max_rows", change.max_rows, most.max_rows);
  check("max_seconds", change.max_seconds, most.max_seconds);
  check("memory_bytes", change.memory_bytes, most.memory_bytes, kLeastMemory);
  if (!errors.empty()) return fail(json::field_errors(errors));
  TRY_VOID(database_.transaction([&](store::Transaction& tx) -> Result<> {
    TRY_VOID(tx.execute(
        "INSERT INTO query_limits (workspace_id, concurrent_queries, max_rows, max_seconds) "
        "VALUES ($1, $2, $3, $4) ON CONFLICT (workspace_id) DO UPDATE SET "
        "concurrent_queries = $2, max_rows = $3, max_seconds = $4",
        {who.workspace_id, change.concurrent_queries, change.max_rows, change.max_seconds}));
    TRY(const auto row,
        tx.one("SELECT settings FROM workspaces WHERE id = $1", {who.workspace_id}, "workspace"));
    TRY(auto settings, row.document<json::Object>("settings"));
    settings.erase("query_memory_bytes");
    if (change.memory_bytes) settings["query_memory_bytes"] = *change.memory_bytes;
    TRY_VOID(tx.execute("UPDATE workspaces SET settings = $2 WHERE id = $1",
                        {who.workspace_id, store::Value::json(settings)}));
    return {};
  }));
  return shown(who.workspace_id);
}

}  // namespace sextant::queries

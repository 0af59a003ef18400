#include "platform/operations/health.h"

#include <chrono>
#include <fstream>
#include <functional>

#include "platform/workers/typed_run.h"
#include "wire/messages.h"

namespace sextant::operations {
namespace {

// The folder that the workers' own check is bound to; it never holds data.
constexpr const char* kProbeWorkspace = ".health";

ComponentHealth measure(std::string name, const std::function<Result<>()>& check) {
  const auto start = std::chrono::steady_clock::now();
  const auto result = check();
  const double ms =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  return {std::move(name), result ? "ok" : "failing", ms, result ? "" : result.error().message};
}

Result<> write_and_remove(const std::filesystem::path& folder) {
  const auto path = folder / "health-check";
  {
    std::ofstream out(path);
    out << "ok";
    out.flush();
    if (!out) return fail(ErrorCode::storage_full, "the data folder can not be written to");
  }
  std::error_code ec;
  std::filesystem::remove(path, ec);
  return {};
}

}  // namespace

HealthReport Health::check(std::stop_token stop) {
  HealthReport report{"ok", {}};
  report.components.push_back(measure("metadata store", [&] { return database_.ping(); }));
  report.components.push_back(measure("workers", [&]() -> Result<> {
    TRY_VOID(files_.prepare(kProbeWorkspace));
    wire::QueryRequest request;
    request.sql = "SELECT 42";
    workers::RunOptions options;
    options.timeout = std::chrono::seconds(5);
    options.stop = stop;
    std::string rows;
    options.on_data = [&](std::string_view bytes) -> Result<> {
      rows += bytes;
      return {};
    };
    TRY_VOID(workers::run<wire::QueryReply>(pool_,
                                            {kProbeWorkspace, files_.folder(kProbeWorkspace)},
                                            wire::Operation::query, request, options));
    if (rows != "[42]")
      return fail(ErrorCode::internal, "a worker answered 'SELECT 42' with " + rows);
    return {};
  }));
  report.components.push_back(
      measure("files", [&] { return write_and_remove(files_.incoming()); }));
  for (const auto& component : report.components) {
    if (component.status != "ok") report.status = "failing";
  }
  if (auto helper = helper_()) report.components.push_back(std::move(*helper));
  return report;
}

}  // namespace sextant::operations

#include "analysis/engine/export.h"
#include "worker/operations.h"
#include "worker/progress_steps.h"

namespace sextant::worker {

Result<json::Value> export_result(Call& call) {
  TRY(auto request, json::from_value<wire::ExportRequest>(call.body));
  TRY(auto* engine,
      call.session.engines->get(request.query.catalog, request.query.limits.memory_bytes));
  TRY(auto writer, engine::ExportWriter::create(request.format, call.session.temp_directory));
  engine::RunRequest run{.sql = std::move(request.query.sql),
                         .parameters = std::move(request.query.parameters),
                         .parameter_types = std::move(request.query.parameter_types),
                         .saved = std::move(request.query.saved),
                         .limits = request.query.limits};
  wire::Progress progress{.stage = "executing"};
  run.on_progress = ProgressSteps([&](double fraction) {
    progress.fraction = fraction;
    call.progress(progress);
  });
  const auto on_rows = [&](std::int64_t rows) {
    progress.rows = rows;
    call.progress(progress);
  };
  TRY(auto head, engine->write_all(run, *writer, call.data, on_rows, call.stop));
  return json::to_value(wire::QueryReply{std::move(head), {}, false});
}

}  // namespace sextant::worker

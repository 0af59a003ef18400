#include "analysis/chart/choose.h"
#include "worker/operations.h"
#include "worker/progress_steps.h"

namespace sextant::worker {
Result<json::Value> run_query(Call& call) {
  TRY(auto request, json::from_value<wire::QueryRequest>(call.body));
  engine::RunRequest run{.sql = std::move(request.sql),
                         .parameters = std::move(request.parameters),
                         .parameter_types = std::move(request.parameter_types),
                         .saved = std::move(request.saved),
                         .limits = request.limits,
                         .encoding = request.encoding};
  if (request.spill_to) {
    TRY(run.spill_to, inside(*request.spill_to));
  }
  run.on_columns = [&](const std::vector<catalog::ResultColumn>& columns, bool repeatable) {
    call.progress({.stage = "executing", .columns = columns, .repeatable = repeatable});
  };
  run.on_progress = ProgressSteps(
      [&](double fraction) { call.progress({.stage = "executing", .fraction = fraction}); });
  TRY(auto* engine, call.session.engines->get(request.catalog, request.limits.memory_bytes));
  TRY(auto reply, engine->run(run, call.data, call.stop));
  wire::QueryReply out;
  out.head = std::move(reply.head);
  out.cacheable = reply.repeatable;
  if (const auto rows = json::parse("[" + reply.first_rows + "]"); rows && rows->is_array()) {
    out.suggested_chart = chart::choose(out.head.columns, rows->get_array(),
                                        out.head.total_rows.value_or(out.head.row_count));
  }
  return json::to_value(out);
}

}  // namespace sextant::worker

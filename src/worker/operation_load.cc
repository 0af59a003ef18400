#include "analysis/formats/load.h"
#include "worker/operations.h"

namespace sextant::worker {

Result<json::Value> load_file(Call& call) {
  TRY(const auto request, json::from_value<wire::LoadRequest>(call.body));
  TRY_VOID(inside(request.upload));
  TRY_VOID(inside(request.output));
  const formats::LoadOptions options{.memory_limit = call.session.memory_limit,
                                     .threads = 2,
                                     .temp_directory = call.session.temp_directory};
  TRY(const auto reply, formats::load_file(request, options, call.progress, call.stop));
  return json::to_value(reply);
}

}  // namespace sextant::worker

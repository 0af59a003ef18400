#include "worker/jail.h"
#include "worker/operations.h"

namespace sextant::worker {

Result<json::Value> bind_workspace(Call& call) {
  if (call.session.engines) {
    return fail(ErrorCode::bad_request, "This worker is bound to a workspace already.");
  }
  TRY(auto request, json::from_value<wire::BindRequest>(call.body));
  TRY_VOID(confine(request.workspace_folder, request.temp_folder));
  call.session.temp_directory = request.temp_folder;
  call.session.memory_limit = request.memory_limit;
  call.session.engines.emplace(std::filesystem::path(),
                               engine::EngineOptions{.memory_limit = request.memory_limit,
                                                     .threads = static_cast<int>(request.threads),
                                                     .temp_directory = request.temp_folder});
  return json::Object();
}

}  // namespace sextant::worker

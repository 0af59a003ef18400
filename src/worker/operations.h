#pragma once
// What a worker can be asked for: one function per wire::Operation, one file each
// (operation_<name>.cc), in the table of operations.cc.

#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>

#include "analysis/ask/ask.h"
#include "analysis/engine/engine.h"
#include "analysis/semantic/check.h"
#include "base/json.h"
#include "wire/messages.h"

namespace sextant::worker {

// What is kept between the requests of one workspace.
struct Session {
  std::optional<engine::EngineCache> engines;  // none before `bind`
  std::unique_ptr<engine::SpillReader> spill;  // the result paged through last
  ask::QuestionEngine questions;
  semantic::MetricChecks metric_checks;
  std::string temp_directory;
  std::int64_t memory_limit = 0;  // bytes, of the engine
};

// One request. Paths in bodies are relative to the workspace's folder, which is the current one.
struct Call {
  Session& session;
  const json::Value& body;
  std::stop_token stop;
  std::function<Result<>(std::string_view bytes)> data;
  std::function<void(const wire::Progress&)> progress;
};

using Handler = Result<json::Value> (*)(Call&);

// None when this worker can not do it.
Handler find_handler(wire::Operation operation);

// A path from a body: relative, inside the folder, without "..".
Result<std::filesystem::path> inside(const std::string& path);

Result<json::Value> bind_workspace(Call& call);
Result<json::Value> run_query(Call& call);
Result<json::Value> fetch_page(Call& call);
Result<json::Value> load_file(Call& call);
Result<json::Value> list_passages(Call& call);
Result<json::Value> profile_source(Call& call);
Result<json::Value> build_model(Call& call);
Result<json::Value> check_model(Call& call);
Result<json::Value> answer_question(Call& call);
Result<json::Value> check_query(Call& call);
Result<json::Value> explain_query(Call& call);
Result<json::Value> find_faster_way(Call& call);
Result<json::Value> export_result(Call& call);
Result<json::Value> compose_reading(Call& call);
Result<json::Value> recognise_reading(Call& call);

}  // namespace sextant::worker

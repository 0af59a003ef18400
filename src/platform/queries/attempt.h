#pragma once
// What the files of the query service share, and nobody else.

#include "platform/queries/preview.h"
#include "platform/queries/query_service.h"

namespace sextant::queries {

// Puts frames together again to whole rows.
class WholeRows {
 public:
  explicit WholeRows(std::function<Result<>(std::string_view)> sink) : sink_(std::move(sink)) {}

  Result<> add(std::string_view frame) {
    if (frame.size() == wire::kDataFrameBytes) {
      held_ += frame;
      return {};
    }
    if (held_.empty()) return sink_(frame);
    held_ += frame;
    return finish();
  }

  Result<> finish() {
    if (held_.empty()) return {};
    const std::string rows = std::exchange(held_, {});
    return sink_(rows);
  }

 private:
  std::function<Result<>(std::string_view)> sink_;
  std::string held_;
};

// What is sent to the engine, and over which data.
struct QueryService::Prepared {
  RunRequest request;
  catalog::Catalog catalog;
  WorkspaceLimits limits;
  std::int64_t limit = 0;  // rows
};

struct QueryService::Attempt {
  const catalog::Principal& who;
  const Execution& execution;
  const RunListener& listener;
  std::stop_token stop;
  std::string query_id = {};
  std::chrono::steady_clock::time_point begun = {};
  Timestamp begun_at = {};
  std::optional<std::int64_t> saved_version = {};
  Prepared prepared = {};
  std::string key = {};  // of its answer in the cache
  Running::Handle* handle = nullptr;
  PreviewRows preview = {};
};

}  // namespace sextant::queries

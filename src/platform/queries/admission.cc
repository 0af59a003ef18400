#include "platform/queries/admission.h"

#include <fmt/format.h>

#include <algorithm>

namespace sextant::queries {
namespace {

constexpr std::size_t kMaxWaiting = 100;  // of one workspace

}  // namespace

Result<Admission::Place> Admission::enter(const std::string& workspace_id, std::int64_t limit,
                                          std::stop_token stop,
                                          const std::function<void(std::int64_t)>& on_position) {
  std::unique_lock lock(mutex_);
  auto& workspace = workspaces_[workspace_id];
  if (workspace.waiting.size() >= kMaxWaiting) {
    return fail(
        ErrorCode::rate_limited,
        fmt::format("{} queries of this workspace are waiting already.", workspace.waiting.size()),
        "Try again in a moment.");
  }
  const auto me = workspace.waiting.insert(workspace.waiting.end(), next_number_++);
  const auto position = [&] { return std::distance(workspace.waiting.begin(), me) + 1; };
  const auto may_run = [&] {
    return position() == 1 && workspace.running < std::max<std::int64_t>(limit, 1);
  };
  std::int64_t told = 0;
  while (!may_run() && !stop.stop_requested()) {
    const std::int64_t at = position();
    if (at != told) {
      told = at;
      lock.unlock();
      on_position(at);
      lock.lock();
      continue;
    }
    changed_.wait(lock, stop, [&] { return may_run() || position() != told; });
  }
  const bool admitted = may_run();
  workspace.waiting.erase(me);
  if (admitted) ++workspace.running;
  if (!admitted) forget_if_idle(workspace_id);
  lock.unlock();
  changed_.notify_all();
  if (!admitted) return fail(ErrorCode::cancelled, "The query was cancelled while it waited.");
  return Place(*this, workspace_id);
}

void Admission::leave(const std::string& workspace_id) {
  {
    const std::lock_guard lock(mutex_);
    --workspaces_[workspace_id].running;
    forget_if_idle(workspace_id);
  }
  changed_.notify_all();
}

void Admission::forget_if_idle(const std::string& workspace_id) {
  const auto found = workspaces_.find(workspace_id);
  if (found->second.running == 0 && found->second.waiting.empty()) workspaces_.erase(found);
}

}  // namespace sextant::queries

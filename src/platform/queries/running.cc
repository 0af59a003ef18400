#include "platform/queries/running.h"

#include <fmt/format.h>

#include <algorithm>

namespace sextant::queries {

Running::Handle::Handle(Running& running, std::list<Entry>::iterator entry)
    : running_(running), entry_(entry) {}

Running::Handle::~Handle() {
  // Outside the lock: it waits for a callback that is under way.
  entry_->forward.reset();
  const std::lock_guard lock(running_.mutex_);
  running_.entries_.erase(entry_);
}

std::stop_token Running::Handle::stop() const { return entry_->stop.get_token(); }

void Running::Handle::queued(std::int64_t position) {
  const std::lock_guard lock(running_.mutex_);
  entry_->query.state = RunState::queued;
  entry_->query.queue_position = position;
}

void Running::Handle::begun() {
  const std::lock_guard lock(running_.mutex_);
  entry_->query.state = RunState::running;
  entry_->query.queue_position.reset();
}

void Running::Handle::progressed(double fraction) {
  const std::lock_guard lock(running_.mutex_);
  entry_->query.fraction = fraction;
}

void Running::Handle::sent(std::size_t bytes) {
  const std::lock_guard lock(running_.mutex_);
  entry_->query.bytes += static_cast<std::int64_t>(bytes);
}

void Running::Handle::written(std::int64_t rows) {
  const std::lock_guard lock(running_.mutex_);
  entry_->query.rows = rows;
}

Result<std::unique_ptr<Running::Handle>> Running::add(const catalog::Principal& who,
                                                      RunningQuery query, std::stop_token stop) {
  std::list<Entry>::iterator entry;
  {
    const std::lock_guard lock(mutex_);
    if (query.client_run_id && std::ranges::any_of(entries_, [&](const Entry& e) {
          return e.user_id == who.user_id && e.query.client_run_id == query.client_run_id;
        })) {
      return fail(ErrorCode::conflict,
                  fmt::format("A run {} is under way already.", *query.client_run_id),
                  "Choose another client_run_id for each run.");
    }
    entry = entries_.emplace(entries_.end());
    entry->user_id = who.user_id;
    entry->workspace_id = who.workspace_id;
    entry->query = std::move(query);
  }
  auto handle = std::make_unique<Handle>(*this, entry);
  entry->forward.emplace(std::move(stop),
                         [source = entry->stop]() mutable { source.request_stop(); });
  return handle;
}

std::vector<RunningQuery> Running::list(const catalog::Principal& who) {
  std::vector<RunningQuery> out;
  const std::lock_guard lock(mutex_);
  for (const auto& entry : entries_) {
    if (entry.user_id == who.user_id && entry.workspace_id == who.workspace_id) {
      out.push_back(entry.query);
    }
  }
  return out;
}

Result<> Running::cancel(const catalog::Principal& who, const std::string& run_id) {
  std::optional<std::stop_source> stop;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& entry : entries_) {
      const bool own = entry.user_id == who.user_id && entry.workspace_id == who.workspace_id;
      if (own && (entry.query.query_id == run_id || entry.query.client_run_id == run_id)) {
        stop = entry.stop;
      }
    }
  }
  if (!stop) {
    return fail(ErrorCode::not_found, "There is no such run under way.", "It may have ended.");
  }
  stop->request_stop();
  return {};
}

}  // namespace sextant::queries

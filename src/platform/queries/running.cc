#include "platform/queries/running.h"

#include <fmt/format.h>

#include <algorithm>

namespace sextant::queries {
namespace {

constexpr std::chrono::milliseconds kFirstTold{300};
constexpr std::chrono::milliseconds kTellPause{200};

}  // namespace

Running::Handle::Handle(Running& running, std::list<Entry>::iterator entry)
    : running_(running),
      entry_(entry),
      told_(std::chrono::steady_clock::now() + kFirstTold - kTellPause) {}

Running::Handle::~Handle() {
  // Outside the lock: it waits for a callback that is under way.
  entry_->forward.reset();
  const std::lock_guard lock(running_.mutex_);
  running_.entries_.erase(entry_);
}

std::stop_token Running::Handle::stop() const { return entry_->stop.get_token(); }

// Changes what is shown of the run, and tells of it when it is time.
template <class Change>
void Running::Handle::change(Change change) {
  RunProgress progress;
  {
    const std::lock_guard lock(running_.mutex_);
    RunningQuery& query = entry_->query;
    change(query);
    const auto time = std::chrono::steady_clock::now();
    if (!query.client_run_id || time - told_ < kTellPause) return;
    told_ = time;
    progress = {query.query_id, query.client_run_id, query.state, query.queue_position,
                query.fraction, query.bytes,         query.rows};
  }
  running_.tell_(entry_->workspace_id, entry_->user_id,
                 {0, "query.progress", std::nullopt, json::to_value(progress)});
}

void Running::Handle::queued(std::int64_t position) {
  change([&](RunningQuery& query) {
    query.state = RunState::queued;
    query.queue_position = position;
  });
}

void Running::Handle::begun() {
  change([](RunningQuery& query) {
    query.state = RunState::running;
    query.queue_position.reset();
  });
}

void Running::Handle::progressed(double fraction) {
  change([&](RunningQuery& query) { query.fraction = fraction; });
}

void Running::Handle::sent(std::size_t bytes) {
  change([&](RunningQuery& query) { query.bytes += static_cast<std::int64_t>(bytes); });
}

void Running::Handle::written(std::int64_t rows, double fraction) {
  change([&](RunningQuery& query) {
    query.rows = rows;
    query.fraction = fraction;
  });
}

void Running::Handle::ended(RunStatus status, std::optional<std::string> error_message,
                            std::optional<std::int64_t> row_count) {
  if (!entry_->query.client_run_id) return;
  const RunEnd end{entry_->query.query_id, entry_->query.client_run_id, status,
                   std::move(error_message), row_count};
  running_.tell_(entry_->workspace_id, entry_->user_id,
                 {0, "query.finished", std::nullopt, json::to_value(end)});
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

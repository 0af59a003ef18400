#pragma once
// The runs under way in this process, for those who look at them and cancel them. Thread-safe.

#include <boost/describe.hpp>
#include <chrono>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalog/event.h"
#include "catalog/principal.h"
#include "platform/queries/records.h"

namespace sextant::queries {

enum class RunState { queued, running };
BOOST_DESCRIBE_ENUM(RunState, queued, running)

struct RunningQuery {
  std::string query_id;
  std::optional<std::string> client_run_id;
  std::string sql_query;
  RunState state = RunState::running;
  std::optional<std::int64_t> queue_position;  // 1 is next; while it is queued
  double fraction = 0;                         // of the engine's work, 0 … 1; 0 when unknown
  std::int64_t bytes = 0;                      // of the answer that were passed on
  std::int64_t rows = 0;                       // written so far, of an export
  std::string started_at;
  std::optional<std::string> saved_query_id;
};
BOOST_DESCRIBE_STRUCT(RunningQuery, (),
                      (query_id, client_run_id, sql_query, state, queue_position, fraction, bytes,
                       rows, started_at, saved_query_id))

// What the pages of its user are told of a run, as the event query.progress.
struct RunProgress {
  std::string query_id;
  std::optional<std::string> client_run_id;
  RunState state = RunState::running;
  std::optional<std::int64_t> queue_position;
  double fraction = 0;
  std::int64_t bytes = 0;
  std::int64_t rows = 0;
};
BOOST_DESCRIBE_STRUCT(RunProgress, (),
                      (query_id, client_run_id, state, queue_position, fraction, bytes, rows))

// The same of its end, as query.finished.
struct RunEnd {
  std::string query_id;
  std::optional<std::string> client_run_id;
  RunStatus status = RunStatus::completed;
  std::optional<std::string> error_message;
  std::optional<std::int64_t> row_count;
};
BOOST_DESCRIBE_STRUCT(RunEnd, (), (query_id, client_run_id, status, error_message, row_count))

class Running {
  struct Entry;

 public:
  // Told of runs that have a client_run_id: not before they have lasted 300 ms, then up to five
  // times a second, and of the end. On the thread that runs; must not block.
  using Tell = std::function<void(const std::string& workspace_id, const std::string& user_id,
                                  const catalog::Event& event)>;

  explicit Running(Tell tell) : tell_(std::move(tell)) {}

  // One run; leaves the list when it goes out of scope. Used by the thread that runs it.
  class Handle {
   public:
    Handle(Running& running, std::list<Entry>::iterator entry);
    Handle(const Handle&) = delete;
    ~Handle();

    std::stop_token stop() const;  // requested by the caller's own token and by cancel()
    void queued(std::int64_t position);
    void begun();
    void progressed(double fraction);
    void sent(std::size_t bytes);
    void written(std::int64_t rows, double fraction);
    void ended(RunStatus status, std::optional<std::string> error_message,
               std::optional<std::int64_t> row_count);

   private:
    template <class Change>
    void change(Change change);

    Running& running_;
    std::list<Entry>::iterator entry_;
    std::chrono::steady_clock::time_point told_;
  };

  // conflict when the user has a run with this client_run_id already.
  Result<std::unique_ptr<Handle>> add(const catalog::Principal& who, RunningQuery query,
                                      std::stop_token stop);

  // The user's own, oldest first.
  std::vector<RunningQuery> list(const catalog::Principal& who);

  // By query_id or client_run_id. not_found when the user has no such run.
  Result<> cancel(const catalog::Principal& who, const std::string& run_id);

 private:
  struct Entry {
    std::string user_id, workspace_id;
    RunningQuery query;
    std::stop_source stop;
    std::optional<std::stop_callback<std::function<void()>>> forward;
  };

  const Tell tell_;
  std::mutex mutex_;
  std::list<Entry> entries_;
};

}  // namespace sextant::queries

#pragma once
// Saved queries that run by themselves: every hour, day, week or month. A run is kept in the
// history as started by the schedule; one that fails is told to whom it runs for. A durable job
// that puts itself off to the next time; when the server was away, a run that was missed is made up
// for once. Thread-safe.

#include <boost/describe.hpp>
#include <optional>
#include <string>

#include "platform/events/event_log.h"
#include "platform/jobs/job_runner.h"
#include "platform/queries/query_service.h"

namespace sextant::queries {

inline constexpr const char* kScheduleJob = "query.schedule";

enum class Frequency { hourly, daily, weekly, monthly };
BOOST_DESCRIBE_ENUM(Frequency, hourly, daily, weekly, monthly)

// Times are in UTC.
struct ScheduleFields {
  Frequency frequency = Frequency::daily;
  std::int64_t minute = 0;              // 0 … 59
  std::optional<std::int64_t> hour;     // 0 … 23; not of hourly
  std::optional<std::int64_t> weekday;  // 1 Monday … 7; of weekly
  std::optional<std::int64_t> day;      // 1 … 28; of monthly
  std::optional<json::Object> parameters;
  std::optional<bool> enabled;
};
BOOST_DESCRIBE_STRUCT(ScheduleFields, (),
                      (frequency, minute, hour, weekday, day, parameters, enabled))

struct Schedule {
  Frequency frequency = Frequency::daily;
  std::int64_t minute = 0;
  std::int64_t hour = 0;
  std::int64_t weekday = 1;
  std::int64_t day = 1;
  json::Object parameters;
  bool enabled = true;
  std::string user_id;  // in whose name it runs
  std::string next_run_at;
  std::optional<std::string> last_run_at;
};
BOOST_DESCRIBE_STRUCT(Schedule, (),
                      (frequency, minute, hour, weekday, day, parameters, enabled, user_id,
                       next_run_at, last_run_at))

// The first time after `after`.
Timestamp next_run(const Schedule& schedule, Timestamp after);

class Schedules {
 public:
  Schedules(store::Database& database, events::EventLog& events, jobs::JobRunner& jobs,
            SavedQueries& saved, QueryService& queries)
      : database_(database), events_(events), jobs_(jobs), saved_(saved), queries_(queries) {}

  // not_found when the query has none.
  Result<Schedule> get(const catalog::Principal& who, const std::string& query_id);
  // From now on it runs in this user's name.
  Result<Schedule> set(const catalog::Principal& who, const std::string& query_id,
                       const ScheduleFields& fields);
  Result<> remove(const catalog::Principal& who, const std::string& query_id);

  // The job.
  Result<> run(jobs::JobContext& job);

 private:
  Result<> may_change(const catalog::Principal& who, const std::string& query_id);
  Result<> enqueue(store::Transaction& tx, const std::string& workspace_id,
                   const std::string& query_id, const std::string& revision, Timestamp at);

  store::Database& database_;
  events::EventLog& events_;
  jobs::JobRunner& jobs_;
  SavedQueries& saved_;
  QueryService& queries_;
};

}  // namespace sextant::queries

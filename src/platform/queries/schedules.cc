#include "platform/queries/schedules.h"

#include "base/id.h"
#include "base/log.h"
#include "base/time.h"
#include "platform/accounts/absent.h"
#include "platform/accounts/authorise.h"
#include "platform/events/notice.h"

namespace sextant::queries {
namespace {

using accounts::Action;
using accounts::authorise;

constexpr std::int64_t kRows = 1000;  // of a scheduled run; its pages give the rest

constexpr const char* kColumns =
    "SELECT frequency, minute, hour, weekday, day, parameters, enabled, user_id, revision, "
    "next_run_at, last_run_at FROM query_schedules WHERE query_id = $1";

struct Payload {
  std::string revision;  // of the schedule that the job is for
};
BOOST_DESCRIBE_STRUCT(Payload, (), (revision))

Result<Schedule> read(const store::Row& row) {
  Schedule out;
  out.frequency = json::enum_from<Frequency>(row.text("frequency")).value_or(Frequency::daily);
  out.minute = row.integer("minute");
  out.hour = row.integer("hour");
  out.weekday = row.integer("weekday");
  out.day = row.integer("day");
  TRY(out.parameters, row.document<json::Object>("parameters"));
  out.enabled = row.boolean("enabled");
  out.user_id = row.text("user_id");
  out.next_run_at = row.text("next_run_at");
  out.last_run_at = row.maybe_text("last_run_at");
  return out;
}

std::vector<json::FieldError> problems_of(const ScheduleFields& fields) {
  std::vector<json::FieldError> errors;
  const auto check = [&](const char* path, std::int64_t value, std::int64_t from, std::int64_t to) {
    if (value < from || value > to) {
      errors.push_back(
          {path, "must be from " + std::to_string(from) + " to " + std::to_string(to)});
    }
  };
  check("minute", fields.minute, 0, 59);
  check("hour", fields.hour.value_or(0), 0, 23);
  check("weekday", fields.weekday.value_or(1), 1, 7);
  check("day", fields.day.value_or(1), 1, 28);
  return errors;
}

}  // namespace

Timestamp next_run(const Schedule& schedule, Timestamp after) {
  using namespace std::chrono;
  const auto time = minutes(schedule.minute) +
                    (schedule.frequency == Frequency::hourly ? hours(0) : hours(schedule.hour));
  switch (schedule.frequency) {
    case Frequency::hourly: {
      const auto at = floor<hours>(after) + time;
      return at > after ? at : at + hours(1);
    }
    case Frequency::daily: {
      const auto at = floor<days>(after) + time;
      return at > after ? at : at + days(1);
    }
    case Frequency::weekly: {
      const auto day = floor<days>(after);
      const weekday wanted(static_cast<unsigned>(schedule.weekday % 7));
      const auto at = day + (wanted - weekday(day)) + time;
      return at > after ? at : at + days(7);
    }
    case Frequency::monthly: {
      const year_month_day today(floor<days>(after));
      const std::chrono::day wanted(static_cast<unsigned>(schedule.day));
      auto month = today.year() / today.month();
      const auto at = sys_days(month / wanted) + time;
      if (at > after) return at;
      month += months(1);
      return sys_days(month / wanted) + time;
    }
  }
  return after + days(1);
}

// What changes the query may change its schedule.
Result<> Schedules::may_change(const catalog::Principal& who, const std::string& query_id) {
  TRY(const auto query, saved_.get(who, query_id));
  return authorise(who, Action::write, {"query", who.workspace_id, query.user_id, !query.shared});
}

Result<Schedule> Schedules::get(const catalog::Principal& who, const std::string& query_id) {
  TRY_VOID(saved_.get(who, query_id));
  TRY(const auto row, database_.one(kColumns, {query_id}, "schedule"));
  return read(row);
}

Result<Schedule> Schedules::set(const catalog::Principal& who, const std::string& query_id,
                                const ScheduleFields& fields) {
  TRY_VOID(may_change(who, query_id));
  if (auto errors = problems_of(fields); !errors.empty()) return fail(json::field_errors(errors));
  Schedule schedule;
  schedule.frequency = fields.frequency;
  schedule.minute = fields.minute;
  schedule.hour = fields.hour.value_or(0);
  schedule.weekday = fields.weekday.value_or(1);
  schedule.day = fields.day.value_or(1);
  schedule.parameters = fields.parameters.value_or(json::Object{});
  schedule.enabled = fields.enabled.value_or(true);
  const Timestamp next = next_run(schedule, now());
  const std::string revision = new_id();
  TRY_VOID(database_.transaction([&](store::Transaction& tx) -> Result<> {
    TRY_VOID(tx.execute(
        "INSERT INTO query_schedules (query_id, user_id, frequency, minute, hour, weekday, day, "
        "parameters, enabled, revision, next_run_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) "
        "ON CONFLICT (query_id) DO UPDATE SET user_id = $2, frequency = $3, minute = $4, "
        "hour = $5, weekday = $6, day = $7, parameters = $8, enabled = $9, revision = $10, "
        "next_run_at = $11",
        {query_id, who.user_id, json::enum_name(schedule.frequency), schedule.minute, schedule.hour,
         schedule.weekday, schedule.day, store::Value::json(schedule.parameters), schedule.enabled,
         revision, next}));
    return schedule.enabled ? enqueue(tx, who.workspace_id, query_id, revision, next) : Result<>();
  }));
  return get(who, query_id);
}

Result<> Schedules::remove(const catalog::Principal& who, const std::string& query_id) {
  TRY_VOID(may_change(who, query_id));
  TRY(const auto removed,
      database_.execute("DELETE FROM query_schedules WHERE query_id = $1", {query_id}));
  if (removed == 0) return fail(ErrorCode::not_found, "The query has no schedule.");
  return {};
}

Result<> Schedules::enqueue(store::Transaction& tx, const std::string& workspace_id,
                            const std::string& query_id, const std::string& revision,
                            Timestamp at) {
  jobs::NewJob job;
  job.kind = kScheduleJob;
  job.workspace_id = workspace_id;
  job.subject = query_id;
  job.payload = json::to_value(Payload{revision});
  job.run_after = at;
  TRY_VOID(jobs_.enqueue(tx, job));
  return {};
}

Result<> Schedules::run(jobs::JobContext& job) {
  const std::string& query_id = job.subject();
  TRY(const auto row, database_.first(kColumns, {query_id}));
  TRY(const auto payload, json::from_value<Payload>(job.payload()));
  // Changed, switched off or removed since: another job has taken over, or none is wanted.
  if (!row || !row->boolean("enabled") || payload.revision != row->text("revision")) return {};
  TRY(const auto schedule, read(*row));
  const std::string workspace_id = job.workspace_id().value_or("");
  TRY(const auto who, accounts::find_principal(database_, workspace_id, schedule.user_id));
  bool goes_on = who.has_value();
  std::optional<events::Notice> notice;
  if (who) {
    auto query = saved_.get(*who, query_id);
    if (!query && query.error().code != ErrorCode::not_found) return fail(std::move(query).error());
    goes_on = query.has_value();
    if (query) {
      TRY(const auto before, queries_.history().last_scheduled(query_id, schedule.next_run_at));
      const bool failed_before = before == RunStatus::failed;
      Execution execution;
      execution.sql = query->sql_query;
      execution.parameters = schedule.parameters;
      execution.limit = kRows;
      execution.saved_query_id = query_id;
      execution.use_cache = false;
      execution.started_by = StartedBy::schedule;
      RunListener listener;
      listener.rows = [](std::string_view) -> Result<> { return {}; };
      auto outcome = queries_.execute(*who, execution, listener, job.stop_token());
      // What is wrong with the query is in its history; what is wrong here is tried again.
      if (!outcome && (job.stop_token().stop_requested() || job.will_retry(outcome.error()))) {
        return fail(std::move(outcome).error());
      }
      // Told when it begins to fail and when it works again, not at every run between.
      if (!outcome && !failed_before) {
        notice = {.workspace_id = workspace_id,
                  .user_id = who->user_id,
                  .type = "query.failed",
                  .title = query->name + " could not be run",
                  .message = outcome.error().message,
                  .data = {{"query_id", query_id}}};
      } else if (outcome && failed_before) {
        notice = {.workspace_id = workspace_id,
                  .user_id = who->user_id,
                  .type = "query.recovered",
                  .title = query->name + " works again",
                  .message = "Its scheduled run went through.",
                  .data = {{"query_id", query_id}}};
      }
    }
  }
  const Timestamp at = now(), next = next_run(schedule, at);
  return database_.transaction([&](store::Transaction& tx) -> Result<> {
    TRY_VOID(job.check_fence(tx));
    TRY(const auto changed,
        tx.execute("UPDATE query_schedules SET last_run_at = $2, next_run_at = $3, enabled = $4 "
                   "WHERE query_id = $1 AND revision = $5",
                   {query_id, at, next, goes_on, row->text("revision")}));
    if (notice) TRY_VOID(events::notify(tx, events_, *notice));
    if (changed == 0 || !goes_on) return {};
    return enqueue(tx, workspace_id, query_id, row->text("revision"), next);
  });
}

}  // namespace sextant::queries

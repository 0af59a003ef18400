#pragma once
// What the query service gives: saved queries, their versions, and runs. Times are RFC 3339 UTC.

#include <boost/describe.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "catalog/query.h"

namespace sextant::queries {

// A parameter of a saved query as the page offers it.
struct ParameterDefinition {
  std::string name;  // of {{name}}
  catalog::ParameterType type = catalog::ParameterType::text;
  std::optional<std::string> label;
  std::optional<json::Value> default_value;
  std::optional<std::vector<json::Value>> choices;  // the values offered; none: any
};
BOOST_DESCRIBE_STRUCT(ParameterDefinition, (), (name, type, label, default_value, choices))

enum class RunStatus { completed, failed, cancelled };
BOOST_DESCRIBE_ENUM(RunStatus, completed, failed, cancelled)

enum class StartedBy { person, schedule };
BOOST_DESCRIBE_ENUM(StartedBy, person, schedule)

struct LastRun {
  std::string query_id;
  RunStatus status = RunStatus::completed;
  std::string created_at;
  std::optional<std::int64_t> row_count;
  double execution_time = 0;  // seconds
};
BOOST_DESCRIBE_STRUCT(LastRun, (), (query_id, status, created_at, row_count, execution_time))

struct SavedQuery {
  std::string id;
  std::string name;
  std::string reference;  // its name in SQL: FROM saved.<reference>
  std::string description;
  std::string sql_query;
  std::vector<std::string> tags;
  std::string folder;        // path with /; "" is the top
  bool shared = false;       // seen and changed by the workspace, else by its owner alone
  std::int64_t version = 1;  // a change of SQL, parameters, reading or chart makes the next
  std::vector<ParameterDefinition> parameter_definitions;
  std::optional<json::Value> reading;  // the visual builder's, as it was sent
  std::optional<json::Value> chart;    // as it was sent
  std::optional<std::string> user_id;  // its owner
  bool owned = false;                  // by the caller
  std::string created_at;
  std::string updated_at;
  std::optional<std::string> deleted_at;  // when it is in the trash
  std::optional<LastRun> last_run;
};
BOOST_DESCRIBE_STRUCT(SavedQuery, (),
                      (id, name, reference, description, sql_query, tags, folder, shared, version,
                       parameter_definitions, reading, chart, user_id, owned, created_at,
                       updated_at, deleted_at, last_run))

struct QueryVersion {
  std::int64_t version = 1;
  std::string sql_query;
  std::vector<ParameterDefinition> parameter_definitions;
  std::optional<json::Value> reading;
  std::optional<json::Value> chart;
  std::optional<std::string> user_id;  // who made it
  std::string created_at;
};
BOOST_DESCRIBE_STRUCT(QueryVersion, (),
                      (version, sql_query, parameter_definitions, reading, chart, user_id,
                       created_at))

struct SavedQueryPage {
  std::vector<SavedQuery> queries;
  std::int64_t total_count = 0;
  std::optional<std::string> next_cursor;
  std::vector<std::string> folders;  // of all that can be seen, sorted
  std::vector<std::string> tags;
};
BOOST_DESCRIBE_STRUCT(SavedQueryPage, (), (queries, total_count, next_cursor, folders, tags))

// The first rows of a result, bounded in bytes.
struct Preview {
  std::vector<catalog::ResultColumn> columns;
  std::vector<json::Array> rows;
};
BOOST_DESCRIBE_STRUCT(Preview, (), (columns, rows))

struct Run {
  std::string query_id;
  std::string sql_query;
  json::Object parameters;
  RunStatus status = RunStatus::completed;
  std::optional<std::string> error_message;
  double execution_time = 0;              // seconds, waiting included
  std::optional<std::int64_t> row_count;  // rows sent, of a completed one
  bool cached = false;
  StartedBy started_by = StartedBy::person;
  std::optional<std::string> saved_query_id;
  std::optional<std::int64_t> saved_version;
  std::map<std::string, std::int64_t> versions_read;  // version by source id
  std::optional<std::string> user_id;
  std::string created_at;
  std::optional<Preview> preview;  // when one run is asked for
};
BOOST_DESCRIBE_STRUCT(Run, (),
                      (query_id, sql_query, parameters, status, error_message, execution_time,
                       row_count, cached, started_by, saved_query_id, saved_version, versions_read,
                       user_id, created_at, preview))

struct RunPage {
  std::vector<Run> runs;  // newest first
  std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(RunPage, (), (runs, next_cursor))

}  // namespace sextant::queries

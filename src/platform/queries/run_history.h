#pragma once
// Every run of a query, kept with its time, rows, state, error, the versions of the data that it
// read and the first rows of its result. Thread-safe.

#include <optional>
#include <string>

#include "catalog/principal.h"
#include "catalog/source.h"
#include "platform/queries/records.h"
#include "platform/store/database.h"

namespace sextant::queries {

// What a run was asked to do, as needed to do it again over the same data.
struct RunRequest {
  std::string sql;  // as it was sent to the engine
  json::Object parameters;
  std::map<std::string, catalog::ParameterType> parameter_types;
  std::map<std::string, std::string> saved;  // SQL of the saved queries that it names
};

struct RunFilter {
  std::optional<RunStatus> status;
  std::optional<std::string> search;          // in the SQL, without regard to case
  std::optional<std::string> saved_query_id;  // runs of this one
  bool of_everybody = false;                  // not only the caller's own
  std::optional<Timestamp> since, until;
  std::int64_t limit = 50;
  std::optional<std::string> cursor;
};

class RunHistory {
 public:
  explicit RunHistory(store::Database& database) : database_(database) {}

  Result<> keep(const catalog::Principal& who, const Run& run, const RunRequest& request);

  Result<RunPage> list(const catalog::Principal& who, const RunFilter& filter);
  // Own, or of a shared saved query; with its preview.
  Result<Run> get(const catalog::Principal& who, const std::string& query_id);

  // How the last run by a schedule of this saved query before that time ended; none when there was
  // none.
  Result<std::optional<RunStatus>> last_scheduled(const std::string& saved_query_id,
                                                  const std::string& before);

  struct Repeatable {
    RunRequest request;
    catalog::Catalog catalog;  // the versions that it read; `gone` when one is not there any more
  };
  Result<Repeatable> repeatable(const catalog::Principal& who, const std::string& query_id);

 private:
  Result<store::Row> find(const catalog::Principal& who, const std::string& query_id);

  store::Database& database_;
};

}  // namespace sextant::queries

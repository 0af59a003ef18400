#pragma once
// Queries that people keep: with versions, tags and folders, shared in the workspace or their
// owner's alone, deleted into a trash. Thread-safe.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "catalog/principal.h"
#include "platform/events/event_log.h"
#include "platform/queries/records.h"
#include "platform/store/database.h"

namespace sextant::queries {

// What a query is made of, or what of it changes; absent members keep what is there.
struct QueryFields {
  std::optional<std::string> name;
  std::optional<std::string> sql_query;
  std::optional<std::string> description;
  std::optional<std::vector<std::string>> tags;
  std::optional<std::string> folder;
  std::optional<bool> shared;
  std::optional<std::string> reference;  // made from the name when not given
  std::optional<std::vector<ParameterDefinition>> parameter_definitions;
  std::optional<json::Value> reading;  // dropped when the SQL changes without it
  std::optional<json::Value> chart;
  std::optional<std::int64_t> version;  // of a change: conflict when it is not the present one
};
BOOST_DESCRIBE_STRUCT(QueryFields, (),
                      (name, sql_query, description, tags, folder, shared, reference,
                       parameter_definitions, reading, chart, version))

// What is wrong with the fields, with paths; empty when nothing is. Names, tags and the folder are
// trimmed first.
std::vector<json::FieldError> normalise_fields(QueryFields& fields);

struct SavedQueryFilter {
  std::optional<std::string> search;  // in name, description and SQL, without regard to case
  std::optional<std::string> tag;
  std::optional<std::string> folder;  // with those below it
  bool trash = false;                 // the deleted ones instead
  std::int64_t limit = 100;
  std::optional<std::string> cursor;
};

// A saved query as a source of another one.
struct SavedSource {
  std::string sql;
  std::vector<ParameterDefinition> parameters;
};

class SavedQueries {
 public:
  SavedQueries(store::Database& database, events::EventLog& events)
      : database_(database), events_(events) {}

  // Own and shared ones, last changed first.
  Result<SavedQueryPage> list(const catalog::Principal& who, const SavedQueryFilter& filter);
  Result<SavedQuery> get(const catalog::Principal& who, const std::string& query_id);

  // `fields` are normalised ones, with a name and SQL.
  Result<SavedQuery> create(const catalog::Principal& who, const QueryFields& fields);
  Result<SavedQuery> change(const catalog::Principal& who, const std::string& query_id,
                            const QueryFields& fields);
  // Into the trash; or, of one that is in it, for good.
  Result<> remove(const catalog::Principal& who, const std::string& query_id, bool permanently);
  Result<SavedQuery> restore(const catalog::Principal& who, const std::string& query_id);
  // A copy of one's own.
  Result<SavedQuery> duplicate(const catalog::Principal& who, const std::string& query_id,
                               const std::optional<std::string>& name);

  Result<std::vector<QueryVersion>> versions(const catalog::Principal& who,
                                             const std::string& query_id);  // newest first
  // That content again, as a new version.
  Result<SavedQuery> restore_version(const catalog::Principal& who, const std::string& query_id,
                                     std::int64_t version);

  // Every saved query that `sql` names as saved.<reference>, and those that they name, by
  // reference; unknown names are left out: the engine says where they stand.
  Result<std::map<std::string, SavedSource>> resolve(const catalog::Principal& who,
                                                     const std::string& sql);

 private:
  Result<SavedQuery> find(store::Session& session, const catalog::Principal& who,
                          const std::string& query_id, bool in_trash);
  Result<std::string> free_reference(store::Session& session, const catalog::Principal& who,
                                     const std::string& wanted, const std::string& query_id);
  Result<std::map<std::string, SavedSource>> resolve(store::Session& session,
                                                     const catalog::Principal& who,
                                                     const std::string& sql);
  Result<> refuse_cycle(store::Session& session, const catalog::Principal& who,
                        const std::string& reference, const std::string& sql);
  Result<> keep_version(store::Session& session, const catalog::Principal& who,
                        const SavedQuery& query);
  Result<> announce(store::Transaction& tx, const catalog::Principal& who, const char* type,
                    const std::string& query_id);

  store::Database& database_;
  events::EventLog& events_;
};

}  // namespace sextant::queries

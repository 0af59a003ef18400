#pragma once
// Golden questions: an answer that somebody vouches for, asked again when the data it rests on have
// a new version, with what differs. Thread-safe; runs block while a worker computes.

#include <boost/describe.hpp>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/settings.h"
#include "catalog/answer.h"
#include "catalog/principal.h"
#include "platform/blobs/workspace_files.h"
#include "platform/events/event_log.h"
#include "platform/sources/workspace_data.h"
#include "platform/workers/pool.h"

namespace sextant::conversations {

// A result with the versions of the sources it was computed from.
struct GoldenResult {
  std::vector<catalog::ResultColumn> columns;
  boost::json::array rows;  // arrays of cells; at most 200
  std::int64_t total_rows = 0;
  std::map<std::string, std::int64_t> versions;  // by source
};
BOOST_DESCRIBE_STRUCT(GoldenResult, (), (columns, rows, total_rows, versions))

enum class GoldenOutcome { same, different, failed };
BOOST_DESCRIBE_ENUM(GoldenOutcome, same, different, failed)

// The last time it was asked again.
struct GoldenRun {
  GoldenResult result;
  std::vector<std::string> differences;  // in words, at most 20
};
BOOST_DESCRIBE_STRUCT(GoldenRun, (), (result, differences))

struct GoldenQuestion {
  std::string id;
  std::string question;
  std::string sql_query;
  GoldenResult expected;
  std::optional<GoldenOutcome> outcome;  // none: not asked again yet
  std::optional<GoldenRun> found;
  std::optional<std::string> checked_at;
  std::optional<std::string> user;  // who vouches for it: full name
  std::string created_at;
};
BOOST_DESCRIBE_STRUCT(GoldenQuestion, (),
                      (id, question, sql_query, expected, outcome, found, checked_at, user,
                       created_at))

class GoldenService {
 public:
  GoldenService(store::Database& database, const blobs::WorkspaceFiles& files, workers::Pool& pool,
                sources::WorkspaceData& data, events::EventLog& events, const Settings& settings);

  // Newest first.
  Result<std::vector<GoldenQuestion>> list(const catalog::Principal& who);

  // Vouches for the answer of an own turn. Errors: not_found; invalid_fields at turn_id when the
  // turn has no answer with rows.
  Result<GoldenQuestion> mark(const catalog::Principal& who, const std::string& turn_id);

  // Takes what was found last as what is expected from now on.
  Result<GoldenQuestion> accept(const catalog::Principal& who, const std::string& golden_id);

  Result<> remove(const catalog::Principal& who, const std::string& golden_id);

  // Asks all of the workspace again.
  Result<std::vector<GoldenQuestion>> run(const catalog::Principal& who, std::stop_token stop);

  // Asks those again whose data have another version than at the last time; tells who vouches for
  // one when its answer differs. For jobs: no principal.
  Result<> check_changed(const std::string& workspace_id, std::stop_token stop);

 private:
  struct Stored;

  Result<std::vector<Stored>> load(const std::string& workspace_id,
                                   const std::optional<std::string>& id);
  Result<Stored> find(const std::string& workspace_id, const std::string& id);
  Result<> run_one(const std::string& workspace_id, Stored& golden, const catalog::Catalog& catalog,
                   std::stop_token stop);
  Result<GoldenResult> ask(const std::string& workspace_id, const Stored& golden,
                           const catalog::Catalog& catalog, std::stop_token stop);

  store::Database& database_;
  const blobs::WorkspaceFiles& files_;
  workers::Pool& pool_;
  sources::WorkspaceData& data_;
  events::EventLog& events_;
  const Settings& settings_;
};

// What differs between two results, row by row: rows are known by their cells that are no numbers.
std::vector<std::string> differences_of(const GoldenResult& expected, const GoldenResult& found);

}  // namespace sextant::conversations

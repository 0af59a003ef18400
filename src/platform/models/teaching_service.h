#pragma once
// What people taught the question engine of a workspace: kept, listed, taken back. Thread-safe.

#include <stop_token>
#include <string>
#include <vector>

#include "base/settings.h"
#include "catalog/principal.h"
#include "catalog/teaching.h"
#include "platform/blobs/workspace_files.h"
#include "platform/events/event_log.h"
#include "platform/sources/workspace_data.h"
#include "platform/workers/pool.h"

namespace sextant::models {

enum class TeachingOrigin { conversation, choice, page };
BOOST_DESCRIBE_ENUM(TeachingOrigin, conversation, choice, page)

struct TeachingDetail {
  std::string id;
  catalog::TeachingKind kind = catalog::TeachingKind::term;
  std::string phrase;
  catalog::Meaning meaning;
  std::string words;  // "" when the data have no such thing any more: it is not used then
  TeachingOrigin origin = TeachingOrigin::page;
  std::optional<std::string> user;  // full name
  std::string created_at;
};
BOOST_DESCRIBE_STRUCT(TeachingDetail, (),
                      (id, kind, phrase, meaning, words, origin, user, created_at))

class TeachingService {
 public:
  TeachingService(store::Database& database, const blobs::WorkspaceFiles& files,
                  workers::Pool& pool, sources::WorkspaceData& data, events::EventLog& events,
                  const Settings& settings);

  // Newest first.
  Result<std::vector<TeachingDetail>> list(const catalog::Principal& who);

  // In the order in which they were taught, for the question engine.
  Result<std::vector<catalog::Teaching>> taught(const std::string& workspace_id);

  // Keeps a teaching in place of an earlier one of the same phrase. The meaning is checked: a
  // term's against the model, SQL by running it. Errors: invalid_fields with paths in {phrase,
  // meaning}; forbidden for viewers.
  Result<TeachingDetail> teach(const catalog::Principal& who, const catalog::Teaching& teaching,
                               TeachingOrigin origin, std::stop_token stop);

  // Takes it back.
  Result<> forget(const catalog::Principal& who, const std::string& teaching_id);

 private:
  Result<> check(const catalog::Principal& who, const catalog::Teaching& teaching,
                 std::stop_token stop);
  Result<catalog::SemanticModel> model(const std::string& workspace_id);

  store::Database& database_;
  const blobs::WorkspaceFiles& files_;
  workers::Pool& pool_;
  sources::WorkspaceData& data_;
  events::EventLog& events_;
  const Settings& settings_;
};

}  // namespace sextant::models

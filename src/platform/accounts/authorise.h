#pragma once
// The one place that decides who may do what. Every service asks it, with the workspace and owner
// of the object as they are stored. A pure function; thread-safe.

#include <optional>
#include <string>

#include "base/result.h"
#include "catalog/principal.h"

namespace sextant::accounts {

enum class Action {
  read,       // see it, run questions and queries on it               viewer
  create,     // add something of one's own                            editor
  write,      // change it: its owner, or an editor for what is shared editor
  remove,     // its owner as an editor, or an admin
  share,      // make it visible beyond the workspace                  editor
  administer  // members, invites and settings of the workspace        admin
};

struct Resource {
  std::string kind;  // for the message: "file", "dashboard", "conversation"
  std::string workspace_id;
  std::optional<std::string> owner_id = std::nullopt;  // whose it is, where that matters
  bool personal = false;  // seen and changed by its owner alone, e.g. a conversation
};

// Errors: not_found for what is in another workspace, or personal to someone else, so that nobody
// learns that it exists; forbidden for what the role does not allow.
Result<> authorise(const catalog::Principal& who, Action action, const Resource& what);

}  // namespace sextant::accounts

#include "platform/accounts/authorise.h"

#include <fmt/format.h>

#include "base/json.h"

namespace sextant::accounts {
namespace {

using catalog::MemberRole;

MemberRole needed_role(Action action, bool own) {
  switch (action) {
    case Action::read:
      return MemberRole::viewer;
    case Action::create:
    case Action::write:
    case Action::share:
      return MemberRole::editor;
    case Action::remove:
      return own ? MemberRole::editor : MemberRole::admin;
    case Action::administer:
      return MemberRole::admin;
  }
  return MemberRole::owner;
}

std::string_view verb(Action action) {
  switch (action) {
    case Action::read:
      return "see";
    case Action::create:
      return "add";
    case Action::write:
      return "change";
    case Action::remove:
      return "delete";
    case Action::share:
      return "share";
    case Action::administer:
      return "administer";
  }
  return "use";
}

}  // namespace

Result<> authorise(const catalog::Principal& who, Action action, const Resource& what) {
  const bool own = what.owner_id && *what.owner_id == who.user_id;
  if (what.workspace_id != who.workspace_id || (what.personal && !own)) {
    return fail(ErrorCode::not_found, fmt::format("There is no such {}.", what.kind),
                "It may have been deleted; load the list again.");
  }
  // What is one's own alone needs no role: a viewer keeps conversations, too.
  if (what.personal) return {};
  const MemberRole needed = needed_role(action, own);
  if (who.role >= needed) return {};
  return fail(ErrorCode::forbidden,
              fmt::format("As {} of this workspace you may not {} this {}.",
                          json::enum_name(who.role), verb(action), what.kind),
              fmt::format("Ask an administrator of the workspace for the role {}.",
                          json::enum_name(needed)));
}

}  // namespace sextant::accounts

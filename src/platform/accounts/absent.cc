#include "platform/accounts/absent.h"

#include "base/json.h"

namespace sextant::accounts {

Result<std::optional<catalog::Principal>> find_principal(store::Session& session,
                                                         const std::string& workspace_id,
                                                         const std::string& user_id) {
  TRY(const auto row, session.first("SELECT u.email, m.role FROM workspace_members m JOIN users u "
                                    "ON u.id = m.user_id WHERE m.workspace_id = $1 "
                                    "AND m.user_id = $2 AND u.is_active = TRUE",
                                    {workspace_id, user_id}));
  if (!row) return std::nullopt;
  catalog::Principal who;
  who.user_id = user_id;
  who.email = row->text("email");
  who.workspace_id = workspace_id;
  who.role =
      json::enum_from<catalog::MemberRole>(row->text("role")).value_or(catalog::MemberRole::viewer);
  return std::optional(std::move(who));
}

}  // namespace sextant::accounts

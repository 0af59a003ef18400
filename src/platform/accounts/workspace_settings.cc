// Settings of a workspace, kept as one document in its row.

#include "base/time_zone.h"
#include "platform/accounts/account_service.h"

namespace sextant::accounts {

Result<WorkspaceSettings> read_settings(store::Session& session, const std::string& workspace_id) {
  TRY(const auto row,
      session.one("SELECT settings FROM workspaces WHERE id = $1", {workspace_id}, "workspace"));
  return row.document<WorkspaceSettings>("settings");
}

Result<WorkspaceSettings> AccountService::settings(const catalog::Principal& who) {
  TRY_VOID(authorise(who, Action::read, {"workspace", who.workspace_id}));
  return read_settings(database_, who.workspace_id);
}

Result<WorkspaceSettings> AccountService::change_settings(const catalog::Principal& who,
                                                          const SettingsChange& change) {
  TRY_VOID(authorise(who, Action::administer, {"workspace", who.workspace_id}));
  std::vector<json::FieldError> errors;
  if (change.time_zone && !change.time_zone->empty() && !is_time_zone(*change.time_zone)) {
    errors.push_back({"time_zone", "must be a name such as Europe/Berlin, or empty"});
  }
  if (change.fiscal_year_start &&
      (*change.fiscal_year_start < 1 || *change.fiscal_year_start > 12)) {
    errors.push_back({"fiscal_year_start", "must be a month from 1 to 12"});
  }
  if (!errors.empty()) return fail(json::field_errors(errors));
  return database_.transaction([&](store::Transaction& tx) -> Result<WorkspaceSettings> {
    TRY(const auto row,
        tx.one("SELECT settings FROM workspaces WHERE id = $1", {who.workspace_id}, "workspace"));
    // Members that belong to others stay in the document.
    TRY(auto document, row.document<json::Object>("settings"));
    TRY(auto settings, row.document<WorkspaceSettings>("settings"));
    if (change.time_zone) settings.time_zone = *change.time_zone;
    if (change.week_start) settings.week_start = *change.week_start;
    if (change.fiscal_year_start) settings.fiscal_year_start = *change.fiscal_year_start;
    const json::Value written = json::to_value(settings);
    for (const auto& member : written.get_object()) document[member.key()] = member.value();
    TRY_VOID(tx.execute("UPDATE workspaces SET settings = $2 WHERE id = $1",
                        {who.workspace_id, store::Value::json(document)}));
    return settings;
  });
}

}  // namespace sextant::accounts

#include "platform/queries/saved_query_rows.h"

namespace sextant::queries {

Result<std::optional<json::Value>> maybe_json(const store::Row& row, const char* column) {
  if (row.is_null(column)) return std::nullopt;
  TRY(auto value, row.json(column));
  return std::optional(std::move(value));
}

store::Value json_or_null(const std::optional<json::Value>& value) {
  return value ? store::Value::json(*value) : store::Value();
}

Result<SavedQuery> read_saved_query(const store::Row& row, const catalog::Principal& who) {
  SavedQuery out;
  out.id = row.text("id");
  out.name = row.text("name");
  out.reference = row.text("reference");
  out.description = row.text("description");
  out.sql_query = row.text("sql_query");
  TRY(out.tags, row.document<std::vector<std::string>>("tags"));
  out.folder = row.text("folder");
  out.shared = row.boolean("shared");
  out.version = row.integer("version");
  TRY(out.parameter_definitions,
      row.document<std::vector<ParameterDefinition>>("parameter_definitions"));
  TRY(out.reading, maybe_json(row, "reading"));
  TRY(out.chart, maybe_json(row, "chart"));
  out.user_id = row.maybe_text("user_id");
  out.owned = out.user_id == who.user_id;
  out.created_at = row.text("created_at");
  out.updated_at = row.text("updated_at");
  out.deleted_at = row.maybe_text("deleted_at");
  if (!row.is_null("run_id")) {
    out.last_run =
        LastRun{row.text("run_id"),
                json::enum_from<RunStatus>(row.text("run_status")).value_or(RunStatus::failed),
                row.text("run_created_at"), row.maybe_integer("run_row_count"),
                row.real("run_execution_time")};
  }
  return out;
}

}  // namespace sextant::queries

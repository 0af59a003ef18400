#pragma once
// Rows of the store that hold saved queries. Thread-safe.

#include "platform/queries/saved_queries.h"

namespace sextant::queries {

// SELECT … of those that $2 may see in the workspace $1, without an order; conditions are added
// with AND, of `q`.
inline constexpr const char* kSavedQueries =
    "SELECT q.id, q.name, q.reference, q.description, q.sql_query, q.tags, q.folder, q.shared, "
    "q.version, q.parameter_definitions, q.reading, q.chart, q.user_id, q.created_at, "
    "q.updated_at, q.deleted_at, r.id AS run_id, r.status AS run_status, "
    "r.created_at AS run_created_at, r.row_count AS run_row_count, "
    "r.execution_time AS run_execution_time "
    "FROM queries q LEFT JOIN queries r ON r.id = (SELECT l.id FROM queries l "
    "WHERE l.saved_query_id = q.id ORDER BY l.created_at DESC, l.id DESC LIMIT 1) "
    "WHERE q.workspace_id = $1 AND q.name IS NOT NULL AND (q.shared = TRUE OR q.user_id = $2) ";

// A row of that, as `who` sees it.
Result<SavedQuery> read_saved_query(const store::Row& row, const catalog::Principal& who);

Result<std::optional<json::Value>> maybe_json(const store::Row& row, const char* column);
store::Value json_or_null(const std::optional<json::Value>& value);

}  // namespace sextant::queries

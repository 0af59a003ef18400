#include <set>

#include "base/text.h"
#include "base/time.h"
#include "platform/accounts/authorise.h"
#include "platform/queries/saved_query_rows.h"

namespace sextant::queries {
namespace {

// With the values $3 trash, $4 search, $5 tag, $6 folder, $7 what is below the folder.
constexpr const char* kFilter =
    "AND (q.deleted_at IS NOT NULL) = $3 "
    "AND (CAST($4 AS TEXT) IS NULL OR lower(q.name) LIKE $4 ESCAPE '\\' "
    "OR lower(COALESCE(q.description, '')) LIKE $4 ESCAPE '\\' "
    "OR lower(q.sql_query) LIKE $4 ESCAPE '\\') "
    "AND (CAST($5 AS TEXT) IS NULL OR CAST(q.tags AS TEXT) LIKE $5 ESCAPE '\\') "
    "AND (CAST($6 AS TEXT) IS NULL OR q.folder = $6 OR q.folder LIKE $7 ESCAPE '\\') ";

std::string escape_like(std::string_view s) {
  std::string out;
  for (const char c : s) {
    if (c == '%' || c == '_' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out;
}

std::optional<std::string> pattern(const std::optional<std::string>& part) {
  if (!part || part->empty()) return std::nullopt;
  return "%" + escape_like(*part) + "%";
}

}  // namespace

Result<SavedQueryPage> SavedQueries::list(const catalog::Principal& who,
                                          const SavedQueryFilter& filter) {
  TRY_VOID(accounts::authorise(who, accounts::Action::read, {"query", who.workspace_id}));
  std::optional<std::string> search, tag, below;
  if (filter.search) search = text::lower_ascii(*filter.search);
  if (filter.tag) tag = json::dump(json::Value(boost::json::string(*filter.tag)));
  if (filter.folder) below = escape_like(*filter.folder) + "/%";
  const store::Params common{who.workspace_id, who.user_id,   filter.trash, pattern(search),
                             pattern(tag),     filter.folder, below};
  SavedQueryPage page;
  TRY(auto counted, database_.one(std::string("SELECT count(*) AS n FROM queries q "
                                              "WHERE q.workspace_id = $1 AND q.name IS NOT NULL "
                                              "AND (q.shared = TRUE OR q.user_id = $2) ") +
                                      kFilter,
                                  common, "count"));
  page.total_count = counted.integer("n");

  // "time~id" of the last one shown.
  std::optional<std::string> time, id;
  if (filter.cursor) {
    const auto parts = text::split(*filter.cursor, '~');
    if (parts.size() != 2 || !parse_time(parts[0])) {
      return fail(json::field_errors({{"cursor", "is not one that was given out"}}));
    }
    time = parts[0];
    id = parts[1];
  }
  store::Params params = common;
  params.insert(params.end(), {time, id, filter.limit + 1});
  TRY(auto rows, database_.query(std::string(kSavedQueries) + kFilter +
                                     "AND (CAST($9 AS TEXT) IS NULL OR q.updated_at < $8 "
                                     "OR (q.updated_at = $8 AND q.id < $9)) "
                                     "ORDER BY q.updated_at DESC, q.id DESC LIMIT $10",
                                 params));
  for (const auto& row : rows) {
    if (std::ssize(page.queries) == filter.limit) {
      page.next_cursor = page.queries.back().updated_at + "~" + page.queries.back().id;
      break;
    }
    TRY(auto query, read_saved_query(row, who));
    page.queries.push_back(std::move(query));
  }

  TRY(auto places,
      database_.query("SELECT DISTINCT folder, CAST(tags AS TEXT) AS tags FROM queries "
                      "WHERE workspace_id = $1 AND name IS NOT NULL "
                      "AND (shared = TRUE OR user_id = $2) AND deleted_at IS NULL",
                      {who.workspace_id, who.user_id}));
  std::set<std::string> folders, tags;
  for (const auto& row : places) {
    if (auto folder = row.text("folder"); !folder.empty()) folders.insert(std::move(folder));
    TRY(auto list, row.document<std::vector<std::string>>("tags"));
    tags.insert(list.begin(), list.end());
  }
  page.folders.assign(folders.begin(), folders.end());
  page.tags.assign(tags.begin(), tags.end());
  return page;
}

}  // namespace sextant::queries

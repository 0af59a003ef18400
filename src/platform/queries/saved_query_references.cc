// How saved queries name each other: FROM saved.<reference>.
#include <fmt/format.h>

#include "base/text.h"
#include "platform/queries/references.h"
#include "platform/queries/saved_queries.h"

namespace sextant::queries {

Result<std::string> SavedQueries::free_reference(store::Session& session,
                                                 const catalog::Principal& who,
                                                 const std::string& wanted,
                                                 const std::string& query_id) {
  for (int number = 1;; ++number) {
    std::string candidate = number == 1 ? wanted : fmt::format("{}_{}", wanted, number);
    TRY(auto taken, session.first("SELECT id FROM queries WHERE workspace_id = $1 "
                                  "AND reference = $2 AND deleted_at IS NULL AND id <> $3",
                                  {who.workspace_id, candidate, query_id}));
    if (!taken) return candidate;
  }
}

Result<> SavedQueries::refuse_cycle(store::Session& session, const catalog::Principal& who,
                                    const std::string& reference, const std::string& sql) {
  TRY(const auto sources, resolve(session, who, sql));
  std::map<std::string, std::string> others;
  for (const auto& [name, source] : sources) others[name] = source.sql;
  const auto cycle = find_cycle(reference, sql, others);
  if (!cycle) return {};
  json::Array way;
  for (const auto& step : *cycle) way.emplace_back(step);
  return fail(
      ErrorCode::invalid_sql,
      fmt::format("The query would read itself: saved.{}.", text::join(*cycle, " reads saved.")),
      "Read the tables themselves, or another saved query.", {{"cycle", std::move(way)}});
}

Result<std::map<std::string, SavedSource>> SavedQueries::resolve(const catalog::Principal& who,
                                                                 const std::string& sql) {
  return resolve(database_, who, sql);
}

Result<std::map<std::string, SavedSource>> SavedQueries::resolve(store::Session& session,
                                                                 const catalog::Principal& who,
                                                                 const std::string& sql) {
  std::map<std::string, SavedSource> out;
  std::vector<std::string> wanted = references_in(sql);
  while (!wanted.empty()) {
    const std::string reference = std::move(wanted.back());
    wanted.pop_back();
    if (out.contains(reference)) continue;
    TRY(auto row,
        session.first(
            "SELECT sql_query, parameter_definitions FROM queries WHERE workspace_id = $1 "
            "AND reference = $2 AND deleted_at IS NULL "
            "AND (shared = TRUE OR user_id = $3)",
            {who.workspace_id, reference, who.user_id}));
    if (!row) continue;
    SavedSource source{row->text("sql_query"), {}};
    TRY(source.parameters,
        row->document<std::vector<ParameterDefinition>>("parameter_definitions"));
    for (auto& next : references_in(source.sql)) wanted.push_back(std::move(next));
    out.emplace(reference, std::move(source));
  }
  return out;
}

}  // namespace sextant::queries

#include "platform/sources/workspace_data.h"

#include <algorithm>

#include "platform/accounts/records.h"
#include "platform/sources/repository.h"

namespace sextant::sources {
namespace {

// Versions kept in memory; beyond it the cache starts anew, which costs one read a source.
constexpr std::size_t kCachedVersions = 10'000;

}  // namespace

Result<catalog::Catalog> WorkspaceData::catalog(const std::string& workspace_id,
                                                const std::vector<std::string>& only) {
  TRY(auto current, current_versions(database_, workspace_id));
  for (const auto& wanted : only) {
    if (std::ranges::none_of(current, [&](const auto& c) { return c.first == wanted; })) {
      return fail(ErrorCode::not_found,
                  "There is no data source '" + wanted + "' that can be queried.",
                  "GET /api/integration/data-sources lists those that can.");
    }
  }
  catalog::Catalog catalog{workspace_id, {}};
  for (const auto& key : current) {
    if (!only.empty() && std::ranges::find(only, key.first) == only.end()) continue;
    std::shared_ptr<const catalog::SourceVersion> version;
    {
      const std::lock_guard lock(mutex_);
      if (const auto it = versions_.find(key); it != versions_.end()) version = it->second;
    }
    if (!version) {
      TRY(auto read, get_source_version(database_, workspace_id, key.first, key.second));
      version = std::make_shared<const catalog::SourceVersion>(std::move(read));
      const std::lock_guard lock(mutex_);
      if (versions_.size() >= kCachedVersions) versions_.clear();
      versions_[key] = version;
    }
    catalog.sources.push_back(*version);
  }
  return catalog;
}

Result<WorkspaceData::Meaning> WorkspaceData::meaning(const catalog::Catalog& catalog) {
  TRY(auto models, list_models(database_, catalog.workspace_id));
  Meaning merged;
  catalog::SemanticModel& whole = merged.model;
  TRY(const auto settings, accounts::read_settings(database_, catalog.workspace_id));
  whole.calendar = {settings.week_start, settings.fiscal_year_start};
  for (auto& stored : models) {
    // A join that was removed in one model is removed for its other side, too.
    catalog::append(merged.edits, std::move(stored.edits));
    if (std::ranges::find(catalog.sources, stored.source_id, &catalog::SourceVersion::source_id) ==
        catalog.sources.end()) {
      continue;
    }
    auto& model = stored.model.schema_definition;
    for (auto& table : model.tables) {
      if (catalog.find_table(table.name)) whole.tables.push_back(std::move(table));
    }
    for (auto& join : model.joins) {
      const bool present = std::ranges::any_of(whole.joins, [&](const catalog::ModelJoin& other) {
        return catalog::same_join(other, join);
      });
      if (!present) whole.joins.push_back(std::move(join));
    }
    std::ranges::move(model.metrics, std::back_inserter(whole.metrics));
  }
  const auto there = [&](const std::string& table) { return catalog::find_table(whole, table); };
  std::erase_if(whole.joins, [&](const catalog::ModelJoin& join) {
    return !there(join.left.table) || !there(join.right.table);
  });
  std::erase_if(whole.metrics, [&](const catalog::Metric& metric) { return !there(metric.table); });
  return merged;
}

Result<catalog::SemanticModel> WorkspaceData::model(const catalog::Catalog& catalog) {
  TRY(auto both, meaning(catalog));
  catalog::apply(both.edits, both.model);
  return std::move(both.model);
}

}  // namespace sextant::sources

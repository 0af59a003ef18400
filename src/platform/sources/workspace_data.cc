#include "platform/sources/workspace_data.h"

#include <algorithm>
#include <set>

#include "platform/sources/repository.h"

namespace sextant::sources {
namespace {

// Versions kept in memory; beyond it the cache starts anew, which costs one read a source.
constexpr std::size_t kCachedVersions = 10'000;

bool same_side(const catalog::JoinSide& a, const catalog::JoinSide& b) {
  return a.table == b.table && a.column == b.column;
}

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

Result<catalog::SemanticModel> WorkspaceData::model(const catalog::Catalog& catalog) {
  TRY(auto models, list_models(database_, catalog.workspace_id));
  catalog::SemanticModel merged;
  std::set<std::string> tables;
  for (auto& [source_id, model] : models) {
    if (std::ranges::none_of(catalog.sources,
                             [&](const auto& s) { return s.source_id == source_id; })) {
      continue;
    }
    for (auto& table : model.tables) {
      if (!catalog.find_table(table.name)) continue;
      tables.insert(table.name);
      merged.tables.push_back(std::move(table));
    }
    for (auto& join : model.joins) {
      const bool present = std::ranges::any_of(merged.joins, [&](const catalog::ModelJoin& other) {
        return same_side(other.left, join.left) && same_side(other.right, join.right);
      });
      if (!present) merged.joins.push_back(std::move(join));
    }
    std::ranges::move(model.metrics, std::back_inserter(merged.metrics));
  }
  std::erase_if(merged.joins, [&](const catalog::ModelJoin& join) {
    return !tables.contains(join.left.table) || !tables.contains(join.right.table);
  });
  std::erase_if(merged.metrics,
                [&](const catalog::Metric& metric) { return !tables.contains(metric.table); });
  return merged;
}

}  // namespace sextant::sources

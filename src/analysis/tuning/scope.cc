#include "analysis/tuning/scope.h"

#include <algorithm>
#include <array>

#include "analysis/ask/sql_tree.h"
#include "base/text.h"

namespace sextant::tuning {

namespace tree = ask::tree;

bool StoredColumn::is_whole_number() const {
  constexpr std::array<std::string_view, 8> kTypes{"TINYINT",  "SMALLINT",  "INTEGER",  "BIGINT",
                                                   "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"};
  return std::ranges::find(kTypes, column->type) != kTypes.end();
}

bool StoredColumn::is_date() const { return column->type == "DATE"; }
bool StoredColumn::is_timestamp() const { return column->type == "TIMESTAMP"; }
bool StoredColumn::is_text() const { return column->type == "VARCHAR"; }

Scope::Scope(const json::Object& select, const catalog::Catalog& catalog,
             const std::set<std::string>& others) {
  if (const auto* from = tree::object(select, "from_table")) add(*from, catalog, others);
}

void Scope::add(const json::Object& from, const catalog::Catalog& catalog,
                const std::set<std::string>& others) {
  if (tree::is(from, "JOIN")) {
    for (const char* side : {"left", "right"}) {
      if (const auto* part = tree::object(from, side)) add(*part, catalog, others);
    }
    return;
  }
  const std::string name = text::lower_ascii(tree::text(from, "table_name"));
  const auto schema = tree::text(from, "schema_name");
  const auto* table = catalog.find_table(name);
  const bool stored = tree::is(from, "BASE_TABLE") && schema.empty() && table &&
                      !others.contains(name) && !from.contains("column_name_alias");
  const auto alias = tree::text(from, "alias");
  const auto known = text::lower_ascii(alias.empty() ? std::string_view(name) : alias);
  if (!stored || tables_.contains(known)) {
    all_stored_ = false;
    tables_.erase(known);
    return;
  }
  tables_[known] = table;
}

std::optional<StoredColumn> Scope::find(const json::Object& node) const {
  const auto* names = tree::array(node, "column_names");
  if (tree::text(node, "class") != "COLUMN_REF" || !names || names->empty() || names->size() > 2) {
    return std::nullopt;
  }
  const std::string name = text::lower_ascii(names->back().as_string());
  const auto in = [&](const catalog::Table& table) -> std::optional<StoredColumn> {
    for (const auto& column : table.columns) {
      if (column.name == name) return StoredColumn{&table, &column};
    }
    for (const auto& column : table.columns) {
      if (text::lower_ascii(column.original_name) == name) return StoredColumn{&table, &column};
    }
    return std::nullopt;
  };
  if (names->size() == 2) {
    const auto table = tables_.find(text::lower_ascii(names->front().as_string()));
    return table == tables_.end() ? std::nullopt : in(*table->second);
  }
  if (!all_stored_) return std::nullopt;
  std::optional<StoredColumn> found;
  for (const auto& [alias, table] : tables_) {
    const auto one = in(*table);
    if (one && found) return std::nullopt;
    if (one) found = one;
  }
  return found;
}

const catalog::Table* Scope::only_table() const {
  return all_stored_ && tables_.size() == 1 ? tables_.begin()->second : nullptr;
}

}  // namespace sextant::tuning

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

namespace {

HandedOn columns_of(const catalog::Table& table) {
  HandedOn out;
  for (const auto& column : table.columns) out[column.name] = StoredColumn{&table, &column};
  for (const auto& column : table.columns) {
    out.try_emplace(text::lower_ascii(column.original_name), StoredColumn{&table, &column});
  }
  return out;
}

bool has_own_names(const json::Object& query) {
  const auto* ctes = tree::object(query, "cte_map");
  return ctes && ctes->contains("map");
}

}  // namespace

Scope::Scope(const json::Object& select, const catalog::Catalog& catalog,
             const OtherTables& others) {
  const auto* from = tree::object(select, "from_table");
  if (!from) return;
  add(*from, catalog, others);
  const std::string name = text::lower_ascii(tree::text(*from, "table_name"));
  if (all_known_ && tree::is(*from, "BASE_TABLE") && !others.contains(name)) {
    only_ = catalog.find_table(name);
  }
}

void Scope::add(const json::Object& from, const catalog::Catalog& catalog,
                const OtherTables& others) {
  if (tree::is(from, "JOIN")) {
    for (const char* side : {"left", "right"}) {
      if (const auto* part = tree::object(from, side)) add(*part, catalog, others);
    }
    return;
  }
  const std::string name = text::lower_ascii(tree::text(from, "table_name"));
  const auto alias = tree::text(from, "alias");
  const auto known_as = text::lower_ascii(alias.empty() ? std::string_view(name) : alias);
  std::optional<HandedOn> columns;
  if (tree::is(from, "BASE_TABLE") && tree::text(from, "schema_name").empty()) {
    const auto other = others.find(name);
    const auto* table = catalog.find_table(name);
    if (other != others.end()) {
      columns = other->second;
    } else if (table) {
      columns = columns_of(*table);
    }
  } else if (tree::is(from, "SUBQUERY")) {
    const auto* inner = tree::object(from, "subquery");
    const auto* body = inner ? tree::object(*inner, "node") : nullptr;
    // Names of its own WITH would stand for something else there.
    if (body && tree::is(*body, "SELECT_NODE") && !has_own_names(*body)) {
      columns = Scope(*body, catalog, others).handed_on(*body);
    }
  }
  if (!columns || from.contains("column_name_alias") || tables_.contains(known_as)) {
    all_known_ = false;
    tables_.erase(known_as);
    return;
  }
  tables_[known_as] = std::move(*columns);
}

std::optional<HandedOn> Scope::handed_on(const json::Object& select) const {
  const auto* items = tree::array(select, "select_list");
  if (!items) return std::nullopt;
  HandedOn out;
  const auto give = [&](const std::string& name, std::optional<StoredColumn> column) {
    // Of two columns with one name neither is meant for sure.
    const auto [place, fresh] = out.try_emplace(name, column);
    if (!fresh) place->second.reset();
  };
  for (const auto& item : *items) {
    const auto& one = item.as_object();
    const auto alias = tree::text(one, "alias");
    if (tree::is(one, "STAR")) {
      const bool plain = std::ranges::all_of(one, [](const auto& member) {
        return member.key() == "class" || member.key() == "type" ||
               member.key() == "query_location";
      });
      if (!plain || !all_known_ || tables_.size() != 1) return std::nullopt;
      for (const auto& [name, column] : tables_.begin()->second) give(name, column);
    } else if (tree::text(one, "class") == "COLUMN_REF") {
      const auto* names = tree::array(one, "column_names");
      const std::string_view last = names->back().as_string();
      give(text::lower_ascii(alias.empty() ? last : alias), find(one));
    } else if (!alias.empty()) {
      give(text::lower_ascii(alias), std::nullopt);
    }
  }
  return out;
}

std::optional<StoredColumn> Scope::find(const json::Object& node) const {
  const auto* names = tree::array(node, "column_names");
  if (tree::text(node, "class") != "COLUMN_REF" || !names || names->empty() || names->size() > 2) {
    return std::nullopt;
  }
  const std::string name = text::lower_ascii(names->back().as_string());
  if (names->size() == 2) {
    const auto table = tables_.find(text::lower_ascii(names->front().as_string()));
    if (table == tables_.end()) return std::nullopt;
    const auto column = table->second.find(name);
    return column == table->second.end() ? std::nullopt : column->second;
  }
  if (!all_known_) return std::nullopt;
  std::optional<StoredColumn> found;
  for (const auto& [alias, columns] : tables_) {
    const auto one = columns.find(name);
    if (one == columns.end()) continue;
    if (found || !one->second) return std::nullopt;
    found = one->second;
  }
  return found;
}

const catalog::Table* Scope::only_table() const { return only_; }

}  // namespace sextant::tuning

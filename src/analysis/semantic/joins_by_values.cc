#include "analysis/semantic/joins_by_values.h"

#include <algorithm>
#include <boost/algorithm/string/join.hpp>
#include <optional>
#include <set>

#include "analysis/semantic/columns.h"
#include "analysis/semantic/join_names.h"
#include "base/text.h"

namespace sextant::semantic {

using catalog::ModelColumn;
using catalog::ModelTable;

namespace {

constexpr std::int64_t kTellingKey = 100;  // numbers from here on are hardly in a column by chance
constexpr double kTold = 0.2;              // share of the keys that an id must point to

struct Range {
  std::int64_t low = 0, high = -1;  // empty when the column has no value
  bool within(const Range& other) const {
    return low <= high && low >= other.low && high <= other.high;
  }
};

Result<std::vector<Range>> ranges_of(engine::Connection& connection, const std::string& table,
                                     const std::vector<const ModelColumn*>& columns) {
  std::vector<std::string> bounds;
  for (const auto* column : columns) {
    const std::string name = text::quote_identifier(column->name);
    bounds.push_back("coalesce(min(" + name + "), 0)::BIGINT, coalesce(max(" + name +
                     "), -1)::BIGINT");
  }
  TRY(auto result, connection.query("SELECT " + boost::algorithm::join(bounds, ", ") + " FROM " +
                                    text::quote_identifier(table)));
  std::vector<Range> ranges;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto at = static_cast<int>(2 * i);
    ranges.push_back({result.int64(0, at), result.int64(0, at + 1)});
  }
  return ranges;
}

bool whole_numbers(const ModelColumn& column) {
  return column.type == "BIGINT" || column.type == "INTEGER" || column.type == "SMALLINT";
}

bool directly(const std::vector<catalog::ModelJoin>& joins, const std::string& from,
              const std::string& to) {
  return std::ranges::any_of(joins, [&](const catalog::ModelJoin& join) {
    return (join.left.table == from && join.right.table == to) ||
           (join.left.table == to && join.right.table == from);
  });
}

bool connected(const std::vector<catalog::ModelJoin>& joins, const std::string& from,
               const std::string& to) {
  std::set<std::string> reached{from};
  for (std::size_t before = 0; before < reached.size();) {
    before = reached.size();
    for (const auto& join : joins) {
      if (reached.contains(join.left.table)) reached.insert(join.right.table);
      if (reached.contains(join.right.table)) reached.insert(join.left.table);
    }
  }
  return reached.contains(to);
}

// Whether another table has a column of this name: both point to rows that are not here.
bool shared_name(const catalog::SemanticModel& model, const ModelTable& own,
                 const std::string& name) {
  return std::ranges::any_of(model.tables, [&](const ModelTable& table) {
    return &table != &own &&
           std::ranges::find(table.columns, name, &ModelColumn::name) != table.columns.end();
  });
}

bool says_id(const ModelColumn& column) {
  const auto words = name_words(column.name);
  return words.size() > 1 && words.back() == "id";
}

}  // namespace

Result<Overlap> overlap_of(engine::Connection& connection, const catalog::JoinSide& from,
                           const catalog::JoinSide& to) {
  const std::string f = text::quote_identifier(from.column);
  const std::string k = text::quote_identifier(to.column);
  TRY(auto result,
      connection.query(
          "WITH v AS (SELECT DISTINCT " + f + " AS v FROM " + text::quote_identifier(from.table) +
          " WHERE " + f +
          " IS NOT NULL ORDER BY v LIMIT 5000) SELECT count(*), count(*) FILTER (WHERE "
          "v IN (SELECT " +
          k + " FROM " + text::quote_identifier(to.table) + ")) FROM v"));
  return Overlap{result.int64(0, 0), result.int64(0, 1)};
}

Result<> find_joins_by_values(const catalog::SemanticModel& model, const Known& known,
                              engine::Connection& connection,
                              std::vector<catalog::ModelJoin>& found) {
  struct Target {
    const ModelTable* table;
    const ModelColumn* key;
    Range range;
  };
  std::vector<Target> targets;
  for (const auto& table : model.tables) {
    const ModelColumn* key = row_key(table);
    if (!key || !whole_numbers(*key) || table.rows < 3) continue;
    TRY(const auto ranges, ranges_of(connection, table.name, {key}));
    targets.push_back({&table, key, ranges.front()});
  }
  const auto named = found;
  for (const auto& from : model.tables) {
    std::vector<const ModelColumn*> open;
    for (const auto& column : from.columns) {
      const bool joined = std::ranges::any_of(found, [&](const catalog::ModelJoin& join) {
        return (join.left.table == from.name && join.left.column == column.name) ||
               (join.right.table == from.name && join.right.column == column.name);
      });
      if (!joined && whole_numbers(column) && &column != row_key(from) && column.distinct > 1 &&
          column.semantic_type != catalog::SemanticType::year &&
          !says_quantity(name_words(column.name))) {
        open.push_back(&column);
      }
    }
    if (open.empty() || targets.empty()) continue;
    TRY(const auto ranges, ranges_of(connection, from.name, open));
    for (std::size_t c = 0; c < open.size(); ++c) {
      std::optional<catalog::ModelJoin> best;
      double best_told = 0;
      bool alone = true;
      for (const Target& to : targets) {
        if (to.table == &from || known.rules_out(from, *open[c], *to.table, *to.key)) continue;
        const bool of_person = names_person(*open[c]);
        if (of_person && !holds_people(*to.table)) continue;
        const bool telling = to.range.low >= kTellingKey;
        const bool of_both =
            named_after(from, *to.table) && !directly(named, from.name, to.table->name);
        if (!telling && !of_both && !of_person &&
            (!says_id(*open[c]) || shared_name(model, from, open[c]->name) ||
             connected(found, from.name, to.table->name))) {
          continue;
        }
        if (!ranges[c].within(to.range)) continue;
        catalog::ModelJoin join;
        join.left = {from.name, open[c]->name};
        join.right = {to.table->name, to.key->name};
        TRY(const Overlap overlap, overlap_of(connection, join.left, join.right));
        const double told =
            static_cast<double>(overlap.matched) / static_cast<double>(to.table->rows);
        if (overlap.matched < overlap.values || (!telling && told < kTold)) continue;
        alone = !best;
        if (best && told <= best_told) continue;
        join.match_ratio = 1;
        const bool unique = std::ranges::find(from.keys, open[c]->name) != from.keys.end();
        join.cardinality =
            unique ? catalog::Cardinality::one_to_one : catalog::Cardinality::many_to_one;
        best_told = told;
        best = std::move(join);
      }
      if (best && alone) found.push_back(std::move(*best));
    }
  }
  return {};
}

}  // namespace sextant::semantic

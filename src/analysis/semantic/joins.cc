#include "analysis/semantic/joins.h"

#include <algorithm>
#include <set>

#include "analysis/semantic/columns.h"
#include "analysis/semantic/join_names.h"
#include "analysis/semantic/joins_by_values.h"
#include "base/text.h"

namespace sextant::semantic {

namespace {

using catalog::ModelColumn;
using catalog::ModelTable;

constexpr int kMostPairs = 300;

bool numeric(const std::string& type) {
  return type.find("INT") != std::string::npos || type.starts_with("DECIMAL") || type == "DOUBLE";
}

// Numbers and texts; days, times and yes or no are no keys.
bool can_be_key(const std::string& type) {
  return type != "DATE" && type != "BOOLEAN" && !type.starts_with("TIME");
}

// "origin_airport" and "destination_airport": two parts of the same things.
bool same_role_word(const std::string& a, const std::string& b) {
  const auto first = name_words(a), second = name_words(b);
  return first.size() == second.size() && first.size() > 1 && first.back() == second.back();
}

// What several rows share as a matter of course, though it may be told apart in a small table.
bool is_place_or_time(const ModelColumn& column) {
  using enum catalog::SemanticType;
  const auto type = column.semantic_type;
  return type == country || type == region || type == city || type == year || type == month;
}

// Figures of the same name, as the units of two sheets, point to no rows.
bool is_figure(const ModelColumn& column) {
  using enum catalog::SemanticType;
  const auto type = column.semantic_type;
  return type == amount || type == quantity || type == price || type == share;
}

Result<bool> is_unique(engine::Connection& connection, const catalog::JoinSide& side) {
  const std::string c = text::quote_identifier(side.column);
  TRY(auto result, connection.query("SELECT count(DISTINCT " + c + ") = count(" + c + ") FROM " +
                                    text::quote_identifier(side.table)));
  return result.boolean(0, 0);
}

}  // namespace

Result<MeasuredJoin> measure_join(engine::Connection& connection, catalog::ModelJoin join) {
  TRY(const Overlap overlap, overlap_of(connection, join.left, join.right));
  TRY(const bool left, is_unique(connection, join.left));
  TRY(const bool right, is_unique(connection, join.right));
  using enum catalog::Cardinality;
  join.cardinality = left ? (right ? one_to_one : one_to_many) : right ? many_to_one : many_to_many;
  join.match_ratio = overlap.values == 0 ? 0
                                         : static_cast<double>(overlap.matched) /
                                               static_cast<double>(overlap.values);
  join.orphans = overlap.values - overlap.matched;
  return MeasuredJoin{std::move(join), overlap.values};
}

Result<> find_joins(catalog::SemanticModel& model, const std::string& source_id,
                    engine::Connection& connection) {
  const Known known(model, source_id);
  struct Pair {
    const ModelTable* from;
    const ModelColumn* foreign;
    const ModelTable* to;
    const ModelColumn* key;
    int evidence;
  };
  std::vector<Pair> pairs;
  for (const auto& from : model.tables) {
    for (const auto& to : model.tables) {
      if (&from == &to) continue;
      std::vector<const ModelColumn*> keys;
      for (const auto& key : to.columns) {
        // The country of an airport, though each has another: it has a code of its own.
        const bool told_apart = row_key(to) && row_key(to) != &key;
        const bool beside = told_apart && is_place_or_time(key) && !table_is_called(to, key.name);
        if (can_be_key(key.type) && !is_figure(key) && !beside &&
            std::ranges::find(to.keys, key.name) != to.keys.end() &&
            !at_home_elsewhere(model, from, to, key.name)) {
          keys.push_back(&key);
        }
      }
      for (const auto& foreign : from.columns) {
        if (!can_be_key(foreign.type) || is_figure(foreign)) continue;
        for (const auto* key : keys) {
          if (known.rules_out(from, foreign, to, *key)) continue;
          if (numeric(foreign.type) != numeric(key->type)) continue;
          const int evidence = name_evidence(from, foreign, to, *key);
          if (evidence > 0) pairs.push_back({&from, &foreign, &to, key, evidence});
        }
      }
    }
  }
  std::ranges::sort(pairs, [](const Pair& a, const Pair& b) {
    if (a.evidence != b.evidence) return a.evidence > b.evidence;
    return std::tie(a.from->name, a.foreign->name, a.to->name, a.key->name) <
           std::tie(b.from->name, b.foreign->name, b.to->name, b.key->name);
  });
  if (pairs.size() > kMostPairs) pairs.resize(kMostPairs);
  std::vector<catalog::ModelJoin> found;
  std::set<std::pair<std::string, std::string>> sure;
  for (const Pair& pair : pairs) {
    const bool told = std::ranges::any_of(found, [&](const catalog::ModelJoin& j) {
      const bool same = j.left.table == pair.from->name && j.right.table == pair.to->name;
      const bool other = j.left.table == pair.to->name && j.right.table == pair.from->name;
      return (same && j.left.column == pair.foreign->name) ||
             (other && j.left.column == pair.key->name && j.right.column == pair.foreign->name) ||
             ((same || other) && pair.evidence < 2 &&
              !(same && j.right.column == pair.key->name &&
                same_role_word(j.left.column, pair.foreign->name))) ||
             // What surely points to one table does not perhaps point to another.
             (pair.evidence < 2 && j.left.table == pair.from->name &&
              j.left.column == pair.foreign->name && sure.contains({j.left.table, j.left.column}));
    });
    if (told) continue;
    if (const auto* before = known.find(*pair.from, *pair.foreign, *pair.to, *pair.key);
        before && known.are_others(*pair.from, *pair.to)) {
      if (pair.evidence == 2) sure.emplace(pair.from->name, pair.foreign->name);
      found.push_back(*before);
      continue;
    }
    TRY(const Overlap overlap, overlap_of(connection, {pair.from->name, pair.foreign->name},
                                          {pair.to->name, pair.key->name}));
    const std::int64_t values = overlap.values, matched = overlap.matched;
    if (values == 0) continue;
    const double ratio = static_cast<double>(matched) / static_cast<double>(values);
    if (ratio < (pair.evidence == 2 ? 0.3 : 0.9)) continue;
    catalog::ModelJoin join;
    join.left = {pair.from->name, pair.foreign->name};
    join.right = {pair.to->name, pair.key->name};
    join.match_ratio = ratio;
    join.orphans = values - matched;
    const bool unique =
        std::ranges::find(pair.from->keys, pair.foreign->name) != pair.from->keys.end();
    join.cardinality =
        unique ? catalog::Cardinality::one_to_one : catalog::Cardinality::many_to_one;
    if (pair.evidence == 2) sure.emplace(pair.from->name, pair.foreign->name);
    found.push_back(std::move(join));
  }
  TRY_VOID(find_joins_by_values(model, known, connection, found));
  model.joins = std::move(found);
  return {};
}

}  // namespace sextant::semantic

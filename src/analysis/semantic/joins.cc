#include "analysis/semantic/joins.h"

#include <algorithm>

#include "analysis/semantic/columns.h"
#include "base/text.h"

namespace sextant::semantic {

namespace {

using catalog::ModelColumn;
using catalog::ModelTable;

constexpr int kMostPairs = 300;

std::string singular(const std::string& word) {
  if (word.size() > 3 && word.ends_with("ies")) return word.substr(0, word.size() - 3) + "y";
  if (word.size() > 4 &&
      (word.ends_with("sses") || word.ends_with("xes") || word.ends_with("ches"))) {
    return word.substr(0, word.size() - 2);
  }
  if (word.size() > 3 && word.ends_with("s") && !word.ends_with("ss"))
    return word.substr(0, word.size() - 1);
  return word;
}

bool numeric(const std::string& type) {
  return type.find("INT") != std::string::npos || type.starts_with("DECIMAL") || type == "DOUBLE";
}

// How much the names say that `foreign` points to `key`: 0 nothing, 1 maybe, 2 surely.
int name_evidence(const ModelTable& from, const ModelColumn& foreign, const ModelTable& to,
                  const ModelColumn& key) {
  const auto foreign_words = name_words(foreign.name);
  const auto key_words = name_words(key.name);
  const auto table_words = name_words(to.name);
  const std::string table = singular(table_words.back());
  const bool key_generic = key_words.size() == 1;  // "id", "name", "code"
  if (foreign.name == key.name) {
    if (!key_generic) return 2;
    return foreign.name == "id" || foreign.name == "name" || foreign.name == "code" ? 0 : 1;
  }
  // customer_id → customers.id; home_team_id → teams.id
  if (foreign_words.size() > 1 && foreign_words.back() == key_words.back()) {
    const std::string& before = foreign_words[foreign_words.size() - 2];
    if (singular(before) == table) return 2;
    if (key_words.size() > 1 && before == key_words[key_words.size() - 2]) return 2;
  }
  // orders.customer → customers.id or customers.name
  if (foreign_words.size() == 1 && singular(foreign_words[0]) == table) return 1;
  if (foreign_words.size() > 1 && singular(foreign_words.back()) == table &&
      key.role == catalog::Role::identifier) {
    return 1;
  }
  if (&from != &to && foreign.name.size() > 4 && key.name.size() > 4 &&
      foreign.name.ends_with(key.name)) {
    return 1;
  }
  return 0;
}

// Numbers and texts; days, times and yes or no are no keys.
bool can_be_key(const std::string& type) {
  return type != "DATE" && type != "BOOLEAN" && !type.starts_with("TIME");
}

struct Overlap {
  std::int64_t values = 0;   // distinct ones of the first column, at most 5,000
  std::int64_t matched = 0;  // of these, found in the second
};

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
  const auto in_source = [&](const std::string& name) {
    return std::ranges::any_of(model.tables, [&](const ModelTable& t) {
      return t.name == name && t.source_id == source_id;
    });
  };
  std::erase_if(model.joins, [&](const catalog::ModelJoin& j) {
    return in_source(j.left.table) || in_source(j.right.table);
  });
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
      if (&from == &to || (from.source_id != source_id && to.source_id != source_id)) continue;
      for (const auto& foreign : from.columns) {
        for (const auto& key : to.columns) {
          if (std::ranges::find(to.keys, key.name) == to.keys.end()) continue;
          if (numeric(foreign.type) != numeric(key.type)) continue;
          if (!can_be_key(foreign.type) || !can_be_key(key.type)) continue;
          const int evidence = name_evidence(from, foreign, to, key);
          if (evidence > 0) pairs.push_back({&from, &foreign, &to, &key, evidence});
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
  for (const Pair& pair : pairs) {
    const bool known = std::ranges::any_of(found, [&](const catalog::ModelJoin& j) {
      const bool same = j.left.table == pair.from->name && j.right.table == pair.to->name;
      const bool other = j.left.table == pair.to->name && j.right.table == pair.from->name;
      return (same && j.left.column == pair.foreign->name) ||
             (other && j.left.column == pair.key->name && j.right.column == pair.foreign->name) ||
             ((same || other) && pair.evidence < 2);
    });
    if (known) continue;
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
    found.push_back(std::move(join));
  }
  model.joins.insert(model.joins.end(), std::make_move_iterator(found.begin()),
                     std::make_move_iterator(found.end()));
  return {};
}

}  // namespace sextant::semantic

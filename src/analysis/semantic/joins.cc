#include "analysis/semantic/joins.h"

#include <algorithm>
#include <boost/algorithm/string/join.hpp>
#include <optional>
#include <set>

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

// Names of numbers of things: "num_semesters" points to no semester.
bool says_quantity(const std::vector<std::string>& words) {
  static const std::vector<std::string_view> kQuantities = {
      "num", "number", "count", "total", "avg", "average", "min", "max", "sum", "has", "is"};
  return words.size() > 1 && std::ranges::find(kQuantities, words.front()) != kQuantities.end();
}

// The words of a key's name that say what it is the key of: {"member"} of member_id.
std::vector<std::string> owner_words(const std::string& name) {
  auto words = name_words(name);
  if (words.size() > 1) words.pop_back();
  for (auto& word : words) word = singular(word);
  return words;
}

std::vector<std::string> table_words(const ModelTable& table) {
  auto words = name_words(table.name);
  for (auto& word : words) word = singular(word);
  return words;
}

// Whether the column is what the rows of its table are called by: offering_id of offerings, paperid
// of papers.
bool own_key(const ModelTable& table, const ModelColumn& column) {
  if (std::ranges::find(table.keys, column.name) == table.keys.end()) return false;
  if (name_words(column.name).size() > 1) return owner_words(column.name) == table_words(table);
  const auto words = table_words(table);
  return words.size() == 1 && column.name == words[0] + "id";
}

// Whether all columns end in "id": a table that only links others.
bool only_links(const ModelTable& table) {
  return table.columns.size() > 1 && std::ranges::all_of(table.columns, [](const auto& column) {
           return column.name.ends_with("id");
         });
}

// The column that names a row of the table; nullptr when several may.
const ModelColumn* row_key(const ModelTable& table) {
  const ModelColumn* only = nullptr;
  for (const auto& column : table.columns) {
    if (std::ranges::find(table.keys, column.name) == table.keys.end() ||
        column.role != catalog::Role::identifier) {
      continue;
    }
    if (column.name == "id" || own_key(table, column)) return &column;
    if (!only && &column == &table.columns.front()) only = &column;
  }
  return only;
}

// "first_name" tells no person from another.
bool part_of_person(const std::vector<std::string>& words) {
  static const std::vector<std::string_view> kParts = {"first", "last",   "middle",
                                                       "full",  "family", "given"};
  return words.size() == 2 && words[1] == "name" &&
         std::ranges::find(kParts, words[0]) != kParts.end();
}

// How much the names say that `foreign` points to `key`: 0 nothing, 1 maybe, 2 surely.
int name_evidence(const ModelTable& from, const ModelColumn& foreign, const ModelTable& to,
                  const ModelColumn& key) {
  const auto foreign_words = name_words(foreign.name);
  const auto key_words = name_words(key.name);
  const auto to_words = name_words(to.name);
  const std::string table = singular(to_words.back());
  const bool key_generic = key_words.size() == 1;  // "id", "name", "code"
  if (foreign.name == key.name) {
    if (part_of_person(key_words)) return 0;
    if (!key_generic) return 2;
    return foreign.name == "id" || foreign.name == "name" || foreign.name == "code" ? 0 : 1;
  }
  if (says_quantity(foreign_words) || own_key(from, foreign)) return 0;
  const bool names_rows = &key == row_key(to);
  // customer_id → customers.id; home_team_id → teams.id
  if (foreign_words.size() > 1 && foreign_words.back() == key_words.back()) {
    const std::string& before = foreign_words[foreign_words.size() - 2];
    const bool other_owner =
        key_words.size() > 1 && !names_rows && singular(key_words[key_words.size() - 2]) != table;
    if (singular(before) == table && !other_owner) return 2;
    if (key_words.size() > 1 && before == key_words[key_words.size() - 2]) return 2;
  }
  // user_id → users.uid
  if (foreign_words.size() > 1 && names_rows && foreign_words.back() == "id" &&
      key.name.ends_with("id") && owner_words(foreign.name) == table_words(to)) {
    return 2;
  }
  // member_in_charge_id → members.member_id
  if (foreign_words.size() > 2 && names_rows && foreign_words.back() == key_words.back() &&
      singular(foreign_words.front()) == table) {
    return 1;
  }
  // orders.customer → customers.id or customers.name
  if (foreign_words.size() == 1 && singular(foreign_words[0]) == table) return 1;
  // "home_team" points to a team, "cares_for_students" is about several.
  if (foreign_words.size() > 1 && foreign_words.back() == table &&
      key.role == catalog::Role::identifier) {
    return 1;
  }
  if (&from != &to && foreign.name.size() > 4 && key.name.size() > 4 &&
      foreign.name.ends_with(key.name)) {
    return 1;
  }
  return 0;
}

// Whether rows of another table are called by this name, so that what two tables have in common
// are those rows: business_id of reviews and of tips.
bool at_home_elsewhere(const catalog::SemanticModel& model, const ModelTable& from,
                       const ModelTable& to, const std::string& name) {
  const auto own = [&](const ModelTable& table) {
    const ModelColumn* key = row_key(table);
    return key && key->name == name && own_key(table, *key);
  };
  const auto first = [&](const ModelTable& table) {
    const ModelColumn* key = row_key(table);
    return key && key->name == name && !only_links(table);
  };
  if (std::ranges::any_of(model.tables, own)) return !own(to) && !own(from);
  return std::ranges::any_of(model.tables, first) && !first(to) && !first(from);
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

// "debate_people" of "people".
bool named_after(const ModelTable& link, const ModelTable& table) {
  const auto own = table_words(table), words = table_words(link);
  return words.size() > own.size() && std::ranges::all_of(own, [&](const std::string& word) {
           return std::ranges::find(words, word) != words.end();
         });
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

// Joins between the tables of other sources, which are not looked for again: what is known of them
// stands, where the tables that came since do not tell otherwise.
class Known {
 public:
  Known(const catalog::SemanticModel& model, std::string source_id)
      : joins_(model.joins), source_id_(std::move(source_id)) {}

  const catalog::ModelJoin* find(const ModelTable& from, const ModelColumn& foreign,
                                 const ModelTable& to, const ModelColumn& key) const {
    const auto is_pair = [&](const catalog::ModelJoin& join) {
      return join.left.table == from.name && join.left.column == foreign.name &&
             join.right.table == to.name && join.right.column == key.name;
    };
    const auto found = std::ranges::find_if(joins_, is_pair);
    return found == joins_.end() ? nullptr : &*found;
  }
  bool are_others(const ModelTable& from, const ModelTable& to) const {
    return from.source_id != source_id_ && to.source_id != source_id_;
  }
  // They were compared before, and did not fit.
  bool rules_out(const ModelTable& from, const ModelColumn& foreign, const ModelTable& to,
                 const ModelColumn& key) const {
    return are_others(from, to) && !find(from, foreign, to, key);
  }

 private:
  std::vector<catalog::ModelJoin> joins_;
  std::string source_id_;
};

// Joins that no name tells: whole numbers all of which are keys of another table. Keys that begin
// at 1 are met by chance, so there the table has to be named after the other, or the column called
// an id that nothing else connects; and it has to point to a good share of the keys.
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
        const bool telling = to.range.low >= kTellingKey;
        const bool of_both =
            named_after(from, *to.table) && !directly(named, from.name, to.table->name);
        if (!telling && !of_both &&
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
      for (const auto& foreign : from.columns) {
        for (const auto& key : to.columns) {
          if (std::ranges::find(to.keys, key.name) == to.keys.end()) continue;
          if (at_home_elsewhere(model, from, to, key.name)) continue;
          if (known.rules_out(from, foreign, to, key)) continue;
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
  std::set<std::pair<std::string, std::string>> sure;
  for (const Pair& pair : pairs) {
    const bool told = std::ranges::any_of(found, [&](const catalog::ModelJoin& j) {
      const bool same = j.left.table == pair.from->name && j.right.table == pair.to->name;
      const bool other = j.left.table == pair.to->name && j.right.table == pair.from->name;
      return (same && j.left.column == pair.foreign->name) ||
             (other && j.left.column == pair.key->name && j.right.column == pair.foreign->name) ||
             ((same || other) && pair.evidence < 2) ||
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

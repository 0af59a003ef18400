#include "analysis/profile/keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/text.h"

namespace sextant::profile {
namespace {

using catalog::SemanticType;

constexpr std::int64_t kTriedRows = 50'000;  // on which keys are tried first
constexpr std::int64_t kFewestRows = 20;     // below, two columns tell rows apart by chance
constexpr std::size_t kPairColumns = 10;
constexpr std::size_t kTripleColumns = 7;
constexpr std::size_t kMostKeys = 5;
constexpr int kMostPasses = 5;  // over the whole table
constexpr std::size_t kExamples = 5;
constexpr std::size_t kShownColumns = 12;
constexpr std::size_t kLongestValue = 200;  // bytes of a value shown
constexpr double kNearlyKey = 0.01;         // share of rows that may look like mistakes
constexpr std::size_t kHashedAtOnce = 200;  // arguments of one function call

// Whether values of this meaning may name rows. That all amounts of a table differ is chance.
bool may_name(SemanticType type) {
  switch (type) {
    case SemanticType::amount:
    case SemanticType::quantity:
    case SemanticType::price:
    case SemanticType::share:
    case SemanticType::measure:
    case SemanticType::latitude:
    case SemanticType::longitude:
    case SemanticType::text:
    case SemanticType::json:
    case SemanticType::unknown:
      return false;
    default:
      return true;
  }
}

bool is_name(SemanticType type) {
  return type == SemanticType::identifier || type == SemanticType::code ||
         type == SemanticType::email;
}

// One number for a row's values in these columns: of 64 bits, so that two rows that differ get the
// same one in a table of a thousand million rows less than once in ten tables.
std::string hash_sql(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t at = 0; at < names.size(); at += kHashedAtOnce) {
    std::string arguments = out;
    for (auto i = at; i < std::min(at + kHashedAtOnce, names.size()); ++i)
      arguments += (arguments.empty() ? "" : ", ") + text::quote_identifier(names[i]);
    out = "hash(" + arguments + ")";
  }
  return out;
}

class KeyFinder {
 public:
  KeyFinder(engine::Connection& connection, const std::string& from, catalog::TableProfile& table)
      : connection_(connection), from_(from), table_(table) {}

  Result<> run() {
    if (table_.rows < 2) return {};
    TRY_VOID(single_columns());
    if (table_.keys.empty()) {
      TRY_VOID(count_duplicates());
      // Where a row stands twice, no columns tell all rows apart.
      if (table_.duplicates.rows == 0 && table_.rows >= kFewestRows) {
        TRY_VOID(combinations(2, kPairColumns));
        if (table_.keys.empty()) TRY_VOID(combinations(3, kTripleColumns));
      }
    }
    near_keys();
    return {};
  }

 private:
  Result<> single_columns() {
    int passes = 0;
    for (auto& column : table_.columns) {
      if (column.nulls > 0 || !may_name(column.semantic_type)) continue;
      if (!column.distinct_is_exact && column.distinct > table_.rows / 2 && passes < kMostPasses) {
        TRY(const auto tried, repeated({column.name}, true));
        if (tried > 0) continue;
        ++passes;
        TRY(const auto all, repeated({column.name}, false));
        column.distinct = table_.rows - all;
        column.distinct_is_exact = true;
      }
      if (column.distinct_is_exact && column.distinct == table_.rows)
        table_.keys.push_back({{column.name}, 0});
    }
    // Names before dates and labels; both in the table's order.
    auto labels = table_.keys;
    std::erase_if(table_.keys, [&](const auto& key) { return !is_name(meaning(key)); });
    std::erase_if(labels, [&](const auto& key) { return is_name(meaning(key)); });
    std::ranges::move(labels, std::back_inserter(table_.keys));
    if (table_.keys.size() > kMostKeys) table_.keys.resize(kMostKeys);
    return {};
  }

  SemanticType meaning(const catalog::CandidateKey& key) const {
    return std::ranges::find(table_.columns, key.columns[0], &catalog::ColumnProfile::name)
        ->semantic_type;
  }

  // How many rows have the values of an earlier one in these columns.
  Result<std::int64_t> repeated(const std::vector<std::string>& columns, bool first_rows) {
    TRY(const auto rows,
        connection_.query(fmt::format(
            "SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM {} GROUP BY {})",
            first_rows ? first_rows_sql() : from_, hash_sql(columns))));
    return rows.int64(0, 0);
  }

  std::string first_rows_sql() const {
    return fmt::format("(SELECT * FROM {} LIMIT {})", from_, kTriedRows);
  }

  Result<> count_duplicates() {
    std::vector<std::string> names;
    for (const auto& column : table_.columns) names.push_back(column.name);
    const auto hash = hash_sql(names);
    TRY(const auto found,
        connection_.query(fmt::format(
            "SELECT h, n, count(*) OVER (), sum(n - 1) OVER () FROM (SELECT {} AS h, count(*) AS n "
            "FROM {} GROUP BY 1 HAVING n > 1) ORDER BY n DESC, h LIMIT {}",
            hash, from_, kExamples)));
    if (found.rows() == 0) return {};
    table_.duplicates.groups = found.int64(0, 2);
    table_.duplicates.rows = found.int64(0, 3);
    std::string hashes;
    for (std::int64_t r = 0; r < found.rows(); ++r)
      hashes += (r > 0 ? ", " : "") + found.text(r, 0);
    std::string shown;
    for (std::size_t c = 0; c < std::min(names.size(), kShownColumns); ++c)
      shown += fmt::format("any_value({}::VARCHAR), ", text::quote_identifier(names[c]));
    TRY(const auto rows,
        connection_.query(fmt::format(
            "SELECT {0}count(*) FROM {1} WHERE {2} IN ({3}) GROUP BY {2} ORDER BY count(*) DESC, "
            "{2}",
            shown, from_, hash, hashes)));
    const auto last = rows.columns() - 1;
    for (std::int64_t r = 0; r < rows.rows(); ++r) {
      catalog::DuplicateRow row;
      for (std::int64_t c = 0; c < last; ++c) {
        row.values.push_back(rows.is_null(r, c) ? std::nullopt
                                                : std::optional(std::string(text::truncate_utf8(
                                                      rows.text(r, c), kLongestValue))));
      }
      row.count = rows.int64(r, last);
      table_.duplicates.examples.push_back(std::move(row));
    }
    return {};
  }

  // Keys of `size` columns out of the `most` columns that tell most apart.
  Result<> combinations(std::size_t size, std::size_t most) {
    std::vector<const catalog::ColumnProfile*> parts;
    for (const auto& column : table_.columns) {
      if (column.nulls == 0 && column.distinct > 1 && may_name(column.semantic_type))
        parts.push_back(&column);
    }
    std::ranges::sort(parts, [](const auto* a, const auto* b) {
      return std::tuple(-a->distinct, a) < std::tuple(-b->distinct, b);
    });
    if (parts.size() > most) parts.resize(most);
    std::vector<std::vector<std::string>> tried;
    std::vector<char> chosen(parts.size(), 0);
    if (parts.size() < size) return {};
    std::fill_n(chosen.begin(), size, 1);
    do {
      double values = 1;
      std::vector<std::string> names;
      for (std::size_t i = 0; i < parts.size(); ++i) {
        if (chosen[i] == 0) continue;
        values *= static_cast<double>(parts[i]->distinct);
        names.push_back(parts[i]->name);
      }
      if (values >= static_cast<double>(table_.rows)) tried.push_back(std::move(names));
    } while (std::ranges::prev_permutation(chosen).found);
    if (tried.empty()) return {};
    std::string sql;
    for (const auto& names : tried)
      sql += (sql.empty() ? "SELECT count(*) = count(DISTINCT " : ", count(*) = count(DISTINCT ") +
             hash_sql(names) + ")";
    TRY(const auto held, connection_.query(sql + " FROM " + first_rows_sql()));
    int passes = 0;
    for (std::size_t i = 0; i < tried.size() && passes < kMostPasses; ++i) {
      if (!held.boolean(0, static_cast<std::int64_t>(i))) continue;
      if (table_.rows > kTriedRows) {
        ++passes;
        TRY(const auto all, repeated(tried[i], false));
        if (all > 0) continue;
      }
      table_.keys.push_back({std::move(tried[i]), 0});
      if (table_.keys.size() == kMostKeys) break;
    }
    return {};
  }

  // Identifiers that name all rows but a few.
  void near_keys() {
    for (const auto& column : table_.columns) {
      const auto again = column.rows - column.nulls - column.distinct;
      if (!is_name(column.semantic_type) || !column.distinct_is_exact || column.nulls > 0 ||
          again <= 0 || table_.rows < kFewestRows ||
          static_cast<double>(again) > kNearlyKey * static_cast<double>(table_.rows) ||
          table_.keys.size() == kMostKeys) {
        continue;
      }
      table_.keys.push_back({{column.name}, again});
    }
  }

  engine::Connection& connection_;
  const std::string& from_;
  catalog::TableProfile& table_;
};

}  // namespace

Result<> find_keys(engine::Connection& connection, const std::string& from,
                   catalog::TableProfile& table) {
  return KeyFinder(connection, from, table).run();
}

}  // namespace sextant::profile

#include <algorithm>

#include "analysis/ask/rows/row_reader.h"

namespace sextant::ask {

bool RowReader::passes(const RowTest& test, std::int64_t row) const {
  const int c = context_.find_column(context_.tables()[0].model->name, test.column);
  if (c < 0) return false;
  const Cell& value = cell(c, row);
  if (test.op == RowOperator::is || test.op == RowOperator::is_not) {
    bool same = false;
    if (const auto* text = std::get_if<std::string>(&value)) {
      same = test.value.is_string() && *text == std::string_view(test.value.get_string());
      if (test.as != ReadAs::text && test.value.is_number()) {
        const auto read = value_as(value, test.as);
        same = read && *read == test.value.to_number<double>();
      }
    } else if (const auto* number = std::get_if<double>(&value)) {
      same = test.value.is_number() && *number == test.value.to_number<double>();
    } else {
      return test.op == RowOperator::is_not;
    }
    return same == (test.op == RowOperator::is);
  }
  if (test.op == RowOperator::missing) return is_missing(value);
  if (test.op == RowOperator::contains || test.op == RowOperator::lacks) {
    const auto* text = std::get_if<std::string>(&value);
    const bool has =
        text && test.value.is_string() &&
        (" " + normalise(*text) + " ").find(" " + std::string(test.value.get_string()) + " ") !=
            std::string::npos;
    return has == (test.op == RowOperator::contains);
  }
  const auto number = value_as(value, test.as);
  if (!number || !test.value.is_number()) return false;
  const double bound = test.value.to_number<double>();
  switch (test.op) {
    case RowOperator::less:
      return *number < bound;
    case RowOperator::at_most:
      return *number <= bound;
    case RowOperator::more:
      return *number > bound;
    default:
      return *number >= bound;
  }
}

std::vector<std::int64_t> RowReader::rows_of(const RowSet& set) const {
  std::vector<std::int64_t> rows;
  for (std::int64_t r = 0; r < sample_rows(); ++r) {
    const bool kept = std::ranges::all_of(set.where, [&](const std::vector<RowTest>& any) {
      return std::ranges::any_of(any, [&](const RowTest& test) { return passes(test, r); });
    });
    if (kept) rows.push_back(r);
  }
  if (!set.than) return rows;
  const RowThan& than = *set.than;
  const int c = context_.find_column(context_.tables()[0].model->name, than.column);
  for (std::int64_t base = 0; c >= 0 && base < sample_rows(); ++base) {
    if (!passes(than.where, base)) continue;
    const auto bound = value_as(cell(c, base), than.as);
    std::erase_if(rows, [&](std::int64_t r) {
      const auto own = value_as(cell(c, r), than.as);
      if (r == base || !own || !bound) return true;
      return than.op == RowOperator::is     ? *own != *bound
             : than.op == RowOperator::less ? *own >= *bound
                                            : *own <= *bound;
    });
    return rows;
  }
  return {};
}

// Without the conditions, last ones first, that leave no row.
void RowReader::loosen(RowSet& set) const {
  while (!set.where.empty() && rows_of(set).empty()) {
    // The one that passes the fewest rows by itself is the least likely.
    std::size_t worst = set.where.size() - 1, fewest = ~std::size_t{0};
    for (std::size_t i = set.where.size(); i-- > 0;) {
      RowSet alone;
      alone.where = {set.where[i]};
      const std::size_t rows = rows_of(alone).size();
      const bool part = set.where[i][0].op == RowOperator::contains;
      const std::size_t cost = rows + (part ? 0 : 1000);
      if (cost < fewest) {
        fewest = cost;
        worst = i;
      }
    }
    set.where.erase(set.where.begin() + static_cast<std::ptrdiff_t>(worst));
  }
}

}  // namespace sextant::ask

#include "analysis/profile/quality.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/text.h"

namespace sextant::profile {
namespace {

using catalog::Quality;
using catalog::SemanticType;

constexpr double kLeast = 0.01;           // what a single fault costs
constexpr double kRareOutliers = 0.005;   // share of values; more of them are a long tail
constexpr double kUsualPattern = 0.9;     // share of values that makes a pattern the rule
constexpr std::size_t kTableReasons = 6;  // that are told
constexpr double kToldShare = 0.0005;     // of empty cells; less is not told

void dearest_first(std::vector<catalog::QualityReason>& reasons) {
  std::ranges::sort(reasons, [](const auto& a, const auto& b) {
    return std::tie(b.cost, a.words) < std::tie(a.cost, b.words);
  });
}

class Score {
 public:
  // Takes `share` × `weight`, at least a little and at most `most`.
  void take(double share, double weight, double most, std::string words) {
    const double cost = std::clamp(share * weight, kLeast, most);
    quality_.score = std::max(0.0, quality_.score - cost);
    quality_.reasons.push_back({cost, std::move(words)});
  }
  Quality finish() {
    dearest_first(quality_.reasons);
    return std::move(quality_);
  }

 private:
  Quality quality_;
};

std::string counted(std::int64_t n, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", text::grouped(n), n == 1 ? one : many);
}

// Whether differences in case or blanks are slips: not in codes, where they may mean something.
bool is_spelled(SemanticType type) {
  switch (type) {
    case SemanticType::category:
    case SemanticType::country:
    case SemanticType::region:
    case SemanticType::city:
    case SemanticType::name:
    case SemanticType::person:
    case SemanticType::boolean:
      return true;
    default:
      return false;
  }
}

bool is_formatted(SemanticType type) {
  return type == SemanticType::identifier || type == SemanticType::code ||
         type == SemanticType::phone;
}

}  // namespace

std::optional<Quality> quality_of(const catalog::ColumnProfile& column, std::int64_t misfits) {
  Score score;
  const auto rows = static_cast<double>(column.rows);
  const auto count = column.rows - column.nulls;
  const auto values = static_cast<double>(count);
  if (column.rows == 0) return std::nullopt;
  if (count == 0) {
    score.take(1, 1, 1, "no values");
    return score.finish();
  }
  const auto empty = column.nulls - misfits;
  if (empty > 0 && static_cast<double>(empty) > kToldShare * rows) {
    score.take(static_cast<double>(empty) / rows, 0.5, 0.5,
               counted(empty, "value is", "values are") + " missing");
  }
  if (misfits > 0) {
    score.take(static_cast<double>(misfits) / rows, 4, 0.4,
               counted(misfits, "cell", "cells") + " did not fit the type");
  }
  if (column.distinct == 1 && column.rows > 1 && column.nulls == 0)
    score.take(1, 0.1, 0.1, "always the same value");
  if (column.padded > 0) {
    score.take(static_cast<double>(column.padded) / values, 0.5, 0.2,
               counted(column.padded, "value has", "values have") + " blanks before or after");
  }
  if (column.respelled > 0 && is_spelled(column.semantic_type)) {
    score.take(static_cast<double>(column.respelled) / values, 1, 0.2,
               counted(column.respelled, "value differs", "values differ") +
                   " from others in capitals or blanks alone");
  }
  if (!column.patterns.empty() && is_formatted(column.semantic_type)) {
    const auto other = count - column.patterns[0].count;
    if (other > 0 && static_cast<double>(column.patterns[0].count) >= kUsualPattern * values) {
      score.take(static_cast<double>(other) / values, 1, 0.2,
                 counted(other, "value is", "values are") + " not written like " +
                     column.patterns[0].pattern);
    }
  }
  if (column.outliers) {
    const auto far = column.outliers->low + column.outliers->high;
    if (far > 0 && static_cast<double>(far) <= kRareOutliers * values) {
      score.take(static_cast<double>(far) / values, 4, 0.05,
                 counted(far, "value lies", "values lie") + " far from the others");
    }
  }
  return score.finish();
}

std::optional<Quality> quality_of(const catalog::TableProfile& table) {
  if (table.rows == 0 || table.columns.empty()) return std::nullopt;
  Quality out;
  const auto columns = static_cast<double>(table.columns.size());
  double sum = 0;
  for (const auto& column : table.columns) {
    const auto quality = column.quality.value_or(Quality{});
    sum += quality.score;
    for (const auto& reason : quality.reasons)
      out.reasons.push_back({reason.cost / columns, column.name + ": " + reason.words});
  }
  Score rows;
  if (table.duplicates.rows > 0) {
    rows.take(static_cast<double>(table.duplicates.rows) / static_cast<double>(table.rows), 1, 0.4,
              counted(table.duplicates.rows, "row repeats", "rows repeat") + " an earlier one");
  }
  for (const auto& key : table.keys) {
    if (key.repeated == 0 || key.repeated == table.duplicates.rows) continue;
    rows.take(static_cast<double>(key.repeated) / static_cast<double>(table.rows), 1, 0.1,
              fmt::format("{}: would name every row, but for {}", key.columns[0],
                          counted(key.repeated, "row", "rows")));
  }
  auto whole = rows.finish();
  out.score = std::max(0.0, sum / columns - (1 - whole.score));
  std::ranges::move(whole.reasons, std::back_inserter(out.reasons));
  dearest_first(out.reasons);
  if (out.reasons.size() > kTableReasons) out.reasons.resize(kTableReasons);
  return out;
}

}  // namespace sextant::profile

// What a column is: vote and decide of column_evidence.h.
#include <fmt/format.h>

#include <algorithm>

#include "analysis/formats/column_evidence.h"
#include "base/text.h"

namespace sextant::formats {
namespace {

constexpr int kExactScale = 4;                      // fractions up to this many digits are DECIMAL
constexpr std::int64_t kDoubleInteger = 1ll << 53;  // whole numbers up to here are doubles

std::int64_t allowed_misfits(std::int64_t total) {
  if (total < 100) return 0;
  return std::min<std::int64_t>(1000, std::max<std::int64_t>(1, total / 200));
}

}  // namespace

void ColumnEvidence::vote(FileHints& hints) const {
  if (text_ > allowed_misfits(filled())) return;
  if (proven_comma_ > proven_dot_)
    hints.mark = DecimalMark::comma;
  else if (proven_dot_ > proven_comma_ && hints.mark == DecimalMark::unknown) {
    hints.mark = DecimalMark::dot;
  }
  if (day_first_only_ > 0 && month_first_only_ == 0) hints.day_first = true;
  if (month_first_only_ > 0 && day_first_only_ == 0 && !hints.day_first) hints.day_first = false;
}

bool ColumnEvidence::decide_number(const FileHints& hints, std::int64_t allowed,
                                   ColumnPlan& plan) const {
  const auto total = filled();
  const auto numbers = integer_ + decimal_ + exponent_ + styled_;
  // Leading zeros carry meaning (ZIP codes, article numbers): a column with them is text, unless
  // they are stray. They are not where all numbers are of one length.
  if (numbers == 0 || padded_ > total / 1000 || are_codes()) return false;
  plan.mark = DecimalMark::dot;
  if (proven_comma_ > proven_dot_) {
    plan.mark = DecimalMark::comma;
  } else if (proven_comma_ == 0 && proven_dot_ == 0 && open_comma_ + open_dot_ > 0) {
    if (hints.mark != DecimalMark::unknown) {
      plan.mark = hints.mark;
    } else if (open_comma_ > 0 && open_dot_ > 0) {
      return false;
    }
    if (hints.mark == DecimalMark::unknown || open_comma_ > 0) {
      plan.note = plan.mark == DecimalMark::dot
                      ? (open_comma_ > 0
                             ? "a comma before three digits was read as thousands (1,234 = 1234)"
                             : "")
                      : "a comma was read as the decimal mark (1,234 = 1.234)";
    }
  }
  const bool dot = plan.mark == DecimalMark::dot;
  std::int64_t misfits = total - numbers + (dot ? proven_comma_ : proven_dot_);
  if (percent_ > 0) {
    plan.percent = percent_ * 2 >= numbers;
    misfits += std::min(percent_, numbers - percent_);
  }
  std::int64_t with_currency = 0;
  std::int64_t commonest = 0;
  for (const auto& [code, count] : currencies_) {
    with_currency += count;
    if (count > commonest) commonest = count, plan.currency = code;
  }
  misfits += with_currency - commonest;
  if (misfits > allowed) return false;

  Extent extent = dot ? dot_ : comma_;
  if (!dot) extent.take(integer_ > 0 ? dot_.integer_digits : 0, 0);
  if (extent.scale == 0 && exponent_ == 0) {
    plan.kind = Kind::integer;
    if (extent.integer_digits <= 18 || (extent.integer_digits == 19 && !beyond_bigint_)) {
      plan.type = "BIGINT";
    } else if (extent.integer_digits <= 38) {
      plan.type = "HUGEINT";
    } else {
      return false;
    }
  } else {
    plan.kind = Kind::decimal;
    if (exponent_ == 0 && extent.scale <= kExactScale &&
        extent.integer_digits <= 18 - extent.scale) {
      plan.type = fmt::format("DECIMAL(18,{})", extent.scale);
    } else if (!beyond_double_ && !beyond_bigint_ && smallest_ >= -kDoubleInteger &&
               largest_ <= kDoubleInteger) {
      plan.type = "DOUBLE";
    } else if (exponent_ == 0 && extent.integer_digits + extent.scale <= 38) {
      plan.type = fmt::format("DECIMAL(38,{})", extent.scale);
    } else {
      return false;
    }
  }
  plan.misfits = misfits;
  plan.castable = styled_ == 0 && dot;
  plan.direct = plan.castable && misfits == 0;
  return true;
}

bool ColumnEvidence::decide_time(const FileHints& hints, std::int64_t allowed,
                                 ColumnPlan& plan) const {
  const auto total = filled();
  const auto dates = date_ + stamp_;
  std::int64_t fits = 0;
  if (dates >= stamp_zone_ && dates >= clock_) {
    plan.kind = stamp_ > 0 ? Kind::timestamp : Kind::date;
    fits = dates;
  } else if (stamp_zone_ >= clock_) {
    plan.kind = Kind::timestamp_zone;
    fits = stamp_zone_;
  } else {
    plan.kind = Kind::time;
    fits = clock_;
  }
  if (fits == 0) return false;
  std::int64_t misfits = total - fits;
  if (plan.kind != Kind::time && day_first_only_ + month_first_only_ + either_order_ > 0) {
    plan.day_first = day_first_only_ > month_first_only_;
    misfits += std::min(day_first_only_, month_first_only_);
    if (day_first_only_ == 0 && month_first_only_ == 0 && either_order_ > same_parts_) {
      std::string why;
      if (hints.day_first) {
        plan.day_first = *hints.day_first;
        why = "like the file's other dates";
      } else if (either_order_ > 1 && second_is_one_ == either_order_ &&
                 first_is_one_ < either_order_) {
        plan.day_first = false;
        why = "since the second number is always 1";
      } else if (twelve_hours_ > 0) {
        plan.day_first = false;
        why = "since times are written with AM and PM";
      } else {
        plan.day_first = true;
        if (first_is_one_ == either_order_ && second_is_one_ < either_order_) {
          why = "since the first number is always 1";
        }
      }
      plan.note = fmt::format("day and month can not be told apart; read as {} first{}{}",
                              plan.day_first ? "day" : "month", why.empty() ? "" : ", ", why);
    }
  }
  if (misfits > allowed) return false;
  switch (plan.kind) {
    case Kind::date:
      plan.type = "DATE";
      break;
    case Kind::timestamp:
      plan.type = "TIMESTAMP";
      break;
    case Kind::timestamp_zone:
      plan.type = "TIMESTAMP WITH TIME ZONE";
      break;
    default:
      plan.type = "TIME";
  }
  plan.misfits = misfits;
  plan.castable = iso_ >= fits && order_counts_[1] + order_counts_[2] + order_counts_[3] == 0;
  plan.direct = misfits == 0 && iso_ == total;
  return true;
}

ColumnPlan ColumnEvidence::decide(const FileHints& hints) const {
  const auto total = filled();
  const auto allowed = allowed_misfits(total);
  const auto describe = [&](ColumnPlan plan, std::string_view what) {
    plan.values = total - plan.misfits;
    const double share =
        total == 0 ? 100.0 : 100.0 * static_cast<double>(plan.values) / static_cast<double>(total);
    plan.evidence = plan.misfits == 0
                        ? fmt::format("all {} values are {}", text::grouped(total), what)
                        : fmt::format("{:.2f} % of {} values are {}; {} quarantined", share,
                                      text::grouped(total), what, text::grouped(plan.misfits));
    return plan;
  };
  const auto as_text = [&](std::string evidence) {
    ColumnPlan plan;
    plan.values = total + missing_;
    plan.evidence = std::move(evidence);
    return plan;
  };
  if (total == 0) return as_text("no values");

  if (ColumnPlan plan; total - boolean_ <= allowed && boolean_ > 0) {
    plan.kind = Kind::boolean;
    plan.type = "BOOLEAN";
    plan.misfits = total - boolean_;
    plan.direct = plan.misfits == 0;
    return describe(plan, "true or false");
  }
  if (ColumnPlan plan; decide_number(hints, allowed, plan)) {
    std::string what = plan.kind == Kind::integer ? "whole numbers" : "numbers";
    if (plan.mark == DecimalMark::comma) what += " with a decimal comma";
    if (!plan.currency.empty()) what += " in " + plan.currency;
    if (plan.percent) what += " in percent";
    return describe(plan, what);
  }
  if (ColumnPlan plan; decide_time(hints, allowed, plan)) {
    static constexpr std::string_view kForms[] = {"yyyy-mm-dd", "", "day month-name year",
                                                  "month-name day year"};
    const auto commonest =
        static_cast<std::size_t>(std::ranges::max_element(order_counts_) - order_counts_.begin());
    std::string form(kForms[commonest]);
    if (commonest == 1) form = plan.day_first ? "dd/mm/yyyy" : "mm/dd/yyyy";
    switch (plan.kind) {
      case Kind::time:
        return describe(plan, "times of day");
      case Kind::timestamp_zone:
        return describe(plan, "times with a zone");
      case Kind::timestamp:
        return describe(plan, "dates with times, " + form);
      default:
        return describe(plan, "dates " + form);
    }
  }
  if (padded_ > 0 && padded_ + integer_ == total) {
    return as_text("whole numbers with leading zeros, kept as text");
  }
  const auto numbers = integer_ + padded_ + decimal_ + exponent_ + styled_;
  const auto times = date_ + stamp_ + stamp_zone_ + clock_;
  if (numbers + times + boolean_ == 0) return as_text("text");
  if (date_ + stamp_ == total && std::min(day_first_only_, month_first_only_) > 0) {
    return as_text(fmt::format("dates in two orders ({} day first, {} month first); kept as text",
                               text::grouped(day_first_only_), text::grouped(month_first_only_)));
  }
  if (text_ > kCertainText) return as_text("text, also with cells that look otherwise");
  return as_text(fmt::format("mixed: {} texts, {} numbers, {} dates or times; kept as text",
                             text::grouped(text_ + boolean_), text::grouped(numbers),
                             text::grouped(times)));
}

}  // namespace sextant::formats

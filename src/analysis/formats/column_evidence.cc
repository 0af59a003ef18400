#include "analysis/formats/column_evidence.h"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/formats/exact_double.h"
#include "analysis/formats/plain_cell.h"
#include "base/text.h"

namespace sextant::formats {
namespace {

constexpr int kExactScale = 4;                      // fractions up to this many digits are DECIMAL
constexpr int kDoubleDigits = 15;                   // significant digits that every double keeps
constexpr std::int64_t kDoubleInteger = 1ll << 53;  // whole numbers up to here are doubles

bool fits_bigint(std::string_view digits, bool negative) {
  if (digits.size() != 19) return digits.size() < 19;
  return digits <= (negative ? "9223372036854775808" : "9223372036854775807");
}

std::int64_t allowed_misfits(std::int64_t total) {
  if (total < 100) return 0;
  return std::min<std::int64_t>(1000, std::max<std::int64_t>(1, total / 200));
}

}  // namespace

bool is_missing_word(std::string_view cell) {
  const auto s = text::trim(cell);
  if (s.size() > 7) return false;
  if (s.empty()) return true;
  switch (s.front()) {
    case 'n':
    case 'N':
    case '#':
    case '-':
    case '.':
    case '\\':
    case '<':
    case '\xE2':
      break;
    default:
      return false;
  }
  static constexpr auto kWords = std::to_array<std::string_view>(
      {"na", "n/a", "n.a.", "null", "nan", "none", "nil", "#n/a", "#na", "-", "--", "---", ".",
       "\\n", "<na>", "\xE2\x80\x93", "\xE2\x80\x94", "#null!"});
  const auto lower = text::lower_ascii(s);
  return std::ranges::find(kWords, lower) != kWords.end();
}

void ColumnEvidence::Extent::take(int integers, int fraction) {
  integer_digits = std::max(integer_digits, integers);
  scale = std::max(scale, fraction);
}

void ColumnEvidence::Extent::take(const NumberExtent& extent) {
  if (extent.valid) take(extent.integer_digits, extent.scale);
}

void ColumnEvidence::Extent::merge(const Extent& other) {
  integer_digits = std::max(integer_digits, other.integer_digits);
  scale = std::max(scale, other.scale);
}

std::int64_t ColumnEvidence::filled() const {
  return text_ + boolean_ + integer_ + padded_ + decimal_ + exponent_ + styled_ + date_ + stamp_ +
         stamp_zone_ + clock_;
}

bool ColumnEvidence::all_values_are_years() const {
  return integer_ > 0 && integer_ == filled() && smallest_ >= 1800 && largest_ <= 2200;
}

// The commonest cell: up to 18 digits, perhaps a minus, no leading zero.
bool ColumnEvidence::add_plain_integer(std::string_view cell) {
  const char* p = cell.data();
  const char* end = p + cell.size();
  const bool negative = *p == '-';
  if (negative) ++p;
  const auto digits = end - p;
  if (digits < 1 || digits > 18 || (*p == '0' && digits > 1)) return false;
  std::int64_t value = 0;
  for (; p < end; ++p) {
    const auto digit = static_cast<unsigned char>(*p - '0');
    if (digit > 9) return false;
    value = value * 10 + digit;
  }
  if (negative) value = -value;
  ++integer_;
  smallest_ = std::min(smallest_, value);
  largest_ = std::max(largest_, value);
  const int count = static_cast<int>(digits);
  dot_.take(count, 0);
  return true;
}

void ColumnEvidence::add_missing(std::string_view cell) {
  ++missing_;
  const auto found = missing_words_.find(std::string(cell));
  if (found != missing_words_.end())
    ++found->second;
  else if (missing_words_.size() < 32)
    missing_words_.emplace(cell, 1);
}

void ColumnEvidence::add_slow(std::string_view cell) {
  if (cell[0] == '+') {
    if (const auto plain = parse_plain(cell); plain && is_dialled(*plain)) {
      ++text_;
      return;
    }
  }
  if (add_plain_number(cell)) return;
  if (!words_ && is_missing_word(cell)) return add_missing(cell);
  if (parse_boolean(cell)) {
    ++boolean_;
    return;
  }
  if (cell.size() <= 64 && (add_time(cell) || add_styled(cell))) return;
  ++text_;
}

bool ColumnEvidence::add_plain_number(std::string_view cell) {
  if (cell.size() > 400) return false;
  const auto n = parse_plain(cell);
  if (!n) return false;
  if ((n->exponent || n->point) && n->integer_digits + n->scale > kDoubleDigits &&
      !beyond_double_) {
    beyond_double_ = !double_keeps(cell);
  }
  if (n->exponent) {
    ++exponent_;
    if (n->point) ++proven_dot_;
    dot_.take(n->integer_digits, n->scale);
    return true;
  }
  if (n->point) {
    ++decimal_;
    const bool open = n->scale == 3 && n->integer_digits >= 1 && n->integer_digits <= 3 &&
                      cell[n->sign ? 1 : 0] != '0';
    if (open) {
      ++open_dot_;
      comma_.take(n->integer_digits + 3, 0);
    } else {
      ++proven_dot_;
    }
    dot_.take(n->integer_digits, n->scale);
    if (n->plus || n->integer_digits == 0 || n->scale == 0) ++styled_, --decimal_;
    return true;
  }
  if (n->padded) {
    ++padded_;
    dot_.take(n->integer_digits, 0);
    return true;
  }
  const auto digits = cell.substr(n->sign ? 1 : 0);
  if (!fits_bigint(digits, cell[0] == '-'))
    beyond_bigint_ = true;
  else if (digits.size() <= 18)
    smallest_ = std::min<std::int64_t>(smallest_, 0);
  if (n->plus)
    ++styled_;
  else
    ++integer_;
  dot_.take(n->integer_digits, 0);
  return true;
}

bool ColumnEvidence::add_time(std::string_view cell) {
  const auto time = parse_cell_time(cell);
  if (!time) return false;
  if (time->iso) ++iso_;
  if (time->order == DateOrder::none) {
    ++clock_;
    return true;
  }
  if (!time->has_time)
    ++date_;
  else if (time->zone == Zone::offset)
    ++stamp_zone_;
  else
    ++stamp_;
  ++order_counts_[static_cast<std::size_t>(time->order) - 1];
  if (time->order == DateOrder::numeric) {
    ++separators_[time->separator];
    const bool day_first = fits_order(*time, true);
    const bool month_first = fits_order(*time, false);
    if (day_first && month_first) {
      ++either_order_;
      if (time->first == time->second) ++same_parts_;
    } else if (day_first) {
      ++day_first_only_;
    } else {
      ++month_first_only_;
    }
    if (time->twelve_hours) ++twelve_hours_;
    if (time->first == 1) ++first_is_one_;
    if (time->second == 1) ++second_is_one_;
  }
  return true;
}

bool ColumnEvidence::add_styled(std::string_view cell) {
  const auto number = parse_styled_number(cell);
  if (!number) return false;
  ++styled_;
  if (number->percent) ++percent_;
  if (!number->currency.empty()) ++currencies_[std::string(currency_code(number->currency))];
  switch (number->proves()) {
    case DecimalMark::dot:
      ++proven_dot_;
      break;
    case DecimalMark::comma:
      ++proven_comma_;
      break;
    case DecimalMark::unknown:
      if (cell.find(',') != cell.npos)
        ++open_comma_;
      else if (cell.find('.') != cell.npos)
        ++open_dot_;
  }
  dot_.take(number->as_dot);
  comma_.take(number->as_comma);
  if (std::max(number->as_dot.integer_digits, number->as_comma.integer_digits) >= 19) {
    beyond_bigint_ = true;
  }
  for (const auto* extent : {&number->as_dot, &number->as_comma}) {
    if (extent->valid && extent->integer_digits + extent->scale > kDoubleDigits)
      beyond_double_ = true;
  }
  return true;
}

void ColumnEvidence::merge(const ColumnEvidence& o) {
  empty_ += o.empty_;
  missing_ += o.missing_;
  for (const auto& [word, count] : o.missing_words_) missing_words_[word] += count;
  text_ += o.text_;
  boolean_ += o.boolean_;
  integer_ += o.integer_;
  padded_ += o.padded_;
  decimal_ += o.decimal_;
  exponent_ += o.exponent_;
  styled_ += o.styled_;
  proven_dot_ += o.proven_dot_;
  proven_comma_ += o.proven_comma_;
  open_comma_ += o.open_comma_;
  open_dot_ += o.open_dot_;
  percent_ += o.percent_;
  for (const auto& [code, count] : o.currencies_) currencies_[code] += count;
  beyond_bigint_ = beyond_bigint_ || o.beyond_bigint_;
  beyond_double_ = beyond_double_ || o.beyond_double_;
  smallest_ = std::min(smallest_, o.smallest_);
  largest_ = std::max(largest_, o.largest_);
  dot_.merge(o.dot_);
  comma_.merge(o.comma_);
  date_ += o.date_;
  stamp_ += o.stamp_;
  stamp_zone_ += o.stamp_zone_;
  clock_ += o.clock_;
  iso_ += o.iso_;
  day_first_only_ += o.day_first_only_;
  month_first_only_ += o.month_first_only_;
  either_order_ += o.either_order_;
  first_is_one_ += o.first_is_one_;
  second_is_one_ += o.second_is_one_;
  same_parts_ += o.same_parts_;
  twelve_hours_ += o.twelve_hours_;
  for (std::size_t i = 0; i < order_counts_.size(); ++i) order_counts_[i] += o.order_counts_[i];
  for (const auto& [separator, count] : o.separators_) separators_[separator] += count;
}

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
  // they are stray.
  if (numbers == 0 || padded_ > total / 1000) return false;
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
  if (text_ > kCertainText) return as_text("text, also with cells that look otherwise");
  return as_text(fmt::format("mixed: {} texts, {} numbers, {} dates or times; kept as text",
                             text::grouped(text_ + boolean_), text::grouped(numbers),
                             text::grouped(times)));
}

}  // namespace sextant::formats

#include "analysis/formats/column_evidence.h"

#include <algorithm>

#include "analysis/formats/exact_double.h"
#include "analysis/formats/plain_cell.h"
#include "base/text.h"

namespace sextant::formats {
namespace {

constexpr int kDoubleDigits = 15;  // significant digits that every double keeps

bool fits_bigint(std::string_view digits, bool negative) {
  if (digits.size() != 19) return digits.size() < 19;
  return digits <= (negative ? "9223372036854775808" : "9223372036854775807");
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

// Whole numbers of one length, some with leading zeros.
bool ColumnEvidence::are_codes() const {
  return padded_ > 0 && padded_ + integer_ == filled() && smallest_ > 0 &&
         static_cast<int>(std::to_string(smallest_).size()) == dot_.integer_digits;
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

}  // namespace sextant::formats

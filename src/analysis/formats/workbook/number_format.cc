#include "analysis/formats/workbook/number_format.h"

#include <cmath>

#include "analysis/formats/cell_number.h"
#include "base/text.h"

namespace sextant::formats::workbook {
namespace {

// One pass over the first section of a format code.
class Classifier {
 public:
  explicit Classifier(std::string_view code) : code_(code) {}

  NumberFormat run() {
    if (text::lower_ascii(code_).starts_with("general")) return {};
    while (i_ < code_.size() && code_[i_] != ';') step();
    const bool more_sections = i_ < code_.size();
    take_literal();
    NumberFormat out;
    const bool date = year_ || day_ || (month_ && !hour_ && !second_);
    if (duration_) {
      out.kind = FormatClass::duration;
    } else if (date) {
      out.kind = FormatClass::date;
    } else if (hour_ || second_) {
      out.kind = FormatClass::time;
    } else if (percent_) {
      out.kind = FormatClass::percent;
    } else if (!currency_.empty()) {
      out.kind = FormatClass::currency;
      out.currency = currency_;
    } else if (zeros_ >= 2 && only_code_ && !more_sections) {
      out.kind = FormatClass::code;
      out.pattern = pattern_;
    }
    return out;
  }

 private:
  void literal(std::string_view s) {
    literal_ += s;
    pattern_ += s;
  }
  void take_literal() {
    const auto code = currency_code(text::trim(literal_));
    if (!code.empty()) currency_ = code;
    literal_.clear();
  }

  void bracket() {
    const auto end = code_.find(']', i_);
    const auto inner =
        text::lower_ascii(code_.substr(i_ + 1, end == code_.npos ? code_.npos : end - i_ - 1));
    const auto shown = code_.substr(i_ + 1, end == code_.npos ? code_.npos : end - i_ - 1);
    i_ = end == code_.npos ? code_.size() : end + 1;
    if (inner.starts_with('$')) {
      const auto sign = shown.substr(1, shown.rfind('-') == shown.npos || shown.rfind('-') == 0
                                            ? shown.npos
                                            : shown.rfind('-') - 1);
      if (!sign.empty()) {
        const auto code = currency_code(text::trim(sign));
        if (!code.empty()) currency_ = code;
        only_code_ = false;
      }
      return;
    }
    if (!inner.empty() && inner.find_first_not_of(inner[0]) == inner.npos &&
        (inner[0] == 'h' || inner[0] == 'm' || inner[0] == 's')) {
      duration_ = true;
    }
    only_code_ =
        only_code_ && !inner.empty() && inner[0] != '<' && inner[0] != '>' && inner[0] != '=';
  }

  void step() {
    const char c = code_[i_];
    if (c == '"') {
      const auto end = code_.find('"', i_ + 1);
      literal(code_.substr(i_ + 1, end == code_.npos ? code_.npos : end - i_ - 1));
      i_ = end == code_.npos ? code_.size() : end + 1;
      return;
    }
    if (c == '\\') {
      if (i_ + 1 < code_.size()) literal(code_.substr(i_ + 1, 1));
      i_ += 2;
      if (i_ > code_.size()) i_ = code_.size();
      return;
    }
    if (c == '[') {
      take_literal();
      bracket();
      return;
    }
    if (c == '_' || c == '*') {
      take_literal();
      i_ = std::min(i_ + 2, code_.size());
      return;
    }
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || c == '$') {
      literal(code_.substr(i_, 1));
      only_code_ = false;
      ++i_;
      return;
    }
    const auto rest = text::lower_ascii(code_.substr(i_, 5));
    take_literal();
    if (rest.starts_with("am/pm") || rest.starts_with("a/p")) {
      hour_ = true;
      i_ += rest.starts_with("am/pm") ? 5 : 3;
      return;
    }
    ++i_;
    switch (rest[0]) {
      case 'y':
      case 'b':
      case 'g':
        year_ = year_ || rest[0] == 'y';
        return;
      case 'm':
        month_ = true;
        return;
      case 'd':
        day_ = true;
        return;
      case 'h':
        hour_ = true;
        return;
      case 's':
        second_ = true;
        return;
      case 'e':
        if (!rest.starts_with("e+") && !rest.starts_with("e-")) year_ = true;
        only_code_ = false;
        return;
      case '%':
        percent_ = true;
        return;
      case '0':
        ++zeros_;
        pattern_.push_back('0');
        return;
      case '-':
      case ' ':
      case '(':
      case ')':
      case '/':
        pattern_.push_back(c);
        return;
      default:
        only_code_ = false;
    }
  }

  std::string_view code_;
  std::size_t i_ = 0;
  std::string literal_;
  std::string pattern_;
  std::string currency_;
  int zeros_ = 0;
  bool year_ = false, month_ = false, day_ = false, hour_ = false, second_ = false;
  bool duration_ = false, percent_ = false, only_code_ = true;
};

}  // namespace

NumberFormat classify_format(std::string_view code) {
  return Classifier(code.substr(0, 1024)).run();
}

NumberFormat builtin_format(int id) {
  NumberFormat out;
  if (id == 9 || id == 10) {
    out.kind = FormatClass::percent;
  } else if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
             (id >= 50 && id <= 54) || id == 57 || id == 58 || (id >= 71 && id <= 74) || id == 77) {
    out.kind = FormatClass::date;
  } else if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 || id == 47 || id == 55 ||
             id == 56 || id == 75 || id == 76 || id == 78 || id == 80) {
    out.kind = FormatClass::time;
  } else if (id == 46 || id == 79) {
    out.kind = FormatClass::duration;
  }
  return out;
}

std::string shown_code(const NumberFormat& format, double value) {
  if (value < 0 || value > 9e15 || value != std::floor(value)) return {};
  auto digits = std::to_string(static_cast<std::int64_t>(value));
  std::string out;
  std::size_t zeros = 0;
  for (const char c : format.pattern) zeros += c == '0' ? 1 : 0;
  if (digits.size() < zeros) digits.insert(0, zeros - digits.size(), '0');
  std::size_t next = 0;
  bool first = true;
  for (const char c : format.pattern) {
    if (c != '0') {
      out.push_back(c);
      continue;
    }
    // The first place takes all digits that are too many.
    const auto take = first ? digits.size() - zeros + 1 : 1;
    out.append(digits, next, take);
    next += take;
    first = false;
  }
  return out;
}

}  // namespace sextant::formats::workbook

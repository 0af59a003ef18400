#include "analysis/ask/traces.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>

#include "analysis/insight/prose.h"
#include "base/json.h"

namespace sextant::ask {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool has_digit(std::string_view text) { return std::ranges::any_of(text, is_digit); }

// The bytes of a text that are accounted for.
class Cover {
 public:
  explicit Cover(std::string_view text) : text_(text), covered_(text.size(), false) {}

  // Every place where the phrase stands whole, not within a longer number.
  void add(std::string_view phrase) {
    if (!has_digit(phrase)) return;
    for (std::size_t at = 0; (at = text_.find(phrase, at)) != std::string_view::npos; ++at) {
      const std::size_t end = at + phrase.size();
      const bool cut = (is_digit(phrase.front()) && at > 0 && is_digit(text_[at - 1])) ||
                       (is_digit(phrase.back()) && end < text_.size() && is_digit(text_[end]));
      if (cut) continue;
      std::fill(covered_.begin() + static_cast<std::ptrdiff_t>(at),
                covered_.begin() + static_cast<std::ptrdiff_t>(end), true);
    }
  }

  // Every place where these words stand, however they are joined: "population_2010_census" in
  // "population (2010 census)".
  void add_words(std::string_view words) {
    if (!has_digit(words)) return;
    const Spoken text(text_), wanted(words);
    for (std::size_t at = 0; (at = text.words.find(wanted.words, at)) != std::string::npos; ++at) {
      const auto first = static_cast<std::ptrdiff_t>(text.at[at]);
      const auto last = static_cast<std::ptrdiff_t>(text.at[at + wanted.words.size() - 1]);
      std::fill(covered_.begin() + first, covered_.begin() + last, true);
    }
  }

  std::vector<std::string> open_numbers() const {
    std::vector<std::string> numbers;
    for (std::size_t at = 0; at < text_.size(); ++at) {
      if (!is_digit(text_[at])) continue;
      std::size_t end = at;
      bool open = false;
      while (end < text_.size() &&
             (is_digit(text_[end]) || ((text_[end] == '.' || text_[end] == ',') &&
                                       end + 1 < text_.size() && is_digit(text_[end + 1])))) {
        open = open || (is_digit(text_[end]) && !covered_[end]);
        ++end;
      }
      if (open) numbers.emplace_back(text_.substr(at, end - at));
      at = end;
    }
    return numbers;
  }

 private:
  // The words of a text in small letters, a blank before and after each, and where each byte
  // stands.
  struct Spoken {
    explicit Spoken(std::string_view text) {
      const auto add = [&](char c, std::size_t i) {
        words.push_back(c);
        at.push_back(i);
      };
      add(' ', 0);
      for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        const bool part = std::isalnum(c) || c >= 0x80;
        if (part) {
          add(static_cast<char>(std::tolower(c)), i);
        } else if (words.back() != ' ') {
          add(' ', i);
        }
      }
      if (words.back() != ' ') add(' ', text.size());
    }
    std::string words;
    std::vector<std::size_t> at;
  };

  std::string_view text_;
  std::vector<bool> covered_;
};

// The number that a formatted figure says, and half a unit of its last digit.
struct Written {
  double value = 0;
  double half_unit = 0;
};
std::optional<Written> read_number(std::string_view text) {
  std::string digits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_digit(c) || c == '.') {
      digits += c;
    } else if ((c == '-' || c == '+') && digits.empty()) {
      digits = c == '-' ? "-" : "";
    } else if (c == 'e' && !digits.empty()) {
      const double value = std::strtod((digits + std::string(text.substr(i))).c_str(), nullptr);
      return Written{value, 0.006 * std::abs(value)};
    } else if (c != ',' && !digits.empty() && digits != "-") {
      break;
    }
  }
  if (!has_digit(digits)) return std::nullopt;
  const double value = std::strtod(digits.c_str(), nullptr);
  const std::size_t point = digits.find('.');
  const double places =
      point == std::string::npos ? 0 : static_cast<double>(digits.size() - point - 1);
  double half_unit = 0.5 * std::pow(10, -places);
  if (std::abs(value) < 1 && value != 0) half_unit = std::max(half_unit, 0.006 * std::abs(value));
  return Written{value, half_unit};
}

// Whether the cell that a trace names is there and says what the trace says.
bool holds(const catalog::Answer& answer, const catalog::NumberTrace& trace) {
  if (!trace.row) return trace.derivation && !trace.derivation->empty();
  if (!trace.column || *trace.row < 0 ||
      *trace.row >= static_cast<std::int64_t>(answer.rows.size())) {
    return false;
  }
  const auto& cells = answer.rows[static_cast<std::size_t>(*trace.row)].as_array();
  for (std::size_t c = 0; c < answer.columns.size() && c < cells.size(); ++c) {
    if (answer.columns[c].name != *trace.column) continue;
    const auto number = insight::cell_number(cells[c]);
    const auto written = read_number(trace.text);
    if (!number || !written) return true;  // a label with digits
    return std::abs(*number - written->value) <=
           written->half_unit * (1 + 1e-9) + 1e-9 * std::abs(*number);
  }
  return false;
}

// The names and values that a reading speaks of.
void add_names(const json::Value& reading, Cover& cover) {
  if (reading.is_string()) {
    cover.add_words(reading.get_string());
  } else if (const auto* list = reading.if_array()) {
    for (const auto& item : *list) add_names(item, cover);
  } else if (const auto* object = reading.if_object()) {
    for (const auto& member : *object) add_names(member.value(), cover);
  }
}

void add_labels(const catalog::Answer& answer, Cover& cover) {
  static const std::optional<std::string> kGrains[] = {std::nullopt, "week", "month", "quarter",
                                                       "year"};
  for (const auto& column : answer.columns) cover.add_words(column.name);
  for (const auto& row : answer.rows) {
    const auto& cells = row.as_array();
    for (const auto& cell : cells) {
      if (cell.is_string()) {
        const std::string_view text = cell.get_string();
        if (insight::cell_number(cell)) continue;  // a figure needs its trace
        cover.add(text);
        if (text.size() >= 10 && text[4] == '-' && text[7] == '-') {
          for (const auto& grain : kGrains) cover.add(insight::format_date(text, grain));
        }
      } else if (cell.is_array() || cell.is_object()) {
        cover.add(json::dump(cell));
      }
    }
  }
}

}  // namespace

std::vector<std::string> untraced_numbers(const catalog::Answer& answer) {
  std::vector<std::string> faults;
  if (answer.status != catalog::AnswerStatus::answered) return faults;
  const auto check = [&](const std::string& text) {
    Cover cover(text);
    if (answer.receipt) {
      for (const auto& trace : answer.receipt->numbers) cover.add(trace.text);
      for (const auto& words : answer.receipt->filters) cover.add(words);
    }
    if (answer.reading) {
      cover.add(answer.reading->sentence);
      add_names(answer.reading->logical, cover);
      for (const auto& chip : answer.reading->chips) {
        cover.add(chip.label);
        cover.add(chip.value);
      }
    }
    add_labels(answer, cover);
    for (auto& number : cover.open_numbers()) faults.push_back(std::move(number));
  };
  check(answer.response);
  for (const auto& insight : answer.insights) check(insight);
  if (answer.receipt) {
    for (const auto& trace : answer.receipt->numbers) {
      if (!holds(answer, trace)) faults.push_back(trace.text + " (its cell says otherwise)");
    }
  }
  return faults;
}

}  // namespace sextant::ask

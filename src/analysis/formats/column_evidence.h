#pragma once
// What all cells of one column look like, gathered in one pass, and the type that follows from it.
//
// Every cell is looked at. A type is chosen when all cells fit it, or all but at most 0.5 % (never
// more than 1,000 cells): those are misfits and go to the quarantine. Else the column is text,
// which everything fits. Types: BOOLEAN, BIGINT, HUGEINT, DECIMAL(p,s), DOUBLE, DATE, TIMESTAMP,
// TIMESTAMP WITH TIME ZONE, TIME, VARCHAR. Exactness: fractions with up to 4 digits become DECIMAL;
// no number is stored in a type that can not hold all its digits. Thread-safety: one ColumnEvidence
// per thread and column; merge() brings them together.

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "analysis/formats/cell_number.h"
#include "analysis/formats/cell_time.h"
#include "catalog/load_plan.h"

namespace sextant::formats {

enum class Kind : std::uint8_t {
  text,
  boolean,
  integer,
  decimal,  // also fractions stored as DOUBLE
  date,
  timestamp,
  timestamp_zone,
  time,
};

// Cells that mean "no value" in one column, as its user listed them.
using MissingWords = std::set<std::string, std::less<>>;

// How one column is read. `direct`: the engine reads the cells as they stand; else each cell is
// rewritten by append_canonical first.
struct ColumnPlan {
  Kind kind = Kind::text;
  std::string type = "VARCHAR";
  bool direct = true;
  bool castable = true;  // direct but for the misfits, which the engine's TRY_CAST turns into NULL
  DecimalMark mark = DecimalMark::dot;
  bool day_first = false;
  std::string currency;  // ISO code that the cells carry; empty: none
  bool percent = false;
  std::int64_t values = 0;   // cells that will not be NULL
  std::int64_t misfits = 0;  // cells for the quarantine
  std::string evidence;      // sentence for the report
  std::string note;          // something assumed that the user should know; empty: nothing

  // What its user chose instead of what the cells say (chosen_column.cc).
  bool chosen = false;
  std::string date_format;                      // of strptime; empty: as people write dates
  std::shared_ptr<const MissingWords> missing;  // none: the usual words
};

// What the other columns of a file say where one column is ambiguous.
struct FileHints {
  DecimalMark mark = DecimalMark::unknown;
  std::optional<bool> day_first;
};

// Words that mean "no value" in a column of numbers or dates: NA, N/A, null, -, none, …
bool is_missing_word(std::string_view cell);

class ColumnEvidence {
 public:
  void add(std::string_view cell) {
    if (cell.empty()) {
      ++empty_;
      return;
    }
    if (words_) {
      if (words_->contains(cell)) return add_missing(cell);
    } else if (text_ > kCertainText && cell.size() <= kLongestMissing && is_missing_word(cell)) {
      return add_missing(cell);  // text looks for words that a null list would eat
    }
    if (text_ > kCertainText) {  // can only be text
      ++text_;
      return;
    }
    if (add_plain_integer(cell)) return;
    add_slow(cell);
  }

  // A cell known to be text whatever it looks like (a string in JSON).
  void add_text() { ++text_; }

  void merge(const ColumnEvidence& other);

  // Signs for the other columns of the file.
  void vote(FileHints& hints) const;

  ColumnPlan decide(const FileHints& hints) const;
  // The same under what the user chose; null: nothing.
  ColumnPlan decide(const FileHints& hints, const catalog::ColumnChoice* choice) const;

  // Before the first cell: the words that mean "no value", instead of the usual ones; null: those.
  void set_missing(std::shared_ptr<const MissingWords> words) { words_ = std::move(words); }

  std::int64_t cells() const { return empty_ + missing_ + filled(); }
  std::int64_t filled() const;  // neither empty nor a missing word
  std::int64_t missing() const { return missing_; }
  std::int64_t empty() const { return empty_; }
  const std::map<std::string, std::int64_t>& missing_words() const { return missing_words_; }
  bool all_values_are_years() const;

 private:
  static constexpr std::int64_t kCertainText = 1000;
  static constexpr std::size_t kLongestMissing = 9;

  struct Extent {
    int integer_digits = 0;
    int scale = 0;
    void take(int integers, int fraction);
    void take(const NumberExtent& extent);
    void merge(const Extent& other);
  };

  bool are_codes() const;
  bool add_plain_integer(std::string_view cell);
  void add_slow(std::string_view cell);
  bool add_plain_number(std::string_view cell);
  bool add_time(std::string_view cell);
  bool add_styled(std::string_view cell);
  void add_missing(std::string_view cell);

  bool decide_number(const FileHints& hints, std::int64_t allowed, ColumnPlan& plan) const;
  bool decide_time(const FileHints& hints, std::int64_t allowed, ColumnPlan& plan) const;
  void choose_number(const FileHints& hints, const catalog::ColumnChoice& choice,
                     ColumnPlan& plan) const;

  std::shared_ptr<const MissingWords> words_;
  std::int64_t empty_ = 0;
  std::int64_t missing_ = 0;
  std::map<std::string, std::int64_t> missing_words_;  // at most 32 spellings
  std::int64_t text_ = 0;
  std::int64_t boolean_ = 0;

  // Numbers. `proven_*`: cells that allow only that decimal mark.
  std::int64_t integer_ = 0;
  std::int64_t padded_ = 0;  // 007
  std::int64_t decimal_ = 0;
  std::int64_t exponent_ = 0;
  bool beyond_double_ = false;  // a fraction whose digits a double would not keep
  std::int64_t styled_ = 0;     // separators, signs or units: must be rewritten
  std::int64_t proven_dot_ = 0;
  std::int64_t proven_comma_ = 0;
  std::int64_t open_comma_ = 0;  // 1,234: either mark
  std::int64_t open_dot_ = 0;    // 1.234
  std::int64_t percent_ = 0;
  std::map<std::string, std::int64_t> currencies_;
  bool beyond_bigint_ = false;
  std::int64_t smallest_ = INT64_MAX;
  std::int64_t largest_ = INT64_MIN;
  Extent dot_;
  Extent comma_;

  // Dates and times.
  std::int64_t date_ = 0;
  std::int64_t stamp_ = 0;
  std::int64_t stamp_zone_ = 0;
  std::int64_t clock_ = 0;
  std::int64_t iso_ = 0;  // of all four: read by the engine as they stand
  std::int64_t day_first_only_ = 0;
  std::int64_t month_first_only_ = 0;
  std::int64_t either_order_ = 0;
  std::int64_t first_is_one_ = 0;  // of the numeric dates
  std::int64_t second_is_one_ = 0;
  std::int64_t twelve_hours_ = 0;               // with AM or PM
  std::int64_t same_parts_ = 0;                 // 03/03/2025: the order does not matter
  std::array<std::int64_t, 4> order_counts_{};  // year_first, numeric, day_name, name_day
  std::map<char, std::int64_t> separators_;
};

// Writes the cell as the engine reads the plan's type, or nothing for an empty cell or a missing
// word. False: the cell is a misfit (nothing is written).
bool append_canonical(std::string& out, std::string_view cell, const ColumnPlan& plan);

// The same for a column whose type was chosen.
bool append_chosen(std::string& out, std::string_view cell, const ColumnPlan& plan);

// The words of a choice; null when it names none.
std::shared_ptr<const MissingWords> missing_words_of(const catalog::ColumnChoice* choice);

// Why a cell does not fit, in words: "not a whole number".
std::string misfit_reason(const ColumnPlan& plan);

}  // namespace sextant::formats

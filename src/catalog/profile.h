#pragma once
// What a table looks like: one profile per column, computed on all rows after publishing.

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sextant::catalog {

// What the values mean, beyond their storage type. Decides what may be summed.
enum class SemanticType {
  amount,      // money that adds up
  quantity,    // count or measure that adds up
  price,       // money per unit: averaged, not summed
  share,       // ratio or percentage: averaged, not summed
  measure,     // other number, averaged by default (temperature, score, age)
  identifier,  // names one row or thing
  code,        // short code or number used as a label (ZIP, SKU class)
  category,    // few distinct labels
  boolean,
  date,
  timestamp,
  year,
  month,
  country,
  region,
  city,
  latitude,
  longitude,
  person,
  name,  // name of a thing (product, title)
  email,
  phone,
  url,
  text,  // free text
  json,
  unknown,
};
BOOST_DESCRIBE_ENUM(SemanticType, amount, quantity, price, share, measure, identifier, code,
                    category, boolean, date, timestamp, year, month, country, region, city,
                    latitude, longitude, person, name, email, phone, url, text, json, unknown)

struct ValueCount {
  std::string value;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(ValueCount, (), (value, count))

struct HistogramBin {
  double from = 0;  // inclusive
  double to = 0;    // exclusive, but inclusive in the last bin
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(HistogramBin, (), (from, to, count))

struct TimePoint {
  std::string t;  // ISO date of the period's first day
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(TimePoint, (), (t, count))

// How values of a text column are written: A for a capital, a for another letter, 9 for a digit,
// and every other character as itself.
struct ValuePattern {
  std::string pattern;  // "AA-9999"; with + a run of two or more: "Aa+ 9+"
  std::int64_t count = 0;
  std::string example;
};
BOOST_DESCRIBE_STRUCT(ValuePattern, (), (pattern, count, example))

// Values far beyond the middle half: more than three times its width away from it (Tukey, 1977).
struct Outliers {
  std::int64_t low = 0;
  std::int64_t high = 0;
  double from = 0;  // values from here
  double to = 0;    // to here are none
};
BOOST_DESCRIBE_STRUCT(Outliers, (), (low, high, from, to))

struct QualityReason {
  double cost = 0;  // how much of the score it took
  std::string words;
};
BOOST_DESCRIBE_STRUCT(QualityReason, (), (cost, words))

// 1: nothing to complain about; 0: of no use.
struct Quality {
  double score = 1;
  std::vector<QualityReason> reasons;  // the dearest first
};
BOOST_DESCRIBE_STRUCT(Quality, (), (score, reasons))

struct ColumnProfile {
  std::string name;
  std::string original_name;
  std::string type;  // DuckDB type
  SemanticType semantic_type = SemanticType::unknown;
  std::optional<std::string> unit;  // currency code or unit read from header or cells: EUR, %, kg
  std::int64_t rows = 0;
  std::int64_t nulls = 0;
  double null_ratio = 0;  // 0 … 1
  std::int64_t distinct = 0;
  bool distinct_is_exact = true;
  std::optional<std::string> min;  // as text, ISO for dates
  std::optional<std::string> max;
  std::optional<double> mean;
  std::optional<double> stddev;
  std::vector<double> quantiles;            // 5, 25, 50, 75, 95 % of a number column; else empty
  std::optional<bool> quantiles_are_exact;  // estimates when false; none in earlier versions
  std::vector<ValueCount> top;              // up to 10 most frequent values
  std::vector<HistogramBin> histogram;      // number columns
  std::optional<std::string> time_grain;    // day, week, month, quarter or year of `timeline`
  std::vector<TimePoint> timeline;          // rows per period, date and time columns
  std::vector<std::string> notes;           // e.g. "37 cells quarantined", "all values unique"
  std::vector<ValuePattern> patterns;  // up to 8 most frequent; text columns but for long texts
  std::int64_t pattern_count = 0;      // different ones
  std::optional<Outliers> outliers;    // number columns with a middle half
  std::int64_t padded = 0;             // values with blanks before or after them
  std::int64_t respelled =
      0;  // values that differ from a more frequent one in case or blanks alone
  std::optional<Quality> quality;  // none without rows, and in profiles of earlier versions
};
BOOST_DESCRIBE_STRUCT(ColumnProfile, (),
                      (name, original_name, type, semantic_type, unit, rows, nulls, null_ratio,
                       distinct, distinct_is_exact, min, max, mean, stddev, quantiles,
                       quantiles_are_exact, top, histogram, time_grain, timeline, notes, patterns,
                       pattern_count, outliers, padded, respelled, quality))

struct DuplicateRow {
  std::vector<std::optional<std::string>>
      values;  // of the table's first 12 columns; none: no value
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(DuplicateRow, (), (values, count))

// Rows that are the same in every column.
struct DuplicateRows {
  std::int64_t rows = 0;  // beyond the first of each
  std::int64_t groups = 0;
  std::vector<DuplicateRow> examples;  // up to 5, the most frequent
};
BOOST_DESCRIBE_STRUCT(DuplicateRows, (), (rows, groups, examples))

// Columns whose values together name one row.
struct CandidateKey {
  std::vector<std::string> columns;
  std::int64_t repeated = 0;  // rows that break it: 0, or few enough to look like mistakes
};
BOOST_DESCRIBE_STRUCT(CandidateKey, (), (columns, repeated))

struct TableProfile {
  std::string table;
  std::int64_t rows = 0;
  std::vector<ColumnProfile> columns;
  std::string sentence;  // "12,480 orders, Jan 2024 – Mar 2026, 14 columns"
  DuplicateRows duplicates;
  std::vector<CandidateKey> keys;  // those that hold first; at most 5, none a part of another
  std::optional<Quality> quality;  // none without rows, and in profiles of earlier versions
};
BOOST_DESCRIBE_STRUCT(TableProfile, (), (table, rows, columns, sentence, duplicates, keys, quality))

}  // namespace sextant::catalog

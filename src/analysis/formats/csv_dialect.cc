#include "analysis/formats/csv_dialect.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "analysis/formats/column_evidence.h"
#include "analysis/formats/csv_reader.h"
#include "base/text.h"

namespace sextant::formats {
namespace {

constexpr std::size_t kRows = 500;

using Row = std::vector<std::string>;

struct Delimiter {
  char character;
  double prior;  // how readily it is believed: a colon separates words and times too
};
constexpr auto kDelimiters = std::to_array<Delimiter>({{',', 1.0},
                                                       {';', 1.0},
                                                       {'\t', 1.0},
                                                       {'|', 1.0},
                                                       {'\x1f', 1.0},
                                                       {'\x01', 1.0},
                                                       {'^', 0.9},
                                                       {'~', 0.9},
                                                       {':', 0.6},
                                                       {' ', 0.55}});

struct Sampled {
  std::vector<Row> rows;  // without comments and blank lines
  std::int64_t irregular_quotes = 0;
  std::size_t cells = 0;
  std::size_t clean = 0;  // quoted, or without anything that separates elsewhere
};

Sampled read_rows(std::string_view sample, bool complete, const Dialect& dialect) {
  Sampled out;
  CsvReader reader(dialect, sample);
  Record record;
  while (out.rows.size() < kRows) {
    const auto more = reader.next(record);
    if (!more || !*more) break;
    const bool cut = !complete && record.end_offset >= static_cast<std::int64_t>(sample.size());
    if (cut && !out.rows.empty()) break;
    if (record.blank || record.comment) continue;
    out.rows.emplace_back(record.cells.begin(), record.cells.end());
    out.cells += record.cells.size();
    for (std::size_t i = 0; i < record.cells.size(); ++i) {
      if (record.quoted[i] || record.cells[i].find_first_of(",;\t|\"") == std::string_view::npos) {
        ++out.clean;
      }
    }
  }
  out.irregular_quotes = reader.irregular_quotes();
  return out;
}

// The commonest number of cells, ties to the larger.
std::size_t usual_width(const std::vector<Row>& rows) {
  std::map<std::size_t, std::size_t> counts;
  for (const auto& row : rows) ++counts[row.size()];
  std::size_t best = 1;
  std::size_t most = 0;
  for (const auto& [width, count] : counts) {
    if (count >= most) best = width, most = count;
  }
  return best;
}

double score(const Sampled& sampled, const Delimiter& delimiter) {
  const auto& rows = sampled.rows;
  if (rows.empty()) return 0;
  const auto width = usual_width(rows);
  if (width < 2) return 0;
  std::size_t consistent = 0;
  for (const auto& row : rows) {
    if (row.size() == width) ++consistent;
  }
  const auto n = static_cast<double>(rows.size());
  const double consistency = static_cast<double>(consistent) / n;
  const double cleanness = static_cast<double>(sampled.clean) / static_cast<double>(sampled.cells);
  const double columns = 1.0 - 1.0 / (static_cast<double>(width) + 1.0);
  const double quotes = 1.0 / (1.0 + static_cast<double>(sampled.irregular_quotes) / n);
  return delimiter.prior * consistency * consistency * columns * (0.3 + 0.7 * cleanness) * quotes;
}

std::size_t filled_cells(const Row& row) {
  return static_cast<std::size_t>(
      std::ranges::count_if(row, [](const auto& c) { return !text::trim(c).empty(); }));
}

// Rows above the header: narrower than the table, or with a single filled cell in a wide row.
std::size_t count_titles(const std::vector<Row>& rows, std::size_t width) {
  if (width < 2) return 0;
  std::size_t titles = 0;
  while (titles + 1 < rows.size() && titles < 50) {
    const auto& row = rows[titles];
    const bool narrow = row.size() * 2 <= width || (width <= 3 && row.size() == 1);
    const bool single =
        width >= 3 && filled_cells(row) <= 1 && filled_cells(rows[titles + 1]) * 2 >= width;
    if (!narrow && !single) break;
    ++titles;
  }
  // All narrow rows to the end of the sample: no table below, so no titles either.
  return titles + 1 >= rows.size() && titles > 0 && rows.back().size() != width ? 0 : titles;
}

bool looks_like_a_name(const std::string& cell) {
  const auto s = text::trim(cell);
  if (s.empty() || s.size() > 120) return false;
  ColumnEvidence evidence;
  evidence.add(s);
  return evidence.decide({}).kind == Kind::text && evidence.filled() == 1;
}

}  // namespace

bool is_header_row(const std::vector<Row>& rows, std::size_t first, std::size_t width) {
  if (first >= rows.size()) return false;
  const auto& row = rows[first];
  std::size_t names = 0;
  std::size_t numbers = 0;
  std::size_t years = 0;
  std::size_t missing = 0;
  std::set<std::string> different;
  for (const auto& cell : row) {
    const auto trimmed = std::string(text::trim(cell));
    if (trimmed.empty()) {
      ++missing;
      continue;
    }
    different.insert(trimmed);
    if (looks_like_a_name(cell)) {
      ++names;
      continue;
    }
    ++numbers;
    ColumnEvidence one;
    one.add(trimmed);
    if (one.all_values_are_years()) ++years;
  }
  if (names == 0) return false;
  const auto below = rows.size() - first - 1;
  if (below == 0) return numbers == 0 && missing == 0;
  // A typed column under a name is the strongest sign there is.
  std::size_t typed_under_name = 0;
  std::size_t named_like_value = 0;
  for (std::size_t c = 0; c < width && c < row.size(); ++c) {
    ColumnEvidence evidence;
    bool repeats = false;
    for (std::size_t r = first + 1; r < rows.size(); ++r) {
      if (c >= rows[r].size()) continue;
      evidence.add(rows[r][c]);
      repeats = repeats || (!row[c].empty() && rows[r][c] == row[c]);
    }
    const bool name = looks_like_a_name(row[c]);
    if (name && evidence.filled() > 0 && evidence.decide({}).kind != Kind::text) ++typed_under_name;
    if (name && repeats) ++named_like_value;
  }
  if (numbers > 0 && numbers != years) return typed_under_name > numbers;
  if (typed_under_name > 0) return true;
  if (named_like_value * 2 > names) return false;
  if (missing > 0 && missing >= names) return false;
  // All text. Names do not occur twice, and are short.
  if (different.size() < names) return false;
  return named_like_value == 0 &&
         std::ranges::none_of(row, [](const auto& c) { return c.size() > 80; });
}

bool names_values(const std::vector<Row>& rows, std::size_t row, std::size_t columns) {
  for (std::size_t c = 0; c < columns; ++c) {
    if (c >= rows[row].size() || rows[row][c].empty()) continue;
    ColumnEvidence own;
    own.add(rows[row][c]);
    ColumnEvidence below;
    for (auto r = row + 1; r < rows.size(); ++r) {
      if (c < rows[r].size()) below.add(rows[r][c]);
    }
    if (own.decide({}).kind == Kind::text && below.filled() > 0 &&
        below.decide({}).kind != Kind::text)
      return true;
  }
  return false;
}

Layout sniff_layout(std::string_view sample, bool complete, const LayoutWish& wish) {
  const auto wanted_delimiter = wish.delimiter;
  Layout layout;
  double best = 0;
  const bool has_single = sample.find('\'') != sample.npos;
  const bool has_double = sample.find('"') != sample.npos;
  const bool has_backslash = sample.find("\\\"") != sample.npos;
  const bool has_hash = sample.starts_with('#') || sample.find("\n#") != sample.npos;
  std::vector<Row> rows;
  const bool aligned = !wish.starts.empty();
  for (const auto& delimiter : kDelimiters) {
    if (aligned) break;
    if (wanted_delimiter && *wanted_delimiter != delimiter.character) continue;
    if (sample.find(delimiter.character) == sample.npos) continue;
    std::vector<Dialect> variants = {{.delimiter = delimiter.character}};
    if (has_double && has_backslash)
      variants.push_back({.delimiter = delimiter.character, .backslash = true});
    if (has_single && !has_double)
      variants.push_back({.delimiter = delimiter.character, .quote = '\''});
    if (has_double) variants.push_back({.delimiter = delimiter.character, .quote = 0});
    std::int64_t irregular = 1;  // of the first variant: the others are for what it can not read
    for (auto dialect : variants) {
      if (irregular == 0 && dialect.quote != '\'') continue;
      if (has_double && delimiter.character != '\t') {
        const std::string spaced = {delimiter.character, ' ', '"'};
        dialect.trim = delimiter.character != ' ' && sample.find(spaced) != sample.npos;
      }
      auto sampled = read_rows(sample, complete, dialect);
      if (dialect.quote == '"' && !dialect.backslash) irregular = sampled.irregular_quotes;
      double value = score(sampled, delimiter);
      if (dialect.quote == 0) value *= 0.8;
      if (dialect.quote == '\'') {
        // Only when it really wraps cells: 'a','b'. Else it is an apostrophe.
        const std::string wraps = {'\'', delimiter.character, '\''};
        if (sample.find(wraps) == sample.npos) continue;
        value *= 1.02;
      }
      if (value > best) {
        best = value;
        layout.dialect = dialect;
        rows = std::move(sampled.rows);
      }
    }
  }
  if (best < 0.02) {
    layout.dialect = {.delimiter = wanted_delimiter.value_or('\0')};
    if (aligned) layout.dialect = {.delimiter = '\0', .quote = 0, .starts = wish.starts};
    rows = read_rows(sample, complete, layout.dialect).rows;
  }
  layout.columns = usual_width(rows);

  if (has_hash) {
    const auto is_hash = [](const Row& row) { return row[0].starts_with('#'); };
    std::size_t hashes = 0;
    std::size_t like_rows = 0;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      if (!is_hash(rows[r])) continue;
      ++hashes;
      if (rows[r].size() == layout.columns && (layout.columns > 1 || r == 0)) ++like_rows;
    }
    if (hashes > 0 && hashes < rows.size() && like_rows * 2 < hashes) {
      layout.dialect.comment = '#';
      rows = read_rows(sample, complete, layout.dialect).rows;
      layout.columns = usual_width(rows);
    }
  }
  if (rows.empty()) {
    layout.header = false;
    return layout;
  }
  layout.sampled_rows = static_cast<std::int64_t>(rows.size());
  auto titles = count_titles(rows, layout.columns);
  if (wish.header_row) {
    const auto above = static_cast<std::size_t>(std::max<std::int64_t>(*wish.header_row, 1) - 1);
    titles = std::min(above, rows.size() - 1);
  }
  layout.title_lines = static_cast<std::int64_t>(titles);
  for (std::size_t i = 0; i < titles; ++i) {
    const auto found = std::ranges::find_if(rows[i], [](const auto& c) { return !c.empty(); });
    if (found != rows[i].end()) layout.titles.push_back(*found);
  }
  layout.header =
      wish.header_row ? *wish.header_row > 0 : is_header_row(rows, titles, layout.columns);
  if (!wish.header_row && rows[titles].size() > 1) {
    auto different = rows;
    const auto below = different.begin() + static_cast<std::ptrdiff_t>(titles) + 1;
    different.erase(std::remove(below, different.end(), rows[titles]), different.end());
    layout.header_repeats = different.size() < rows.size() &&
                            is_header_row(different, titles, layout.columns) &&
                            names_values(different, titles, rows[titles].size());
    layout.header = layout.header || layout.header_repeats;
  }
  if (layout.header) {
    layout.names = rows[titles];
    layout.columns = std::max(layout.columns, layout.names.size());
  }
  std::size_t consistent = 0;
  std::size_t spaced = 0;
  std::size_t inner = 0;
  for (std::size_t r = titles; r < rows.size(); ++r) {
    if (rows[r].size() == layout.columns) ++consistent;
    for (std::size_t c = 1; c < rows[r].size(); ++c) {
      if (rows[r][c].empty()) continue;
      ++inner;
      if (rows[r][c].starts_with(' ')) ++spaced;
    }
  }
  if (inner > 0 && spaced * 10 >= inner * 9 && layout.dialect.delimiter != ' ') {
    layout.dialect.trim = true;
  }
  layout.consistency = static_cast<double>(consistent) / static_cast<double>(rows.size() - titles);
  return layout;
}

}  // namespace sextant::formats

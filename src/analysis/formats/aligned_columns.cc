#include "analysis/formats/aligned_columns.h"

#include <algorithm>

#include "analysis/formats/column_evidence.h"
#include "analysis/formats/csv_reader.h"
#include "analysis/formats/csv_scan.h"
#include "analysis/formats/document/captions.h"
#include "base/text.h"

namespace sextant::formats {
namespace {

constexpr std::size_t kLongestLine = 4000;  // bytes
constexpr std::size_t kMostLines = 2000;    // that are looked at for the columns
constexpr std::size_t kFewestLines = 3;
constexpr std::size_t kFewestClose = 5;  // where one blank divides, or nothing is a number or date

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// Calls visit(position, blank) for every character.
template <class Visit>
void each_character(std::string_view line, const Visit& visit) {
  std::size_t position = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (!continues(line[i])) visit(position++, line[i] == ' ');
  }
}

// A run of positions; `to` is behind it.
struct Run {
  std::size_t from;
  std::size_t to;
};

std::vector<Run> runs_of(const std::vector<bool>& filled) {
  std::vector<Run> out;
  for (std::size_t i = 0; i < filled.size(); ++i) {
    if (!filled[i]) continue;
    if (i > 0 && filled[i - 1])
      ++out.back().to;
    else
      out.push_back({i, i + 1});
  }
  return out;
}

std::vector<bool> filled_by(const std::vector<std::string_view>& lines) {
  std::vector<bool> filled;
  for (const auto line : lines) {
    each_character(line, [&](std::size_t position, bool blank) {
      if (blank) return;
      if (position >= filled.size()) filled.resize(position + 1, false);
      filled[position] = true;
    });
  }
  return filled;
}

ColumnStarts starts_of(const std::vector<Run>& runs) {
  ColumnStarts out;
  for (const auto& run : runs) out.push_back(out.empty() ? 0 : run.from);
  return out;
}

bool blank_before(std::string_view line, const ColumnStarts& starts) {
  bool good = true;
  std::size_t next = 1;
  each_character(line, [&](std::size_t position, bool blank) {
    if (next >= starts.size() || position + 1 != starts[next]) return;
    good = good && blank;
    ++next;
  });
  return good;
}

// What stands in the columns below the first line.
std::vector<ColumnEvidence> evidence_of(const std::vector<std::string_view>& lines,
                                        const ColumnStarts& starts) {
  std::vector<ColumnEvidence> out(starts.size());
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto cells = cut_line(lines[i], starts);
    for (std::size_t c = 0; c < cells.size(); ++c) out[c].add(cells[c]);
  }
  return out;
}

bool is_typed(const ColumnEvidence& column) {
  return column.filled() > 0 && column.decide({}).kind != Kind::text;
}

// Long lines of a text stand alone where the others have ended.
bool well_filled(const std::vector<ColumnEvidence>& columns) {
  const auto filled = [](std::int64_t parts) {
    return [parts](const ColumnEvidence& c) {
      return c.filled() > 1 && c.filled() * parts >= c.cells();
    };
  };
  return std::ranges::all_of(columns, filled(4)) && std::ranges::count_if(columns, filled(2)) > 1;
}

}  // namespace

bool is_rule(std::string_view line) {
  const auto rule = text::trim(line);
  return rule.size() >= 3 && (rule.starts_with("---") || rule.starts_with("===")) &&
         rule.find_first_not_of("-= ") == rule.npos;
}

std::vector<std::string_view> cut_line(std::string_view line, const ColumnStarts& starts) {
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  std::size_t position = 0;
  for (std::size_t i = 0; i < line.size() && out.size() + 1 < starts.size(); ++i) {
    if (continues(line[i])) continue;
    if (position == starts[out.size() + 1]) {
      out.push_back(text::trim(line.substr(begin, i - begin)));
      begin = i;
    }
    ++position;
  }
  out.push_back(text::trim(line.substr(begin)));
  out.resize(starts.size());
  return out;
}

std::optional<ColumnStarts> find_column_starts(std::string_view sample, bool complete) {
  std::vector<std::string_view> lines;
  std::optional<std::string_view> rule;
  while (!sample.empty() && lines.size() < kMostLines) {
    const auto end = sample.find('\n');
    if (end == sample.npos && !complete) break;
    auto line = sample.substr(0, end);
    sample.remove_prefix(end == sample.npos ? sample.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.size() > kLongestLine || line.find_first_of("\t\r") != line.npos) return std::nullopt;
    if (text::trim(line).empty()) continue;
    if (is_rule(line)) {
      if (lines.size() == 1) rule = line;
      continue;
    }
    if (document::list_mark(text::trim(line)) > 0) return std::nullopt;
    lines.push_back(line);
  }
  if (lines.size() < kFewestLines) return std::nullopt;
  if (rule) {
    auto starts = starts_of(runs_of(filled_by({*rule})));
    const auto keeps = [&](std::string_view line) { return blank_before(line, starts); };
    if (starts.size() >= 2 && std::ranges::all_of(lines, keeps)) return starts;
  }
  auto runs = runs_of(filled_by(lines));
  // One blank also stands between the words of a text: it divides only beside other values.
  const auto first = evidence_of(lines, starts_of(runs));
  std::vector<Run> kept;
  bool wide = false;
  bool close = false;
  bool before = false;  // whether the last of `kept` is typed
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const bool typed = is_typed(first[i]);
    const bool apart = kept.empty() || runs[i].from - kept.back().to >= 2;
    if (!apart && !typed && !before) {
      kept.back().to = runs[i].to;
      continue;
    }
    if (!kept.empty()) (apart ? wide : close) = true;
    kept.push_back(runs[i]);
    before = typed;
  }
  if (kept.size() < 2 || (close && lines.size() < kFewestClose)) return std::nullopt;
  auto starts = starts_of(kept);
  const auto columns = evidence_of(lines, starts);
  if (!well_filled(columns)) return std::nullopt;
  const bool any_typed = std::ranges::any_of(columns, is_typed);
  if (!any_typed && (close || !wide || lines.size() < kFewestClose)) return std::nullopt;
  return starts;
}

Result<bool> keeps_to_columns(const InputFile& file, std::int64_t offset,
                              const ColumnStarts& starts, std::stop_token stop) {
  ScanRequest request;
  request.file = &file;
  request.data_offset = offset;
  request.dialect = {.delimiter = 0, .quote = 0};
  bool good = true;
  TRY_VOID(for_each_record(request, stop, [&](const Record& record) -> Result<> {
    const auto line = record.cells[0];
    good = good && line.find('\t') == line.npos && (is_rule(line) || blank_before(line, starts));
    return {};
  }));
  return good;
}

}  // namespace sextant::formats

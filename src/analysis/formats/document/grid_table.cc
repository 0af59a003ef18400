#include "analysis/formats/document/grid_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "analysis/formats/column_evidence.h"
#include "analysis/formats/csv_dialect.h"
#include "analysis/formats/document/captions.h"
#include "analysis/formats/names.h"
#include "analysis/formats/table_writer.h"
#include "base/text.h"

namespace sextant::formats::document {
namespace {

constexpr std::size_t kPreviewRows = 6;
constexpr std::size_t kPreviewBytes = 200;  // of one cell
constexpr std::size_t kHeaderSample = 40;
constexpr std::size_t kMostHeaderRows = 4;
constexpr std::size_t kPassageRows = 300;
constexpr std::size_t kTitleBytes = 120;

// White space in a cell is layout: lines of one cell are put together.
std::string one_line(std::string_view cell) {
  std::string out;
  bool space = false;
  for (const char c : cell) {
    if (c == '\n' || c == '\r' || c == '\t' || c == ' ') {
      space = !out.empty();
      continue;
    }
    if (space) out += ' ';
    space = false;
    out += c;
  }
  return out;
}

// Some name of the row goes over several columns: it is there twice, or nothing stands beside it.
bool has_spans(const std::vector<std::string>& row) {
  for (std::size_t c = 1; c < row.size(); ++c) {
    if (row[c].empty() || row[c] == row[c - 1]) return true;
  }
  return false;
}

// Numbers other than years are values, which stand in no upper row of a header.
bool holds_value(const std::vector<std::string>& row) {
  return std::ranges::any_of(row, [](const std::string& cell) {
    ColumnEvidence one;
    one.add(cell);
    return one.filled() > 0 && one.decide({}).kind != Kind::text && !one.all_values_are_years();
  });
}

// Rows that name the columns, found from the cells.
std::size_t find_header(const GridTable& table) {
  std::vector<std::vector<std::string>> sample;
  for (std::size_t r = 0; r < table.rows.size() && r < kHeaderSample; ++r) {
    auto& row = sample.emplace_back();
    for (const auto& cell : table.rows[r].cells) row.push_back(one_line(cell));
  }
  // Names over names: the upper ones go over several columns, the lower ones stand over values.
  for (std::size_t lower = std::min<std::size_t>(kMostHeaderRows, sample.size()); lower-- > 1;) {
    const auto upper = std::span(sample).first(lower);
    if (std::ranges::all_of(upper, has_spans) && std::ranges::none_of(upper, holds_value) &&
        lower + 1 < sample.size() && is_header_row(sample, lower, table.columns) &&
        names_values(sample, lower, table.columns))
      return lower + 1;
  }
  return is_header_row(sample, 0, table.columns) ? 1 : 0;
}

// One cell over the whole width says what the table is, not what a column is.
bool is_title(const GridRow& row) {
  const auto& cells = row.cells;
  return std::ranges::all_of(cells, [&](const auto& cell) { return cell == cells.front(); });
}

// The names above a column, each said once: "2019" over "Total" gives "2019 Total".
std::vector<std::string> header_names(const GridTable& table, std::size_t header_rows) {
  std::vector<std::string> out(table.columns);
  for (std::size_t c = 0; c < table.columns; ++c) {
    std::string last;
    for (std::size_t r = 0; r < header_rows && r < table.rows.size(); ++r) {
      if (r + 1 < header_rows && is_title(table.rows[r])) continue;
      const auto part = one_line(table.rows[r].cells[c]);
      if (part.empty() || part == last) continue;
      out[c] += (out[c].empty() ? "" : " ") + part;
      last = part;
    }
  }
  return out;
}

std::string title_of(const LoadContext& context, const GridTable& table, std::size_t tables) {
  const auto caption = one_line(table.caption);
  if (const auto said = caption_title(caption); !said.empty())
    return std::string(text::truncate_utf8(said, kTitleBytes));
  if (tables == 1) return context.title;
  return fmt::format("{} table {}", context.title, table.origin.number);
}

std::string place_of(const GridTable& table) {
  const auto& origin = table.origin;
  if (!origin.page) return fmt::format("paragraph {}", table.paragraph);
  if (origin.last_page && *origin.last_page != *origin.page)
    return fmt::format("pages {} to {}", *origin.page, *origin.last_page);
  return fmt::format("page {}", *origin.page);
}

void fill_preview(GridTable& table) {
  for (std::size_t r = 0; r < table.rows.size() && r < kPreviewRows; ++r) {
    auto& row = table.origin.preview.emplace_back();
    for (const auto& cell : table.rows[r].cells) {
      row.emplace_back(text::truncate_utf8(one_line(cell), kPreviewBytes));
    }
  }
}

// What the plan calls it, whatever its name.
std::string key_of(const GridTable& table) { return fmt::format("table {}", table.origin.number); }

Result<> load_table(LoadContext& context, const GridTable& table, const std::string& title) {
  const auto header_rows =
      std::min(table.header_rows.value_or(find_header(table)), table.rows.size());
  auto names = column_names(header_names(table, header_rows), table.columns, header_rows > 0);
  const auto key = key_of(table);
  std::vector<ColumnEvidence> evidence(table.columns);
  for (std::size_t c = 0; c < table.columns; ++c)
    evidence[c].set_missing(missing_words_of(context.choice(key, names.originals[c])));
  for (std::size_t r = header_rows; r < table.rows.size(); ++r) {
    for (std::size_t c = 0; c < table.columns; ++c)
      evidence[c].add(one_line(table.rows[r].cells[c]));
  }
  FileHints hints;
  for (const auto& column : evidence) column.vote(hints);
  TableJob job;
  job.table = table_name(title, context.taken_names);
  job.title = title;
  job.names = std::move(names.names);
  job.originals = std::move(names.originals);
  job.origin = table.origin;
  job.key = key;
  for (std::size_t c = 0; c < table.columns; ++c)
    job.plans.push_back(evidence[c].decide(hints, context.choice(key, job.originals[c])));
  Quarantine quarantine(job.table, context.options.temp_directory);
  quarantine.set_place([&](std::int64_t line, std::string_view) {
    return table.rows[static_cast<std::size_t>(line) - 1].place;
  });
  TRY(auto writer, TableWriter::create(context, job, quarantine));
  for (std::size_t r = header_rows; r < table.rows.size(); ++r) {
    for (std::size_t c = 0; c < table.columns; ++c) {
      TRY_VOID(writer.cell(one_line(table.rows[r].cells[c]), static_cast<std::int64_t>(r) + 1));
    }
    TRY_VOID(writer.end_row());
  }
  TRY_VOID(writer.load());
  if (header_rows == 0) {
    context.note(
        fmt::format("Table “{}” has no header row; its columns are named column_1, "
                    "column_2, …",
                    title));
  }
  if (header_rows > 1) {
    context.note(fmt::format("Table “{}”: the header stands over {} rows; their names were joined.",
                             title, header_rows));
  }
  return publish_table(context, job, quarantine);
}

Result<> load_tables(LoadContext& context, std::vector<GridTable>& tables) {
  std::size_t unsure = 0;
  for (auto& table : tables) {
    fill_preview(table);
    const bool sure = table.origin.confidence >= kLeastConfidence;
    const auto* choice = context.plan.sheet(key_of(table));
    table.origin.included = choice ? choice->load.value_or(sure) : sure;
    context.reply.report.sheets.push_back(
        {key_of(table),
         table.origin.included ? catalog::SheetState::loaded : catalog::SheetState::off,
         {place_of(table)}});
    if (!table.origin.included) {
      unsure += choice && choice->load ? 0 : 1;
      catalog::TableLoad offer;
      offer.table = title_of(context, table, tables.size());
      offer.rows = static_cast<std::int64_t>(table.rows.size());
      offer.origin = table.origin;
      offer.key = key_of(table);
      auto& offered = context.reply.report.offered;
      if (!offered) offered.emplace();
      offered->push_back(std::move(offer));
      continue;
    }
    TRY_VOID(load_table(context, table, title_of(context, table, tables.size())));
  }
  if (unsure > 0) {
    context.note(counted(static_cast<std::int64_t>(unsure), "part looks", "parts look") +
                 " like a table but it is not sure; listed, and not loaded.");
  }
  return {};
}

}  // namespace

bool is_table(const GridTable& table) {
  if (table.columns < 2) return false;
  std::size_t rows = 0;
  std::vector<bool> used(table.columns, false);
  for (const auto& row : table.rows) {
    bool any = false;
    for (std::size_t c = 0; c < table.columns; ++c) {
      if (text::trim(row.cells[c]).empty()) continue;
      any = used[c] = true;
    }
    rows += any ? 1 : 0;
  }
  return rows >= 2 && std::ranges::count(used, true) >= 2;
}

Result<> add_table_passages(const GridTable& table, const PassagePosition& position,
                            PassageFile& passages) {
  std::string lines;
  for (std::size_t r = 0; r < table.rows.size() && r < kPassageRows; ++r) {
    std::string line;
    bool any = false;
    for (std::size_t c = 0; c < table.columns; ++c) {
      const auto shown = one_line(table.rows[r].cells[c]);
      any = any || !shown.empty();
      line += (c == 0 ? "" : " | ") + shown;  // also an empty one: cells stay under their column
    }
    if (any) lines += (lines.empty() ? "" : "\n") + line;
  }
  return passages.add({PassageKind::table, 1, table.origin.page, std::move(lines), position});
}

Result<> publish(LoadContext& context, std::vector<GridTable>& tables, PassageFile& passages,
                 std::int64_t layout) {
  TRY_VOID(load_tables(context, tables));
  TRY_VOID(context.output.add_passages(passages));
  auto& reply = context.reply;
  if (reply.tables.empty() && passages.count() == 0) {
    return fail(ErrorCode::unreadable_file, "The document has neither text nor tables.",
                "Check that it is the right file.");
  }
  reply.data_type = reply.tables.empty() ? "document" : passages.count() > 0 ? "mixed" : "tabular";
  reply.report.passages = passages.count();
  if (layout > 0) {
    context.note(counted(layout, "table has", "tables have") +
                 " fewer than two rows or columns; read as text.");
  }
  context.note(counted(static_cast<std::int64_t>(reply.tables.size()), "table", "tables") +
               " and " + counted(passages.count(), "passage", "passages") + " of text were read.");
  return {};
}

}  // namespace sextant::formats::document

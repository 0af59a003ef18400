#include "analysis/formats/csv_load.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "analysis/formats/csv_job.h"
#include "analysis/formats/csv_reader.h"
#include "analysis/formats/names.h"
#include "analysis/formats/prose_load.h"
#include "analysis/formats/table_writer.h"
#include "analysis/formats/utf8_text.h"
#include "base/text.h"

namespace sextant::formats {
namespace {

std::string quoted_list(const std::vector<std::string>& words) {
  std::string out = "[";
  for (const auto& word : words) out += (out.size() > 1 ? "," : "") + text::quote_literal(word);
  return out + "]";
}

std::string character_literal(char c) {
  return c == 0 ? "''" : text::quote_literal(std::string(1, c));
}

// The engine reads the file as it is.
std::string read_csv_sql(const CsvJob& job) {
  std::string columns;
  std::size_t next = 0;
  for (std::size_t c = 0; c < job.columns; ++c) {
    const bool kept = next < job.kept.size() && job.kept[next] == c;
    columns += (c ? "," : "") +
               text::quote_literal(kept ? job.table.names[next] : fmt::format("_left_out_{}", c)) +
               ":" +
               (kept && job.table.plans[next].misfits == 0
                    ? text::quote_literal(job.table.plans[next].type)
                    : "'VARCHAR'");
    if (kept) ++next;
  }
  const auto& dialect = job.layout.dialect;
  const auto limit = std::max<std::int64_t>(2 << 20, job.scan.longest_record * 2 + 4096);
  return fmt::format(
      "read_csv({}, auto_detect=false, header=false, skip={}, delim={}, quote={}, escape={}, "
      "columns={{{}}}, nullstr={}, strict_mode=true, max_line_size={})",
      text::quote_literal(job.scan_request.file->path()), job.scan_request.data_line - 1,
      character_literal(dialect.delimiter), character_literal(dialect.quote),
      character_literal(dialect.quote), columns, job.null_list, limit);
}

// The columns of the table, those with misfits cast so that these become NULL.
std::string select_sql(const CsvJob& job) {
  std::string out;
  for (std::size_t i = 0; i < job.table.names.size(); ++i) {
    const auto name = text::quote_identifier(job.table.names[i]);
    const auto& plan = job.table.plans[i];
    out += (i ? ", " : "") +
           (plan.misfits == 0 ? name : "TRY_CAST(" + name + " AS " + plan.type + ") AS " + name);
  }
  return out;
}

// The engine reads the file itself; the misfits are picked up in a pass of our own. False: it did
// not bring everything.
Result<bool> load_direct(LoadContext& context, CsvJob& job, Quarantine& quarantine) {
  TRY(const bool loaded, load_and_check(context, job.table, read_csv_sql(job), select_sql(job)));
  if (!loaded) return false;
  std::vector<const ColumnPlan*> plans(job.columns, nullptr);
  std::vector<std::size_t> positions(job.columns, 0);
  std::int64_t expected = 0;
  for (std::size_t i = 0; i < job.kept.size(); ++i) {
    if (job.table.plans[i].misfits == 0) continue;
    expected += job.table.plans[i].misfits;
    plans[job.kept[i]] = &job.table.plans[i];
    positions[job.kept[i]] = i;
  }
  if (expected == 0) return true;
  TRY(const auto misfits, find_misfits(job.scan_request, plans, context.stop));
  if (static_cast<std::int64_t>(misfits.size()) != expected) return false;
  const char quote = job.layout.dialect.quote;
  for (const auto& misfit : misfits) {
    const auto i = positions[misfit.column];
    std::string raw;
    for (std::size_t c = 0; c < misfit.raw.size(); ++c) {
      raw.push_back(misfit.raw[c]);
      if (quote != 0 && misfit.raw[c] == quote) ++c;  // written twice
    }
    TRY_VOID(quarantine.add(misfit.line, job.table.originals[i], raw,
                            misfit_reason(job.table.plans[i])));
  }
  return true;
}

// Writes the data records anew, in the form that the plans' types need.
Result<> rewrite(LoadContext& context, CsvJob& job, Quarantine& quarantine) {
  TRY(auto writer, TableWriter::create(context, job.table, quarantine));
  TRY_VOID(for_each_record(job.scan_request, context.stop, [&](const Record& record) -> Result<> {
    if (record.comment) return {};
    if (repeats_header(job.scan_request, record)) {
      std::string line;
      for (const auto cell : record.cells) {
        if (!line.empty()) line.push_back(job.layout.dialect.delimiter);
        line += cell;
      }
      return quarantine.add(record.line, "", line, "the header once more");
    }
    for (const auto c : job.kept) {
      TRY_VOID(
          writer.cell(c < record.cells.size() ? record.cells[c] : std::string_view{}, record.line));
    }
    for (auto c = job.columns; c < record.cells.size(); ++c) {
      if (record.cells[c].empty()) continue;
      TRY_VOID(
          quarantine.add(record.line, "", record.cells[c],
                         fmt::format("cell {} of a line that should have {}", c + 1, job.columns)));
    }
    return writer.end_row();
  }));
  return writer.load();
}

bool needs_own_reader(const Dialect& dialect) {
  return dialect.backslash || dialect.comment != 0 || dialect.trim || dialect.delimiter == 0;
}

// The offset and line at which the first data record starts.
Result<> find_data_start(const std::string& sample, std::int64_t sample_offset, CsvJob& job) {
  CsvReader reader(job.layout.dialect, sample);
  Record record;
  std::int64_t to_skip = job.layout.title_lines + (job.layout.header ? 1 : 0);
  job.scan_request.data_offset = sample_offset;
  job.scan_request.data_line = 1;
  while (to_skip > 0) {
    TRY(const bool more, reader.next(record));
    if (!more) break;
    if (!record.blank && !record.comment) --to_skip;
    job.scan_request.data_offset = sample_offset + record.end_offset;
  }
  const auto skipped = std::string_view(sample).substr(
      0, static_cast<std::size_t>(job.scan_request.data_offset - sample_offset));
  for (std::size_t i = 0; i < skipped.size(); ++i) {
    if (skipped[i] == '\n' ||
        (skipped[i] == '\r' && (i + 1 >= skipped.size() || skipped[i + 1] != '\n'))) {
      ++job.scan_request.data_line;
    }
  }
  return {};
}

// Types from the evidence; which columns are kept; whether the engine can read the file as it is.
void decide(LoadContext& context, CsvJob& job) {
  FileHints hints;
  if (job.layout.dialect.delimiter == ';') {
    // Semicolons separate where the comma is the decimal mark; a column that proves a dot wins.
    bool dot = false;
    for (const auto& column : job.scan.columns) {
      FileHints own;
      column.vote(own);
      dot = dot || own.mark == DecimalMark::dot;
    }
    if (!dot) hints.mark = DecimalMark::comma;
  }
  for (const auto& column : job.scan.columns) column.vote(hints);

  const auto found = job.scan.columns.size();
  const auto& header = job.layout.names;
  const bool keep_extra = job.scan.long_records * 200 > job.scan.records ||
                          job.scan.long_records > 1000 || job.scan.records < 100;
  std::size_t columns = job.scan_request.columns;
  if (job.scan.long_records > 0 && keep_extra) {
    for (auto c = columns; c < found; ++c) {
      if (job.scan.columns[c].cells() > job.scan.columns[c].empty()) columns = c + 1;
    }
    context.note(counted(job.scan.long_records, "line has", "lines have") +
                 " more cells than the header; columns were added for them.");
  }
  auto names = column_names(header, columns, job.layout.header);
  job.columns = columns;
  std::int64_t dropped = 0;
  for (std::size_t c = 0; c < columns; ++c) {
    const auto& evidence = job.scan.columns[c];
    const bool nameless = c >= header.size() || text::trim(header[c]).empty();
    if (nameless && columns > 1 && evidence.cells() == evidence.empty() && job.layout.header) {
      ++dropped;
      continue;
    }
    job.kept.push_back(c);
    job.table.names.push_back(names.names[c]);
    job.table.originals.push_back(names.originals[c]);
    job.table.plans.push_back(
        evidence.decide(hints, context.choice(kOnlyTable, names.originals[c])));
  }
  if (dropped > 0) {
    std::erase_if(names.notes,
                  [](const auto& note) { return note.starts_with("Columns without"); });
    context.note(counted(dropped, "column", "columns") +
                 " without header and values (after a trailing separator) left out.");
  }
  for (auto& note : names.notes) context.note(note);

  std::set<std::string> missing_in_typed;
  std::set<std::string> missing_in_text;
  job.direct = job.scan.regular && columns == job.scan_request.columns;
  for (std::size_t i = 0; i < job.table.plans.size(); ++i) {
    const auto& evidence = job.scan.columns[job.kept[i]];
    job.direct = job.direct && (job.table.plans[i].direct || job.table.plans[i].castable);
    job.direct = job.direct && !job.table.plans[i].missing;
    auto& words = job.table.plans[i].kind == Kind::text ? missing_in_text : missing_in_typed;
    for (const auto& [word, count] : evidence.missing_words()) words.insert(word);
  }
  std::vector<std::string> null_words = {""};
  for (const auto& word : missing_in_typed) {
    if (missing_in_text.contains(word)) job.direct = false;
    null_words.push_back(word);
  }
  if (null_words.size() > 16) job.direct = false;
  job.null_list = quoted_list(null_words);
}

// The words for "no value" that were chosen for columns.
void add_missing_words(const LoadContext& context, CsvJob& job) {
  if (!context.plan.table(kOnlyTable) && !context.as_text) return;
  const auto names = column_names(job.layout.names, job.layout.columns, job.layout.header);
  for (const auto& original : names.originals)
    job.scan_request.missing.push_back(missing_words_of(context.choice(kOnlyTable, original)));
}

Result<> load_table(LoadContext& context, CsvJob& job) {
  context.reply.data_type = "tabular";
  job.table.table = table_name(context.title, context.taken_names);
  job.table.title = context.title;
  job.table.header_row = job.layout.header ? job.layout.title_lines + 1 : 0;
  add_missing_words(context, job);
  job.scan_request.columns = job.layout.columns;
  job.scan_request.dialect = job.layout.dialect;
  job.scan_request.threads = static_cast<int>(context.options.threads);
  const auto size = job.scan_request.file->size();
  job.scan_request.on_bytes = [&context, size](std::int64_t bytes) {
    context.report("decoded", bytes, 0,
                   size > 0 ? static_cast<double>(bytes) / static_cast<double>(size) : 1);
  };
  if (job.layout.header_repeats) job.scan_request.header = job.layout.names;
  job.scan.regular = false;
  if (!needs_own_reader(job.layout.dialect) && !job.layout.header_repeats) {
    TRY(job.scan, scan_regular(job.scan_request, context.stop));
  }
  if (!job.scan.regular) {
    TRY(job.scan, scan_irregular(job.scan_request, context.stop));
  }
  job.scan_request.on_bytes = {};
  decide(context, job);
  if (job.kept.empty()) {
    return fail(ErrorCode::unreadable_file, "The file has no columns.",
                "Check that it is the right file.");
  }

  job.table.records = job.scan.records;
  Quarantine quarantine(job.table.table, context.options.temp_directory);
  if (job.scan.records == 0) {
    TRY_VOID(create_empty_table(context, job.table));
    context.note("The file has a header but no rows.");
  } else {
    bool loaded = false;
    if (job.direct) {
      TRY(loaded, load_direct(context, job, quarantine));
    }
    if (!loaded) TRY_VOID(rewrite(context, job, quarantine));
  }
  TRY_VOID(publish_table(context, job.table, quarantine));
  note_layout(context, job);
  return {};
}

// "sep=;" as the first line tells the separator.
std::optional<char> separator_line(std::string& sample, std::int64_t& skipped) {
  const auto line = std::string_view(sample).substr(0, sample.find('\n'));
  const auto trimmed = line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
  if (trimmed.size() != 5 || text::lower_ascii(trimmed.substr(0, 4)) != "sep=") return std::nullopt;
  const char c = trimmed[4];
  skipped = static_cast<std::int64_t>(std::min(line.size() + 1, sample.size()));
  sample.erase(0, static_cast<std::size_t>(skipped));
  return c;
}

Result<> load_sniffed(LoadContext& context, Utf8Text& text, LayoutWish wish, std::int64_t skipped) {
  CsvJob job;
  job.scan_request.file = text.file;
  const auto* choice = context.plan.table(kOnlyTable);
  if (context.plan.delimiter) wish.delimiter = context.plan.delimiter->front();
  if (choice) wish.header_row = choice->header_row;
  job.layout = sniff_layout(text.sample, text.complete, wish);
  if (wish.header_row && *wish.header_row > job.layout.sampled_rows) {
    return fail(ErrorCode::unreadable_file,
                fmt::format("Line {} was chosen as the header, but only {} can be looked at.",
                            *wish.header_row, counted(job.layout.sampled_rows, "line", "lines")),
                "Choose an earlier line as the header row.");
  }
  TRY_VOID(find_data_start(text.sample, text.mark_bytes + skipped, job));
  if (skipped > 0) ++job.scan_request.data_line;
  return load_table(context, job);
}

// Where columns begin that are aligned by blanks in the whole file; empty when there are none.
Result<ColumnStarts> aligned_columns(LoadContext& context, const Utf8Text& text) {
  auto starts = find_column_starts(text.sample, text.complete);
  if (!starts) return ColumnStarts{};
  TRY(const bool kept, keeps_to_columns(*text.file, text.mark_bytes, *starts, context.stop));
  return kept ? std::move(*starts) : ColumnStarts{};
}

}  // namespace

Result<> load_csv(LoadContext& context) {
  Utf8Text text;
  TRY_VOID(open_text(context, text));
  std::int64_t skipped = 0;
  auto delimiter = separator_line(text.sample, skipped);
  if (!delimiter && (context.extension == ".tsv" || context.extension == ".tab")) {
    if (text.sample.find('\t') != std::string::npos) delimiter = '\t';
  }
  return load_sniffed(context, text, {delimiter, std::nullopt, {}}, skipped);
}

Result<> load_txt(LoadContext& context) {
  Utf8Text text;
  TRY_VOID(open_text(context, text));
  const auto layout = sniff_layout(text.sample, text.complete);
  const bool words = layout.dialect.delimiter == ' ' || layout.dialect.delimiter == ':';
  const bool separated = layout.columns >= 2 && layout.consistency >= (words ? 0.999 : 0.95);
  if (!context.plan.delimiter && (words || !separated)) {
    TRY(auto starts, aligned_columns(context, text));
    if (!starts.empty() && (!separated || starts.size() < layout.columns))
      return load_sniffed(context, text, {std::nullopt, std::nullopt, std::move(starts)}, 0);
  }
  const bool chosen = context.plan.delimiter || context.plan.table(kOnlyTable);
  if (chosen || separated) return load_sniffed(context, text, {}, 0);
  return load_prose(context, text);
}

}  // namespace sextant::formats

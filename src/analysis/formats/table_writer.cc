#include "analysis/formats/table_writer.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace sextant::formats {
namespace {

// Errors that another way of reading would meet too.
bool is_final(const Error& error) {
  return error.code == ErrorCode::cancelled || error.code == ErrorCode::resource_exhausted ||
         error.code == ErrorCode::storage_full;
}

std::string column_list(const TableJob& job) {
  std::string out;
  for (const auto& name : job.names)
    out += (out.empty() ? "" : ", ") + text::quote_identifier(name);
  return out;
}

std::string evidence_of(const ColumnPlan& plan) {
  if (!plan.chosen) return plan.evidence;
  const auto total = plan.values + plan.misfits;
  if (plan.misfits == 0) return fmt::format("chosen; all {} values fit", total);
  return fmt::format("chosen; {:.2f} % of {} values fit; {} quarantined",
                     100.0 * static_cast<double>(plan.values) / static_cast<double>(total), total,
                     plan.misfits);
}

}  // namespace

std::string counted(std::int64_t n, std::string_view singular, std::string_view plural) {
  return fmt::format("{} {}", n, n == 1 ? singular : plural);
}

Result<TableWriter> TableWriter::create(LoadContext& context, TableJob& job,
                                        Quarantine& quarantine) {
  auto file = std::make_unique<TemporaryFile>(context.options.temp_directory, ".csv");
  TRY(auto writer, TextWriter::create(file->path()));
  for (auto& plan : job.plans) plan.values = plan.misfits = 0;
  job.records = job.longest_record = 0;
  return TableWriter(context, job, quarantine, std::move(file), std::move(writer));
}

TableWriter::TableWriter(LoadContext& context, TableJob& job, Quarantine& quarantine,
                         std::unique_ptr<TemporaryFile> file, TextWriter writer)
    : context_(&context),
      job_(&job),
      quarantine_(&quarantine),
      file_(std::move(file)),
      writer_(std::move(writer)) {}

void TableWriter::separate() {
  if (next_ == 0)
    row_start_ = writer_.bytes();
  else
    writer_.buffer().push_back(',');
  ++next_;
}

Result<> TableWriter::cell(std::string_view raw, std::int64_t line) {
  separate();
  if (raw.empty()) return {};
  auto& plan = job_->plans[next_ - 1];
  scratch_.clear();
  if (!append_canonical(scratch_, raw, plan)) {
    ++plan.misfits;
    return quarantine_->add(line, job_->originals[next_ - 1], raw, misfit_reason(plan));
  }
  if (scratch_.empty()) return {};
  ++plan.values;
  append_csv_cell(writer_.buffer(), scratch_);
  return {};
}

void TableWriter::text_cell(std::string_view text) {
  separate();
  const auto& missing = job_->plans[next_ - 1].missing;
  if (missing && missing->contains(text)) return;
  ++job_->plans[next_ - 1].values;
  if (text.empty())
    writer_.buffer() += "\"\"";
  else
    append_csv_cell(writer_.buffer(), text);
}

Result<> TableWriter::end_row() {
  // A second, empty cell: a line must never be empty, since empty lines are skipped.
  if (next_ == 1) writer_.buffer().push_back(',');
  next_ = 0;
  job_->longest_record = std::max(job_->longest_record, writer_.bytes() - row_start_);
  writer_.buffer().push_back('\n');
  ++job_->records;
  return writer_.flush_if_full();
}

Result<> TableWriter::load() {
  TRY_VOID(writer_.close());
  if (job_->records == 0) return create_empty_table(*context_, *job_);
  std::string columns;
  for (std::size_t i = 0; i < job_->names.size(); ++i) {
    columns += (i ? "," : "") + text::quote_literal(job_->names[i]) + ":" +
               text::quote_literal(job_->plans[i].type);
  }
  if (job_->names.size() == 1) columns += ",'_padding':'VARCHAR'";
  const auto limit = std::max<std::int64_t>(2 << 20, job_->longest_record * 2 + 4096);
  for (const bool parallel : {true, false}) {
    TRY(const bool good,
        load_and_check(
            *context_, *job_,
            fmt::format("read_csv({}, auto_detect=false, header=false, delim=',', quote='\"', "
                        "escape='\"', columns={{{}}}, nullstr='', allow_quoted_nulls=false, "
                        "strict_mode=true, new_line='\\n', max_line_size={}, parallel={})",
                        text::quote_literal(file_->path()), columns, limit, parallel)));
    if (good) return {};
  }
  return fail(ErrorCode::unreadable_file,
              "The file's rows could not all be brought into a table, so none were.",
              "Save it again from the program it comes from, as UTF-8, and upload it.");
}

Result<bool> load_and_check(LoadContext& context, const TableJob& job, const std::string& read_csv,
                            const std::string& select) {
  auto& connection = context.output.connection();
  const auto bytes = static_cast<double>(context.file.size());
  const auto records = static_cast<double>(job.records);
  connection.set_progress([&](double fraction) {
    context.report("loaded", static_cast<std::int64_t>(fraction * bytes),
                   static_cast<std::int64_t>(fraction * records), fraction);
  });
  const auto table = text::quote_identifier(job.table);
  const auto loaded =
      connection.query("CREATE OR REPLACE TABLE " + table + " AS SELECT " +
                       (select.empty() ? column_list(job) : select) + " FROM " + read_csv);
  connection.set_progress({});
  if (!loaded) {
    if (is_final(loaded.error())) return fail(loaded.error());
    return false;
  }
  std::string sql = "SELECT count(*)";
  for (const auto& name : job.names) sql += ", count(" + text::quote_identifier(name) + ")";
  TRY(const auto counts, connection.query(sql + " FROM " + table));
  if (counts.int64(0, 0) != job.records) return false;
  for (std::size_t i = 0; i < job.plans.size(); ++i) {
    if (counts.int64(0, static_cast<std::int64_t>(i) + 1) != job.plans[i].values) return false;
  }
  return true;
}

Result<> create_empty_table(LoadContext& context, const TableJob& job) {
  std::string columns;
  for (std::size_t i = 0; i < job.names.size(); ++i) {
    columns += (i ? ", " : "") + text::quote_identifier(job.names[i]) + " " + job.plans[i].type;
  }
  TRY_VOID(context.output.connection().query(
      "CREATE OR REPLACE TABLE " + text::quote_identifier(job.table) + " (" + columns + ")"));
  return {};
}

Result<> publish_table(LoadContext& context, const TableJob& job, Quarantine& quarantine) {
  TRY_VOID(context.output.add_quarantine(quarantine));
  catalog::Table out;
  out.name = out.stored_name = job.table;
  out.title = job.title;
  out.rows = job.records;
  catalog::TableLoad load;
  load.table = job.table;
  load.rows = job.records;
  load.quarantined = quarantine.count();
  load.samples = quarantine.samples();
  load.origin = job.origin;
  load.key = job.key;
  if (job.origin && job.key.empty()) load.key = fmt::format("Table {}", job.origin->number);
  load.range = job.range;
  load.header_row = job.header_row;
  load.header_rows = job.header_rows;
  note_unused_choices(context, load.key, job.originals);
  std::vector<ColumnExtra> extras;
  for (std::size_t i = 0; i < job.names.size(); ++i) {
    const auto& plan = job.plans[i];
    out.columns.push_back({job.names[i], job.originals[i], plan.type});
    load.decisions.push_back({job.names[i], plan.type, evidence_of(plan),
                              quarantine.count_of(job.originals[i]), job.originals[i],
                              plan.chosen || plan.missing != nullptr});
    extras.push_back({job.names[i], job.originals[i], plan.percent ? "%" : plan.currency});
    if (!plan.note.empty()) context.note(fmt::format("{}: {}.", job.originals[i], plan.note));
  }
  TRY_VOID(context.output.add_columns(job.table, extras));
  if (load.quarantined > 0) {
    context.note(
        load.quarantined == 1
            ? "1 cell or line did not fit and was kept aside."
            : fmt::format("{} cells or lines did not fit and were kept aside.", load.quarantined));
  }
  context.reply.tables.push_back(std::move(out));
  context.reply.report.tables.push_back(std::move(load));
  context.report("loaded", context.file.size(), job.records, 1);
  return {};
}

}  // namespace sextant::formats

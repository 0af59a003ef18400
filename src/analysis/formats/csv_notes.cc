#include <fmt/format.h>

#include "analysis/formats/csv_job.h"
#include "base/text.h"

namespace sextant::formats {
namespace {

std::string shown_delimiter(char c) {
  switch (c) {
    case '\t':
      return "\\t";
    case ' ':
      return "space";
    case '\0':
      return "";
    default:
      return static_cast<unsigned char>(c) < 0x20 ? fmt::format("\\x{:02x}", static_cast<int>(c))
                                                  : std::string(1, c);
  }
}

}  // namespace

void note_layout(LoadContext& context, const CsvJob& job) {
  auto& report = context.reply.report;
  report.delimiter = shown_delimiter(job.layout.dialect.delimiter);
  report.header = job.layout.header;
  if (const auto& starts = job.layout.dialect.starts; !starts.empty()) {
    std::string places;
    for (const auto start : starts)
      places += (places.empty() ? "" : ", ") + std::to_string(start + 1);
    context.note("Columns are aligned by blanks; they begin at the characters " + places +
                 " of each line.");
  }
  if (!job.layout.header) {
    context.note("The file has no header line; columns are named column_1, column_2, …");
  }
  if (!job.layout.titles.empty()) {
    context.note(counted(job.layout.title_lines, "line", "lines") +
                 " above the header read as titles: " +
                 std::string(text::truncate_utf8(job.layout.titles.front(), 200)));
  }
  if (job.scan.comments > 0) {
    context.note(counted(job.scan.comments, "comment line", "comment lines") + " skipped.");
  }
  if (job.scan.headers > 0) {
    context.note("The header stands between the rows " +
                 counted(job.scan.headers, "more time", "more times") +
                 "; these lines were kept aside.");
  }
  if (job.scan.short_records > 0) {
    context.note(counted(job.scan.short_records, "line has", "lines have") +
                 " fewer cells than the header; the missing ones are empty.");
  }
  if (job.scan.irregular_quotes > 0) {
    context.note(counted(job.scan.irregular_quotes, "line has", "lines have") +
                 " stray quotation marks, which were kept as text.");
  }
}

}  // namespace sextant::formats

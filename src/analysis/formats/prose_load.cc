#include "analysis/formats/prose_load.h"

#include "analysis/formats/csv_reader.h"
#include "analysis/formats/csv_scan.h"
#include "analysis/formats/document/captions.h"
#include "analysis/formats/names.h"
#include "analysis/formats/passages.h"
#include "analysis/formats/table_writer.h"
#include "base/text.h"

namespace sextant::formats {
namespace {

constexpr std::size_t kLongestHeading = 80;      // bytes
constexpr std::size_t kLongestBlock = 64 << 10;  // bytes; then a paragraph is cut

// Lines between blank ones are a paragraph, one that looks like a title is a heading.
class Paragraphs {
 public:
  explicit Paragraphs(const std::string& temp_directory) : passages(temp_directory) {}

  Result<> add(std::int64_t line, std::string_view text) {
    const bool item = document::list_mark(text) > 0;
    if (lines_ > 0 && (line > last_ + 1 || item || block_.text.size() > kLongestBlock))
      TRY_VOID(end(line > last_ + 1));
    if (lines_ == 0) {
      block_ = {};
      block_.kind = item ? PassageKind::list_item : PassageKind::paragraph;
      block_.position = {std::nullopt, "line", line};
      block_.text = text;
      alone_ = last_ == 0 || line > last_ + 1;
    } else {
      block_.text += ' ';
      block_.text += text;
    }
    ++lines_;
    last_ = line;
    return {};
  }

  Result<> finish() { return lines_ > 0 ? end(false) : Result<>(); }

  PassageFile passages;

 private:
  Result<> end(bool blank_below) {
    const auto& text = block_.text;
    const char last = text.back();
    const bool title = last != '.' && last != ',' && last != ';' && last != '!' && last != '?';
    if (lines_ == 1 && alone_ && blank_below && title && text.size() <= kLongestHeading &&
        block_.kind == PassageKind::paragraph) {
      block_.kind = PassageKind::heading;
    }
    lines_ = 0;
    return passages.add(std::move(block_));
  }

  Block block_;
  std::int64_t lines_ = 0;
  std::int64_t last_ = 0;
  bool alone_ = true;
};

}  // namespace

Result<> load_prose(LoadContext& context, Utf8Text& text) {
  ScanRequest request;
  request.file = text.file;
  request.data_offset = text.mark_bytes;
  request.dialect = {.delimiter = 0, .quote = 0};
  TableJob table;
  table.table = table_name(context.title, context.taken_names);
  table.title = context.title;
  table.names = table.originals = {"line", "text"};
  table.plans.resize(2);
  table.plans[0].kind = Kind::integer;
  table.plans[0].type = "BIGINT";
  table.plans[0].evidence = "line number in the file";
  table.plans[1].evidence = "one line of text";
  Quarantine quarantine(table.table, context.options.temp_directory);
  Paragraphs paragraphs(context.options.temp_directory);
  TRY(auto writer, TableWriter::create(context, table, quarantine));
  TRY_VOID(for_each_record(request, context.stop, [&](const Record& record) -> Result<> {
    const auto line = text::trim(record.cells[0]);
    if (line.empty()) return {};
    TRY_VOID(writer.cell(std::to_string(record.line), record.line));
    writer.text_cell(line);
    TRY_VOID(paragraphs.add(record.line, line));
    return writer.end_row();
  }));
  TRY_VOID(paragraphs.finish());
  TRY_VOID(writer.load());
  TRY_VOID(publish_table(context, table, quarantine));
  TRY_VOID(context.output.add_passages(paragraphs.passages));
  context.reply.data_type = "document";
  context.reply.report.passages = paragraphs.passages.count();
  context.note(
      "The file was read as a text, one row for each line; its paragraphs can be searched.");
  return {};
}

}  // namespace sextant::formats

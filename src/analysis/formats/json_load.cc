#include "analysis/formats/json_load.h"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/formats/csv_reader.h"
#include "analysis/formats/csv_scan.h"
#include "analysis/formats/json_orient.h"
#include "analysis/formats/json_stream.h"
#include "analysis/formats/json_tables.h"
#include "analysis/formats/table_writer.h"
#include "analysis/formats/utf8_text.h"
#include "base/text.h"

namespace sextant::formats {
namespace {

void note_surrogates(LoadContext& context, std::int64_t count) {
  if (count == 0) return;
  context.note(counted(count, "escape of half a character is", "escapes of half a character are") +
               " shown as �.");
}

Result<> load_lines(LoadContext& context, Utf8Text& text) {
  ScanRequest request;
  request.file = text.file;
  request.data_offset = text.mark_bytes;
  request.columns = 2;  // blank lines are skipped
  request.dialect = {.delimiter = 0, .quote = 0};
  Quarantine bad("", context.options.temp_directory);
  std::int64_t lines = 0;
  std::int64_t surrogates = 0;
  bool first = true;
  const JsonRecords records = [&](const JsonVisit& visit) -> Result<> {
    lines = surrogates = 0;
    const bool keep = first;
    first = false;
    TRY_VOID(for_each_record(request, context.stop, [&](const Record& record) -> Result<> {
      if (text::trim(record.cells[0]).empty()) return {};
      ++lines;
      const auto node = parse_json_node(record.cells[0], surrogates);
      if (!node) {
        return keep ? bad.add(record.line, "", record.cells[0], "not valid JSON") : Result<>{};
      }
      return visit(0, *node, record.line);
    }));
    return {};
  };
  // A file of which nothing is JSON is no table.
  std::int64_t good = 0;
  TRY_VOID(records([&](std::size_t, const JsonNode&, std::int64_t) -> Result<> {
    ++good;
    return {};
  }));
  if (good == 0 || bad.count() > good) {
    return fail(ErrorCode::unreadable_file,
                fmt::format("{} of {} lines are not valid JSON.", bad.count(), lines),
                "Each line must hold one JSON object.");
  }
  TRY_VOID(load_json_tables(context, records, {context.title}, false));
  if (bad.count() > 0) {
    auto& load = context.reply.report.tables.front();
    bad.set_table(load.table);
    TRY_VOID(context.output.add_quarantine(bad));
    load.quarantined += bad.count();
    load.samples.insert(load.samples.begin(), bad.samples().begin(), bad.samples().end());
    if (load.samples.size() > 100) load.samples.resize(100);
    context.note(counted(bad.count(), "line is", "lines are") + " not valid JSON and kept aside.");
  }
  note_surrogates(context, surrogates);
  context.reply.report.format = "ndjson";
  return {};
}

// Whether the first line that is not blank is a whole object or array; `next`: and so the second
// begins.
bool looks_like_lines(std::string_view sample, bool next) {
  const auto opens = [&](std::size_t at) {
    return at != sample.npos && (sample[at] == '{' || sample[at] == '[');
  };
  const auto start = sample.find_first_not_of(" \t\r\n");
  if (!opens(start)) return false;
  const auto end = sample.find('\n', start);
  if (next && (end == sample.npos || !opens(sample.find_first_not_of(" \t\r\n", end))))
    return false;
  std::int64_t surrogates = 0;
  return parse_json_node(sample.substr(start, end - start), surrogates).has_value();
}

Result<> load_document(LoadContext& context, const Utf8Text& text, const JsonShape& shape) {
  context.report("decoded", context.file.size(), shape.elements, 1);
  // Lists of objects directly in the root object are tables of their own.
  std::vector<std::string> members;
  std::vector<std::string> titles;
  bool others = false;
  if (shape.root == JsonKind::object) {
    for (const auto& member : shape.members) {
      const bool list = member.elements > 0 && member.objects * 2 > member.elements;
      if (list && members.size() < 50 && std::ranges::find(members, member.name) == members.end()) {
        members.push_back(member.name);
      } else {
        others = true;
      }
    }
  }
  for (const auto& member : members) {
    titles.push_back(members.size() == 1 ? context.title : context.title + " " + member);
  }
  if (members.empty())
    titles.push_back(context.title);
  else if (others)
    titles.push_back(context.title + " document");
  const JsonRecords records = [&](const JsonVisit& visit) -> Result<> {
    std::vector<std::int64_t> numbers(titles.size() + 1, 0);
    return visit_json(*text.file, text.mark_bytes, shape, members, context.stop,
                      [&](std::size_t source, JsonNode& node) -> Result<> {
                        if (source >= titles.size())
                          return {};  // an object with nothing but its lists
                        if (auto inner = members.empty() && shape.root == JsonKind::object
                                             ? records_of_root(node)
                                             : std::nullopt) {
                          for (const auto& record : *inner)
                            TRY_VOID(visit(source, record, ++numbers[source]));
                          return {};
                        }
                        return visit(source, node, ++numbers[source]);
                      });
  };
  const bool arrays_are_rows =
      shape.root == JsonKind::array && shape.elements > 0 && shape.arrays == shape.elements;
  TRY_VOID(load_json_tables(context, records, titles, arrays_are_rows));
  note_surrogates(context, shape.lone_surrogates);
  if (shape.documents > 1) {
    context.note(fmt::format("The file holds {} JSON objects one after the other; each is a row.",
                             shape.documents));
    context.reply.report.format = "ndjson";
  }
  return {};
}

}  // namespace

Result<> load_ndjson(LoadContext& context) {
  Utf8Text text;
  TRY_VOID(open_text(context, text));
  if (!looks_like_lines(text.sample, false)) {
    // Objects over several lines, or a document under the wrong name.
    if (const auto shape = read_json_shape(*text.file, text.mark_bytes, context.stop))
      return load_document(context, text, *shape);
  }
  return load_lines(context, text);
}

Result<> load_json(LoadContext& context) {
  Utf8Text text;
  TRY_VOID(open_text(context, text));
  if (looks_like_lines(text.sample, true)) return load_lines(context, text);
  TRY(const auto shape, read_json_shape(*text.file, text.mark_bytes, context.stop));
  return load_document(context, text, shape);
}

}  // namespace sextant::formats

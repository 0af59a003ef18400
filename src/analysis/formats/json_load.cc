#include "analysis/formats/json_load.h"

#include <fmt/format.h>

#include <map>
#include <memory>

#include "analysis/formats/csv_reader.h"
#include "analysis/formats/csv_scan.h"
#include "analysis/formats/json_stream.h"
#include "analysis/formats/names.h"
#include "analysis/formats/table_writer.h"
#include "analysis/formats/utf8_text.h"
#include "base/text.h"

namespace sextant::formats {
namespace {

constexpr std::size_t kMostColumns = 2000;
constexpr int kDeepestColumns = 12;  // levels of objects that become columns
constexpr std::string_view kParent = "parent_row";
constexpr std::string_view kRow = "row_number";

// A table while its shape is found: columns in the order of their first appearance.
struct JsonTable {
  std::string title;
  std::string key;  // of the array inside the parent's records; empty: a top table
  std::vector<std::string> paths;
  std::map<std::string, std::size_t, std::less<>> positions;
  std::vector<ColumnEvidence> evidence;
  std::int64_t records = 0;
  std::int64_t records_written = 0;
  std::vector<std::unique_ptr<JsonTable>> children;

  TableJob job;
  std::unique_ptr<Quarantine> quarantine;
  std::optional<TableWriter> writer;

  std::size_t position(const std::string& path) {
    const auto [found, added] = positions.emplace(path, paths.size());
    if (added) {
      paths.push_back(path);
      evidence.emplace_back();
    }
    return found->second;
  }
  JsonTable& child(const std::string& path) {
    for (auto& existing : children) {
      if (existing->key == path) return *existing;
    }
    auto made = std::make_unique<JsonTable>();
    made->key = path;
    made->title = title + " " + path;
    children.push_back(std::move(made));
    return *children.back();
  }
};

// One cell of a record: where it goes and what it is.
struct Cell {
  JsonKind kind = JsonKind::null;
  std::string text;
};

struct Row {
  std::vector<std::pair<std::string, Cell>> cells;
  std::vector<std::pair<std::string, const JsonNode*>> arrays;  // of objects
};

bool is_array_of_objects(const JsonNode& node) {
  if (node.kind != JsonKind::array || node.children.empty()) return false;
  return std::ranges::all_of(node.children,
                             [](const auto& child) { return child.kind == JsonKind::object; });
}

Cell as_json(const JsonNode& node) {
  Cell cell{JsonKind::string, {}};
  node.write(cell.text);
  return cell;
}

void flatten(const JsonNode& node, const std::string& path, int depth, int deepest,
             bool with_children, Row& row) {
  if (node.kind == JsonKind::object && depth < deepest && !(node.children.empty() && depth > 0)) {
    for (const auto& child : node.children) {
      const auto& name = child.name;
      flatten(child, depth == 0 ? name : path + "." + name, depth + 1, deepest, with_children, row);
    }
    return;
  }
  if (with_children && depth > 0 && is_array_of_objects(node)) {
    row.arrays.emplace_back(path, &node);
    return;
  }
  if (node.kind == JsonKind::array || node.kind == JsonKind::object) {
    row.cells.emplace_back(depth == 0 ? "value" : path, as_json(node));
  } else {
    row.cells.emplace_back(depth == 0 ? "value" : path, Cell{node.kind, node.text});
  }
}

// A record of any kind as cells: an array of scalars has its positions as columns.
Row make_row(const JsonNode& node, int deepest, bool arrays_are_rows, bool with_children) {
  Row row;
  if (node.kind == JsonKind::array && arrays_are_rows) {
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      const auto& child = node.children[i];
      const auto path = fmt::format("column_{}", i + 1);
      if (child.kind == JsonKind::array || child.kind == JsonKind::object) {
        row.cells.emplace_back(path, as_json(child));
      } else {
        row.cells.emplace_back(path, Cell{child.kind, child.text});
      }
    }
    return row;
  }
  if (node.kind == JsonKind::object && deepest == 0) {
    row.cells.emplace_back("value", as_json(node));
    return row;
  }
  flatten(node, "", 0, std::max(deepest, 1), with_children, row);
  return row;
}

// Whether a string says a date that can not be taken for a version or a code: ISO, with the name of
// its month, or with slashes.
bool says_date(std::string_view text) {
  const auto time = parse_cell_time(text);
  if (!time || time->order == DateOrder::none) return false;
  return time->order != DateOrder::numeric || time->separator == '/';
}

void add_evidence(ColumnEvidence& evidence, const Cell& cell) {
  switch (cell.kind) {
    case JsonKind::null:
      evidence.add("");
      return;
    case JsonKind::string:
      // Strings stay strings; only dates are recognised in them.
      if (says_date(cell.text)) {
        evidence.add(cell.text);
      } else {
        evidence.add_text();
      }
      return;
    default:
      evidence.add(cell.text);
  }
}

// How records are found: visits all of them, in the order of the file; `line` is a line (ndjson) or
// the record's number.
using Visit = std::function<Result<>(std::size_t source, const JsonNode& node, std::int64_t line)>;
using Records = std::function<Result<>(const Visit& visit)>;

class JsonLoader {
 public:
  JsonLoader(LoadContext& context, Records records, std::vector<std::string> titles)
      : context_(context), records_(std::move(records)), titles_(std::move(titles)) {}

  bool arrays_are_rows = false;

  Result<> run() {
    for (const int deepest : {kDeepestColumns, 1, 0}) {
      deepest_ = deepest;
      TRY(const bool fits, find_shape());
      if (fits) break;
    }
    if (deepest_ != kDeepestColumns) {
      context_.note(
          "The records have very many different fields; nested ones were kept as JSON text.");
    }
    for (auto& table : tables_) TRY_VOID(prepare(*table));
    TRY_VOID(records_([&](std::size_t source, const JsonNode& node, std::int64_t line) -> Result<> {
      auto row = make_row(node, deepest_, arrays_are_rows, true);
      return write(*tables_[source], row, 0, line);
    }));
    for (auto& table : tables_) TRY_VOID(finish(*table));
    return {};
  }

 private:
  Result<bool> find_shape() {
    tables_.clear();
    for (const auto& title : titles_) {
      tables_.push_back(std::make_unique<JsonTable>());
      tables_.back()->title = title;
    }
    bool fits = true;
    TRY_VOID(records_([&](std::size_t source, const JsonNode& node, std::int64_t) -> Result<> {
      auto& table = *tables_[source];
      auto row = make_row(node, deepest_, arrays_are_rows, true);
      note_row(table, row);
      if (table.paths.size() > kMostColumns || table.children.size() > 50) fits = false;
      return {};
    }));
    return fits || deepest_ == 0;
  }

  // The path of the list that the table is: "" for the document's own.
  std::string key_of(const JsonTable& table) const {
    return std::string(text::trim(std::string_view(table.title).substr(context_.title.size())));
  }

  void note_row(JsonTable& table, const Row& row) {
    ++table.records;
    for (const auto& [path, cell] : row.cells) {
      const auto known = table.paths.size();
      auto& evidence = table.evidence[table.position(path)];
      if (table.paths.size() > known)
        evidence.set_missing(missing_words_of(context_.choice(key_of(table), path)));
      add_evidence(evidence, cell);
    }
    for (const auto& [path, array] : row.arrays) {
      auto& child = table.child(path);
      for (const auto& element : array->children) {
        note_row(child, make_row(element, deepest_, false, false));
      }
    }
  }

  // A column that holds arrays of objects in some records and something else in others has both a
  // child table and a column; both are kept.
  Result<> prepare(JsonTable& table) {
    const bool child = !table.key.empty();
    std::vector<std::string> header;
    std::vector<ColumnPlan> plans;
    table.job.key = key_of(table);
    if (child || !table.children.empty()) {
      ColumnPlan number;
      number.kind = Kind::integer;
      number.type = "BIGINT";
      number.evidence = child ? "row_number of the parent table's row" : "position in the file";
      header.emplace_back(child ? kParent : kRow);
      plans.push_back(std::move(number));
    }
    if (table.paths.empty()) table.position("value");
    for (std::size_t c = 0; c < table.paths.size(); ++c) {
      header.push_back(table.paths[c]);
    }
    auto names = column_names(header, header.size(), true);
    for (auto& note : names.notes) context_.note(std::move(note));
    for (std::size_t c = 0; c < table.paths.size(); ++c) {
      const auto& original = names.originals[header.size() - table.paths.size() + c];
      plans.push_back(table.evidence[c].decide({}, context_.choice(table.job.key, original)));
    }
    table.job.table = table_name(table.title, context_.taken_names);
    table.job.title = table.title;
    table.job.names = std::move(names.names);
    table.job.originals = std::move(names.originals);
    table.job.plans = std::move(plans);
    table.quarantine =
        std::make_unique<Quarantine>(table.job.table, context_.options.temp_directory);
    TRY(auto writer, TableWriter::create(context_, table.job, *table.quarantine));
    table.writer.emplace(std::move(writer));
    for (auto& inner : table.children) TRY_VOID(prepare(*inner));
    return {};
  }

  Result<> write(JsonTable& table, const Row& row, std::int64_t parent, std::int64_t line) {
    const bool child = !table.key.empty();
    const auto number = ++table.records_written;
    if (child)
      TRY_VOID(table.writer->cell(std::to_string(parent), line));
    else if (!table.children.empty())
      TRY_VOID(table.writer->cell(std::to_string(number), line));
    cells_.assign(table.paths.size(), nullptr);
    for (const auto& [path, cell] : row.cells) cells_[table.positions.find(path)->second] = &cell;
    const std::size_t offset = table.job.plans.size() - table.paths.size();
    for (std::size_t c = 0; c < cells_.size(); ++c) {
      const Cell* cell = cells_[c];
      const bool text = table.job.plans[c + offset].kind == Kind::text;
      if (!cell || cell->kind == JsonKind::null)
        TRY_VOID(table.writer->cell("", line));
      else if (text)
        table.writer->text_cell(cell->text);
      else
        TRY_VOID(table.writer->cell(cell->text, line));
    }
    TRY_VOID(table.writer->end_row());
    for (const auto& [path, array] : row.arrays) {
      auto& inner = table.child(path);
      for (const auto& element : array->children) {
        TRY_VOID(write(inner, make_row(element, deepest_, false, false), number, line));
      }
    }
    return {};
  }

  Result<> finish(JsonTable& table) {
    TRY_VOID(table.writer->load());
    table.writer.reset();
    TRY_VOID(publish_table(context_, table.job, *table.quarantine));
    for (auto& inner : table.children) {
      context_.note(fmt::format("The lists in {} are the table {}; its {} is the {} of {}.",
                                inner->key, inner->job.table, kParent, kRow, table.job.table));
      TRY_VOID(finish(*inner));
    }
    return {};
  }

  LoadContext& context_;
  Records records_;
  std::vector<std::string> titles_;
  int deepest_ = kDeepestColumns;
  std::vector<std::unique_ptr<JsonTable>> tables_;
  std::vector<const Cell*> cells_;
};

Result<> load_lines(LoadContext& context, Utf8Text& text) {
  ScanRequest request;
  request.file = text.file;
  request.data_offset = text.mark_bytes;
  request.columns = 2;  // blank lines are skipped
  request.dialect = {.delimiter = 0, .quote = 0};
  Quarantine bad("", context.options.temp_directory);
  std::int64_t lines = 0;
  bool first = true;
  const Records records = [&](const Visit& visit) -> Result<> {
    lines = 0;
    const bool keep = first;
    first = false;
    TRY_VOID(for_each_record(request, context.stop, [&](const Record& record) -> Result<> {
      if (text::trim(record.cells[0]).empty()) return {};
      ++lines;
      const auto node = parse_json_node(record.cells[0]);
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
  JsonLoader loader(context, records, {context.title});
  TRY_VOID(loader.run());
  if (bad.count() > 0) {
    auto& load = context.reply.report.tables.front();
    bad.set_table(load.table);
    TRY_VOID(context.output.add_quarantine(bad));
    load.quarantined += bad.count();
    load.samples.insert(load.samples.begin(), bad.samples().begin(), bad.samples().end());
    if (load.samples.size() > 100) load.samples.resize(100);
    context.note(counted(bad.count(), "line is", "lines are") + " not valid JSON and kept aside.");
  }
  context.reply.report.format = "ndjson";
  return {};
}

// Whether a .json file is really one document a line: the first line and the second are whole.
bool looks_like_lines(std::string_view sample) {
  const auto start = sample.find_first_not_of(" \t\r\n");
  if (start == sample.npos || (sample[start] != '{' && sample[start] != '[')) return false;
  const auto end = sample.find('\n', start);
  if (end == sample.npos) return false;
  const auto next = sample.find_first_not_of(" \t\r\n", end);
  if (next == sample.npos || (sample[next] != '{' && sample[next] != '[')) return false;
  return parse_json_node(sample.substr(start, end - start)).has_value();
}

}  // namespace

Result<> load_ndjson(LoadContext& context) {
  Utf8Text text;
  TRY_VOID(open_text(context, text));
  return load_lines(context, text);
}

Result<> load_json(LoadContext& context) {
  Utf8Text text;
  TRY_VOID(open_text(context, text));
  if (looks_like_lines(text.sample)) return load_lines(context, text);
  TRY(const auto shape, read_json_shape(*text.file, text.mark_bytes, context.stop));
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
  const Records records = [&](const Visit& visit) -> Result<> {
    std::vector<std::int64_t> numbers(titles.size() + 1, 0);
    return visit_json(*text.file, text.mark_bytes, members, context.stop,
                      [&](std::size_t source, JsonNode& node) -> Result<> {
                        if (source >= titles.size())
                          return {};  // an object with nothing but its lists
                        return visit(source, node, ++numbers[source]);
                      });
  };
  JsonLoader loader(context, records, titles);
  loader.arrays_are_rows =
      shape.root == JsonKind::array && shape.elements > 0 && shape.arrays == shape.elements;
  return loader.run();
}

}  // namespace sextant::formats

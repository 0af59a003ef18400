#include "analysis/formats/json_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>

#include "analysis/formats/names.h"
#include "analysis/formats/table_writer.h"
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

// Scalars that can be told apart when they are written one after the other: "red, blue".
bool reads_as_list(const JsonNode& node) {
  return node.kind == JsonKind::array && !node.children.empty() &&
         std::ranges::all_of(node.children, [](const auto& child) {
           return child.kind != JsonKind::array && child.kind != JsonKind::object &&
                  !child.text.empty() && child.text.find(',') == child.text.npos &&
                  text::trim(child.text).size() == child.text.size();
         });
}

Cell as_list(const JsonNode& node) {
  Cell cell{JsonKind::string, {}};
  for (const auto& child : node.children) {
    if (!cell.text.empty()) cell.text += ", ";
    cell.text += child.text;
  }
  return cell;
}

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
    row.cells.emplace_back(depth == 0 ? "value" : path,
                           reads_as_list(node) ? as_list(node) : as_json(node));
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

class JsonLoader {
 public:
  JsonLoader(LoadContext& context, JsonRecords records, std::vector<std::string> titles,
             bool arrays_are_rows)
      : context_(context),
        records_(std::move(records)),
        titles_(std::move(titles)),
        arrays_are_rows_(arrays_are_rows) {}

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
      auto row = make_row(node, deepest_, arrays_are_rows_, true);
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
      auto row = make_row(node, deepest_, arrays_are_rows_, true);
      note_row(table, row);
      if (table.paths.size() > kMostColumns || table.children.size() > 50) fits = false;
      return {};
    }));
    for (auto& table : tables_) drop_absent(*table);
    return fits || deepest_ == 0;
  }

  // An object or list that is null in some records is no column beside the columns or the table
  // that it is in the others.
  static void drop_absent(JsonTable& table) {
    const auto stands_elsewhere = [&](const std::string& path) {
      const auto inner = table.positions.lower_bound(path + ".");
      return (inner != table.positions.end() && inner->first.starts_with(path + ".")) ||
             std::ranges::any_of(table.children,
                                 [&](const auto& child) { return child->key == path; });
    };
    std::vector<std::string> paths;
    std::vector<ColumnEvidence> evidence;
    for (std::size_t c = 0; c < table.paths.size(); ++c) {
      const bool empty = table.evidence[c].cells() == table.evidence[c].empty();
      if (empty && stands_elsewhere(table.paths[c])) continue;
      paths.push_back(std::move(table.paths[c]));
      evidence.push_back(std::move(table.evidence[c]));
    }
    table.paths = std::move(paths);
    table.evidence = std::move(evidence);
    table.positions.clear();
    for (std::size_t c = 0; c < table.paths.size(); ++c) table.positions.emplace(table.paths[c], c);
    for (auto& inner : table.children) drop_absent(*inner);
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
    const std::size_t offset = table.job.plans.size() - table.paths.size();
    for (const auto& [path, cell] : row.cells) {
      const auto found = table.positions.find(path);
      if (found == table.positions.end()) continue;  // null, see drop_absent()
      auto& kept = cells_[found->second];
      if (kept && kept->kind != JsonKind::null) {
        TRY_VOID(table.quarantine->add(
            line, table.job.originals[found->second + offset], kept->text,
            "the record has this field more than once; the last value is in the table"));
      }
      kept = &cell;
    }
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
  JsonRecords records_;
  std::vector<std::string> titles_;
  bool arrays_are_rows_;
  int deepest_ = kDeepestColumns;
  std::vector<std::unique_ptr<JsonTable>> tables_;
  std::vector<const Cell*> cells_;
};

}  // namespace

Result<> load_json_tables(LoadContext& context, JsonRecords records,
                          std::vector<std::string> titles, bool arrays_are_rows) {
  return JsonLoader(context, std::move(records), std::move(titles), arrays_are_rows).run();
}

}  // namespace sextant::formats

#include "analysis/formats/combine.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>
#include <set>

#include "analysis/formats/names.h"
#include "analysis/formats/table_writer.h"
#include "base/text.h"

namespace sextant::formats {
namespace {

constexpr std::size_t kSamples = 100;
constexpr const char* kFileName = "File name";

// Digits before and after the decimal mark that a type holds exactly.
struct Digits {
  int whole = 0;
  int fraction = 0;
};

std::optional<Digits> digits_of(const std::string& type) {
  if (type == "BIGINT") return Digits{19, 0};
  if (type == "HUGEINT") return Digits{38, 0};
  int precision = 0;
  int scale = 0;
  if (std::sscanf(type.c_str(), "DECIMAL(%d,%d)", &precision, &scale) == 2)
    return Digits{precision - scale, scale};
  return std::nullopt;
}

// A type that holds all values of both.
std::optional<std::string> common_type(const std::string& a, const std::string& b) {
  if (a == b) return a;
  const auto first = digits_of(a);
  const auto second = digits_of(b);
  if (first && second) {
    const int whole = std::max(first->whole, second->whole);
    const int fraction = std::max(first->fraction, second->fraction);
    if (fraction == 0) return "HUGEINT";
    if (whole + fraction > 38) return std::nullopt;
    return fmt::format("DECIMAL({},{})", whole + fraction, fraction);
  }
  const auto is = [&](const char* one, const char* other) {
    return (a == one && b == other) || (a == other && b == one);
  };
  if (is("DATE", "TIMESTAMP")) return "TIMESTAMP";
  return std::nullopt;
}

struct Column {
  std::string name;
  std::string original;
  std::string type;  // empty: no values yet
  std::string unit;
  std::string evidence;
  bool fits = true;
};

Result<std::map<std::string, std::string>> units_of(OutputDatabase& output,
                                                    const std::string& table) {
  TRY(const auto rows,
      output.connection().query("SELECT column_name, coalesce(unit, '') FROM _columns WHERE "
                                "table_name = " +
                                text::quote_literal(table)));
  std::map<std::string, std::string> out;
  for (std::int64_t r = 0; r < rows.rows(); ++r) out[rows.text(r, 0)] = rows.text(r, 1);
  return out;
}

Result<bool> has_values(OutputDatabase& output, const std::string& table,
                        const std::string& column) {
  TRY(const auto count, output.connection().query("SELECT count(" + text::quote_identifier(column) +
                                                  ") FROM " + text::quote_identifier(table)));
  return count.int64(0, 0) > 0;
}

std::string names_of(const std::vector<Column>& columns) {
  std::string out;
  for (const auto& column : columns) out += (out.empty() ? "" : ", ") + column.original;
  return std::string(text::truncate_utf8(out, 200));
}

// The columns of a group, in the order of their first appearance.
Result<std::vector<Column>> columns_of(OutputDatabase& output, const std::vector<Decoded>& files,
                                       const TableGroup& group) {
  std::vector<Column> out;
  std::set<std::string> taken;
  for (const auto& [file, position] : group) {
    const auto& table = files[file].reply.tables[position];
    const auto& load = files[file].reply.report.tables[position];
    TRY(auto units, units_of(output, table.stored_name));
    const bool shares = std::ranges::any_of(table.columns, [&](const auto& column) {
      return std::ranges::find(out, column.original_name, &Column::original) != out.end();
    });
    if (!out.empty() && !shares) {
      return fail(ErrorCode::unreadable_file,
                  fmt::format("“{}” has none of the columns of “{}” ({}).", files[file].filename,
                              files[group.front().first].filename, names_of(out)),
                  "Upload it as a source of its own, or give its columns the same names first.");
    }
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const auto& column = table.columns[c];
      auto known = std::ranges::find(out, column.original_name, &Column::original);
      if (known == out.end()) {
        out.push_back({unique_name(column.name, taken), column.original_name, {}, {}, {}, true});
        known = out.end() - 1;
      }
      TRY(const bool filled, has_values(output, table.stored_name, column.name));
      if (!filled) continue;
      const auto& unit = units[column.name];
      if (known->type.empty()) {
        known->type = column.type;
        known->unit = unit;
        known->evidence = load.decisions[c].evidence;
        continue;
      }
      const auto type = common_type(known->type, column.type);
      known->fits = known->fits && type && known->unit == unit;
      if (type) known->type = *type;
    }
  }
  for (auto& column : out) {
    if (column.type.empty()) column.type = "VARCHAR", column.evidence = "no values";
  }
  return out;
}

std::string insert_sql(const std::string& target, const std::vector<Column>& columns,
                       const catalog::Table& table, const std::string* filename) {
  std::string select = filename ? text::quote_literal(*filename) : "";
  for (const auto& column : columns) {
    const auto own =
        std::ranges::find(table.columns, column.original, &catalog::Column::original_name);
    select += (select.empty() ? "" : ", ") +
              (own == table.columns.end()
                   ? "NULL"
                   : "CAST(" + text::quote_identifier(own->name) + " AS " + column.type + ")");
  }
  return "INSERT INTO " + target + " SELECT " + select + " FROM " +
         text::quote_identifier(table.stored_name);
}

// The table of a group: `head` and `load` of its first file become those of all.
Result<> make_table(OutputDatabase& output, const std::vector<Decoded>& files,
                    const TableGroup& group, bool file_name_column, catalog::Table& head,
                    catalog::TableLoad& load) {
  auto& connection = output.connection();
  TRY(auto columns, columns_of(output, files, group));
  std::set<std::string> taken;
  for (const auto& column : columns) taken.insert(column.name);
  const auto file_column = unique_name("file_name", taken);
  const std::string target = "_combined";
  std::string create;
  if (file_name_column) create = text::quote_identifier(file_column) + " VARCHAR";
  for (const auto& column : columns) {
    create +=
        (create.empty() ? "" : ", ") + text::quote_identifier(column.name) + " " + column.type;
  }
  TRY_VOID(connection.query("CREATE TABLE " + target + " (" + create + ")"));
  const auto stored = head.stored_name;
  std::vector<ColumnExtra> extras;
  head.rows = load.rows = load.quarantined = 0;
  load.samples.clear();
  std::map<std::string, std::int64_t> aside;
  for (const auto& [file, position] : group) {
    const auto& table = files[file].reply.tables[position];
    const auto& own = files[file].reply.report.tables[position];
    TRY_VOID(connection.query(
        insert_sql(target, columns, table, file_name_column ? &files[file].filename : nullptr)));
    TRY_VOID(connection.query("DROP TABLE " + text::quote_identifier(table.stored_name)));
    for (const auto* list : {"_quarantine", "_columns"}) {
      const auto where = " WHERE table_name = " + text::quote_literal(table.stored_name);
      TRY_VOID(connection.query(
          list == std::string_view("_columns")
              ? std::string("DELETE FROM _columns") + where
              : "UPDATE _quarantine SET file = " + text::quote_literal(files[file].filename) +
                    ", table_name = " + text::quote_literal(stored) + where));
    }
    head.rows += table.rows;
    load.quarantined += own.quarantined;
    for (const auto& cell : own.samples) {
      if (load.samples.size() == kSamples) break;
      load.samples.push_back(cell);
      load.samples.back().file = files[file].filename;
    }
    for (const auto& decision : own.decisions)
      aside[decision.original_name] += decision.quarantined;
  }
  TRY_VOID(
      connection.query("ALTER TABLE " + target + " RENAME TO " + text::quote_identifier(stored)));
  load.rows = head.rows;
  head.columns.clear();
  load.decisions.clear();
  if (file_name_column) {
    head.columns.push_back({file_column, kFileName, "VARCHAR"});
    extras.push_back({file_column, kFileName, {}});
  }
  for (const auto& column : columns) {
    head.columns.push_back({column.name, column.original, column.type});
    extras.push_back({column.name, column.original, column.unit});
    load.decisions.push_back(
        {column.name, column.type,
         group.size() == 1 ? column.evidence : "holds the values of all files exactly",
         aside[column.original], column.original, false});
  }
  return output.add_columns(stored, extras);
}

}  // namespace

std::vector<TableGroup> group_tables(const std::vector<Decoded>& files) {
  const bool single = std::ranges::all_of(
      files, [](const Decoded& f) { return f.reply.tables.size() == 1 && !f.separate; });
  std::vector<TableGroup> out;
  std::map<std::string, std::size_t> known;
  for (std::size_t f = 0; f < files.size(); ++f) {
    for (std::size_t t = 0; t < files[f].reply.tables.size(); ++t) {
      const auto key = single ? std::string() : files[f].reply.report.tables[t].key;
      const auto [at, added] = known.emplace(key, out.size());
      if (added) out.emplace_back();
      out[at->second].emplace_back(f, t);
    }
  }
  return out;
}

Result<std::vector<TextColumn>> text_columns(OutputDatabase& output,
                                             const std::vector<Decoded>& files) {
  std::vector<TextColumn> out;
  for (const auto& group : group_tables(files)) {
    if (group.size() < 2) continue;
    TRY(const auto columns, columns_of(output, files, group));
    for (const auto& column : columns) {
      if (column.fits) continue;
      std::set<std::string> keys;
      for (const auto& [file, position] : group)
        keys.insert(files[file].reply.report.tables[position].key);
      for (const auto& key : keys) out.push_back({key, column.original});
    }
  }
  return out;
}

Result<wire::LoadReply> combine(OutputDatabase& output, std::vector<Decoded> files,
                                bool file_name_column) {
  wire::LoadReply out;
  out.data_type = files.front().reply.data_type;
  const auto& first = files.front().reply.report;
  out.report.format = first.format;
  out.report.encoding = first.encoding;
  out.report.delimiter = first.delimiter;
  out.report.header = first.header;
  for (const auto& group : group_tables(files)) {
    const auto& [file, position] = group.front();
    auto head = files[file].reply.tables[position];
    auto load = files[file].reply.report.tables[position];
    if (group.size() > 1 || file_name_column)
      TRY_VOID(make_table(output, files, group, file_name_column, head, load));
    out.tables.push_back(std::move(head));
    out.report.tables.push_back(std::move(load));
  }
  for (auto& file : files) {
    out.report.bytes += file.reply.report.bytes;
    const auto& passages = file.reply.report.passages;
    if (passages) out.report.passages = out.report.passages.value_or(0) + *passages;
    for (auto& note : file.reply.report.notes)
      out.report.notes.push_back(file.filename + ": " + note);
    for (auto& sheet : file.reply.report.sheets) {
      if (std::ranges::find(out.report.sheets, sheet.sheet, &catalog::SheetLoad::sheet) ==
          out.report.sheets.end()) {
        out.report.sheets.push_back(std::move(sheet));
      }
    }
  }
  return out;
}

}  // namespace sextant::formats

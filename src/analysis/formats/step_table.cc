#include "analysis/formats/step_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "analysis/formats/names.h"
#include "base/text.h"

namespace sextant::formats {

Result<StepTable> StepTable::open(OutputDatabase& output, const catalog::Table& table) {
  StepTable out(output);
  out.stored_ = table.stored_name;
  out.relation_ = text::quote_identifier(table.stored_name);
  TRY(const auto units,
      output.connection().query(
          "SELECT column_name, coalesce(unit, '') FROM _columns WHERE table_name = " +
          text::quote_literal(table.stored_name)));
  for (const auto& column : table.columns) {
    Column own{column.name, column.original_name, column.type, {}};
    for (std::int64_t r = 0; r < units.rows(); ++r) {
      if (units.text(r, 0) == column.name) own.unit = units.text(r, 1);
    }
    out.columns.push_back(std::move(own));
  }
  return out;
}

Result<std::size_t> StepTable::position(const std::string& name) const {
  const auto found = std::ranges::find(columns, name, &Column::name);
  if (found == columns.end()) {
    return fail(ErrorCode::unreadable_file,
                fmt::format("there is no column “{}”", text::truncate_utf8(name, 100)));
  }
  return static_cast<std::size_t>(found - columns.begin());
}

std::string StepTable::new_name(const std::string& title) const {
  std::set<std::string> taken;
  for (const auto& column : columns) taken.insert(column.name);
  return table_name(title, taken);
}

Result<> StepTable::next(std::vector<Column> fresh, const std::vector<std::string>& expressions,
                         const std::string& after) {
  auto& connection = output_->connection();
  std::string select;
  for (std::size_t i = 0; i < fresh.size(); ++i) {
    select += (i ? ", " : "") + expressions[i] + " AS " + text::quote_identifier(fresh[i].name);
  }
  const auto name = fmt::format("_step_{}", ++number_);
  TRY_VOID(connection.query("CREATE TEMP VIEW " + name + " AS SELECT " + select + " FROM " +
                            relation_ + after));
  TRY(const auto shape, connection.query("SELECT * FROM " + name + " LIMIT 0"));
  for (std::size_t i = 0; i < fresh.size(); ++i) fresh[i].type = shape.column_info()[i].type;
  columns = std::move(fresh);
  views_.push_back(name);
  relation_ = name;
  written_ = false;
  return {};
}

Result<> StepTable::materialise() {
  if (written_) return {};
  auto& connection = output_->connection();
  const auto name = fmt::format("_written_{}", ++number_);
  TRY_VOID(connection.query("CREATE TABLE " + name + " AS SELECT * FROM " + relation_));
  for (auto view = views_.rbegin(); view != views_.rend(); ++view)
    TRY_VOID(connection.query("DROP VIEW " + *view));
  views_.clear();
  TRY_VOID(connection.query("DROP TABLE " + text::quote_identifier(stored_)));
  TRY_VOID(
      connection.query("ALTER TABLE " + name + " RENAME TO " + text::quote_identifier(stored_)));
  relation_ = text::quote_identifier(stored_);
  written_ = true;
  return {};
}

Result<std::int64_t> StepTable::rows() const {
  TRY(const auto count, output_->connection().query("SELECT count(*) FROM " + relation_));
  return count.int64(0, 0);
}

Result<> StepTable::finish(catalog::Table& table) {
  TRY_VOID(materialise());
  TRY(table.rows, rows());
  table.columns.clear();
  std::vector<ColumnExtra> extras;
  for (const auto& column : columns) {
    table.columns.push_back({column.name, column.original, column.type});
    extras.push_back({column.name, column.original, column.unit});
  }
  TRY_VOID(output_->connection().query("DELETE FROM _columns WHERE table_name = " +
                                       text::quote_literal(stored_)));
  return output_->add_columns(stored_, extras);
}

}  // namespace sextant::formats

#include "analysis/formats/steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "analysis/engine/gate.h"
#include "analysis/formats/step_table.h"
#include "base/sql_text.h"
#include "base/text.h"

namespace sextant::formats {
namespace {

using catalog::Step;
using catalog::StepKind;
using Columns = std::vector<StepTable::Column>;

std::string sql_name(const std::string& name) { return text::quote_identifier(name); }

std::vector<std::string> own_names(const StepTable& table) {
  std::vector<std::string> out;
  for (const auto& column : table.columns) out.push_back(sql_name(column.name));
  return out;
}

Result<std::vector<std::size_t>> positions(const StepTable& table,
                                           const std::optional<std::vector<std::string>>& names) {
  std::vector<std::size_t> out;
  if (!names) return out;
  for (const auto& name : *names) {
    TRY(const auto at, table.position(name));
    if (std::ranges::find(out, at) == out.end()) out.push_back(at);
  }
  return out;
}

Result<> need_text(const StepTable& table, std::size_t at) {
  const auto& column = table.columns[at];
  if (column.type == "VARCHAR") return {};
  return fail(ErrorCode::unreadable_file,
              fmt::format("column “{}” is {}, and this works on text", column.name, column.type));
}

Result<> rename(StepTable& table, const Step& step) {
  TRY(const auto at, table.position(*step.column));
  auto fresh = table.columns;
  const auto expressions = own_names(table);
  fresh[at].original = *step.name;
  fresh[at].name.clear();
  auto others = table;
  others.columns.erase(others.columns.begin() + static_cast<std::ptrdiff_t>(at));
  fresh[at].name = others.new_name(*step.name);
  return table.next(std::move(fresh), expressions);
}

Result<> hide(StepTable& table, const Step& step) {
  TRY(const auto hidden, positions(table, step.columns));
  Columns fresh;
  std::vector<std::string> expressions;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (std::ranges::find(hidden, c) != hidden.end()) continue;
    fresh.push_back(table.columns[c]);
    expressions.push_back(sql_name(table.columns[c].name));
  }
  if (fresh.empty())
    return fail(ErrorCode::unreadable_file, "a table needs at least one column that stays");
  return table.next(std::move(fresh), expressions);
}

// Parts beyond the last name stay in the last one, so that nothing is lost.
Result<> split(StepTable& table, const Step& step) {
  TRY(const auto at, table.position(*step.column));
  TRY_VOID(need_text(table, at));
  auto fresh = table.columns;
  auto expressions = own_names(table);
  const auto column = sql_name(table.columns[at].name);
  const auto separator = text::quote_literal(*step.separator);
  const auto parts = "string_split(" + column + ", " + separator + ")";
  auto named = table;
  for (std::size_t i = 0; i < step.names->size(); ++i) {
    const auto& title = (*step.names)[i];
    const bool last = i + 1 == step.names->size();
    const auto part = last ? fmt::format("array_to_string({}[{}:], {})", parts, i + 1, separator)
                           : fmt::format("{}[{}]", parts, i + 1);
    const auto place = static_cast<std::ptrdiff_t>(at + 1 + i);
    named.columns.push_back({named.new_name(title), title, "VARCHAR", {}});
    fresh.insert(fresh.begin() + place, named.columns.back());
    expressions.insert(expressions.begin() + place, "nullif(trim(" + part + "), '')");
  }
  return table.next(std::move(fresh), expressions);
}

Result<> trim(StepTable& table, const Step& step) {
  TRY(const auto chosen, positions(table, step.columns));
  auto expressions = own_names(table);
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const bool named = std::ranges::find(chosen, c) != chosen.end();
    if (named) TRY_VOID(need_text(table, c));
    if (!named && (!chosen.empty() || table.columns[c].type != "VARCHAR")) continue;
    expressions[c] = "trim(regexp_replace(" + expressions[c] + ", '[\\s\\x{00A0}]+', ' ', 'g'))";
  }
  return table.next(table.columns, expressions);
}

Result<> replace(StepTable& table, const Step& step) {
  TRY(const auto chosen, positions(table, step.columns));
  auto expressions = own_names(table);
  const auto find = text::quote_literal(*step.find);
  const auto replacement = text::quote_literal(*step.replacement);
  for (const auto c : chosen) {
    TRY_VOID(need_text(table, c));
    const auto column = expressions[c];
    expressions[c] = step.whole_cell.value_or(false)
                         ? fmt::format("CASE WHEN {} = {} THEN {} ELSE {} END", column, find,
                                       step.replacement->empty() ? "NULL" : replacement, column)
                         : fmt::format("replace({}, {}, {})", column, find, replacement);
  }
  return table.next(table.columns, expressions);
}

Result<> fill(OutputDatabase& output, StepTable& table, const Step& step) {
  TRY(const auto chosen, positions(table, step.columns));
  const bool previous = step.previous.value_or(false);
  if (previous) TRY_VOID(table.materialise());
  auto expressions = own_names(table);
  for (const auto c : chosen) {
    const auto& column = table.columns[c];
    if (previous) {
      expressions[c] = fmt::format(
          "last_value({} IGNORE NULLS) OVER (ORDER BY rowid ROWS BETWEEN UNBOUNDED PRECEDING AND "
          "CURRENT ROW)",
          expressions[c]);
      continue;
    }
    const auto value = text::quote_literal(*step.value);
    TRY(const auto fits, output.connection().query("SELECT TRY_CAST(" + value + " AS " +
                                                   column.type + ") IS NOT NULL"));
    if (!fits.boolean(0, 0)) {
      return fail(ErrorCode::unreadable_file,
                  fmt::format("“{}” is no value of column “{}”, which is {}",
                              text::truncate_utf8(*step.value, 100), column.name, column.type));
    }
    expressions[c] =
        fmt::format("coalesce({}, CAST({} AS {}))", expressions[c], value, column.type);
  }
  return table.next(table.columns, expressions, previous ? " ORDER BY rowid" : "");
}

Result<> remove_duplicates(StepTable& table, const Step& step) {
  TRY_VOID(table.materialise());
  TRY(auto chosen, positions(table, step.columns));
  const auto names = own_names(table);
  if (chosen.empty()) {
    for (std::size_t c = 0; c < names.size(); ++c) chosen.push_back(c);
  }
  std::string keys;
  for (const auto c : chosen) keys += (keys.empty() ? "" : ", ") + names[c];
  const auto first = " WHERE rowid IN (SELECT min(rowid) FROM " + table.relation() + " GROUP BY " +
                     keys + ") ORDER BY rowid";
  TRY_VOID(table.next(table.columns, names, first));
  return table.materialise();
}

Result<> unpivot(StepTable& table, const Step& step) {
  TRY(const auto chosen, positions(table, step.columns));
  Columns fresh;
  std::vector<std::string> expressions;
  const auto& first = table.columns[chosen.front()];
  std::string type = first.type;
  std::string unit = first.unit;
  std::string headers;
  for (const auto c : chosen) {
    if (table.columns[c].type != type) type = "VARCHAR";
    if (table.columns[c].unit != unit) unit.clear();
    headers += (headers.empty() ? "" : ", ") + text::quote_literal(table.columns[c].original);
  }
  std::string values;
  auto kept = table;
  kept.columns.clear();
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const auto name = sql_name(table.columns[c].name);
    if (std::ranges::find(chosen, c) != chosen.end()) continue;
    fresh.push_back(table.columns[c]);
    kept.columns.push_back(table.columns[c]);
    expressions.push_back(name);
  }
  for (const auto c : chosen) {
    values += (values.empty() ? "" : ", ") + ("CAST(" + sql_name(table.columns[c].name) + " AS ") +
              type + ")";
  }
  kept.columns.push_back({kept.new_name(*step.name), *step.name, "VARCHAR", {}});
  fresh.push_back(kept.columns.back());
  expressions.push_back("unnest([" + headers + "])");
  fresh.push_back({kept.new_name(*step.value_name), *step.value_name, type, unit});
  expressions.push_back("unnest([" + values + "])");
  TRY_VOID(table.next(std::move(fresh), expressions));
  return table.materialise();
}

// Brackets are balanced and never close more than was opened: the text is one expression where it
// stands between brackets of ours.
bool is_closed(const std::string& expression) {
  int depth = 0;
  for (const auto& token : sql::tokenize(expression)) {
    if (token.kind != sql::TokenKind::symbol) continue;
    const char c = expression[token.start];
    if (c == '(') ++depth;
    if (c == ')' && --depth < 0) return false;
    if (c == ';') return false;
  }
  return depth == 0;
}

Result<> compute(OutputDatabase& output, StepTable& table, const Step& step) {
  if (!is_closed(*step.expression)) {
    return fail(ErrorCode::unreadable_file,
                "the expression must be one SQL expression with balanced brackets");
  }
  const auto expression = "(\n" + *step.expression + "\n)";
  TRY_VOID(table.materialise());
  TRY(auto gate, engine::Gate::create(output.database()));
  catalog::Table open;
  open.name = "rows";
  for (const auto& column : table.columns)
    open.columns.push_back({column.name, column.original, column.type});
  const catalog::Catalog catalog{{}, {{"steps", "steps", 1, {}, {open}}}};
  TRY_VOID(gate.check("SELECT " + expression + " FROM rows", catalog));
  auto fresh = table.columns;
  auto expressions = own_names(table);
  fresh.push_back({table.new_name(*step.name), *step.name, {}, {}});
  expressions.push_back(expression);
  TRY_VOID(table.next(fresh, expressions));
  const auto& type = table.columns.back().type;
  if (type.ends_with("[]") || type.starts_with("STRUCT") || type.starts_with("MAP")) {
    return fail(ErrorCode::unreadable_file,
                "the expression gives " + type + "; it must give one value for each row");
  }
  return table.materialise();
}

Result<> apply(OutputDatabase& output, StepTable& table, const Step& step) {
  switch (step.kind) {
    case StepKind::rename:
      return rename(table, step);
    case StepKind::hide:
      return hide(table, step);
    case StepKind::split:
      return split(table, step);
    case StepKind::trim:
      return trim(table, step);
    case StepKind::replace:
      return replace(table, step);
    case StepKind::fill:
      return fill(output, table, step);
    case StepKind::remove_duplicates:
      return remove_duplicates(table, step);
    case StepKind::unpivot:
      return unpivot(table, step);
    case StepKind::compute:
      return compute(output, table, step);
  }
  return {};
}

Error named(std::size_t number, const Step& step, Error error) {
  if (error.code == ErrorCode::cancelled || error.code == ErrorCode::resource_exhausted ||
      error.code == ErrorCode::storage_full) {
    return error;
  }
  return {ErrorCode::unreadable_file,
          fmt::format("Step {} ({} on {}): {}", number, json::enum_name(step.kind), step.table,
                      error.message),
          error.hint.empty() ? "Change the step or take it back." : error.hint,
          {{"step", static_cast<std::int64_t>(number)}}};
}

}  // namespace

Result<> apply_steps(OutputDatabase& output, const std::vector<Step>& steps,
                     wire::LoadReply& reply) {
  std::map<std::string, StepTable> tables;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto& step = steps[i];
    const auto table = std::ranges::find(reply.tables, step.table, &catalog::Table::name);
    if (table == reply.tables.end()) {
      return fail(
          named(i + 1, step, Error(ErrorCode::unreadable_file, "there is no such table any more")));
    }
    auto found = tables.find(step.table);
    if (found == tables.end()) {
      TRY(auto opened, StepTable::open(output, *table));
      found = tables.emplace(step.table, std::move(opened)).first;
    }
    TRY(const auto before, found->second.rows());
    if (auto done = apply(output, found->second, step); !done)
      return fail(named(i + 1, step, std::move(done).error()));
    TRY(const auto after, found->second.rows());
    reply.steps.push_back({after, std::max<std::int64_t>(0, before - after)});
  }
  for (auto& [name, table] : tables) {
    const auto target = std::ranges::find(reply.tables, name, &catalog::Table::name);
    TRY_VOID(table.finish(*target));
  }
  return {};
}

}  // namespace sextant::formats

// FROM where joins would repeat the rows that figures are of.
#include <algorithm>

#include "analysis/ask/joins.h"
#include "analysis/ask/sql_generator.h"
#include "base/json.h"

namespace sextant::ask {

using text::quote_identifier;

namespace {

void collect(const std::vector<Measure>& measures, std::vector<const Measure*>& out) {
  for (const Measure& m : measures) {
    if (m.arithmetic == Arithmetic::none) {
      out.push_back(&m);
    } else {
      collect(m.operands, out);
    }
  }
}

// The figure itself: without what is made of it and how it is shown.
Measure bare(const Measure& m) {
  Measure figure = m;
  figure.share = figure.hidden = false;
  figure.window = Window::none;
  figure.span.reset();
  return figure;
}

bool counts(const Measure& m) {
  return m.metric.empty() &&
         (m.aggregate == Aggregate::count || m.aggregate == Aggregate::count_distinct);
}

}  // namespace

std::vector<const Measure*> Generator::leaves() const {
  std::vector<const Measure*> out;
  collect(reading_.measures, out);
  return out;
}

std::vector<std::string> Generator::figure_tables() const {
  std::vector<std::string> tables;
  for (const Measure* m : leaves()) {
    if (std::ranges::find(tables, m->table) == tables.end()) tables.push_back(m->table);
  }
  return tables;
}

Result<> Generator::check_fan_out() const {
  const auto refuse = [&](const Measure& m) -> Result<> {
    return fail(ErrorCode::invalid_fields,
                "The figure of " + m.table + " would count rows of it several times beside " +
                    reading_.table + ".",
                "Ask for the figures one by one.");
  };
  const auto figures = leaves();
  // Tables whose rows each belong to one row of the main table.
  std::set<std::string> finer;
  for (const Measure* m : figures) {
    if (m->table == reading_.table) continue;
    const auto up = join_path(model_, m->table, reading_.table, reading_.joins);
    if (up && std::ranges::none_of(*up, &JoinStep::multiplies)) finer.insert(m->table);
  }
  for (const Measure* m : figures) {
    const bool rows = m->metric.empty() && m->column.empty();
    const bool repeatable = m->metric.empty() && !rows &&
                            (m->aggregate == Aggregate::min || m->aggregate == Aggregate::max ||
                             m->aggregate == Aggregate::count_distinct);
    if (repeatable) continue;
    if (rows) {
      const bool repeated = m->table != reading_.table || !finer.empty();
      if (repeated && key_of(m->table).empty()) return refuse(*m);
      continue;
    }
    const bool own = m->table == reading_.table;
    if (own ? !finer.empty() : !finer.contains(m->table) || finer.size() > 1) return refuse(*m);
  }
  return {};
}

// (one query for each table, with the same groups, UNION ALL BY NAME) AS parts: a group has at most
// one row from each, so that any value of a figure there is the figure.
Result<> Generator::from_parts(const std::vector<std::string>& tables) {
  Sql whole;
  std::string union_all;
  std::set<std::string> taken;
  for (const std::string& name : tables) {
    Reading part;
    part.table = name;
    part.dimensions = reading_.dimensions;
    part.filters = reading_.filters;
    part.absences = reading_.absences;
    part.matched = reading_.matched;
    part.computed = reading_.computed;
    part.joins = reading_.joins;
    for (const Measure* m : leaves()) {
      Measure figure = bare(*m);
      if (m->table != name || !part_figures_.try_emplace(json::dump(json::to_value(figure))).second)
        continue;
      part.measures.push_back(std::move(figure));
    }
    Generator generator(model_, part);
    generator.depth_ = depth_ + 1;
    generator.part_ = true;
    generator.taken_ = taken;
    TRY(Sql one, generator.generate());
    const std::size_t groups = part.dimensions.size();
    group_names_.clear();
    for (std::size_t i = 0; i < one.columns.size(); ++i) {
      if (i < groups) {
        group_names_.push_back(one.columns[i].name);
      } else {
        taken.insert(one.columns[i].name);
        part_figures_[json::dump(json::to_value(part.measures[i - groups]))] = one.columns[i].name;
      }
    }
    union_all += (union_all.empty() ? "" : "\nUNION ALL BY NAME\n") + one.text;
    std::ranges::move(one.tables, std::back_inserter(whole.tables));
    for (const SqlJoin& link : one.links) {
      const auto same = [&](const SqlJoin& known) {
        return known.step.to.table == link.step.to.table;
      };
      if (std::ranges::none_of(whole.links, same)) whole.links.push_back(link);
    }
    for (std::string& words : one.joins) {
      if (std::ranges::find(whole.joins, words) == whole.joins.end()) {
        whole.joins.push_back(std::move(words));
      }
    }
    whole.joins.push_back(name +
                          ": its figures are computed by themselves, then put beside the others");
    whole.overlapping = whole.overlapping || one.overlapping;
    if (name == reading_.table) whole.matched = std::move(one.matched);
  }
  sql_ = std::move(whole);
  groups_in_ = "parts";
  from_ = "(\n" + union_all + "\n) AS \"parts\"";
  return {};
}

// (SELECT DISTINCT key, groups … WHERE …) AS once JOIN main: each row once per group.
Result<> Generator::from_distinct() {
  sql_.overlapping = true;
  std::string inner =
      "(SELECT DISTINCT " + qualified(reading_.table, key_of(reading_.table)) + " AS \"_key\"";
  std::set<std::string> names;
  for (const Dimension& d : reading_.dimensions) {
    SqlColumn out;
    TRY(const std::string expression, dimension(d, out));
    std::string name = out.name;
    for (int i = 2; !names.insert(name).second; ++i) name = out.name + "_" + std::to_string(i);
    inner += ", " + expression + " AS " + quote_identifier(name);
    group_names_.push_back(std::move(name));
  }
  std::string where_clause;
  if (!where_.empty()) where_clause = "\nWHERE " + text::join(where_, "\n  AND ");
  groups_in_ = "once";
  from_ = inner + " FROM " + from_ + where_clause + ") AS \"once\"\nJOIN " +
          quote_identifier(reading_.table) + " ON " +
          qualified(reading_.table, key_of(reading_.table)) + " = \"once\".\"_key\"";
  sql_.matched = "SELECT count(DISTINCT \"_key\") FROM " + from_;
  where_.clear();
  // What figures need of the tables that each row points to.
  joined_ = {reading_.table};
  for (const Measure& m : reading_.measures) TRY_VOID(require_measure(m));
  return {};
}

Result<std::string> Generator::group(std::size_t index, SqlColumn& out) const {
  TRY(std::string expression, dimension(reading_.dimensions[index], out));
  if (groups_in_.empty()) return expression;
  out.name = group_names_[index];
  return quote_identifier(groups_in_) + "." + quote_identifier(out.name);
}

void Generator::require_presence() {
  if (!reading_.limit) return;
  // Superlative rows: a missing value is neither the largest nor the smallest.
  if (reading_.measures.empty()) {
    for (const auto& o : reading_.order) {
      if (o.by == OrderBy::column) {
        where_.push_back(qualified(o.table, o.column) + " IS NOT NULL");
      }
    }
    return;
  }
  // Nor is a group without a name the first of the groups.
  for (std::size_t i = 0; i < reading_.dimensions.size(); ++i) {
    const Dimension& d = reading_.dimensions[i];
    if (d.grain != Grain::none) continue;
    where_.push_back((groups_in_.empty() ? qualified(d.table, d.column)
                                         : quote_identifier(groups_in_) + "." +
                                               quote_identifier(group_names_[i])) +
                     " IS NOT NULL");
    sql_.implied.push_back(d.column + " has a value");
  }
}

Result<std::string> Generator::figure_of_part(const Measure& m, SqlColumn& out) const {
  TRY_VOID(measure(m, out));
  const auto found = part_figures_.find(json::dump(json::to_value(bare(m))));
  if (found == part_figures_.end()) return unknown_name("a figure that is not computed");
  out.name = found->second;
  const std::string value = "any_value(\"parts\"." + quote_identifier(found->second) + ")";
  return counts(m) ? "coalesce(" + value + ", 0)" : value;
}

}  // namespace sextant::ask

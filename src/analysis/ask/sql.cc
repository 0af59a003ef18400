#include "analysis/ask/sql.h"

#include <algorithm>

#include "analysis/ask/joins.h"
#include "analysis/ask/sql_generator.h"
#include "base/json.h"

namespace sextant::ask {

using text::quote_identifier;

std::unexpected<Error> unknown_name(const std::string& what) {
  return fail(ErrorCode::invalid_fields, "The reading names " + what + ", which is not there.",
              "Ask the question again: the data may have changed.");
}

Result<> Generator::require(const std::string& name) {
  if (joined_.contains(name)) return {};
  if (!table(name)) return unknown_name("the table " + name);
  const auto path = join_path(model_, reading_.table, name);
  if (!path) {
    return fail(ErrorCode::invalid_fields,
                "Nothing connects " + reading_.table + " with " + name + ".",
                "Name columns of one table, or of tables that share a key.");
  }
  for (const JoinStep& step : *path) {
    if (!joined_.insert(step.to.table).second) continue;
    from_ +=
        (reading_.matched || (step.multiplies && for_dimensions_) ? "\nJOIN " : "\nLEFT JOIN ") +
        quote_identifier(step.to.table) + " ON " + qualified(step.from.table, step.from.column) +
        " = " + qualified(step.to.table, step.to.column);
    multiplied_ = multiplied_ || step.multiplies;
    sql_.tables.push_back(step.to.table);
    sql_.joins.push_back(
        step.from.table + "." + step.from.column + " = " + step.to.table + "." + step.to.column +
        (step.multiplies ? ": several rows each; counted once per row of " + reading_.table
                         : ": at most one row each, nothing is counted twice"));
  }
  return {};
}

// FROM: groups first, then what is listed, the figures, and what is sorted by.
Result<> Generator::join_tables() {
  for_dimensions_ = true;  // what has no partner is in no group
  for (const auto& d : reading_.dimensions) TRY_VOID(require(d.table));
  for_dimensions_ = false;
  for (const auto& p : reading_.columns) TRY_VOID(require(p.table));
  dimension_multiplies_ = multiplied_;
  for (const auto& m : reading_.measures) TRY_VOID(require_measure(m));
  for (const auto& name : reading_.along) TRY_VOID(require(name));
  for (const auto& o : reading_.order) {
    if (o.by == OrderBy::column) TRY_VOID(require(o.table));
  }
  return {};
}

// Whether every figure is computed over rows that the joins do not repeat.
Result<> Generator::check_fan_out() const {
  const auto refuse = [&](const Measure& m) -> Result<> {
    return fail(ErrorCode::invalid_fields,
                "The figure of " + m.table + " would count rows of it several times beside " +
                    reading_.table + ".",
                "Ask for the figures one by one.");
  };
  // Tables whose rows each belong to one row of the main table.
  std::set<std::string> finer;
  for (const Measure& m : reading_.measures) {
    if (m.table == reading_.table) continue;
    const auto up = join_path(model_, m.table, reading_.table);
    if (up && std::ranges::none_of(*up, &JoinStep::multiplies)) finer.insert(m.table);
  }
  for (const Measure& m : reading_.measures) {
    if (m.arithmetic != Arithmetic::none) continue;
    const bool rows = m.metric.empty() && m.column.empty();
    const bool repeatable = m.metric.empty() && !rows &&
                            (m.aggregate == Aggregate::min || m.aggregate == Aggregate::max ||
                             m.aggregate == Aggregate::count_distinct);
    if (repeatable) continue;
    if (rows) {
      const bool repeated = m.table != reading_.table || !finer.empty();
      if (repeated && key_of(m.table).empty()) return refuse(m);
      continue;
    }
    const bool own = m.table == reading_.table;
    if (own ? !finer.empty() : !finer.contains(m.table) || finer.size() > 1) return refuse(m);
  }
  return {};
}

Result<std::string> Generator::having(const std::vector<std::string>& measures) const {
  std::string clause;
  for (const Having& h : reading_.having) {
    if (h.measure < 0 || static_cast<std::size_t>(h.measure) >= measures.size()) {
      return unknown_name("a condition on a measure that is not selected");
    }
    static constexpr const char* kSigns[] = {"=", "<>", "<", "<=", ">", ">="};
    const auto sign = static_cast<std::size_t>(h.op);
    if (sign >= std::size(kSigns))
      return unknown_name("a comparison of groups that can not be made");
    clause += (clause.empty() ? "\nHAVING " : " AND ") + measures[h.measure] + " " + kSigns[sign] +
              " " + json::dump(json::Value(h.value));
  }
  return clause;
}

// Days and years as they stand, which are read in their order.
bool Generator::is_time(const Dimension& d) const {
  const auto c = column(d.table, d.column);
  return c && ((*c)->semantic_type == catalog::SemanticType::year ||
               (*c)->semantic_type == catalog::SemanticType::date ||
               (*c)->semantic_type == catalog::SemanticType::timestamp);
}

Result<std::string> Generator::order_by(const std::vector<std::string>& measures,
                                        const std::vector<std::string>& dimensions) const {
  std::vector<std::string> parts;
  for (const Order& order : reading_.order) {
    const std::string direction = order.descending ? " DESC NULLS LAST" : " NULLS LAST";
    const auto index = static_cast<std::size_t>(order.index);
    if (order.by == OrderBy::column) {
      TRY_VOID(column(order.table, order.column));
      parts.push_back(qualified(order.table, order.column) + direction);
    } else {
      const auto& list = order.by == OrderBy::measure ? measures : dimensions;
      if (order.index < 0 || index >= list.size())
        return unknown_name("an order by what is not selected");
      parts.push_back(list[index] + direction);
    }
  }
  if (!dimensions.empty()) {
    const bool time =
        !reading_.dimensions[0].hidden &&
        (reading_.dimensions[0].grain != Grain::none || is_time(reading_.dimensions[0]));
    if (parts.empty() && time && reading_.dimensions[0].grain == Grain::weekday) {
      const std::string day =
          qualified(reading_.dimensions[0].table, reading_.dimensions[0].column);
      using catalog::WeekStart;
      parts.push_back(model_.calendar.week_start == WeekStart::monday ? "min(isodow(" + day + "))"
                      : model_.calendar.week_start == WeekStart::sunday
                          ? "min(dayofweek(" + day + "))"
                          : "min((dayofweek(" + day + ") + 1) % 7)");
    } else if (parts.empty() && !time && !measures.empty()) {
      parts.push_back(measures[0] + " DESC NULLS LAST");
    }
    // Ties in a fixed order, so that the same question gives the same rows.
    for (const auto& name : dimensions) {
      if (std::ranges::none_of(parts, [&](const auto& p) { return p.starts_with(name + " "); })) {
        parts.push_back(name);
      }
    }
  }
  if (parts.empty() && reading_.distinct && measures.empty() && !reading_.columns.empty()) {
    parts.push_back("1");
  }
  return parts.empty() ? std::string() : "\nORDER BY " + text::join(parts, ", ");
}

Result<Sql> Generator::generate() {
  if (depth_ > 4) return unknown_name("too many nested readings");
  if (reading_.combine != Combine::none && !reading_.others.empty()) return combined();
  if (!table(reading_.table)) return unknown_name("the table " + reading_.table);
  from_ = quote_identifier(reading_.table);
  joined_.insert(reading_.table);
  sql_.tables.push_back(reading_.table);
  if (reading_.columns.empty() && reading_.measures.empty() && reading_.dimensions.empty()) {
    return fail(ErrorCode::invalid_fields, "The reading selects nothing.");
  }
  TRY_VOID(join_tables());
  const bool sums = std::ranges::any_of(reading_.measures, [](const Measure& m) {
    return !m.metric.empty() || m.aggregate == Aggregate::sum || m.aggregate == Aggregate::avg ||
           m.aggregate == Aggregate::median || m.aggregate == Aggregate::count;
  });
  const bool deduplicate = dimension_multiplies_ && sums && !key_of(reading_.table).empty() &&
                           reading_.columns.empty() &&
                           std::ranges::none_of(reading_.dimensions, &Dimension::hidden);
  TRY_VOID(check_fan_out());
  TRY_VOID(where());

  std::vector<std::string> select, group, measures, dimensions;
  for (const auto& d : reading_.dimensions) {
    SqlColumn out;
    TRY(std::string expression, dimension(d, out));
    if (d.hidden) {
      group.push_back(expression);
      continue;
    }
    out.name = unique(out.name);
    select.push_back(expression +
                     (out.name == d.column ? "" : " AS " + quote_identifier(out.name)));
    group.push_back(std::to_string(select.size()));
    dimensions.push_back(quote_identifier(out.name));
    sql_.columns.push_back(std::move(out));
  }
  for (const auto& p : reading_.columns) {
    SqlColumn out;
    TRY(const auto* c, column(p.table, p.column));
    out.name = unique(c->name);
    out.semantic_type = c->semantic_type;
    out.unit = c->unit;
    select.push_back(qualified(p.table, p.column) +
                     (out.name == c->name ? "" : " AS " + quote_identifier(out.name)));
    if (!reading_.measures.empty() || !reading_.dimensions.empty()) {
      group.push_back(std::to_string(select.size()));
    }
    sql_.columns.push_back(std::move(out));
  }
  for (const auto& m : reading_.measures) {
    SqlColumn out;
    TRY(std::string expression, figure(m, out));
    if (m.hidden) {
      measures.push_back(expression);
      continue;
    }
    out.name = unique(out.name);
    select.push_back(expression + " AS " + quote_identifier(out.name));
    measures.push_back(quote_identifier(out.name));
    sql_.columns.push_back(out);
    if (m.share) {
      SqlColumn share;
      share.name = unique("share");
      share.measure = true;
      share.unit = "%";
      share.semantic_type = catalog::SemanticType::share;
      select.push_back("100.0 * " + expression + " / nullif(sum(" + expression +
                       ") OVER (), 0) AS " + quote_identifier(share.name));
      sql_.columns.push_back(std::move(share));
    }
  }
  TRY(const std::string having_clause, having(measures));
  std::vector<std::string> filters = where_;
  // Superlative rows: a missing value is neither the largest nor the smallest.
  if (reading_.limit && reading_.measures.empty()) {
    for (const auto& o : reading_.order) {
      if (o.by == OrderBy::column) {
        filters.push_back(qualified(o.table, o.column) + " IS NOT NULL");
      }
    }
  }
  // Nor is a group without a name the first of the groups.
  if (reading_.limit && !measures.empty()) {
    for (const Dimension& d : reading_.dimensions) {
      if (d.grain != Grain::none) continue;
      filters.push_back(qualified(d.table, d.column) + " IS NOT NULL");
      sql_.implied.push_back(d.column + " has a value");
    }
  }
  std::string where_clause;
  if (!filters.empty()) where_clause = "\nWHERE " + text::join(filters, "\n  AND ");
  TRY(std::string order, order_by(measures, dimensions));
  std::string qualify, limit;
  if (reading_.limit) {
    if (*reading_.limit < 1 || *reading_.limit > 1'000'000) {
      return fail(ErrorCode::invalid_fields,
                  "The number of rows asked for must be 1 to 1,000,000.");
    }
    if (reading_.per_group && dimensions.size() > 1 && !measures.empty()) {
      qualify = "\nQUALIFY row_number() OVER (PARTITION BY " + dimensions[0] + " ORDER BY " +
                measures[0] +
                (reading_.order.empty() || reading_.order[0].descending ? " DESC" : "") +
                " NULLS LAST, " + dimensions[1] + ") <= " + std::to_string(*reading_.limit);
      order =
          "\nORDER BY " + dimensions[0] + ", " + measures[0] + " DESC NULLS LAST, " + dimensions[1];
    } else {
      limit = "\nLIMIT " + std::to_string(*reading_.limit);
      if (reading_.offset && *reading_.offset > 0) {
        limit += " OFFSET " + std::to_string(*reading_.offset);
      }
    }
  }
  std::string from = from_;
  if (deduplicate) {
    sql_.overlapping = true;
    // Each row of the main table once per group: the join that groups must not repeat a measure.
    std::string inner =
        "(SELECT DISTINCT " + qualified(reading_.table, key_of(reading_.table)) + " AS \"_key\"";
    for (std::size_t i = 0; i < reading_.dimensions.size(); ++i) {
      SqlColumn ignored;
      TRY(const std::string expression, dimension(reading_.dimensions[i], ignored));
      inner += ", " + expression + " AS " + dimensions[i];
      select[i] = "\"once\"." + dimensions[i];
    }
    from = inner + " FROM " + from_ + where_clause + ") AS \"once\"\nJOIN " +
           quote_identifier(reading_.table) + " ON " +
           qualified(reading_.table, key_of(reading_.table)) + " = \"once\".\"_key\"";
    where_clause.clear();
    sql_.matched = "SELECT count(DISTINCT \"_key\") FROM " + from;
  } else if (multiplied_) {
    // Rows are numbered before the joins repeat them.
    const std::string main = quote_identifier(reading_.table);
    sql_.matched = "SELECT count(DISTINCT " + main +
                   ".\"_row\") FROM (SELECT *, row_number() OVER () AS \"_row\" FROM " + main +
                   ") AS " + from_ + where_clause;
  } else if (!filters.empty()) {
    sql_.matched = "SELECT count(*) FROM " + from_ + where_clause;
  }
  sql_.text = std::string("SELECT ") + (reading_.distinct && measures.empty() ? "DISTINCT " : "") +
              text::join(select, ", ") + "\nFROM " + from + where_clause;
  if (!group.empty()) sql_.text += "\nGROUP BY " + text::join(group, ", ");
  sql_.text += having_clause + qualify + order + limit;
  std::ranges::sort(sql_.tables);
  sql_.tables.erase(std::ranges::unique(sql_.tables).begin(), sql_.tables.end());
  return std::move(sql_);
}

Result<Sql> Generator::combined() {
  Reading first = reading_;
  first.combine = Combine::none;
  first.others.clear();
  TRY(Sql all, Generator(model_, first).generate());
  static constexpr const char* kWords[] = {"", "INTERSECT", "UNION", "EXCEPT"};
  all.text = "(" + all.text + ")";
  for (const Reading& other : reading_.others) {
    Generator generator(model_, other);
    generator.depth_ = depth_ + 1;
    TRY(Sql next, generator.generate());
    if (next.columns.size() != all.columns.size()) {
      return fail(ErrorCode::invalid_fields, "Rows with different columns can not be combined.",
                  "Ask for the same columns on both sides.");
    }
    all.text += std::string("\n") + kWords[static_cast<std::size_t>(reading_.combine)] + "\n(" +
                next.text + ")";
    for (auto& name : next.tables) all.tables.push_back(std::move(name));
    for (auto& join : next.joins) all.joins.push_back(std::move(join));
  }
  all.text = "SELECT * FROM (" + all.text + ")\nORDER BY ALL";
  all.matched.clear();
  std::ranges::sort(all.tables);
  all.tables.erase(std::ranges::unique(all.tables).begin(), all.tables.end());
  return all;
}

Result<Sql> to_sql(const catalog::SemanticModel& model, const Reading& reading) {
  return Generator(model, reading).generate();
}

}  // namespace sextant::ask

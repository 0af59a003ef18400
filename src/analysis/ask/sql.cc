#include "analysis/ask/sql.h"

#include <algorithm>
#include <array>
#include <span>

#include "analysis/ask/joins.h"
#include "analysis/ask/pivot.h"
#include "analysis/ask/sql_generator.h"
#include "base/json.h"

namespace sextant::ask {

using text::quote_identifier;

std::unexpected<Error> unknown_name(const std::string& what) {
  return fail(ErrorCode::invalid_fields, "The reading names " + what + ", which is not there.",
              "Ask the question again: the data may have changed.");
}

Generator::Generator(const catalog::SemanticModel& model, const Reading& reading)
    : model_(model), reading_(reading) {
  for (const Computed& made : reading.computed) {
    Made one;
    one.column.name = one.column.original_name = made.name;
    one.column.type = made.type;
    one.expression = made.expression;
    computed_[{made.table, made.name}] = std::move(one);
  }
}

Result<> Generator::require_named(const std::string& expression) {
  for (const auto& t : model_.tables) {
    if (expression.find(quote_identifier(t.name) + ".") != std::string::npos) {
      TRY_VOID(require(t.name));
    }
  }
  return {};
}

Result<> Generator::require_column(const std::string& table_name, const std::string& name) {
  TRY_VOID(require(table_name));
  const auto made = computed_.find({table_name, name});
  return made == computed_.end() ? Result<>() : require_named(made->second.expression);
}

Result<> Generator::require(const std::string& name) {
  if (joined_.contains(name)) return {};
  if (!table(name)) return unknown_name("the table " + name);
  const auto path = path_to(name);
  if (!path) {
    return fail(ErrorCode::invalid_fields,
                "Nothing connects " + reading_.table + " with " + name + ".",
                "Name columns of one table, or of tables that share a key.");
  }
  for (const JoinStep& step : *path) {
    if (!joined_.insert(step.to.table).second) continue;
    const JoinChoice* choice = choice_of(reading_.joins, step);
    const bool inner =
        reading_.matched || (step.multiplies && for_dimensions_) || (choice && choice->inner);
    const auto known = [&](const SqlJoin& link) { return link.step.to.table == step.to.table; };
    if (std::ranges::none_of(sql_.links, known)) sql_.links.push_back({step, inner});
    from_ += (inner ? "\nJOIN " : "\nLEFT JOIN ") + quote_identifier(step.to.table) + " ON " +
             qualified(step.from.table, step.from.column) + " = " +
             qualified(step.to.table, step.to.column);
    multiplied_ = multiplied_ || step.multiplies;
    sql_.tables.push_back(step.to.table);
    std::string words =
        step.from.table + "." + step.from.column + " = " + step.to.table + "." + step.to.column +
        (step.multiplies ? ": several rows each; counted once per row of " + reading_.table
                         : ": at most one row each, nothing is counted twice");
    if (std::ranges::find(sql_.joins, words) == sql_.joins.end()) {
      sql_.joins.push_back(std::move(words));
    }
  }
  return {};
}

// FROM: groups first, then what is listed, the figures, and what is sorted by.
Result<> Generator::join_tables() {
  for_dimensions_ = true;  // what has no partner is in no group
  for (const auto& d : reading_.dimensions) TRY_VOID(require_column(d.table, d.column));
  for_dimensions_ = false;
  for (const auto& p : reading_.columns) TRY_VOID(require_column(p.table, p.column));
  dimension_multiplies_ = multiplied_;
  for (const auto& m : reading_.measures) TRY_VOID(require_measure(m));
  for (const auto& name : reading_.along) TRY_VOID(require(name));
  for (const auto& o : reading_.order) {
    if (o.by == OrderBy::column) TRY_VOID(require_column(o.table, o.column));
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

// Months that are written by their names, which are read in the order of the year.
bool Generator::names_months(const Dimension& d) const {
  const auto c = column(d.table, d.column);
  return c && d.grain == Grain::none && (*c)->type == "VARCHAR" &&
         (*c)->semantic_type == catalog::SemanticType::month;
}

// What has its order in the week or year, not in the alphabet.
bool Generator::in_calendar(const Dimension& d) const { return goes_round(d) || names_months(d); }

// Days of the week and months by their place in the week or year, not by their names.
std::string Generator::calendar_order(std::size_t dimension, const std::string& name) const {
  using catalog::WeekStart;
  const WeekStart start = model_.calendar.week_start;
  const Dimension& d = reading_.dimensions[dimension];
  const bool months = d.grain == Grain::month_name;
  if (names_months(d)) return "try_strptime(left(" + name + ", 3), '%b')";
  if (!groups_in_.empty()) {
    static constexpr std::array<const char*, 7> kDays{"Saturday",  "Sunday",   "Monday", "Tuesday",
                                                      "Wednesday", "Thursday", "Friday"};
    static constexpr std::array<const char*, 12> kMonths{
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};
    const std::span<const char* const> all =
        months ? std::span<const char* const>(kMonths) : std::span<const char* const>(kDays);
    const std::size_t first = months || start == WeekStart::saturday ? 0
                              : start == WeekStart::sunday           ? 1
                                                                     : 2;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < all.size(); ++i) {
      names.push_back(text::quote_literal(all[(first + i) % all.size()]));
    }
    return "list_position([" + text::join(names, ", ") + "], " + name + ")";
  }
  const std::string day = qualified(d.table, d.column);
  if (months) return "min(month(" + day + "))";
  if (start == WeekStart::monday) return "min(isodow(" + day + "))";
  return start == WeekStart::sunday ? "min(dayofweek(" + day + "))"
                                    : "min((dayofweek(" + day + ") + 1) % 7)";
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
      const bool calendar =
          order.by == OrderBy::dimension && in_calendar(reading_.dimensions[index]);
      parts.push_back((calendar ? calendar_order(index, list[index]) : list[index]) + direction);
    }
  }
  if (!dimensions.empty()) {
    const bool time =
        !reading_.dimensions[0].hidden &&
        (reading_.dimensions[0].grain != Grain::none || is_time(reading_.dimensions[0]));
    if (parts.empty() && !reading_.dimensions[0].hidden && in_calendar(reading_.dimensions[0])) {
      parts.push_back(calendar_order(0, dimensions[0]));
    } else if (parts.empty() && !time && !measures.empty()) {
      // Without NULLS LAST, which the engine takes by itself: so it differs from one that was said.
      parts.push_back(measures[0] + " DESC");
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
  const auto across = std::ranges::find_if(reading_.dimensions, &Dimension::pivot);
  if (across != reading_.dimensions.end()) {
    return pivoted(static_cast<std::size_t>(across - reading_.dimensions.begin()));
  }
  from_ = quote_identifier(reading_.table);
  joined_.insert(reading_.table);
  sql_.tables.push_back(reading_.table);
  if (reading_.columns.empty() && reading_.measures.empty() && reading_.dimensions.empty()) {
    return fail(ErrorCode::invalid_fields, "The reading selects nothing.");
  }
  TRY_VOID(join_tables());
  const bool sums = std::ranges::any_of(leaves(), [](const Measure* m) {
    return !m->metric.empty() || m->aggregate == Aggregate::sum || m->aggregate == Aggregate::avg ||
           m->aggregate == Aggregate::median || m->aggregate == Aggregate::count;
  });
  const bool plain =
      reading_.columns.empty() && std::ranges::none_of(reading_.dimensions, &Dimension::hidden);
  const bool distinct = plain && dimension_multiplies_ && sums && !key_of(reading_.table).empty();
  const bool elsewhere =
      std::ranges::any_of(leaves(), [&](const Measure* m) { return m->table != reading_.table; });
  // "how many orders and how many customers": neither is of the other's rows.
  const bool apart = plain && elsewhere && reading_.dimensions.empty() &&
                     reading_.filters.empty() && reading_.absences.empty() &&
                     reading_.having.empty() && figure_tables().size() > 1;
  const auto repeated = check_fan_out();
  if (apart || (plain && (!repeated || (distinct && elsewhere)))) {
    const auto tables = figure_tables();
    if (tables.size() == 1) {
      // As if the figures' own table had been the main one.
      Reading other = reading_;
      other.table = tables.front();
      Generator generator(model_, other);
      generator.depth_ = depth_;
      generator.part_ = part_;
      generator.taken_ = taken_;
      return generator.generate();
    }
    TRY_VOID(from_parts(tables));
    require_presence();
  } else {
    if (!repeated) return fail(repeated.error());
    TRY_VOID(where());
    require_presence();
    if (distinct) TRY_VOID(from_distinct());
  }

  const std::size_t ahead = part_ ? 0 : figures_ahead(reading_);
  std::vector<std::string> select, group_by, measures, dimensions;
  for (std::size_t i = 0; i < reading_.dimensions.size(); ++i) {
    const Dimension& d = reading_.dimensions[i];
    SqlColumn out;
    TRY(std::string expression, group(i, out));
    if (d.hidden) {
      group_by.push_back(expression);
      continue;
    }
    out.name = unique(out.name);
    const bool named =
        (out.name == d.column && d.grain == Grain::none && !is_computed(d.table, d.column)) ||
        !groups_in_.empty();
    select.push_back(expression + (named ? "" : " AS " + quote_identifier(out.name)));
    group_by.push_back(std::to_string(ahead + select.size()));
    dimensions.push_back(quote_identifier(out.name));
    sql_.columns.push_back(std::move(out));
  }
  names_.insert(taken_.begin(), taken_.end());
  for (const auto& p : reading_.columns) {
    SqlColumn out;
    TRY(const auto* c, column(p.table, p.column));
    out.name = unique(c->name);
    out.semantic_type = c->semantic_type;
    out.unit = c->unit;
    const bool named = out.name == c->name && !is_computed(p.table, p.column);
    select.push_back(qualified(p.table, p.column) +
                     (named ? "" : " AS " + quote_identifier(out.name)));
    if (!reading_.measures.empty() || !reading_.dimensions.empty()) {
      group_by.push_back(std::to_string(select.size()));
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
  if (ahead > 0) {
    const auto groups = static_cast<std::ptrdiff_t>(dimensions.size());
    std::ranges::rotate(select, select.begin() + groups);
    std::ranges::rotate(sql_.columns, sql_.columns.begin() + groups);
  }
  TRY(const std::string having_clause, having(measures));
  std::string where_clause;
  if (!where_.empty()) where_clause = "\nWHERE " + text::join(where_, "\n  AND ");
  std::string order;
  if (!part_) {
    TRY(order, order_by(measures, dimensions));
  }
  std::string qualify, limit;
  if (reading_.limit) {
    if (*reading_.limit < 1 || *reading_.limit > 1'000'000) {
      return fail(ErrorCode::invalid_fields,
                  "The number of rows asked for must be 1 to 1,000,000.");
    }
    if (reading_.per_group && dimensions.size() > 1 && !measures.empty()) {
      const Order by = reading_.order.empty() ? Order() : reading_.order[0];
      const auto index = static_cast<std::size_t>(by.index);
      const std::string& figure =
          by.by == OrderBy::measure && by.index >= 0 && index < measures.size() ? measures[index]
                                                                                : measures[0];
      qualify = "\nQUALIFY row_number() OVER (PARTITION BY " + dimensions[0] + " ORDER BY " +
                figure + (by.descending ? " DESC" : "") + " NULLS LAST, " + dimensions[1] +
                ") <= " + std::to_string(*reading_.limit);
      order = "\nORDER BY " + dimensions[0] + ", " + figure + " DESC NULLS LAST, " + dimensions[1];
    } else {
      limit = "\nLIMIT " + std::to_string(*reading_.limit);
      if (reading_.offset && *reading_.offset > 0) {
        limit += " OFFSET " + std::to_string(*reading_.offset);
      }
    }
  }
  if (groups_in_.empty() && multiplied_) {
    // Rows are numbered before the joins repeat them.
    const std::string main = quote_identifier(reading_.table);
    sql_.matched = "SELECT count(DISTINCT " + main +
                   ".\"_row\") FROM (SELECT *, row_number() OVER () AS \"_row\" FROM " + main +
                   ") AS " + from_ + where_clause;
  } else if (groups_in_.empty() && !where_.empty()) {
    sql_.matched = "SELECT count(*) FROM " + from_ + where_clause;
  }
  sql_.text = std::string("SELECT ") + (reading_.distinct && measures.empty() ? "DISTINCT " : "") +
              text::join(select, ", ") + "\nFROM " + from_ + where_clause;
  if (!group_by.empty()) sql_.text += "\nGROUP BY " + text::join(group_by, ", ");
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

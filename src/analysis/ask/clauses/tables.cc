#include <algorithm>
#include <cstdlib>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/clauses/parser.h"
#include "analysis/ask/joins.h"
#include "base/json.h"

namespace sextant::ask {

// The table from whose rows all others are reached without repeating any.
int ClauseParser::finest_table(const std::vector<int>& needed) const {
  int best = -1;
  std::size_t best_length = 1000;
  for (std::size_t t = 0; t < context_.tables().size(); ++t) {
    std::size_t length = 0;
    bool possible = true;
    for (const int other : needed) {
      if (other == static_cast<int>(t)) continue;
      const auto path = join_path(context_.model(), context_.tables()[t].model->name,
                                  context_.tables()[other].model->name);
      if (!path || std::ranges::any_of(*path, &JoinStep::multiplies)) {
        possible = false;
        break;
      }
      length += 2 * path->size();
    }
    if (!possible) continue;
    if (std::ranges::find(needed, static_cast<int>(t)) == needed.end()) length += 1;
    if (length < best_length) {
      best_length = length;
      best = static_cast<int>(t);
    }
  }
  return best >= 0 ? best : needed.empty() ? -1 : needed.front();
}

// The table that has several rows for each one of `of`, through which those that are spoken of are
// reached: the lines of orders for products that are ordered; -1: none.
int ClauseParser::rows_between(int of, int spoken) const {
  if (of < 0 || spoken < 0 || of == spoken) return -1;
  const auto path = join_path(context_.model(), context_.tables()[of].model->name,
                              context_.tables()[spoken].model->name);
  if (!path || path->empty() || !path->front().multiplies ||
      std::any_of(path->begin() + 1, path->end(), [](const JoinStep& s) { return s.multiplies; })) {
    return -1;
  }
  return context_.find_table(path->front().to.table);
}

// The column of the table that points to this key, else the key itself.
int ClauseParser::own_reference(int key, int table) const {
  if (key < 0 || column(key).table == table || key != key_column(column(key).table)) return key;
  const std::string& own = context_.tables()[table].model->name;
  const std::string& other = context_.tables()[column(key).table].model->name;
  for (const auto& join : context_.model().joins) {
    for (const bool forward : {true, false}) {
      const auto& near = forward ? join.left : join.right;
      const auto& far = forward ? join.right : join.left;
      if (near.table != own || far.table != other || near.column != column(key).model->name ||
          far.column != column(key).model->name) {
        continue;
      }
      return context_.find_column(near.table, near.column);
    }
  }
  return key;
}

bool ClauseParser::over_time(const Reading& reading) const {
  const auto dated = [&](const std::string& table, const std::string& name) {
    const int c = context_.find_column(table, name);
    return c >= 0 && column(c).kind == Kind::date;
  };
  return std::ranges::any_of(reading.dimensions,
                             [&](const Dimension& d) { return dated(d.table, d.column); }) ||
         std::ranges::any_of(reading.columns,
                             [&](const Projection& p) { return dated(p.table, p.column); });
}

// Conditions on tables that nothing joins to the main one: the same value of a table that is
// joined; else their words are not understood.
// Whether the option is of the condition's value: the same one found in the data, or the number
// that it is in a column of the same name elsewhere ("zip code 94107").
bool ClauseParser::same_values(const Option& option, const Condition& condition) const {
  const int c = context_.find_column(condition.table, condition.column);
  const bool alike = c >= 0 && std::ranges::equal(column(c).words, column(option.column).words, {},
                                                  &Token::stem, &Token::stem);
  if (option.values == condition.values) return option.evidence == Evidence::exact || alike;
  const auto text_of = [](const boost::json::value& value) {
    return value.is_string() ? std::string(value.get_string()) : json::dump(value);
  };
  return alike && option.values.size() == 1 && condition.values.size() == 1 &&
         std::atof(text_of(option.values[0]).c_str()) ==
             std::atof(text_of(condition.values[0]).c_str()) &&
         text_of(condition.values[0]).find_first_not_of("0123456789.") == std::string::npos;
}

// "pilots assigned to flight 7": conditions are reached through the rows that are spoken of, as
// assignments, not by another way that is as short.
void ClauseParser::join_through_present(int main) {
  const auto step = [&](int from, int to) -> std::optional<JoinStep> {
    const auto path = join_path(context_.model(), context_.tables()[from].model->name,
                                context_.tables()[to].model->name);
    return path && path->size() == 1 ? std::optional(path->front()) : std::nullopt;
  };
  for (const Filter& f : reading_.filters) {
    const int table = context_.find_table(f.any_of.front().table);
    if (table < 0 || table == main || step(main, table)) continue;
    for (const int t : present_) {
      if (t == main || t == table) continue;
      const auto near = step(main, t), far = step(t, table);
      if (!near || !far) continue;
      for (const JoinStep& one : {*near, *far}) {
        reading_.joins.push_back(
            {{one.from.table, one.from.column}, {one.to.table, one.to.column}, false});
      }
      break;
    }
  }
}

void ClauseParser::reach_conditions(int main) {
  std::erase_if(reading_.filters, [&](Filter& f) {
    Condition& condition = f.any_of[0];
    if (reachable(context_, main, context_.find_table(condition.table))) return false;
    if (!condition.span) return true;
    for (const Option& option : links_.options) {
      const ColumnEntry& entry = column(option.column);
      if (f.any_of.size() > 1 || links_.tokens[option.first].start != condition.span->start ||
          option.op != condition.op || !same_values(option, condition) ||
          !reachable(context_, main, entry.table)) {
        continue;
      }
      condition.table = context_.tables()[entry.table].model->name;
      condition.column = entry.model->name;
      condition.values = option.values;
      return false;
    }
    for (int i = 0; i < size(); ++i) {
      const Token& token = links_.tokens[i];
      if (token.start >= condition.span->start && token.end <= condition.span->end)
        taken_[i] = false;
    }
    return true;
  });
}

// A value that is found in several tables is of one that is spoken of anyway: "the course offered
// in Chandler in fall" says where the section is, not the department.
void ClauseParser::keep_tables_few() {
  const auto in_play = [&](int table, const Filter& but) {
    return std::ranges::any_of(names_,
                               [&](const NameUse& use) {
                                 return (use.table ? use.id : column(use.id).table) == table;
                               }) ||
           std::ranges::any_of(reading_.filters, [&](const Filter& f) {
             return &f != &but && std::ranges::any_of(f.any_of, [&](const Condition& c) {
               return context_.find_table(c.table) == table;
             });
           });
  };
  for (Filter& filter : reading_.filters) {
    if (filter.any_of.size() != 1) continue;
    Condition& condition = filter.any_of.front();
    const int table = context_.find_table(condition.table);
    const bool place = places_ && table == places_->addresses;  // rows with an address are there
    if (place || !condition.span || condition.op != Operator::equal || in_play(table, filter)) {
      continue;
    }
    for (const Option& option : links_.options) {
      const ColumnEntry& entry = column(option.column);
      if ((option.evidence != Evidence::exact && option.evidence != Evidence::number) ||
          option.op != condition.op || !same_values(option, condition) ||
          links_.tokens[option.first].start != condition.span->start ||
          !in_play(entry.table, filter)) {
        continue;
      }
      const auto& words =
          context_.columns()[context_.find_column(condition.table, condition.column)].words;
      if (!std::ranges::equal(words, entry.words, {}, &Token::stem, &Token::stem)) continue;
      condition.table = context_.tables()[entry.table].model->name;
      condition.column = entry.model->name;
      condition.values = option.values;
      break;
    }
  }
}

// "the name, age and country": several columns in a row.
bool ClauseParser::listed() const {
  bool any = false;
  for (std::size_t i = 1; i < select_.size(); ++i) {
    bool joined = false;
    for (int t = select_[i - 1].last; t < select_[i].first; ++t) {
      joined = joined || is(t, {"and", ","});
      if (!is(t, {"and", ",", "the", "their", "its"})) return false;
    }
    if (!joined) return false;
    any = true;
  }
  return any;
}

// "all the information about colleges": every column.
void ClauseParser::list_all_columns() {
  if (!select_.empty() || subject_ < 0) return;
  for (int i = 0; i < size(); ++i) {
    const bool all_data = is(i, {"data"}) && is(i - 1, {"all", "the"});
    if ((!is(i, {"information", "info", "details", "everything", "columns", "fields", "detail"}) &&
         !all_data) ||
        taken_[i]) {
      continue;
    }
    const TableEntry& entry = context_.tables()[subject_];
    for (int c = entry.first_column; c < entry.first_column + entry.columns; ++c) {
      select_.push_back({Aggregate::none, c, subject_, 0, 0});
    }
    std::erase(group_tables_, subject_);
    take(i, i + 1);
    return;
  }
}

}  // namespace sextant::ask

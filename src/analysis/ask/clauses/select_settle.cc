#include <algorithm>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/clauses/figure_words.h"
#include "analysis/ask/clauses/parser.h"
#include "analysis/ask/joins.h"

namespace sextant::ask {

namespace {

bool is_unit(const std::string& w) {
  static const std::vector<std::string_view> kUnits = {
      "dollars", "euros",  "pounds", "yuan", "yen",     "feet",  "meters",     "metres",
      "miles",   "inches", "hours",  "days", "minutes", "years", "kilometers", "percent"};
  return std::ranges::find(kUnits, w) != kUnits.end();
}

}  // namespace

// "how old", "how tall": the column that the adjective speaks of.
std::optional<Part> ClauseParser::how_much_at(int i) const {
  static const std::vector<std::pair<std::string_view, std::string_view>> kSpokenOf = {
      {"old", "oldest"},   {"tall", "tallest"},      {"heavy", "heaviest"},     {"fast", "fastest"},
      {"long", "longest"}, {"deep", "deepest"},      {"large", "largest"},      {"big", "largest"},
      {"high", "highest"}, {"populous", "populous"}, {"expensive", "expensive"}};
  if (!is(i, {"how"}) || i + 1 >= size() || taken_[i + 1]) return std::nullopt;
  const auto found =
      std::ranges::find(kSpokenOf, word(i + 1), &decltype(kSpokenOf)::value_type::first);
  if (found == kSpokenOf.end()) return std::nullopt;
  int near_table = subject_;
  if (const NameUse* near = next_name(i + 2, 6)) near_table = table_of(part_of(*near));
  const int c = column_for_adjective(found->second, near_table);
  if (c < 0 || column(c).kind != Kind::number) return std::nullopt;
  return Part{Aggregate::none, c, column(c).table, i, i + 2};
}

// "on average", "how old is the average student": the figures are means.
bool ClauseParser::take_mean() {
  for (int i = 1; i < size(); ++i) {
    if (!is(i, {"average"}) || taken_[i]) continue;
    const bool on = is(i - 1, {"on"});
    const bool how =
        is(i - 1, {"the"}) && is(i - 2, {"is", "are"}) && (is(0, {"how"}) || is(i - 4, {"how"}));
    if (!on && !how) continue;
    take(on ? i - 1 : i, i + 1);
    return true;
  }
  return false;
}

// Of the tables spoken of the one that has several rows for each of what is listed; else that of
// the conditions, else the subject's.
void ClauseParser::count_times(Part times) {
  const int listed = select_.empty() ? -1 : table_of(select_.front());
  for (const int t : present_) {
    if (times.table >= 0 || listed < 0 || t == listed) continue;
    const auto path = join_path(context_.model(), context_.tables()[t].model->name,
                                context_.tables()[listed].model->name);
    if (path && std::ranges::none_of(*path, &JoinStep::multiplies)) times.table = t;
  }
  if (times.table < 0 && !reading_.filters.empty())
    times.table = context_.find_table(reading_.filters[0].any_of[0].table);
  if (times.table < 0) times.table = subject_;
  if (times.table >= 0) add_select(times);
}

// "average latitude and longitude": what a figure is taken of goes on after "and". Gives where it
// ends.
int ClauseParser::share_figure(const Part& figure, int at) {
  while (is_total(figure.aggregate) && figure.column >= 0 && is(at, {"and", ","})) {
    const int next = is(at, {","}) && is(at + 1, {"and"}) ? at + 2 : at + 1;
    const NameUse* use = name_at(next);
    if (!use || use->table || column(use->id).kind != Kind::number || column(use->id).id_like ||
        column(use->id).model->semantic_type == catalog::SemanticType::year) {
      break;
    }
    Part part = part_of(*use);
    part.aggregate = figure.aggregate;
    add_select(part);
    at = use->last;
    take(next, at);
  }
  return at;
}

// "Which cities do students live in?", "buildings that have rooms": the values are asked for, each
// once.
void ClauseParser::imply_distinct() {
  if (select_.size() != 1 || distinct_ || limit_ || order_said_ || !groups_.empty() ||
      !group_tables_.empty() || !having_.empty()) {
    return;
  }
  const Part& part = select_.front();
  if (part.aggregate != Aggregate::none || part.column < 0 || part.last <= part.first) return;
  const bool ends = part.last >= size() || links_.tokens[part.last].symbol;
  const bool asked = is(part.first - 1, {"all", "what", "which"}) ||
                     (is(part.first - 1, {"the"}) && is(part.first - 2, {"all"}));
  if (ends) {
    distinct_ = asked && part.column != label_column(context_, column(part.column).table) &&
                reading_.filters.empty() && !column(part.column).id_like;
    return;
  }
  if (!antecedent(part)) return;
  if (is(part.last, {"with"}) && !reading_.filters.empty()) return;
  const int next = skip(part.last, {"that", "which", "where", "with", "do", "does", "have", "has",
                                    "having", "a", "an", "the", "any", "some"});
  for (const NameUse& use : names_) {
    if (use.first == next && use.table && use.id == column(part.column).table) distinct_ = true;
  }
}

// "with total score smaller than 315" asks for no total.
void ClauseParser::drop_compared() {
  for (const Filter& f : reading_.filters) {
    const Condition& c = f.any_of.front();
    if (!c.span || c.op == Operator::in || select_.size() < 2) continue;
    std::erase_if(select_, [&](const Part& p) {
      if (p.column < 0 || p.last <= p.first || p == select_.front()) return false;
      if (column(p.column).model->name != c.column) return false;
      // "more than 2 bedrooms": what the number is of.
      // So are "200 feet of height" and "3000 dollars outstanding".
      int number = p.first - 1;
      while (number >= p.first - 3 && number > 0 && !links_.tokens[number].number &&
             (is(number, {"of", "in"}) || is_unit(word(number)))) {
        --number;
      }
      if (number >= 0 && links_.tokens[number].number &&
          links_.tokens[number].start >= c.span->start &&
          links_.tokens[number].end <= c.span->end) {
        return true;
      }
      const int before = p.first - 1 - (is(p.first - 1, {"the", "a", "an"}) ? 1 : 0);
      if (!is(before, {"with", "whose", "having", "has", "have", "had", "where"})) return false;
      int at = p.last;
      while (at < size() && links_.tokens[at].start < c.span->start &&
             !is(at, {"and", ",", "for", "of", "who"})) {
        ++at;
      }
      return at - p.last <= 3 && at < size() && links_.tokens[at].start >= c.span->start;
    });
  }
}

// What is said to be on the x axis comes first; of two columns listed for a chart, the name or the
// day rather than the figure.
void ClauseParser::name_x_first() {
  for (std::vector<Part>* parts : {&groups_, &select_}) {
    const auto x = std::ranges::find_if(*parts, [&](const Part& p) {
      return p.column == on_x_ && p.column >= 0 && p.aggregate == Aggregate::none;
    });
    if (x != parts->end()) std::rotate(parts->begin(), x, x + 1);
  }
  using catalog::ChartType;
  const bool drawn = (chart_.named || chart_.axes) && chart_.type != ChartType::scatter &&
                     chart_.type != ChartType::grouped_scatter && chart_.type != ChartType::table;
  if (!drawn || on_x_ >= 0 || !groups_.empty() || !group_tables_.empty() || select_.size() != 2) {
    return;
  }
  const auto plain = [&](const Part& p) { return p.aggregate == Aggregate::none && p.column >= 0; };
  if (plain(select_[0]) && plain(select_[1]) && column(select_[0].column).kind == Kind::number &&
      (column(select_[1].column).kind == Kind::text ||
       column(select_[1].column).kind == Kind::date)) {
    std::swap(select_[0], select_[1]);
  }
}

// A chart of one thing shows how often each of its values occurs.
void ClauseParser::chart_defaults() {
  // "days by weather": how many, where each row has its day.
  if (select_.size() == 1 && !groups_.empty() && select_[0].column >= 0 &&
      select_[0].aggregate == Aggregate::none && column(select_[0].column).kind == Kind::date &&
      is(select_[0].first, {"days"})) {
    select_[0].aggregate = Aggregate::count_distinct;
  }
  const bool drawn = drawn_or_counted();
  // A count that is put in order is one of each value; so is "what are the number of the dates".
  const bool several = is(0, {"what"}) && is(1, {"are"});
  if (!drawn && !several && !(order_said_ && !limit_)) return;
  // "the price over the name": the second is the axis.
  for (int i = 1; i < size(); ++i) {
    if (!is(i, {"over", "across", "against", "versus", "vs"}) || select_.size() != 2) continue;
    const bool between = select_[0].last <= i && select_[1].first > i;
    const auto figure = [&](const Part& p) {
      return p.column >= 0 && is_measure(column(p.column));
    };
    const bool loose = is(i, {"versus", "vs"});  // said of either axis
    if (between && (!loose || (figure(select_[0]) && !figure(select_[1]))))
      std::swap(select_[0], select_[1]);
  }
  // "the birth dates, binned by year": the dates are the bins.
  for (Part& group : groups_) {
    if (group.grain == Grain::none || group.column >= 0) continue;
    const auto dates = std::ranges::find_if(select_, [&](const Part& p) {
      return p.column >= 0 && p.aggregate == Aggregate::none && column(p.column).kind == Kind::date;
    });
    if (dates == select_.end()) continue;
    group.column = dates->column;
    group.table = dates->table;
    select_.erase(dates);
  }
  const auto grouped = [](const Part& p) { return p.aggregate != Aggregate::none; };
  // "the number of the last names": of each, whatever they are ordered by.
  const auto counts_texts = [&](const Part& p) {
    return p.column >= 0 && p.aggregate == Aggregate::count &&
           column(p.column).kind == Kind::text && !column(p.column).id_like;
  };
  const auto counts = std::ranges::count_if(select_, grouped);
  const auto plain =
      std::ranges::count_if(select_, [](const Part& p) { return p.aggregate == Aggregate::none; });
  if (counts == 1 && plain == 0 && groups_.empty() && group_tables_.empty() && drawn && order_by_ &&
      order_by_->column >= 0 && order_by_->aggregate == Aggregate::none && !limit_ &&
      std::ranges::none_of(select_, counts_texts)) {
    groups_.push_back(*order_by_);  // "the number of wines, sorted by year"
  } else if (counts == 1 && plain == 0 && groups_.size() == 1 && group_tables_.empty() &&
             chart_.type == catalog::ChartType::stacked_bar && select_[0].column >= 0 &&
             select_[0].column != groups_[0].column) {
    Part value = select_[0];  // "the number of types by nationality", stacked
    value.aggregate = Aggregate::none;
    groups_.insert(groups_.begin(), value);
  } else if (counts == 1 && plain == 0 && groups_.empty() && group_tables_.empty()) {
    Part figure = *std::ranges::find_if(select_, grouped);
    if (figure.column >= 0 &&
        (figure.aggregate == Aggregate::count || figure.aggregate == Aggregate::count_distinct)) {
      Part value = figure;
      value.aggregate = Aggregate::none;
      groups_.push_back(value);
      for (Part& p : select_) {
        if (p == figure) p.aggregate = Aggregate::count;
      }
    }
  } else if (counts == 0 && plain == 1 && select_.size() == 1 && groups_.size() == 1 &&
             group_tables_.empty() && chart_.type == catalog::ChartType::stacked_bar &&
             select_[0].column >= 0 && column(select_[0].column).kind == Kind::text &&
             !column(select_[0].column).id_like && select_[0].column != groups_[0].column) {
    const Part parts = select_[0];  // "the sizes by phase", stacked: how many rows of either
    groups_.push_back(parts);
    select_ = {{Aggregate::count, -1, column(parts.column).table}};
  } else if (drawn && counts == 0 && plain + static_cast<long>(groups_.size()) == 1) {
    Part value = plain ? select_[0] : groups_[0];
    if (plain && !group_tables_.empty()) {
      const int label = label_column(context_, group_tables_[0]);
      group_tables_.clear();
      if (label >= 0 && value.column >= 0 && is_measure(column(value.column))) {
        // "the age of each student": names and figures, as they are.
        select_.insert(select_.begin(), {Aggregate::none, label, column(label).table});
        return;
      }
    }
    // "the market values of the companies in a pie chart": each with its name.
    const bool of_rows =
        value.column >= 0 && chart_.named && is_measure(column(value.column)) &&
        std::ranges::any_of(names_, [&](const NameUse& use) {
          return use.table ? use.id == column(value.column).table && use.first >= value.last
                           : use.id == value.column && use.with_table;
        });
    if (const int label = of_rows ? label_column(context_, column(value.column).table) : -1;
        label >= 0 && plain) {
      select_.insert(select_.begin(), {Aggregate::none, label, column(label).table});
      return;
    }
    if (plain) {
      groups_.push_back(value);
      select_.clear();
    }
    value.aggregate = Aggregate::count;
    value.grain = Grain::none;
    // "orders per country": the orders, though the country is of the customers.
    if (!plain && subject_ >= 0) value.column = -1;
    if (value.column < 0) value.table = subject_;
    select_.push_back(value);
  }
}

}  // namespace sextant::ask

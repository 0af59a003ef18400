#include <algorithm>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/clauses/figure_words.h"
#include "analysis/ask/clauses/parser.h"

namespace sextant::ask {

namespace {

constexpr float kVerbSaid = 0.75f;  // "offered" for course_offering

constexpr float kClearlySaid = 0.4f;  // a table whose rows must have a partner

bool is_first_name(const std::string& w) {
  return w == "first" || w == "fname" || w == "forename" || w == "firstname" || w == "given";
}

bool is_last_name(const std::string& w) {
  return w == "last" || w == "lname" || w == "surname" || w == "lastname" || w == "family";
}

}  // namespace

// "the players and the years played": rows named in a list of what is asked for stand for their
// names.
bool ClauseParser::names_rows_in_list(const Part& rows) const {
  int before = rows.first - 1;
  while (is(before, {"the", "their", "all", "corresponding", "respective", "its"})) --before;
  const bool plain = !select_.empty() && select_.back().aggregate == Aggregate::none;
  const bool ends_list = is(before, {"and"}) && plain && select_.back().last <= before &&
                         select_.back().last >= before - 4;
  const int next = skip(rows.last, {"and", ",", "their", "the", "its"});
  const NameUse* following = next > rows.last ? name_at(next) : nullptr;
  const bool begins_list = select_.empty() && is(rows.last, {"and", ","}) && following &&
                           !following->table && rows.first <= 5 &&
                           !is(rows.first - 1, {"of", "for", "many", "each", "by", "with"});
  return (ends_list && !is(rows.last, {"who", "that", "which"})) || begins_list;
}

// The columns of first and last names of the rows spoken of at the token, else of the subject.
std::pair<int, int> ClauseParser::name_columns(int token) const {
  int near_table = -1;
  for (int i = token; i < std::min(size(), token + 5) && near_table < 0; ++i) {
    if (const NameUse* near = name_at(i)) near_table = table_of(part_of(*near));
  }
  for (const int table : {near_table, subject_}) {
    int first_name = -1, last_name = -1;
    for (std::size_t c = 0; c < context_.columns().size() && table >= 0; ++c) {
      if (column(static_cast<int>(c)).table != table) continue;
      for (const Token& w : column(static_cast<int>(c)).words) {
        if (is_first_name(w.word)) first_name = static_cast<int>(c);
        if (is_last_name(w.word)) last_name = static_cast<int>(c);
      }
    }
    if (first_name >= 0 && last_name >= 0) return {first_name, last_name};
  }
  return {-1, -1};
}

void ClauseParser::add_select(const Part& part) {
  if (std::ranges::find(select_, part) == select_.end()) select_.push_back(part);
}

void ClauseParser::find_select() {
  bool open = true;
  for (int i = 0; i < size(); ++i) {
    if (is(i, {"show", "list", "give", "return", "find", "what", "their", "its", "display", "how",
               "tell", "also", "along", "provide", "including", "visualize", "compare", "draw",
               "plot"}) ||
        (is(i, {"for"}) && is(i - 1, {","})) || chart_.tokens[i]) {
      if (!(is(i, {"their", "its"}) && !open && !is(i - 1, {"and", "with", ","}))) open = true;
    }
    if (is(i, {"whose", "where", "that", "having"}) ||
        (i > 1 && is(i, {"who", "which", "when", "while", "if"}) &&
         !is(i - 1, {"and", "also", "of", "?", "."}))) {
      open = false;
    }
    if (taken_[i]) continue;
    if (is(i, {"different", "distinct", "unique"})) {
      bool count = false;
      for (int b = std::max(0, i - 5); b < i; ++b) {
        count = count || is(b, {"number", "many", "count"});
      }
      if (!count && open && !is(i - 1, {"for", "in", "by"})) distinct_ = true;
      take(i, i + 1);
      continue;
    }
    // "what kind of decor": the name follows.
    if (is(i, {"kind", "kinds", "type", "types", "sort", "sorts"}) && is(i + 1, {"of"})) {
      const NameUse* own = name_at(i);
      const NameUse* following = name_at(skip(i + 2, {"the"}));
      if (following && !following->table && !(own && own->last > i + 1)) {
        take(i, i + 1);
        continue;
      }
    }
    // "names of studios", where a studio is a text: the studios.
    if (is(i, {"name", "names"}) && is(i + 1, {"of"}) && name_at(i) && name_at(i)->last == i + 1) {
      const NameUse* of = name_at(skip(i + 2, {"the", "all", "each", "every", "different"}));
      if (of && !of->table && !of->with_table && column(of->id).kind == Kind::text &&
          of->score >= 0.75f) {
        take(i, i + 1);
        continue;
      }
    }
    // "the first and last name": both columns.
    if (open && (is_first_name(word(i)) || is_last_name(word(i))) &&
        is(i + 1, {"and", "or", "&", ","})) {
      const int other = skip(i + 1, {"and", "or", "&", ",", "the"});
      const bool both = (is_first_name(word(i)) && is_last_name(word(other))) ||
                        (is_last_name(word(i)) && is_first_name(word(other)));
      const int after = is(other + 1, {"name", "names"}) ? other + 2 : other + 1;
      const auto [first_name, last_name] = name_columns(i);
      if (both && first_name >= 0 && last_name >= 0) {
        const bool first = is_first_name(word(i));
        for (const int c : {first ? first_name : last_name, first ? last_name : first_name}) {
          add_select({Aggregate::none, c, column(c).table, i, after});
        }
        if (subject_ < 0) subject_ = column(first_name).table;
        take(i, after);
        continue;
      }
    }
    // "how many times …": rows.
    if (is(i, {"how"}) && is(i + 1, {"many"}) && is(i + 2, {"times"}) &&
        !reading_.filters.empty()) {
      const int table = context_.find_table(reading_.filters[0].any_of[0].table);
      add_select({Aggregate::count, -1, table, i, i + 3});
      take(i, i + 3);
      continue;
    }
    // "the full name" of people is its parts.
    if (open && is(i, {"full", "complete"}) && is(i + 1, {"name", "names"})) {
      const auto [first_name, last_name] = name_columns(i + 1);
      if (first_name >= 0 && last_name >= 0) {
        add_select({Aggregate::none, first_name, column(first_name).table, i, i + 2});
        add_select({Aggregate::none, last_name, column(last_name).table, i, i + 2});
        take(i, i + 2);
        continue;
      }
    }
    // "maximum and minimum price", "average, minimum, and maximum age"
    std::vector<Aggregate> aggregates;
    int at = i;
    while (at < size()) {
      const auto aggregate = aggregate_word(word(at));
      if (!aggregate || name_at(at)) break;
      aggregates.push_back(*aggregate);
      const int next = skip(at + 1, {"and", ",", "the", "or"});
      if (next >= size() || !aggregate_word(word(next)) || next == at + 1) {
        ++at;
        break;
      }
      at = next;
    }
    int last = i + 1;
    if (open && aggregates.size() > 1) {
      const auto figure = figure_at(at - 1, &last);
      if (figure && figure->column >= 0) {
        for (const Aggregate aggregate : aggregates) {
          Part one = *figure;
          one.aggregate = aggregate;
          add_select(one);
        }
        take(i, last);
        i = last - 1;
        continue;
      }
    }
    last = i + 1;
    const auto figure = figure_at(i, &last);
    // "… and its count"
    if (!figure && open && is(i, {"count", "counts", "number", "frequency"}) && subject_ >= 0 &&
        is(i - 1, {"its", "their", "the", "and", "corresponding", "total"}) && !is(i + 1, {"of"})) {
      add_select({Aggregate::count, -1, subject_, i, i + 1});
      take(i, i + 1);
      continue;
    }
    if (!figure) continue;
    // "have registered", "were opened": what was done, not what is asked for.
    if (figure->column >= 0 && figure->aggregate == Aggregate::none && last == i + 1 &&
        (word(i).ends_with("ed") || word(i).ends_with("ing")) &&
        std::ranges::none_of(column(figure->column).words,
                             [&](const Token& w) { return w.word == word(i); }) &&
        (is(i - 1, {"have", "has", "had", "were", "was", "been", "be", "to", "who", "that", "they",
                    "which", "is", "are"}) ||
         name_before(i, 2) || is(i + 1, {"by", "in", "from", "at", "to", "on", "for", "with"}))) {
      take(i, i + 1);
      continue;
    }
    const bool bare_table = figure->column < 0 && figure->aggregate == Aggregate::none;
    if (bare_table && open && names_rows_in_list(*figure)) {
      const int label = label_column(context_, figure->table);
      if (subject_ < 0) subject_ = figure->table;
      add_select({Aggregate::none, label, figure->table, figure->first, figure->last});
      take(i, last);
      i = last - 1;
      continue;
    }
    if (bare_table) {
      const NameUse* said = name_at(i);
      if (subject_ < 0) subject_ = figure->table;
      const bool verb = word(i).ends_with("ed") || word(i).ends_with("ing");
      if (!said || said->score >= (verb ? kVerbSaid : kClearlySaid)) {
        present_.push_back(figure->table);
      }
    } else if (open || figure->aggregate != Aggregate::none) {
      if (subject_ < 0) subject_ = table_of(*figure);
      add_select(*figure);
      if (figure->column < 0 && subject_ != figure->table) subject_ = figure->table;
      take(i, last);
      i = share_figure(*figure, last) - 1;
      continue;
    } else {
      present_.push_back(column(figure->column).table);
      i = last - 1;
      continue;  // not understood
    }
    take(i, last);
    i = last - 1;
  }
  // "how many female professors are there": the rows that the conditions are of.
  if (select_.empty() && groups_.empty() && subject_ < 0 && is(0, {"how", "count"}) &&
      !reading_.filters.empty()) {
    subject_ = context_.find_table(reading_.filters[0].any_of[0].table);
    add_select({Aggregate::count, -1, subject_, 0, is(1, {"many"}) ? 2 : 1});
    take(0, is(1, {"many"}) ? 2 : 1);
  }
  drop_compared();
  // What a condition fixes is not asked for; nor what only stands beside a count.
  const auto fixed = [&](const Part& p) {
    if (p.column < 0 || p.aggregate != Aggregate::none) return false;
    // "name, city and country of airports in the city of …" lists it all the same.
    if (is(p.first - 1, {","}) && is(p.last, {",", "and"})) return false;
    return std::ranges::any_of(reading_.filters, [&](const Filter& f) {
      return f.any_of.size() == 1 && !f.negated && f.any_of[0].op == Operator::equal &&
             f.any_of[0].column == column(p.column).model->name &&
             f.any_of[0].table == context_.tables()[column(p.column).table].model->name;
    });
  };
  bool counting = false;
  for (auto it = select_.begin(); it != select_.end();) {
    const bool counts = it->aggregate != Aggregate::none;
    const bool beside = counting && !counts && groups_.empty() && group_tables_.empty() &&
                        !is(it->first - 1, {"and", ",", "their", "its", "the"}) &&
                        it->last > it->first;
    counting = counting || (counts && it == select_.begin());
    if (select_.size() > 1 && ((fixed(*it) && it != select_.begin()) || beside ||
                               (fixed(*it) && std::ranges::any_of(select_, [](const Part& p) {
                                  return p.aggregate != Aggregate::none;
                                })))) {
      it = select_.erase(it);
    } else {
      ++it;
    }
  }
}

// "average latitude and longitude": what a figure is taken of goes on after "and". Gives where it
// ends.
int ClauseParser::share_figure(const Part& figure, int at) {
  using enum Aggregate;
  const bool taken_of_column = figure.aggregate == avg || figure.aggregate == sum ||
                               figure.aggregate == min || figure.aggregate == max;
  while (taken_of_column && figure.column >= 0 && is(at, {"and", ","})) {
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
      if (p.first > 0 && links_.tokens[p.first - 1].number &&
          links_.tokens[p.first - 1].start >= c.span->start &&
          links_.tokens[p.first - 1].end <= c.span->end) {
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

// A chart of one thing shows how often each of its values occurs.
void ClauseParser::chart_defaults() {
  bool asked = chart_.any || chart_.type.has_value() || axis_ != 0;
  bool counted = false;  // "…, and count them"
  for (int i = 0; i < size(); ++i) {
    asked = asked || is(i, {"proportion", "trend", "visualize", "distribution", "histogram"}) ||
            (i == 0 && is(i, {"compare"}));
    counted = counted || (is(i, {"count", "counting"}) && is(i + 1, {"them"}));
  }
  const bool drawn = asked || counted;
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
  const auto counts = std::ranges::count_if(select_, grouped);
  const auto plain =
      std::ranges::count_if(select_, [](const Part& p) { return p.aggregate == Aggregate::none; });
  if (counts == 1 && plain == 0 && groups_.empty() && group_tables_.empty() && drawn && order_by_ &&
      order_by_->column >= 0 && order_by_->aggregate == Aggregate::none && !limit_) {
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

#include <algorithm>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/candidates/person_names.h"
#include "analysis/ask/clauses/figure_words.h"
#include "analysis/ask/clauses/name_words.h"
#include "analysis/ask/clauses/parser.h"

namespace sextant::ask {

namespace {

constexpr float kVerbSaid = 0.75f;    // "offered" for course_offering
constexpr float kClearlySaid = 0.4f;  // a table whose rows must have a partner

}  // namespace

void ClauseParser::find_select() {
  std::optional<Part> times;
  const bool mean = take_mean();
  bool open = true;
  std::size_t listed_from = 0;  // parts of the last sentence that says what to return
  for (int i = 0; i < size(); ++i) {
    if (is(i, {"show", "list", "give", "return", "find", "what", "their", "its", "display", "how",
               "tell", "also", "along", "provide", "including", "visualize", "compare", "draw",
               "plot"}) ||
        (is(i, {"for"}) && is(i - 1, {","})) || chart_.tokens[i]) {
      if (!(is(i, {"their", "its"}) && !open && !is(i - 1, {"and", "with", ","}))) open = true;
    }
    // "a bar chart that shows the name", "a chart that the city is the x axis of"
    const int before_that = is(i - 1, {","}) ? i - 2 : i - 1;
    const bool of_chart = is(i, {"that"}) && before_that >= 0 && chart_.tokens[before_that];
    if ((is(i, {"whose", "where", "that", "having"}) && !of_chart) ||
        (i > 1 && is(i, {"who", "which", "when", "while", "if"}) &&
         !is(i - 1, {"and", "also", "of", "?", "."}))) {
      open = false;
    }
    if (lists_again(i)) listed_from = select_.size();
    // "… and in which countries are they?"
    if (is(i, {"which", "what"}) && is(i - 1, {"in", "on", "at", "from", "for", "to"}) &&
        is(i - 2, {"and", ","})) {
      open = true;
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
      if (following && !following->table && !(own && own->last > i + 1) &&
          !(own && !own->table && rows_named(*following) >= 0)) {
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
    if (const auto how = open ? how_much_at(i) : std::nullopt) {
      add_select(*how);
      if (subject_ < 0) subject_ = how->table;
      take(i, i + 2);
      continue;
    }
    // "how many times …": rows.
    if (is(i, {"how"}) && is(i + 1, {"many"}) && is(i + 2, {"times"}) &&
        !reading_.filters.empty()) {
      const int table = context_.find_table(reading_.filters[0].any_of[0].table);
      add_select({Aggregate::count, -1, table, i, i + 3});
      take(i, i + 3);
      continue;
    }
    // "the number of times they …": rows of what is spoken of after it.
    if (open && is(i, {"number"}) && is(i + 1, {"of"}) && is(i + 2, {"times"})) {
      times = {Aggregate::count, -1, -1, i, i + 3};
      open = !select_.empty();
      take(i, i + 3);
      i += 2;
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
    // "… and who supplies it?": what they are called.
    if (is(i, {"who"}) && is(i - 1, {"and"}) && is(i + 2, {"it", "them", "him", "her", "this"})) {
      const NameUse* deed = name_at(i + 1);
      const int label = deed && deed->table ? label_column(context_, deed->id) : -1;
      if (label >= 0) {
        add_select({Aggregate::none, label, deed->id, i, i + 2});
        take(i, i + 2);
        continue;
      }
    }
    last = i + 1;
    const auto figure = figure_at(i, &last);
    // "… and its count"
    // "the name and issues of the books", which are called by their titles.
    if (!figure && open && is(i, {"name", "names"})) {
      int rows = -1;
      for (const NameUse& use : names_) {
        if (rows < 0 && use.table && use.first > i && use.first < i + 9) rows = use.id;
      }
      const int of = skip(i + 1, {"of", "for", "the", "all", "each", "every"});
      const NameUse* owner = name_at(of);
      const bool owned = owner && owner->table && !name_at(owner->last) && of > i + 1;
      const int label =
          rows >= 0 && (owned || is(i + 1, {"and", ","})) ? label_column(context_, rows) : -1;
      if (label >= 0 && column(label).kind == Kind::text && !column(label).id_like) {
        add_select({Aggregate::none, label, rows, i, i + 1});
        // People are called by both of their names.
        const auto [first_name, last_name] = name_columns(owned ? of : i + 1);
        if (label == first_name && column(last_name).table == rows) {
          add_select({Aggregate::none, last_name, rows, i, i + 1});
        }
        if (subject_ < 0) subject_ = rows;
        take(i, i + 1);
        continue;
      }
    }
    if (!figure && open && is(i, {"number", "count"}) && is(i + 1, {"of"}) &&
        is(i + 2, {"them", "each", "those", "these"}) && !name_at(i + 3) && subject_ >= 0) {
      add_select({Aggregate::count, -1, subject_, i, i + 3});
      take(i, i + 3);
      continue;
    }
    if (!figure && open && is(i, {"count", "counts", "number", "frequency"}) && subject_ >= 0 &&
        is(i - 1, {"its", "their", "the", "and", "corresponding", "total"}) && !is(i + 1, {"of"})) {
      add_select({Aggregate::count, -1, subject_, i, i + 1});
      take(i, i + 1);
      continue;
    }
    // "the top 5 countries by number of invoices, and how many do they have?", "the 3 most common
    // statuses and their respective counts": what the groups are compared by.
    const bool asks_count =
        (is(i, {"how"}) && is(i + 1, {"many"})) ||
        (is(i, {"count", "counts", "frequency", "frequencies"}) && is(i - 1, {"respective"}));
    if (!figure && asks_count && i > 1 &&
        ((order_by_ && order_by_->aggregate != Aggregate::none) || !having_.empty())) {
      Part compared = order_by_ ? *order_by_ : having_.front().measure;
      if (compared.aggregate == Aggregate::count && compared.column < 0 && compared.table < 0) {
        compared.table = !select_.empty() ? table_of(select_.front()) : subject_;
      }
      if (compared.aggregate != Aggregate::none && table_of(compared) >= 0) {
        const int rows = select_.empty() && groups_.empty() ? subject_ : -1;
        if (rows >= 0) add_select({Aggregate::none, label_column(context_, rows), rows, 0, 0});
        compared.first = compared.last = 0;
        add_select(compared);
        take(i, is(i, {"how"}) ? i + 2 : i + 1);
        continue;
      }
    }
    // "top 3 … by total payment amount? Return … and total amount": what they are compared by.
    if (!figure && open && is(i, {"total"}) && is(i + 1, {"amount", "value", "sum", "revenue"}) &&
        order_by_ && order_by_->aggregate != Aggregate::none && order_by_->column >= 0) {
      Part compared = *order_by_;
      compared.first = compared.last = 0;
      add_select(compared);
      take(i, i + 2);
      continue;
    }
    if (!figure) continue;
    // "who directed …": the director.
    const bool doer = figure->column >= 0 && i == 1 && is(0, {"who"}) && last == i + 1 &&
                      figure->aggregate == Aggregate::none &&
                      column(figure->column).kind == Kind::text && !column(figure->column).id_like;
    // "have registered", "were opened": what was done, not what is asked for.
    if (!doer && figure->column >= 0 && figure->aggregate == Aggregate::none &&
        (last == i + 1 || is(i - 1, {"have", "has", "had"})) &&
        (word(i).ends_with("ed") || word(i).ends_with("ing") ||
         (word(i).ends_with("en") && is(i - 1, {"been", "have", "has", "had", "was", "were"}))) &&
        std::ranges::none_of(column(figure->column).words,
                             [&](const Token& w) { return w.word == word(i); }) &&
        (is(i - 1, {"have", "has", "had", "were", "was", "been", "be", "to", "who", "that", "they",
                    "which", "is", "are"}) ||
         name_before(i, 2) || is(i + 1, {"by", "in", "from", "at", "to", "on", "for", "with"}) ||
         ((last >= size() || links_.tokens[last].symbol) && taken_[i - 1] &&
          !is(i - 1, {"and", ",", "or", "the"})))) {
      if (subject_ >= 0 && column(figure->column).table != subject_)
        present_.push_back(column(figure->column).table);
      take(i, i + 1);
      continue;
    }
    // "the average capacity of rooms": the rows that a figure is of, though room_number is a
    // column.
    const NameUse* of_rows = name_at(i);
    if (figure->column >= 0 && figure->aggregate == Aggregate::none && of_rows &&
        of_rows->score < 0.8f && !select_.empty() && is_total(select_.back().aggregate) &&
        select_.back().last == i - 1 && is(i - 1, {"for", "of", "among"})) {
      take(i, last);
      i = last - 1;
      continue;
    }
    // "products supplied by companies in Japan": those who do it are not asked for.
    const int by = i - 1 - (is(i - 1, {"the", "a", "an", "any"}) ? 1 : 0);
    if (figure->column >= 0 && figure->aggregate == Aggregate::none && is(by, {"by"}) &&
        !taken_[by] && !select_.empty() && word(by - 1).ends_with("ed") && word(i).ends_with("s") &&
        column(figure->column).kind == Kind::text) {
      present_.push_back(column(figure->column).table);
      take(i, last);
      i = last - 1;
      continue;
    }
    const bool bare_table = figure->column < 0 && figure->aggregate == Aggregate::none;
    if (bare_table && open && (names_rows_in_list(*figure) || asks_figure_beside(i))) {
      const NameUse* listed = name_at(i);  // "the title and rating": their one figure
      const int shown = listed ? figure_of_rows(*listed) : -1;
      const int label = shown >= 0 ? shown : label_column(context_, figure->table);
      if (subject_ < 0) subject_ = figure->table;
      add_select({Aggregate::none, label, figure->table, figure->first, figure->last});
      take(i, last);
      i = last - 1;
      continue;
    }
    if (bare_table) {
      const NameUse* said = name_at(i);
      if (subject_ >= 0 && subject_ != figure->table && only_acts(i, last)) {
        take(i, last);
        i = last - 1;
        continue;
      }
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
  if (ranked_by_ && select_.empty() && groups_.empty() && subject_ >= 0)
    add_select({Aggregate::none, label_column(context_, subject_), subject_, 0, 0});
  if (ranked_by_ && select_.size() == 1 && select_[0].aggregate == Aggregate::none)
    add_select(*ranked_by_);
  keep_listed(listed_from);
  if (mean && order_by_ && order_by_->aggregate == Aggregate::none && order_by_->column >= 0 &&
      column(order_by_->column).kind == Kind::number) {
    order_by_->aggregate = Aggregate::avg;  // "the most expensive on average"
  }
  if (times) count_times(*times);
  // "when was …", "… and when did they leave": the day, where no other is asked for.
  for (int i = 0; i < size(); ++i) {
    const bool asks = (i == 0 || is(i - 1, {"and"})) && is(i, {"when"}) &&
                      is(i + 1, {"was", "were", "is", "are", "did", "does", "do", "has", "and"});
    const bool told = std::ranges::any_of(select_, [&](const Part& p) {
      return p.aggregate != Aggregate::none ||
             (p.column >= 0 && (column(p.column).kind == Kind::date || early_is_old(p.column)));
    });
    const int day = asks && !told ? date_spoken_of(subject_) : -1;
    if (day < 0) continue;
    const auto at = i == 0 ? select_.begin() : select_.end();
    select_.insert(at, {Aggregate::none, day, column(day).table, i, i + 1});
    take(i, i + 1);
    break;
  }
  for (Part& part : select_) {
    if (!mean || part.column < 0 || column(part.column).kind != Kind::number) continue;
    if (part.aggregate == Aggregate::none || part.aggregate == Aggregate::sum ||
        part.aggregate == Aggregate::count) {
      part.aggregate = Aggregate::avg;
    }
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
      // "directed in 1980 or with James Cameron as the director"
      const int before = p.first - 1 - (is(p.first - 1, {"the", "a", "an", "their"}) ? 1 : 0);
      const bool said_of_value = p.last > p.first && is(before, {"as"});
      return (f.any_of.size() == 1 || said_of_value) && !f.negated &&
             std::ranges::any_of(f.any_of, [&](const Condition& c) {
               return c.op == Operator::equal && c.column == column(p.column).model->name &&
                      c.table == context_.tables()[column(p.column).table].model->name;
             });
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

}  // namespace sextant::ask

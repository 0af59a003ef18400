#include <algorithm>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/candidates/person_names.h"
#include "analysis/ask/clauses/figure_words.h"
#include "analysis/ask/clauses/parser.h"

namespace sextant::ask {

namespace {

constexpr float kVerbSaid = 0.75f;  // "offered" for course_offering

constexpr float kClearlySaid = 0.4f;  // a table whose rows must have a partner

}  // namespace

// "the players and the years played": rows named in a list of what is asked for stand for their
// names.
bool ClauseParser::names_rows_in_list(const Part& rows) const {
  int before = rows.first - 1;
  while (is(before, {"the", "their", "all", "corresponding", "respective", "its"})) --before;
  const bool plain = !select_.empty() && select_.back().aggregate == Aggregate::none;
  // "drivers from Hartford and drivers older than 40": a condition between says which rows.
  bool told = false;
  for (int i = plain ? select_.back().last : before; i < before; ++i) told = told || taken_[i];
  const bool ends_list = (is(before, {"and"}) || (is(before, {","}) && is(rows.last, {","}))) &&
                         plain && !told && select_.back().last <= before &&
                         select_.back().last >= before - 4;
  const int next = skip(rows.last, {"and", ",", "their", "the", "its"});
  const NameUse* following = next > rows.last ? name_at(next) : nullptr;
  const bool begins_list = select_.empty() && is(rows.last, {"and", ","}) && following &&
                           !following->table && rows.first <= 5 &&
                           !is(rows.first - 1, {"of", "for", "many", "each", "by", "with"});
  const bool told_of = is(rows.last, {"who", "that", "which"}) &&
                       !is(rows.last + 1, {"they", "he", "she", "it"});  // "the roles they play"
  return (ends_list && !told_of) || begins_list;
}

// The columns of first and last names of the rows spoken of at the token, else of the subject.
std::pair<int, int> ClauseParser::name_columns(int token) const {
  int near_table = -1;
  for (int i = token; i < std::min(size(), token + 5) && near_table < 0; ++i) {
    if (const NameUse* near = name_at(i)) near_table = table_of(part_of(*near));
  }
  for (const int table : {near_table, subject_}) {
    if (table < 0) continue;
    if (const auto names = person_name_columns(context_, table); names.first >= 0) return names;
  }
  return {-1, -1};
}

// Whether a word like the name of a table only says what the rows do: "who play football", where
// football is a value elsewhere; "who work in a department", though jobs are there.
bool ClauseParser::only_acts(int first, int last) const {
  if (last != first + 1 ||
      !is(first - 1, {"who", "that", "which", "to", "not", "can", "do", "and"}))
    return false;
  if (word(first).ends_with("s") && word(first - 1) == "and") return false;
  const bool of_value =
      last < size() && taken_[last] && !name_at(last) && filtered_at(last, true) >= 0;
  if (of_value) return true;
  if (is(first - 1, {"and"})) return false;
  return std::ranges::none_of(links_.table_match,
                              [&](const auto& match) { return match[first] >= 0.7f; });
}

// "Which … sold most? Return the make and the number of sales": what the second sentence lists is
// what is asked for.
bool ClauseParser::lists_again(int token) const {
  if (token < 3 || !is(token, {"return", "show", "list", "give", "include", "provide", "display"}))
    return false;
  auto before = static_cast<std::size_t>(links_.tokens[token].start);
  while (before > 0 && links_.question[before - 1] == ' ') --before;
  return before > 0 && std::string_view(".?!").contains(links_.question[before - 1]);
}

// Of what was asked for before the last list only what the list says again, or does not replace:
// its columns take the place of columns, its figures that of figures.
void ClauseParser::keep_listed(std::size_t from) {
  const auto begin = select_.begin() + static_cast<std::ptrdiff_t>(from);
  const auto figure = [](const Part& part) { return part.aggregate != Aggregate::none; };
  const bool columns = !std::all_of(begin, select_.end(), figure);
  if (from == 0 || select_.size() - from < 2 || !columns) return;
  const bool figures = std::any_of(begin, select_.end(), figure);
  std::size_t at = 0;
  std::erase_if(select_, [&](const Part& part) {
    return at++ < from && part.last > 0 && (figures || !figure(part)) &&
           std::ranges::find(said_again_, part) == said_again_.end();
  });
}

// "Which users …, and how many reviews have they posted?": the users are listed beside the figure.
bool ClauseParser::asks_figure_beside(int rows) const {
  if (rows != 1 || !is(0, {"which", "what"})) return false;
  for (int i = rows + 1; i + 1 < size(); ++i) {
    if (!is(i, {"and"})) continue;
    const int at = skip(i + 1, {"what", "is", "was", "are", "the"});
    if (is(at, {"how"}) && is(at + 1, {"many"})) return true;
    const NameUse* figure = name_at(at);
    if (at > i + 1 && (aggregate_word(word(at)) || is(at, {"number", "count"}) ||
                       (figure && !figure->table && is_measure(column(figure->id))))) {
      return true;
    }
  }
  return false;
}

void ClauseParser::add_select(const Part& part) {
  if (std::ranges::find(select_, part) == select_.end()) {
    select_.push_back(part);
  } else {
    said_again_.push_back(part);
  }
}

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
    if (is(i, {"whose", "where", "that", "having"}) ||
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
         name_before(i, 2) || is(i + 1, {"by", "in", "from", "at", "to", "on", "for", "with"}))) {
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
    const bool bare_table = figure->column < 0 && figure->aggregate == Aggregate::none;
    if (bare_table && open && (names_rows_in_list(*figure) || asks_figure_beside(i))) {
      const int label = label_column(context_, figure->table);
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

#include <algorithm>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/clauses/adjectives.h"
#include "analysis/ask/clauses/figure_words.h"
#include "analysis/ask/clauses/parser.h"

namespace sextant::ask {

// What an adjective orders by. High and low are of the column's values.
const std::vector<Adjective>& adjectives() {
  static const std::vector<Adjective> kAdjectives = {
      {"oldest", true, {"age", "birth", "birthday", "found", "built", "open", "year", "date"}},
      {"older", true, {"age", "birth", "birthday", "found", "built", "open", "year", "date"}},
      {"youngest", false, {"age", "birth", "birthday", "found", "year", "date"}},
      {"younger", false, {"age", "birth", "birthday", "found", "year", "date"}},
      {"newest", true, {"year", "date", "time", "open"}},
      {"latest", true, {"date", "time", "year", "month"}},
      {"earliest", false, {"date", "time", "year", "month", "found", "open"}},
      {"recent", true, {"date", "time", "year"}},
      {"longest", true, {"length", "durat", "distanc", "page", "time", "day"}},
      {"longer", true, {"length", "durat", "distanc", "page", "time", "day"}},
      {"shortest", false, {"length", "durat", "distanc", "page", "height", "time"}},
      {"shorter", false, {"length", "durat", "distanc", "page", "height", "time"}},
      {"tallest", true, {"height", "elev"}},
      {"taller", true, {"height", "elev"}},
      {"heaviest", true, {"weight", "mass"}},
      {"heavier", true, {"weight", "mass"}},
      {"lightest", false, {"weight", "mass"}},
      {"cheapest", false, {"price", "cost", "rate", "rent", "amount"}},
      {"cheaper", false, {"price", "cost", "rate", "rent", "amount"}},
      {"costliest", true, {"price", "cost", "rate", "rent", "amount"}},
      {"expensive", true, {"price", "cost", "rate", "rent", "amount", "budget"}},
      {"rated", true, {"rate", "score", "star"}},
      {"hottest", true, {"temperatur", "temp"}},
      {"warmest", true, {"temperatur", "temp"}},
      {"coldest", false, {"temperatur", "temp"}},
      {"rainiest", true, {"precipit", "rainfal", "rain"}},
      {"wettest", true, {"precipit", "rainfal", "rain"}},
      {"windiest", true, {"wind"}},
      {"richest", true, {"worth", "money", "salari", "incom", "balanc"}},
      {"fastest", true, {"speed", "veloc"}},
      {"slowest", false, {"speed", "veloc"}},
      {"best", true, {"rate", "score", "point", "rank"}},
      {"worst", false, {"rate", "score", "point", "rank"}},
      {"largest", true, {"size", "area", "popul", "capac", "number"}},
      {"biggest", true, {"size", "area", "popul", "capac", "number"}},
      {"smallest", false, {"size", "area", "popul", "capac", "number"}},
      {"highest", true, {"height", "elev", "altitud"}},
      {"deepest", true, {"depth"}},
      {"populous", true, {"popul"}},
      {"recently", true, {"date", "time", "year"}},
      {"paid", true, {"salari", "wage", "incom", "pay", "earn"}},
      {"earning", true, {"salari", "wage", "incom", "pay", "earn"}},
      {"earn", true, {"salari", "earn", "wage", "incom", "pay", "money"}},
      {"earns", true, {"salari", "earn", "wage", "incom", "pay", "money"}},
      {"make", true, {"salari", "earn", "wage", "incom", "pay"}},
      {"makes", true, {"salari", "earn", "wage", "incom", "pay"}},
      {"priced", true, {"price", "cost", "rate", "rent", "amount"}},
      {"costly", true, {"price", "cost", "rate", "rent", "amount"}},
      {"costs", true, {"price", "cost", "rate", "rent", "amount"}},
      {"cost", true, {"price", "cost", "rate", "rent", "amount"}},
  };
  return kAdjectives;
}

int ClauseParser::column_for_adjective(std::string_view adjective, int near_table) const {
  for (const Adjective& a : adjectives()) {
    if (a.word != adjective) continue;
    for (const auto stem : a.columns) {
      int best = -1;
      float best_score = -1;
      for (std::size_t c = 0; c < context_.columns().size(); ++c) {
        const ColumnEntry& entry = column(static_cast<int>(c));
        if (entry.kind == Kind::text && stem != "date" && stem != "birth") continue;
        if (entry.id_like) continue;
        for (const Token& w : entry.words) {
          if (w.stem != stem && !(w.stem.starts_with(stem) && stem.size() > 4)) continue;
          const float score = (entry.table == near_table ? 2.f : 0.f) + table_score_[entry.table] -
                              0.1f * static_cast<float>(entry.words.size());
          if (score > best_score) {
            best_score = score;
            best = static_cast<int>(c);
          }
        }
      }
      if (best >= 0 && (near_table < 0 || column(best).table == near_table || best_score > 0.5f))
        return best;
    }
  }
  return -1;
}

// "a bar chart", "visualize by bars": not what it is sorted by.
bool ClauseParser::chart_named_at(int i) const {
  return is(i + 1, {"chart", "charts", "graph", "graphs", "plot"}) ||
         !is(i - 1, {"by", "the", "rank", "order", "sort", "list", "show", "display"});
}

// "x axis location", "the age as Y", "the X-axis is the name": what stands on an axis, not what is
// sorted by. Gives the name that stands on it.
const NameUse* ClauseParser::axis_role_at(int i) const {
  if (!is(i, {"x", "y"}) || taken_[i]) return nullptr;
  const int next = skip(i + 1, {"-", "axis"});
  const int before = i - 1 - (is(i - 1, {"the"}) ? 1 : 0);
  if (is(before, {"as", "on"})) return name_before(before, 3);
  const bool sorts = is(before, {"by", "order", "sort", "rank", "list", "show", "display", "of"}) ||
                     is(next, {"in", "from", "asc", "desc", "ascending", "descending", "to"});
  if (sorts || (next == i + 1 && !is(next, {"is", "are", "shows"}))) return nullptr;
  return next_name(skip(next, {"is", "are", "shows", ":", "the", "a"}), 1);
}

// "y axis the number of orders", "Y is their average price": the figure that an axis shows, not
// what is sorted by.
bool ClauseParser::axis_figure_at(int i) const {
  if (!is(i, {"x", "y"}) || taken_[i]) return false;
  const int before = i - 1 - (is(i - 1, {"the"}) ? 1 : 0);
  if (is(before, {"by", "order", "sort", "rank", "list", "show", "display", "of"})) return false;
  const int next = skip(i + 1, {"-", "axis", "is", "are", "shows", ":", "the", "a", "their"});
  return next > i + 1 && (is(next, {"number", "count", "total", "how", "frequency", "sum"}) ||
                          aggregate_word(word(next)));
}

// "in order of title and credits", "by price descending, then by name ascending": what comes after
// the first that it is ordered by.
void ClauseParser::find_second_order() {
  if (!order_by_ || order_by_->column < 0 || order_by_->aggregate != Aggregate::none ||
      order_by_->last <= order_by_->first) {
    return;
  }
  static constexpr std::initializer_list<std::string_view> kDirections = {
      "in", "ascending", "descending", "increasing", "decreasing", "asc", "desc", "order", "("};
  int at = skip(order_by_->last, kDirections);
  if (is(at, {")"})) ++at;
  if (!is(at, {"and", ",", "then"})) return;
  at = skip(at, {"and", ",", "then", "by", "the"});
  const NameUse* use = name_at(at);
  if (!use || use->table) return;
  // A list that goes on with a verb is another clause.
  then_by_ = part_of(*use);
  then_descending_ = descending_;
  const int after = skip(use->last, {"in", "("});
  if (is(after, {"ascending", "increasing", "asc"})) then_descending_ = false;
  if (is(after, {"descending", "decreasing", "desc"})) then_descending_ = true;
  for (int i = order_by_->last; i < use->first; ++i) {  // the first has a direction of its own
    if (is(i, {"ascending", "increasing", "asc"})) descending_ = false;
    if (is(i, {"descending", "decreasing", "desc"})) descending_ = true;
  }
  take(order_by_->last, use->last);
}

// "sorted by price", "in descending order of age", "from high to low by the y axis".
void ClauseParser::find_order() {
  std::vector<bool> role(links_.tokens.size(), false);  // said of an axis, not of an order
  for (int i = 0; i < size(); ++i) {
    const NameUse* use = axis_role_at(i);
    if (use || axis_figure_at(i)) role[static_cast<std::size_t>(i)] = true;
    if (axis_figure_at(i)) take(i, skip(i + 1, {"-", "axis"}));
    if (!use) continue;
    if (is(i, {"x"}) && !use->table) on_x_ = use->id;
    // Named before, where it is asked for: there it counts.
    const bool again = use->first > i && std::ranges::any_of(names_, [&](const NameUse& other) {
                         return other.table == use->table && other.id == use->id && other.first < i;
                       });
    if (again) take(use->first, use->last);
    take(i, skip(i + 1, {"-", "axis"}));
  }
  bool cue = false, direction = false;
  int cue_at = -1;
  for (int i = 0; i < size(); ++i) {
    if (is(i, {"sorted",
               "sort",
               "ordered",
               "order",
               "ranked",
               "rank",
               "ordering",
               "sorting",
               "arranged",
               "arrange",
               "alphabetical",
               "alphabetically",
               "lexicographic",
               "lexicographical",
               "lexicographically",
               "ascending",
               "descending",
               "asc",
               "desc",
               "increasing",
               "decreasing",
               "axis"}) ||
        (is(i, {"bar", "bars"}) && !chart_named_at(i)) || (is(i, {"order"}) && is(i - 1, {"in"})) ||
        (is(i, {"high", "low"}) && is(i - 1, {"from"})) ||
        (is(i, {"x", "y"}) && !taken_[i] && is(i - 1, {"the", "by", "order", "rank"}))) {
      const bool in_the = is(i - 1, {"the"}) && is(i - 2, {"in"}) && is(i + 1, {"of"});
      if (is(i, {"order", "rank"}) && name_at(i) && !in_the && !is(i - 1, {"in", "to"}) &&
          !is(i + 1, {"by", "from", "the", "x", "y"}) &&
          !(is(i + 1, {"in"}) && is(i + 2, {"asc", "desc", "ascending", "descending"}))) {
        continue;
      }
      // "amount of order items": a word inside of a name.
      if (std::ranges::any_of(names_, [&](const NameUse& use) {
            return use.first < i &&
                   (i < use.last - 1 || (i < use.last && is(i, {"order", "rank"}) &&
                                         !is(i + 1, {"by", "in", "x", "y"})));
          })) {
        continue;
      }
      if (is(i, {"axis"}) && taken_[i]) continue;
      if (name_at(i) && !is(i, {"order", "rank", "sort"})) continue;
      if (is(i, {"ordered", "ranked", "sorted"}) &&
          !is(i + 1,
              {"by", "in", "from", "according", "alphabetically", "descending", "ascending",
               "based", "on", "descendingly", "ascendingly", "the", "desc", "asc", "with"})) {
        continue;
      }
      cue = true;
      if (cue_at < 0) cue_at = i;
      if (is(i, {"descending", "desc", "decreasing"}) || (is(i, {"high"}) && is(i + 1, {"to"}))) {
        descending_ = true;
        direction = true;
      }
      if (is(i, {"ascending", "asc", "increasing", "alphabetical", "alphabetically"}) ||
          (is(i, {"low"}) && is(i + 1, {"to"}))) {
        direction = true;
      }
      if (is(i - 1, {"reverse", "reversed"}) && !taken_[i - 1]) {
        descending_ = direction = true;
        take(i - 1, i);
      }
      take(i, i + 1);
    }
  }
  // "from the best ratings to the lowest"
  for (int i = 1; i < size(); ++i) {
    const bool down = is(i, {"highest", "best", "largest", "most", "biggest", "latest", "newest",
                             "longest", "greatest"});
    const bool up =
        is(i, {"lowest", "worst", "smallest", "least", "earliest", "oldest", "shortest", "fewest"});
    if ((!down && !up) || !is(i - 1 - (is(i - 1, {"the"}) ? 1 : 0), {"from"})) continue;
    int last = 0;
    const auto figure = figure_at(i + 1, &last);
    if (!figure || !is(last, {"to"})) continue;
    order_by_ = *figure;
    descending_ = down;
    order_said_ = true;
    order_span_ = span(i, last);
    take(i, std::min(size(), skip(last + 1, {"the"}) + 1));
    return;
  }
  if (!cue) return;
  for (int i = 0; i < size(); ++i) {
    if (is(i, {"high",     "low",      "highest",  "lowest", "most",     "least",    "oldest",
               "youngest", "largest",  "smallest", "latest", "earliest", "greatest", "biggest",
               "longest",  "shortest", "fewest",   "z",      "big",      "large",    "small"}) &&
        is(i + 1, {"to"})) {
      if (is(i, {"high", "highest", "most", "oldest", "largest", "latest", "greatest", "biggest",
                 "longest", "z", "big", "large"})) {
        descending_ = true;
      }
      direction = true;
      take(i, std::min(size(), i + 3));
    }
  }
  // "ordered by the highest rating first", "with the newest first"
  for (int i = cue_at + 1; i < size(); ++i) {
    if (!is(i, {"highest", "largest", "most", "latest", "newest", "biggest", "greatest", "longest",
                "lowest", "smallest", "least", "fewest", "earliest", "shortest"})) {
      continue;
    }
    int first = i + 1;
    while (first < std::min(size(), i + 6) && !is(first, {"first", ",", "and", "."})) ++first;
    if (!is(first, {"first"})) continue;
    descending_ = !is(i, {"lowest", "smallest", "least", "fewest", "earliest", "shortest"});
    direction = true;
    take(i, i + 1);
    take(first, first + 1);
  }
  order_said_ = true;
  order_span_ = span(cue_at, cue_at + 1);
  const int from = std::max(0, cue_at - 8);
  for (int i = from; i < size(); ++i) {
    const bool said = role[static_cast<std::size_t>(i)] ||
                      (is(i, {"axis"}) && (role[static_cast<std::size_t>(std::max(0, i - 1))] ||
                                           role[static_cast<std::size_t>(std::max(0, i - 2))]));
    if (said) continue;
    // "show total number in descending order": the figure that is counted.
    if (is(i, {"total"}) && is(i + 1, {"number"}) &&
        (i + 2 >= size() || links_.tokens[i + 2].symbol ||
         is(i + 2, {"in", "from", "asc", "desc", "ascending", "descending", "please"})) &&
        is(i - 1 - (is(i - 1, {"the"}) ? 1 : 0),
           {"by", "order", "sort", "rank", "list", "show", "display", "arrange"})) {
      axis_ = 2;
      take(i, i + 2);
    }
    const bool x = is(i, {"x"}) || (is(i, {"axis"}) && is(i - 1, {"x"})) ||
                   (is(i, {"bar", "bars"}) && !chart_named_at(i));
    const bool y = is(i, {"y"}) || (is(i, {"axis"}) && is(i - 1, {"y"}));
    if (i >= cue_at - 3 && (x || y)) {
      axis_ = x ? 1 : 2;
      take(i, i + 1);
    }
  }
  if (axis_ != 0) return;
  // What it is ordered by: named after "by" or "of", else just before the direction.
  const auto accept = [&](int at) {
    int last = 0;
    const int total = at + (is(at, {"total"}) ? 1 : 0);
    if (is(total, {"number", "numbers", "count", "amount", "frequency"}) &&
        !is(total + 1, {"of"}) && !name_at(total)) {
      axis_ = 2;  // the figure that is counted
      take(at, total + 1);
      return true;
    }
    if ((chart_.type || chart_.any) && is(at, {"names", "name"}) && !is(at + 1, {"of"})) {
      axis_ = 1;  // what the bars are called
      take(at, at + 1);
      return true;
    }
    auto figure = figure_at(at, &last);
    if (!figure) return false;
    order_by_ = *figure;
    take(at, last);
    return true;
  };
  static constexpr std::initializer_list<std::string_view> kBetween = {
      "the", "their",      "its",  "order",      "descending",   "ascending", "of",
      "by",  "decreasing", "each", "increasing", "alphabetical", "attribute"};
  for (int i = cue_at + 1; i < size() && !order_by_ && axis_ == 0; ++i) {
    const bool by = is(i, {"by", "using"}) || (is(i, {"of"}) && is(i - 1, {"order"})) ||
                    (is(i, {"to"}) && is(i - 1, {"according"}));
    if (by) accept(skip(i + 1, kBetween));
  }
  // "sort the age in ascending order"
  for (int i = cue_at; i < size() && !order_by_ && axis_ == 0; ++i) {
    if (is(i, {"sort", "order", "rank", "arrange"})) accept(skip(i + 1, {"the", "their", "its"}));
  }
  for (int i = cue_at; i < size() && !order_by_ && axis_ == 0; ++i) {
    if (is(i, {"sort", "order", "rank"}) && i + 3 < size()) continue;
    if (!is(i, {"by", "of", "to", "on", "in", "the"}) && i != cue_at) continue;
    int at = skip(i + 1, kBetween);
    for (int tries = 0; tries < 2 && at < size() && !order_by_; ++tries, ++at) accept(at);
  }
  for (int i = cue_at - 1; i >= std::max(0, cue_at - 9) && !order_by_ && axis_ == 0; --i) {
    if (is(i, {"by", "order", "rank", "sort", "list", "display", "show"}) &&
        (is(i, {"by"}) || i > 2)) {
      int at = skip(i + 1, {"the", "their", "how", "many"});
      // "the rate by state, sorted from high to low": the rates are sorted.
      const NameUse* grouped = is(i, {"by"}) ? name_at(at) : nullptr;
      const bool sorted_so =
          is(cue_at, {"sorted", "ranked", "ordered", "arranged"}) && !is(cue_at + 1, {"by"});
      if (sorted_so && (chart_.type || chart_.any) && grouped && !grouped->table &&
          column(grouped->id).kind == Kind::text &&
          is(skip(grouped->last, {","}), {word(cue_at)})) {
        axis_ = 2;
        break;
      }
      accept(at);
    }
  }
  find_second_order();
  if (!direction && !order_by_) order_said_ = order_said_ && axis_ != 0;
}

}  // namespace sextant::ask

#include <algorithm>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/clauses/parser.h"

namespace sextant::ask {

namespace {

struct Adjective {
  std::string_view word;
  bool high;
  std::vector<std::string_view> columns;  // stems that it speaks of, best first
};

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
      {"longest", true, {"length", "durat", "distanc", "time", "day"}},
      {"longer", true, {"length", "durat", "distanc", "time", "day"}},
      {"shortest", false, {"length", "durat", "distanc", "height", "time"}},
      {"shorter", false, {"length", "durat", "distanc", "height", "time"}},
      {"tallest", true, {"height", "elev"}},
      {"taller", true, {"height", "elev"}},
      {"heaviest", true, {"weight", "mass"}},
      {"heavier", true, {"weight", "mass"}},
      {"lightest", false, {"weight", "mass"}},
      {"cheapest", false, {"price", "cost", "rate", "rent", "amount"}},
      {"cheaper", false, {"price", "cost", "rate", "rent", "amount"}},
      {"costliest", true, {"price", "cost", "rate", "rent", "amount"}},
      {"expensive", true, {"price", "cost", "rate", "rent", "amount"}},
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

int ordinal(const std::string& word) {
  static constexpr std::string_view kWords[] = {"first", "second", "third", "fourth", "fifth"};
  static constexpr std::string_view kNumbers[] = {"1st", "2nd", "3rd", "4th", "5th"};
  for (int i = 0; i < 5; ++i) {
    if (word == kWords[i] || word == kNumbers[i]) return i + 1;
  }
  return 0;
}

}  // namespace

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

// "sorted by price", "in descending order of age", "from high to low by the y axis".
void ClauseParser::find_order() {
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
      if (is(i, {"order", "rank"}) && name_at(i) && !is(i - 1, {"in", "to"}) &&
          !is(i + 1, {"by", "from", "the"})) {
        continue;
      }
      // "amount of order items": a word inside of a name.
      if (std::ranges::any_of(names_, [&](const NameUse& use) {
            return use.first < i &&
                   (i < use.last - 1 ||
                    (i < use.last && is(i, {"order", "rank"}) && !is(i + 1, {"by", "in"})));
          })) {
        continue;
      }
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
      take(i, i + 1);
    }
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
  order_said_ = true;
  order_span_ = span(cue_at, cue_at + 1);
  const int from = std::max(0, cue_at - 8);
  for (int i = from; i < size(); ++i) {
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
    const bool by = is(i, {"by"}) || (is(i, {"of"}) && is(i - 1, {"order"})) ||
                    (is(i, {"to"}) && is(i - 1, {"according"}));
    if (by) accept(skip(i + 1, kBetween));
  }
  for (int i = cue_at; i < size() && !order_by_ && axis_ == 0; ++i) {
    if (is(i, {"sort", "order", "rank"}) && i + 3 < size()) continue;
    if (!is(i, {"by", "of", "to", "on", "in", "the"}) && i != cue_at) continue;
    int at = skip(i + 1, kBetween);
    for (int tries = 0; tries < 2 && at < size() && !order_by_; ++tries, ++at) accept(at);
  }
  for (int i = cue_at - 1; i >= std::max(0, cue_at - 7) && !order_by_ && axis_ == 0; --i) {
    if (is(i, {"by", "order", "rank", "sort", "list", "display", "show"}) &&
        (is(i, {"by"}) || i > 2)) {
      int at = skip(i + 1, {"the", "their", "how", "many"});
      accept(at);
    }
  }
  if (!direction && !order_by_) order_said_ = order_said_ && axis_ != 0;
}

// "the 3 largest", "top 5": how many rows, not a value.
void ClauseParser::reserve_limits() {
  reserved_.assign(links_.tokens.size(), false);
  for (int i = 0; i < size(); ++i) {
    if (!links_.tokens[i].number && !number_word(word(i))) continue;
    const auto superlative = [&](int at) {
      return is(at, {"most", "least", "top", "bottom", "first", "last", "best", "worst"}) ||
             (word(at).size() > 5 && word(at).ends_with("est")) || is(at, {"oldest", "common"});
    };
    if ((superlative(i + 1) && !is(i + 1, {"first", "last"})) ||
        (superlative(i - 1) && !is(i - 2, {"at"}) && is(i - 1, {"top", "bottom"}))) {
      reserved_[i] = true;
    }
  }
}

// "top 5 countries by total amount", "top 3 businesses in terms of review count".
bool ClauseParser::top_by(int what, bool high, std::int64_t count) {
  for (int i = name_at(what)->last; i < std::min(size(), what + 7); ++i) {
    int at = -1;
    if (is(i, {"by"}) && !taken_[i]) at = i + 1;
    if (is(i, {"in"}) && is(i + 1, {"terms"}) && is(i + 2, {"of"})) at = i + 3;
    if (is(i, {"based"}) && is(i + 1, {"on"})) at = i + 2;
    if (at < 0) continue;
    int last = 0;
    const auto figure = figure_at(skip(at, {"the", "their", "its"}), &last);
    if (!figure) return false;
    order_by_ = *figure;
    if (figure->column < 0) order_by_->aggregate = Aggregate::count;
    descending_ = high;
    order_said_ = true;
    limit_ = count;
    order_span_ = span(i, last);
    take(i, last);
    return true;
  }
  return false;
}

bool ClauseParser::superlative_at(int i) {
  if (taken_[i]) return false;
  static constexpr std::initializer_list<std::string_view> kHigh = {
      "most",    "highest", "largest",   "biggest", "greatest", "maximum",  "max",
      "top",     "latest",  "longest",   "oldest",  "tallest",  "heaviest", "newest",
      "fastest", "best",    "costliest", "richest", "deepest"};
  static constexpr std::initializer_list<std::string_view> kLow = {
      "least",    "lowest",   "smallest", "fewest",   "minimum",  "min",     "bottom",
      "earliest", "shortest", "youngest", "lightest", "cheapest", "slowest", "worst"};
  bool high = is(i, kHigh);
  const bool low = is(i, kLow);
  if (!high && !low) return false;
  if (is(i, {"least", "most"}) && is(i - 1, {"at"})) return false;
  // "the maximum and minimum price" are figures.
  const bool extreme = is(i, {"maximum", "max", "minimum", "min", "highest", "lowest", "largest",
                              "smallest", "greatest", "biggest", "latest", "earliest"});
  if (is(i + 1, {"and", ","}) && extreme) return false;
  if (is(i - 1, {"and", ","}) && extreme &&
      is(i - 2, {"maximum", "max", "highest", "average", "mean", "minimum", "min", "lowest",
                 "total", "smallest", "largest", ","})) {
    return false;
  }
  std::optional<std::int64_t> count;
  int first = i, last = i + 1;
  for (const int at : {i - 1, i + 1}) {
    if (at < 0 || at >= size() || taken_[at]) continue;
    const auto number = links_.tokens[at].number ? links_.tokens[at].number : number_word(word(at));
    if (number && *number >= 1 && *number <= 1000 && *number == static_cast<int>(*number) &&
        (at == i + 1 ? true : *number < 200)) {
      count = static_cast<std::int64_t>(*number);
      first = std::min(first, at);
      last = std::max(last, at + 1);
      break;
    }
  }
  // "the 3 counties that have the smallest population"
  if (!count && !limit_) {
    for (int b = i - 2; b >= 0 && !count; --b) {
      const auto number = links_.tokens[b].number ? links_.tokens[b].number : number_word(word(b));
      if (!number || taken_[b] || *number < 2 || *number > 1000 ||
          *number != static_cast<int>(*number) ||
          !(is(b - 1, {"the", "top", "bottom", "out", "find", "show", "list"}))) {
        continue;
      }
      if (!next_name(b + 1, 2)) continue;
      count = static_cast<std::int64_t>(*number);
      take(b, b + 1);
    }
  }
  // "top 5", "top 5 most expensive"
  if (is(i, {"top", "bottom"}) && is(last, {"most", "highest", "least", "lowest"})) ++last;
  int at = skip(last, {"the", "a", "of", "different", "overall", "distinct", "kind", "kinds"});
  if (count && is(i, {"top", "bottom"}) && name_at(at) && top_by(at, high, *count)) {
    take(first, last);
    return true;
  }
  while (at < size() && taken_[at] && at < last + 3) ++at;  // "the most female students"
  Part by;
  bool row_adjective = false;
  if (is(at, {"number", "amount", "count"}) && is(at + 1, {"of"})) {
    const int counted_at = skip(at + 2, {"the", "different", "distinct", "total", "all"});
    const NameUse* use = name_at(counted_at);
    if (use && use->table) {
      by = {Aggregate::count, -1, use->id, use->first, use->last};
      last = use->last;
    } else if (use) {
      by = part_of(*use);
      by.aggregate = is_measure(column(use->id)) ? Aggregate::none : Aggregate::count;
      last = use->last;
    } else {
      by = {Aggregate::count, -1, -1, at, at + 2};
      last = at + 2;
    }
  } else if (is(at, {"times", "occurrences", "frequency"}) ||
             (is(i - 1, {"the"}) && is(i - 2, {"occurs", "occur", "appears", "appear"}) &&
              (at >= size() || is(at, {"?", ".", "in"})))) {
    by = {Aggregate::count, -1, -1, i, i + 1};
    last = at < size() && is(at, {"times", "occurrences", "frequency"}) ? at + 1 : i + 1;
  } else if (is(at, {"common", "commonly", "frequent", "frequently", "popular", "often", "used",
                     "prominent", "occurring"})) {
    by = {Aggregate::count, -1, -1, at, at + 1};
    last = at + 1;
    if (is(last, {"used", "occurring"})) ++last;
  } else if (int end = 0; auto figure = figure_at(at, &end)) {
    by = *figure;
    const bool plain = by.aggregate == Aggregate::none;
    if (by.column < 0 && !is(i, {"most", "fewest", "least"})) {
      // "the largest city": by what the adjective speaks of, else by how many.
      const int c = column_for_adjective(word(i), by.table);
      if (c < 0 && is(i, {"top", "bottom"})) return false;
      if (c < 0) {
        by.aggregate = Aggregate::count;
        last = end;
      } else {
        by = {Aggregate::none, c, column(c).table, at, at};
        row_adjective = true;
      }
    } else if (by.column < 0) {
      by.aggregate = Aggregate::count;
      last = end;
    } else if (plain && !is_measure(column(by.column)) && column(by.column).kind == Kind::text) {
      const int c = is(i, {"most", "fewest", "least"})
                        ? -1
                        : column_for_adjective(word(i), column(by.column).table);
      if (c >= 0) {
        by = {Aggregate::none, c, column(c).table, at, at};
        row_adjective = true;
      } else {
        by.aggregate = Aggregate::count;  // "the largest major"
        add_select({Aggregate::none, by.column, column(by.column).table, at, end});
        by.column = -1;
        by.table = -1;
        last = end;
      }
    } else {
      last = end;
    }
  } else {
    const int adjective = is(at, {"expensive", "recent", "recently", "populous", "paid", "earning",
                                  "priced", "costly"})
                              ? at
                              : i;
    if (adjective == at && is(i, {"least", "fewest"})) high = false;
    const int c = column_for_adjective(word(adjective), subject_);
    if (c < 0) return false;
    if (adjective == at) last = at + 1;
    by = {Aggregate::none, c, column(c).table, i, last};
    row_adjective = true;
    // Old is an early birth.
    const bool age = is(i, {"oldest", "youngest"});
    if (age) {
      for (const Token& w : column(c).words) {
        if (w.stem != "age" &&
            (column(c).kind == Kind::date || w.stem == "year" || w.stem == "birth" ||
             w.stem == "found" || w.stem == "built" || w.stem == "open")) {
          high = is(i, {"youngest"});
          break;
        }
      }
    }
    for (const Token& w : column(c).words) {
      if (w.stem == "rank" && is(i, {"best", "worst"})) high = is(i, {"worst"});
    }
  }
  if (const int rank = ordinal(word(first - 1)); rank > 1 && !count) {
    // "the second highest": one row, after those before it.
    offset_ = rank - 1;
    if (by.aggregate == Aggregate::none && by.column >= 0 && is(first - 2, {"the"}) &&
        is(first - 3, {"is", "are", "find", "show", "give", "what"})) {
      add_select(by);
    }
    take(first - 1, first);
    order_by_ = by;
    descending_ = high;
    order_said_ = true;
    limit_ = 1;
    order_span_ = span(first - 1, std::max(last, i + 1));
    take(first, last);
    return true;
  }
  // Alone at the head of the question it is a figure: "what is the highest price".
  if (!row_adjective && by.aggregate == Aggregate::none && by.column >= 0 && !count) {
    bool with = false;
    for (int b = first - 1; b >= std::max(0, first - 4); --b) {
      with = with ||
             is(b, {"with",     "has",      "have",   "having",   "had", "whose", "got",   "costs",
                    "receives", "gets",     "earns",  "by",       "who", "which", "where", "holds",
                    "that",     "achieved", "scored", "obtained", "at",  "on",    "paid",  "is"});
      if (is(b, {"what"})) with = false;
      if (!links_.info[b].stop && !taken_[b]) break;
    }
    const bool who = is(0, {"who", "which", "where", "when"});
    if (!with && !who) return false;
    if (is(first - 1, {"the"}) && is(first - 2, {"is", "are"}) && is(first - 3, {"what"}))
      return false;
  }
  order_by_ = by;
  descending_ = high;
  order_said_ = true;
  if (!limit_) limit_ = count.value_or(1);
  order_span_ = span(first, std::max(last, i + 1));
  take(first, last);
  return true;
}

void ClauseParser::find_superlatives() {
  for (int i = 0; i < size(); ++i) {
    if (superlative_at(i)) return;
  }
}

}  // namespace sextant::ask

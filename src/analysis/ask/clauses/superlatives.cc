#include <algorithm>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/clauses/parser.h"

namespace sextant::ask {

namespace {

int ordinal(const std::string& word) {
  static constexpr std::string_view kWords[] = {"first", "second", "third", "fourth", "fifth"};
  static constexpr std::string_view kNumbers[] = {"1st", "2nd", "3rd", "4th", "5th"};
  for (int i = 0; i < 5; ++i) {
    if (word == kWords[i] || word == kNumbers[i]) return i + 1;
  }
  return 0;
}

}  // namespace

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
    ranked_by_ = order_by_;
    descending_ = high;
    order_said_ = true;
    limit_ = count;
    order_span_ = span(i, last);
    take(i, last);
    return true;
  }
  return false;
}

// Whether the column holds a birth, a year or a day: what is old has an early one.
bool ClauseParser::early_is_old(int c) const {
  if (column(c).kind == Kind::date) return true;
  return std::ranges::any_of(column(c).words, [](const Token& w) {
    return w.stem == "year" || w.stem == "birth" || w.stem == "found" || w.stem == "built" ||
           w.stem == "open";
  });
}

// "the zip code in which the average pressure is the lowest": the figure stands before.
bool ClauseParser::figure_is_superlative(int i, bool high) {
  const bool ends = i + 1 >= size() || links_.tokens[i + 1].symbol;
  const int verb = is(i - 1, {"the"}) ? i - 2 : i - 1;
  if (!ends || verb < 2 || !is(verb, {"is", "are", "was", "were"})) return false;
  for (int k = std::max(1, verb - 9); k < verb; ++k) {
    int last = 0;
    const auto figure = figure_at(k, &last);
    if (!figure || figure->aggregate == Aggregate::none || last != verb) continue;
    if (!is(k - 1, {"the", "whose", "which", "where"})) continue;
    order_by_ = *figure;
    descending_ = high;
    order_said_ = true;
    limit_ = 1;
    order_span_ = span(k, i + 1);
    take(k, i + 1);
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
  if (figure_is_superlative(i, high)) return true;
  // "the maximum and minimum price" are figures.
  const bool extreme = is(i, {"maximum", "max", "minimum", "min", "highest", "lowest", "largest",
                              "smallest", "greatest", "biggest", "latest", "earliest"});
  if (is(i + 1, {"and", ","}) && extreme) return false;
  if (is(i - 1, {"and", ","}) && extreme &&
      is(i - 2, {"maximum", "max", "highest", "average", "mean", "minimum", "min", "lowest",
                 "total", "smallest", "largest", ","})) {
    return false;
  }
  // "with the maximum occupancy", where a column is called so.
  const NameUse* own = name_at(i);
  if (own && !own->table && own->last > i + 1 && is_measure(column(own->id)) &&
      is(i - 1, {"the"}) && is(i - 2, {"with", "has", "have", "having", "had"})) {
    order_by_ = part_of(*own);
    descending_ = high;
    order_said_ = true;
    limit_ = 1;
    order_span_ = span(i, own->last);
    take(i, own->last);
    return true;
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
          !(is(b - 1, {"the", "top", "bottom", "out", "find", "show", "list", "for"}))) {
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
  // "the top 3 titles of the books that have the highest number of pages": by what comes later.
  if (count && is(i, {"top", "bottom"})) {
    for (int later = last + 1; later < size(); ++later) {
      if (!is(later, kHigh) && !is(later, kLow)) continue;
      if (is(later - 1, {"at"}) || is(later, {"top", "bottom"})) continue;
      const auto limit = limit_;
      limit_ = count;
      if (!superlative_at(later)) {
        limit_ = limit;
        break;
      }
      take(first, last);
      return true;
    }
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
  } else if (is(at, {"members", "people", "entries", "records", "instances"}) && !name_at(at) &&
             is(i, {"most", "fewest", "least"})) {
    by = {Aggregate::count, -1, -1, at, at + 1};
    last = at + 1;
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
    // "the greatest body weight" of body builders
    const NameUse* number =
        by.column < 0 && by.aggregate == Aggregate::none ? name_at(end) : nullptr;
    if (number && !number->table && is_measure(column(number->id))) {
      by = part_of(*number);
      end = number->last;
    }
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
        if (is(i, {"oldest", "youngest"}) && early_is_old(c)) high = is(i, {"youngest"});
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
    int c = column_for_adjective(word(adjective), subject_);
    // "who earns the most"
    const int verb = i - 1 - (is(i - 1, {"the"}) ? 1 : 0);
    if (c < 0 && verb > 0 && is(i, {"most", "least"})) {
      c = column_for_adjective(word(verb), subject_);
      if (c >= 0) take(verb, verb + 1);
    }
    // "who left office the latest", "with the most recent start date": the date that is named.
    if (is(adjective, {"latest", "earliest", "recent", "recently"})) {
      const int end = is(i - 1, {"the", "at"}) ? i - 1 : i;
      const NameUse* after = name_at(adjective + 1);
      const NameUse* said = after ? after : name_ending_before(end);
      if (said && !said->table && (column(said->id).kind == Kind::date || early_is_old(said->id))) {
        c = said->id;
        if (after)
          last = after->last;
        else
          first = said->first;
      }
    }
    if (c < 0) return false;
    if (adjective == at) last = std::max(last, at + 1);
    by = {Aggregate::none, c, column(c).table, i, last};
    row_adjective = true;
    if (is(i, {"oldest", "youngest"}) && early_is_old(c)) high = is(i, {"youngest"});
    for (const Token& w : column(c).words) {
      if (w.stem == "rank" && is(i, {"best", "worst"})) high = is(i, {"worst"});
    }
  }
  // "starting with the oldest", "sorted by the ones with the highest revenue first": an order only.
  const int start = is(first - 1, {"the"}) ? first - 2 : first - 1;
  const bool starts =
      is(start, {"with", "from"}) && is(start - 1, {"starting", "beginning", "start", "begin"});
  if (starts || (order_said_ && !order_by_ && is(last, {"first"}))) {
    order_by_ = by;
    descending_ = high;
    order_said_ = true;
    order_span_ = span(first, std::max(last, i + 1));
    take(starts ? start - 1 : first, is(last, {"first"}) ? last + 1 : last);
    return true;
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
      // "the host of the highest age"
      with = with ||
             (is(b, {"of"}) && b == first - 2 && name_before(b, 1) && name_before(b, 1)->table);
      if (is(b, {"what"})) with = false;
      // "that has received the highest …"
      const bool done = is(b - 1, {"has", "have", "had", "that", "which", "who"});
      if (!links_.info[b].stop && !taken_[b] && !done) break;
    }
    const bool who = is(0, {"who", "which", "where", "when"});
    if (!with && !who) return false;
    if (is(first - 1, {"the"}) && is(first - 2, {"is", "are"}) && is(first - 3, {"what"}))
      return false;
  }
  // "which authors have the most papers, ordered by the number of papers": the list is asked for.
  const bool listed = order_by_ && *order_by_ == by && by.aggregate != Aggregate::none && !count &&
                      !limit_ && order_by_->first > last;
  most_said_ = is(i, {"most", "fewest", "least"});
  if (listed) add_select(*order_by_);
  order_by_ = by;
  descending_ = high;
  order_said_ = true;
  if (!limit_ && !listed) limit_ = count.value_or(1);
  order_span_ = span(first, std::max(last, i + 1));
  take(first, last);
  return true;
}

// The day of the table's rows that the question speaks of most; -1: it has none.
int ClauseParser::date_spoken_of(int table) const {
  if (table < 0) return -1;
  const TableEntry& entry = context_.tables()[table];
  int best = time_column(context_, table);
  if (best >= 0 && column(best).table != table) best = -1;
  float most = 0;
  for (int c = entry.first_column; c < entry.first_column + entry.columns; ++c) {
    if (column(c).kind != Kind::date) continue;
    float said = 0;
    for (int i = 0; i < size(); ++i) {
      if (!links_.info[i].stop && links_.match[c][i] >= 0.55f) said += links_.match[c][i];
    }
    if (said > most + 1e-4f) {
      most = said;
      best = c;
    }
  }
  return best;
}

// "when was the first claim made": the row of the earliest day.
bool ClauseParser::first_in_time(int i) {
  const bool first = is(i, {"first"}), last = is(i, {"last"});
  if ((!first && !last) || taken_[i] || !is(i - 1, {"the"}) || name_at(i)) return false;
  const NameUse* rows = name_at(i + 1);
  if (!rows || !rows->table) return false;
  const int day = date_spoken_of(rows->id);
  const bool dated = is(0, {"when"}) || std::ranges::any_of(names_, [&](const NameUse& use) {
                       return !use.table && use.id == day;
                     });
  if (day < 0 || !dated) return false;
  order_by_ = Part{Aggregate::none, day, rows->id, i, i + 1};
  descending_ = last;
  order_said_ = true;
  limit_ = 1;
  order_span_ = span(i, i + 1);
  take(i, i + 1);
  return true;
}

void ClauseParser::find_superlatives() {
  for (int i = 0; i < size(); ++i) {
    if (superlative_at(i)) return;
  }
  for (int i = 1; i < size() && !order_by_ && !limit_; ++i) {
    if (first_in_time(i)) return;
  }
}

}  // namespace sextant::ask

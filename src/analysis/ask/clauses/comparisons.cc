#include <algorithm>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/clauses/parser.h"

namespace sextant::ask {

namespace {

constexpr double kFewRows = 20;  // larger numbers are rather amounts than numbers of rows

}  // namespace

bool ClauseParser::denies(int i) const {
  static const std::vector<std::string_view> kWords = {"dont",   "doesnt", "didnt",  "havent",
                                                       "hasnt",  "hadnt",  "arent",  "isnt",
                                                       "werent", "wasnt",  "cannot", "cant"};
  return std::ranges::find(kWords, word(i)) != kWords.end();
}

// The name that a comparison at the token speaks of: only small words stand between.
const NameUse* ClauseParser::name_ending_before(int token) const {
  int end = token;
  while (end > 0 && !taken_[end - 1] &&
         is(end - 1,
            {"is", "are", "was", "were", "be", "has", "have", "a", "that", "which", "been"})) {
    --end;
  }
  for (const NameUse& use : names_) {
    if (use.last == end && all_free(use.first, use.last) &&
        !(use.with_table && use.last > use.first + 2))
      return &use;
  }
  return nullptr;
}

// "above the average age", "older than all …": compared with a figure of all rows.
void ClauseParser::find_nested() {
  for (int i = 0; i < size(); ++i) {
    Operator op = Operator::equal;
    // "older than", "a higher salary than"
    int than = is(i + 1, {"than", "then"}) ? i + 1 : -1;
    const NameUse* between = than < 0 ? name_at(i + 1) : nullptr;
    if (between && !between->table && is(between->last, {"than"})) than = between->last;
    if (is(i, {"above", "over", "exceeds", "exceeding", "exceed"})) {
      op = Operator::greater;
    } else if (is(i, {"below", "under"})) {
      op = Operator::less;
    } else if (than > i) {
      if (is(i, {"more", "higher", "greater", "larger", "bigger", "older", "longer", "taller",
                 "heavier", "better", "expensive"})) {
        op = is(i - 1, {"less"}) ? Operator::less : Operator::greater;
      } else if (is(i, {"less", "lower", "smaller", "fewer", "younger", "shorter", "lighter",
                        "cheaper"})) {
        op = Operator::less;
      }
    }
    if (op == Operator::equal || !all_free(i, i + 1)) continue;
    int at = is(i + 1, {"than", "then"}) ? i + 2 : i + 1;
    if (than > i + 1) at = than + 1;
    at = skip(at, {"the", "a", "their", "its", "that", "of"});
    Aggregate aggregate = Aggregate::none;
    if (is(at, {"average", "mean", "avg"})) aggregate = Aggregate::avg;
    if (is(at, {"median"})) aggregate = Aggregate::median;
    if (is(at, {"minimum", "lowest", "smallest", "any", "some"})) aggregate = Aggregate::min;
    if (is(at, {"maximum", "highest", "largest", "all"})) aggregate = Aggregate::max;
    // "earn more than at least one instructor from Biology"
    if (than > i && is(at, {"at"}) && is(at + 1, {"least"}) && is(at + 2, {"one", "1"})) {
      at += 2;
      aggregate = op == Operator::less ? Aggregate::max : Aggregate::min;
    }
    if (is(at, {"all", "any", "some"}) && than < 0) continue;
    if (is(at, {"any"}) && op == Operator::greater) aggregate = Aggregate::max;
    // "than the salary of all instructors in Biology"
    const NameUse* figure = aggregate == Aggregate::none && than > i ? name_at(at) : nullptr;
    if (figure && !figure->table && is_measure(column(figure->id))) {
      for (int k = figure->first + 1; k <= figure->last + 1 && aggregate == Aggregate::none; ++k) {
        if (!is(k - 1, {"of"})) continue;
        if (is(k, {"all", "every", "each"})) aggregate = Aggregate::max;
        if (is(k, {"any", "some"})) aggregate = Aggregate::min;
        if (aggregate != Aggregate::none) at = k;
      }
    } else {
      figure = nullptr;
    }
    if (aggregate == Aggregate::none) continue;
    if (is(at, {"any", "some"}) && op == Operator::less) aggregate = Aggregate::max;
    if (is(at, {"all"}) && op == Operator::less) aggregate = Aggregate::min;
    const NameUse* use = figure ? nullptr : next_name(at + 1, 3);
    int last = at + 1;
    int compared = figure ? figure->id : -1;
    if (use && !use->table && column(use->id).kind != Kind::text) {
      compared = use->id;
      last = use->last;
    } else if (!figure) {
      if (const NameUse* before = name_ending_before(i);
          before && !before->table && column(before->id).kind != Kind::text) {
        compared = before->id;
      }
    }
    if (between && than == between->last && !between->table &&
        column(between->id).kind != Kind::text) {
      compared = between->id;
    }
    if (compared < 0) compared = column_for_adjective(word(i), subject_);
    if (compared < 0) compared = column_for_adjective(word(i - 1), subject_);
    if (compared < 0) continue;
    if (const NameUse* before = name_ending_before(i);
        before && !before->table && before->id == compared) {
      take(before->first, before->last);
    }
    const std::string table = context_.tables()[column(compared).table].model->name;
    Reading inner;
    inner.table = table;
    inner.measures.push_back({aggregate, table, column(compared).model->name});
    // What follows describes the rows of the figure: "than all wines made in 2006".
    bool own = true;
    for (int k = last; k < size() && own; ++k) {
      if (is(k, {"and", "but", "who", "that", "which", ",", "or"}) && !taken_[k]) own = false;
      for (auto f = reading_.filters.begin(); f != reading_.filters.end() && own; ++f) {
        const auto& c = f->any_of.front();
        if (!c.span || c.span->start != links_.tokens[k].start) continue;
        inner.filters.push_back(std::move(*f));
        reading_.filters.erase(f);
        break;
      }
    }
    Condition condition{table, column(compared).model->name, op};
    condition.span = span(i, last);
    condition.of.push_back(std::move(inner));
    reading_.filters.push_back({{std::move(condition)}, false});
    take(i, last);
  }
}

// The table whose rows are spoken of: by its name, or by a column that is called like it; -1: none.
int ClauseParser::rows_named(const NameUse& use) const {
  if (use.table) return use.id;
  const int table = column(use.id).table;
  const bool same = std::ranges::equal(column(use.id).words, context_.tables()[table].words, {},
                                       &Token::stem, &Token::stem);
  return same ? table : -1;
}

// "customers", where only a customer_id is there: things that the id tells apart.
bool ClauseParser::names_by_id(const NameUse& use) const {
  if (use.table || !column(use.id).id_like || column(use.id).words.size() < 2) return false;
  const int id = static_cast<int>(column(use.id).words.size()) - 1;
  for (int i = use.first; i < use.last; ++i) {
    if (links_.match_word[use.id][i] == id || links_.match_word[use.id][i] < 0) return false;
  }
  return true;
}

// Where what is counted begins after its number: "3 or more different orders".
int ClauseParser::counted_at(int token) const {
  if (is(token, {"or"}) && is(token + 1, {"more", "fewer", "less"})) token += 2;
  return skip(token, {"the", "different", "distinct", "such", "kind", "kinds", "types", "of",
                      "unique", "separate"});
}

// "with more than 3 orders", "whose average price is above 5".
void ClauseParser::find_group_conditions() {
  for (const Option& option : links_.options) {
    const bool compares = option.evidence == Evidence::compare ||
                          (option.evidence == Evidence::number && option.op == Operator::equal);
    if (!compares || option.values.empty() || !option.values[0].is_number() ||
        option.op == Operator::between) {
      continue;
    }
    const int first =
        option.cue_first >= 0 ? std::min(option.cue_first, option.first) : option.first;
    const int last = std::max(option.last, option.cue_last);
    if (!all_free(first, last)) continue;
    Comparison comparison;
    comparison.op = option.op;
    comparison.value = option.values[0].to_number<double>();
    comparison.first = first;
    comparison.last = last;
    const int at = counted_at(last);
    const NameUse* counted = name_at(at);
    if (!counted && at + 1 < size() && !links_.info[at].stop && !taken_[at])
      counted = name_at(at + 1);
    // "the 3 counties" says how many to show.
    const bool shown =
        option.evidence == Evidence::number &&
        (first < 2 || is(first - 1, {"the", "top", "out", "first", "last", "these", "those", "find",
                                     "show", "list", "any", "for"}));
    if (counted && rows_named(*counted) >= 0 && !shown) {
      comparison.measure = {Aggregate::count, -1, rows_named(*counted), counted->first,
                            counted->last};
      comparison.last = counted->last;
    } else if (counted && !shown && names_by_id(*counted)) {
      comparison.measure = {Aggregate::count_distinct, counted->id, column(counted->id).table,
                            counted->first, counted->last};
      comparison.last = counted->last;
    } else if (is(at, {"times", "time", "records", "entries"})) {
      comparison.measure = {Aggregate::count, -1, -1, at, at + 1};
      comparison.last = at + 1;
    } else if (option.year_like) {
      continue;
    } else if (option.evidence == Evidence::compare || is(first - 1, {"is", "of", "exactly"})) {
      bool found = false;
      if (is(first - 1, {"count", "counts"}) && !name_at(first - 1)) {
        comparison.measure = {Aggregate::count, -1, -1, first - 1, first};
        comparison.first = first - 1;
        found = true;
      }
      for (int i = first - 1; i >= std::max(0, first - 8) && !found; --i) {
        int end = 0;
        const auto figure = figure_at(i, &end);
        if (!figure || figure->aggregate == Aggregate::none || end > first) continue;
        bool close = true;
        for (int k = end; k < first; ++k) {
          close = close && first - end <= 3 && !name_at(k) && !is(k, {"who", "whose"}) &&
                  (links_.info[k].stop || taken_[k] || links_.tokens[k].symbol);
        }
        if (!close) continue;
        comparison.measure = *figure;
        comparison.first = i;
        found = true;
      }
      if (!found) continue;
    } else {
      continue;
    }
    const bool known = std::ranges::any_of(
        having_, [&](const Comparison& c) { return c.first == comparison.first; });
    if (known) continue;
    take(comparison.first, comparison.last);
    having_.push_back(comparison);
  }
}

// "who made", "that have": what is done to the rows that are counted next.
bool ClauseParser::does_to_rows(int verb) const {
  if (is(verb, {"have", "has", "had", "with", "only"})) return true;
  if (name_at(verb) || links_.tokens[verb].symbol) return false;
  return is(verb - 1, {"who", "that", "which", "have", "has", "had"});
}

// The table of the condition whose words begin at the token, denied ones too if asked for; -1: none
// does.
int ClauseParser::filtered_at(int token, bool denied) const {
  for (const Filter& f : reading_.filters) {
    const Condition& c = f.any_of.front();
    if (c.span && c.span->start == links_.tokens[token].start && c.op == Operator::equal &&
        f.any_of.size() == 1 && (denied || !f.negated)) {
      return context_.find_table(c.table);
    }
  }
  return -1;
}

// "at least two transactions", "10 or more customers", "exactly one film": rows of a table, also
// where no number of the data is like it.
void ClauseParser::find_counts() {
  for (int i = 1; i < size(); ++i) {
    const auto number = links_.tokens[i].number ? links_.tokens[i].number : number_word(word(i));
    if (!number || taken_[i]) continue;
    Comparison comparison;
    comparison.value = *number;
    comparison.first = i - 2;
    comparison.last = i + 1;
    if (is(i - 2, {"at"}) && is(i - 1, {"least", "most"})) {
      comparison.op = is(i - 1, {"least"}) ? Operator::greater_or_equal : Operator::less_or_equal;
    } else if (is(i - 2, {"more", "greater", "less", "fewer"}) && is(i - 1, {"than"})) {
      comparison.op = is(i - 2, {"more", "greater"}) ? Operator::greater : Operator::less;
    } else if (is(i - 1, {"exactly"})) {
      comparison.op = Operator::equal;
      comparison.first = i - 1;
    } else if (is(i + 1, {"or"}) && is(i + 2, {"more", "fewer", "less"})) {
      comparison.op = is(i + 2, {"more"}) ? Operator::greater_or_equal : Operator::less_or_equal;
      comparison.first = i;
      comparison.last = i + 3;
    } else if (!links_.tokens[i].number && !reserved_[i] && does_to_rows(i - 1)) {
      comparison.op = Operator::equal;  // "who made one film"
      comparison.first = i;
    } else {
      continue;
    }
    if (comparison.first < 0 || !all_free(comparison.first, comparison.last)) continue;
    const int at = skip(comparison.last, {"different", "distinct", "such", "of", "the"});
    if (at >= size()) continue;
    // "at least ten professors", where that is a value: the rows that have it.
    const int valued = taken_[at] ? filtered_at(at) : -1;
    if (valued >= 0) {
      comparison.measure = {Aggregate::count, -1, valued, at, at};
      take(comparison.first, comparison.last);
      having_.push_back(comparison);
      continue;
    }
    if (taken_[at]) continue;
    // "two or more delegates", where a column of texts holds them: the rows that have one.
    const auto counted = std::ranges::find_if(all_names_[at], [&](const NameUse& use) {
      if (use.table) return use.score >= 0.75f;
      return use.score >= 0.95f && column(use.id).kind == Kind::text && !column(use.id).id_like &&
             comparison.value <= kFewRows;
    });
    const NameUse* chosen = name_at(at);
    if (chosen && chosen->table) {
      comparison.measure = part_of(*chosen);
      comparison.measure.aggregate = Aggregate::count;
      comparison.last = chosen->last;
      take(comparison.first, comparison.last);
      having_.push_back(comparison);
      continue;
    }
    if (counted == all_names_[at].end() || !all_free(counted->first, counted->last)) continue;
    comparison.measure = part_of(*counted);
    comparison.measure.aggregate = Aggregate::count;
    comparison.last = counted->last;
    take(comparison.first, comparison.last);
    having_.push_back(comparison);
  }
}

// "visited at least twice", "ordered exactly once".
void ClauseParser::find_times() {
  for (int i = 1; i < size(); ++i) {
    if (!is(i, {"once", "twice", "thrice"}) || taken_[i]) continue;
    Comparison comparison;
    comparison.value = is(i, {"once"}) ? 1 : is(i, {"twice"}) ? 2 : 3;
    comparison.first = i - 2;
    comparison.last = i + 1;
    if (is(i - 2, {"at"}) && is(i - 1, {"least"})) {
      comparison.op = Operator::greater_or_equal;
    } else if (is(i - 2, {"at"}) && is(i - 1, {"most"})) {
      comparison.op = Operator::less_or_equal;
    } else if (is(i - 2, {"more"}) && is(i - 1, {"than"})) {
      comparison.op = Operator::greater;
    } else if (is(i - 2, {"less"}) && is(i - 1, {"than"})) {
      comparison.op = Operator::less;
    } else if (is(i - 1, {"exactly", "only", "just"})) {
      comparison.op = Operator::equal;
      comparison.first = i - 1;
    } else {
      continue;
    }
    comparison.measure = {Aggregate::count, -1, -1, i, i + 1};
    take(comparison.first, comparison.last);
    having_.push_back(comparison);
  }
}

bool ClauseParser::names_whole_table(int token) const {
  for (std::size_t t = 0; t < context_.tables().size(); ++t) {
    if (context_.tables()[t].words.size() == 1 && links_.table_match[t][token] >= 0.95f)
      return true;
  }
  return false;
}

// "3 orders", "two different allergies": a number of rows.
bool ClauseParser::counts_rows(const Option& option) const {
  const int at = counted_at(std::max(option.last, option.cue_last));
  if (is(at, {"times", "time", "records", "entries", "rows"})) return true;
  for (int i = at; i < std::min(size(), at + 2); ++i) {
    if (links_.tokens[i].symbol || (links_.info[i].stop && i > at)) return false;
    // "two transactions" are rows, though a column be called "amount of transaction"; "300
    // students" can be a capacity.
    const bool few = option.values[0].is_number() && option.values[0].to_number<double>() <= 10;
    const bool rows = few && column(option.column).words.size() > 1 && names_whole_table(i);
    if (links_.match[option.column][i] >= 0.75f && !column(option.column).id_like && !rows) {
      return false;
    }
    for (const auto& match : links_.table_match) {
      if (match[i] >= 0.8f && !taken_[i]) return true;
    }
    if (links_.info[i].stop) return false;
    for (std::size_t c = 0; c < context_.columns().size(); ++c) {
      const auto& words = column(static_cast<int>(c)).words;
      const int word = links_.match_word[c][i];
      // "hotels with 5 star ratings" of a star_rating_code that is 5 somewhere
      if (static_cast<int>(c) == option.column && option.op == Operator::equal &&
          words.back().word == "code") {
        continue;
      }
      if (column(static_cast<int>(c)).id_like && words.size() > 1 && links_.match[c][i] >= 0.9f &&
          word >= 0 && word + 1 < static_cast<int>(words.size())) {
        return true;
      }
    }
  }
  return false;
}

// "no" for number: "tie no 7", where a name has it.
bool ClauseParser::is_number_sign(int i) const {
  if (!is(i, {"no"})) return false;
  if (i + 1 < size() && links_.tokens[i + 1].number) return true;
  if (const NameUse* next = name_at(i + 1); next && next->table) return false;
  return std::ranges::any_of(links_.match, [&](const auto& match) { return match[i] >= 0.8f; });
}

// "customers without orders", "that have no pets", "never ordered".
void ClauseParser::find_absences() {
  for (int i = 0; i < size(); ++i) {
    const bool plain = is(i, {"without", "no", "never", "nor", "lack", "lacks", "lacking"});
    const bool does = is(i, {"not"}) || denies(i);
    if ((!plain && !does) || taken_[i] || is_number_sign(i)) continue;
    for (int at = i + 1; at < std::min(size(), i + 7); ++at) {
      const NameUse* use = name_at(at);
      if (!use) continue;
      if (!use->table) {
        // "have not received any orders": what was not done to them.
        // So is "are not the destination of any flight".
        const bool role = is(use->last, {"of"}) && points_to_rows(use->id);
        const int rows =
            skip(role ? use->last + 1 : use->last, {"any", "a", "an", "the", "one", "single"});
        const NameUse* partner = word(at).ends_with("ed") || does ? name_at(rows) : nullptr;
        if (rows == use->last || !partner || !partner->table) break;
        if (role && partner->id == column(use->id).table) choose_role(use->id);
        continue;
      }
      if (use->id == subject_) continue;
      absent_.push_back(use->id);
      take(i, use->last);
      break;
    }
  }
}

}  // namespace sextant::ask

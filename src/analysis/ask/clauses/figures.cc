#include <algorithm>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/clauses/figure_words.h"
#include "analysis/ask/clauses/parser.h"
#include "analysis/ask/linking/records.h"

namespace sextant::ask {

// The aggregate that a word asks for.
std::optional<Aggregate> aggregate_word(const std::string& w) {
  using enum Aggregate;
  if (w == "average" || w == "mean" || w == "avg" || w == "averaged") return avg;
  if (w == "total" || w == "sum" || w == "overall" || w == "combined") return sum;
  if (w == "maximum" || w == "max" || w == "highest" || w == "largest" || w == "greatest" ||
      w == "biggest" || w == "latest") {
    return max;
  }
  if (w == "maximal") return max;
  if (w == "minimum" || w == "min" || w == "minimal" || w == "lowest" || w == "smallest" ||
      w == "earliest")
    return min;
  if (w == "median") return median;
  return std::nullopt;
}

bool is_total(Aggregate aggregate) {
  using enum Aggregate;
  return aggregate == avg || aggregate == sum || aggregate == min || aggregate == max;
}

Grain ClauseParser::grain_at(int i, int* last) const {
  *last = i + 1;
  const std::string& w = word(i);
  if (w == "weekday" || w == "weekdays") return Grain::weekday;
  if (w == "week" && is(i + 1, {"day", "days"})) {
    *last = i + 2;
    return Grain::weekday;
  }
  if (w == "day" && is(i + 1, {"of"}) && is(skip(i + 2, {"the"}), {"week"})) {
    *last = skip(i + 2, {"the"}) + 1;
    return Grain::weekday;
  }
  if (w == "month" && is(i + 1, {"of"}) && is(skip(i + 2, {"the"}), {"year"})) {
    *last = skip(i + 2, {"the"}) + 1;
    return Grain::month_name;
  }
  if (w == "month" || w == "monthly" || w == "months") return Grain::month;
  if (w == "year" || w == "yearly" || w == "years" || w == "annually") return Grain::year;
  if (w == "quarter" || w == "quarterly") return Grain::quarter;
  if (w == "week" || w == "weekly") return Grain::week;
  if (w == "day" || w == "daily") return Grain::day;
  return Grain::none;
}

// The column of numbers that is called like this, where a table is too.
const NameUse* ClauseParser::number_named(int token) const {
  for (const NameUse& use : all_names_[token]) {
    if (!use.table && use.score >= 0.9f && column(use.id).kind == Kind::number) return &use;
  }
  return nullptr;
}

// "sales amount": the one column of money of the rows named, where an amount is said of them; -1:
// none, or several.
int ClauseParser::money_of(const NameUse& rows) const {
  const NameUse* own = name_at(rows.last);
  if (!is(rows.last, {"amount", "amounts", "value", "revenue", "proceeds"}) ||
      (own && (own->table || column(own->id).table == rows.id))) {
    return -1;
  }
  const TableEntry& table = context_.tables()[rows.id];
  int found = -1;
  for (int c = table.first_column; c < table.first_column + table.columns; ++c) {
    const auto semantic = column(c).model->semantic_type;
    if (!is_measure(column(c)) ||
        (semantic != catalog::SemanticType::amount && semantic != catalog::SemanticType::price)) {
      continue;
    }
    if (found >= 0) return -1;
    found = c;
  }
  return found;
}

// Whether the column's numbers stand for rows: those of another table.
bool ClauseParser::points_to_rows(int c) const {
  const auto& table = context_.tables()[column(c).table].model->name;
  return std::ranges::any_of(context_.model().joins, [&](const catalog::ModelJoin& join) {
    return join.left.table == table && join.left.column == column(c).model->name;
  });
}

// "beds", "kids": numbers of a column that is called by their plural are added up.
bool ClauseParser::holds_counts(int c) const {
  const ColumnEntry& entry = column(c);
  const Token& last = entry.words.back();
  return entry.kind == Kind::number && !entry.id_like && last.word.size() > 3 &&
         last.word.ends_with("s") && !last.word.ends_with("ss") && last.stem != last.word &&
         entry.model->semantic_type != catalog::SemanticType::year;
}

// "the difference between the highest and the lowest price": of two figures of one column.
void ClauseParser::take_difference() {
  for (int i = 0; i < size(); ++i) {
    if (!is(i, {"difference", "gap"}) || !is(i + 1, {"between", "of", "in"})) continue;
    bool high = false, low = false;
    for (int k = i + 2; k < std::min(size(), i + 10); ++k) {
      const auto aggregate = aggregate_word(word(k));
      high = high || aggregate == Aggregate::max;
      low = low || aggregate == Aggregate::min;
    }
    if (!high || !low) continue;
    difference_ = span(i, i + 2);
    take(i, i + 2);
    return;
  }
}

// Of the highest and the lowest one figure is made; otherwise the word is not understood.
void ClauseParser::settle_difference() {
  if (!difference_) return;
  auto& measures = reading_.measures;
  const bool both =
      measures.size() == 2 && measures[0].column == measures[1].column &&
      measures[0].table == measures[1].table && reading_.having.empty() &&
      std::ranges::all_of(measures,
                          [](const Measure& m) {
                            return !m.hidden &&
                                   (m.aggregate == Aggregate::max || m.aggregate == Aggregate::min);
                          }) &&
      std::ranges::none_of(reading_.order,
                           [](const Order& o) { return o.by == OrderBy::measure && o.index > 0; });
  if (!both) {
    for (int i = 0; i < size(); ++i) {
      if (links_.tokens[i].start == difference_->start) taken_[i] = false;
    }
    return;
  }
  if (measures[0].aggregate == Aggregate::min) std::swap(measures[0], measures[1]);
  Measure between;
  between.table = measures[0].table;
  between.arithmetic = Arithmetic::difference;
  between.span = difference_;
  between.operands = std::move(measures);
  measures = {std::move(between)};
}

// "room_count", "number_of_platforms", "floors": each row has its number of them already.
bool ClauseParser::tells_number(int c) const {
  if (!is_measure(column(c))) return false;
  return holds_counts(c) || std::ranges::any_of(column(c).words, [](const Token& w) {
           return w.word == "count" || w.word == "num" || w.word == "number";
         });
}

// "the highest rating" of a table of ratings: the one figure that its rows have; -1: none, or
// several.
int ClauseParser::figure_of_rows(const NameUse& rows) const {
  static const std::vector<std::string_view> kFigures = {"rate",   "score", "grade", "price",
                                                         "salari", "mark",  "measur"};
  const TableEntry& table = context_.tables()[rows.id];
  const bool called = std::ranges::any_of(table.words, [](const Token& w) {
    return std::ranges::find(kFigures, w.stem) != kFigures.end();
  });
  if (!called) return -1;
  int found = -1;
  for (int c = table.first_column; c < table.first_column + table.columns; ++c) {
    if (!is_measure(column(c))) continue;
    if (found >= 0) return -1;
    found = c;
  }
  return found;
}

// "how many male and female assistant professors": the rows that the conditions tell, where nothing
// else is counted. `from` is the first token after "how many".
std::optional<Part> ClauseParser::rows_told(int i, int from, int* last) const {
  int at = from;
  while (at > i && taken_[at - 1]) --at;
  const int first = at;
  while (at < size() && (taken_[at] || is(at, {"and", "or"})) && !links_.tokens[at].symbol) ++at;
  const bool ends =
      at >= size() || links_.tokens[at].symbol ||
      is(at, {"do", "does", "are", "is", "have", "in", "there", "by", "using", "with"});
  if (at == first || !ends) return std::nullopt;
  for (const Filter& filter : reading_.filters) {
    const Condition& condition = filter.any_of.front();
    if (!condition.span || condition.span->end != links_.tokens[at - 1].end || filter.negated ||
        condition.op != Operator::equal) {
      continue;
    }
    const int table = context_.find_table(condition.table);
    *last = at;
    return Part{Aggregate::count, -1, table, i, at};
  }
  return std::nullopt;
}

// A figure or a name that begins here: "average price", "number of orders", "price".
std::optional<Part> ClauseParser::figure_at(int i, int* last) const {
  if (i < 0 || i >= size() || taken_[i]) return std::nullopt;
  const auto counted = [&](int at) -> std::optional<Part> {
    bool distinct = false;
    const int from = at;
    at = skip(at, {"the", "total", "all", "of", "a", "such"});
    const bool total = std::any_of(links_.tokens.begin() + from, links_.tokens.begin() + at,
                                   [](const Token& token) { return token.word == "total"; });
    const bool kinds = is(at, {"kinds", "types"}) ||
                       (is(at, {"kind", "type"}) && is(at + 1, {"of"}) && is(i, {"how"}));
    if ((kinds || is(at, {"different", "distinct", "unique"})) && !name_at(at)) {
      distinct = true;
      at = skip(at + 1, {"of", "the"});
      if (is(at, {"kinds", "types", "kind", "type", "sorts"}) && is(at + 1, {"of"}) &&
          !(name_at(at) && name_at(at)->last > at + 1)) {
        at = skip(at + 2, {"the"});
      }
    }
    // "how many rows are in orders": those of the table that is named.
    const bool rows = is(at, {"rows"}) && !name_at(at);
    if (rows) {
      at = skip(at + 1, {"are", "there", "do", "does", "in", "of", "the", "table"});
      const NameUse* table = name_at(at);
      if (!table || !table->table) return std::nullopt;
    }
    // "how many cancelled orders": a condition stands before what is counted.
    for (int passed = 0; passed < 3 && at < size() && taken_[at] && !name_at(at); ++passed) ++at;
    const NameUse* use = next_name(at, 2);
    if (!use) return rows_told(i, at, last);
    // "how many movie ratings": the last of two nouns is what is counted.
    if (const NameUse* head = use->table ? name_at(use->last) : nullptr;
        head && head->table && head->id != use->id && head->score >= 0.75f &&
        !word(use->last - 1).ends_with("s")) {
      use = head;
    }
    Part part = part_of(*use);
    part.first = i;
    part.last = use->last;
    // "the number of films directed by each": the films, though a column is called directed_by.
    if (!use->table && use->with_table && use->last > use->first + 1 && !distinct &&
        links_.table_match[part.table][use->first] >= 0.9f &&
        links_.match[use->id][use->first] < 0.55f && word(use->first + 1).ends_with("ed")) {
      part.column = -1;
      part.last = use->first + 1;
    }
    part.aggregate = distinct && part.column >= 0 ? Aggregate::count_distinct : Aggregate::count;
    if (part.column >= 0 && context_.tables().size() == 1 && context_.keeps_records() &&
        !is_measure(column(part.column))) {
      part.column = identifying_column(context_, part.column);
      part.aggregate = Aggregate::count_distinct;
    }
    // "number of floors" of a building is its floors.
    if (part.column >= 0 && is_measure(column(part.column)) && !distinct && !chart_.any &&
        !chart_.type && !is(i, {"how"}) && groups_.empty() && group_tables_.empty()) {
      part.aggregate = Aggregate::none;
    } else if (part.column >= 0 && is_measure(column(part.column)) && !distinct && !chart_.any &&
               !chart_.type && links_.match[part.column][use->last - 1] >= 0.55f &&
               !word(use->last - 1).ends_with("ed")) {
      part.aggregate = Aggregate::sum;
    }
    // "the number of floors" in a chart: they are counted already; "how many total credits".
    if (part.column >= 0 && !distinct && (chart_.any || chart_.type) && tells_number(part.column)) {
      const bool plain = groups_.empty() && group_tables_.empty() && !is(i, {"how"});
      part.aggregate = plain ? Aggregate::none : Aggregate::sum;
    } else if (part.column >= 0 && !distinct && total && is_measure(column(part.column))) {
      part.aggregate = Aggregate::sum;
    }
    // "how many advisors": what a row points to is counted, whatever its number.
    if (part.column >= 0 && points_to_rows(part.column)) {
      if (part.aggregate == Aggregate::sum || part.aggregate == Aggregate::none) {
        part.aggregate = Aggregate::count_distinct;
      }
    } else if (part.column >= 0 && part.aggregate == Aggregate::count && !chart_.any &&
               !chart_.type && is(i, {"how"}) && holds_counts(part.column)) {
      part.aggregate = Aggregate::sum;
    }
    *last = part.last;
    return part;
  };
  if (is(i, {"how"}) && is(i + 1, {"many"})) return counted(i + 2);
  // "the phone number of …": the number belongs to the name before it.
  const bool named_number =
      is(i, {"number", "numbers"}) && std::ranges::any_of(names_, [&](const NameUse& use) {
        return !use.table && use.last == i && column(use.id).kind != Kind::date;
      });
  if (named_number) return std::nullopt;
  if (is(i, {"number", "numbers", "count", "counts", "amount", "quantity", "frequency"}) &&
      is(i + 1, {"of"})) {
    const NameUse* own = name_at(i);
    if (!(own && !own->table && own->last > i + 1)) {
      auto part = counted(i + 2);
      if (part && is(i, {"amount", "quantity"}) && part->column >= 0 &&
          is_measure(column(part->column))) {
        part->aggregate = Aggregate::sum;
      }
      if (part) return part;
    }
  }
  if (is(i, {"count"}) && !name_at(i)) {
    int at = skip(i + 1, {"the", "of"});
    if (is(at, {"number", "numbers"}) && is(at + 1, {"of"})) at += 2;
    if (auto part = counted(at)) return part;
  }
  // "the oldest age", "the longest duration"
  auto aggregate = aggregate_word(word(i));
  const NameUse* told = name_at(i + 1);
  if (!aggregate && told && !told->table && is_measure(column(told->id))) {
    if (is(i, {"oldest", "longest", "tallest", "heaviest"})) aggregate = Aggregate::max;
    if (is(i, {"youngest", "shortest", "lightest"})) aggregate = Aggregate::min;
  }
  if (aggregate && !name_at(i)) {
    int at =
        skip(i + 1, {"of", "the", "all", "value", "values", "a", "each", "their", "different"});
    if (is(at, {"number", "count", "amount"}) && is(at + 1, {"of"}) &&
        (*aggregate == Aggregate::sum || is(at, {"count"}))) {
      const NameUse* own = name_at(at);
      if (!(own && !own->table && own->last > at + 1)) {
        auto part = counted(at + 2);
        if (part && part->column >= 0 && is_measure(column(part->column)) &&
            *aggregate == Aggregate::sum) {
          part->aggregate = Aggregate::sum;
        }
        if (part) return part;
      }
    }
    // "average number of floors"
    int within = 1;
    if (is(at, {"number", "amount"}) && is(at + 1, {"of"}) && !name_at(at)) {
      at = skip(at + 2, {"the", "all"});
      within = 2;
    }
    const NameUse* use = next_name(at, within);
    if (!use) return std::nullopt;
    if (use->table && (*aggregate != Aggregate::sum || is(i, {"sum"}))) {
      if (const NameUse* number = number_named(use->first)) use = number;
    }
    Part part = part_of(*use);
    part.first = i;
    part.last = use->last;
    *last = use->last;
    if (use->table) {
      if (const int money = money_of(*use); money >= 0) {
        part.column = money;
        part.aggregate = *aggregate;
        *last = ++part.last;
        return part;
      }
      if (*aggregate != Aggregate::sum) {
        part.column = figure_of_rows(*use);
        part.aggregate = *aggregate;
        return part.column >= 0 ? std::optional<Part>(part) : std::nullopt;
      }
      part.aggregate = Aggregate::count;
      return part;
    }
    part.aggregate = *aggregate;
    const ColumnEntry& entry = column(part.column);
    if (entry.kind == Kind::text && *aggregate == Aggregate::sum) part.aggregate = Aggregate::count;
    if (entry.kind == Kind::text && *aggregate == Aggregate::avg) return std::nullopt;
    return part;
  }
  // "the oldest age", "the cheapest price": the greatest or the least of that figure.
  if (is(i, {"oldest", "youngest", "longest", "shortest", "cheapest", "tallest", "heaviest"})) {
    const NameUse* figure = name_at(i + 1);
    if (figure && !figure->table && figure->score >= 0.8f && is_measure(column(figure->id))) {
      Part part = part_of(*figure);
      part.first = i;
      *last = part.last;
      part.aggregate =
          is(i, {"youngest", "shortest", "cheapest"}) ? Aggregate::min : Aggregate::max;
      return part;
    }
  }
  const NameUse* use = name_at(i);
  if (!use) return std::nullopt;
  *last = use->last;
  Part part = part_of(*use);
  // "resident count"
  if (use->table && is(use->last, {"count", "counts"}) && !name_at(use->last)) {
    part.aggregate = Aggregate::count;
    *last = ++part.last;
  }
  return part;
}

}  // namespace sextant::ask

#include <algorithm>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/clauses/parser.h"

namespace sextant::ask {

namespace {

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

constexpr float kVerbSaid = 0.75f;    // "offered" for course_offering
constexpr float kClearlySaid = 0.4f;  // a table whose rows must have a partner

bool is_first_name(const std::string& w) {
  return w == "first" || w == "fname" || w == "forename" || w == "firstname" || w == "given";
}
bool is_last_name(const std::string& w) {
  return w == "last" || w == "lname" || w == "surname" || w == "lastname" || w == "family";
}

}  // namespace

Grain ClauseParser::grain_at(int i, int* last) const {
  *last = i + 1;
  const std::string& w = word(i);
  if (w == "weekday" || w == "weekdays") return Grain::weekday;
  if (w == "day" && is(i + 1, {"of"}) && is(skip(i + 2, {"the"}), {"week"})) {
    *last = skip(i + 2, {"the"}) + 1;
    return Grain::weekday;
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

// A figure or a name that begins here: "average price", "number of orders", "price".
std::optional<Part> ClauseParser::figure_at(int i, int* last) const {
  if (i < 0 || i >= size() || taken_[i]) return std::nullopt;
  const auto counted = [&](int at) -> std::optional<Part> {
    bool distinct = false;
    at = skip(at, {"the", "total", "all", "of", "a", "such"});
    if (is(at, {"different", "distinct", "unique", "kinds", "types"}) && !name_at(at)) {
      distinct = true;
      at = skip(at + 1, {"of", "the"});
      if (is(at, {"kinds", "types", "kind", "type", "sorts"}) && is(at + 1, {"of"}) &&
          !(name_at(at) && name_at(at)->last > at + 1)) {
        at = skip(at + 2, {"the"});
      }
    }
    // "how many cancelled orders": a condition stands before what is counted.
    for (int passed = 0; passed < 3 && at < size() && taken_[at] && !name_at(at); ++passed) ++at;
    const NameUse* use = next_name(at, 2);
    if (!use) return std::nullopt;
    Part part = part_of(*use);
    part.first = i;
    part.last = use->last;
    part.aggregate = distinct && part.column >= 0 ? Aggregate::count_distinct : Aggregate::count;
    // "number of floors" of a building is its floors.
    if (part.column >= 0 && is_measure(column(part.column)) && !distinct && !chart_.any &&
        !chart_.type && !is(i, {"how"}) && groups_.empty() && group_tables_.empty()) {
      part.aggregate = Aggregate::none;
    } else if (part.column >= 0 && is_measure(column(part.column)) && !distinct && !chart_.any &&
               !chart_.type && links_.match[part.column][use->last - 1] >= 0.55f &&
               !word(use->last - 1).ends_with("ed")) {
      part.aggregate = Aggregate::sum;
    }
    *last = use->last;
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
  if (const auto aggregate = aggregate_word(word(i)); aggregate && !name_at(i)) {
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
    if (use->table && *aggregate != Aggregate::sum) {
      if (const NameUse* number = number_named(use->first)) use = number;
    }
    Part part = part_of(*use);
    part.first = i;
    part.last = use->last;
    *last = use->last;
    if (use->table) {
      if (*aggregate != Aggregate::sum) return std::nullopt;
      part.aggregate = Aggregate::count;
      return part;
    }
    part.aggregate = *aggregate;
    const ColumnEntry& entry = column(part.column);
    if (entry.kind == Kind::text && *aggregate == Aggregate::sum) part.aggregate = Aggregate::count;
    if (entry.kind == Kind::text && *aggregate == Aggregate::avg) return std::nullopt;
    return part;
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

// "For those records from the products and each product's manufacturer, …": where the rows are
// from.
void ClauseParser::find_scope() {
  if (!is(0, {"for"}) || !is(1, {"those", "the", "all"}) ||
      !is(2, {"records", "rows", "entries"}) || !is(3, {"from"})) {
    return;
  }
  int end = 4;
  while (end < size() && !is(end, {","})) ++end;
  if (end >= size()) return;
  for (int i = 4; i < end; ++i) {
    const NameUse* use = name_at(i);
    if (!use) continue;
    if (use->table) {
      if (subject_ < 0) subject_ = use->id;
      present_.push_back(use->id);
    }
    i = use->last - 1;
  }
  // Partners that are called like a column here: "each product's manufacturer".
  for (std::size_t t = 0; t < context_.tables().size(); ++t) {
    for (int i = 4; i < end; ++i) {
      const int table = static_cast<int>(t);
      if (links_.table_match[t][i] >= 0.9f && std::ranges::find(present_, table) == present_.end())
        present_.push_back(table);
    }
  }
  take(0, end);
}

// "bins the payment date into the day of the week interval", "binned by weekday", "bin … by time".
void ClauseParser::find_bins() {
  for (int i = 0; i < size(); ++i) {
    if (!is(i, {"bin", "bins", "binned", "binning"}) || taken_[i] || name_at(i)) continue;
    for (int at = i + 1; at < std::min(size(), i + 10); ++at) {
      if (!is(at, {"by", "into", "to", "in", "at"})) continue;
      const int from = skip(at + 1, {"the", "a", "each", "every", "by"});
      int last = from + 1;
      Grain grain = grain_at(from, &last);
      if (grain == Grain::none && is(from, {"time"})) grain = Grain::month;
      if (grain == Grain::none) continue;
      if (is(last, {"interval", "intervals", "level"})) ++last;
      Part group;
      group.grain = grain;
      group.first = from;
      group.last = last;
      for (int k = i + 1; k < at; ++k) {
        const NameUse* use = name_at(k);
        if (use && !use->table && column(use->id).kind == Kind::date) {
          group.column = use->id;
          group.table = column(use->id).table;
        }
      }
      groups_.push_back(group);
      take(i, last);
      break;
    }
  }
}

void ClauseParser::find_groups() {
  const bool drawn = chart_.any || chart_.type || axis_ != 0;
  for (int i = 0; i < size(); ++i) {
    int at = -1;
    bool weak = false;
    if (is(i, {"each", "every", "per", "varying"}) || (is(i, {"across"}) && !is(i + 1, {"all"})) ||
        (is(i, {"different"}) && is(i - 1, {"for", "by", "in", "from", "on", "at"})) ||
        (is(i, {"different"}) && is(i - 1, {"of"}) &&
         !is(i - 2, {"number", "numbers", "count", "list", "names", "all"})) ||
        (is(i, {"same"}) && is(i - 1, {"the"}) && is(i - 2, {"from", "in"}) && drawn)) {
      at = i + 1;
    } else if (is(i, {"group", "grouped", "grouping", "split", "broken", "stack", "stacked",
                      "colored", "binned", "bin", "binning"})) {
      at = skip(i + 1, {"by", "the", "them", "down", "according", "to", "attribute", "attributes",
                        "on", "each", "together", "into", "it", "results"});
    } else if (is(i, {"by"}) && !taken_[i] && !is(i + 1, {"all"})) {
      at = skip(i + 1, {"the", "each", "every", "attribute", "different", "their"});
      weak = true;
    } else if (is(i, {"over"}) && is(i + 1, {"the", "time"})) {
      at = i + 1;
      weak = true;
    }
    if (at < 0 || at >= size() || taken_[i]) continue;
    at = skip(at, {"the", "of", "different", "type", "kind", "distinct", "possible", "a"});
    if (name_at(at - 1) && !taken_[at - 1] && at - 1 > i) --at;  // "kind" is a name
    for (int more = 0; more < 3; ++more) {
      int last = 0;
      const Grain grain = grain_at(at, &last);
      const NameUse* use = name_at(at);
      if (use && !(use->table && grain != Grain::none)) {
        const bool done_by = word(i - 1).ends_with("ed") || word(i - 1).ends_with("en");
        const bool names_values = !use->table && column(use->id).kind == Kind::text && drawn;
        if (weak && ((done_by && !names_values) ||
                     (!use->table && is_measure(column(use->id)) && !chart_.any && !chart_.type))) {
          break;
        }
        const Part part = part_of(*use);
        // "bin the date by month": the grain stands after the column.
        int grain_last = 0;
        Part group = part;
        int next = skip(use->last, {"by", "into", "the", "a", "interval", "in", "of"});
        if (part.column >= 0 && column(part.column).kind == Kind::date) {
          const Grain said = grain_at(next, &grain_last);
          if (said != Grain::none) {
            group.grain = said;
            take(next, grain_last);
            if (is(grain_last, {"interval", "intervals"})) take(grain_last, grain_last + 1);
          }
        }
        if (use->table) {
          group_tables_.push_back(use->id);
        } else if (std::ranges::find(groups_, group) == groups_.end()) {
          auto same = std::ranges::find_if(groups_,
                                           [&](const Part& g) { return g.column == group.column; });
          if (same == groups_.end()) {
            groups_.push_back(group);
          } else if (group.grain != Grain::none) {
            same->grain = group.grain;
          }
        }
        take(i, use->last);
        at = use->last;
      } else if (grain != Grain::none) {
        Part group;
        group.grain = grain;
        group.first = at;
        group.last = last;
        auto dated = std::ranges::find_if(groups_, [&](const Part& g) {
          return g.column >= 0 && column(g.column).kind == Kind::date && g.grain == Grain::none;
        });
        if (dated != groups_.end()) {
          dated->grain = grain;
        } else if (std::ranges::none_of(groups_, [&](const Part& g) { return g.grain == grain; })) {
          groups_.push_back(group);
        }
        take(i, last);
        at = last;
      } else {
        break;
      }
      if (!is(at, {"and", ","})) break;
      const int next = skip(at + 1, {"each", "the", "and", "attribute"});
      const NameUse* following = name_at(next);
      if (!following || following->table || is_measure(column(following->id)) ||
          (is(next - 1, {"the"}) && !is(i, {"group", "grouped"}))) {
        break;
      }
      at = next;
    }
  }
}

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
               "tell", "also", "along", "provide", "including", "visualize", "compare"})) {
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
      const NameUse* of = name_at(skip(i + 2, {"the", "all", "each", "different"}));
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

// "with total score smaller than 315" asks for no total.
void ClauseParser::drop_compared() {
  for (const Filter& f : reading_.filters) {
    const Condition& c = f.any_of.front();
    if (!c.span || c.op == Operator::in || select_.size() < 2) continue;
    std::erase_if(select_, [&](const Part& p) {
      if (p.column < 0 || p.last <= p.first || p == select_.front()) return false;
      if (column(p.column).model->name != c.column) return false;
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
  for (int i = 0; i < size(); ++i) {
    asked = asked || is(i, {"proportion", "trend", "visualize", "distribution", "histogram"}) ||
            (i == 0 && is(i, {"compare"}));
  }
  if (!asked) return;
  // "the price over the name": the second is the axis.
  for (int i = 1; i < size(); ++i) {
    if (!is(i, {"over", "across", "against", "versus", "vs"}) || select_.size() != 2) continue;
    const bool between = select_[0].last <= i && select_[1].first > i;
    if (between) std::swap(select_[0], select_[1]);
  }
  const auto grouped = [](const Part& p) { return p.aggregate != Aggregate::none; };
  const auto counts = std::ranges::count_if(select_, grouped);
  const auto plain =
      std::ranges::count_if(select_, [](const Part& p) { return p.aggregate == Aggregate::none; });
  if (counts == 1 && plain == 0 && groups_.empty() && group_tables_.empty()) {
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
  } else if (counts == 0 && plain + static_cast<long>(groups_.size()) == 1) {
    Part value = plain ? select_[0] : groups_[0];
    if (plain) {
      groups_.push_back(value);
      select_.clear();
    }
    value.aggregate = Aggregate::count;
    value.grain = Grain::none;
    if (value.column < 0) value.table = subject_;
    select_.push_back(value);
  }
}

}  // namespace sextant::ask

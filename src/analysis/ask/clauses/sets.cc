#include <algorithm>
#include <array>
#include <numeric>

#include "analysis/ask/clauses/parser.h"
#include "analysis/ask/joins.h"
#include "analysis/ask/stable_sort.h"

namespace sextant::ask {

namespace {

bool one_of(const std::string& word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

// What a cell of a column of yes and no says; nothing when it is something else.
std::optional<bool> yes_or_no(const Cell& cell) {
  if (const auto* number = std::get_if<double>(&cell)) {
    if (*number == 1) return true;
    if (*number == 0) return false;
    return std::nullopt;
  }
  const auto* text = std::get_if<std::string>(&cell);
  if (!text) return std::nullopt;
  const std::string word = normalise(*text);
  if (one_of(word, {"y", "yes", "t", "true"})) return true;
  if (one_of(word, {"n", "no", "f", "false"})) return false;
  return std::nullopt;
}

// "closed" of a column is_open, "inactive" of active, "unpaid" of paid.
bool is_opposite(const std::string& said, const std::string& named) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kOpposites = {
      {{"closed", "open"},
       {"disabled", "enabled"},
       {"off", "on"},
       {"dead", "alive"},
       {"failed", "success"},
       {"absent", "present"}}};
  for (const auto& [low, high] : kOpposites) {
    if ((said == low && named == high) || (said == high && named == low)) return true;
  }
  return std::ranges::any_of(std::array<std::string_view, 4>{"un", "in", "non", "dis"},
                             [&](std::string_view prefix) {
                               return said.size() == prefix.size() + named.size() &&
                                      said.starts_with(prefix) && said.ends_with(named);
                             });
}

}  // namespace

// "how many have an exam and how many do not": where the second half begins; -1: nowhere.
int ClauseParser::says_other_half() const {
  for (int i = 3; i + 4 < size(); ++i) {
    if (!is(i, {"and"}) || !is(i + 1, {"how"}) || !is(i + 2, {"many"})) continue;
    const bool denied = is(i + 4, {"not"}) &&
                        is(i + 3, {"do", "does", "did", "are", "is", "have", "has", "were", "was"});
    if ((denied && i + 5 == size()) || (denies(i + 3) && i + 4 == size()) ||
        (denied && i + 6 == size() && links_.tokens[i + 5].symbol)) {
      return i;
    }
  }
  return -1;
}

// "hotels that allow pets", "without wifi": columns of yes and no.
void ClauseParser::find_flags() {
  // Long names first: "a final exam" is has_final_exam before it is has_exams.
  std::vector<std::size_t> columns(context_.columns().size());
  std::iota(columns.begin(), columns.end(), std::size_t{0});
  stable_sort_by(columns, [&](std::size_t a, std::size_t b) {
    return column(static_cast<int>(a)).words.size() > column(static_cast<int>(b)).words.size();
  });
  const int other_half = says_other_half();
  for (const std::size_t c : columns) {
    const ColumnEntry& entry = column(static_cast<int>(c));
    if (entry.id_like || !entry.sample || entry.model->distinct > 2) continue;
    std::optional<Cell> yes, no;
    bool flag = true;
    for (const Cell& cell : *entry.sample) {
      if (std::holds_alternative<std::monostate>(cell)) continue;
      const auto said = yes_or_no(cell);
      flag = flag && said.has_value();
      if (said) (*said ? yes : no) = cell;
    }
    if (!flag || !yes) continue;
    // Every word of the name but those that only say that it is a flag.
    int first = size(), last = -1;
    bool all = true, opposite = false;
    for (std::size_t w = 0; w < entry.words.size(); ++w) {
      if (one_of(entry.words[w].word, {"is", "has", "yn", "flag", "indicator", "ind", "was", "on"}))
        continue;
      bool found = false;
      for (int i = 2; i < size() && !found; ++i) {
        const bool contrary = is_opposite(word(i), entry.words[w].word);
        if (taken_[i] || (!contrary && (links_.match[c][i] < 0.75f ||
                                        links_.match_word[c][i] != static_cast<int>(w)))) {
          continue;
        }
        found = true;
        opposite = opposite || contrary;
        first = std::min(first, i);
        last = std::max(last, i);
      }
      all = all && found;
    }
    if (!all || last < 0 || last - first > 3) continue;
    // "open businesses", "how many are closed"
    const bool before_rows =
        last + 1 < size() &&
        (links_.table_match[entry.table][last + 1] >= 0.8f ||
         std::ranges::any_of(links_.table_match, [&](const std::vector<float>& match) {
           return match[last + 1] >= 0.9f;
         }));
    bool cued = opposite || is(first, {"on"}) || before_rows;
    bool negated = false;
    for (int i = std::max(0, first - 4); i < first; ++i) {
      if (is(i, {"have", "has", "had", "with", "that", "which", "who", "are", "is", "allow",
                 "allows", "offer", "offers", "support", "supports", "on", "where"})) {
        cued = true;
      }
      if (is(i, {"not", "no", "without", "never", "dont", "doesnt", "isnt", "arent"})) {
        cued = negated = true;
      }
      if (is(i, {"and", ",", "or", "of", "what", "show", "list"}) && !opposite) {
        cued = before_rows && word(last).ends_with("ed");
      }
    }
    if (!cued) continue;
    const bool other = opposite && no && !negated;  // "closed" is what says that it is not open
    if (opposite && !other) negated = !negated;
    if (other_half > last) {
      groups_.push_back({Aggregate::none, static_cast<int>(c), entry.table, first, last + 1});
      take(first, last + 1);
      take(other_half, size());
      continue;
    }
    Condition condition{context_.tables()[entry.table].model->name, entry.model->name,
                        Operator::equal};
    const Cell& value = other ? *no : *yes;
    if (const auto* number = std::get_if<double>(&value)) {
      condition.values.emplace_back(*number);
    } else {
      condition.values.emplace_back(std::get<std::string>(value));
    }
    condition.span = span(first, last + 1);
    reading_.filters.push_back({{std::move(condition)}, negated});
    for (int i = std::max(0, first - 4); i < first && negated; ++i) {
      if (is(i, {"not", "no", "without", "never", "dont", "doesnt", "isnt", "arent"}))
        take(i, i + 1);
    }
    take(first, last + 1);
  }
}

// "how many cities have more than 3 airports": the groups are counted.
void ClauseParser::count_groups() {
  if (reading_.having.empty() || !reading_.dimensions.empty() || !reading_.columns.empty()) return;
  const auto shown = std::ranges::count_if(reading_.measures, std::not_fn(&Measure::hidden));
  const Measure& counted = reading_.measures.front();
  if (shown != 1 || counted.hidden ||
      (counted.aggregate != Aggregate::count && counted.aggregate != Aggregate::count_distinct)) {
    return;
  }
  const int table = context_.find_table(counted.table);
  std::string name = counted.column;
  if (name.empty()) {
    const int key = key_column(table);
    if (key < 0) return;
    name = column(key).model->name;
  }
  Reading groups = reading_;
  groups.dimensions.push_back({counted.table, name});
  groups.measures.erase(groups.measures.begin());
  if (groups.measures.empty()) {  // compared with the number of the very rows
    groups.measures.push_back({Aggregate::count, reading_.table});
  }
  groups.measures.front().hidden = true;
  for (Having& h : groups.having) h.measure = std::max<std::int64_t>(0, h.measure - 1);
  groups.order.clear();
  groups.limit.reset();
  Reading whole;
  whole.table = counted.table;
  whole.matched = true;
  whole.measures.push_back({counted.column.empty() ? Aggregate::count : Aggregate::count_distinct,
                            counted.table, counted.column});
  Condition among{counted.table, name, Operator::in};
  among.span = reading_.having.front().span;
  among.of.push_back(std::move(groups));
  whole.filters.push_back({{std::move(among)}, false});
  whole.chart = reading_.chart;
  reading_ = std::move(whole);
}

// "which nations have …", "studios that …": the values themselves are spoken of, not one row each.
bool ClauseParser::antecedent(const Part& part) const {
  if (part.column < 0 || part.last <= part.first) return false;
  const ColumnEntry& entry = column(part.column);
  const bool key = entry.id_like && entry.words.back().word == "id";
  if (key || 20 * entry.model->distinct >= 19 * context_.tables()[entry.table].model->rows)
    return false;
  for (int i = part.first; i < part.last; ++i) {  // "nominees of the musicals": the musicals
    if (i > part.first && links_.table_match[entry.table][i] >= 0.72f) return false;
  }
  return is(part.last, {"that", "which", "with", "without", "where", "having", "have", "has", "do",
                        "does", "not", "except", "excluding"});
}

// "locations that have no station with 15 platforms": no row of the location may have them.
void ClauseParser::except_values() {
  if (reading_.columns.size() != 1 || !reading_.measures.empty() || !reading_.order.empty() ||
      reading_.combine != Combine::none || select_.empty()) {
    return;
  }
  // "ids of reviewers who did not give 4 stars": ids that several rows have.
  const Part& listed = select_[0];
  const bool ids = listed.column >= 0 && column(listed.column).id_like &&
                   listed.column != key_column(column(listed.column).table) &&
                   20 * column(listed.column).model->distinct <
                       19 * context_.tables()[column(listed.column).table].model->rows;
  if (!antecedent(listed) && !ids) return;
  for (std::size_t i = 0; i < reading_.filters.size(); ++i) {
    Filter& f = reading_.filters[i];
    if (!f.negated || f.any_of.front().table != reading_.table ||
        f.any_of.front().column == reading_.columns[0].column) {
      continue;
    }
    Reading other = reading_;
    other.filters = {f};
    other.filters[0].negated = false;
    reading_.filters.erase(reading_.filters.begin() + static_cast<std::ptrdiff_t>(i));
    reading_.combine = Combine::except;
    reading_.others.push_back(std::move(other));
    return;
  }
}

// No row of one value has another too: "residences that have both a man and a woman" are what the
// rows of either share; figures are of the rows of both.
void ClauseParser::intersect_values() {
  const auto one_value = [&](const Filter& f) {
    return f.any_of.size() == 1 && !f.negated && f.any_of[0].op == Operator::equal &&
           f.any_of[0].table == reading_.table;
  };
  for (std::size_t i = 0; i < reading_.filters.size(); ++i) {
    for (std::size_t j = i + 1; j < reading_.filters.size(); ++j) {
      const Filter &a = reading_.filters[i], &b = reading_.filters[j];
      if (!one_value(a) || !one_value(b) || a.any_of[0].column != b.any_of[0].column ||
          a.any_of[0].values == b.any_of[0].values) {
        continue;
      }
      const auto at = reading_.filters.begin() + static_cast<std::ptrdiff_t>(j);
      if (reading_.measures.empty() && reading_.order.empty() &&
          reading_.combine == Combine::none) {
        Reading other = reading_;
        other.filters.erase(other.filters.begin() + static_cast<std::ptrdiff_t>(i));
        reading_.filters.erase(at);
        reading_.combine = Combine::intersect;
        reading_.others.push_back(std::move(other));
        return;
      }
      reading_.filters[i].any_of.push_back(reading_.filters[j].any_of[0]);
      reading_.filters.erase(at);
      return;
    }
  }
}

// No row is both above 10 and below 3: the rows of either are meant, and what both have.
void ClauseParser::intersect_ranges() {
  if (!reading_.measures.empty() || !reading_.order.empty()) return;
  using enum Operator;
  const auto bound = [](const Filter& f, bool low) {
    if (f.any_of.size() != 1 || f.negated || f.any_of[0].values.size() != 1 ||
        !f.any_of[0].values[0].is_number()) {
      return false;
    }
    const Operator op = f.any_of[0].op;
    return low ? op == greater || op == greater_or_equal : op == less || op == less_or_equal;
  };
  for (std::size_t i = 0; i < reading_.filters.size(); ++i) {
    for (std::size_t j = 0; j < reading_.filters.size(); ++j) {
      const Filter &above = reading_.filters[i], &below = reading_.filters[j];
      if (!bound(above, true) || !bound(below, false)) continue;
      const Condition &a = above.any_of[0], &b = below.any_of[0];
      if (a.table != b.table || a.column != b.column ||
          a.values[0].to_number<double>() < b.values[0].to_number<double>()) {
        continue;
      }
      Reading other = reading_;
      other.filters.erase(other.filters.begin() + static_cast<std::ptrdiff_t>(i));
      reading_.filters.erase(reading_.filters.begin() + static_cast<std::ptrdiff_t>(j));
      reading_.combine = Combine::intersect;
      reading_.others.push_back(std::move(other));
      return;
    }
  }
}

}  // namespace sextant::ask

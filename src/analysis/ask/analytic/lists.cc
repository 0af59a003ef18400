#include <algorithm>
#include <unordered_map>

#include "analysis/ask/analytic/reader.h"

namespace sextant::ask {

// "the name, country and age of …": two or more columns, or one that is to be sorted or distinct.
void Reader::find_columns() {
  if (!reading_.measures.empty() || !reading_.dimensions.empty() || !pending_dimensions_.empty() ||
      superlative_ || subject_ || !reading_.absences.empty()) {
    return;
  }
  std::vector<Mention> run;
  int at = 0;
  while (at < size() && !mention_at(context_, links_, at) && at < 8) ++at;
  bool distinct = false;
  for (int i = 0; i < at; ++i) {
    if (aggregate_before(i + 1) || word(i) == "many" || word(i) == "much" || word(i) == "number")
      return;
    distinct = distinct || word(i) == "distinct" || word(i) == "different" || word(i) == "unique";
  }
  while (at < size()) {
    const Mention m = mention_at(context_, links_, at);
    if (m.named != Named::column || taken_[at] || value_follows(at)) break;
    run.push_back(m);
    at = m.last;
    if (word(at) != "," && word(at) != "and" && word(at) != "&") break;
    while (word(at) == "," || word(at) == "and" || word(at) == "&") ++at;
    at = skip_fillers(at);
  }
  const bool sorted = asked_order_ && order_by_;
  if (run.empty() || (run.size() < 2 && !sorted && !distinct)) return;
  if (word(0) == "if" || word(0) == "when") return;
  for (const Mention& m : run) {
    // "and third is italy" is a condition; a column said twice is one column.
    if (value_follows(skip_fillers(m.last))) return;
    if (std::ranges::count(run, m.id, &Mention::id) > 1) return;
    if (!reachable(context_, table_of(run[0]), table_of(m))) return;
  }
  // "names of the heads": where a column's table is open, the table that is named decides.
  main_ = table_of(run[0]);
  for (const Mention& m : run) {
    reading_.columns.push_back(
        {table_name(table_of(m)), context_.columns()[m.id].model->name, span(m.first, m.last)});
    take(m.first, m.last);
  }
  for (int i = at; i < std::min(size(), at + 4); ++i) {
    const Mention m = mention_at(context_, links_, i);
    if (m.named == Named::table) take(m.first, m.last);
  }
  reading_.distinct = distinct;
  strong_ = true;
}

// "most expensive product", "cheapest products", "newest customers": the adjective names the
// column.
void Reader::find_adjective() {
  if (!reading_.measures.empty()) return;
  struct Adjective {
    bool high;
    std::vector<std::string_view> names;  // words of the columns it can mean
    bool time;
  };
  static const std::unordered_map<std::string_view, Adjective> kAdjectives = {
      {"expensive", {true, {"price", "cost", "fee", "amount"}, false}},
      {"priciest", {true, {"price", "cost", "fee", "amount"}, false}},
      {"cheapest", {false, {"price", "cost", "fee", "amount"}, false}},
      {"newest", {true, {"year"}, true}},
      {"latest", {true, {"year"}, true}},
      {"recent", {true, {"year"}, true}},
      {"oldest", {true, {"age"}, false}},
      {"youngest", {false, {"age"}, false}},
      {"heaviest", {true, {"weight"}, false}},
      {"tallest", {true, {"height"}, false}}};
  for (int i = 0; i < size(); ++i) {
    // "top 5 highest paid employees": what qualifies the subject is taken with it.
    const bool qualifies =
        superlative_ && subject_ && i >= superlative_->first && i < subject_->first;
    const bool own = superlative_ && i == superlative_->token;
    if ((!taken_[i] || qualifies || own) && find_sheet_adjective(i)) return;
    const auto found = kAdjectives.find(word(i));
    if (found == kAdjectives.end() || links_.info[i].in_value) continue;
    const Adjective& adjective = found->second;
    Mention subject = subject_.value_or(Mention{});
    for (int at = i + 1; at < std::min(size(), i + 4) && !subject; ++at) {
      subject = mention_at(context_, links_, at);
    }
    if (subject.named != Named::table) continue;
    const TableEntry& table = context_.tables()[subject.id];
    int column = -1;
    for (int c = table.first_column; c < table.first_column + table.columns && column < 0; ++c) {
      const ColumnEntry& entry = context_.columns()[c];
      if (adjective.time && entry.kind == Kind::date) column = c;
      if (entry.kind != Kind::number || entry.id_like) continue;
      for (const Token& name : entry.words) {
        if (std::ranges::find(adjective.names, std::string_view(name.word)) !=
            adjective.names.end()) {
          column = c;
        }
      }
    }
    if (column < 0) continue;
    bool high = adjective.high;
    if (word(i - 1) == "least") high = !high;
    if (!superlative_) superlative_ = Superlative{i, high, std::nullopt, i, i + 1};
    superlative_->high = high;
    if (!superlative_->count) {
      for (const int at : {i + 1, i - 1, i - 2}) {
        if (at >= 0 && at < size() && links_.tokens[at].number) {
          superlative_->count = static_cast<std::int64_t>(*links_.tokens[at].number);
          take(at, at + 1);
        }
      }
    }
    subject_ = subject;
    take(i, i + 1);
    take(subject.first, subject.last);
    Measure measure;
    measure.table = table.model->name;
    measure.column = context_.columns()[column].model->name;
    measure.aggregate = Aggregate::max;
    measure.span = span(i, i + 1);
    reading_.measures.push_back(std::move(measure));
    const Token& last = links_.tokens[subject.last - 1];
    if (!superlative_->count && last.word != last.stem && last.word.ends_with("s")) {
      superlative_->count = 10;  // "the cheapest products"
    }
    strong_ = true;
    return;
  }
}

// "the highest paid employees", "who earns the least": records of a sheet by the figure that a word
// speaks of.
bool Reader::find_sheet_adjective(int at) {
  bool high = true;
  const int column = column_of_adjective(word(at), &high);
  if (column < 0) return false;
  static const WordSet kDegrees = {"most", "least", "highest", "lowest", "best", "worst"};
  int first = at, last = at + 1;
  if (kDegrees.contains(word(at - 1))) first = at - 1;
  const int degree = first < at                                      ? first
                     : kDegrees.contains(word(skip_fillers(at + 1))) ? skip_fillers(at + 1)
                                                                     : -1;
  const bool superlative =
      word(at).ends_with("est") || word(at) == "best" || word(at) == "worst" || degree >= 0;
  if (!superlative) return false;
  if (degree >= 0) {
    const std::string& d = word(degree);
    if (d == "least" || d == "lowest" || d == "worst") high = !high;
    last = std::max(last, degree + 1);
  }
  Mention subject = subject_.value_or(Mention{});
  for (int i = at + 1; i < std::min(size(), at + 3) && !subject; ++i) {
    if (column_of_adjective(word(i), nullptr) >= 0) {  // "worst rated"
      last = std::max(last, i + 1);
      continue;
    }
    const Mention m = mention_at(context_, links_, i);
    if (m.named == Named::table || m.named == Named::grain || is_thing(m)) subject = m;
  }
  if (!subject && word(0) == "who") subject = {Named::table, 0, Grain::none, 0, 1, 1.f};
  // "which channel is the most expensive": by the total, or the average, of each.
  const bool of_things = is_thing(subject) || subject.named == Named::grain;
  if (subject.named != Named::table && !of_things) return false;
  // The oldest has the earliest date.
  static const WordSet kRecent = {"newest", "latest", "recent", "recently"};
  if (context_.columns()[column].kind == Kind::date) high = kRecent.contains(word(at));
  if (!superlative_) superlative_ = Superlative{at, high, std::nullopt, first, last};
  superlative_->high = high;
  const Token& named = links_.tokens[subject.last - 1];
  const bool several = named.word != named.stem && named.word.ends_with("s");
  if (!superlative_->count && several) superlative_->count = 10;
  subject_ = subject;
  take(first, last);
  take(subject.first, subject.last);
  Measure measure;
  measure.table = table_name(context_.columns()[column].table);
  measure.column = context_.columns()[column].model->name;
  measure.aggregate = of_things ? default_aggregate(context_.columns()[column])
                      : high    ? Aggregate::max
                                : Aggregate::min;
  measure.span = span(at, at + 1);
  reading_.measures.push_back(std::move(measure));
  strong_ = true;
  return true;
}

void Reader::find_list() {
  // "show all orders", "list the customers from Germany": a table and no figure.
  for (int i = 0; i < size(); ++i) {
    if (taken_[i] || links_.info[i].in_value) continue;
    const Mention m = mention_at(context_, links_, i);
    if (m.named != Named::table) continue;
    bool asked = i == 0;
    for (int back = i - 1; back >= 0 && !asked; --back) {
      const std::string& w = word(back);
      if (taken_[back] || (on_a_sheet() && is_value(back))) {
        asked = back == 0 && on_a_sheet();
        continue;
      }
      if (w == "show" || w == "list" || w == "which" || w == "display" || w == "all" ||
          w == "find" || w == "get" || w == "give")
        asked = true;
      if (!is_filler(w) && w != "me" && !only_asks(w)) break;
    }
    if (!asked) continue;
    subject_ = m;
    take(m.first, m.last);
    strong_ = true;
    return;
  }
}

}  // namespace sextant::ask

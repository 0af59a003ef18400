#include <algorithm>
#include <map>
#include <numeric>

#include "analysis/ask/analytic/reader.h"
#include "analysis/ask/joins.h"
#include "analysis/ask/stable_sort.h"

namespace sextant::ask {

bool Reader::value_follows(int at) const {
  for (const Option& option : links_.options) {
    if (option.evidence == Evidence::exact && option.first == at && !option.subspan) return true;
  }
  return false;
}

bool Reader::add_dimension(const Mention& mention) {
  if (mention.named == Named::grain) {
    pending_dimensions_.push_back(mention);
  } else if (mention.named == Named::table) {
    const int c = label_column(context_, mention.id);
    const ColumnEntry& label = context_.columns()[c];
    const TableEntry& table = context_.tables()[mention.id];
    reading_.dimensions.push_back(
        {table.model->name, label.model->name, Grain::none, span(mention.first, mention.last)});
    // Two customers of one name are two customers.
    if (!table.model->keys.empty() && label.model->distinct < table.model->rows &&
        table.model->keys.front() != label.model->name) {
      reading_.dimensions.push_back({table.model->name, table.model->keys.front(), Grain::none,
                                     span(mention.first, mention.last)});
    }
  } else if (mention.named == Named::column) {
    const ColumnEntry& column = context_.columns()[mention.id];
    Dimension d{table_name(column.table), column.model->name, Grain::none,
                span(mention.first, mention.last)};
    d.grain = grain_of_name(column);
    reading_.dimensions.push_back(std::move(d));
  } else {
    return false;
  }
  take(mention.first, mention.last);
  strong_ = true;
  return true;
}

bool Reader::averaged_before(int token) const {
  for (int i = 0; i < token; ++i) {
    if (aggregate_named(word(i)) == Aggregate::avg) return true;
  }
  return false;
}

// Whether "by", "per", "each" at this token begins a grouping.
bool Reader::groups(int i) const {
  const std::string& w = word(i);
  const std::string& before = word(i - 1);
  // "play-by-play" is a name.
  for (const auto& match : links_.match) {
    if (i > 0 && i + 1 < size() && match[i] >= 0.99f && match[i - 1] >= 0.55f &&
        match[i + 1] >= 0.55f) {
      return false;
    }
  }
  if (w == "each" || w == "every") {
    static const WordSet kNotBefore = {"is",    "are",  "was",  "were", "what", "who",
                                       "which", "name", "show", "list", "find", "give",
                                       "tell",  "me",   "did",  "does"};
    return i > 0 && !kNotBefore.contains(before);
  }
  if (w == "by") {
    // "used by the guardian", "written by an author": an agent, unless the verb is one of ordering.
    static const WordSet kOrdering = {"grouped",    "sorted", "ordered",     "ranked",
                                      "split",      "broken", "categorized", "segmented",
                                      "aggregated", "binned", "divided"};
    const bool verb =
        before.size() > 3 &&
        (before.ends_with("ed") || before.ends_with("en") || before == "won" || before == "held" ||
         before == "made" || before == "built" || before == "led" || before == "sung" ||
         before == "sent" || before == "paid" || before == "bought" || before == "sold");
    const bool shared = share_cue() >= 0;  // "the percentage of orders returned by channel"
    if (verb && !shared && !kOrdering.contains(before) && !mention_at(context_, links_, i - 1))
      return false;
  }
  return true;
}

// "number of cars by cylinders": by a figure of few values.
bool Reader::counts_by(int token, const Mention& m) const {
  constexpr std::int64_t kFewValues = 25;
  if (!on_a_sheet() || m.named != Named::column || word(token) != "by") return false;
  if (context_.columns()[m.id].model->distinct > kFewValues) return false;
  for (int back = token - 1; back >= std::max(0, token - 3); --back) {
    const Mention before = mention_at(context_, links_, back);
    if (before.named == Named::table && before.last == token) return true;
  }
  return false;
}

void Reader::find_dimensions() {
  for (int i = 0; i < size(); ++i) {
    if (links_.info[i].in_value || taken_[i]) continue;
    const std::string& w = word(i);
    if (w == "over" && word(i + 1) == "time") {
      pending_dimensions_.push_back({Named::grain, -1, Grain::none, i, i + 2, 1.f});
      take(i, i + 2);
      strong_ = true;
      continue;
    }
    if ((w == "trend" || w == "trends" || w == "development") && !mention_at(context_, links_, i)) {
      trend_ = i;
      take(i, i + 1);
      continue;
    }
    if (w == "monthly" || w == "weekly" || w == "daily" || w == "yearly" || w == "quarterly" ||
        w == "annual" || w == "annually") {
      const Mention m = mention_at(context_, links_, i);
      if (m.named == Named::grain) add_dimension(m);
      continue;
    }
    // "gender split by department", "distribution of region": how many of each.
    static const WordSet kSplits = {"split", "breakdown", "mix", "distribution", "composition"};
    if (on_a_sheet() && kSplits.contains(w)) {
      Mention thing;
      for (int back = i - 1; back >= std::max(0, i - 3) && !thing; --back) {
        if (const Mention m = mention_at(context_, links_, back); m.last == i) thing = m;
      }
      if (!thing && word(i + 1) == "of") thing = mention_at(context_, links_, skip_fillers(i + 1));
      if (is_thing(thing) && add_dimension(thing)) {
        take(i, i + 1);
        continue;
      }
    }
    const bool by = w == "by" || w == "per" || w == "each" || w == "every" ||
                    (w == "across" && word(i + 1) != "all");
    if (!by || !groups(i)) continue;
    // "by number of orders" ranks.
    if (w == "by" && (word(i + 1) == "number" || word(i + 1) == "count") && word(i + 2) == "of")
      continue;
    if (w == "by" && word(i + 1) == "the" && word(i + 2) == "number") continue;
    int at = skip_fillers(i + 1);
    Mention m = mention_at(context_, links_, at);
    if (!m) continue;
    // "by revenue", "by total quantity": what is ranked by, not what is grouped by.
    const bool measure = m.named == Named::metric ||
                         (m.named == Named::column && is_measure(context_.columns()[m.id]));
    if (measure && w != "each" && w != "every" && !counts_by(i, m)) continue;
    if (w == "by" && value_follows(m.last)) continue;  // "by player alan smith"
    const std::string& then = word(m.last);
    if (then == "whose" || then == "who" || then == "that") continue;
    // "the average quantity per order" is that of the records.
    if (on_a_sheet() && m.named == Named::table && w != "by" && averaged_before(i)) {
      take(i, m.last);
      continue;
    }
    take(i, at);
    if (w == "each" || w == "per" || w == "every") {
      for (int back = i - 1; back >= 0 && (word(back) == "for" || word(back) == "in"); --back) {
        take(back, back + 1);
      }
    }
    if (!add_dimension(m)) continue;
    int next = m.last;
    while (word(next) == "and" || word(next) == ",") {
      int after = skip_fillers(next + (word(next + 1) == "by" ? 2 : 1));
      if (word(next) == "," && word(after) == "and") after = skip_fillers(after + 1);
      const Mention more = mention_at(context_, links_, after);
      if (!more || more.named == Named::metric || value_follows(more.last) ||
          (more.named == Named::column && is_measure(context_.columns()[more.id]) &&
           !counts_by(i, more)) ||
          !add_dimension(more)) {
        break;
      }
      take(next, after);
      next = more.last;
    }
    i = next - 1;
  }
}

// The first token of a list of what to show besides: "… with their make and city", "…? Return the
// make and the revenue". -1: none begins here.
int Reader::listed_from(int i) const {
  static const WordSet kTheir = {"their", "its"};
  static const WordSet kShow = {"return", "show", "list", "give", "include", "provide", "display"};
  if (word(i) == "with" && kTheir.contains(word(i + 1))) return i + 2;
  if (word(i) == "showing" && i > 0) return i + 1;
  if (i == 0 || !kShow.contains(word(i))) return -1;
  auto before = static_cast<std::size_t>(links_.tokens[i].start);
  while (before > 0 && links_.question[before - 1] == ' ') --before;
  return before > 0 && std::string_view(".?!").contains(links_.question[before - 1]) ? i + 1 : -1;
}

// "their id", where other tables have one too: that of the groups.
int Reader::own_column(const Mention& mention) const {
  const int of_groups = context_.find_table(reading_.dimensions.front().table);
  const TableEntry& table = context_.tables()[of_groups];
  if (context_.columns()[mention.id].table == of_groups) return mention.id;
  const std::string& last = word(mention.last - 1);
  if ((last == "id" || last == "ids") && !table.model->keys.empty()) {
    const int key = context_.find_column(table.model->name, table.model->keys.front());
    if (key >= 0) return key;
  }
  int best = mention.id;
  float said = context_.columns()[mention.id].words.size() == 1 ? 0.9f : 1.1f;
  for (int c = table.first_column; c < table.first_column + table.columns; ++c) {
    if (links_.match[c][mention.first] < said || context_.columns()[c].words.size() != 1) continue;
    said = links_.match[c][mention.first] + 1e-4f;
    best = c;
  }
  return best;
}

// Whether each row that is counted has one partner in the table at most, so that none is counted
// again.
bool Reader::has_one(int table) const {
  if (table == main_) return true;
  const auto path = join_path(context_.model(), table_name(main_), table_name(table));
  return path && std::ranges::none_of(*path, &JoinStep::multiplies);
}

// What is listed of the groups besides: further columns of theirs.
void Reader::add_listed() {
  if (reading_.dimensions.empty() || reading_.per_group) return;
  for (int i = 0; i < size(); ++i) {
    int at = listed_from(i);
    if (at < 0) continue;
    listed_.clear();
    static const WordSet kBetween = {",", "and", "the", "their", "its", "also", "as", "well"};
    while (at < size()) {
      while (kBetween.contains(word(at))) ++at;
      Mention m = mention_at(context_, links_, at);
      if (!m) {
        if (!taken_[at]) break;
        ++at;  // "total", "number of"
        continue;
      }
      if (m.named == Named::column) m.id = own_column(m);
      listed_.push_back(m);
      if (m.named == Named::column && !taken_[at] && !is_measure(context_.columns()[m.id]) &&
          !value_follows(m.last) && has_one(table_of(m))) {
        const auto same = [&](const Dimension& d) {
          return d.table == table_name(table_of(m)) &&
                 d.column == context_.columns()[m.id].model->name;
        };
        if (std::ranges::none_of(reading_.dimensions, same)) add_dimension(m);
        take(m.first, m.last);
      }
      at = m.last;
    }
  }
}

// "Return the make, the model and the number of sales": in this order, where all is listed again.
void Reader::order_as_listed() {
  if (listed_.size() < 2) return;
  const auto place = [&](auto same) {
    const auto found = std::ranges::find_if(listed_, same);
    return found == listed_.end() ? -1 : static_cast<int>(found - listed_.begin());
  };
  const auto sorted = [](const std::vector<int>& places) {
    std::vector<std::size_t> order(places.size());
    std::iota(order.begin(), order.end(), 0);
    stable_sort_by(order, [&](std::size_t a, std::size_t b) { return places[a] < places[b]; });
    return order;
  };
  const auto apply = [&](auto& items, const std::vector<std::size_t>& order, OrderBy by) {
    auto moved = items;
    for (std::size_t i = 0; i < order.size(); ++i) moved[i] = items[order[i]];
    items = std::move(moved);
    for (Order& o : reading_.order) {
      if (o.by != by) continue;
      o.index = std::ranges::find(order, static_cast<std::size_t>(o.index)) - order.begin();
    }
    for (Having& h : reading_.having) {
      if (by != OrderBy::measure) continue;
      h.measure = std::ranges::find(order, static_cast<std::size_t>(h.measure)) - order.begin();
    }
  };
  std::vector<int> figures, groups;
  for (const Measure& measure : reading_.measures) {
    figures.push_back(place([&](const Mention& m) {
      if (!measure.metric.empty())
        return m.named == Named::metric && context_.metrics()[m.id].model->name == measure.metric;
      if (measure.column.empty())
        return (m.named == Named::table || rows_of_metric(m).named == Named::table) &&
               table_name(rows_of_metric(m).id) == measure.table;
      return m.named == Named::column && context_.columns()[m.id].model->name == measure.column;
    }));
  }
  for (const Dimension& d : reading_.dimensions) {
    groups.push_back(place([&](const Mention& m) {
      return m.named == Named::column && d.grain == Grain::none &&
             context_.columns()[m.id].model->name == d.column;
    }));
  }
  if (std::ranges::find(figures, -1) == figures.end())
    apply(reading_.measures, sorted(figures), OrderBy::measure);
  if (std::ranges::find(groups, -1) == groups.end())
    apply(reading_.dimensions, sorted(groups), OrderBy::dimension);
}

// "never sold", "never bought": the rows that say so, by another word than the verb's.
Mention Reader::done_to(int token) const {
  static const std::map<std::string_view, std::vector<std::string_view>> kDeeds = {
      {"sold", {"sale"}},          {"bought", {"purchas", "order", "sale"}},
      {"purchased", {"order"}},    {"paid", {"payment"}},
      {"shipped", {"shipment"}},   {"delivered", {"deliveri"}},
      {"rented", {"rental"}},      {"lent", {"loan"}},
      {"borrowed", {"loan"}},      {"hired", {"contract"}},
      {"booked", {"reserv"}},      {"enrolled", {"enrol", "enrollment"}},
      {"registered", {"registr"}}, {"subscribed", {"subscript"}},
      {"appointed", {"appoint"}},  {"seen", {"visit", "appoint"}},
      {"flown", {"flight"}},       {"taken", {"enrol"}}};
  const auto deed = kDeeds.find(word(token));
  if (deed == kDeeds.end()) return {};
  for (const std::string_view stem : deed->second) {
    for (std::size_t t = 0; t < context_.tables().size(); ++t) {
      const auto& words = context_.tables()[t].words;
      if (words.empty() || words.back().stem != stem) continue;
      return {Named::table, static_cast<int>(t), Grain::none, token, token + 1, 0.8f};
    }
  }
  return {};
}

// "customers without orders", "products that were never sold" is not read.
void Reader::find_absences() {
  for (int i = 1; i < size(); ++i) {
    int at = -1;
    if (word(i) == "without" || word(i) == "never") at = i + 1;
    if (word(i) == "no" && (word(i - 1) == "with" || word(i - 1) == "have" ||
                            word(i - 1) == "has" || word(i - 1) == "had"))
      at = i + 1;
    if (word(i) == "any" && word(i - 1) == "have") at = i + 1;
    if (at < 0) continue;
    at = skip_fillers(at);
    if (word(at) == "any") ++at;
    Mention m = mention_at(context_, links_, at);
    if (m.named != Named::table && word(i) == "never") m = done_to(at);
    if (m.named != Named::table) continue;
    // The things that lack it come before.
    for (int back = i - 1; back >= 0; --back) {
      const Mention subject = mention_at(context_, links_, back);
      if (subject.named != Named::table || subject.id == m.id ||
          !reachable(context_, subject.id, m.id)) {
        continue;
      }
      Absence absence{table_name(m.id), false, span(i, m.last)};
      reading_.absences.push_back(absence);
      take(i, m.last);
      main_ = subject.id;
      subject_ = subject;
      take(subject.first, subject.last);
      strong_ = true;
      return;
    }
  }
}

}  // namespace sextant::ask

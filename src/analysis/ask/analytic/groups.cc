#include "analysis/ask/analytic/reader.h"

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
    // "per day" of a column of moments
    if (d.grain == Grain::none && column.kind == Kind::date && mention.last == mention.first + 1) {
      if (word(mention.first) == "day") d.grain = Grain::day;
      if (word(mention.first) == "week") d.grain = Grain::week;
    }
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
         before == "made" || before == "built" || before == "led" || before == "sung");
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
    // "over the years"
    if (w == "over" && !taken_[i]) {
      const Mention m = mention_at(context_, links_, skip_fillers(i + 1));
      if (m.named == Named::grain && word(m.first).ends_with("s")) {
        take(i, m.first);
        add_dimension(m);
        continue;
      }
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
    const Mention m = mention_at(context_, links_, at);
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

#include <algorithm>

#include "analysis/ask/analytic/reader.h"
#include "analysis/ask/candidates/lookup.h"
#include "analysis/ask/linking/records.h"

namespace sextant::ask {

namespace {

const WordSet kNegations = {"except", "excluding", "exclude", "not", "without", "besides"};

}  // namespace

// "customers with more than 3 orders": a condition on each one's count of partners.
void Reader::find_having() {
  for (const Option& option : links_.options) {
    if (option.evidence != Evidence::compare || taken_[option.first] || option.cue_first < 0 ||
        option.values.empty() || option.op == Operator::between ||
        option.cue_first > option.first) {
      continue;
    }
    const int at = skip_fillers(option.last);
    const Mention counted = mention_at(context_, links_, at);
    if (counted.named != Named::table) continue;
    Mention subject;
    for (int i = option.cue_first - 1; i >= 0 && !subject; --i) {
      const Mention m = mention_at(context_, links_, i);
      if (taken_[i] || table_of(m) < 0 || m.named == Named::metric) continue;
      const bool other_table = m.named == Named::table && m.id != counted.id;
      const bool label = m.named == Named::column && !is_measure(context_.columns()[m.id]) &&
                         i + 1 < option.cue_first;
      if (other_table || label) subject = m;
    }
    if (!subject || !reachable(context_, counted.id, table_of(subject))) continue;
    if (!add_dimension(subject)) continue;
    add_measure(counted, std::nullopt);
    Having having;
    having.op = option.op;
    having.value = option.values[0].to_number<double>();
    having.span = span(option.cue_first, option.last);
    reading_.having.push_back(having);
    take(option.cue_first, counted.last);
    return;
  }
}

// "this year vs last year": one row per period, when the periods are of one grain.
void Reader::add_comparison(const Option& second_period) {
  for (int i = 0; i < size(); ++i) {
    if (word(i) == "vs" || word(i) == "versus" || word(i) == "to" || word(i) == "against" ||
        word(i) == "compared" || word(i) == "with") {
      take(i, i + 1);
    }
  }
  if (reading_.measures.empty()) return;
  if (!reading_.dimensions.empty()) return split_by_periods();
  Grain grain = Grain::year;
  for (int i = second_period.first; i < second_period.last; ++i) {
    const Mention m = mention_at(context_, links_, i);
    if (m.named == Named::grain) grain = m.grain;
    if (word(i).size() == 2 && word(i)[0] == 'q') grain = Grain::quarter;
    static const WordSet kMonths = {"january",   "february", "march",    "april",
                                    "may",       "june",     "july",     "august",
                                    "september", "october",  "november", "december"};
    if (kMonths.contains(word(i))) grain = Grain::month;
  }
  const ColumnEntry& column = context_.columns()[second_period.column];
  reading_.dimensions.push_back({table_name(column.table), column.model->name, grain,
                                 span(second_period.first, second_period.last)});
}

// "this year vs last year by category": one figure of each period. The periods are put in when all
// are known.
void Reader::split_by_periods() {
  const bool over_time = std::ranges::any_of(
      reading_.dimensions, [](const Dimension& d) { return d.grain != Grain::none; });
  splits_by_periods_ = !over_time;
}

void Reader::place_periods(Filter periods) {
  if (!splits_by_periods_ || periods.any_of.size() < 2) {
    if (!periods.any_of.empty()) reading_.filters.push_back(std::move(periods));
    return;
  }
  std::vector<Measure> split;
  for (const Measure& measure : reading_.measures) {
    for (const Condition& period : periods.any_of) {
      split.push_back(measure);
      split.back().filters.push_back({{period}, false});
    }
  }
  reading_.measures = std::move(split);
  reading_.filters.push_back(std::move(periods));
}

void Reader::add_filters() {
  const QuestionFrame frame = frame_question(context_, links_);
  // Periods first: one time column for all of them.
  const int time = time_column(context_, main_);
  Filter periods;
  for (const Option& option : links_.options) {
    if (option.evidence != Evidence::period || option.column != time || taken_[option.first])
      continue;
    Condition period = to_condition(frame, option);
    const bool again = std::ranges::any_of(
        periods.any_of, [&](const Condition& c) { return c.values == period.values; });
    if (again) {
      take(option.first, option.last);
      continue;
    }
    // Two periods are compared, not intersected.
    if (!periods.any_of.empty() && period.op == Operator::between) {
      add_comparison(option);
    }
    if (period.op == Operator::between) {
      periods.any_of.push_back(std::move(period));
    } else {
      reading_.filters.push_back({{std::move(period)}, false});
    }
    take(option.first, option.last);
  }
  place_periods(std::move(periods));
  struct Scored {
    const Option* option;
    double score;
  };
  std::vector<Scored> scored;
  for (const Option& option : links_.options) {
    if (option.evidence == Evidence::period) continue;
    bool free = true;
    for (int i = option.first; i < option.last; ++i) free = free && !taken_[i];
    if (!free) continue;
    const ColumnEntry& column = context_.columns()[option.column];
    if (main_ >= 0 && !reachable(context_, main_, column.table)) continue;
    if (option.evidence == Evidence::partial) continue;
    // "share" is no misspelling of a value.
    if (on_a_sheet() && option.evidence == Evidence::fuzzy &&
        (option.first == share_cue() || only_asks(word(option.first)))) {
      continue;
    }
    const int left = option.cue_first >= 0 ? option.cue_first : option.first;
    bool named = false;
    for (int i = std::max(0, left - 3); i < std::min(size(), option.last + 2); ++i) {
      if (i >= option.first && i < option.last) continue;
      named = named || links_.match[option.column][i] >= 0.75f;
    }
    if (option.evidence == Evidence::compare) {
      // "older than 50", "earning more than 100,000": the column that the word speaks of.
      int spoken_of = -1;
      for (int i = std::max(0, left - 1); i < option.first && spoken_of < 0; ++i) {
        spoken_of = column_of_adjective(word(i), nullptr);
        if (spoken_of == option.column) take(i, i + 1);
      }
      if (spoken_of >= 0 && spoken_of != option.column) continue;
      named = named || spoken_of == option.column;
    }
    const bool compared = option.evidence == Evidence::number &&
                          std::ranges::any_of(links_.options, [&](const Option& o) {
                            return o.evidence == Evidence::compare && o.first == option.first;
                          });
    if (compared) continue;  // "over 500" is not 500
    if (option.evidence == Evidence::number && (!named || option.op != Operator::equal)) continue;
    static const WordSet kDurations = {"day",   "days",   "hour", "hours",   "minute", "minutes",
                                       "month", "months", "year", "years",   "week",   "weeks",
                                       "times", "second", "once", "quarters"};
    const bool lasting =
        option.evidence == Evidence::compare && kDurations.contains(word(option.last));
    if (lasting && links_.match[option.column][option.last] < 0.55f) continue;  // "7 days"
    if (option.evidence == Evidence::compare && column.id_like) {
      // "orders over 500" is not about their ids.
      const bool said = std::ranges::any_of(links_.tokens, [](const Token& t) {
        return t.word == "id" || t.word == "ids" || t.word == "code" || t.word == "number";
      });
      if (!named || !said) continue;
    }
    FeatureSink sink(weights_);
    option_features(frame, option, sink);
    double score = sink.score() + 2.0 * (option.last - option.first);
    if (named) score += 6;
    if (main_ >= 0 && column.table == main_) score += 0.5;
    if (option.evidence == Evidence::exact) score += 3;
    // "orders over 500": their money, when nothing is said.
    if (on_a_sheet() && option.evidence == Evidence::compare &&
        column.model->semantic_type == catalog::SemanticType::amount) {
      score += 2;
    }
    if (option.subspan) score -= 5;
    if (option.evidence == Evidence::compare && !is_measure(column)) score -= 2;
    scored.push_back({&option, score});
  }
  std::ranges::sort(scored, [](const Scored& a, const Scored& b) {
    return a.score != b.score ? a.score > b.score : a.option < b.option;
  });
  std::vector<bool> used(links_.tokens.size(), false);
  for (const auto& [option, score] : scored) {
    bool free = true;
    const int first =
        option->cue_first >= 0 ? std::min(option->cue_first, option->first) : option->first;
    const int last = std::max(option->last, option->cue_last);
    for (int i = first; i < last; ++i) free = free && !used[i];
    // In "returned is no" the column's name is not its yes.
    const ColumnEntry& entry = context_.columns()[option->column];
    if (is_flag(entry) && std::ranges::any_of(reading_.filters, [&](const Filter& filter) {
          return filter.any_of.front().column == entry.model->name;
        })) {
      continue;
    }
    if (!free) continue;
    for (int i = first; i < last; ++i) used[i] = true;
    bool negated = option->op == Operator::not_equal;
    for (int i = first - 1; i >= 0 && i >= first - 4; --i) {
      if (kNegations.contains(word(i)) && !taken_[i]) {
        negated = true;
        take(i, i + 1);
        break;
      }
      if (!is_filler(word(i)) && links_.match[option->column][i] < 0.55f && word(i) != "or" &&
          word(i) != "and")
        break;
    }
    Condition condition = to_condition(frame, *option);
    if (option->op == Operator::not_equal) condition.op = Operator::equal;
    // A group's own figure: "with more than 10 orders".
    take(first, last);
    for (int i = std::max(0, first - 3); i < std::min(size(), last + 2); ++i) {
      if (links_.match[option->column][i] >= 0.75f) take(i, i + 1);
    }
    bool merged = false;
    for (Filter& filter : reading_.filters) {
      const Condition& other = filter.any_of.front();
      if (condition.op == Operator::equal && other.op == Operator::equal &&
          other.table == condition.table && other.column == condition.column &&
          filter.negated == negated) {
        filter.any_of.push_back(condition);
        std::ranges::sort(filter.any_of, {},
                          [](const Condition& c) { return c.span ? c.span->start : 0; });
        merged = true;
        break;
      }
    }
    if (!merged) reading_.filters.push_back({{std::move(condition)}, negated});
  }
}

}  // namespace sextant::ask

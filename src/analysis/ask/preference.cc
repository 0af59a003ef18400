#include "analysis/ask/preference.h"

#include <algorithm>
#include <set>

#include "analysis/ask/analytic/chart_request.h"
#include "analysis/ask/clauses/figure_words.h"
#include "analysis/ask/rows/rows.h"
#include "analysis/ask/unread.h"
#include "base/json.h"

namespace sextant::ask {

namespace {

constexpr double kBusiness = 0.15;  // how much less the analytic reading may explain

// What the analytic reader knows better: metrics, time, shares, what has no partner.
bool speaks_of_business(const Reading& r) {
  return std::ranges::any_of(r.measures,
                             [](const Measure& m) {
                               return !m.metric.empty() || m.share ||
                                      m.arithmetic != Arithmetic::none;
                             }) ||
         std::ranges::any_of(r.dimensions,
                             [](const Dimension& d) { return d.grain != Grain::none; }) ||
         std::ranges::any_of(r.filters,
                             [](const Filter& f) {
                               return !f.any_of.empty() && !f.any_of.front().label.empty();
                             }) ||
         !r.absences.empty() || !r.computed.empty() || r.per_group;
}

// Rows that a chart can show: figures by something, or two columns side by side.
bool drawable(const Reading& reading) {
  return reading.intent == Intent::study || reading.columns.size() > 1 ||
         (!reading.measures.empty() &&
          (!reading.dimensions.empty() || !reading.columns.empty() || reading.measures.size() > 1));
}

// Whether whole rows are listed where clauses find the columns that are asked for, and no
// condition less.
bool lists_too_much(const Context& context, const Reading& analytic, const Reading& clauses) {
  const int table = context.find_table(analytic.table);
  return table >= 0 && analytic.measures.empty() && analytic.dimensions.empty() &&
         static_cast<int>(analytic.columns.size()) == context.tables()[table].columns &&
         !clauses.columns.empty() && clauses.columns.size() < analytic.columns.size() &&
         std::ranges::all_of(
             clauses.columns, [](const Projection& p) { return p.span.has_value(); }) &&
         clauses.filters.size() + clauses.absences.size() >=
             analytic.filters.size() + analytic.absences.size();
}

// Values of the data that the question writes like names ("Vienna") and that the reading does not
// use, as where nothing joins their table.
std::vector<std::string> unread_values(const Context& context, const Links& links,
                                       const Reading& reading) {
  std::vector<std::string> unread;
  const std::string whole = json::dump(to_json(reading));
  for (const Option& option : links.options) {
    if (option.evidence != Evidence::exact || option.first == 0) continue;
    const auto start = static_cast<std::size_t>(links.tokens[option.first].start);
    const auto end = static_cast<std::size_t>(links.tokens[option.last - 1].end);
    const char first = links.question[start];
    if (first < 'A' || first > 'Z') continue;
    bool names = false;  // a column or a table
    for (int i = option.first; i < option.last; ++i) {
      for (const auto& match : links.match) names = names || match[i] >= 0.8f;
      for (const auto& match : links.table_match) names = names || match[i] >= 0.8f;
    }
    std::string said = links.question.substr(start, end - start);
    if (names || std::ranges::find(unread, said) != unread.end()) continue;
    // By its words, or by what it stands for: TX for Texas.
    const bool used = uses_words(context, reading, {said}) ||
                      std::ranges::any_of(links.options, [&](const Option& other) {
                        return other.first == option.first && !other.values.empty() &&
                               whole.find(json::dump(other.values[0])) != std::string::npos;
                      });
    if (!used) unread.push_back(std::move(said));
  }
  return unread;
}

constexpr double kByRows = 0.7;  // how sure a question is that goes by rows
constexpr double kWeak = 0.4;    // of the best that can be made of it

// Groups of two columns at once, only counted: no question asks for these on a table as it stands.
bool counts_cells(const Reading& reading) {
  return reading.dimensions.size() > 1 && reading.limit &&
         std::ranges::all_of(reading.measures, [](const Measure& m) {
           return m.aggregate == Aggregate::count && m.metric.empty();
         });
}

bool says_each(const Links& links) {
  const auto& tokens = links.tokens;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].word == "per") return true;
    const bool before = i > 0 && (tokens[i - 1].word == "for" || tokens[i - 1].word == "in");
    if (before && (tokens[i].word == "each" || tokens[i].word == "every")) return true;
  }
  return false;
}

// Whether all that the analytic reader knows of it is its grain of time.
bool only_by_time(const Reading& reading) {
  Reading plain = reading;
  for (Dimension& d : plain.dimensions) d.grain = Grain::none;
  return !speaks_of_business(plain);
}

}  // namespace

bool charts_rows(const Links& links) {
  const ChartRequest chart = chart_request(links);
  if (!chart.type) return chart.axes;
  return (chart.named || chart.axes) && *chart.type != catalog::ChartType::histogram &&
         *chart.type != catalog::ChartType::table;
}

bool needs_synonyms(const Links& links, const Links& wider) {
  const auto best = [](const std::vector<std::vector<float>>& match, std::size_t token) {
    float value = 0;
    for (const auto& of_name : match) value = std::max(value, of_name[token]);
    return value;
  };
  for (std::size_t t = 0; t < links.tokens.size(); ++t) {
    if (links.tokens[t].symbol || links.info[t].stop || links.info[t].in_value) continue;
    const bool valued = std::ranges::any_of(links.options, [&](const Option& option) {
      return option.first <= static_cast<int>(t) && static_cast<int>(t) < option.last;
    });
    if (!valued && best(links.match, t) < 0.55f && best(links.table_match, t) < 0.55f &&
        best(wider.match, t) >= 0.75f) {
      return true;
    }
  }
  return false;
}

bool prefers_clauses(const Context& context, const Links& links, const ClauseReading& clauses,
                     const std::optional<AnalyticReading>& analytic, bool by_synonyms) {
  const bool several = context.keeps_records();
  if (context.tables().size() > 1 && analytic && clauses.explained >= kExplained &&
      lists_too_much(context, analytic->reading, clauses.reading)) {
    return true;
  }
  // A chart of several tables by month or weekday: clauses know their joins and conditions.
  if (context.tables().size() > 1 && analytic && charts_rows(links) && drawable(clauses.reading) &&
      only_by_time(analytic->reading) && clauses.explained >= analytic->explained) {
    return true;
  }
  if (analytic && (analytic->counts_deeds || speaks_of_business(analytic->reading)) &&
      analytic->explained >= clauses.explained - kBusiness) {
    return false;
  }
  if (context.tables().size() > 1) return true;
  // "sorted by the y axis", and points of single rows in groups, are read by clauses alone.
  if (several && clauses.explained >= kWhole) {
    using catalog::ChartType;
    const ChartRequest chart = chart_request(links);
    const bool points =
        chart.type == ChartType::scatter || chart.type == ChartType::grouped_scatter;
    const bool parted =
        chart.type == ChartType::stacked_bar && clauses.reading.dimensions.size() > 1;
    if (chart.axes || parted || (points && clauses.reading.columns.size() > 1)) return true;
  }
  // Figures of the things that a sheet of records is about.
  if (several && analytic) return clauses.explained > analytic->explained + kBusiness;
  if (charts_rows(links) && drawable(clauses.reading) && clauses.explained >= kExplained) {
    return true;
  }
  // A list or a figure of the whole table whose every word is understood.
  const Reading& r = clauses.reading;
  const bool one_asked = r.columns.size() + r.measures.size() == 1 && r.dimensions.empty();
  if (clauses.explained >= kWhole && (r.filters.empty() || (by_synonyms && one_asked))) return true;
  if (clauses.explained >= kWhole && r.limit && !r.order.empty() && r.measures.empty()) return true;
  return clauses.cued && clauses.structured && clauses.explained >= kStructured;
}

bool is_divided(const Reading& reading) {
  return std::ranges::any_of(reading.measures,
                             [](const Measure& m) { return m.arithmetic == Arithmetic::ratio; });
}

bool only_plain_figures(const Reading& reading) {
  using enum FigureKind;
  static const std::set<FigureKind> kPlain = {rows,    values, mean, minimum,
                                              maximum, range,  sum,  mode};
  return reading.study && reading.study->kind == StudyKind::statistics &&
         reading.study->preparations.empty() &&
         std::ranges::all_of(reading.study->figures,
                             [](const Figure& f) { return kPlain.contains(f.kind); });
}

void settle_unread(const Context& context, const Links& links, Understood& understood) {
  if (understood.status == catalog::AnswerStatus::abstained || understood.whole) return;
  const auto& unread = understood.unread;  // of the first reading
  const auto heeding = std::ranges::find_if(understood.readings, [&](const Reading& reading) {
    const bool first = &reading == &understood.readings.front();
    if (!unread.empty() && (first || !uses_words(context, reading, unread))) return false;
    return unread_words(context, links, reading).empty() &&
           (!context.keeps_records() || unread_numbers(context, links, reading).empty());
  });
  if (heeding != understood.readings.end() && heeding != understood.readings.begin()) {
    std::rotate(understood.readings.begin(), heeding, heeding + 1);
    understood.unread.clear();
    understood.read_by_words = false;
  }
  const Reading& best = understood.readings.front();
  for (auto& words : unread_words(context, links, best)) {
    if (std::ranges::find(understood.unread, words) == understood.unread.end())
      understood.unread.push_back(std::move(words));
  }
  std::ranges::move(unread_numbers(context, links, best), std::back_inserter(understood.unread));
  // A chart of one table: "wind generation" where the data knows generation only.
  const bool drawn = charts_rows(links) && understood.status == catalog::AnswerStatus::answered;
  if (context.tables().size() == 1 && understood.unread.empty() &&
      (drawn || (context.keeps_records() && !understood.read_by_words))) {
    understood.unread = unread_content(context, links, best);
  }
  if (context.tables().size() > 1 && understood.unread.empty())
    understood.unread = unread_modifiers(context, links, best);
  if (context.tables().size() > 1 && best.intent == Intent::query && understood.unread.empty()) {
    understood.unread = unread_values(context, links, best);
  }
  if (understood.unread.empty()) {
    if (heeding == understood.readings.begin()) understood.unread = understood.passed_over;
    return;
  }
  understood.status = catalog::AnswerStatus::clarification;
}

void prefer_drawable(const Context& context, const Links& links, Understood& understood) {
  if (understood.readings.empty() || !charts_rows(links)) return;
  if (drawable(understood.readings.front())) return;
  const auto better = std::ranges::find_if(understood.readings, [&](const Reading& reading) {
    return drawable(reading) && unread_words(context, links, reading).empty() &&
           unread_numbers(context, links, reading).empty();
  });
  if (better != understood.readings.end()) {
    std::rotate(understood.readings.begin(), better, better + 1);
  }
}

void prefer_rows(const Context& context, const Links& links, const Weights& weights,
                 Understood& understood) {
  const bool studied =
      !understood.readings.empty() && understood.readings[0].intent != Intent::query;
  if (studied || context.tables().size() != 1 || charts_rows(links)) return;
  // "how many people under 40 for each gender": one count of rows is not what is asked.
  if (!understood.readings.empty() && !understood.readings[0].dimensions.empty() &&
      !counts_cells(understood.readings[0]) && says_each(links)) {
    return;
  }
  auto rows = read_rows(context, links, weights);
  if (!rows) return;
  const bool sure = rows->certainty == Certainty::sure;
  // What a table says as it stands is asked of one that can be read whole.
  const bool small = context.tables()[0].sample.complete;
  const bool lookup = understood.readings.empty() || understood.readings[0].dimensions.empty() ||
                      counts_cells(understood.readings[0]);
  const bool answered = understood.status == catalog::AnswerStatus::answered &&
                        (understood.readings.empty() || !counts_cells(understood.readings[0]));
  const bool unclear = !answered && lookup && small;
  const bool unfound = understood.status == catalog::AnswerStatus::abstained;
  if (!sure && !unclear && !unfound) return;
  // On a sheet of records a question is about its things before it is about single rows.
  if (context.keeps_records() && !unfound && (answered || !sure)) return;
  // What was unclear stays a question unless the words leave no doubt.
  const bool total = rows->reading.study->rows->answer == RowAnswer::sum;
  // "how many points" may be counted or summed.
  const bool asks = rows->certainty == Certainty::weak || total || (!sure && !unfound);
  understood.readings.insert(understood.readings.begin(), std::move(rows->reading));
  understood.next_confidence = understood.confidence;
  understood.confidence = asks ? kWeak : std::max(kByRows, understood.confidence);
  understood.status = asks ? catalog::AnswerStatus::clarification : catalog::AnswerStatus::answered;
  understood.unknown.clear();
  understood.unread.clear();
}

void put_figures_first(const Links& links, Understood& understood) {
  const auto& tokens = links.tokens;
  std::size_t at = 0;
  const auto skip = [&](std::initializer_list<std::string_view> words) {
    while (at < tokens.size() && std::ranges::find(words, tokens[at].word) != words.end()) ++at;
  };
  skip({"please"});
  const std::size_t verb = at;
  skip({"find", "count", "compute", "calculate", "determine"});
  const ChartRequest chart = chart_request(links);
  if (at == verb || chart.type || chart.any || chart.named || chart.axes) return;
  skip({"out", "me", "the", "all", "total", "of", "different", "distinct"});
  const bool counts = tokens[verb].word == "count";
  if (at >= tokens.size() || !(counts || aggregate_word(tokens[at].word) ||
                               tokens[at - 1].word == "total" || tokens[at].word == "number" ||
                               tokens[at].word == "numbers" || tokens[at].word == "amount")) {
    return;
  }
  for (Reading& reading : understood.readings) {
    reading.figures_first = !reading.dimensions.empty() && !reading.measures.empty() &&
                            reading.columns.empty() && !reading.per_group && !reading.limit;
  }
}

}  // namespace sextant::ask

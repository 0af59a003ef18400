#include "analysis/ask/understand.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "analysis/ask/analytic/analytic.h"
#include "analysis/ask/analytic/chart_request.h"
#include "analysis/ask/candidates/lookup.h"
#include "analysis/ask/candidates/person_names.h"
#include "analysis/ask/clauses/clauses.h"
#include "analysis/ask/defined_terms.h"
#include "analysis/ask/divided.h"
#include "analysis/ask/linking/language.h"
#include "analysis/ask/linking/senses.h"
#include "analysis/ask/rows/rows.h"
#include "analysis/ask/study/read.h"
#include "analysis/ask/study/told.h"
#include "analysis/ask/unread.h"

namespace sextant::ask {

namespace {

constexpr std::size_t kCandidates = 48;
constexpr double kSure = 0.55;        // answer from here on
constexpr double kClose = 0.5;        // second / first: two meanings
constexpr double kBusiness = 0.15;    // how much less the analytic reading may explain
constexpr double kWhole = 0.95;       // all words understood
constexpr double kStructured = 0.65;  // from here on one table is read clause by clause
constexpr double kHeeded = 0.62;      // below it more is passed over than may be
constexpr double kExplained = 0.55;   // share of content words below which nothing is claimed

bool has_word(const Links& links, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(links.tokens, [&](const Token& t) {
    return std::ranges::find(words, t.word) != words.end();
  });
}

// Intents that need no column: few words, none of which names data.
std::optional<Intent> overall_intent(const Context& context, const Links& links) {
  bool names_data = false;
  for (int i = 0; i < static_cast<int>(links.tokens.size()); ++i) {
    const std::string& w = links.tokens[i].word;
    if (w == "data" || w == "main" || w == "my" || w == "summary" || w == "trends" ||
        w == "trend" || w == "overview")
      continue;
    names_data = names_data || static_cast<bool>(mention_at(context, links, i));
  }
  if (has_word(links, {"summary", "summarise", "summarize", "overview"}) && !names_data)
    return Intent::summary;
  if (has_word(links, {"describe"}) && has_word(links, {"data", "dataset"})) return Intent::summary;
  if (has_word(links, {"trends", "trend", "insights"}) && !names_data) return Intent::trends;
  return std::nullopt;
}

// The lookup's share of the probability, with readings that give the same rows counted as one.
struct Meaning {
  Reading reading;
  double probability = 0;
  std::vector<std::string> rows;
  double best_score = 0;
  const Lookup* lookup = nullptr;
};

std::vector<Meaning> meanings_of(const LookupSpace& space) {
  std::vector<Meaning> meanings;
  if (space.candidates.empty()) return meanings;
  const double top = space.candidates.front().score;
  double total = 0;
  for (const Lookup& candidate : space.candidates) {
    const double mass = std::exp(candidate.score - top);
    total += mass;
    if (mass < 1e-4) continue;
    std::vector<std::string> rows;
    for (const Cell& cell : run_on_sample(space, candidate, 50)) {
      if (const auto* number = std::get_if<double>(&cell)) {
        rows.push_back(fmt::format("{:.9g}", *number));
      } else if (const auto* text = std::get_if<std::string>(&cell)) {
        rows.push_back(*text);
      } else {
        rows.emplace_back();
      }
    }
    Reading reading = to_reading(space, candidate);
    const auto same = std::ranges::find_if(meanings, [&](const Meaning& m) {
      return (!rows.empty() && m.rows == rows) || to_json(m.reading) == to_json(reading);
    });
    if (same != meanings.end()) {
      same->probability += mass;
    } else {
      meanings.push_back({std::move(reading), mass, std::move(rows), candidate.score, &candidate});
    }
  }
  for (Meaning& m : meanings) m.probability /= total;
  return meanings;
}

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

// A chart of rows or groups that is asked for by its type or its axes: no study can be drawn so.
bool charts_rows(const Links& links) {
  const ChartRequest chart = chart_request(links);
  if (!chart.type) return chart.axes;
  return (chart.named || chart.axes) && *chart.type != catalog::ChartType::histogram &&
         *chart.type != catalog::ChartType::table;
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

// Whether a word is understood as a synonym only, which lookups of one table do not know.
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
  if (analytic && (analytic->by_uses || speaks_of_business(analytic->reading)) &&
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
    if (chart.axes || (points && clauses.reading.columns.size() > 1)) return true;
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

// Means, sums and extremes, which a query over several tables computes with their groups.
bool only_plain_figures(const Reading& reading) {
  using enum FigureKind;
  static const std::set<FigureKind> kPlain = {rows,    values, mean, minimum,
                                              maximum, range,  sum,  mode};
  return reading.study && reading.study->kind == StudyKind::statistics &&
         reading.study->preparations.empty() &&
         std::ranges::all_of(reading.study->figures,
                             [](const Figure& f) { return kPlain.contains(f.kind); });
}

Understood read_question(const Context& context, const Links& links, std::string_view question,
                         std::string_view instructions, std::string_view today,
                         const Weights& weights) {
  Understood understood;
  if (links.tokens.empty() || context.columns().empty()) return understood;

  if (const auto intent = overall_intent(context, links)) {
    Reading reading;
    reading.intent = *intent;
    understood.readings.push_back(std::move(reading));
    understood.status = catalog::AnswerStatus::answered;
    understood.confidence = 0.95;
    return understood;
  }

  auto study = charts_rows(links) ? std::nullopt
                                  : read_study(context, question, instructions, today, weights);
  if (study && !(context.keeps_records() && instructions.empty() && only_plain_figures(*study))) {
    understood.readings.push_back(std::move(*study));
    understood.status = catalog::AnswerStatus::answered;
    understood.confidence = 0.8;
    return understood;
  }

  if (links.tokens[0].word == "why") {
    understood.unknown.push_back("why");  // causes are not in the data
    return understood;
  }

  auto analytic = read_analytic(context, links, weights);
  if (analytic && analytic->explained < kExplained) analytic.reset();
  // Lookups of one table are ranked by weights learnt without synonyms; clauses go by them too.
  Links wider = links;
  if (context.tables().size() == 1) link_synonyms(context, wider);
  auto clauses = read_clauses(context, wider, weights);
  if (has_word(links, {"ratio", "proportion"}) &&
      !(clauses && clauses->explained >= kWhole && is_divided(clauses->reading))) {
    if (auto divided = read_divided(context, question, today, weights)) {
      understood.readings.push_back(std::move(divided->reading));
      understood.whole = true;
      understood.confidence = 0.9;
      understood.status = catalog::AnswerStatus::answered;
      if (clauses) understood.readings.push_back(std::move(clauses->reading));
      return understood;
    }
  }
  if (study && clauses && clauses->explained < kStructured) clauses.reset();
  if (clauses &&
      prefers_clauses(context, links, *clauses, analytic, needs_synonyms(links, wider))) {
    understood.readings.push_back(std::move(clauses->reading));
    understood.confidence = 0.9 * (0.4 + 0.6 * clauses->explained);
    understood.status = understood.confidence >= kSure ? catalog::AnswerStatus::answered
                                                       : catalog::AnswerStatus::clarification;
    if (context.tables().size() > 1 && clauses->explained < kHeeded) {
      understood.status = catalog::AnswerStatus::clarification;
      understood.passed_over = std::move(clauses->unexplained);
    }
    if (analytic) understood.readings.push_back(std::move(analytic->reading));
    if (study) understood.readings.push_back(std::move(*study));
    return understood;
  }
  if (study) {
    understood.readings.push_back(std::move(*study));
    understood.status = catalog::AnswerStatus::answered;
    understood.confidence = 0.8;
    return understood;
  }
  if (analytic) {
    understood.readings.push_back(std::move(analytic->reading));
    understood.unread = std::move(analytic->unread);
    understood.read_by_words = true;
    understood.confidence = analytic->strength * (0.5 + 0.5 * analytic->explained);
    understood.status = understood.confidence >= kSure ? catalog::AnswerStatus::answered
                                                       : catalog::AnswerStatus::clarification;
    if (clauses) understood.readings.push_back(std::move(clauses->reading));
    return understood;
  }

  const LookupSpace space = find_lookups(context, links, weights, kCandidates);
  auto meanings = meanings_of(space);
  if (meanings.empty()) return understood;
  // The order of scores, not of merged probability, says what is best; merging says how sure.
  for (auto& meaning : meanings) understood.readings.push_back(std::move(meaning.reading));
  understood.confidence = meanings[0].probability;
  for (std::size_t i = 1; i < meanings.size(); ++i) {
    understood.next_confidence = std::max(understood.next_confidence, meanings[i].probability);
  }

  const Lookup& best = *meanings[0].lookup;
  const OptionSet& set = space.sets[best.set];
  int content = 0, explained = 0;
  for (std::size_t i = 0; i < links.tokens.size(); ++i) {
    if (links.tokens[i].symbol || links.info[i].stop) continue;
    ++content;
    if (set.used[i] || set.header[i] || links.match[best.column][i] >= 0.55f) {
      ++explained;
    } else if (frame_question(context, links).evidence[i] == 0 && understood.unknown.size() < 5) {
      understood.unknown.push_back(std::string(
          question.substr(static_cast<std::size_t>(links.tokens[i].start),
                          static_cast<std::size_t>(links.tokens[i].end - links.tokens[i].start))));
    }
  }
  const bool grounded = !set.options.empty() || set.coverage[best.column] >= 0.5f;
  const double share = content == 0 ? 0 : static_cast<double>(explained) / content;
  if (!grounded || (set.options.empty() && share < 0.34)) {
    understood.status = catalog::AnswerStatus::abstained;
    understood.confidence = std::min(understood.confidence, 0.3);
  } else if (understood.confidence < kSure &&
             understood.next_confidence > kClose * understood.confidence) {
    understood.status = catalog::AnswerStatus::clarification;
  } else {
    understood.status = catalog::AnswerStatus::answered;
  }
  if (context.keeps_records() && understood.status == catalog::AnswerStatus::answered &&
      !understood.unknown.empty()) {
    // "rainy" of "how many rainy days": an answer without it is another question's.
    understood.status = catalog::AnswerStatus::clarification;
    understood.unread = understood.unknown;
  }
  return understood;
}

// A reading that leaves words unread gives way to one that heeds them all; when there is none, or a
// number is not used, it is not claimed.
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
  if (context.tables().size() == 1 && context.keeps_records() && understood.unread.empty() &&
      !understood.read_by_words) {
    understood.unread = unread_content(context, links, best);
  }
  if (understood.unread.empty()) {
    if (heeding == understood.readings.begin()) understood.unread = understood.passed_over;
    return;
  }
  understood.status = catalog::AnswerStatus::clarification;
}

// Where a chart is asked for, a reading that can be drawn goes before one that is a single figure.
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

// The question with blanks in place of the number of a list that it was copied from: "1. What is
// …",
// "(2) Which …". What is left stands where it stood.
std::string without_list_number(std::string_view question) {
  std::string out(question);
  std::size_t at = out.find_first_not_of(" \t");
  if (at == std::string::npos) return out;
  if (out[at] == '(') ++at;
  std::size_t end = at;
  while (end < out.size() && end < at + 2 && out[end] >= '0' && out[end] <= '9') ++end;
  const bool mark = end > at && end + 1 < out.size() && (out[end] == '.' || out[end] == ')') &&
                    out[end + 1] == ' ';
  if (mark) std::fill(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(end) + 1, ' ');
  return out;
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

// A question that goes by the rows of one table as they stand, where its words leave no doubt or
// nothing else is found.
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

}  // namespace

Understood understand(const Context& context, std::string_view whole_question,
                      std::string_view today, const Weights& weights) {
  // What follows on lines of its own says how to answer.
  const std::size_t line = std::min(whole_question.find('\n'), whole_question.size());
  std::string_view notes = whole_question.substr(line);
  std::string question = without_list_number(whole_question.substr(0, line));
  const auto written = write_out_terms(question, notes);
  if (written) question = written->question;
  // Over several tables notes tell what words mean; a study is told by what it is to report.
  if (context.tables().size() > 1 && reported_names(notes).empty()) notes = {};
  const Links links = link(context, question, today);
  Understood understood = read_question(context, links, question, notes, today, weights);
  settle_unread(context, links, understood);
  for (Reading& reading : understood.readings) complete_names(context, links, reading);
  prefer_drawable(context, links, understood);
  if (notes.empty()) prefer_rows(context, links, weights, understood);
  if (written) {
    for (Reading& reading : understood.readings) reading = written->placed(reading);
  }
  understood.language = foreign_language(links.tokens);
  if (!understood.language.empty()) understood.status = catalog::AnswerStatus::abstained;
  return understood;
}

}  // namespace sextant::ask

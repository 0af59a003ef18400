#include "analysis/ask/understand.h"

#include <algorithm>
#include <cmath>

#include "analysis/ask/analytic/analytic.h"
#include "analysis/ask/candidates/lookup.h"
#include "analysis/ask/candidates/person_names.h"
#include "analysis/ask/chart_questions.h"
#include "analysis/ask/clauses/clauses.h"
#include "analysis/ask/defined_terms.h"
#include "analysis/ask/divided.h"
#include "analysis/ask/linking/language.h"
#include "analysis/ask/linking/senses.h"
#include "analysis/ask/preference.h"
#include "analysis/ask/study/read.h"
#include "analysis/ask/study/told.h"
#include "analysis/ask/weekdays.h"

namespace sextant::ask {

namespace {

constexpr std::size_t kCandidates = 48;
constexpr double kSure = 0.55;    // answer from here on
constexpr double kClose = 0.5;    // second / first: two meanings
constexpr double kHeeded = 0.62;  // below it more is passed over than may be

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
  if (study && bars_of_groups(context, links, weights)) study.reset();
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
  for (Reading& reading : understood.readings) {
    part_compared(context, links, reading);
    add_weekdays(context, links, reading);
  }
  settle_unread(context, links, understood);
  for (Reading& reading : understood.readings) complete_names(context, links, reading);
  prefer_drawable(context, links, understood);
  put_figures_first(links, understood);
  if (notes.empty()) prefer_rows(context, links, weights, understood);
  if (written) {
    for (Reading& reading : understood.readings) reading = written->placed(reading);
  }
  understood.language = foreign_language(links.tokens);
  if (!understood.language.empty()) understood.status = catalog::AnswerStatus::abstained;
  return understood;
}

}  // namespace sextant::ask

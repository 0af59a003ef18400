#include "analysis/ask/unread.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <set>
#include <string_view>

#include "analysis/ask/analytic/analytic.h"
#include "analysis/ask/analytic/chart_request.h"
#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/chart_questions.h"
#include "analysis/ask/clauses/adjectives.h"
#include "analysis/ask/deeds.h"

namespace sextant::ask {

namespace {

using Words = std::vector<std::string_view>;

bool among(const Words& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

// Words that ask for something, and whether a reading does it.
struct Cue {
  Words words;
  std::function<bool(const Deeds&)> heeded;
};

bool takes(const Deeds& d, Aggregate aggregate) { return d.aggregates.contains(aggregate); }
bool several(const Deeds& d) {
  return d.conditions > 1 || d.columns > 1 || d.measures > 1 || d.dimensions > 1;
}

const std::vector<Cue>& cues() {
  static const std::vector<Cue> kCues = {
      {{"average", "averages", "averaged", "avg"},
       [](const Deeds& d) { return takes(d, Aggregate::avg) || d.arithmetic; }},
      {{"most", "least", "fewest"},
       [](const Deeds& d) {
         return d.ordered || d.limited || d.compares || d.rank || takes(d, Aggregate::max) ||
                takes(d, Aggregate::min);
       }},
      {{"median"}, [](const Deeds& d) { return takes(d, Aggregate::median); }},
      {{"percentile", "quartile", "quantile"},
       [](const Deeds& d) { return takes(d, Aggregate::percentile); }},
      {{"deviation", "variance"}, [](const Deeds& d) { return takes(d, Aggregate::stddev); }},
      {{"cumulative", "cumulatively", "accumulated"}, [](const Deeds& d) { return d.running; }},
      {{"share", "percentage", "percent", "proportion", "ratio", "rate"},
       [](const Deeds& d) { return d.share || d.arithmetic || d.change; }},
      {{"exactly"}, [](const Deeds& d) { return d.compares || d.conditions > 0; }},
      {{"male", "males", "female", "females", "women"},
       [](const Deeds& d) { return d.conditions > 0 || d.dimensions > 0 || several(d); }},
      {{"letter", "letters", "substring"}, [](const Deeds& d) { return d.searches; }},
      {{"difference"}, [](const Deeds& d) { return d.arithmetic || d.change; }},
      {{"both"}, [](const Deeds& d) { return d.combines || several(d); }},
      {{"between"},
       [](const Deeds& d) {
         return d.compares || d.arithmetic || d.combines || d.nested || d.dimensions > 0 ||
                d.columns > 1 || several(d);
       }},
      {{"not", "without", "never", "except", "excluding", "neither", "nor", "didnt", "dont",
        "doesnt", "isnt", "arent", "wasnt", "werent", "hasnt", "havent"},
       [](const Deeds& d) { return d.negates || d.compares; }},
      {{"per"},
       [](const Deeds& d) {
         return d.dimensions > 0 || d.columns > 1 || d.arithmetic || d.share || d.rank ||
                takes(d, Aggregate::avg);
       }},
      {{"each", "every"},
       [](const Deeds& d) {
         return d.dimensions > 0 || d.columns > 1 || d.arithmetic || d.share || d.rank;
       }},
      {{"forecast", "predict", "prediction", "correlation", "correlate", "correlated", "outlier",
        "outliers", "anomaly", "anomalies", "regression"},
       [](const Deeds&) { return false; }},  // what a study does, and this is none
  };
  return kCues;
}

// A comparison of figures: "more than", but not "other than", "rather than".
bool than_heeded(const Links& links, std::size_t i, const Deeds& deeds) {
  if (i > 0 && among({"other", "rather"}, links.tokens[i - 1].word)) return true;
  for (std::size_t k = i + 1; k < std::min(links.tokens.size(), i + 4); ++k) {
    if (links.tokens[k].stem == "averag") return deeds.nested;
  }
  return deeds.compares || deeds.nested || deeds.arithmetic || deeds.negates;
}

// "compared with last year" needs the two periods; "compare Germany and France" two of anything.
bool comparison_heeded(const Links& links, std::size_t i, const Deeds& deeds) {
  if (deeds.change || deeds.arithmetic || deeds.periods > 1) return true;
  const bool with_period = std::ranges::any_of(links.periods, [&](const Period& period) {
    return period.first > static_cast<int>(i) && period.first <= static_cast<int>(i) + 3;
  });
  const bool over_time =
      std::ranges::any_of(deeds.grains, [](Grain grain) { return grain != Grain::none; });
  return over_time || (!with_period && (several(deeds) || deeds.dimensions > 0));
}

// "the second highest", "3rd most"
bool ordinal_heeded(const Links& links, std::size_t i, const Deeds& deeds) {
  static const Words kSuperlatives = {"most",   "highest", "largest",  "biggest", "best",
                                      "lowest", "least",   "smallest", "worst",   "longest",
                                      "oldest", "newest",  "youngest", "cheapest"};
  if (i + 1 >= links.tokens.size() || !among(kSuperlatives, links.tokens[i + 1].word)) return true;
  return deeds.offset || deeds.rank;
}

// A unit of time that is asked for: "which month", "by week". A period's own words are stems.
std::optional<Grain> grain_of(std::string_view stem) {
  if (stem == "month") return Grain::month;
  if (stem == "quarter") return Grain::quarter;
  if (stem == "week") return Grain::week;
  if (stem == "weekday") return Grain::weekday;
  return std::nullopt;
}

bool grain_heeded(const Context& context, Grain grain, const Deeds& deeds) {
  if (context.last_date().empty()) return true;  // no time to be cut into such
  return deeds.grains.contains(grain) ||
         (grain == Grain::week && deeds.grains.contains(Grain::weekday)) ||
         (grain == Grain::weekday && deeds.stems.contains("weekday")) ||
         (grain == Grain::month && deeds.grains.contains(Grain::month_name)) || deeds.periods > 0 ||
         deeds.compares;
}

// On a sheet of records: a word that is a whole column's name, or a value of the data, and is not
// used.
bool data_heeded(const Context& context, const Links& links, std::size_t i, const Deeds& deeds) {
  if (context.tables().size() != 1 || !context.keeps_records()) return true;
  if (deeds.stems.contains(links.tokens[i].stem)) return true;
  const int at = static_cast<int>(i);
  for (std::size_t c = 0; c < context.columns().size(); ++c) {
    const auto& words = context.columns()[c].words;
    if (words.size() == 1 && words[0].stem == links.tokens[i].stem && links.match[c][i] >= 0.99f)
      return false;
  }
  static const Words kExtremes = {"highest", "lowest",   "largest", "smallest", "biggest",
                                  "longest", "shortest", "best",    "worst"};
  if (among(kExtremes, links.tokens[i].word)) {
    return deeds.ordered || deeds.compares || deeds.rank || deeds.nested ||
           takes(deeds, Aggregate::max) || takes(deeds, Aggregate::min);
  }
  // "the fastest car" of a sheet that knows no speed.
  const auto spoken = std::ranges::find(adjectives(), links.tokens[i].word, &Adjective::word);
  static const Words kOpen = {"largest", "biggest", "smallest", "highest",  "best",
                              "worst",   "make",    "makes",    "recent",   "recently",
                              "oldest",  "newest",  "latest",   "earliest", "cost"};
  if (spoken != adjectives().end() && !among(kOpen, spoken->word)) {
    return std::ranges::any_of(spoken->columns, [&](std::string_view stem) {
      return std::ranges::any_of(deeds.stems, [&](const std::string& used) {
        return used == stem || (stem.size() > 4 && used.starts_with(stem));
      });
    });
  }
  bool value = false;
  for (const Option& option : links.options) {
    if (option.evidence != Evidence::exact || option.subspan || option.first != at ||
        option.last != at + 1 || links.info[i].stop) {
      continue;
    }
    // However it is called: "women" where the data has F.
    const bool used =
        option.values[0].is_string() &&
        std::ranges::all_of(tokenise(option.values[0].get_string()),
                            [&](const Token& w) { return deeds.stems.contains(w.stem); });
    if (used) return true;
    value = true;
  }
  return !value;
}

bool names_anything(const Links& links, std::size_t i) {
  return links.info[i].in_value || links.tokens[i].number ||
         std::ranges::any_of(links.match, [i](const auto& m) { return m[i] >= 0.55f; });
}

// The first word after "by" that says something; `i` itself when there is none.
std::size_t split_by(const Links& links, std::size_t i) {
  std::size_t of = i + 1;
  while (of < links.tokens.size() && links.info[of].stop) ++of;
  return of < links.tokens.size() ? of : i;
}

// "income by country" where no figure is called income: another figure is no answer.
bool unknown_figure(const Context& context, const Links& links, std::size_t i, const Deeds& deeds) {
  static const Words kFigures = {"growth",  "change", "share", "trend",     "value",    "values",
                                 "total",   "sum",    "count", "number",    "amount",   "data",
                                 "order",   "sort",   "chart", "breakdown", "analysis", "graph",
                                 "plot",    "group",  "split", "average",   "rate",     "overview",
                                 "display", "show",   "list",  "rank",      "ranked",   "arrange"};
  const Token& before = links.tokens[i - 1];
  const bool verb = before.word.ends_with("ed") || before.word.ends_with("en") ||
                    before.word.ends_with("t") || before.word.ends_with("n");
  if (verb || before.symbol || links.info[i - 1].stop || among(kFigures, before.word)) return false;
  if (deeds.ordered || deeds.limited || deeds.stems.contains(before.stem)) return false;
  if (deeds.computed) return false;  // "shipping time by region"
  if (names_anything(links, i - 1)) return false;
  for (std::size_t from = i - std::min<std::size_t>(i, 5); from < i; ++from) {
    const Mention m = mention_at(context, links, static_cast<int>(from));
    if (m && m.last >= static_cast<int>(i)) return false;
  }
  return true;
}

// "which products …" is not answered by rows that show no product.
bool thing_heeded(const Context& context, const Links& links, std::size_t i, const Deeds& deeds) {
  if (!context.keeps_records()) return true;
  const Mention asked = mention_at(context, links, static_cast<int>(i) + 1);
  const bool thing = asked.named == Named::table ||
                     (asked.named == Named::column && !is_measure(context.columns()[asked.id]));
  if (!thing) return true;
  for (int t = asked.first; t < asked.last; ++t) {
    if (deeds.shown.contains(links.tokens[static_cast<std::size_t>(t)].stem)) return true;
  }
  const std::string& table = asked.named == Named::table ? context.tables()[asked.id].model->name
                                                         : context.columns()[asked.id].model->name;
  return std::ranges::any_of(name_tokens(table),
                             [&](const Token& word) { return deeds.shown.contains(word.stem); });
}

// "total customers by region": figures that are not split by it, be it known by that name or not.
bool split_heeded(const Context& context, const Links& links, std::size_t i, const Deeds& deeds) {
  if (i == 0) return true;
  if (unknown_figure(context, links, i, deeds)) return false;
  if (deeds.measures == 0 || deeds.dimensions > 0 || deeds.columns > 0) return true;
  const int by = static_cast<int>(i);
  if (!mention_at(context, links, by - 1) && !names_anything(links, i - 1)) return true;
  const std::size_t of = split_by(links, i);
  if (of == i || links.tokens[of].symbol) return true;
  return deeds.stems.contains(links.tokens[of].stem);
}

// "2.3 million" as it stands or multiplied, a percentage as a share; what names a day or a year
// where days are compared.
bool number_heeded(double number, const Deeds& deeds) {
  constexpr double kGreatestYear = 2999;
  if (deeds.dated && number <= kGreatestYear) return true;
  return std::ranges::any_of(deeds.numbers, [&](double used) {
    return std::ranges::any_of(
        std::initializer_list<double>{1, 1e3, 1e6, 1e9, 0.01}, [&](double factor) {
          return std::abs(std::abs(used) - number * factor) <= 1e-9 * std::abs(used);
        });
  });
}

// "how many have an exam and how many do not"
bool names_other_half(const Links& links, std::size_t i) {
  const auto word = [&](std::size_t back) {
    return i >= back ? std::string_view(links.tokens[i - back].word) : std::string_view();
  };
  const std::size_t verb = links.tokens[i].word == "not" ? 1 : 0;
  return word(verb + 1) == "many" && word(verb + 2) == "how" && word(verb + 3) == "and";
}

bool heeded(const Context& context, const Links& links, std::size_t i, const Deeds& deeds) {
  static const Words kOrdinals = {"second", "third", "fourth", "fifth", "2nd", "3rd", "4th", "5th"};
  const Token& token = links.tokens[i];
  const std::string_view next =
      i + 1 < links.tokens.size() ? std::string_view(links.tokens[i + 1].word) : "";
  if (!data_heeded(context, links, i, deeds)) return false;
  if (token.word == "than") return than_heeded(links, i, deeds);
  if (among({"compared", "compare", "comparison", "versus", "vs"}, token.word)) {
    return comparison_heeded(links, i, deeds);
  }
  if (among(kOrdinals, token.word)) return ordinal_heeded(links, i, deeds);
  if (token.word == "by" || token.word == "per") {
    if (!split_heeded(context, links, i, deeds)) return false;
  }
  if (token.word == "top" && i + 1 < links.tokens.size() && links.tokens[i + 1].number) {
    return deeds.limited;
  }
  if (token.word == "why") return false;
  // Times of day are no groups yet.
  if (token.stem == "hour" && i > 0 &&
      among({"per", "by", "each", "every"}, links.tokens[i - 1].word))
    return false;
  // A histogram shows how values spread; means that nobody asked for are no answer.
  if (token.word == "histogram" && deeds.aggregates.contains(Aggregate::avg)) {
    return std::ranges::any_of(links.tokens, [](const Token& t) {
      return among({"average", "mean", "avg", "averaged"}, t.word);
    });
  }
  if ((token.word == "not" || token.word.ends_with("nt")) && names_other_half(links, i)) {
    return deeds.dimensions > 0;
  }
  if (token.word == "which" && !thing_heeded(context, links, i, deeds)) return false;
  if (token.word == "running" && (next == "total" || next == "sum")) return deeds.running;
  if (const auto grain = grain_of(token.stem)) return grain_heeded(context, *grain, deeds);
  for (const Cue& cue : cues()) {
    if (among(cue.words, token.word)) return cue.heeded(deeds);
  }
  return true;
}

// "not in Paris or over 500" where both are to hold: the two belong to different filters.
bool alternative_heeded(const Links& links, std::size_t i, const Reading& reading) {
  constexpr std::size_t kNear = 2;  // tokens from the end of a condition to its "or"
  const auto& tokens = links.tokens;
  std::int64_t before_end = 0, after_start = std::numeric_limits<std::int64_t>::max();
  const auto each_span = [&reading](auto use) {
    for (const Filter& filter : reading.filters) {
      for (const Condition& condition : filter.any_of) {
        if (condition.span) use(filter, *condition.span);
      }
    }
  };
  each_span([&](const Filter&, const Span& span) {
    if (span.end <= tokens[i].start) before_end = std::max(before_end, span.end);
    if (span.start >= tokens[i].end) after_start = std::min(after_start, span.start);
  });
  std::set<const Filter*> before, after;
  each_span([&](const Filter& filter, const Span& span) {
    if (span.end == before_end) before.insert(&filter);
    if (span.start == after_start) after.insert(&filter);
  });
  if (before.empty() || after.empty()) return true;
  if (std::ranges::any_of(before, [&](const Filter* f) { return after.contains(f); })) return true;
  return i < kNear + 1 || before_end <= tokens[i - kNear - 1].start;
}

// The question's own text from one token to another, both with it.
std::string words_of(const Links& links, std::size_t first, std::size_t last) {
  const auto start = static_cast<std::size_t>(links.tokens[first].start);
  return links.question.substr(start, static_cast<std::size_t>(links.tokens[last].end) - start);
}

}  // namespace

std::vector<std::string> unread_words(const Context& context, const Links& links,
                                      const Reading& reading) {
  std::vector<std::string> unread;
  if (reading.intent != Intent::query) return unread;
  const Deeds deeds = deeds_of(context, reading);
  if (lists_repeated(context, reading) &&
      std::ranges::any_of(links.tokens, [](const Token& t) { return t.word == "histogram"; })) {
    unread.push_back("histogram");
  }
  for (std::size_t i = 0; i + 1 < links.tokens.size(); ++i) {
    if (links.tokens[i].word == "over" && links.tokens[i + 1].word == "time" &&
        chart_request(links).named && !shows_time(context, reading)) {
      unread.push_back(words_of(links, i, i + 1));
    }
  }
  for (std::size_t i = 0; i < links.tokens.size(); ++i) {
    const Token& token = links.tokens[i];
    if (token.word == "or" && !alternative_heeded(links, i, reading)) unread.push_back("or");
    const bool names_data = deeds.stems.contains(token.stem);
    const bool running_total = token.word == "running" && i + 1 < links.tokens.size() &&
                               links.tokens[i + 1].stem == "total";
    const bool top = token.word == "top" && i + 1 < links.tokens.size() &&
                     links.tokens[i + 1].number && !deeds.stems.contains("top");
    // "the proportion of patients by sex" as a pie
    const bool parts = among({"proportion", "proportions"}, token.word) &&
                       reading.chart == catalog::ChartType::pie && deeds.dimensions > 0;
    if (token.symbol || parts || (names_data && !running_total && !top)) continue;
    if (heeded(context, links, i, deeds)) continue;
    std::size_t first = i, last = i;  // "by region" is not read, nor is "top 5"
    if (top) last = i + 1;
    if (token.word == "by" || token.word == "per") {
      const bool figure = i > 0 && unknown_figure(context, links, i, deeds);
      first = last = figure ? i - 1 : i;
      if (!figure) last = split_by(links, i);
    }
    if (token.word == "which") last = std::min(i + 1, links.tokens.size() - 1);
    unread.push_back(words_of(links, first, last));
  }
  return unread;
}

std::vector<std::string> unread_numbers(const Context& context, const Links& links,
                                        const Reading& reading) {
  std::vector<std::string> unread;
  if (reading.intent != Intent::query) return unread;
  const Deeds deeds = deeds_of(context, reading);
  for (std::size_t i = 0; i < links.tokens.size(); ++i) {
    const Token& token = links.tokens[i];
    if (!token.number || deeds.stems.contains(token.stem) || number_heeded(*token.number, deeds)) {
      continue;
    }
    unread.push_back(words_of(links, i, i));
  }
  return unread;
}

std::vector<std::string> unread_content(const Context& context, const Links& links,
                                        const Reading& reading) {
  static const Words kTurns = {
      "more",       "less",      "fewer",       "than",    "over",    "under",     "above",
      "below",      "least",     "most",        "highest", "lowest",  "top",       "bottom",
      "bigger",     "larger",    "first",       "last",    "second",  "third",     "higher",
      "lower",      "least",     "between",     "before",  "after",   "since",     "until",
      "equal",      "equals",    "not",         "without", "never",   "ascending", "descending",
      "same",       "both",      "also",        "only",    "any",     "having",    "whose",
      "where",      "when",      "which",       "greater", "smaller", "largest",   "smallest",
      "average",    "minimum",   "maximum",     "min",     "max",     "exactly",   "growth",
      "cumulative", "cumulated", "accumulated", "once",    "twice",   "times",     "change",
      "forecast"};
  std::vector<std::string> unread;
  if (reading.intent != Intent::query) return unread;
  const Deeds deeds = deeds_of(context, reading);
  const ChartRequest chart = chart_request(links);
  for (std::size_t i = 0; i < links.tokens.size(); ++i) {
    const Token& token = links.tokens[i];
    if (chart.tokens[i]) continue;
    // "horsepower against weight": two things that a chart shows side by side; "bin … by month".
    static const Words kBeside = {"against", "versus", "vs", "colored", "coloured"};
    static const Words kBins = {"bin", "bins", "binned", "binning", "interval", "intervals"};
    const bool beside = reading.chart && deeds.columns + deeds.dimensions + deeds.measures > 1;
    if (beside && among(kBeside, token.word)) continue;
    const bool binned = std::ranges::any_of(deeds.grains, [](Grain g) { return g != Grain::none; });
    if (binned && among(kBins, token.word)) continue;
    if (i > 0 && completes_name(token.word) && deeds.stems.contains(links.tokens[i - 1].stem)) {
      continue;
    }
    static const Words kAxes = {"x", "y", "axis", "asc", "desc", "low", "high"};
    if (deeds.ordered && among(kAxes, token.word)) continue;
    const bool adjective =
        std::ranges::find(adjectives(), token.word, &Adjective::word) != adjectives().end();
    const bool dated = std::ranges::any_of(links.periods, [i](const Period& period) {
      return period.first <= static_cast<int>(i) && static_cast<int>(i) < period.last;
    });
    if (token.symbol || token.number || links.info[i].stop || adjective || dated ||
        only_talks(token.word) || among(kTurns, token.word) || deeds.stems.contains(token.stem)) {
      continue;
    }
    // A value that it can stand for counts when the reading uses it.
    bool valued = false, used = false;
    for (const Option& option : links.options) {
      if (option.evidence != Evidence::exact && option.evidence != Evidence::fuzzy) continue;
      if (option.first > static_cast<int>(i) || static_cast<int>(i) >= option.last) continue;
      valued = true;
      used = used ||
             (option.values[0].is_string() &&
              std::ranges::all_of(tokenise(option.values[0].get_string()),
                                  [&](const Token& w) { return deeds.stems.contains(w.stem); }));
    }
    if (used) continue;
    const bool named =
        std::ranges::any_of(links.match, [i](const auto& m) { return m[i] >= 0.55f; }) ||
        mention_at(context, links, static_cast<int>(i));
    if (named && !valued) {
      // "the damage by phase" in a chart that shows no damage.
      const Mention m = mention_at(context, links, static_cast<int>(i));
      const bool passed_over =
          chart.named && m.named == Named::column && m.first == static_cast<int>(i) &&
          m.last > m.first + 1 &&
          std::ranges::none_of(context.columns()[m.id].words,
                               [&](const Token& w) { return deeds.stems.contains(w.stem); });
      if (passed_over) unread.push_back(words_of(links, i, static_cast<std::size_t>(m.last) - 1));
      continue;
    }
    unread.push_back(words_of(links, i, i));
  }
  return unread;
}

bool uses_words(const Context& context, const Reading& reading,
                const std::vector<std::string>& words) {
  const Deeds deeds = deeds_of(context, reading);
  return std::ranges::all_of(words, [&](const std::string& said) {
    return std::ranges::all_of(tokenise(said),
                               [&](const Token& word) { return deeds.stems.contains(word.stem); });
  });
}

}  // namespace sextant::ask

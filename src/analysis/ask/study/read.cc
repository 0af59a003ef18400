#include "analysis/ask/study/read.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/study/part.h"
#include "analysis/ask/study/period.h"
#include "base/text.h"

namespace sextant::ask {

namespace {

using Words = std::unordered_set<std::string_view>;

constexpr std::int64_t kSteps = 3;

Grain grain_of(const std::string& stem) {
  if (stem == "day") return Grain::day;
  if (stem == "week") return Grain::week;
  if (stem == "month") return Grain::month;
  if (stem == "quarter") return Grain::quarter;
  if (stem == "year") return Grain::year;
  return Grain::none;
}

class StudyReader {
 public:
  StudyReader(const Context& context, const Links& links, std::string_view today,
              const Weights& weights)
      : context_(context), links_(links), today_(today), weights_(weights) {}

  std::optional<Reading> forecast() const;
  std::optional<Reading> drivers() const;
  std::optional<Reading> pareto() const;

 private:
  int size() const { return static_cast<int>(links_.tokens.size()); }
  const std::string& word(int i) const {
    static const std::string kNone;
    return i >= 0 && i < size() ? links_.tokens[i].word : kNone;
  }
  int find(const Words& words) const {
    for (int i = 0; i < size(); ++i) {
      if (words.contains(word(i))) return i;
    }
    return -1;
  }
  std::string without(const std::vector<bool>& dropped) const {
    return ask::without(links_, dropped);
  }
  std::optional<Reading> read(const std::string& question) const {
    return read_part(context_, question, today_, weights_);
  }
  std::string last_complete_month() const;

  const Context& context_;
  const Links& links_;
  std::string_view today_;
  const Weights& weights_;
};

std::optional<Reading> StudyReader::forecast() const {
  const int cue = find({"forecast", "forecasts", "predict", "projection", "project", "extrapolate",
                        "forecasted", "predicted"});
  if (cue < 0 || (word(cue) == "project" && cue > 0)) return std::nullopt;  // else a noun
  std::vector<bool> dropped(links_.tokens.size(), false);
  dropped[cue] = true;
  static const Words kAround = {"of", "for", "the", "over", "what", "is", "will", "be", "please"};
  std::int64_t steps = kSteps;
  Grain grain = Grain::none;
  for (int i = 0; i < size(); ++i) {
    if (word(i) == "next" || word(i) == "coming" || word(i) == "following") {
      int at = i + 1;
      std::optional<double> count;
      if (at < size() && (links_.tokens[at].number || number_word(word(at)))) {
        count = links_.tokens[at].number ? links_.tokens[at].number : number_word(word(at));
        ++at;
      }
      const Grain named = at < size() ? grain_of(links_.tokens[at].stem) : Grain::none;
      if (named == Grain::none) continue;
      // One long period is so many of the grain that the history has enough of.
      grain = named == Grain::year && !count      ? Grain::month
              : named == Grain::quarter && !count ? Grain::month
                                                  : named;
      steps = count                     ? static_cast<std::int64_t>(*count)
              : named == Grain::year    ? 12
              : named == Grain::quarter ? 3
                                        : 1;
      const int from = i > 0 && (word(i - 1) == "the" || word(i - 1) == "for") ? i - 1 : i;
      for (int k = from; k <= at; ++k) dropped[k] = true;
      if (from > 0 && word(from - 1) == "for") dropped[from - 1] = true;
    }
  }
  for (int i = 0; i < size(); ++i) {
    if (i != cue && kAround.contains(word(i)) && (i == cue + 1 || i == cue - 1 || i < 2)) {
      dropped[i] = true;
    }
  }
  auto reading = read(without(dropped));
  const bool timed =
      reading && reading->dimensions.size() == 1 && reading->dimensions[0].grain != Grain::none;
  if (!timed || grain != Grain::none) {
    static constexpr std::pair<Grain, const char*> kNames[] = {{Grain::day, " by day"},
                                                               {Grain::week, " by week"},
                                                               {Grain::quarter, " by quarter"},
                                                               {Grain::year, " by year"}};
    std::string by = " by month";
    for (const auto& [g, name] : kNames) {
      if (g == grain) by = name;
    }
    if (!timed) reading = read(without(dropped) + by);
    if (timed) reading->dimensions[0].grain = grain;
  }
  if (!reading || reading->measures.size() != 1 || reading->dimensions.size() != 1 ||
      reading->dimensions[0].grain == Grain::none) {
    return std::nullopt;
  }
  reading->intent = Intent::study;
  reading->study = Study{.kind = StudyKind::forecast, .steps = steps};
  return reading;
}

std::string StudyReader::last_complete_month() const {
  const std::string& last = context_.last_date();
  if (last.size() < 10) return {};
  const std::string month = last.substr(0, 7) + "-01";
  const std::string next_day = move_period(last.substr(0, 10), Grain::day, 1);
  return next_day.ends_with("-01") ? month : move_period(month, Grain::month, -1);
}

std::optional<Reading> StudyReader::drivers() const {
  static const Words kChange = {
      "drop",      "dropped",  "drops",      "fall",       "fell",      "fallen",    "falling",
      "rise",      "rose",     "risen",      "rising",     "increase",  "increased", "decrease",
      "decreased", "decline",  "declined",   "change",     "changed",   "grow",      "grew",
      "grown",     "jump",     "jumped",     "shrink",     "shrank",    "up",        "down",
      "go",        "went",     "decreasing", "increasing", "declining", "growing",   "changes",
      "improve",   "improved", "worse",      "better"};
  static const Words kAsk = {"why",     "did",      "does",    "do",     "is",     "are",
                             "was",     "were",     "has",     "have",   "what",   "the",
                             "our",     "my",       "in",      "of",     "for",    "caused",
                             "drove",   "explains", "explain", "causes", "drives", "reason",
                             "reasons", "behind",   "so",      "much"};
  const bool why = word(0) == "why";
  const int cause =
      find({"caused", "drove", "explains", "causes", "drives", "reason", "reasons", "drivers"});
  const int change = find(kChange);
  if ((!why && cause < 0) || change < 0) return std::nullopt;
  std::vector<bool> dropped(links_.tokens.size(), false);
  for (int i = 0; i < size(); ++i) {
    if (kChange.contains(word(i)) || word(i) == "drivers") dropped[i] = true;
    // What asks stands before the figure; "in March" after the change is kept.
    if (kAsk.contains(word(i)) && (i < change || word(i) == "why")) dropped[i] = true;
  }
  auto reading = read("total " + without(dropped));
  if (!reading || reading->measures.empty()) reading = read(without(dropped) + " by month");
  if (!reading || reading->measures.size() != 1) return std::nullopt;
  const int main = context_.find_table(reading->table);
  const int time = time_column(context_, main);
  if (time < 0) return std::nullopt;
  const ColumnEntry& entry = context_.columns()[time];
  Study study{.kind = StudyKind::drivers};
  Grain grain = Grain::month;
  for (auto filter = reading->filters.begin(); filter != reading->filters.end(); ++filter) {
    if (filter->any_of.size() != 1 || filter->any_of[0].op != Operator::between) continue;
    const Condition& c = filter->any_of[0];
    if (c.values.size() != 2 || !c.values[0].is_string() || !c.values[1].is_string()) continue;
    const std::string from(c.values[0].get_string()), to(c.values[1].get_string());
    const std::int64_t days = periods_between(from, to, Grain::day);
    grain = days <= 1    ? Grain::day
            : days <= 7  ? Grain::week
            : days <= 31 ? Grain::month
            : days <= 92 ? Grain::quarter
                         : Grain::year;
    study.later = from.substr(0, 10);
    reading->filters.erase(filter);
    break;
  }
  if (study.later.empty()) study.later = last_complete_month();
  if (study.later.empty()) return std::nullopt;
  study.earlier = move_period(study.later, grain, -1);
  const bool last_year =
      without({std::vector<bool>(links_.tokens.size(), false)}).find("last year") !=
      std::string::npos;
  if (last_year && grain != Grain::year) study.earlier = move_period(study.later, Grain::year, -1);
  reading->dimensions = {
      {context_.tables()[entry.table].model->name, entry.model->name, grain, std::nullopt}};
  reading->order.clear();
  reading->limit.reset();
  reading->intent = Intent::study;
  reading->study = std::move(study);
  return reading;
}

std::optional<Reading> StudyReader::pareto() const {
  const int cue = find({"pareto"});
  std::vector<bool> dropped(links_.tokens.size(), false);
  std::optional<Reading> reading;
  if (cue >= 0) {
    static const Words kAround = {"analysis", "of",  "chart", "for", "a",
                                  "do",       "the", "show",  "me",  "principle"};
    dropped[cue] = true;
    for (int i = 0; i < size(); ++i) {
      if (kAround.contains(word(i)) && i <= cue + 3) dropped[i] = true;
    }
    reading = read(without(dropped));
  } else {
    // "which products make up 80 % of revenue"
    const int make = find({"make", "makes", "account", "accounts", "generate", "bring"});
    if (make < 1 || word(0) != "which") return std::nullopt;
    int percent = -1;
    for (int i = make; i < size(); ++i) {
      if (word(i) == "%" || word(i) == "percent" || word(i) == "most") percent = i;
    }
    if (percent < 0 || percent + 1 >= size()) return std::nullopt;
    std::string things, figure;
    for (int i = 1; i < make; ++i) things += word(i) + " ";
    for (int i = percent + 1; i < size(); ++i) {
      if (word(i) == "of" || word(i) == "our" || word(i) == "the" || links_.tokens[i].symbol)
        continue;
      figure += word(i) + " ";
    }
    reading = read(figure + "by " + things);
  }
  if (!reading || reading->measures.size() != 1 || reading->dimensions.size() != 1) {
    return std::nullopt;
  }
  reading->intent = Intent::study;
  reading->study = Study{.kind = StudyKind::pareto};
  return reading;
}

}  // namespace

std::optional<Reading> read_study(const Context& context, std::string_view question,
                                  std::string_view instructions, std::string_view today,
                                  const Weights& weights) {
  const Links links = link(context, question, today);
  if (links.tokens.empty()) return std::nullopt;
  const StudyReader reader(context, links, today, weights);
  if (auto reading = reader.forecast()) return reading;
  if (auto reading = reader.drivers()) return reading;
  if (auto reading = reader.pareto()) return reading;
  if (instructions.empty()) {
    if (auto reading = read_view(context, links, today, weights)) return reading;
  }
  return read_statistics(context, links, instructions, today, weights);
}

}  // namespace sextant::ask

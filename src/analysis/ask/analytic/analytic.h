#pragma once
// Analytic questions: groups, tops, superlatives, figures over time, counts of things, absences,
// lists. Read by their cues ("by", "per", "top 5", "over time", "how many", "without").

#include <optional>
#include <string_view>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/ranking/features.h"

namespace sextant::ask {

struct AnalyticReading {
  Reading reading;
  double strength = 0;              // 0 … 1: how sure the cues make it
  bool by_uses = false;             // "the most used": by the rows that point to each
  double explained = 0;             // share of the content words that the reading accounts for
  std::vector<std::string> unread;  // words of a question on a sheet of records that it does not
};

// Whether a word of a question on a sheet of records names nothing in it ("give", "breakdown").
bool only_talks(std::string_view word);
// "by weather type", where no column is called type: a noun that completes the name before it.
bool completes_name(std::string_view word);

// None when no cue of an analytic question was found.
std::optional<AnalyticReading> read_analytic(const Context& context, const Links& links,
                                             const Weights& weights);

}  // namespace sextant::ask

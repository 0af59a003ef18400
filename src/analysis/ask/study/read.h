#pragma once
// Recognises questions that ask for a study: statistics, forecasts, reasons of a change, Pareto.
// Deterministic; thread-safe.

#include <optional>
#include <string_view>

#include "analysis/ask/linking/links.h"
#include "analysis/ask/ranking/features.h"
#include "analysis/ask/reading.h"

namespace sextant::ask {

// `instructions` follow the question on lines of their own: how to compute it and what to report.
// Nothing when no word of the question asks for a study, or it names no data for one.
std::optional<Reading> read_study(const Context& context, std::string_view question,
                                  std::string_view instructions, std::string_view today,
                                  const Weights& weights);

// read_view.cc: distributions, outliers, what goes together, comparisons, the quality of a table,
// running totals and growth.
std::optional<Reading> read_view(const Context& context, const Links& links, std::string_view today,
                                 const Weights& weights);

// read_statistics.cc
std::optional<Reading> read_statistics(const Context& context, const Links& links,
                                       std::string_view instructions, std::string_view today,
                                       const Weights& weights);

}  // namespace sextant::ask

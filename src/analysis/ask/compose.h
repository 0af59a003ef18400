#pragma once
// From a reading to a whole answer: runs its SQL, chooses the chart, writes the sentences with
// traced numbers and fills the receipt. Errors: those of the connection, invalid_fields of the
// reading.

#include "analysis/ask/linking/context.h"
#include "analysis/ask/reading.h"
#include "analysis/engine/duckdb.h"
#include "base/result.h"
#include "catalog/answer.h"
#include "wire/messages.h"

namespace sextant::ask {

struct ComposeOptions {
  std::int64_t max_rows = 1000;
  double confidence = 1;
  std::optional<double> next_confidence;
  std::optional<catalog::ChartType> chart;  // preferred, when the question asks for none
};

Result<catalog::Answer> compose(const Context& context, const catalog::Catalog& catalog,
                                const Reading& reading, const ComposeOptions& options,
                                engine::Connection& connection);

// Three questions that the data can answer, for an abstention or a first step.
std::vector<std::string> answerable_questions(const Context& context);

}  // namespace sextant::ask

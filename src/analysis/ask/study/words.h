#pragma once
// A study in words: the sentence under the question. Pure function.

#include <string>

#include "analysis/ask/reading.h"
#include "catalog/semantic_model.h"

namespace sextant::ask {

// "forecast of revenue by month, 3 ahead"; the reading must have a study.
std::string study_sentence(const catalog::SemanticModel& model, const Reading& reading);

// rows/row_words.cc
std::string row_sentence(const RowQuery& query);

}  // namespace sextant::ask

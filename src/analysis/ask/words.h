#pragma once
// Readings in words: the sentence under the question and the receipt's filters. Pure functions.

#include <string>
#include <vector>

#include "analysis/ask/reading.h"
#include "catalog/semantic_model.h"

namespace sextant::ask {

// Brief: periods as they were said; full: with their dates.
enum class Detail { full, brief };

std::string measure_words(const catalog::SemanticModel& model, const Measure& measure);
std::string dimension_words(const catalog::SemanticModel& model, const Dimension& dimension);
std::string condition_words(const catalog::SemanticModel& model, const Condition& condition,
                            Detail detail = Detail::full);
std::string filter_words(const catalog::SemanticModel& model, const Filter& filter,
                         Detail detail = Detail::full);
std::string column_words(const catalog::SemanticModel& model, const std::string& table,
                         const std::string& column);
// "country is Germany, last quarter"; empty without filters.
std::string all_filter_words(const catalog::SemanticModel& model, const Reading& reading);

// "where the revenue is more than 5000"; empty when its figure is none of the reading's.
std::string having_words(const catalog::SemanticModel& model, const Reading& reading,
                         const Having& having);

// "largest 5"; empty without an order and a limit.
std::string order_words(const Reading& reading);

// "revenue by month, country is Germany, largest 5"
std::string sentence(const catalog::SemanticModel& model, const Reading& reading);

// What the rows of a table are called: by the table's name, else by what its key tells apart
// ("orders" of sales with order_id), or just rows where the table is named after a column of it
// that repeats.
std::string rows_called(const catalog::SemanticModel& model, const std::string& table);

// "unit price" for unit_price.
std::string spaced(std::string name);
std::string upper_first(std::string words);

}  // namespace sextant::ask

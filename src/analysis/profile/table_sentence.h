#pragma once
// Tables in words: "12,480 orders, Jan 2024 – Mar 2026, 14 columns". Thread-safe.

#include <string>

#include "catalog/profile.h"
#include "catalog/source.h"

namespace sextant::profile {

// What the rows of the table of this SQL name are called in a question: "order items", and "churn
// by region rows" where the name has no plural.
std::string rows_in_words(const std::string& table_name);

std::string table_sentence(const catalog::Table& table, const catalog::TableProfile& profile);

}  // namespace sextant::profile

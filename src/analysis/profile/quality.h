#pragma once
// How good the data of a profiled column or table is, with what speaks against it. Pure functions.
//
// A score starts at 1 and every fault takes a part of it: by the share of values that it concerns,
// and no more than its kind can do harm. What is only unusual (a long tail, free text) costs
// nothing.

#include "catalog/profile.h"

namespace sextant::profile {

// `misfits`: cells of the column that did not fit its type and were kept aside.
// None without rows.
std::optional<catalog::Quality> quality_of(const catalog::ColumnProfile& column,
                                           std::int64_t misfits);

// Of a table whose columns, duplicates and keys are known: the mean of its columns' scores, less
// what concerns whole rows. None without rows.
std::optional<catalog::Quality> quality_of(const catalog::TableProfile& table);

}  // namespace sextant::profile

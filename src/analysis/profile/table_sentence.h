#pragma once
// "12,480 orders, Jan 2024 – Mar 2026, 14 columns". Thread-safe.

#include <string>

#include "catalog/profile.h"
#include "catalog/source.h"

namespace sextant::profile {

std::string table_sentence(const catalog::Table& table, const catalog::TableProfile& profile);

}  // namespace sextant::profile

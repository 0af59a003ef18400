#pragma once
// Bounds that every workbook format has in common.

#include <cstdint>
#include <string>

namespace sextant::formats::workbook {

constexpr std::int64_t kMostCells = 200'000'000;    // in one workbook
constexpr std::int64_t kMostRepeated = 20'000'000;  // cells that come from repeat counts
constexpr std::size_t kLongestText = 64u << 20;     // bytes of one cell
constexpr std::int64_t kMostText = 4ll << 30;       // bytes of all texts that a sheet writes out
constexpr std::size_t kMostSheets = 10'000;
constexpr std::size_t kMostMerges = 200'000;  // of one sheet
constexpr std::size_t kMostFormats = 65'000;

void append_utf8(std::string& out, std::uint32_t code);

}  // namespace sextant::formats::workbook

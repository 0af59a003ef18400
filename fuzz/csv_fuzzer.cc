// Delimited text: finding the layout, splitting records, deciding types. What the evidence of a
// column promises must be what rewriting its cells gives.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "analysis/formats/column_evidence.h"
#include "analysis/formats/csv_dialect.h"
#include "analysis/formats/csv_reader.h"

using namespace sextant::formats;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 4096) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  LayoutWish wish;
  if (auto starts = find_column_starts(text, true)) wish.starts = std::move(*starts);
  const auto layout = sniff_layout(text, true, wish);
  std::vector<std::vector<std::string>> columns;
  CsvReader reader(layout.dialect, text);
  Record record;
  while (true) {
    const auto more = reader.next(record);
    if (!more) std::abort();
    if (!*more) break;
    if (record.cells.size() > columns.size()) columns.resize(record.cells.size());
    for (std::size_t c = 0; c < record.cells.size(); ++c) columns[c].emplace_back(record.cells[c]);
  }
  for (const auto& cells : columns) {
    ColumnEvidence evidence;
    for (const auto& cell : cells) evidence.add(cell);
    const auto plan = evidence.decide({});
    std::int64_t values = 0;
    std::int64_t misfits = 0;
    std::string out;
    for (const auto& cell : cells) {
      out.clear();
      if (!append_canonical(out, cell, plan))
        ++misfits;
      else if (!out.empty())
        ++values;
    }
    if (misfits != plan.misfits || values != plan.values) std::abort();
  }
  return 0;
}

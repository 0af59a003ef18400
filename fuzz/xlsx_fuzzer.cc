// xlsx: a whole file, or (what does not start like a ZIP) its parts, cut at zero bytes: sheet,
// shared strings, styles, workbook.
#include <cstddef>

#include "workbook_run.h"
#include "zip_parts.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 64 << 10) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  if (input.starts_with("PK")) {
    workbook_fuzz::read(input);
    return 0;
  }
  const auto parts = workbook_fuzz::cut(input, 4);
  constexpr std::string_view kWorkbook =
      "<workbook><sheets><sheet name='S' sheetId='1' r:id='r1'/></sheets></workbook>";
  constexpr std::string_view kRels =
      "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='s.xml'/></Relationships>";
  workbook_fuzz::read(
      workbook_fuzz::zip_of({{"xl/workbook.xml", parts[3].empty() ? kWorkbook : parts[3]},
                             {"xl/_rels/workbook.xml.rels", kRels},
                             {"xl/s.xml", parts[0]},
                             {"xl/sharedStrings.xml", parts[1].empty() ? "<sst/>" : parts[1]},
                             {"xl/styles.xml", parts[2].empty() ? "<s/>" : parts[2]}}));
  return 0;
}

// ods: a whole file, or (what does not start like a ZIP) its content.xml.
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
  workbook_fuzz::read(workbook_fuzz::zip_of(
      {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", input}}));
  return 0;
}

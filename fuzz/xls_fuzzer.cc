// xls: a whole file (OLE2 or bare BIFF).
#include <cstddef>

#include "workbook_run.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 256 << 10) return 0;
  workbook_fuzz::read({reinterpret_cast<const char*>(data), size});
  return 0;
}

#pragma once
// PDF files: prose becomes passages, tables become tables. The interface is in decoder.h.

#include "analysis/formats/decoder.h"

namespace sextant::formats {

Result<> load_pdf(LoadContext& context);

}  // namespace sextant::formats

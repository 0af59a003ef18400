#pragma once
// Word documents: prose becomes passages, tables become tables. The interface is in decoder.h.

#include "analysis/formats/decoder.h"

namespace sextant::formats {

Result<> load_docx(LoadContext& context);

}  // namespace sextant::formats

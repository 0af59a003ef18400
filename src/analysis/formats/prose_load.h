#pragma once
// A text that is no table. One thread.

#include "analysis/formats/utf8_text.h"

namespace sextant::formats {

// Its lines become a table (line, text) and its paragraphs passages.
Result<> load_prose(LoadContext& context, Utf8Text& text);

}  // namespace sextant::formats

#pragma once
// An uploaded text file as UTF-8, converted when it has another encoding. One thread.

#include <optional>
#include <string>

#include "analysis/formats/decoder.h"
#include "analysis/formats/input_file.h"

namespace sextant::formats {

// `file` is the upload itself or its conversion, which lives as long as this object.
struct Utf8Text {
  std::optional<TemporaryFile> converted;
  std::optional<InputFile> own;
  InputFile* file = nullptr;
  std::int64_t mark_bytes = 0;
  std::string sample;
  bool complete = false;
};

// Notes the encoding in the report. unreadable_file when there is nothing but white space.
Result<> open_text(LoadContext& context, Utf8Text& out);

}  // namespace sextant::formats

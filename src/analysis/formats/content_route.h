#pragma once
// A file whose content is another format than its name says: read as what it is. Thread-safe.

#include <string>
#include <string_view>

#include "analysis/formats/decoder.h"

namespace sextant::formats {

struct Route {
  const Decoder* decoder;
  std::string note;  // for the user; empty when the name is right
};

// The decoder for the content. Error: the content is nothing that the name's decoder, or another
// one, reads (an HTML page named .xls, a picture named .csv).
Result<Route> route_by_content(const Decoder& named, const std::string& filename,
                               std::string_view extension, const InputFile& file,
                               std::string_view head);

}  // namespace sextant::formats

#include "platform/queries/preview.h"

namespace sextant::queries {

std::vector<json::Array> PreviewRows::rows() const {
  for (std::size_t end = text_.size(); end > 0;) {
    if (const auto parsed = json::parse("[" + text_.substr(0, end) + "]")) {
      std::vector<json::Array> rows;
      for (const auto& row : parsed->as_array()) rows.push_back(row.as_array());
      return rows;
    }
    end = text_.rfind("],[", end - 1);
    if (end == std::string::npos) break;
    ++end;  // keep the bracket that closes the row
  }
  return {};
}

}  // namespace sextant::queries

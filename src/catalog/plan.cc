#include "catalog/plan.h"

#include <algorithm>

namespace sextant::catalog {

std::string apply(std::vector<TextEdit> edits, std::string_view statement) {
  std::ranges::sort(edits, {}, &TextEdit::start);
  std::string out;
  std::size_t at = 0;
  for (const auto& edit : edits) {
    const auto start = std::min(static_cast<std::size_t>(edit.start), statement.size());
    if (start < at) continue;
    out += statement.substr(at, start - at);
    out += edit.replacement;
    at = std::min(static_cast<std::size_t>(edit.end), statement.size());
  }
  out += statement.substr(at);
  return out;
}

}  // namespace sextant::catalog

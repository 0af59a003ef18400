#pragma once
// The first rows of a result as they pass by, bounded in bytes. One thread at a time.

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace sextant::queries {

class PreviewRows {
 public:
  static constexpr std::size_t kBytes = 16 << 10;

  // Pieces of "[…],[…]".
  void add(std::string_view bytes) {
    if (text_.size() < kBytes) text_.append(bytes.substr(0, kBytes - text_.size()));
  }

  // What has come so far; a row that was cut is left out.
  std::vector<json::Array> rows() const;

 private:
  std::string text_;
};

}  // namespace sextant::queries

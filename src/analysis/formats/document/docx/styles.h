#pragma once
// What the styles of a Word document say about paragraphs. Thread-safe after reading.

#include <map>
#include <optional>
#include <string>

#include "analysis/formats/workbook/package.h"
#include "base/result.h"

namespace sextant::formats::docx {

struct ParagraphStyle {
  std::string name;          // lower case
  std::string based_on;      // id of another style
  std::optional<int> level;  // of a heading, from 1
  bool list = false;
};

class Styles {
 public:
  // A document without that part has no styles.
  static Result<Styles> read(workbook::Package& package, const std::string& part);

  // With what it inherits; the default for an unknown id.
  ParagraphStyle find(const std::string& id) const;

  void add(const std::string& id, ParagraphStyle style) { styles_[id] = std::move(style); }

 private:
  std::map<std::string, ParagraphStyle> styles_;
};

}  // namespace sextant::formats::docx

#pragma once
// The XML of one worksheet as cells. One thread.

#include <string>

#include "analysis/formats/workbook/cell.h"
#include "analysis/formats/workbook/package.h"

namespace sextant::formats::workbook {

// Appends text with Excel's _x000D_ escapes decoded.
void append_unescaped(std::string& out, std::string_view text);

class SheetXml final : public XmlHandler {
 public:
  struct Context {
    const std::string& sheet;
    std::int64_t shared_strings;  // how many there are
    bool epoch_1904;
    std::uint16_t iso_date_format;  // of cells that hold ISO dates
    std::int64_t& cells;            // of the whole workbook so far
  };
  SheetXml(Context context, Sink& sink) : context_(context), sink_(sink) {}

  void start(std::string_view name, const Attributes& attributes) override;
  void end(std::string_view name) override;
  void text(std::string_view text) override;

 private:
  enum class Type : std::uint8_t { number, shared, text, boolean, error, date };
  void start_row(const Attributes& attributes);
  void start_cell(const Attributes& attributes);
  void end_cell();
  bool set_number(Cell& cell);
  void damaged(std::string_view what);

  Context context_;
  Sink& sink_;
  bool in_data_ = false;
  bool in_value_ = false;
  bool in_text_ = false;
  bool in_formula_ = false;
  bool has_value_ = false;
  bool has_formula_ = false;
  int phonetic_ = 0;
  std::uint32_t row_ = 0;
  std::uint32_t column_ = 0;
  std::uint16_t format_ = 0;
  Type type_ = Type::number;
  std::string value_;
  std::string formula_;
};

}  // namespace sextant::formats::workbook

#pragma once
// One table of a sheet on its way into the output: three passes over its cells (what the columns
// are, which types they have, writing). One thread.

#include <functional>
#include <map>

#include "analysis/formats/table_writer.h"
#include "analysis/formats/workbook/cell_text.h"
#include "analysis/formats/workbook/layout.h"

namespace sextant::formats::workbook {

class SheetTable {
 public:
  SheetTable(LoadContext& context, const Reader& reader, const SheetSpool& sheet, Layout layout)
      : context_(context), reader_(reader), sheet_(sheet), layout_(std::move(layout)) {}

  // Loads it under this title and publishes it. False: it has no columns, so there is no table.
  // `key`: as in catalog::TableLoad.
  Result<bool> load(const std::string& title, const std::string& key);
  const Layout& layout() const { return layout_; }

 private:
  // What the cells of one column are, before types.
  struct Column {
    std::int64_t numbers = 0;
    std::int64_t percents = 0;
    std::int64_t durations = 0;
    std::int64_t temporals = 0;
    std::int64_t filled = 0;
    std::map<std::string, std::int64_t> currencies;
    ColumnMode mode = ColumnMode::plain;
    std::string unit;
    ColumnEvidence evidence;
  };
  using VisitRow =
      std::function<Result<>(std::uint32_t row, const std::vector<const Cell*>& cells)>;
  Result<> each_row(const VisitRow& visit) const;
  Result<> look();
  Result<> gather();
  void decide();
  Result<> write();
  void add_notes();

  LoadContext& context_;
  const Reader& reader_;
  const SheetSpool& sheet_;
  Layout layout_;
  std::vector<Column> columns_;
  std::vector<std::size_t> kept_;
  std::map<std::string, std::uint32_t, std::less<>> column_of_;  // original name → sheet column
  TableJob job_;
  std::int64_t rows_ = 0;
  std::int64_t cells_ = 0;
  std::int64_t errors_ = 0;
  std::int64_t formulas_ = 0;
  std::string first_formula_;
};

}  // namespace sextant::formats::workbook

#pragma once
// Tables of pages → tables of the document: spans filled, and what goes on over pages put together.
// One thread.

#include <vector>

#include "analysis/formats/document/grid_table.h"
#include "analysis/formats/document/pdf/tables.h"

namespace sextant::formats::pdf {

class DocumentTables {
 public:
  // The tables of the next page, from its top.
  Result<> add_page(const PageContent& page, const std::vector<PageTable>& found);

  std::vector<document::GridTable> take() { return std::move(tables_); }

 private:
  // Where the last table of the page before stood.
  struct End {
    int page = 0;
    double left = 0;
    double right = 0;
    bool at_bottom = false;
  };
  bool continues(const PageContent& page, const PageTable& found,
                 const document::GridTable& grid) const;

  std::vector<document::GridTable> tables_;
  End end_;
  std::size_t cells_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace sextant::formats::pdf

#include "analysis/formats/document/docx/body.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "analysis/formats/document/captions.h"
#include "analysis/formats/workbook/limits.h"
#include "base/text.h"

namespace sextant::formats::docx {
namespace {

constexpr std::size_t kMostColumns = 4'096;
constexpr std::size_t kDeepestTable = 32;
constexpr std::size_t kMostParagraphBytes = 64u << 20;

template <std::size_t N>
bool is_any(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::ranges::find(names, name) != names.end();
}

// What was deleted or is no text of the document.
constexpr auto kSkipped = std::to_array<std::string_view>(
    {"del", "moveFrom", "instrText", "delText", "delInstrText", "rt", "annotationRef"});
constexpr auto kProperties =
    std::to_array<std::string_view>({"pPr", "rPr", "tblPr", "trPr", "tcPr", "tblPrEx", "sectPr",
                                     "sdtPr", "sdtEndPr", "tblGrid", "fldData", "docPartPr"});

bool is_off(std::string_view value) { return value == "0" || value == "false" || value == "off"; }

std::size_t count_of(std::string_view value) {
  std::size_t out = 0;
  std::from_chars(value.data(), value.data() + value.size(), out);
  return std::min(out, kMostColumns + 1);
}

}  // namespace

void BodyReader::start(std::string_view name, const workbook::Attributes& attributes) {
  if (skipped_ > 0) {
    ++skipped_;
    return;
  }
  if (properties_ > 0) {
    ++properties_;
    start_property(name, attributes);
    return;
  }
  if (name == "AlternateContent") {
    alternatives_.push_back(false);
  } else if ((name == "Choice" || name == "Fallback") && !alternatives_.empty()) {
    if (alternatives_.back()) {
      skipped_ = 1;
      return;
    }
    alternatives_.back() = true;
  } else if (is_any(name, kSkipped)) {
    skipped_ = 1;
  } else if (is_any(name, kProperties)) {
    properties_ = 1;
    row_properties_ = name == "trPr";
  } else if (name == "p") {
    paragraphs_.emplace_back();
    paragraphs_.back().number = ++counts_.paragraphs;
  } else if (name == "t") {
    in_text_ = true;
  } else if (name == "tab" || name == "ptab") {
    append("\t");
  } else if (name == "br" || name == "cr") {
    append("\n");
  } else if (name == "noBreakHyphen") {
    append("-");
  } else if (name == "sym") {
    // Symbol fonts use private places; what they show is not known here.
    std::uint32_t code = 0;
    const auto value = attributes.get("char");
    std::from_chars(value.data(), value.data() + value.size(), code, 16);
    const bool known = code >= 0x20 && code < 0xd800;
    std::string letter;
    workbook::append_utf8(letter, known ? code : 0xfffd);
    append(letter);
  } else if (name == "tbl") {
    if (tables_.size() >= kDeepestTable) {
      fail_with(
          {ErrorCode::unreadable_file,
           fmt::format("Tables stand inside each other deeper than {} levels.", kDeepestTable),
           "Save the document again from the program it comes from.",
           {}});
      return;
    }
    auto& table = tables_.emplace_back();
    table.grid.origin.number = ++counts_.tables;
    table.grid.paragraph = counts_.paragraphs + 1;
    table.grid.caption = std::exchange(caption_, {});
    if (counts_.tables > static_cast<std::int64_t>(document::kMostTables)) {
      fail_with({ErrorCode::too_large,
                 fmt::format("The document has more than {} tables.", document::kMostTables),
                 "Split it into smaller files.",
                 {}});
    }
  } else if (name == "tr" && !tables_.empty()) {
    auto& table = tables_.back();
    table.row.clear();
    table.column = table.after = 0;
    table.row_deleted = false;
  } else if (name == "tc" && !tables_.empty()) {
    auto& table = tables_.back();
    table.cell_open = true;
    table.cell_begun = false;
    table.cell.clear();
    table.span = 1;
    table.vertical = Merge::none;
  } else if ((name == "footnote" || name == "endnote") && notes_) {
    const auto type = attributes.get("type");
    if (!type.empty() && type != "normal") skipped_ = 1;
  }
}

void BodyReader::start_property(std::string_view name, const workbook::Attributes& attributes) {
  const auto value = attributes.get("val");
  if (!paragraphs_.empty() && (tables_.empty() || tables_.back().cell_open)) {
    auto& paragraph = paragraphs_.back();
    if (name == "pStyle") paragraph.style = value;
    if (name == "numId") paragraph.list = value != "0";
    if (name == "outlineLvl" && value.size() == 1 && value[0] >= '0' && value[0] <= '8')
      paragraph.level = value[0] - '0' + 1;
  }
  if (tables_.empty()) return;
  auto& table = tables_.back();
  if (name == "gridSpan") table.span = std::max<std::size_t>(1, count_of(value));
  if (name == "vMerge") table.vertical = value == "restart" ? Merge::start : Merge::goes_on;
  if (!row_properties_) return;
  if (name == "gridBefore") table.column = count_of(value);
  if (name == "gridAfter") table.after = count_of(value);
  if (name == "del") table.row_deleted = true;
  if (name == "tblHeader" && !is_off(value) && table.headers_so_far &&
      table.header_rows == table.grid.rows.size())
    table.header_rows = table.grid.rows.size() + 1;
}

void BodyReader::end(std::string_view name) {
  if (skipped_ > 0) {
    --skipped_;
    return;
  }
  if (properties_ > 0) {
    --properties_;
    return;
  }
  if (name == "AlternateContent") {
    if (!alternatives_.empty()) alternatives_.pop_back();
  } else if (name == "t") {
    in_text_ = false;
  } else if (name == "p") {
    end_paragraph();
  } else if (name == "tc") {
    end_cell();
  } else if (name == "tr") {
    end_row();
  } else if (name == "tbl") {
    end_table();
  }
}

void BodyReader::text(std::string_view text) {
  if (in_text_ && skipped_ == 0 && properties_ == 0) append(text);
}

void BodyReader::append(std::string_view text) {
  if (paragraphs_.empty()) return;
  auto& paragraph = paragraphs_.back();
  if (paragraph.text.size() + text.size() > kMostParagraphBytes) {
    fail_with({ErrorCode::too_large,
               fmt::format("Paragraph {} has more than {} MB of text.", paragraph.number,
                           kMostParagraphBytes >> 20),
               "Split the document.",
               {}});
    return;
  }
  paragraph.text += text;
}

void BodyReader::end_paragraph() {
  if (paragraphs_.empty()) return;
  auto paragraph = std::move(paragraphs_.back());
  paragraphs_.pop_back();
  if (!tables_.empty() && tables_.back().cell_open) {
    auto& table = tables_.back();
    counts_.table_bytes += paragraph.text.size() + 1;
    if (counts_.table_bytes > document::kMostTextBytes) {
      fail_with(
          {ErrorCode::too_large,
           fmt::format("The tables hold more than {} MB of text.", document::kMostTextBytes >> 20),
           "Split the document.",
           {}});
      return;
    }
    if (table.cell_begun) table.cell += '\n';
    table.cell += paragraph.text;
    table.cell_begun = true;
    return;
  }
  const auto style = styles_.find(paragraph.style);
  Block block;
  block.text = std::move(paragraph.text);
  block.position.number = paragraph.number;
  const auto level = paragraph.level ? paragraph.level : style.level;
  if (notes_) {
    block.kind = PassageKind::footnote;
  } else if (level) {
    block.kind = PassageKind::heading;
    block.level = *level;
  } else if (style.name == "caption" || document::is_caption(block.text)) {
    block.kind = PassageKind::caption;
  } else if (paragraph.list.value_or(style.list)) {
    block.kind = PassageKind::list_item;
  }
  emit(std::move(block));
}

void BodyReader::emit(Block block) {
  if (text::trim(block.text).empty()) return;
  caption_ = block.kind == PassageKind::caption ? block.text : std::string{};
  take(sink_.block(std::move(block)));
}

void BodyReader::place(std::size_t column, std::string text) {
  auto& table = tables_.back();
  if (column >= kMostColumns) {
    fail_with(
        {ErrorCode::too_large,
         fmt::format("Table {} is wider than {} columns.", table.grid.origin.number, kMostColumns),
         "Split the table.",
         {}});
    return;
  }
  if (table.row.size() <= column) table.row.resize(column + 1);
  table.row[column] = std::move(text);
}

void BodyReader::end_cell() {
  if (tables_.empty() || !tables_.back().cell_open) return;
  auto& table = tables_.back();
  table.cell_open = false;
  if (table.vertical == Merge::goes_on && text::trim(table.cell).empty() &&
      table.column < table.previous.size()) {
    table.cell = table.previous[table.column];
    counts_.table_bytes += table.cell.size();
  }
  if (table.span > 1) table.wide.push_back({table.grid.rows.size(), table.column, table.span});
  place(table.column, std::move(table.cell));
  table.column += table.span;
  if (!stopped() && table.column > table.row.size()) place(table.column - 1, {});
}

void BodyReader::end_row() {
  if (tables_.empty()) return;
  auto& table = tables_.back();
  if (table.row_deleted) {
    std::erase_if(table.wide, [&](const Wide& w) { return w.row == table.grid.rows.size(); });
    return;
  }
  if (table.after > 0) place(table.column + table.after - 1, {});
  if (stopped()) return;
  counts_.cells += table.row.size();
  if (counts_.cells > document::kMostCells) {
    fail_with({ErrorCode::too_large,
               fmt::format("The tables have more than {} cells.", document::kMostCells),
               "Split the document.",
               {}});
    return;
  }
  table.headers_so_far = table.header_rows > table.grid.rows.size();
  table.grid.columns = std::max(table.grid.columns, table.row.size());
  table.previous = table.row;
  table.grid.rows.push_back(
      {std::move(table.row),
       fmt::format("table {}, row {}", table.grid.origin.number, table.grid.rows.size() + 1)});
  table.row.clear();
}

void BodyReader::end_table() {
  if (tables_.empty()) return;
  auto table = std::move(tables_.back());
  tables_.pop_back();
  auto& grid = table.grid;
  if (grid.columns * grid.rows.size() > document::kMostCells) {
    fail_with({ErrorCode::too_large,
               fmt::format("Table {} would have more than {} cells.", grid.origin.number,
                           document::kMostCells),
               "Split the table.",
               {}});
    return;
  }
  for (auto& row : grid.rows) row.cells.resize(grid.columns);
  if (table.header_rows > 0) grid.header_rows = table.header_rows;
  // A name over several columns names them all.
  for (const auto& wide : table.wide) {
    if (wide.row >= std::max<std::size_t>(table.header_rows, 1)) break;
    for (std::size_t c = 1; c < wide.span; ++c)
      grid.rows[wide.row].cells[wide.column + c] = grid.rows[wide.row].cells[wide.column];
  }
  take(sink_.table(std::move(grid)));
}

}  // namespace sextant::formats::docx

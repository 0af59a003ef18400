#include "analysis/formats/document/docx/docx.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "analysis/formats/document/docx/body.h"
#include "analysis/formats/document/docx/relations.h"
#include "analysis/formats/document/docx/styles.h"
#include "base/text.h"

namespace sextant::formats::docx {
namespace {

std::string part_of(const std::multimap<std::string, std::string>& relations,
                    const std::string& kind, const std::string& otherwise) {
  const auto found = relations.find(kind);
  return found == relations.end() ? otherwise : found->second;
}

// What stands above or below the pages: each text once, with a letter in it (page numbers are
// none); tables there only arrange it.
class MarginSink final : public Sink {
 public:
  MarginSink(PassageKind kind, Sink& sink) : kind_(kind), sink_(sink) {}

  Result<> block(Block block) override {
    const bool letters = std::ranges::any_of(block.text, [](char c) {
      return (static_cast<unsigned char>(c) & 0x80) != 0 ||
             std::isalpha(static_cast<unsigned char>(c)) != 0;
    });
    if (!letters || !seen_.insert(std::string(text::trim(block.text))).second) return {};
    block.kind = kind_;
    return sink_.block(std::move(block));
  }
  Result<> table(document::GridTable table) override {
    for (const auto& row : table.rows) {
      for (const auto& cell : row.cells) {
        Block block;
        block.text = cell;
        block.position.number = table.paragraph;
        TRY_VOID(this->block(std::move(block)));
      }
    }
    return {};
  }

 private:
  PassageKind kind_;
  Sink& sink_;
  std::set<std::string> seen_;
};

}  // namespace

Result<std::string> find_main_part(workbook::Package& package) {
  TRY(const auto relations, read_relations(package, ""));
  auto part = part_of(relations, "officeDocument", "word/document.xml");
  if (!package.has(part)) part = "word/document.xml";
  if (!package.has(part) || package.has("xl/workbook.xml") || package.has("ppt/presentation.xml"))
    return std::string{};
  return part;
}

Result<> read_docx(workbook::Package& package, const std::string& main_part, Sink& sink,
                   const std::function<void(std::int64_t, std::int64_t)>& on_bytes) {
  TRY(const auto relations, read_relations(package, main_part));
  TRY(const auto styles, Styles::read(package, part_of(relations, "styles", "word/styles.xml")));
  Counts counts;
  const auto total = package.inflated_bytes(main_part);
  BodyReader body(styles, counts, sink, false);
  TRY_VOID(package.parse(main_part, body, [&](std::int64_t bytes) { on_bytes(bytes, total); }));
  for (const char* kind : {"footnotes", "endnotes"}) {
    const auto found = relations.find(kind);
    if (found == relations.end() || !package.has(found->second)) continue;
    BodyReader notes(styles, counts, sink, true);
    TRY_VOID(package.parse(found->second, notes));
  }
  for (const auto& [name, kind] :
       {std::pair{"header", PassageKind::header}, {"footer", PassageKind::footer}}) {
    MarginSink margin(kind, sink);
    const auto [first, last] = relations.equal_range(name);
    for (auto part = first; part != last; ++part) {
      if (!package.has(part->second)) continue;
      BodyReader reader(styles, counts, margin, false);
      TRY_VOID(package.parse(part->second, reader));
    }
  }
  return {};
}

}  // namespace sextant::formats::docx

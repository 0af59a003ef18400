#include "analysis/formats/document/docx/docx.h"

#include "analysis/formats/document/docx/body.h"
#include "analysis/formats/document/docx/relations.h"
#include "analysis/formats/document/docx/styles.h"

namespace sextant::formats::docx {
namespace {

std::string part_of(const std::map<std::string, std::string>& relations, const std::string& kind,
                    const std::string& otherwise) {
  const auto found = relations.find(kind);
  return found == relations.end() ? otherwise : found->second;
}

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
  return {};
}

}  // namespace sextant::formats::docx

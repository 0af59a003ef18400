// docx: a whole file, or (what does not start like a ZIP) its parts, cut at zero bytes: document,
// styles, footnotes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>

#include "analysis/formats/document/docx/docx.h"
#include "zip_parts.h"

namespace {

using namespace sextant;
using namespace sextant::formats;

class FuzzSink final : public docx::Sink {
 public:
  explicit FuzzSink(PassageFile& passages) : passages_(passages) {}
  Result<> block(Block block) override {
    if (block.kind == PassageKind::heading && (block.level < 1 || block.level > 9)) std::abort();
    return passages_.add(std::move(block));
  }
  Result<> table(document::GridTable table) override {
    for (const auto& row : table.rows) {
      if (row.cells.size() != table.columns) std::abort();
    }
    static_cast<void>(document::is_table(table));
    return document::add_table_passages(table, {std::nullopt, "paragraph", table.paragraph},
                                        passages_);
  }

 private:
  PassageFile& passages_;
};

void read(std::string_view bytes) {
  const TemporaryFile scratch("/tmp", ".docx");
  std::ofstream(scratch.path(), std::ios::binary) << bytes;
  auto package = workbook::Package::open(scratch.path(), {});
  if (!package) return;
  const auto part = docx::find_main_part(*package);
  if (!part || part->empty()) return;
  PassageFile passages("/tmp");
  FuzzSink sink(passages);
  static_cast<void>(docx::read_docx(*package, *part, sink, [](std::int64_t, std::int64_t) {}));
  static_cast<void>(passages.close());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 64 << 10) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  if (input.starts_with("PK")) {
    read(input);
    return 0;
  }
  constexpr std::string_view kRelations =
      "<Relationships><Relationship Type='x/styles' Target='styles.xml'/>"
      "<Relationship Type='x/footnotes' Target='footnotes.xml'/></Relationships>";
  const auto parts = workbook_fuzz::cut(input, 3);
  const auto part = [&](std::size_t i, std::string_view otherwise) {
    return i < parts.size() && !parts[i].empty() ? parts[i] : otherwise;
  };
  read(workbook_fuzz::zip_of({{"word/document.xml", part(0, "<document/>")},
                              {"word/_rels/document.xml.rels", kRelations},
                              {"word/styles.xml", part(1, "<styles/>")},
                              {"word/footnotes.xml", part(2, "<footnotes/>")}}));
  return 0;
}

#include "analysis/formats/document/docx/docx_load.h"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/formats/document/docx/docx.h"
#include "analysis/formats/table_writer.h"
#include "analysis/formats/workbook/ole_file.h"

namespace sextant::formats {
namespace {

class Collector final : public docx::Sink {
 public:
  explicit Collector(const std::string& temp_directory) : passages(temp_directory) {}

  Result<> block(Block block) override { return passages.add(std::move(block)); }

  Result<> table(document::GridTable table) override {
    const PassagePosition position{std::nullopt, "paragraph", table.paragraph};
    TRY_VOID(document::add_table_passages(table, position, passages));
    if (document::is_table(table))
      tables.push_back(std::move(table));
    else
      ++layout;
    return {};
  }

  PassageFile passages;
  std::vector<document::GridTable> tables;
  std::int64_t layout = 0;
};

Result<workbook::Package> open_package(LoadContext& context) {
  TRY(const auto head, context.file.read_text(0, 8));
  if (head.starts_with("\xd0\xcf\x11\xe0")) {
    TRY(const auto ole, workbook::OleFile::open(context.file));
    if (ole.has("encryptedpackage")) {
      return fail(
          ErrorCode::unreadable_file, "The document is protected with a password.",
          "Open it in Word, remove the password (File › Info › Protect) and upload it again.",
          {{"encrypted", true}});
    }
    return fail(ErrorCode::unsupported_type,
                "The file is an old Word document (doc), which is not read.",
                "Open it in Word or LibreOffice and save it as .docx.");
  }
  return workbook::Package::open(context.file.path(), context.stop);
}

}  // namespace

Result<> load_docx(LoadContext& context) {
  TRY(auto package, open_package(context));
  TRY(const auto main_part, docx::find_main_part(package));
  if (main_part.empty()) {
    return fail(ErrorCode::unreadable_file, "The file is not a Word document.",
                "Check that it is the right file.");
  }
  Collector found(context.options.temp_directory);
  TRY_VOID(docx::read_docx(package, main_part, found, [&](std::int64_t bytes, std::int64_t total) {
    const auto share = total > 0 ? static_cast<double>(bytes) / static_cast<double>(total) : 1.0;
    context.report("decoded",
                   static_cast<std::int64_t>(share * static_cast<double>(context.file.size())), 0,
                   std::min(share, 1.0));
  }));
  // A table inside of another was complete before it.
  std::ranges::sort(found.tables, {}, [](const auto& table) { return table.origin.number; });
  for (std::size_t i = 0; i < found.tables.size(); ++i)
    found.tables[i].origin.number = static_cast<std::int64_t>(i) + 1;
  return document::publish(context, found.tables, found.passages, found.layout);
}

}  // namespace sextant::formats

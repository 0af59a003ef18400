// recognise and open_workbook of cell.h.
#include <array>

#include "analysis/formats/workbook/bytes.h"
#include "analysis/formats/workbook/cell.h"
#include "analysis/formats/workbook/ods.h"
#include "analysis/formats/workbook/ole_file.h"
#include "analysis/formats/workbook/package.h"
#include "analysis/formats/workbook/xls.h"
#include "analysis/formats/workbook/xlsx.h"

namespace sextant::formats::workbook {
namespace {

Result<WorkbookFormat> recognise_package(Package& package) {
  if (package.has("mimetype")) {
    const auto type = package.read_text("mimetype", 200);
    if (type && type->starts_with("application/vnd.oasis.opendocument.spreadsheet"))
      return WorkbookFormat::ods;
  }
  if (package.has("xl/workbook.bin")) return WorkbookFormat::xlsb;
  if (package.has("xl/workbook.xml")) return WorkbookFormat::xlsx;
  if (package.has("[Content_Types].xml")) {
    static constexpr auto kTypes = std::to_array<std::string_view>(
        {"spreadsheetml.sheet.main+xml", "ms-excel.sheet.macroEnabled.main",
         "spreadsheetml.template.main", "ms-excel.template.macroEnabled.main"});
    TRY(const auto types, package.read_text("[Content_Types].xml", 4 << 20));
    for (const auto type : kTypes) {
      if (types.find(type) != types.npos) return WorkbookFormat::xlsx;
    }
  } else if (package.has("content.xml") && package.has("META-INF/manifest.xml")) {
    TRY(const auto manifest, package.read_text("META-INF/manifest.xml", 1 << 20));
    if (manifest.find("opendocument.spreadsheet") != manifest.npos) return WorkbookFormat::ods;
  }
  return WorkbookFormat::none;
}

}  // namespace

Result<WorkbookFormat> recognise(const InputFile& file) {
  TRY(const auto head, file.read_text(0, 8));
  if (head.starts_with("PK\x03\x04")) {
    TRY(auto package, Package::open(file.path(), {}));
    return recognise_package(package);
  }
  if (head.starts_with("\xd0\xcf\x11\xe0")) {
    TRY(const auto ole, OleFile::open(file));
    if (ole.has("encryptedpackage")) return WorkbookFormat::encrypted;
    if (ole.has("workbook") || ole.has("book")) return WorkbookFormat::xls;
    return WorkbookFormat::none;
  }
  // A bare BIFF stream: Excel 5 and, of which only the name is known, its forerunners.
  const auto id = u16(head, 0);
  if ((id == 0x0809 && u16(head, 2) >= 8 && u16(head, 2) <= 16) ||
      ((id == 0x0009 || id == 0x0209 || id == 0x0409) && u16(head, 2) >= 4 && u16(head, 2) <= 8 &&
       u8(head, 3) == 0)) {
    return WorkbookFormat::xls;
  }
  return WorkbookFormat::none;
}

Result<std::unique_ptr<Reader>> open_workbook(const InputFile& file, WorkbookFormat format,
                                              const std::string& temp_directory,
                                              std::stop_token stop) {
  switch (format) {
    case WorkbookFormat::encrypted:
      return fail(
          ErrorCode::unreadable_file, "The workbook is protected with a password.",
          "Open it in Excel, remove the password (File › Info › Protect) and upload it again.",
          {{"encrypted", true}});
    case WorkbookFormat::xlsb:
      return fail(ErrorCode::unsupported_type,
                  "The workbook is an Excel binary workbook (xlsb), which is not read.",
                  "Open it in Excel and save it as .xlsx.");
    case WorkbookFormat::xls: {
      TRY(const auto head, file.read_text(0, 2));
      const auto id = u16(head, 0);
      if (id == 0x0009 || id == 0x0209 || id == 0x0409) {
        return fail(ErrorCode::unsupported_type,
                    "The workbook is of Excel 4 or older, which is not read.",
                    "Open it in a newer Excel or in LibreOffice and save it as .xlsx.");
      }
      return open_xls(file, temp_directory, std::move(stop));
    }
    case WorkbookFormat::xlsx: {
      TRY(auto package, Package::open(file.path(), std::move(stop)));
      return open_xlsx(std::move(package), temp_directory);
    }
    case WorkbookFormat::ods: {
      TRY(auto package, Package::open(file.path(), std::move(stop)));
      return open_ods(std::move(package));
    }
    case WorkbookFormat::none:
      break;
  }
  return fail(ErrorCode::unreadable_file, "The file is not a workbook.",
              "Check that it is the right file.");
}

}  // namespace sextant::formats::workbook

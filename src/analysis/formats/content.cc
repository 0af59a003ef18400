#include "analysis/formats/content.h"

#include <array>

namespace sextant::formats {

using namespace std::string_view_literals;

bool is_gzip(std::string_view head) { return head.starts_with("\x1f\x8b\x08"sv); }
bool is_parquet(std::string_view head) { return head.starts_with("PAR1"sv); }

std::string_view binary_content(std::string_view head) {
  struct Magic {
    std::string_view bytes;
    std::string_view what;
  };
  static constexpr auto kMagic = std::to_array<Magic>({
      {"%PDF-"sv, "a PDF document"},
      {"\x89PNG\r\n"sv, "a PNG image"},
      {"\xff\xd8\xff"sv, "a JPEG image"},
      {"GIF8"sv, "a GIF image"},
      {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, "an old Office document (xls, doc or ppt)"},
      {"Rar!\x1a\x07"sv, "a RAR archive"},
      {"7z\xbc\xaf\x27\x1c"sv, "a 7-Zip archive"},
      {"BZh"sv, "a bzip2 archive"},
      {"\xfd"
       "7zXZ"sv,
       "an xz archive"},
      {"\x28\xb5\x2f\xfd"sv, "a Zstandard archive"},
      {"PAR1"sv, "a Parquet file"},
      {"SQLite format 3"sv, "an SQLite database"},
      {"\x7f"
       "ELF"sv,
       "a program"},
      {"ARROW1"sv, "an Arrow file"},
      {"Obj\x01"sv, "an Avro file"},
      {"ORC"sv, "an ORC file"},
      {"{\\rtf"sv, "an RTF document"},
  });
  if (head.starts_with("PK\x03\x04"sv)) {
    if (head.find("xl/"sv) != head.npos) return "an Excel workbook (xlsx)";
    if (head.find("word/"sv) != head.npos) return "a Word document (docx)";
    if (head.find("opendocument.spreadsheet"sv) != head.npos)
      return "an OpenDocument spreadsheet (ods)";
    if (head.find("[Content_Types].xml"sv) != head.npos)
      return "an Office document (xlsx, docx or pptx)";
    return "a ZIP archive";
  }
  for (const auto& magic : kMagic) {
    if (!head.starts_with(magic.bytes)) continue;
    // Three letters can also start a text.
    if ((magic.bytes == "ORC"sv || magic.bytes == "BZh"sv || magic.bytes == "GIF8"sv ||
         magic.bytes == "PAR1"sv) &&
        head.find('\0') == head.npos) {
      continue;
    }
    return magic.what;
  }
  return {};
}

}  // namespace sextant::formats

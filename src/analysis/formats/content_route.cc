#include "analysis/formats/content_route.h"

#include <fmt/format.h>

#include "analysis/formats/content.h"
#include "analysis/formats/document/docx/docx.h"
#include "analysis/formats/workbook/ole_file.h"
#include "analysis/formats/workbook/workbook_load.h"
#include "base/text.h"

namespace sextant::formats {
namespace {

bool reads_workbooks(const Decoder& decoder) { return decoder.load == load_workbook; }

// "pdf" or "docx"; empty when it is neither (or too damaged to tell).
std::string_view document_content(const InputFile& file, std::string_view head) {
  if (head.starts_with("%PDF-")) return "pdf";
  if (!head.starts_with("PK\x03\x04")) return {};
  auto package = workbook::Package::open(file.path(), {});
  if (!package) return {};
  const auto part = docx::find_main_part(*package);
  return part && !part->empty() ? "docx" : "";
}

bool is_locked_package(const InputFile& file) {
  const auto ole = workbook::OleFile::open(file);
  return ole && ole->has("encryptedpackage");
}

bool is_text(std::string_view head) {
  if (head.starts_with("\xff\xfe") || head.starts_with("\xfe\xff")) return true;  // UTF-16
  for (const char c : head) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f') return false;
  }
  return true;
}

// A text under a workbook's name: many programs export tables that way.
Result<Route> route_text(const std::string& filename, std::string_view extension,
                         std::string_view head) {
  const auto start = text::lower_ascii(text::trim(head.substr(0, 2000)));
  const auto refuse = [&](std::string_view what) {
    return fail(ErrorCode::unreadable_file,
                fmt::format("“{}” is named {} but is {}.", filename, extension, what),
                "Open it in Excel or LibreOffice and save it as .xlsx.");
  };
  if (start.find("urn:schemas-microsoft-com:office:spreadsheet") != start.npos)
    return refuse("an XML spreadsheet of Excel 2003");
  if (start.find("<html") != start.npos || start.find("<table") != start.npos ||
      start.starts_with("<!doctype html")) {
    return refuse("an HTML page");
  }
  if (start.starts_with("<?xml") || start.starts_with("mime-version:"))
    return refuse("no workbook");
  const auto* csv = find_decoder(start.find('\t') != start.npos ? ".tsv" : ".csv");
  return Route{csv, fmt::format("“{}” is named {} but is text; it was read as {}.", filename,
                                extension, csv->name)};
}

}  // namespace

Result<Route> route_by_content(const Decoder& named, const std::string& filename,
                               std::string_view extension, const InputFile& file,
                               std::string_view head) {
  const auto content = binary_content(head);
  if (named.format == "parquet" && is_parquet(head)) return Route{&named, {}};
  // A locked package does not say what is in it: its name does.
  const bool locked_document =
      named.format == "docx" && head.starts_with("\xd0\xcf\x11\xe0") && is_locked_package(file);
  if (locked_document) return Route{&named, {}};
  const auto workbook = workbook_content(file);
  if (!workbook.empty()) {
    if (reads_workbooks(named) && (workbook == named.format || named.format == "xlsm"))
      return Route{&named, {}};
    const auto* decoder = find_decoder(workbook == "xlsb" ? ".xlsx" : "." + std::string(workbook));
    return Route{decoder, fmt::format("“{}” is named {} but is {}; it was read as that.", filename,
                                      extension, decoder->name)};
  }
  const auto document = document_content(file, head);
  if (!document.empty()) {
    if (document == named.format) return Route{&named, {}};
    const auto* decoder = find_decoder("." + std::string(document));
    return Route{decoder, fmt::format("“{}” is named {} but is {}; it was read as that.", filename,
                                      extension, decoder->name)};
  }
  if (named.format == "docx" || named.format == "pdf") {
    // What is damaged is told by the reader of documents.
    const bool container = head.starts_with("PK") || head.starts_with("\xd0\xcf\x11\xe0");
    if (named.format == "docx" ? container : head.find("%PDF-") != head.npos)
      return Route{&named, {}};
    if (content.empty()) {
      return fail(ErrorCode::unreadable_file,
                  fmt::format("“{}” is named {} but is not {}.", filename, extension, named.name),
                  "Check that it is the right file, and upload it under its own extension.");
    }
  }
  if (reads_workbooks(named)) {
    // What is damaged is told by the reader of workbooks.
    const bool container = head.starts_with("PK") || head.starts_with("\xd0\xcf\x11\xe0");
    if (container) return Route{&named, {}};
    if (content.empty()) {
      if (is_text(head)) return route_text(filename, extension, head);
      return fail(ErrorCode::unreadable_file,
                  fmt::format("“{}” is named {} but is no workbook.", filename, extension),
                  "Check that it is the right file; if it opens in Excel, save it as .xlsx.");
    }
  }
  if (!content.empty()) {
    return fail(
        ErrorCode::unreadable_file,
        fmt::format("“{}” is named {} but is {}.", filename, extension, content),
        "Upload it under its own extension, or export it as " + std::string(named.name) + ".",
        {{"content", std::string(content)}});
  }
  return Route{&named, {}};
}

}  // namespace sextant::formats

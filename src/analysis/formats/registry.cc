#include <algorithm>
#include <array>

#include "analysis/formats/csv_load.h"
#include "analysis/formats/decoder.h"
#include "analysis/formats/document/docx/docx_load.h"
#include "analysis/formats/document/pdf/pdf_load.h"
#include "analysis/formats/json_load.h"
#include "analysis/formats/parquet_load.h"
#include "analysis/formats/workbook/workbook_load.h"

namespace sextant::formats {
namespace {

constexpr std::string_view kCsv[] = {".csv"};
constexpr std::string_view kTsv[] = {".tsv", ".tab"};
constexpr std::string_view kTxt[] = {".txt"};
constexpr std::string_view kJson[] = {".json", ".geojson"};
constexpr std::string_view kNdjson[] = {".ndjson", ".jsonl"};
constexpr std::string_view kParquet[] = {".parquet"};
constexpr std::string_view kXlsx[] = {".xlsx"};
constexpr std::string_view kXlsm[] = {".xlsm"};
constexpr std::string_view kXls[] = {".xls"};
constexpr std::string_view kOds[] = {".ods"};
constexpr std::string_view kDocx[] = {".docx", ".docm"};
constexpr std::string_view kPdf[] = {".pdf"};

constexpr auto kDecoders = std::to_array<Decoder>({
    {"csv", "CSV", kCsv, load_csv},
    {"tsv", "TSV", kTsv, load_csv},
    {"txt", "text", kTxt, load_txt},
    {"json", "JSON", kJson, load_json},
    {"ndjson", "newline-delimited JSON", kNdjson, load_ndjson},
    {"parquet", "Parquet", kParquet, load_parquet},
    {"xlsx", "an Excel workbook", kXlsx, load_workbook},
    {"xlsm", "an Excel workbook with macros", kXlsm, load_workbook},
    {"xls", "an old Excel workbook", kXls, load_workbook},
    {"ods", "an OpenDocument spreadsheet", kOds, load_workbook},
    {"docx", "a Word document", kDocx, load_docx},
    {"pdf", "a PDF document", kPdf, load_pdf},
});

}  // namespace

std::span<const Decoder> decoders() { return kDecoders; }

const Decoder* find_decoder(std::string_view extension) {
  for (const auto& decoder : kDecoders) {
    if (std::ranges::find(decoder.extensions, extension) != decoder.extensions.end())
      return &decoder;
  }
  return nullptr;
}

}  // namespace sextant::formats

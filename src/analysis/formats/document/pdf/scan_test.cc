// Scanned pages: a page of text is drawn and put into a PDF as a picture.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "analysis/engine/duckdb.h"
#include "analysis/formats/document/pdf/document.h"
#include "analysis/formats/document/pdf/ocr.h"
#include "analysis/formats/document/pdf/pdfium.h"
#include "analysis/formats/load.h"

namespace sextant::formats::pdf {
namespace {

namespace fs = std::filesystem;

std::string pdf_of(const PagePicture& picture) {
  std::string out = "%PDF-1.4\n";
  std::vector<std::size_t> offsets;
  const auto add = [&](const std::string& object) {
    offsets.push_back(out.size());
    out += std::to_string(offsets.size()) + " 0 obj\n" + object + "\nendobj\n";
  };
  const auto stream = [](const std::string& head, const std::string& data) {
    return "<< " + head + " /Length " + std::to_string(data.size()) + " >>\nstream\n" + data +
           "\nendstream";
  };
  add("<< /Type /Catalog /Pages 2 0 R >>");
  add("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
  add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
      "/Resources << /XObject << /I 5 0 R >> >> >>");
  add(stream("", "595 0 0 842 0 0 cm /I Do"));
  add(stream("/Type /XObject /Subtype /Image /Width " + std::to_string(picture.width) +
                 " /Height " + std::to_string(picture.height) +
                 " /ColorSpace /DeviceGray /BitsPerComponent 8",
             picture.pixels));
  const auto start = out.size();
  out += "xref\n0 6\n0000000000 65535 f \n";
  for (const auto offset : offsets) {
    auto digits = std::to_string(offset);
    out += std::string(10 - digits.size(), '0') + digits + " 00000 n \n";
  }
  return out + "trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n" + std::to_string(start) +
         "\n%%EOF\n";
}

TEST(ScannedPages, AreRecognisedOrToldThatTheyCanNotBe) {
  ASSERT_NE(library(), nullptr) << "PDFium is missing";
  std::string pattern = (fs::temp_directory_path() / "sextant_scan_XXXXXX").string();
  const fs::path folder = ::mkdtemp(pattern.data());
  {
    const auto source = InputFile::open("tests/formats/report.pdf");
    ASSERT_TRUE(source);
    const auto document = Document::open(*source);
    ASSERT_TRUE(document);
    const auto picture = document->render(0, 200);
    ASSERT_TRUE(picture);
    std::ofstream(folder / "scan.pdf", std::ios::binary) << pdf_of(*picture);
  }
  LoadOptions options;
  options.temp_directory = folder.string();
  const auto output = (folder / "out.duckdb").string();
  const auto reply =
      load_file({(folder / "scan.pdf").string(), "scan.pdf", output, {}}, options, {}, {});
  if (!ocr_library()) {
    ASSERT_FALSE(reply);
    EXPECT_NE(reply.error().message.find("a scan"), std::string::npos);
    EXPECT_NE(reply.error().hint.find("not installed"), std::string::npos);
  } else {
    ASSERT_TRUE(reply) << reply.error().message << reply.error().hint;
    EXPECT_NE(reply->report.notes.front().find("recognised"), std::string::npos);
    ASSERT_EQ(reply->tables.size(), 1u);
    EXPECT_EQ(reply->tables[0].rows, 4);
    auto database = engine::Database::open(output, {.read_only = true});
    auto connection = database->connect();
    const auto found = connection->query(
        "SELECT count(*) FROM _passages WHERE text LIKE '%onboarding%' AND page = 1");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->int64(0, 0), 1);
  }
  fs::remove_all(folder);
}

}  // namespace
}  // namespace sextant::formats::pdf

#include "analysis/formats/csv_scan.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace sextant::formats {
namespace {

// A file of more than two chunks of four megabytes.
class CsvScan : public ::testing::Test {
 protected:
  Scan scan(const std::string& bytes) {
    auto writer = TextWriter::create(place_.path());
    EXPECT_TRUE(writer);
    writer->buffer() = bytes;
    EXPECT_TRUE(writer->close());
    const auto file = InputFile::open(place_.path());
    EXPECT_TRUE(file);
    ScanRequest request{.file = &*file, .dialect = {}, .columns = 2, .threads = 2};
    request.dialect.delimiter = ',';
    request.dialect.quote = '"';
    const auto scan = scan_regular(request, {});
    EXPECT_TRUE(scan);
    return *scan;
  }

  static std::string rows(int count, const std::string& text) {
    std::string out;
    for (int i = 0; i < count; ++i) out += std::to_string(i) + "," + text + "\n";
    return out;
  }

 private:
  TemporaryFile place_{std::filesystem::temp_directory_path(), ".csv"};
};

TEST_F(CsvScan, CountsRecordsOfManyChunks) {
  const auto found = scan(rows(500'000, "\"a, \"\"b\"\" c\""));
  EXPECT_TRUE(found.regular);
  EXPECT_EQ(found.records, 500'000);
}

TEST_F(CsvScan, CountsRecordsWhereChunksStartInsideQuotes) {
  // Long texts with line breaks: about every chunk starts inside one.
  const auto text = "\"" + std::string(3000, 'x') + "\n1,2\n" + std::string(3000, 'y') + "\"";
  const auto found = scan(rows(3'000, text));
  EXPECT_TRUE(found.regular);
  EXPECT_EQ(found.records, 3'000);
  EXPECT_GT(found.longest_record, 6'000);
}

TEST_F(CsvScan, FindsIrregularitiesInTheLastChunk) {
  const auto good = rows(1'500, std::string(6000, 'x'));
  EXPECT_TRUE(scan(good).regular);
  EXPECT_FALSE(scan(good + "1,2,3\n").regular);
  EXPECT_FALSE(scan(good + "1,\"open\n").regular);
  EXPECT_FALSE(scan(good + std::string("1,\0\n", 4)).regular);
  EXPECT_FALSE(scan(good + "1,2\r\n").regular);
}

}  // namespace
}  // namespace sextant::formats

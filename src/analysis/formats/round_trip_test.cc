// Random tables written as CSV in random dialects and encodings come back cell for cell.
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unicode/unistr.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "analysis/engine/duckdb.h"
#include "analysis/formats/load.h"
#include "base/text.h"

namespace sextant::formats {
namespace {

namespace fs = std::filesystem;

struct Style {
  char delimiter = ',';
  bool quote_all = false;
  std::string line_end = "\n";
  std::string encoding = "UTF-8";
  bool mark = false;
  bool decimal_comma = false;
};

class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}
  int below(int n) { return static_cast<int>(engine_() % static_cast<std::uint32_t>(n)); }
  template <class T>
  const T& of(const std::vector<T>& values) {
    return values[static_cast<std::size_t>(below(static_cast<int>(values.size())))];
  }

 private:
  std::mt19937 engine_;
};

// What a cell is in the file, and what must be read back ("" = NULL).
struct Cell {
  std::string written;
  std::string expected;
};

Cell random_cell(Random& random, int kind, const Style& style, int row) {
  if (row > 1 && random.below(7) == 0) return {"", ""};
  switch (kind) {
    case 0: {
      const auto n = std::to_string(random.below(2'000'000) - 1'000'000);
      return {n, n};
    }
    case 1: {
      const auto whole = std::to_string(random.below(100'000));
      const auto cents = std::to_string(10 + random.below(90));
      return {whole + (style.decimal_comma ? "," : ".") + cents, whole + "." + cents};
    }
    case 2: {
      const int day = row == 0 ? 25 : 1 + random.below(28);
      const int month = 1 + random.below(12);
      const int year = 1990 + random.below(40);
      char written[32];
      char expected[32];
      std::snprintf(written, sizeof written, style.decimal_comma ? "%02d.%02d.%d" : "%02d/%02d/%d",
                    day, month, year);
      std::snprintf(expected, sizeof expected, "%04d-%02d-%02d", year, month, day);
      return {written, expected};
    }
    case 3: {
      const auto text = (random.below(2) ? "0" : "9") + std::to_string(1000 + random.below(9000));
      return {row == 0 ? "01234" : text, row == 0 ? "01234" : text};
    }
    default: {
      std::string text = "w";
      static const std::vector<std::string> kPieces = {
          "é", "ü",  "café",          " ", ",",  ";", "|", "\t",    "\"",
          "'", "\n", "été à Orléans", "x", "\\", "#", "1", "Straße"};
      for (int i = random.below(6); i >= 0; --i) text += random.of(kPieces);
      return {text + "z", text + "z"};
    }
  }
}

std::string write_cell(const std::string& cell, const Style& style) {
  const bool must = cell.find_first_of(std::string("\"\r\n") + style.delimiter) != cell.npos;
  if (!must && !style.quote_all) return cell;
  std::string out = "\"";
  for (const char c : cell) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

std::string encode(const std::string& text, const Style& style) {
  if (style.encoding == "UTF-8") return (style.mark ? "\xEF\xBB\xBF" : "") + text;
  const auto unicode = icu::UnicodeString::fromUTF8((style.mark ? "\xEF\xBB\xBF" : "") + text);
  const auto size = unicode.extract(0, unicode.length(), nullptr, 0, style.encoding.c_str());
  std::string out(static_cast<std::size_t>(size) + 1, '\0');
  unicode.extract(0, unicode.length(), out.data(), static_cast<std::uint32_t>(out.size()),
                  style.encoding.c_str());
  out.resize(static_cast<std::size_t>(size));
  return out;
}

class RoundTrip : public testing::TestWithParam<int> {};

TEST_P(RoundTrip, CellsComeBack) {
  Random random(static_cast<std::uint32_t>(GetParam()));
  Style style;
  style.delimiter = random.of(std::vector<char>{',', ';', '\t', '|'});
  style.decimal_comma = style.delimiter != ',' && random.below(2) == 0;
  style.quote_all = random.below(3) == 0;
  style.line_end = random.of(std::vector<std::string>{"\n", "\r\n", "\r"});
  style.encoding = random.of(std::vector<std::string>{"UTF-8", "UTF-8", "UTF-16LE", "UTF-16BE",
                                                      "UTF-32LE", "windows-1252"});
  style.mark = style.encoding == "UTF-8" ? random.below(2) == 0 : style.encoding != "windows-1252";
  const int columns = 2 + random.below(6);
  const int rows = 5 + random.below(300);

  std::vector<int> kinds;
  std::string file;
  for (int c = 0; c < columns; ++c) {
    kinds.push_back(c == 0 ? 4 : random.below(5));
    file += (c ? std::string(1, style.delimiter) : "") +
            write_cell("column " + std::to_string(c), style);
  }
  file += style.line_end;
  std::vector<std::vector<std::string>> expected;
  for (int r = 0; r < rows; ++r) {
    expected.emplace_back();
    for (int c = 0; c < columns; ++c) {
      auto cell = random_cell(random, kinds[static_cast<std::size_t>(c)], style, c == 0 ? 0 : r);
      file += (c ? std::string(1, style.delimiter) : "") + write_cell(cell.written, style);
      expected.back().push_back(std::move(cell.expected));
    }
    file += style.line_end;
  }

  std::string pattern = (fs::temp_directory_path() / "sextant_round_XXXXXX").string();
  const fs::path scratch = ::mkdtemp(pattern.data());
  std::ofstream(scratch / "t.csv", std::ios::binary) << encode(file, style);
  LoadOptions options;
  options.memory_limit = 512 << 20;
  options.temp_directory = scratch.string();
  const auto output = (scratch / "o.duckdb").string();
  const auto reply =
      load_file({(scratch / "t.csv").string(), "t.csv", output, {}}, options, {}, {});
  ASSERT_TRUE(reply.has_value()) << reply.error().message;
  SCOPED_TRACE(json::dump(*reply));
  {
    auto database = engine::Database::open(output, {.read_only = true});
    ASSERT_TRUE(database.has_value());
    auto connection = database->connect();
    auto result = connection->query("SELECT * FROM t");
    ASSERT_TRUE(result.has_value());
    ASSERT_EQ(result->rows(), rows);
    ASSERT_EQ(result->columns(), columns);
    for (int r = 0; r < rows; ++r) {
      for (int c = 0; c < columns; ++c) {
        ASSERT_EQ(result->text(r, c),
                  expected[static_cast<std::size_t>(r)][static_cast<std::size_t>(c)])
            << "row " << r << " column " << c;
      }
    }
    EXPECT_EQ(reply->report.tables[0].quarantined, 0);
  }
  fs::remove_all(scratch);
}

INSTANTIATE_TEST_SUITE_P(Formats, RoundTrip, testing::Range(1, 201));

}  // namespace
}  // namespace sextant::formats

// Runs every case of tests/formats: a file, and beside it FILE.expected.json with what must come
// out. New cases need no code. SEXTANT_WRITE_EXPECTED=1 writes the files that are missing, for
// review.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "analysis/engine/duckdb.h"
#include "analysis/formats/load.h"
#include "base/json.h"
#include "base/text.h"

namespace sextant::formats {
namespace {

namespace fs = std::filesystem;
constexpr const char* kFolder = "tests/formats";
constexpr std::int64_t kRowsShown = 20;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

Result<json::Value> rows_of(engine::Connection& connection, const std::string& table) {
  TRY(const auto rows, connection.query("SELECT * FROM " + text::quote_identifier(table) +
                                        " LIMIT " + std::to_string(kRowsShown)));
  json::Array out;
  for (std::int64_t r = 0; r < rows.rows(); ++r) {
    json::Array row;
    for (std::int64_t c = 0; c < rows.columns(); ++c) {
      if (rows.is_null(r, c))
        row.emplace_back(nullptr);
      else
        row.emplace_back(rows.text(r, c));
    }
    out.emplace_back(std::move(row));
  }
  return json::Value(std::move(out));
}

// Everything that a case fixes, as JSON.
json::Value outcome(const fs::path& file, const fs::path& scratch) {
  LoadOptions options;
  options.memory_limit = 512 << 20;
  options.temp_directory = scratch.string();
  const auto output = (scratch / "out.duckdb").string();
  const auto reply =
      load_file({file.string(), file.filename().string(), output, {}}, options, {}, {});
  if (!reply) {
    EXPECT_FALSE(fs::exists(output));
    return json::Object{{"error", std::string(to_string(reply.error().code))},
                        {"message", reply.error().message}};
  }
  json::Object out;
  out["format"] = reply->report.format;
  out["data_type"] = reply->data_type;
  if (reply->report.encoding) out["encoding"] = *reply->report.encoding;
  if (reply->report.delimiter) out["delimiter"] = *reply->report.delimiter;
  auto database = engine::Database::open(output, {.read_only = true});
  EXPECT_TRUE(database.has_value());
  auto connection = database->connect();
  json::Array tables;
  for (std::size_t t = 0; t < reply->tables.size(); ++t) {
    const auto& table = reply->tables[t];
    json::Array columns;
    for (const auto& column : table.columns) {
      columns.emplace_back(column.name + " | " + column.original_name + " | " + column.type);
    }
    auto rows = rows_of(*connection, table.stored_name);
    EXPECT_TRUE(rows.has_value()) << rows.error().message;
    json::Array kept_aside;
    for (const auto& cell : reply->report.tables[t].samples)
      kept_aside.push_back(json::to_value(cell));
    tables.emplace_back(json::Object{{"name", table.name},
                                     {"row_count", table.rows},
                                     {"columns", std::move(columns)},
                                     {"rows", *rows},
                                     {"quarantine", std::move(kept_aside)}});
  }
  out["tables"] = std::move(tables);
  if (reply->report.passages) {
    const auto rows = connection->query(
        "SELECT concat_ws(' | ', coalesce(page::VARCHAR, '-'), kind, heading, text, position) "
        "FROM _passages ORDER BY id LIMIT " +
        std::to_string(kRowsShown));
    EXPECT_TRUE(rows.has_value()) << rows.error().message;
    json::Array passages;
    for (std::int64_t r = 0; r < rows->rows(); ++r) passages.emplace_back(rows->text(r, 0));
    out["passages"] = std::move(passages);
  }
  if (reply->report.offered) out["offered"] = json::to_value(*reply->report.offered);
  out["notes"] = json::to_value(reply->report.notes);
  for (const auto& entry : fs::directory_iterator(scratch)) {
    EXPECT_EQ(entry.path().filename(), "out.duckdb") << "left behind";
  }
  return out;
}

class Case : public testing::TestWithParam<std::string> {};

TEST_P(Case, GivesWhatIsExpected) {
  const fs::path file = fs::path(kFolder) / GetParam();
  const fs::path expected_file = file.string() + ".expected.json";
  std::string pattern = (fs::temp_directory_path() / "sextant_cases_XXXXXX").string();
  const fs::path scratch = ::mkdtemp(pattern.data());
  const auto actual = json::dump(outcome(file, scratch));
  fs::remove_all(scratch);
  if (!fs::exists(expected_file) && ::getenv("SEXTANT_WRITE_EXPECTED")) {
    std::ofstream(expected_file) << actual << "\n";
  }
  const auto expected = json::parse(read(expected_file));
  ASSERT_TRUE(expected.has_value()) << expected_file << ": " << expected.error().message;
  EXPECT_EQ(json::dump(*expected), actual);
}

std::vector<std::string> all_cases() {
  std::vector<std::string> out;
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    const auto name = entry.path().filename().string();
    if (!name.ends_with(".expected.json")) out.push_back(name);
  }
  std::sort(out.begin(), out.end());
  return out;
}

INSTANTIATE_TEST_SUITE_P(Formats, Case, testing::ValuesIn(all_cases()), [](const auto& info) {
  std::string name = info.param;
  for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return name;
});

}  // namespace
}  // namespace sextant::formats

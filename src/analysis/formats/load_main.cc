// A small program around load_file, for benchmarks and campaigns:
//   sextant_load [--engine | --text] FILE OUTPUT.duckdb [MEMORY_MB] [THREADS]
// --engine: DuckDB's own CREATE TABLE AS SELECT * FROM read_csv, as a yardstick.
// --text: every cell as the text that the file has; prints them as [[header], [row], …] of the
// first table instead of the reply.
// Prints the LoadReply (or the error) as JSON on one line; exit code 0, 2 for an error.
#include <sys/resource.h>

#include <cstdio>
#include <filesystem>
#include <string>

#include "analysis/engine/duckdb.h"
#include "analysis/formats/load.h"
#include "base/json.h"
#include "base/text.h"

namespace {

sextant::Result<> engine_alone(const std::string& file, const std::string& output,
                               const sextant::formats::LoadOptions& options) {
  using sextant::engine::Database;
  TRY(auto database, Database::open(output, {.threads = static_cast<int>(options.threads),
                                             .memory_limit = options.memory_limit,
                                             .temp_directory = options.temp_directory}));
  TRY(auto connection, database.connect());
  TRY_VOID(connection.query("CREATE TABLE t AS SELECT * FROM read_csv(" +
                            sextant::text::quote_literal(file) + "); CHECKPOINT"));
  return {};
}

sextant::Result<sextant::json::Value> cells_of(const std::string& path,
                                               const sextant::catalog::Table& table) {
  using namespace sextant;
  TRY(const auto database, engine::Database::open(path, {.read_only = true}));
  TRY(auto connection, database.connect());
  TRY(const auto rows,
      connection.query("SELECT * FROM " + text::quote_identifier(table.stored_name)));
  json::Array out;
  json::Array header;
  for (const auto& column : table.columns) header.emplace_back(column.original_name);
  out.emplace_back(std::move(header));
  for (auto& row : rows.rows_to_json()) out.push_back(std::move(row));
  return json::Value(std::move(out));
}

void print_peak_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::fprintf(stderr, "peak_rss_mb=%ld\n", usage.ru_maxrss / 1024);
}

}  // namespace

int main(int argc, char** argv) {
  using namespace sextant;
  const bool engine_only = argc > 1 && std::string_view(argv[1]) == "--engine";
  const bool as_text = argc > 1 && std::string_view(argv[1]) == "--text";
  if (engine_only || as_text) ++argv, --argc;
  if (argc < 3) {
    std::fprintf(stderr, "usage: %s FILE OUTPUT.duckdb [MEMORY_MB] [THREADS]\n", argv[0]);
    return 64;
  }
  const std::filesystem::path file(argv[1]);
  formats::LoadOptions options;
  if (argc > 3) options.memory_limit = std::stoll(argv[3]) << 20;
  if (argc > 4) options.threads = std::stoll(argv[4]);
  options.temp_directory = std::string(argv[2]) + ".tmp";
  std::filesystem::create_directories(options.temp_directory);
  std::filesystem::remove(argv[2]);
  if (engine_only) {
    const auto done = engine_alone(file.string(), argv[2], options);
    std::filesystem::remove_all(options.temp_directory);
    print_peak_memory();
    if (!done) std::fprintf(stderr, "%s\n", done.error().message.c_str());
    return done ? 0 : 2;
  }
  wire::LoadRequest request{file.string(), file.filename().string(), argv[2], {}};
  request.as_text = as_text;
  const auto reply = formats::load_file(request, options, {}, {});
  std::filesystem::remove_all(options.temp_directory);
  print_peak_memory();
  if (!reply) {
    const auto error = json::Object{{"error", std::string(to_string(reply.error().code))},
                                    {"message", reply.error().message},
                                    {"hint", reply.error().hint}};
    std::puts(json::dump(json::Value(error)).c_str());
    return 2;
  }
  if (!as_text) {
    std::puts(json::dump(*reply).c_str());
    return 0;
  }
  const auto cells = cells_of(argv[2], reply->tables.front());
  if (!cells) {
    std::fprintf(stderr, "%s\n", cells.error().message.c_str());
    return 2;
  }
  std::puts(json::dump(*cells).c_str());
  return 0;
}

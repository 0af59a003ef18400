// A small program around profile_tables, for benchmarks:
//   sextant_profile_file FILE.duckdb
// Profiles every table of a loaded file; prints the ProfileReply as JSON on one line.
#include <chrono>
#include <cstdio>

#include "analysis/engine/duckdb.h"
#include "analysis/profile/profile.h"
#include "base/json.h"
#include "base/text.h"

namespace {

using namespace sextant;

Result<wire::ProfileReply> profile_file(const std::string& path) {
  TRY(auto database, engine::Database::open({}, {.threads = 2, .memory_limit = 1ll << 30}));
  TRY(auto connection, database.connect());
  TRY_VOID(connection.query("ATTACH " + text::quote_literal(path) + " AS loaded (READ_ONLY)"));
  catalog::SourceVersion version;
  version.path = path;
  TRY(const auto columns,
      connection.query(
          "SELECT c.table_name, c.column_name, coalesce(o.original_name, c.column_name), "
          "c.data_type FROM duckdb_columns() c LEFT JOIN loaded.main._columns o USING "
          "(table_name, column_name) WHERE c.database_name = 'loaded' AND NOT "
          "starts_with(c.table_name, '_') ORDER BY c.table_name, c.column_index"));
  for (std::int64_t r = 0; r < columns.rows(); ++r) {
    const auto table = columns.text(r, 0);
    if (version.tables.empty() || version.tables.back().name != table) {
      version.tables.push_back({table, table, table, 0, {}});
    }
    version.tables.back().columns.push_back(
        {columns.text(r, 1), columns.text(r, 2), columns.text(r, 3)});
  }
  return profile::profile_tables(connection, version, {}, {});
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: %s FILE.duckdb\n", argv[0]);
    return 64;
  }
  const auto start = std::chrono::steady_clock::now();
  const auto reply = profile_file(argv[1]);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  if (!reply) {
    std::fprintf(stderr, "%s\n", reply.error().message.c_str());
    return 2;
  }
  std::fprintf(stderr, "seconds=%.2f\n", seconds.count());
  std::puts(json::dump(*reply).c_str());
  return 0;
}

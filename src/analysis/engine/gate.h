#pragma once
// The gate that every SQL text passes before it runs, whoever wrote it.
//
// Let through: exactly one SELECT (also WITH, FROM, VALUES, DESCRIBE, SUMMARIZE, SHOW TABLES, PIVOT
// … IN (…), UNPIVOT) of at most 64 KB that reads only tables of the catalog, its own CTEs and
// subqueries, VALUES, unnest, range and generate_series, and calls only functions of functions.txt.
// The text is judged by the parse tree of the engine that will run it, not by its looks; every kind
// of node is on a list of known kinds, so a new one is refused until somebody has looked at it.
// Errors: invalid_sql with detail.position (byte offset) where known.
// Threads: one at a time per Gate.

#include <map>
#include <string>
#include <vector>

#include "analysis/engine/duckdb.h"
#include "catalog/source.h"

namespace sextant::engine {

// SQL by name: FROM saved.<name> stands for it.
using SavedQueries = std::map<std::string, std::string>;

// Where a table is named in the text.
struct TableUse {
  std::size_t position = 0;  // bytes
  std::string name;          // of a table as the catalog has it, of a saved query in lower case
  bool saved = false;
  bool aliased = false;
};

struct Verdict {
  std::vector<std::string> tables;  // catalog tables that are read, in order of first mention
  std::vector<std::string> saved;   // saved queries, as the tables
  std::vector<TableUse> uses;       // unqualified tables and saved queries
  bool repeatable = true;           // false: calls now(), random() and the like
};

class Gate {
 public:
  static constexpr std::size_t kMaxBytes = 64 << 10;
  static constexpr int kMaxNesting = 100;  // brackets in the text

  // Parses with a connection to `database`.
  static Result<Gate> create(const Database& database);

  Result<Verdict> check(const std::string& sql, const catalog::Catalog& catalog,
                        const SavedQueries& saved = {}, std::size_t max_bytes = kMaxBytes);

  // The parse tree of a statement that check() has let through, as json_serialize_sql writes it.
  Result<json::Value> parse(const std::string& sql);

  // Such a tree as a statement again; its names and layout may be written otherwise.
  Result<std::string> print(const json::Value& tree);

  // check() and parse() in one.
  Result<json::Value> tree(const std::string& sql, const catalog::Catalog& catalog,
                           const SavedQueries& saved = {});

 private:
  Gate(Connection connection, Statement parse);
  Connection connection_;
  Statement parse_;
};

}  // namespace sextant::engine

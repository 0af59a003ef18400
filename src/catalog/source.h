#pragma once
// Sources, versions, tables and columns: what a workspace's data is made of, as plain values.

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sextant::catalog {

// The five places that every source is brought to.
inline constexpr const char* kFeatures[] = {"conversational_ai", "query_builder",
                                            "dashboard_builder", "ai_assistant"};

struct Column {
  std::string name;           // snake_case, unique within the table; what SQL uses
  std::string original_name;  // the header as the file has it; quoted, SQL accepts it too
  std::string type;           // DuckDB type name, e.g. BIGINT, DECIMAL(18,2), DATE, VARCHAR
};
BOOST_DESCRIBE_STRUCT(Column, (), (name, original_name, type))

struct Table {
  std::string name;  // SQL name, lower snake_case, unique in the workspace, stable over versions
  std::string stored_name;  // name inside the version's DuckDB file
  std::string title;        // what people call it: sheet name, or file name without extension
  std::int64_t rows = 0;
  std::vector<Column> columns;
};
BOOST_DESCRIBE_STRUCT(Table, (), (name, stored_name, title, rows, columns))

// One immutable, published version of a source.
struct SourceVersion {
  std::string source_id;
  std::string source_name;   // the file's name, e.g. "Sales 2025.xlsx"
  std::int64_t version = 1;  // 1, 2, 3, …
  std::string path;          // DuckDB file, relative to the workspace's folder
  std::vector<Table> tables;
};
BOOST_DESCRIBE_STRUCT(SourceVersion, (), (source_id, source_name, version, path, tables))

// What a query of one workspace can see: a value. Equal fingerprints mean equal data.
struct Catalog {
  std::string workspace_id;
  std::vector<SourceVersion> sources;

  // "source@version" of every source, in order: the identity of this snapshot.
  std::string fingerprint() const;
  const Table* find_table(std::string_view name) const;
};
BOOST_DESCRIBE_STRUCT(Catalog, (), (workspace_id, sources))

}  // namespace sextant::catalog

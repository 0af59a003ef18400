#pragma once
// Cells of a source as its file has them: those that were kept aside, and the raw text of every
// one. Read in a worker. Thread-safe; calls block for as long as the reading takes.

#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "base/settings.h"
#include "catalog/principal.h"
#include "platform/blobs/workspace_files.h"
#include "platform/sources/repository.h"
#include "platform/store/database.h"
#include "platform/workers/pool.h"

namespace sextant::sources {

struct CellsRequest {
  std::string source_id;
  std::optional<std::int64_t> version;  // none: the one in use
  std::optional<std::string> table;     // none: the first (rows), all (quarantine)
  std::optional<std::string> column;    // of the quarantine, by its header
  std::int64_t offset = 0;
  std::int64_t limit = 100;
};

struct QuarantineCount {
  std::string table;
  std::optional<std::string> column;  // none: whole lines
  std::string reason;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(QuarantineCount, (), (table, column, reason, count))

struct QuarantinePage {
  std::vector<catalog::QuarantinedCell> cells;  // raw: at most 4,000 characters
  std::int64_t total_count = 0;                 // of the table and column asked for
  std::vector<QuarantineCount> counts;          // of the whole version, most frequent first
};
BOOST_DESCRIBE_STRUCT(QuarantinePage, (), (cells, total_count, counts))

struct RawPage {
  std::string table;
  std::vector<std::string> columns;  // raw: headers, as the file has them; typed: SQL names
  boost::json::array rows;           // raw: of texts; null where there is nothing
  std::int64_t offset = 0;
  std::int64_t total_rows = 0;
};
BOOST_DESCRIBE_STRUCT(RawPage, (), (table, columns, rows, offset, total_rows))

class SourceCells {
 public:
  SourceCells(store::Database& database, const blobs::WorkspaceFiles& files, workers::Pool& pool,
              const Settings& settings);

  Result<QuarantinePage> quarantine(const catalog::Principal& who, const CellsRequest& request,
                                    std::stop_token stop);

  // Typed rows of any version, also of one that waits to be published.
  Result<RawPage> typed(const catalog::Principal& who, const CellsRequest& request,
                        std::stop_token stop);

  // Rows as they were before types were decided and steps were done. The first call of a version
  // reads its files again and keeps the outcome beside the version.
  Result<RawPage> raw(const catalog::Principal& who, const CellsRequest& request,
                      std::stop_token stop);

 private:
  using Key = std::pair<std::string, std::int64_t>;
  using Tables = std::map<std::string, catalog::Table>;  // by the names that SQL knows

  Result<StoredVersion> find(const catalog::Principal& who, const CellsRequest& request);
  Result<boost::json::array> rows(const catalog::Principal& who, catalog::SourceVersion version,
                                  std::string sql, boost::json::object parameters,
                                  std::stop_token stop);
  Result<RawPage> page_of(const catalog::Principal& who, catalog::SourceVersion version,
                          const std::string& name, const CellsRequest& request,
                          std::stop_token stop);
  Result<Tables> raw_tables(const catalog::Principal& who, const StoredVersion& version,
                            std::stop_token stop);

  store::Database& database_;
  const blobs::WorkspaceFiles& files_;
  workers::Pool& pool_;
  const Settings& settings_;
  std::mutex mutex_;  // guards raw_
  std::map<Key, Tables> raw_;
};

}  // namespace sextant::sources

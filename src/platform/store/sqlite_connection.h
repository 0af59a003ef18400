#pragma once
// One SQLite connection with its prepared statements. Private to this folder. Used by one thread at
// a time.

#include <sqlite3.h>

#include <memory>
#include <string>
#include <unordered_map>

#include "platform/store/database.h"

namespace sextant::store {

class SqliteConnection {
 public:
  enum class Mode { read_only, read_write };

  static Result<std::unique_ptr<SqliteConnection>> open(const std::string& path, Mode mode,
                                                        std::chrono::milliseconds patience);

  Result<Outcome> run(std::string_view sql, const Params& params);
  Result<> script(const std::string& statements);
  bool in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }

 private:
  struct CloseHandle {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  struct Prepared {
    std::unique_ptr<sqlite3_stmt, Finalize> statement;
    std::shared_ptr<const std::vector<std::string>> names;
  };

  Result<Prepared*> prepare(std::string_view sql);
  Result<> bind(sqlite3_stmt* statement, const Params& params);
  Error last_error() const;

  std::unique_ptr<sqlite3, CloseHandle> handle_;
  std::unordered_map<std::string, Prepared> statements_;
};

}  // namespace sextant::store

#pragma once
// One PostgreSQL connection with its prepared statements. Private to this folder. Used by one
// thread at a time.

#include <libpq-fe.h>

#include <memory>
#include <string>
#include <unordered_map>

#include "platform/store/database.h"

namespace sextant::store {

class PostgresConnection {
 public:
  // One attempt. Errors: unavailable.
  static Result<std::unique_ptr<PostgresConnection>> open(const std::string& url,
                                                          std::chrono::milliseconds lock_patience);

  Result<Outcome> run(std::string_view sql, const Params& params);
  // Statements without parameters; the rows of the last one.
  Result<Outcome> script(const std::string& statements);

  // Set by the last failure. lost: the connection is of no use any more, and it is not known
  // whether the statement took effect. in_the_way: another transaction won; the same work may
  // succeed now.
  bool lost() const { return lost_; }
  bool in_the_way() const { return in_the_way_; }
  // Alive and in no transaction.
  bool reusable() const;

 private:
  struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };
  struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
  };
  using ResultHandle = std::unique_ptr<PGresult, Clear>;

  Result<std::string> prepare(std::string_view sql, std::size_t parameters);
  Result<Outcome> outcome_of(ResultHandle result);
  Error error_of(const PGresult* result);

  std::unique_ptr<PGconn, Finish> handle_;
  std::unordered_map<std::string, std::string> statements_;  // SQL → its name at the server
  std::int64_t next_name_ = 1;
  bool lost_ = false;
  bool in_the_way_ = false;
};

}  // namespace sextant::store

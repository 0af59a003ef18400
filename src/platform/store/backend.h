#pragma once
// What a dialect implements. Private to this folder.

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "platform/store/database.h"

namespace sextant::store {

class BackendTransaction : public Transaction {
 public:
  // Several statements without parameters, as migrations have them.
  virtual Result<> script(std::string_view statements) = 0;

  void after_commit(std::function<void()> action) override {
    actions_.push_back(std::move(action));
  }
  std::vector<std::function<void()>> take_actions() { return std::move(actions_); }

 private:
  std::vector<std::function<void()>> actions_;
};

using TransactionWork = std::function<Result<>(BackendTransaction&)>;

class Backend {
 public:
  // `whole_schema`: no other program may be in such a transaction at the same time, and the data is
  // read as it is once this one is alone.
  enum class Exclusion { none, whole_schema };

  virtual ~Backend() = default;
  virtual Dialect dialect() const = 0;
  virtual Result<Outcome> run(std::string_view sql, const Params& params) = 0;
  // The actions to run after the commit. `work` may be run several times.
  virtual Result<std::vector<std::function<void()>>> transaction(const TransactionWork& work,
                                                                 Exclusion exclusion) = 0;
  virtual Result<> ping() = 0;
};

Result<std::unique_ptr<Backend>> open_sqlite(const std::string& path, Options options);
Result<std::unique_ptr<Backend>> open_postgres(const std::string& url, Options options);

// Whether a statement only reads, judged by its first word and by the absence of writing clauses.
bool reads_only(std::string_view sql);

// Errors that both dialects word alike. `columns` is like "users.email", or "" when not known.
Error unique_violation(std::string columns);
Error foreign_key_violation();
Error nul_character_error();

}  // namespace sextant::store

#pragma once
// For tests: fresh databases on both dialects. The PostgreSQL server is a private one, started by
// tools/postgres_for_tests.sh when the first test needs it and removed when the program ends. Tests
// run with the project's folder as their working directory.
//
//   class ThingTest : public store::testing::DatabaseTest {};
//   TEST_P(ThingTest, does_it) { … database() … }
//   SEXTANT_ON_BOTH_DIALECTS(ThingTest);

#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <stdlib.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <string>

#include "base/text.h"
#include "platform/store/database.h"

namespace sextant::store::testing {

// A folder of its own that is gone at the end.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "sextant-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) std::abort();
    path_ = pattern;
    // The server's own user must get in.
    std::filesystem::permissions(path_, std::filesystem::perms(0755));
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

class PostgresServer {
 public:
  static PostgresServer& instance() {
    static PostgresServer server;
    return server;
  }
  // The URL of a new, empty database.
  std::string new_database() { return create("template0"); }
  // The same with the present schema: a copy of one that was migrated once.
  std::string new_migrated_database() {
    static const std::string migrated = [this] {
      const std::string url = create("template0");
      auto opened = Database::open(url);
      EXPECT_TRUE(opened && (*opened)->migrate());
      return "test" + std::to_string(databases_);
    }();
    return create(migrated);
  }
  // Runs one statement as another client would.
  void statement(const std::string& sql) {
    PGconn* connection = PQconnectdb(url_.c_str());
    PGresult* result = PQexec(connection, sql.c_str());
    EXPECT_NE(PQresultStatus(result), PGRES_FATAL_ERROR) << PQerrorMessage(connection);
    PQclear(result);
    PQfinish(connection);
  }
  // Breaks every other client's connection.
  void break_connections() {
    statement(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
  }
  void script(const std::string& action) { run(action); }

 private:
  PostgresServer() { url_ = std::string(text::trim(run("start"))); }
  ~PostgresServer() { run("stop"); }

  std::string create(const std::string& from) {
    const std::string name = "test" + std::to_string(++databases_);
    statement("CREATE DATABASE " + name + " TEMPLATE " + from);
    std::string url = url_;
    url.replace(url.find("/sextant?"), 9, "/" + name + "?");
    return url;
  }

  std::string run(const std::string& action) {
    const std::string command = "tools/postgres_for_tests.sh " + action + " '" +
                                (folder_.path() / "pg").string() + "' " +
                                std::to_string(::getpid());
    std::string output;
    FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) std::abort();
    char buffer[512];
    while (std::fgets(buffer, sizeof buffer, pipe) != nullptr) output += buffer;
    EXPECT_EQ(::pclose(pipe), 0) << command;
    return output;
  }

  TemporaryFolder folder_;
  std::string url_;
  std::atomic<int> databases_ = 0;
};

class DatabaseTest : public ::testing::TestWithParam<Dialect> {
 protected:
  DatabaseTest() {
    url_ = GetParam() == Dialect::sqlite ? "sqlite:///" + (folder_.path() / "test.db").string()
                                         : PostgresServer::instance().new_migrated_database();
    database_ = open();
    auto migrated = database_->migrate();
    EXPECT_TRUE(migrated.has_value()) << migrated.error().message;
  }

  Database& database() { return *database_; }
  const std::string& url() const { return url_; }
  const std::filesystem::path& folder() const { return folder_.path(); }
  std::unique_ptr<Database> open(Options options = {}) const {
    auto opened = Database::open(url_, options);
    EXPECT_TRUE(opened.has_value()) << opened.error().message;
    return opened ? std::move(*opened) : nullptr;
  }

 private:
  TemporaryFolder folder_;
  std::string url_;
  std::unique_ptr<Database> database_;
};

// What a failed Result says, for the message of an assertion.
template <class T>
std::string why(const Result<T>& result) {
  if (result) return "";
  return std::string(to_string(result.error().code)) + ": " + result.error().message;
}

}  // namespace sextant::store::testing

#define SEXTANT_ON_BOTH_DIALECTS(Suite)                                                            \
  INSTANTIATE_TEST_SUITE_P(                                                                        \
      , Suite,                                                                                     \
      ::testing::Values(::sextant::store::Dialect::sqlite, ::sextant::store::Dialect::postgresql), \
      [](const auto& info) {                                                                       \
        return info.param == ::sextant::store::Dialect::sqlite ? "sqlite" : "postgresql";          \
      })

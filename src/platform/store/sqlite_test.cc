// What only SQLite's file can do to us: a program killed while it writes, a full disk, another
// program.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "platform/store/testing.h"

namespace sextant::store {
namespace {

using testing::DatabaseTest;
using testing::why;

class SqliteFaults : public DatabaseTest {
 protected:
  SqliteFaults() {
    EXPECT_TRUE(
        database().execute("CREATE TABLE written (id INTEGER PRIMARY KEY, body TEXT)").has_value());
  }
  std::int64_t count() {
    return database().one("SELECT count(*) AS n FROM written", {}, "n")->integer("n");
  }
};

TEST_P(SqliteFaults, what_a_killed_program_had_acknowledged_is_there) {
  for (int round = 0; round < 5; ++round) {
    int pipe_ends[2];
    ASSERT_EQ(::pipe(pipe_ends), 0);
    const std::int64_t base = round * 1'000'000;
    const pid_t child = ::fork();
    if (child == 0) {
      auto opened = Database::open(url());
      for (std::int64_t i = 0; opened; ++i) {
        const std::int64_t id = base + i;
        if (!(*opened)->execute("INSERT INTO written (id) VALUES ($1)", {id})) break;
        if (::write(pipe_ends[1], &id, sizeof id) != sizeof id) break;
      }
      ::_exit(1);
    }
    ::close(pipe_ends[1]);
    std::vector<std::int64_t> acknowledged;
    std::int64_t id = 0;
    while (acknowledged.size() < 20 && ::read(pipe_ends[0], &id, sizeof id) == sizeof id)
      acknowledged.push_back(id);
    ::kill(child, SIGKILL);
    while (::read(pipe_ends[0], &id, sizeof id) == sizeof id) acknowledged.push_back(id);
    ::close(pipe_ends[0]);
    ::waitpid(child, nullptr, 0);
    ASSERT_GE(acknowledged.size(), 20u);
    const auto again = open();
    for (const auto one : acknowledged) {
      const auto row = again->first("SELECT id FROM written WHERE id = $1", {one});
      ASSERT_TRUE(row.has_value()) << why(row);
      EXPECT_TRUE(row->has_value()) << one << " was acknowledged and is lost";
    }
  }
}

TEST_P(SqliteFaults, a_full_disk_is_said_so_and_reads_go_on_and_it_recovers) {
  // The limit of pages acts as a full disk does: SQLITE_FULL in the middle of a transaction.
  ASSERT_TRUE(database().query("PRAGMA max_page_count = 150").has_value());
  const std::string body(4000, 'x');
  std::int64_t written = 0;
  Result<std::int64_t> last = 1;
  while (written < 1000 &&
         (last = database().execute("INSERT INTO written (body) VALUES ($1)", {body})))
    ++written;
  ASSERT_FALSE(last.has_value());
  EXPECT_EQ(last.error().code, ErrorCode::storage_full);
  EXPECT_EQ(count(), written);
  const auto transaction = database().transaction([&](Transaction& tx) -> Result<> {
    TRY_VOID(tx.execute("UPDATE written SET body = ''"));
    TRY_VOID(tx.execute("INSERT INTO written (body) VALUES ($1)", {std::string(1'000'000, 'y')}));
    return {};
  });
  ASSERT_FALSE(transaction.has_value());
  EXPECT_EQ(transaction.error().code, ErrorCode::storage_full);
  EXPECT_EQ(
      database().one("SELECT count(*) AS n FROM written WHERE body = ''", {}, "n")->integer("n"),
      0);
  ASSERT_TRUE(database().query("PRAGMA max_page_count = 1000000").has_value());
  const auto after = database().execute("INSERT INTO written (body) VALUES ($1)", {body});
  EXPECT_TRUE(after.has_value()) << why(after);
}

TEST_P(SqliteFaults, a_database_that_another_program_holds_is_busy_and_not_an_endless_wait) {
  const auto other = open({.patience = std::chrono::milliseconds(50)});
  const auto result = database().transaction([&](Transaction& tx) -> Result<> {
    TRY_VOID(tx.execute("INSERT INTO written (id) VALUES (1)"));
    const auto blocked = other->execute("INSERT INTO written (id) VALUES (2)");
    EXPECT_FALSE(blocked.has_value());
    if (!blocked) {
      EXPECT_EQ(blocked.error().code, ErrorCode::unavailable);
    }
    EXPECT_TRUE(other->ping().has_value()) << "reading is not blocked";
    return {};
  });
  ASSERT_TRUE(result.has_value()) << why(result);
  EXPECT_TRUE(other->execute("INSERT INTO written (id) VALUES (2)").has_value());
}

TEST_P(SqliteFaults, the_file_is_for_its_owner_only) {
  struct stat info{};
  for (const char* side : {"", "-wal", "-shm"}) {
    ASSERT_EQ(::stat(((folder() / "test.db").string() + side).c_str(), &info), 0) << side;
    EXPECT_EQ(info.st_mode & 0777, 0600u) << side;
  }
}

TEST_P(SqliteFaults, a_file_that_is_no_database_is_refused_in_words) {
  const auto path = folder() / "other.db";
  std::FILE* file = std::fopen(path.c_str(), "w");
  for (int i = 0; i < 500; ++i) std::fputs("this is not a database\n", file);
  std::fclose(file);
  const auto opened = Database::open("sqlite:///" + path.string());
  ASSERT_FALSE(opened.has_value());
  EXPECT_NE(opened.error().message.find("damaged"), std::string::npos) << opened.error().message;
  EXPECT_FALSE(Database::open("sqlite:////no/such/folder/x.db").has_value());
}

INSTANTIATE_TEST_SUITE_P(, SqliteFaults, ::testing::Values(Dialect::sqlite),
                         [](const auto&) { return "sqlite"; });

}  // namespace
}  // namespace sextant::store

// What only PostgreSQL can do to us: break connections and restart.
#include <gtest/gtest.h>

#include <thread>

#include "platform/store/testing.h"

namespace sextant::store {
namespace {

using testing::DatabaseTest;
using testing::PostgresServer;
using testing::why;

class PostgresFaults : public DatabaseTest {
 protected:
  PostgresFaults() {
    EXPECT_TRUE(database()
                    .execute("CREATE TABLE counted (id BIGINT PRIMARY KEY, n BIGINT NOT NULL)")
                    .has_value());
    EXPECT_TRUE(database().execute("INSERT INTO counted (id, n) VALUES (1, 0)").has_value());
  }
  std::int64_t n() {
    const auto row = database().one("SELECT n FROM counted WHERE id = 1", {}, "row");
    EXPECT_TRUE(row.has_value()) << why(row);
    return row ? row->integer("n") : -1;
  }
};

TEST_P(PostgresFaults, reads_and_writes_go_on_after_the_connections_were_broken) {
  PostgresServer::instance().break_connections();
  EXPECT_EQ(n(), 0);
  PostgresServer::instance().break_connections();
  const auto written = database().execute("UPDATE counted SET n = n + 1 WHERE id = 1");
  ASSERT_TRUE(written.has_value()) << why(written);
  EXPECT_EQ(n(), 1);
}

TEST_P(PostgresFaults, a_transaction_whose_connection_breaks_runs_again_as_a_whole) {
  int runs = 0;
  const auto done = database().transaction([&](Transaction& tx) -> Result<> {
    TRY_VOID(tx.execute("UPDATE counted SET n = n + 1 WHERE id = 1"));
    if (++runs == 1) PostgresServer::instance().break_connections();
    TRY_VOID(tx.execute("UPDATE counted SET n = n + 10 WHERE id = 1"));
    return {};
  });
  ASSERT_TRUE(done.has_value()) << why(done);
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(n(), 11);
}

TEST_P(PostgresFaults, every_write_counts_once_while_connections_break) {
  constexpr int kThreads = 4, kEach = 40;
  std::atomic<int> acknowledged = 0, unknown = 0;
  std::atomic<bool> done = false;
  std::jthread breaker([&] {
    while (!done) {
      PostgresServer::instance().break_connections();
      // Broken connections take a moment to leave; the server has room for 80.
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  });
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([&] {
        for (int i = 0; i < kEach; ++i) {
          const auto written = database().execute("UPDATE counted SET n = n + 1 WHERE id = 1");
          if (written)
            ++acknowledged;
          else if (written.error().message.find("is not known") != std::string::npos)
            ++unknown;
        }
      });
    }
  }
  done = true;
  breaker.join();
  EXPECT_GT(acknowledged, 0);
  EXPECT_GE(n(), acknowledged);
  EXPECT_LE(n(), acknowledged + unknown) << "what was refused was written";
}

TEST_P(PostgresFaults, a_restart_of_the_server_costs_no_caller_an_error) {
  // A restart on a busy machine takes longer than the usual patience.
  const auto patient = open({.patience = std::chrono::minutes(2)});
  for (const char* how : {"restart", "kill"}) {
    std::jthread restarter([&] { PostgresServer::instance().script(how); });
    for (int i = 0; i < 20; ++i) {
      const auto written = patient->execute("UPDATE counted SET n = n + 1 WHERE id = 1");
      ASSERT_TRUE(written.has_value()) << how << " " << why(written);
    }
  }
  EXPECT_EQ(n(), 40);
}

INSTANTIATE_TEST_SUITE_P(, PostgresFaults, ::testing::Values(Dialect::postgresql),
                         [](const auto&) { return "postgresql"; });

}  // namespace
}  // namespace sextant::store

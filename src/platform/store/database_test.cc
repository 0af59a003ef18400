#include "platform/store/database.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>

#include "platform/store/backend.h"
#include "platform/store/migrations.h"
#include "platform/store/testing.h"

namespace sextant::store {
namespace {

using testing::DatabaseTest;
using ::testing::HasSubstr;
using testing::PostgresServer;
using testing::why;

class StoreTest : public DatabaseTest {
 protected:
  StoreTest() {
    auto made = database().execute(
        "CREATE TABLE things (id TEXT PRIMARY KEY, n BIGINT NOT NULL, ratio DOUBLE PRECISION, "
        "ready BOOLEAN, "
        "label TEXT UNIQUE)");
    EXPECT_TRUE(made.has_value()) << why(made);
  }
  std::int64_t count() {
    auto row = database().one("SELECT count(*) AS n FROM things", {}, "count");
    EXPECT_TRUE(row.has_value()) << why(row);
    return row ? row->integer("n") : -1;
  }
};

TEST_P(StoreTest, gives_back_every_kind_of_value) {
  const auto written = database().execute(
      "INSERT INTO things (id, n, ratio, ready, label) VALUES ($1, $2, $3, $4, $5), ('empty', 0, "
      "NULL, NULL, NULL)",
      {"a", std::int64_t{1} << 60, 0.1, true, "grün 'quoted' $1 \\ \""});
  ASSERT_TRUE(written.has_value()) << why(written);
  EXPECT_EQ(*written, 2);
  const auto rows = database().query("SELECT id, n, ratio, ready, label FROM things ORDER BY id");
  ASSERT_TRUE(rows.has_value()) << why(rows);
  ASSERT_EQ(rows->size(), 2u);
  const Row& a = rows->at(0);
  EXPECT_EQ(a.integer("n"), std::int64_t{1} << 60);
  EXPECT_EQ(a.real("ratio"), 0.1);
  EXPECT_TRUE(a.boolean("ready"));
  EXPECT_EQ(a.text("label"), "grün 'quoted' $1 \\ \"");
  const Row& empty = rows->at(1);
  EXPECT_TRUE(empty.is_null("label"));
  EXPECT_EQ(empty.maybe_text("label"), std::nullopt);
  EXPECT_EQ(empty.maybe_real("ratio"), std::nullopt);
  EXPECT_THROW(empty.text("no_such_column"), std::logic_error);
}

TEST_P(StoreTest, times_are_rfc_3339_utc_with_milliseconds) {
  const auto written = database().execute(
      "INSERT INTO workspaces (id, name, created_at) VALUES ('w', 'W', $1), ('v', 'V', $2)",
      {"2026-11-23T13:18:05.120Z", *parse_time("2024-02-29T23:59:59Z")});
  ASSERT_TRUE(written.has_value()) << why(written);
  const auto rows = database().query(
      "SELECT created_at FROM workspaces WHERE created_at < $1 ORDER BY created_at",
      {"2026-11-23T13:18:05.121Z"});
  ASSERT_TRUE(rows.has_value()) << why(rows);
  ASSERT_EQ(rows->size(), 2u);
  EXPECT_EQ(rows->at(0).text("created_at"), "2024-02-29T23:59:59.000Z");
  EXPECT_EQ(rows->at(1).text("created_at"), "2026-11-23T13:18:05.120Z");
  EXPECT_EQ(rows->at(1).time("created_at"), parse_time("2026-11-23T13:18:05.120Z"));
}

TEST_P(StoreTest, a_time_by_default_is_written_the_same_way) {
  ASSERT_TRUE(
      database().execute("INSERT INTO workspaces (id, name) VALUES ('w', 'W')").has_value());
  const auto row = database().one("SELECT created_at FROM workspaces", {}, "workspace");
  ASSERT_TRUE(row.has_value()) << why(row);
  EXPECT_EQ(row->text("created_at").size(), 24u) << row->text("created_at");
  EXPECT_LT(std::chrono::abs(*row->time("created_at") - now()), std::chrono::minutes(1));
}

TEST_P(StoreTest, documents_keep_the_order_of_their_members) {
  const json::Value settings =
      json::parse(R"({"zebra":1,"apple":{"b":[1,2],"a":"\u0000"}})").value();
  ASSERT_TRUE(database()
                  .execute("INSERT INTO workspaces (id, name, settings) VALUES ('w', 'W', $1)",
                           {Value::json(settings)})
                  .has_value());
  const auto row = database().one("SELECT settings FROM workspaces", {}, "workspace");
  ASSERT_TRUE(row.has_value()) << why(row);
  EXPECT_EQ(json::dump(row->json("settings").value()), json::dump(settings));
}

TEST_P(StoreTest, a_text_with_a_nul_character_is_refused_and_not_cut) {
  const auto written =
      database().execute("INSERT INTO things (id, n) VALUES ($1, 1)", {std::string("a\0b", 3)});
  ASSERT_FALSE(written.has_value());
  EXPECT_EQ(written.error().code, ErrorCode::invalid_fields);
  EXPECT_EQ(count(), 0);
}

TEST_P(StoreTest, a_second_one_with_the_same_key_is_a_conflict_that_names_the_column) {
  ASSERT_TRUE(
      database().execute("INSERT INTO things (id, n, label) VALUES ('a', 1, 'x')").has_value());
  const auto second = database().execute("INSERT INTO things (id, n, label) VALUES ('b', 1, 'x')");
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, ErrorCode::conflict);
  EXPECT_EQ(second.error().detail.at("constraint").as_string(), "things.label");
}

TEST_P(StoreTest, a_reference_to_nothing_is_a_conflict) {
  const auto written = database().execute(
      "INSERT INTO workspace_members (workspace_id, user_id, role) VALUES ('none', 'nobody', "
      "'viewer')");
  ASSERT_FALSE(written.has_value());
  EXPECT_EQ(written.error().code, ErrorCode::conflict);
}

TEST_P(StoreTest, values_of_the_wrong_type_and_wrong_sql_are_errors) {
  EXPECT_FALSE(
      database()
          .execute("INSERT INTO workspaces (id, name, settings) VALUES ('w', 'W', 'no json')")
          .has_value());
  EXPECT_FALSE(database()
                   .execute("INSERT INTO jobs (id, kind, attempt) VALUES ('j', 'k', $1)", {"many"})
                   .has_value());
  EXPECT_FALSE(database().query("SELECT nothing FROM nowhere").has_value());
  EXPECT_FALSE(database().query("SELECT $1 AS a, $2 AS b", {"too few"}).has_value());
}

TEST_P(StoreTest, returning_gives_rows) {
  const auto row = database().one(
      "INSERT INTO things (id, n) VALUES ($1, $2) RETURNING id, n + 1 AS next", {"a", 4}, "thing");
  ASSERT_TRUE(row.has_value()) << why(row);
  EXPECT_EQ(row->integer("next"), 5);
  EXPECT_EQ(database().one("SELECT id FROM things WHERE id = $1", {"b"}, "thing").error().code,
            ErrorCode::not_found);
}

TEST_P(StoreTest, a_transaction_is_all_or_nothing) {
  const auto failed = database().transaction([&](Transaction& tx) -> Result<int> {
    TRY_VOID(tx.execute("INSERT INTO things (id, n) VALUES ('a', 1)"));
    return fail(ErrorCode::not_found, "changed my mind");
  });
  EXPECT_EQ(failed.error().code, ErrorCode::not_found);
  EXPECT_THROW((void)database().transaction([&](Transaction& tx) -> Result<int> {
    TRY_VOID(tx.execute("INSERT INTO things (id, n) VALUES ('b', 1)"));
    throw std::runtime_error("a bug");
  }),
               std::runtime_error);
  EXPECT_EQ(count(), 0);
  const auto done = database().transaction([&](Transaction& tx) -> Result<int> {
    TRY_VOID(tx.execute("INSERT INTO things (id, n) VALUES ('c', 1)"));
    return 7;
  });
  EXPECT_EQ(done.value(), 7);
  EXPECT_EQ(count(), 1);
}

TEST_P(StoreTest, a_transaction_with_a_failed_statement_is_never_committed) {
  const auto result = database().transaction([&](Transaction& tx) -> Result<> {
    TRY_VOID(tx.execute("INSERT INTO things (id, n) VALUES ('a', 1)"));
    (void)tx.execute("INSERT INTO things (id, n) VALUES ('a', 2)");  // swallowed
    EXPECT_FALSE(tx.query("SELECT 1 AS one").has_value());
    return {};
  });
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().code, ErrorCode::conflict);
  EXPECT_EQ(count(), 0);
}

TEST_P(StoreTest, actions_run_after_the_commit_only) {
  int ran = 0;
  ASSERT_TRUE(database()
                  .transaction([&](Transaction& tx) -> Result<> {
                    TRY_VOID(tx.execute("INSERT INTO things (id, n) VALUES ('a', 1)"));
                    tx.after_commit([&] { ran += static_cast<int>(count()); });
                    EXPECT_EQ(ran, 0);
                    return {};
                  })
                  .has_value());
  EXPECT_EQ(ran, 1);
  (void)database().transaction([&](Transaction& tx) -> Result<> {
    tx.after_commit([&] { ran = 100; });
    return fail(ErrorCode::internal, "no");
  });
  EXPECT_EQ(ran, 1);
}

TEST_P(StoreTest, using_the_database_inside_its_own_transaction_is_refused_and_not_a_deadlock) {
  const auto result = database().transaction([&](Transaction&) -> Result<> {
    TRY_VOID(database().execute("INSERT INTO things (id, n) VALUES ('a', 1)"));
    return {};
  });
  ASSERT_FALSE(result.has_value());
  EXPECT_THAT(result.error().message, HasSubstr("use the Transaction"));
}

TEST_P(StoreTest, concurrent_increments_lose_nothing) {
  ASSERT_TRUE(database().execute("INSERT INTO things (id, n) VALUES ('a', 0)").has_value());
  constexpr int kThreads = 6, kEach = 25;
  std::atomic<int> failures = 0;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([&] {
        for (int i = 0; i < kEach; ++i) {
          const auto done = database().transaction([&](Transaction& tx) -> Result<> {
            TRY(const Row row, tx.one("SELECT n FROM things WHERE id = 'a'", {}, "thing"));
            TRY_VOID(tx.execute("UPDATE things SET n = $1 WHERE id = 'a'", {row.integer("n") + 1}));
            return {};
          });
          if (!done) ++failures;
        }
      });
    }
  }
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(database().one("SELECT n FROM things", {}, "thing")->integer("n"), kThreads * kEach);
}

TEST_P(StoreTest, what_was_committed_is_there_after_opening_again) {
  ASSERT_TRUE(database().execute("INSERT INTO things (id, n) VALUES ('a', 1)").has_value());
  const auto again = open();
  ASSERT_TRUE(again->migrate().has_value());
  EXPECT_TRUE(again->one("SELECT id FROM things", {}, "thing").has_value());
  EXPECT_TRUE(again->ping().has_value());
}

TEST_P(StoreTest, programs_that_start_at_once_migrate_once) {
  ASSERT_TRUE(database().execute("DROP TABLE things").has_value());
  std::string fresh = GetParam() == Dialect::sqlite
                          ? "sqlite:///" + (folder() / "fresh.db").string()
                          : PostgresServer::instance().new_database();
  std::atomic<int> failures = 0;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&] {
        auto opened = Database::open(fresh);
        const auto migrated = opened ? (*opened)->migrate() : Result<>(fail(opened.error()));
        if (!migrated) {
          ++failures;
          ADD_FAILURE() << why(migrated);
        }
      });
    }
  }
  EXPECT_EQ(failures, 0);
  const auto opened = Database::open(fresh);
  EXPECT_EQ((*opened)->query("SELECT version FROM schema_migrations")->size(),
            known_migrations(GetParam()).size());
}

TEST_P(StoreTest, a_newer_or_changed_schema_is_refused) {
  ASSERT_TRUE(database()
                  .execute("UPDATE schema_migrations SET checksum = 'x' WHERE version = 1")
                  .has_value());
  const auto changed = database().migrate();
  ASSERT_FALSE(changed.has_value());
  EXPECT_THAT(changed.error().message, HasSubstr("not the one that this program has"));
  ASSERT_TRUE(database()
                  .execute("INSERT INTO schema_migrations (version, name, checksum, applied_at) "
                           "VALUES (9999, 'future', 'x', 'x')")
                  .has_value());
  const auto newer = database().migrate();
  ASSERT_FALSE(newer.has_value());
  EXPECT_THAT(newer.error().message, HasSubstr("newer version of Sextant"));
}

TEST_P(StoreTest, both_dialects_have_the_same_tables_and_columns) {
  // The columns of the other dialect are compared through a list that both must give, but for
  // those of the full-text index.
  const char* sql =
      GetParam() == Dialect::sqlite
          ? "SELECT m.name || '.' || c.name AS c FROM sqlite_master m, pragma_table_info(m.name) c "
            "WHERE m.type = 'table' AND m.name NOT IN ('things', 'sqlite_sequence') "
            "AND m.name NOT LIKE 'passages_text%'"
          : "SELECT table_name || '.' || column_name AS c FROM information_schema.columns "
            "WHERE table_schema = 'public' AND table_name NOT IN ('things', 'transaction_tokens') "
            "AND data_type <> 'tsvector'";
  const auto rows = database().query(sql);
  ASSERT_TRUE(rows.has_value()) << why(rows);
  static std::set<std::string> first;
  std::set<std::string> columns;
  for (const auto& row : *rows) columns.insert(row.text("c"));
  EXPECT_TRUE(columns.contains("data_source_registry.feature_integrations"));
  if (first.empty()) first = columns;
  EXPECT_EQ(first, columns);
}

SEXTANT_ON_BOTH_DIALECTS(StoreTest);

TEST(Database, refuses_urls_it_does_not_know_without_showing_the_password) {
  for (const char* url : {"", "mysql://u:secret@h/db", "sqlite:///", "file.db"}) {
    const auto opened = Database::open(url);
    ASSERT_FALSE(opened.has_value()) << url;
    EXPECT_THAT(opened.error().message, ::testing::Not(HasSubstr("secret")));
  }
  const auto unreachable = Database::open("postgresql://u:secret@127.0.0.1:1/db",
                                          {.patience = std::chrono::milliseconds(50)});
  ASSERT_FALSE(unreachable.has_value());
  EXPECT_EQ(unreachable.error().code, ErrorCode::unavailable);
  EXPECT_THAT(unreachable.error().message, ::testing::Not(HasSubstr("secret")));
}

TEST(Database, knows_what_only_reads) {
  EXPECT_TRUE(reads_only("  SELECT 1"));
  EXPECT_TRUE(reads_only("WITH a AS (SELECT 1) SELECT * FROM a"));
  EXPECT_FALSE(reads_only("WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a"));
  EXPECT_FALSE(reads_only("UPDATE t SET a = 1 RETURNING a"));
}

}  // namespace
}  // namespace sextant::store

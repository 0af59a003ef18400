#include "platform/operations/housekeeping.h"

#include <fstream>

#include "base/id.h"
#include "base/time.h"
#include "platform/store/testing.h"

namespace sextant::operations {
namespace {

namespace fs = std::filesystem;
using store::testing::why;

class HousekeepingTest : public store::testing::DatabaseTest {
 protected:
  std::int64_t count(const std::string& table) {
    return database().one("SELECT count(*) AS n FROM " + table, {}, table)->integer("n");
  }
};

TEST_P(HousekeepingTest, removes_what_is_old_and_unused_and_keeps_the_rest) {
  const auto files = blobs::WorkspaceFiles::open(folder() / "workspaces");
  ASSERT_TRUE(files) << why(files);
  events::EventLog events(database());
  jobs::JobRunner jobs(database());
  const std::string workspace = new_id();
  ASSERT_TRUE(
      database().execute("INSERT INTO workspaces (id, name) VALUES ($1, 'w')", {workspace}));
  ASSERT_TRUE(files->prepare(workspace));

  const Timestamp long_ago = now() - std::chrono::days(100);
  ASSERT_TRUE(events.append(workspace, "file.created", std::nullopt, json::Object{}));
  ASSERT_TRUE(database().execute("UPDATE events SET created_at = $1", {long_ago}));
  ASSERT_TRUE(events.append(workspace, "file.created", std::nullopt, json::Object{}));
  for (const auto& [name, created] : {std::pair<const char*, Timestamp>{nullptr, long_ago},
                                      {"saved", long_ago},
                                      {nullptr, now()}}) {
    ASSERT_TRUE(database().execute(
        "INSERT INTO queries (id, workspace_id, name, sql_query, created_at) "
        "VALUES ($1, $2, $3, 'SELECT 1', $4)",
        {new_id(), workspace, name ? store::Value(name) : store::Value(), created}));
  }
  ASSERT_TRUE(
      database().execute("INSERT INTO queries (id, workspace_id, name, sql_query, deleted_at) "
                         "VALUES ($1, $2, 'in the trash', 'SELECT 1', $3)",
                         {new_id(), workspace, long_ago}));
  const auto result = files->folder(workspace) / "results" / "old.duckdb";
  std::ofstream(result) << "x";
  fs::last_write_time(result, fs::file_time_type::clock::now() - std::chrono::hours(48));
  const auto put = [&](const std::string& name, bool old) {
    const fs::path path = files->folder(workspace) / "uploads" / name;
    std::ofstream(path) << "x";
    if (old) fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::hours(48));
    return path;
  };
  const auto orphan = put("aa", true), fresh = put("bb", false), used = put("cc", true);
  ASSERT_TRUE(database().execute(
      "INSERT INTO uploaded_files (id, filename, original_filename, file_type, file_size, "
      "file_path, workspace_id, sha256) VALUES ($1, 'f', 'f', 'csv', 1, 'uploads/cc', $2, 'cc')",
      {new_id(), workspace}));

  Housekeeping housekeeping(database(), events, *files);
  const auto done = housekeeping.run(jobs);
  ASSERT_TRUE(done) << why(done);
  EXPECT_EQ(count("events"), 1);
  EXPECT_EQ(count("queries"), 2);
  EXPECT_FALSE(fs::exists(orphan));
  EXPECT_FALSE(fs::exists(result));
  EXPECT_TRUE(fs::exists(fresh));
  EXPECT_TRUE(fs::exists(used));
  EXPECT_EQ(count("jobs"), 1);  // the next day's
  ASSERT_TRUE(housekeeping.schedule(jobs));
  EXPECT_EQ(count("jobs"), 1);  // is queued already
}

SEXTANT_ON_BOTH_DIALECTS(HousekeepingTest);

}  // namespace
}  // namespace sextant::operations

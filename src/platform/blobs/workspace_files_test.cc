#include "platform/blobs/workspace_files.h"

#include <gtest/gtest.h>

#include <fstream>

namespace sextant::blobs {
namespace {

namespace fs = std::filesystem;

class WorkspaceFilesTest : public testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::path(testing::TempDir()) /
            testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(root_);
  }
  void TearDown() override { fs::remove_all(root_); }

  static void write(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }

  fs::path root_;
};

TEST_F(WorkspaceFilesTest, keeps_an_upload_once_whatever_its_name) {
  const auto files = WorkspaceFiles::open(root_);
  ASSERT_TRUE(files.has_value());
  write(files->incoming() / "a", "x");
  write(files->incoming() / "b", "x");
  const auto first = files->keep_upload("w", files->incoming() / "a", "abc");
  const auto second = files->keep_upload("w", files->incoming() / "b", "abc");
  ASSERT_TRUE(first && second);
  EXPECT_EQ(*first, *second);
  EXPECT_TRUE(fs::exists(files->folder("w") / *first));
  EXPECT_TRUE(fs::is_empty(files->incoming()));
}

TEST_F(WorkspaceFilesTest, start_removes_what_was_left_half_done_and_nothing_else) {
  write(root_ / ".incoming" / "partial", "x");
  write(root_ / "w" / "tmp" / "1" / "spill", "x");
  write(root_ / "w" / WorkspaceFiles::loading_path("s", 2, 1), "x");
  write(root_ / "w" / WorkspaceFiles::version_path("s", 1), "x");
  write(root_ / "w" / "uploads" / "abc", "x");
  const auto files = WorkspaceFiles::open(root_);
  ASSERT_TRUE(files.has_value());
  EXPECT_TRUE(fs::is_empty(files->incoming()));
  EXPECT_TRUE(fs::is_empty(root_ / "w" / "tmp"));
  EXPECT_FALSE(fs::exists(root_ / "w" / WorkspaceFiles::loading_path("s", 2, 1)));
  EXPECT_TRUE(fs::exists(root_ / "w" / WorkspaceFiles::version_path("s", 1)));
  EXPECT_TRUE(fs::exists(root_ / "w" / "uploads" / "abc"));
}

TEST_F(WorkspaceFilesTest, publishing_moves_the_load_to_its_version) {
  const auto files = WorkspaceFiles::open(root_);
  const auto loading = WorkspaceFiles::loading_path("s", 1, 1);
  write(files->folder("w") / loading, "data");
  ASSERT_TRUE(files->publish("w", loading, WorkspaceFiles::version_path("s", 1)).has_value());
  EXPECT_TRUE(fs::exists(files->folder("w") / WorkspaceFiles::version_path("s", 1)));
  EXPECT_FALSE(files->publish("w", loading, WorkspaceFiles::version_path("s", 1)).has_value());
}

}  // namespace
}  // namespace sextant::blobs

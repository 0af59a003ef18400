#include "platform/sources/repository.h"

#include "base/id.h"
#include "base/time.h"
#include "platform/sources/workspace_data.h"
#include "platform/store/testing.h"

namespace sextant::sources {
namespace {

class SourceRepositoryTest : public store::testing::DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
    workspace_ = add_workspace();
    other_ = add_workspace();
    user_ = new_id();
    ASSERT_TRUE(database().execute(
        "INSERT INTO users (id, email, full_name, hashed_password) VALUES ($1, $2, 'Test', '-')",
        {user_, user_ + "@example.com"}));
  }

  std::string add_workspace() {
    const std::string id = new_id();
    EXPECT_TRUE(database().execute("INSERT INTO workspaces (id, name) VALUES ($1, 'w')", {id}));
    return id;
  }

  StoredFile add_file(const std::string& name, const std::string& sha256 = "abc") {
    StoredFile stored;
    stored.file.id = new_id();
    stored.file.filename = name;
    stored.file.original_filename = name;
    stored.file.file_type = "csv";
    stored.file.file_size = 12;
    stored.file.source_id = stored.file.id;
    stored.file.user_id = user_;
    stored.file.created_at = format_time(now());
    stored.workspace_id = workspace_;
    stored.sha256 = sha256;
    stored.path = "uploads/" + sha256;
    const auto done = insert_file(database(), stored);
    EXPECT_TRUE(done) << done.error().message;
    return stored;
  }

  void publish(const std::string& source_id, const std::string& table) {
    NewVersion fresh;
    fresh.version = {source_id,
                     table + ".csv",
                     1,
                     "sources/" + source_id + "/1.duckdb",
                     {{table, table, table, 3, {{"id", "Id", "BIGINT"}}}}};
    fresh.workspace_id = workspace_;
    fresh.user_id = user_;
    fresh.source_type = "uploaded_file";
    fresh.data_type = "tabular";
    fresh.load_report.format = "csv";
    fresh.rows = 3;
    const auto done = database().transaction(
        [&](store::Transaction& tx) -> Result<> { return publish_version(tx, fresh); });
    ASSERT_TRUE(done) << done.error().message;
  }

  std::string workspace_, other_, user_;
};

TEST_P(SourceRepositoryTest, a_file_comes_back_as_it_went_in) {
  const auto stored = add_file("Ärger & \"Sales\".csv");
  const auto back = get_file(database(), workspace_, stored.file.id);
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(back->file.filename, stored.file.filename);
  EXPECT_EQ(back->file.created_at, stored.file.created_at);
  EXPECT_EQ(back->file.processing_status, FileStatus::pending);
  EXPECT_FALSE(back->file.error);
  EXPECT_EQ(back->path, "uploads/abc");
}

TEST_P(SourceRepositoryTest, another_workspace_does_not_see_it) {
  const auto stored = add_file("a.csv");
  const auto result = get_file(database(), other_, stored.file.id);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::not_found);
}

TEST_P(SourceRepositoryTest, lists_pages_newest_first_without_gap_or_repeat) {
  for (int i = 0; i < 5; ++i) add_file("f" + std::to_string(i) + ".csv");
  std::vector<std::string> seen;
  std::optional<std::string> cursor;
  do {
    const auto page = list_files(database(), workspace_, 2, cursor);
    ASSERT_TRUE(page) << page.error().message;
    EXPECT_EQ(page->total_count, 5);
    for (const auto& file : page->files) seen.push_back(file.filename);
    cursor = page->next_cursor;
  } while (cursor);
  EXPECT_EQ(seen, (std::vector<std::string>{"f4.csv", "f3.csv", "f2.csv", "f1.csv", "f0.csv"}));
}

TEST_P(SourceRepositoryTest, keeps_state_progress_and_error) {
  const auto stored = add_file("a.csv");
  ASSERT_TRUE(update_progress(database(), stored.file.id, {"loaded", 10, 2, 0.5}));
  ASSERT_TRUE(
      set_status(database(), stored.file.id, FileStatus::failed,
                 FileError{"unreadable_file", "Line 3 is cut.", "Save it again.", {{"row", 3}}}));
  const auto back = get_file(database(), workspace_, stored.file.id);
  EXPECT_EQ(back->file.progress.stage, "loaded");
  EXPECT_EQ(back->file.progress.fraction, 0.5);
  ASSERT_TRUE(back->file.error);
  EXPECT_EQ(back->file.error->detail.at("row").to_number<int>(), 3);
  ASSERT_TRUE(set_status(database(), stored.file.id, FileStatus::pending, std::nullopt));
  EXPECT_FALSE(get_file(database(), workspace_, stored.file.id)->file.error);
}

TEST_P(SourceRepositoryTest, finds_a_file_by_its_content_unless_it_failed) {
  const auto stored = add_file("a.csv", "s1");
  EXPECT_TRUE(find_file_by_content(database(), workspace_, "s1")->has_value());
  EXPECT_FALSE(find_file_by_content(database(), other_, "s1")->has_value());
  ASSERT_TRUE(set_status(database(), stored.file.id, FileStatus::failed, std::nullopt));
  EXPECT_FALSE(find_file_by_content(database(), workspace_, "s1")->has_value());
}

TEST_P(SourceRepositoryTest, a_published_version_is_what_the_catalog_shows) {
  const auto stored = add_file("orders.csv");
  publish(stored.file.source_id, "orders");
  WorkspaceData data(database());
  const auto catalog = data.catalog(workspace_);
  ASSERT_TRUE(catalog) << catalog.error().message;
  ASSERT_EQ(catalog->sources.size(), 1u);
  EXPECT_NE(catalog->find_table("orders"), nullptr);
  EXPECT_EQ(catalog->sources[0].tables[0].columns[0].original_name, "Id");
  EXPECT_TRUE(data.catalog(other_)->sources.empty());
  EXPECT_EQ(data.catalog(workspace_, {new_id()}).error().code, ErrorCode::not_found);
}

TEST_P(SourceRepositoryTest, names_of_other_sources_are_taken) {
  const auto first = add_file("orders.csv");
  publish(first.file.source_id, "orders");
  EXPECT_EQ(taken_table_names(database(), workspace_, new_id()).value(),
            std::vector<std::string>{"orders"});
  EXPECT_TRUE(taken_table_names(database(), workspace_, first.file.source_id)->empty());
}

TEST_P(SourceRepositoryTest, profiles_without_quality_are_outdated) {
  const auto stored = add_file("orders.csv");
  const auto& id = stored.file.source_id;
  const auto is_outdated = [&] {
    const auto outdated = outdated_profiles(database()).value();
    return std::ranges::find(outdated, std::pair(workspace_, id)) != outdated.end();
  };
  publish(id, "orders");
  EXPECT_FALSE(is_outdated()) << "a job makes the first profile";
  catalog::TableProfile profile{"orders", 3, {}, "3 orders"};
  ASSERT_TRUE(save_profiles(database(), id, 1, {profile}, profile.sentence));
  EXPECT_TRUE(is_outdated());
  profile.quality = catalog::Quality{};
  ASSERT_TRUE(save_profiles(database(), id, 1, {profile}, profile.sentence));
  EXPECT_FALSE(is_outdated());
}

TEST_P(SourceRepositoryTest, profiles_of_many_rows_say_whether_quantiles_are_exact) {
  const auto stored = add_file("orders.csv");
  const auto& id = stored.file.source_id;
  publish(id, "orders");
  ASSERT_TRUE(
      database().execute("UPDATE source_versions SET rows = 2000000 WHERE source_id = $1", {id}));
  catalog::TableProfile profile{"orders", 2000000, {{.name = "amount"}}, "2,000,000 orders"};
  profile.quality = catalog::Quality{};
  ASSERT_TRUE(save_profiles(database(), id, 1, {profile}, profile.sentence));
  const std::pair source(workspace_, id);
  EXPECT_EQ(std::ranges::count(outdated_profiles(database()).value(), source), 1);
  profile.columns[0].quantiles_are_exact = false;
  ASSERT_TRUE(save_profiles(database(), id, 1, {profile}, profile.sentence));
  EXPECT_EQ(std::ranges::count(outdated_profiles(database()).value(), source), 0);
}

TEST_P(SourceRepositoryTest, profiles_models_and_questions_stay_with_the_source) {
  const auto stored = add_file("orders.csv");
  const auto& id = stored.file.source_id;
  publish(id, "orders");
  EXPECT_TRUE(get_profiles(database(), id, 1)->empty());
  catalog::TableProfile profile{"orders", 3, {}, "3 orders"};
  ASSERT_TRUE(save_profiles(database(), id, 1, {profile}, profile.sentence));
  ASSERT_TRUE(save_suggested_questions(database(), id, 1, {"how many orders?"}));
  catalog::SemanticModel model;
  model.tables.push_back({"orders", id, "Orders", std::nullopt, 3, {}, {"id"}, std::nullopt, {}});
  const auto first = save_model(database(), workspace_, id, "auto_orders", model);
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(save_model(database(), workspace_, id, "auto_orders", model).value(), *first);
  EXPECT_EQ((*get_model(database(), id))->version, 2);

  const auto source = find_source(database(), workspace_, id);
  ASSERT_TRUE(source && *source);
  EXPECT_EQ((*source)->sentence, "3 orders");
  EXPECT_EQ((*source)->suggested_questions, std::vector<std::string>{"how many orders?"});
  EXPECT_EQ((*source)->semantic_model_id, *first);

  WorkspaceData data(database());
  const auto merged = data.meaning(data.catalog(workspace_).value());
  ASSERT_EQ(merged->model.tables.size(), 1u);
  EXPECT_EQ(merged->model.tables[0].keys, std::vector<std::string>{"id"});
}

TEST_P(SourceRepositoryTest, deleting_leaves_nothing_of_the_source) {
  const auto stored = add_file("orders.csv");
  publish(stored.file.source_id, "orders");
  ASSERT_TRUE(save_model(database(), workspace_, stored.file.source_id, "m", {}));
  const auto done = database().transaction([&](store::Transaction& tx) -> Result<> {
    TRY_VOID(delete_file(tx, stored.file.id));
    return delete_source(tx, stored.file.source_id);
  });
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_TRUE(list_sources(database(), workspace_)->empty());
  EXPECT_TRUE(list_models(database(), workspace_)->empty());
  EXPECT_EQ(count_uses(database(), workspace_, "abc").value(), 0);
}

TEST_P(SourceRepositoryTest, files_without_a_living_job_are_stuck) {
  const auto stored = add_file("a.csv");
  ASSERT_EQ(stuck_files(database(), workspace_)->size(), 1u);
  ASSERT_TRUE(
      database().execute("INSERT INTO jobs (id, kind, workspace_id, subject, status) "
                         "VALUES ($1, 'ingest', $2, $3, 'queued')",
                         {new_id(), workspace_, stored.file.id}));
  EXPECT_TRUE(stuck_files(database(), workspace_)->empty());
}

SEXTANT_ON_BOTH_DIALECTS(SourceRepositoryTest);

}  // namespace
}  // namespace sextant::sources

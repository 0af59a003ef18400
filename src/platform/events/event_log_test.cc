#include "platform/events/event_log.h"

#include <gmock/gmock.h>

#include <thread>

#include "platform/store/testing.h"

namespace sextant::events {
namespace {

using store::testing::why;

class EventLogTest : public store::testing::DatabaseTest {
 protected:
  EventLogTest() : log_(database()) {
    EXPECT_TRUE(database()
                    .execute("INSERT INTO workspaces (id, name) VALUES ('w', 'W'), ('v', 'V')")
                    .has_value());
  }
  std::vector<std::int64_t> numbers(const std::string& workspace, std::int64_t after = 0) {
    std::vector<std::int64_t> out;
    auto events = log_.after(workspace, after);
    EXPECT_TRUE(events.has_value()) << why(events);
    for (const auto& event : events.value_or(std::vector<catalog::Event>{}))
      out.push_back(event.seq);
    return out;
  }
  EventLog log_;
};

TEST_P(EventLogTest, numbers_events_per_workspace_and_gives_back_what_was_appended) {
  ASSERT_TRUE(
      log_.append("w", "source.published", "s1", json::Object{{"b", 1}, {"a", "ü"}}).has_value());
  ASSERT_TRUE(log_.append("w", "notification.created", std::nullopt, nullptr).has_value());
  ASSERT_TRUE(log_.append("v", "source.published", "s2", json::Object{}).has_value());
  const auto events = log_.after("w", 0);
  ASSERT_TRUE(events.has_value()) << why(events);
  ASSERT_EQ(events->size(), 2u);
  EXPECT_EQ(json::dump(events->at(0)),
            R"({"seq":1,"type":"source.published","source_id":"s1","data":{"b":1,"a":"ü"}})");
  EXPECT_EQ(events->at(1).seq, 2);
  EXPECT_THAT(numbers("v"), ::testing::ElementsAre(1));
  EXPECT_THAT(numbers("w", 1), ::testing::ElementsAre(2));
  EXPECT_THAT(numbers("w", 2), ::testing::IsEmpty());
  EXPECT_EQ(log_.last("w").value(), 2);
  EXPECT_EQ(log_.last("none").value(), 0);
}

TEST_P(EventLogTest, a_rolled_back_event_leaves_no_gap_and_is_not_told) {
  std::vector<std::int64_t> told;
  log_.listen([&](const std::string&, const catalog::Event& event) { told.push_back(event.seq); });
  ASSERT_TRUE(log_.append("w", "a.b", {}, nullptr).has_value());
  (void)database().transaction([&](store::Transaction& tx) -> Result<> {
    TRY_VOID(log_.append(tx, "w", "a.lost", {}, nullptr));
    return fail(ErrorCode::internal, "no");
  });
  EXPECT_THAT(told, ::testing::ElementsAre(1));
  ASSERT_TRUE(database()
                  .transaction([&](store::Transaction& tx) -> Result<> {
                    TRY_VOID(log_.append(tx, "w", "a.c", {}, nullptr));
                    TRY_VOID(log_.append(tx, "w", "a.d", {}, nullptr));
                    EXPECT_EQ(told.size(), 1u) << "told before the commit";
                    return {};
                  })
                  .has_value());
  EXPECT_THAT(numbers("w"), ::testing::ElementsAre(1, 2, 3));
  EXPECT_THAT(told, ::testing::ElementsAre(1, 2, 3));
}

TEST_P(EventLogTest, many_at_once_give_no_gap_and_are_told_in_order) {
  constexpr int kThreads = 4, kEach = 20;
  std::mutex mutex;
  std::vector<std::int64_t> told;
  log_.listen([&](const std::string& workspace, const catalog::Event& event) {
    const std::lock_guard lock(mutex);
    if (workspace == "w") told.push_back(event.seq);
  });
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([&] {
        for (int i = 0; i < kEach; ++i) {
          const auto appended = log_.append("w", "a.b", {}, i);
          EXPECT_TRUE(appended.has_value()) << why(appended);
        }
      });
    }
  }
  std::vector<std::int64_t> expected;
  for (int i = 1; i <= kThreads * kEach; ++i) expected.push_back(i);
  EXPECT_EQ(numbers("w"), expected);
  EXPECT_EQ(told, expected);
}

TEST_P(EventLogTest, pruned_numbers_are_not_used_again_and_a_client_that_needs_them_is_told) {
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(log_.append("w", "a.b", {}, nullptr).has_value());
  EXPECT_EQ(log_.prune(now() + std::chrono::hours(1)).value(), 3);
  EXPECT_EQ(log_.append("w", "a.b", {}, nullptr).value().seq, 4);
  EXPECT_THAT(numbers("w", 3), ::testing::ElementsAre(4));
  const auto missed = log_.after("w", 1);
  ASSERT_FALSE(missed.has_value());
  EXPECT_EQ(missed.error().code, ErrorCode::gone);
  EXPECT_EQ(missed.error().detail.at("last_seq").as_int64(), 4);
}

SEXTANT_ON_BOTH_DIALECTS(EventLogTest);

}  // namespace
}  // namespace sextant::events

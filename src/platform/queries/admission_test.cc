#include "platform/queries/admission.h"

#include <gtest/gtest.h>

#include <future>
#include <thread>

namespace sextant::queries {
namespace {

const auto kIgnore = [](std::int64_t) {};

TEST(AdmissionTest, one_waits_until_the_other_has_left) {
  Admission admission;
  std::optional<Admission::Place> first(*admission.enter("w", 1, {}, kIgnore));
  std::promise<std::int64_t> position;
  std::jthread second([&] {
    auto place = admission.enter("w", 1, {}, [&](std::int64_t at) { position.set_value(at); });
    EXPECT_TRUE(place);
  });
  EXPECT_EQ(position.get_future().get(), 1);
  EXPECT_TRUE(admission.enter("another", 1, {}, kIgnore))
      << "workspaces do not wait for each other";
  first.reset();
  second.join();
  EXPECT_TRUE(admission.enter("w", 1, {}, kIgnore));
}

TEST(AdmissionTest, positions_move_up) {
  Admission admission;
  std::optional<Admission::Place> first(*admission.enter("w", 1, {}, kIgnore));
  std::promise<void> second_waits, third_waits;
  std::stop_source stop;
  std::jthread second([&] {
    EXPECT_FALSE(
        admission.enter("w", 1, stop.get_token(), [&](std::int64_t) { second_waits.set_value(); }));
  });
  second_waits.get_future().wait();
  std::vector<std::int64_t> positions;
  std::jthread third([&] {
    EXPECT_TRUE(admission.enter("w", 1, {}, [&](std::int64_t at) {
      positions.push_back(at);
      if (at == 2) third_waits.set_value();
      if (at == 1) first.reset();
    }));
  });
  third_waits.get_future().wait();
  stop.request_stop();
  third.join();
  EXPECT_EQ(positions, (std::vector<std::int64_t>{2, 1}));
}

TEST(AdmissionTest, a_cancelled_one_leaves_the_queue) {
  Admission admission;
  auto first = admission.enter("w", 1, {}, kIgnore);
  std::stop_source stop;
  stop.request_stop();
  const auto second = admission.enter("w", 1, stop.get_token(), kIgnore);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::cancelled);
}

}  // namespace
}  // namespace sextant::queries

#pragma once
// Passes an engine's fractions on once they are known, at most ten a second and never backwards.
// One thread.

#include <algorithm>
#include <chrono>
#include <functional>

namespace sextant::worker {

class ProgressSteps {
 public:
  explicit ProgressSteps(std::function<void(double fraction)> tell) : tell_(std::move(tell)) {}

  void operator()(double fraction) {
    const auto now = std::chrono::steady_clock::now();
    told_ = std::max(told_, fraction);
    if (told_ <= 0 || now - last_ < kPause) return;
    last_ = now;
    tell_(told_);
  }

 private:
  static constexpr std::chrono::milliseconds kPause{100};

  std::function<void(double)> tell_;
  std::chrono::steady_clock::time_point last_;
  double told_ = 0;
};

}  // namespace sextant::worker

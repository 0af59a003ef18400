#pragma once
// Passes an engine's fractions on, not more than ten a second and never backwards. One thread.

#include <chrono>
#include <functional>

namespace sextant::worker {

class ProgressSteps {
 public:
  explicit ProgressSteps(std::function<void(double fraction)> tell) : tell_(std::move(tell)) {}

  void operator()(double fraction) {
    const auto now = std::chrono::steady_clock::now();
    if (fraction <= told_ || now - last_ < kPause) return;
    last_ = now;
    told_ = fraction;
    tell_(fraction);
  }

 private:
  static constexpr std::chrono::milliseconds kPause{100};

  std::function<void(double)> tell_;
  std::chrono::steady_clock::time_point last_;
  double told_ = 0;
};

}  // namespace sextant::worker

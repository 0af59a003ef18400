#include "analysis/formats/document/pdf/gutters.h"

#include <algorithm>
#include <cmath>

namespace sextant::formats::pdf {
namespace {

constexpr double kStep = 0.5;      // points
constexpr double kWordGap = 0.45;  // of the font's size: less never separates
constexpr std::size_t kMostSteps = 20'000;

struct Gutter {
  double from = 0;
  double to = 0;
  double width() const { return to - from; }
  double middle() const { return (from + to) / 2; }
};

}  // namespace

std::vector<double> find_gutters(const PageContent& page, std::span<const Line* const> lines) {
  if (lines.empty()) return {};
  double left = 1e9;
  double right = -1e9;
  double size = 0;
  for (const auto* line : lines) {
    left = std::min(left, line->box.left);
    right = std::max(right, line->box.right);
    size += line->size;
  }
  size /= static_cast<double>(lines.size());
  const auto steps =
      static_cast<std::size_t>(std::clamp((right - left) / kStep, 0.0, double{kMostSteps}));
  if (steps < 4) return {};
  std::vector<int> cover(steps + 2, 0);
  std::vector<std::vector<Phrase>> phrases;
  for (const auto* line : lines) {
    phrases.push_back(make_phrases(page, *line, kWordGap));
    std::size_t done = 0;
    for (const auto& phrase : phrases.back()) {
      const double from = (phrase.box.left - left) / kStep;
      const double to = (phrase.box.right - left) / kStep;
      const auto first = std::max(
          done, static_cast<std::size_t>(std::clamp(from, 0.0, static_cast<double>(steps))));
      const auto last =
          static_cast<std::size_t>(std::clamp(std::ceil(to), 0.0, static_cast<double>(steps)));
      for (auto s = first; s < last; ++s) ++cover[s];
      done = std::max(done, last);
    }
  }
  const int tolerance = lines.size() >= 8 ? static_cast<int>(lines.size()) / 8 : 0;
  const double narrowest = (lines.size() >= 6 ? 0.45 : lines.size() >= 4 ? 0.6 : 0.9) * size;
  std::vector<Gutter> gutters;
  for (std::size_t s = 0; s < steps; ++s) {
    if (cover[s] > tolerance) continue;
    std::size_t end = s;
    while (end < steps && cover[end] <= tolerance) ++end;
    const Gutter found{left + static_cast<double>(s) * kStep,
                       left + static_cast<double>(end) * kStep};
    if (s > 0 && end < steps && found.width() >= narrowest) gutters.push_back(found);
    s = end;
  }
  // A column that hardly any line uses joins the nearer neighbour.
  const auto least = std::max<std::size_t>(1, lines.size() / 8);
  bool changed = true;
  while (changed && !gutters.empty()) {
    changed = false;
    std::vector<std::size_t> used(gutters.size() + 1, 0);
    for (const auto& line : phrases) {
      for (const auto& phrase : line) {
        const double x = phrase.box.middle_x();
        std::size_t c = 0;
        while (c < gutters.size() && gutters[c].middle() < x) ++c;
        ++used[c];
      }
    }
    for (std::size_t c = 0; c < used.size(); ++c) {
      if (used[c] >= least) continue;
      std::size_t drop = c == 0 ? 0 : c - 1;
      if (c > 0 && c < gutters.size() && gutters[c].width() < gutters[c - 1].width()) drop = c;
      gutters.erase(gutters.begin() + static_cast<std::ptrdiff_t>(drop));
      changed = true;
      break;
    }
  }
  std::vector<double> out;
  for (const auto& gutter : gutters) out.push_back(gutter.middle());
  return out;
}

}  // namespace sextant::formats::pdf

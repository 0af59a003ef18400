#include "analysis/engine/suggest.h"

#include "base/text.h"

namespace sextant::engine {
namespace {

// Optimal string alignment distance.
std::size_t distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        now[j] = std::min(now[j], before[j - 2] + 1);
      }
    }
    std::swap(before, last);
    std::swap(last, now);
  }
  return last[b.size()];
}

}  // namespace

std::optional<std::string> closest(std::string_view name,
                                   const std::vector<std::string>& candidates) {
  constexpr std::size_t kLongestName = 128;
  if (name.empty() || name.size() > kLongestName) return std::nullopt;
  const std::string wanted = text::lower_ascii(name);
  std::size_t best = std::max<std::size_t>(wanted.size() / 3, 1) + 1;
  std::optional<std::string> found;
  for (const auto& candidate : candidates) {
    if (candidate.size() > kLongestName) continue;
    const std::size_t d = distance(wanted, text::lower_ascii(candidate));
    if (d < best) {
      best = d;
      found = candidate;
    }
  }
  return found;
}

}  // namespace sextant::engine

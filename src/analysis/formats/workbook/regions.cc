#include "analysis/formats/workbook/regions.h"

#include <algorithm>

namespace sextant::formats::workbook {
namespace {

constexpr std::size_t kMostRegions = 64;
constexpr int kDeepest = 12;

using Spans = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

class Cutter {
 public:
  explicit Cutter(const std::vector<RowRun>& runs) : runs_(runs) {}

  std::vector<Range> run() {
    if (runs_.empty()) return {};
    Range all{runs_.front().first, UINT32_MAX, runs_.back().last, 0};
    for (const auto& run : runs_) {
      all.left = std::min(all.left, run.spans.front().first);
      all.right = std::max(all.right, run.spans.back().second);
    }
    cut(all, 0);
    if (out_.size() > kMostRegions) return {all};
    std::ranges::sort(out_, [](const Range& a, const Range& b) {
      return std::pair(a.top, a.left) < std::pair(b.top, b.left);
    });
    return out_;
  }

 private:
  bool fills(const RowRun& run, const Range& range) const {
    return std::ranges::any_of(run.spans, [&](const auto& span) {
      return span.first <= range.right && span.second >= range.left;
    });
  }

  template <class F>
  void each_run(const Range& range, F&& visit) const {
    auto run = std::ranges::lower_bound(runs_, range.top, {}, &RowRun::last);
    for (; run != runs_.end() && run->first <= range.bottom; ++run) {
      if (fills(*run, range)) {
        visit(*run, std::max(run->first, range.top), std::min(run->last, range.bottom));
      }
    }
  }

  // Blank rows between filled ones.
  std::vector<Range> bands(const Range& range) const {
    std::vector<Range> out;
    each_run(range, [&](const RowRun&, std::uint32_t first, std::uint32_t last) {
      if (out.empty() || first > out.back().bottom + 1)
        out.push_back({first, range.left, last, range.right});
      else
        out.back().bottom = last;
    });
    return out;
  }

  // Blank columns between filled ones. Blocks of the same rows with one blank column between them
  // stay one table: that column is a spacer.
  std::vector<Range> blocks(const Range& band) const {
    Spans filled;
    each_run(band, [&](const RowRun& run, std::uint32_t, std::uint32_t) {
      for (const auto& [first, last] : run.spans) {
        if (first > band.right || last < band.left) continue;
        add(filled, std::max(first, band.left), std::min(last, band.right));
      }
    });
    std::vector<Range> out;
    for (const auto& [first, last] : filled) {
      Range block{0, first, 0, last};
      each_run({band.top, first, band.bottom, last},
               [&](const RowRun&, std::uint32_t top, std::uint32_t bottom) {
                 if (block.top == 0) block.top = top;
                 block.bottom = bottom;
               });
      if (!out.empty() && first == out.back().right + 2 && block.top == out.back().top &&
          block.bottom == out.back().bottom) {
        out.back().right = last;
      } else {
        out.push_back(block);
      }
    }
    return out;
  }

  static void add(Spans& spans, std::uint32_t first, std::uint32_t last) {
    auto at = std::ranges::lower_bound(spans, first, {},
                                       [](const auto& span) { return span.second + 1; });
    if (at == spans.end() || at->first > last + 1) {
      spans.insert(at, {first, last});
      return;
    }
    at->first = std::min(at->first, first);
    at->second = std::max(at->second, last);
    auto next = std::next(at);
    while (next != spans.end() && next->first <= at->second + 1) {
      at->second = std::max(at->second, next->second);
      next = spans.erase(next);
    }
  }

  void cut(const Range& range, int depth) {
    if (out_.size() > kMostRegions) return;
    for (const auto& band : bands(range)) {
      const auto parts = blocks(band);
      for (const auto& part : parts) {
        const bool whole = parts.size() == 1 && bands(part).size() == 1;
        if (whole || depth >= kDeepest) {
          out_.push_back(part);
        } else {
          cut(part, depth + 1);
        }
        if (out_.size() > kMostRegions) return;
      }
    }
  }

  const std::vector<RowRun>& runs_;
  std::vector<Range> out_;
};

}  // namespace

std::vector<Range> find_regions(const std::vector<RowRun>& runs) { return Cutter(runs).run(); }

}  // namespace sextant::formats::workbook

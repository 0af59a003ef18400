#include "analysis/formats/document/pdf/page_columns.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace sextant::formats::pdf {
namespace {

constexpr double kNarrowest = 7;  // points of the gap between columns
constexpr int kFewestLines = 8;

struct Gap {
  double from = 0;
  double to = 0;
  double middle() const { return (from + to) / 2; }
};

bool crosses(const PageContent& page, const Line& line, double x) {
  return std::ranges::any_of(line.words, [&](WordIndex w) {
    return page.words[w].box.left < x && page.words[w].box.right > x;
  });
}

// The part of a line on one side of x.
Line side(const PageContent& page, const Line& line, double x, bool left) {
  Line out;
  out.baseline = line.baseline;
  out.size = line.size;
  for (const auto w : line.words) {
    const auto& box = page.words[w].box;
    if ((box.middle_x() < x) != left) continue;
    if (out.words.empty()) out.box = box;
    out.box.include(box);
    out.words.push_back(w);
  }
  return out;
}

// One stretch of words that fills most of its column: a line of prose.
bool is_prose(const PageContent& page, const Line& line, double width) {
  return line.words.size() >= 4 && line.box.width() > 0.7 * width &&
         make_phrases(page, line, 1.1).size() == 1;
}

std::optional<double> find_gap(const PageContent& page, const std::vector<Line>& lines) {
  if (lines.size() < kFewestLines) return std::nullopt;
  double left = page.width;
  double right = 0;
  for (const auto& line : lines) {
    left = std::min(left, line.box.left);
    right = std::max(right, line.box.right);
  }
  if (right - left < 150) return std::nullopt;
  // The x of the middle part that the fewest lines cross.
  std::optional<double> best;
  double best_score = 0;
  for (double x = left + 0.3 * (right - left); x <= left + 0.7 * (right - left); x += 2) {
    int two_sided = 0;
    int prose = 0;
    int free = 0;
    for (const auto& line : lines) {
      bool clear = true;
      bool before = false;
      bool after = false;
      double last = -1e9;
      double first = 1e9;
      for (const auto w : line.words) {
        const auto& box = page.words[w].box;
        if (box.left < x && box.right > x) clear = false;
        if (box.right <= x) {
          before = true;
          last = std::max(last, box.right);
        }
        if (box.left >= x) {
          after = true;
          first = std::min(first, box.left);
        }
      }
      if (!clear) continue;
      ++free;
      if (!before || !after) continue;
      if (first - last < kNarrowest) continue;
      ++two_sided;
      const bool a = is_prose(page, side(page, line, x, true), x - left);
      const bool b = is_prose(page, side(page, line, x, false), right - x);
      prose += (a ? 1 : 0) + (b ? 1 : 0);
    }
    if (two_sided < kFewestLines || prose < two_sided) continue;
    const double score = prose + 0.1 * free;
    if (score > best_score) {
      best_score = score;
      best = x;
    }
  }
  return best;
}

}  // namespace

std::vector<LineSequence> split_columns(const PageContent& page, std::vector<Line> lines) {
  const auto gap = find_gap(page, lines);
  std::vector<LineSequence> out;
  if (!gap) {
    if (!lines.empty()) out.push_back(std::move(lines));
    return out;
  }
  double left = page.width;
  double right = 0;
  for (const auto& line : lines) {
    left = std::min(left, line.box.left);
    right = std::max(right, line.box.right);
  }
  LineSequence whole;
  for (std::size_t i = 0; i < lines.size();) {
    if (crosses(page, lines[i], *gap)) {
      whole.push_back(std::move(lines[i++]));
      continue;
    }
    LineSequence before;
    LineSequence after;
    int prose = 0;
    int two_sided = 0;
    std::size_t end = i;
    for (; end < lines.size() && !crosses(page, lines[end], *gap); ++end) {
      auto a = side(page, lines[end], *gap, true);
      auto b = side(page, lines[end], *gap, false);
      if (!a.words.empty() && !b.words.empty()) {
        ++two_sided;
        if (is_prose(page, a, *gap - left) || is_prose(page, b, right - *gap)) ++prose;
      }
      if (!a.words.empty()) before.push_back(std::move(a));
      if (!b.words.empty()) after.push_back(std::move(b));
    }
    if (two_sided > 0 && prose * 10 >= two_sided * 4) {
      if (!whole.empty()) out.push_back(std::exchange(whole, {}));
      out.push_back(std::move(before));
      out.push_back(std::move(after));
    } else {
      for (std::size_t k = i; k < end; ++k) whole.push_back(std::move(lines[k]));
    }
    i = end;
  }
  if (!whole.empty()) out.push_back(std::move(whole));
  std::erase_if(out, [](const LineSequence& one) { return one.empty(); });
  return out;
}

}  // namespace sextant::formats::pdf

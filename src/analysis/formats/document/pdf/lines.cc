#include "analysis/formats/document/pdf/lines.h"

#include <algorithm>
#include <cmath>

namespace sextant::formats::pdf {
namespace {

// The part of a word that its neighbours in a line share, whatever their sizes.
struct Core {
  double top = 0;
  double bottom = 0;
};
Core core_of(const Word& word) { return {word.baseline - 0.5 * word.size, word.baseline}; }

void finish(const PageContent& page, Line& line) {
  std::ranges::sort(line.words, [&](WordIndex a, WordIndex b) {
    return std::pair(page.words[a].box.left, a) < std::pair(page.words[b].box.left, b);
  });
  // The size and baseline of the word with most letters in that size.
  double best = 0;
  line.box = page.words[line.words.front()].box;
  for (const auto index : line.words) {
    const auto& word = page.words[index];
    line.box.include(word.box);
    double letters = 0;
    for (const auto other : line.words) {
      if (std::abs(page.words[other].size - word.size) < 0.5)
        letters += static_cast<double>(page.words[other].text.size());
      if (line.words.size() > 200) break;
    }
    if (letters > best) {
      best = letters;
      line.size = word.size;
      line.baseline = word.baseline;
    }
  }
}

}  // namespace

std::vector<Line> make_lines(const PageContent& page, std::span<const WordIndex> words) {
  std::vector<WordIndex> order;
  for (const auto index : words) {
    if (page.words[index].upright) order.push_back(index);
  }
  std::ranges::sort(order, [&](WordIndex a, WordIndex b) {
    return std::pair(page.words[a].baseline, a) < std::pair(page.words[b].baseline, b);
  });
  struct Open {
    Line line;
    Core core;
  };
  std::vector<Open> open;
  for (const auto index : order) {
    const auto& word = page.words[index];
    const auto core = core_of(word);
    Open* best = nullptr;
    double most = 0;
    for (std::size_t k = open.size(); k-- > 0 && open.size() - k <= 6;) {
      const double shared = overlap(core.top, core.bottom, open[k].core.top, open[k].core.bottom);
      const double smaller =
          std::min(core.bottom - core.top, open[k].core.bottom - open[k].core.top);
      if (shared >= 0.45 * smaller && shared > most) {
        most = shared;
        best = &open[k];
      }
    }
    if (!best) {
      open.push_back({{}, core});
      best = &open.back();
    }
    best->line.words.push_back(index);
    if (core.bottom - core.top > best->core.bottom - best->core.top) best->core = core;
  }
  std::vector<Line> out;
  out.reserve(open.size());
  for (auto& one : open) {
    finish(page, one.line);
    out.push_back(std::move(one.line));
  }
  std::ranges::sort(out, [](const Line& a, const Line& b) {
    return std::pair(a.baseline, a.box.left) < std::pair(b.baseline, b.box.left);
  });
  return out;
}

std::vector<Phrase> make_phrases(const PageContent& page, const Line& line, double gap) {
  std::vector<Phrase> out;
  double right = 0;
  for (const auto index : line.words) {
    const auto& word = page.words[index];
    const double size = std::max(std::min(word.size, line.size * 1.5), line.size * 0.6);
    if (out.empty() || word.box.left - right > gap * size) {
      out.push_back({word.box, line.baseline, line.size, {}});
      right = word.box.right;
    }
    out.back().words.push_back(index);
    out.back().box.include(word.box);
    right = std::max(right, word.box.right);
  }
  return out;
}

std::string words_text(const PageContent& page, std::span<const WordIndex> words) {
  std::size_t reversed = 0;
  for (const auto index : words) reversed += page.words[index].right_to_left ? 1 : 0;
  std::vector<WordIndex> order(words.begin(), words.end());
  if (reversed * 2 > words.size()) {
    std::ranges::reverse(order);
    // Numbers and foreign words inside keep their own order.
    for (std::size_t i = 0; i < order.size();) {
      std::size_t end = i;
      while (end < order.size() && !page.words[order[end]].right_to_left) ++end;
      if (end > i + 1) {
        std::reverse(order.begin() + static_cast<std::ptrdiff_t>(i),
                     order.begin() + static_cast<std::ptrdiff_t>(end));
      }
      i = std::max(end, i + 1);
    }
  }
  std::string out;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto& word = page.words[order[i]];
    if (i > 0) {
      const auto& before = page.words[order[i - 1]];
      // A mark set close and high or low belongs to the word: m², CO₂.
      const bool touches =
          word.upright && !word.right_to_left && !before.right_to_left &&
          word.box.left - before.box.right < 0.12 * std::max(word.size, before.size) &&
          std::abs(word.size - before.size) > 0.15 * before.size;
      if (!touches) out += ' ';
    }
    out += word.text;
  }
  return out;
}

}  // namespace sextant::formats::pdf

#include "analysis/formats/document/pdf/lattice.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/formats/document/pdf/grid.h"
#include "analysis/formats/document/pdf/lines.h"

namespace sextant::formats::pdf {
namespace {

constexpr double kTouch = 3;         // points between lines that meet
constexpr double kPhraseGap = 0.45;  // of the font's size: less is a gap inside a phrase
constexpr double kSamePosition = 4;  // lines nearer than this are one edge
constexpr std::size_t kMostCrossings = 20'000'000;
constexpr std::size_t kMostCells = 40'000;
constexpr std::size_t kLongestCell = 900;  // mean bytes: longer is a layout of boxes, not a table

struct Groups {
  std::vector<std::size_t> parent;
  explicit Groups(std::size_t n) : parent(n) { std::iota(parent.begin(), parent.end(), 0); }
  std::size_t find(std::size_t i) {
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) { parent[find(a)] = find(b); }
};

// Positions nearer than `tolerance` become one.
std::vector<double> cluster(std::vector<double> values, double tolerance) {
  std::ranges::sort(values);
  std::vector<double> out;
  double sum = 0;
  int count = 0;
  double last = 0;
  for (const double value : values) {
    if (count > 0 && value - last > tolerance) {
      out.push_back(sum / count);
      sum = 0;
      count = 0;
    }
    sum += value;
    ++count;
    last = value;
  }
  if (count > 0) out.push_back(sum / count);
  return out;
}

using RulesAtEdges = std::vector<std::vector<const Rule*>>;

// The rules that stand at each of the edges.
RulesAtEdges by_edge(const std::vector<const Rule*>& rules, const std::vector<double>& edges) {
  RulesAtEdges out(edges.size());
  for (const auto* rule : rules) {
    const auto near = std::ranges::lower_bound(edges, rule->at - kSamePosition) - edges.begin();
    for (auto e = static_cast<std::size_t>(near);
         e < edges.size() && edges[e] <= rule->at + kSamePosition; ++e) {
      out[e].push_back(rule);
    }
  }
  return out;
}

bool covered(const std::vector<const Rule*>& rules, double middle) {
  return std::ranges::any_of(
      rules, [&](const Rule* rule) { return rule->from <= middle + 1 && rule->to >= middle - 1; });
}

class Lattice {
 public:
  Lattice(const PageContent& page, std::vector<const Rule*> across, std::vector<const Rule*> down)
      : page_(page), across_(std::move(across)), down_(std::move(down)) {}

  // False: not a grid of at least two columns or rows with text.
  bool build(PageTable& out) {
    std::vector<double> xs;
    std::vector<double> ys;
    for (const auto* rule : down_) xs.push_back(rule->at);
    for (const auto* rule : across_) ys.push_back(rule->at);
    // Open sides: the lines' ends are the edge there.
    open_sides(across_, xs);
    open_sides(down_, ys);
    xs_ = cluster(std::move(xs), kSamePosition);
    ys_ = cluster(std::move(ys), kSamePosition);
    if (xs_.size() < 2 || ys_.size() < 2) return false;
    columns_ = static_cast<int>(xs_.size()) - 1;
    rows_ = static_cast<int>(ys_.size()) - 1;
    if (static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_) > kMostCells)
      return false;
    join_cells();
    out.page = page_.number;
    out.box = {xs_.front(), ys_.front(), xs_.back(), ys_.back()};
    out.ruled = true;
    return fill(out);
  }

 private:
  struct Extent {
    int top = 0, left = 0, bottom = 0, right = 0;
  };

  static void open_sides(const std::vector<const Rule*>& rules, std::vector<double>& positions) {
    if (rules.empty() || positions.empty()) return;
    const auto [low, high] = std::ranges::minmax(positions);
    std::vector<double> from;
    std::vector<double> to;
    for (const auto* rule : rules) {
      from.push_back(rule->from);
      to.push_back(rule->to);
    }
    std::ranges::sort(from);
    std::ranges::sort(to);
    // Where at least three lines agree.
    const double start = from[from.size() / 4];
    const double end = to[to.size() - 1 - to.size() / 4];
    const auto agree = [](const std::vector<double>& all, double at) {
      return std::ranges::count_if(all, [&](double v) { return std::abs(v - at) < 4; }) >= 3;
    };
    if (start < low - 10 && agree(from, start)) positions.push_back(start);
    if (end > high + 10 && agree(to, end)) positions.push_back(end);
  }

  std::size_t cell(int row, int column) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
           static_cast<std::size_t>(column);
  }

  // Neighbours without a line between them are one; groups grow to rectangles.
  void join_cells() {
    Groups groups(static_cast<std::size_t>(rows_) * static_cast<std::size_t>(columns_));
    const auto down = by_edge(down_, xs_);
    const auto across = by_edge(across_, ys_);
    for (int r = 0; r < rows_; ++r) {
      const auto row = static_cast<std::size_t>(r);
      for (int c = 0; c < columns_; ++c) {
        const auto column = static_cast<std::size_t>(c);
        if (c + 1 < columns_ && !covered(down[column + 1], (ys_[row] + ys_[row + 1]) / 2)) {
          groups.join(cell(r, c), cell(r, c + 1));
        }
        if (r + 1 < rows_ && !covered(across[row + 1], (xs_[column] + xs_[column + 1]) / 2)) {
          groups.join(cell(r, c), cell(r + 1, c));
        }
      }
    }
    bool grown = true;
    while (grown) {
      grown = false;
      extents_.assign(groups.parent.size(), {rows_, columns_, -1, -1});
      for (int r = 0; r < rows_; ++r) {
        for (int c = 0; c < columns_; ++c) {
          auto& extent = extents_[groups.find(cell(r, c))];
          extent = {std::min(extent.top, r), std::min(extent.left, c), std::max(extent.bottom, r),
                    std::max(extent.right, c)};
        }
      }
      const auto extents = extents_;
      for (std::size_t root = 0; root < extents.size(); ++root) {
        const auto& extent = extents[root];
        for (int r = extent.top; r <= extent.bottom; ++r) {
          for (int c = extent.left; c <= extent.right; ++c) {
            if (groups.find(cell(r, c)) == groups.find(root)) continue;
            groups.join(cell(r, c), root);
            grown = true;
          }
        }
      }
    }
    owner_.resize(groups.parent.size());
    for (std::size_t i = 0; i < owner_.size(); ++i) owner_[i] = groups.find(i);
  }

  // The words in each area, at the place of its owner.
  std::vector<std::vector<WordIndex>> words_of_areas(const Rect& box) const {
    std::vector<std::vector<WordIndex>> words(owner_.size());
    for (WordIndex w = 0; w < page_.words.size(); ++w) {
      const auto& word = page_.words[w].box;
      const double x = word.middle_x();
      const double y = word.middle_y();
      if (!box.grown(1).contains(x, y)) continue;
      const int c = static_cast<int>(std::ranges::upper_bound(xs_, x) - xs_.begin()) - 1;
      const int r = static_cast<int>(std::ranges::upper_bound(ys_, y) - ys_.begin()) - 1;
      words[owner_[cell(std::clamp(r, 0, rows_ - 1), std::clamp(c, 0, columns_ - 1))]].push_back(w);
    }
    return words;
  }

  // The columns of an area over several columns in which words stand; empty when a phrase reaches
  // over an edge, so that it is one cell.
  std::vector<int> columns_used(const Extent& extent, const std::vector<WordIndex>& words) const {
    std::vector<int> out;
    for (const auto& line : make_lines(page_, words)) {
      for (const auto& phrase : make_phrases(page_, line, kPhraseGap)) {
        const double slack = 0.2 * line.size;
        const auto first = std::ranges::upper_bound(xs_, phrase.box.left + slack) - xs_.begin() - 1;
        const auto last = std::ranges::upper_bound(xs_, phrase.box.right - slack) - xs_.begin() - 1;
        if (first != last || first < extent.left || first > extent.right) return {};
        if (std::ranges::find(out, first) == out.end()) out.push_back(static_cast<int>(first));
      }
    }
    return out;
  }

  // Lines between columns are often drawn in the header alone: an area whose words stand in the
  // columns that other rows have is not one cell but several. True: some area was divided.
  bool separate_columns(const std::vector<std::vector<WordIndex>>& words) {
    bool changed = false;
    const auto extents = extents_;
    for (std::size_t root = 0; root < words.size(); ++root) {
      const auto& extent = extents[root];
      if (owner_[root] != root || words[root].empty() || extent.left == extent.right) continue;
      if (columns_used(extent, words[root]).size() < 2) continue;
      changed = true;
      for (int c = extent.left; c <= extent.right; ++c) {
        const auto own = cell(extent.top, c);
        for (int r = extent.top; r <= extent.bottom; ++r) owner_[cell(r, c)] = own;
        extents_[own] = {extent.top, c, extent.bottom, c};
      }
    }
    return changed;
  }

  bool fill(PageTable& out) {
    auto words = words_of_areas(out.box);
    if (separate_columns(words)) words = words_of_areas(out.box);
    out.rows = rows_;
    out.columns = columns_;
    std::size_t bytes = 0;
    std::size_t areas = 0;
    for (std::size_t i = 0; i < owner_.size(); ++i) {
      if (owner_[i] != i) continue;
      ++areas;
      if (words[i].empty()) continue;
      const auto& e = extents_[i];
      TableCell made{e.top,
                     e.left,
                     e.bottom - e.top + 1,
                     e.right - e.left + 1,
                     {},
                     {xs_[static_cast<std::size_t>(e.left)], ys_[static_cast<std::size_t>(e.top)],
                      xs_[static_cast<std::size_t>(e.right) + 1],
                      ys_[static_cast<std::size_t>(e.bottom) + 1]}};
      for (const auto& line : make_lines(page_, words[i])) {
        made.text += (made.text.empty() ? "" : "\n") + words_text(page_, line.words);
      }
      for (const auto w : words[i]) {
        if (!page_.words[w].upright)
          made.text += (made.text.empty() ? "" : " ") + page_.words[w].text;
      }
      bytes += made.text.size();
      out.cells.push_back(std::move(made));
    }
    std::vector<bool> row_used(static_cast<std::size_t>(rows_), false);
    std::vector<bool> column_used(static_cast<std::size_t>(columns_), false);
    for (const auto& c : out.cells) {
      row_used[static_cast<std::size_t>(c.row)] = true;
      column_used[static_cast<std::size_t>(c.column)] = true;
    }
    const auto used_rows = std::ranges::count(row_used, true);
    const auto used_columns = std::ranges::count(column_used, true);
    if (used_rows < 2 || used_columns < 2 || out.cells.size() < 4) return false;
    if (bytes / out.cells.size() > kLongestCell) return false;
    const double filled = static_cast<double>(out.cells.size()) / static_cast<double>(areas);
    if (filled < 0.2) return false;
    out.confidence = std::min(1.0, 0.6 + 0.4 * filled);
    if (used_rows < 3 && out.cells.size() < 6) out.confidence -= 0.15;
    split_rows(out, words);
    compact(out);
    return true;
  }

  // A band of the grid that holds several rows, since lines stand only around the whole: each line
  // of text that the columns share is a row.
  void split_rows(PageTable& out, const std::vector<std::vector<WordIndex>>& words) {
    std::vector<PageTable> bands(static_cast<std::size_t>(rows_));
    std::vector<int> extra(static_cast<std::size_t>(rows_), 0);
    for (int r = 0; r < rows_; ++r) {
      auto& band = bands[static_cast<std::size_t>(r)];
      std::vector<WordIndex> inside;
      int cells = 0;
      bool whole = true;
      for (int c = 0; c < columns_; ++c) {
        const auto owner = owner_[cell(r, c)];
        const auto& extent = extents_[owner];
        whole = whole && extent.top == r && extent.bottom == r && extent.left == extent.right;
        if (words[owner].empty()) continue;
        ++cells;
        inside.insert(inside.end(), words[owner].begin(), words[owner].end());
      }
      if (!whole || cells < 2) continue;
      const auto lines = make_lines(page_, inside);
      if (lines.size() < 3) continue;
      // How many lines have text in how many columns?
      int full = 0;
      int figures = 0;
      int labels = 0;  // lines with text in the first column alone
      for (const auto& line : lines) {
        int hit = 0;
        int last = -1;
        for (const auto w : line.words) {
          const auto& word = page_.words[w];
          const int c =
              static_cast<int>(std::ranges::upper_bound(xs_, word.box.middle_x()) - xs_.begin());
          if (c != last) ++hit;
          if (c != last && looks_numeric(word.text)) ++figures;
          last = c;
        }
        full += hit * 3 >= cells * 2 && hit >= 2;
        labels += hit == 1 && last == 1;
      }
      const int others = static_cast<int>(lines.size()) - std::min(labels, full);
      if (full < 2 || full * 10 < others * 6 || figures * 3 < full) continue;
      const std::vector<double> edges(xs_.begin() + 1, xs_.end() - 1);
      band = make_grid({page_, lines, edges, {}});
      if (band.columns != cells && band.columns != columns_) {
        band.rows = 0;
        continue;
      }
      extra[static_cast<std::size_t>(r)] = band.rows - 1;
    }
    int shift = 0;
    std::vector<int> start(static_cast<std::size_t>(rows_) + 1, 0);
    for (int r = 0; r < rows_; ++r) {
      start[static_cast<std::size_t>(r)] = r + shift;
      shift += std::max(0, extra[static_cast<std::size_t>(r)]);
    }
    start[static_cast<std::size_t>(rows_)] = rows_ + shift;
    if (shift == 0) return;
    std::vector<TableCell> cells;
    for (auto& old : out.cells) {
      if (extra[static_cast<std::size_t>(old.row)] > 0 && old.row_span == 1) continue;
      old.row_span = start[static_cast<std::size_t>(old.row + old.row_span)] -
                     start[static_cast<std::size_t>(old.row)];
      old.row = start[static_cast<std::size_t>(old.row)];
      cells.push_back(std::move(old));
    }
    for (int r = 0; r < rows_; ++r) {
      for (auto& made : bands[static_cast<std::size_t>(r)].cells) {
        if (extra[static_cast<std::size_t>(r)] <= 0) break;
        made.row += start[static_cast<std::size_t>(r)];
        const double x = made.box.middle_x();
        if (made.column_span == 1) {
          made.column =
              std::clamp(static_cast<int>(std::ranges::upper_bound(xs_, x) - xs_.begin()) - 1, 0,
                         columns_ - 1);
        }
        cells.push_back(std::move(made));
      }
    }
    out.cells = std::move(cells);
    out.rows = rows_ + shift;
  }

  const PageContent& page_;
  std::vector<const Rule*> across_;
  std::vector<const Rule*> down_;
  std::vector<double> xs_;
  std::vector<double> ys_;
  int rows_ = 0;
  int columns_ = 0;
  std::vector<Extent> extents_;
  std::vector<std::size_t> owner_;
};

}  // namespace

std::vector<PageTable> find_ruled_tables(const PageContent& page) {
  std::vector<const Rule*> across;
  std::vector<const Rule*> down;
  for (const auto& rule : page.rules) (rule.horizontal ? across : down).push_back(&rule);
  std::vector<PageTable> out;
  if (across.size() < 2 || down.empty() || across.size() * down.size() > kMostCrossings) return out;
  Groups groups(across.size() + down.size());
  for (std::size_t h = 0; h < across.size(); ++h) {
    for (std::size_t v = 0; v < down.size(); ++v) {
      const bool meets =
          down[v]->at >= across[h]->from - kTouch && down[v]->at <= across[h]->to + kTouch &&
          across[h]->at >= down[v]->from - kTouch && across[h]->at <= down[v]->to + kTouch;
      if (meets) groups.join(h, across.size() + v);
    }
  }
  std::vector<std::vector<std::size_t>> members(groups.parent.size());
  for (std::size_t i = 0; i < groups.parent.size(); ++i) members[groups.find(i)].push_back(i);
  for (const auto& group : members) {
    std::vector<const Rule*> own_across;
    std::vector<const Rule*> own_down;
    for (const auto i : group) {
      if (i < across.size())
        own_across.push_back(across[i]);
      else
        own_down.push_back(down[i - across.size()]);
    }
    if (own_across.size() < 2 || own_down.empty()) continue;
    PageTable table;
    if (Lattice(page, std::move(own_across), std::move(own_down)).build(table)) {
      out.push_back(std::move(table));
    }
  }
  return out;
}

}  // namespace sextant::formats::pdf

#include "analysis/formats/document/pdf/grid.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace sextant::formats::pdf {
namespace {

constexpr double kWordGap = 0.45;  // of the font's size: more separates phrases inside a column

struct Piece {
  int first = 0;  // columns
  int last = 0;
  int line = 0;
  std::vector<WordIndex> words;
  Rect box;
  std::string text;
};

bool starts_small(std::string_view text) {
  return !text.empty() && ((text[0] >= 'a' && text[0] <= 'z') || text[0] == '(');
}

bool wants_more(std::string_view text) {
  for (const std::string_view end : {"-", ",", " and", " of", " the", " to", " for", " in", " or",
                                     " &", "/", " per", " by", " with"}) {
    if (text.ends_with(end)) return true;
  }
  return std::ranges::count(text, '(') > std::ranges::count(text, ')');
}

class Builder {
 public:
  explicit Builder(const GridRequest& request)
      : request_(request), columns_(static_cast<int>(request.edges.size()) + 1) {
    pieces_.resize(request.lines.size());
    for (std::size_t i = 0; i < request.lines.size(); ++i) place(static_cast<int>(i));
  }

  PageTable build() {
    find_body();
    find_pitch();
    joins_.assign(pieces_.size(), false);
    for (std::size_t i = 1; i < pieces_.size(); ++i) joins_[i] = continues(i);
    return assemble();
  }

 private:
  int column_at(double x) const {
    return static_cast<int>(std::ranges::upper_bound(request_.edges, x) - request_.edges.begin());
  }

  // The words of a line into columns; a phrase that reaches over an edge spans columns.
  void place(int index) {
    const auto& line = request_.lines[static_cast<std::size_t>(index)];
    auto& out = pieces_[static_cast<std::size_t>(index)];
    for (const auto& phrase : split_at_edges(line)) {
      const double slack = 0.15 * line.size;
      const int first = column_at(phrase.box.left + slack);
      const int last = std::max(first, column_at(phrase.box.right - slack));
      Piece piece{first, last, index, phrase.words, phrase.box, {}};
      if (!out.empty() && out.back().last >= first) {
        auto& before = out.back();
        before.last = std::max(before.last, last);
        before.words.insert(before.words.end(), phrase.words.begin(), phrase.words.end());
        before.box.include(phrase.box);
      } else {
        out.push_back(std::move(piece));
      }
    }
    for (auto& piece : out) piece.text = words_text(request_.page, piece.words);
  }

  // Phrases, divided at an edge where the words stand a little wider apart than elsewhere.
  std::vector<Phrase> split_at_edges(const Line& line) const {
    std::vector<Phrase> out;
    for (auto& phrase : make_phrases(request_.page, line, kWordGap)) {
      double sum = 0;
      for (std::size_t k = 1; k < phrase.words.size(); ++k) sum += gap_before(phrase, k);
      const double mean =
          phrase.words.size() > 1 ? sum / static_cast<double>(phrase.words.size() - 1) : 0;
      Phrase part{request_.page.words[phrase.words.front()].box, phrase.baseline, phrase.size, {}};
      for (std::size_t k = 0; k < phrase.words.size(); ++k) {
        const auto& word = request_.page.words[phrase.words[k]];
        if (k > 0) {
          const double left = request_.page.words[phrase.words[k - 1]].box.right;
          const double gap = gap_before(phrase, k);
          const auto edge = std::ranges::lower_bound(request_.edges, left - 0.5);
          const bool at_edge = edge != request_.edges.end() && *edge <= word.box.left + 0.5;
          if (at_edge &&
              (gap >= 0.36 * line.size || (phrase.words.size() > 2 && gap > 1.25 * mean))) {
            out.push_back(std::move(part));
            part = {word.box, phrase.baseline, phrase.size, {}};
          }
        }
        part.words.push_back(phrase.words[k]);
        part.box.include(word.box);
      }
      out.push_back(std::move(part));
    }
    return out;
  }

  double gap_before(const Phrase& phrase, std::size_t k) const {
    return request_.page.words[phrase.words[k]].box.left -
           request_.page.words[phrase.words[k - 1]].box.right;
  }

  // The first line with data: figures beside a label.
  void find_body() {
    body_ = 0;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      int figures = 0;
      int years = 0;
      for (const auto& piece : pieces_[i]) {
        if (piece.first == 0) continue;
        figures += looks_numeric(piece.text);
        years += piece.text.size() == 4 &&
                 (piece.text.starts_with("19") || piece.text.starts_with("20"));
      }
      if (figures > 0 && figures > years &&
          figures * 2 >= static_cast<int>(pieces_[i].size()) - 1) {
        body_ = i;
        return;
      }
    }
    body_ = std::min<std::size_t>(1, pieces_.size());
  }

  double distance(std::size_t i) const {
    return request_.lines[i].baseline - request_.lines[i - 1].baseline;
  }

  void find_pitch() {
    std::vector<double> all;
    for (std::size_t i = body_ + 1; i < pieces_.size(); ++i) all.push_back(distance(i));
    if (all.empty()) return;
    std::ranges::sort(all);
    pitch_ = all[all.size() / 2];
    closest_ = all[all.size() / 10];
    // Two distances, one inside rows and one between them?
    const double widest = all[all.size() - 1 - all.size() / 10];
    if (widest > 1.25 * closest_) {
      const double cut = (closest_ + widest) / 2;
      const auto small = std::ranges::count_if(all, [&](double d) { return d < cut; });
      // Within each group the distances agree, and rows are not mostly of many lines.
      double small_sum = 0, large_sum = 0;
      for (const double d : all) (d < cut ? small_sum : large_sum) += d;
      const double small_mean = small_sum / static_cast<double>(small);
      const auto large = static_cast<std::ptrdiff_t>(all.size()) - small;
      const double large_mean = large_sum / static_cast<double>(std::max<std::ptrdiff_t>(large, 1));
      const auto near = std::ranges::count_if(all, [&](double d) {
        return std::abs(d - (d < cut ? small_mean : large_mean)) < 0.12 * large_mean;
      });
      if (near * 10 >= static_cast<std::ptrdiff_t>(all.size()) * 8 && large * 3 >= small)
        inside_ = cut;
    }
    std::size_t ruled = 0;
    for (std::size_t i = body_ + 1; i < pieces_.size(); ++i) ruled += separated(i) ? 1 : 0;
    row_rules_ = ruled >= 2 && ruled * 4 >= pieces_.size() - body_;
  }

  bool separated(std::size_t i) const {
    const double above = request_.lines[i - 1].baseline - 0.3 * request_.lines[i - 1].size;
    const double below = request_.lines[i].baseline - 0.3 * request_.lines[i].size;
    return std::ranges::any_of(request_.separators,
                               [&](double y) { return y > above && y < below; });
  }

  static bool only_first(const std::vector<Piece>& line) {
    return line.size() == 1 && line[0].first == 0 && line[0].last == 0;
  }

  const Piece* piece_at(std::size_t line, int column) const {
    for (const auto& piece : pieces_[line]) {
      if (piece.first <= column && column <= piece.last) return &piece;
    }
    return nullptr;
  }

  bool under(std::size_t line) const {
    return std::ranges::all_of(pieces_[line], [&](const Piece& piece) {
      const auto* above = piece_at(line - 1, piece.first);
      return above && above->first == piece.first && above->last == piece.last;
    });
  }

  // Whether line i belongs to the row of line i-1.
  bool continues(std::size_t i) const {
    const double size = request_.lines[i].size;
    if (separated(i)) return false;
    if (row_rules_ && i > body_) return true;
    if (distance(i) > 1.75 * std::max(size, request_.lines[i - 1].size)) return false;
    const auto& now = pieces_[i];
    const auto& before = pieces_[i - 1];
    if (i < body_) return under(i) && now.size() >= 1;
    if (i == body_) return false;
    bool figures = false;
    for (const auto& piece : now)
      figures = figures || (piece.first > 0 && looks_numeric(piece.text));
    if (inside_ > 0 && distance(i) < inside_) {
      return !(figures && piece_at(i - 1, now.back().first) &&
               looks_numeric(piece_at(i - 1, now.back().first)->text));
    }
    if (inside_ > 0 && distance(i) >= inside_) return false;
    if (only_first(now) && !only_first(before)) {
      const auto* label = piece_at(i - 1, 0);
      return label && (starts_small(now[0].text) || wants_more(label->text));
    }
    if (only_first(before) && !only_first(now) && now[0].first == 0) {
      return starts_small(now[0].text) || wants_more(before[0].text);
    }
    if (now[0].first > 0 && !figures && piece_at(i - 1, 0) && under(i)) return true;
    return false;
  }

  PageTable assemble() {
    PageTable out;
    out.page = request_.page.number;
    out.columns = columns_;
    int row = -1;
    std::map<std::pair<int, int>, std::size_t> last;  // cell over columns, in the row that is open
    bool first_box = true;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (pieces_[i].empty()) continue;
      if (!joins_[i] || row < 0) {
        ++row;
        last.clear();
      }
      for (const auto& piece : pieces_[i]) {
        if (first_box) out.box = piece.box;
        first_box = false;
        out.box.include(piece.box);
        if (const auto found = find_open(last, piece); found != last.end()) {
          auto& cell = out.cells[found->second];
          cell.text += "\n" + piece.text;
          cell.box.include(piece.box);
          continue;
        }
        last[{piece.first, piece.last}] = out.cells.size();
        out.cells.push_back(
            {row, piece.first, 1, piece.last - piece.first + 1, piece.text, piece.box});
      }
      if (i < body_) out.header_rows = row + 1;
    }
    out.rows = row + 1;
    merge_header(out);
    return out;
  }

  static std::map<std::pair<int, int>, std::size_t>::iterator find_open(
      std::map<std::pair<int, int>, std::size_t>& open, const Piece& piece) {
    return std::ranges::find_if(open, [&](const auto& entry) {
      return entry.first.first <= piece.last && piece.first <= entry.first.second;
    });
  }

  // Titles of columns over several lines: the lines that stand close above each other in one column
  // are one cell.
  void merge_header(PageTable& table) const {
    if (table.header_rows < 2) return;
    bool changed = true;
    while (changed) {
      changed = false;
      for (std::size_t a = 0; a < table.cells.size() && !changed; ++a) {
        for (std::size_t b = 0; b < table.cells.size(); ++b) {
          auto& upper = table.cells[a];
          const auto& lower = table.cells[b];
          if (a == b || lower.row >= table.header_rows || upper.column != lower.column ||
              upper.column_span != lower.column_span || lower.row != upper.row + upper.row_span) {
            continue;
          }
          const double gap = lower.box.top - upper.box.bottom;
          if (gap > 0.4 * lower.box.height() || rule_between(upper.box.bottom, lower.box.top))
            continue;
          upper.text += "\n" + lower.text;
          upper.box.include(lower.box);
          upper.row_span += lower.row_span;
          table.cells.erase(table.cells.begin() + static_cast<std::ptrdiff_t>(b));
          changed = true;
          break;
        }
      }
    }
  }

  bool rule_between(double above, double below) const {
    const double slack = 0.3 * std::max(1.0, request_.lines.front().size);
    return std::ranges::any_of(request_.separators,
                               [&](double y) { return y > above - slack && y < below + slack; });
  }

  const GridRequest& request_;
  int columns_;
  std::vector<std::vector<Piece>> pieces_;
  std::size_t body_ = 0;
  double pitch_ = 0;
  double closest_ = 0;
  double inside_ = 0;  // lines closer than this belong together; 0: distances say nothing
  bool row_rules_ = false;
  std::vector<bool> joins_;
};

}  // namespace

bool looks_numeric(std::string_view text) {
  int digits = 0;
  int letters = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      ++digits;
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      ++letters;
    }
  }
  if (digits > 0) return letters * 2 <= digits;
  return letters == 0 && !text.empty() && text.size() <= 4;  // – … *
}

PageTable make_grid(const GridRequest& request) {
  auto out = Builder(request).build();
  compact(out);
  return out;
}

void compact(PageTable& table) {
  // A row or column in which no cell starts carries nothing of its own.
  const auto remap = [](int count, auto start, auto span, std::vector<TableCell>& cells) {
    std::vector<int> to(static_cast<std::size_t>(count) + 1, 0);
    std::vector<bool> used(static_cast<std::size_t>(count), false);
    for (const auto& cell : cells) used[static_cast<std::size_t>(cell.*start)] = true;
    for (int i = 0; i < count; ++i) {
      to[static_cast<std::size_t>(i) + 1] =
          to[static_cast<std::size_t>(i)] + (used[static_cast<std::size_t>(i)] ? 1 : 0);
    }
    for (auto& cell : cells) {
      const int first = to[static_cast<std::size_t>(cell.*start)];
      const int end = to[static_cast<std::size_t>(cell.*start + cell.*span)];
      cell.*start = first;
      cell.*span = std::max(1, end - first);
    }
    return to[static_cast<std::size_t>(count)];
  };
  if (table.header_rows > 0) {
    std::vector<bool> used(static_cast<std::size_t>(table.rows), false);
    for (const auto& cell : table.cells) used[static_cast<std::size_t>(cell.row)] = true;
    table.header_rows =
        static_cast<int>(std::count(used.begin(), used.begin() + table.header_rows, true));
  }
  table.rows = remap(table.rows, &TableCell::row, &TableCell::row_span, table.cells);
  table.columns = remap(table.columns, &TableCell::column, &TableCell::column_span, table.cells);
  std::ranges::sort(table.cells, [](const TableCell& a, const TableCell& b) {
    return std::pair(a.row, a.column) < std::pair(b.row, b.column);
  });
}

}  // namespace sextant::formats::pdf

#include "analysis/formats/document/pdf/stream.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "analysis/formats/document/captions.h"
#include "analysis/formats/document/pdf/grid.h"
#include "analysis/formats/document/pdf/gutters.h"
#include "analysis/formats/document/pdf/page_columns.h"

namespace sextant::formats::pdf {
namespace {

constexpr double kCellGap = 0.9;  // of the font's size: wider separates cells

struct Row {
  const Line* line = nullptr;
  std::vector<Phrase> phrases;
  bool tabular = false;
  bool prose = false;
};

bool is_list_mark(std::string_view text) {
  if (text.size() <= 3 && !looks_numeric(text))
    return text.find_first_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == text.npos;
  return text.size() <= 5 && (text.ends_with('.') || text.ends_with(')'));
}

class Finder {
 public:
  Finder(const PageContent& page, const LineSequence& lines) : page_(page) {
    double left = 1e9;
    double right = 0;
    for (const auto& line : lines) {
      left = std::min(left, line.box.left);
      right = std::max(right, line.box.right);
    }
    const double width = right - left;
    for (const auto& line : lines) {
      Row row{&line, make_phrases(page, line, kCellGap)};
      const auto letters = letters_of(line);
      row.prose = row.phrases.size() == 1 && (line.box.width() > 0.72 * width || letters > 70) &&
                  letters > 25;
      row.tabular = row.phrases.size() >= 2;
      if (row.phrases.size() == 2 && is_list_mark(words_text(page, row.phrases[0].words)) &&
          row.phrases[1].words.size() >= 4 &&
          row.phrases[1].box.left - row.phrases[0].box.right < 3.2 * line.size) {
        row.tabular = false;
        row.prose = row.phrases[1].box.width() > 0.5 * width;
      }
      rows_.push_back(std::move(row));
    }
  }

  std::vector<PageTable> find() {
    std::vector<PageTable> out;
    for (std::size_t i = 0; i < rows_.size();) {
      if (!rows_[i].tabular) {
        ++i;
        continue;
      }
      const auto end = end_of_block(i);
      build(i, end, out);
      i = end;
    }
    return out;
  }

 private:
  std::size_t letters_of(const Line& line) const {
    std::size_t out = 0;
    for (const auto w : line.words) out += page_.words[w].text.size() + 1;
    return out;
  }

  double distance(std::size_t i) const {
    return rows_[i].line->baseline - rows_[i - 1].line->baseline;
  }

  // The block of lines from `begin` that may be one table; ends after a tabular line.
  std::size_t end_of_block(std::size_t begin) const {
    std::size_t end = begin + 1;
    std::size_t other = 0;
    for (std::size_t i = begin + 1; i < rows_.size(); ++i) {
      const double size = std::max(rows_[i].line->size, rows_[i - 1].line->size);
      if (distance(i) > 3.2 * size) break;
      if (rows_[i].prose) break;
      if (rows_[i].tabular) {
        end = i + 1;
        other = 0;
      } else if (++other > 3) {
        break;
      }
    }
    return end;
  }

  void build(std::size_t begin, std::size_t end, std::vector<PageTable>& out) {
    if (end - begin < 2) return;
    extend_to_rule(begin, end);
    std::vector<Line> lines;
    std::vector<const Line*> body;
    std::vector<std::size_t> counts;
    for (auto i = begin; i < end; ++i) counts.push_back(rows_[i].phrases.size());
    std::ranges::sort(counts);
    const auto usual = counts[counts.size() * 3 / 4];
    for (auto i = begin; i < end; ++i) {
      lines.push_back(*rows_[i].line);
      if (rows_[i].tabular && rows_[i].phrases.size() * 2 >= usual) body.push_back(rows_[i].line);
    }
    if (body.size() < 2) return;
    const auto edges = find_gutters(page_, body);
    if (edges.empty()) return;
    Rect box = lines.front().box;
    for (const auto& line : lines) box.include(line.box);
    const auto separators = rules_across(box);
    auto table = make_grid({page_, lines, edges, separators});
    if (!accept(table, body.size(), separators.size())) return;
    out.push_back(std::move(table));
  }

  // A ruling line above (below) the block shows where the table starts (ends).
  void extend_to_rule(std::size_t& begin, std::size_t& end) const {
    Rect box = rows_[begin].line->box;
    for (auto i = begin; i < end; ++i) box.include(rows_[i].line->box);
    for (std::size_t up = 1; up <= 4 && up <= begin; ++up) {
      const auto& row = rows_[begin - up];
      if (row.prose ||
          rows_[begin - up + 1].line->baseline - row.line->baseline > 3 * row.line->size)
        break;
      const double top = row.line->baseline - row.line->size;
      const bool ruled = std::ranges::any_of(page_.rules, [&](const Rule& rule) {
        return rule.horizontal && rule.at < top + 2 && rule.at > top - 1.2 * row.line->size &&
               overlap(rule.from, rule.to, box.left, box.right) > 0.6 * box.width();
      });
      if (ruled) {
        begin -= up;
        break;
      }
    }
  }

  std::vector<double> rules_across(const Rect& box) const {
    std::vector<double> out;
    for (const auto& rule : page_.rules) {
      if (!rule.horizontal || rule.at < box.top || rule.at > box.bottom) continue;
      if (overlap(rule.from, rule.to, box.left, box.right) > 0.5 * box.width())
        out.push_back(rule.at);
    }
    return out;
  }

  // Whether it is a table, and how sure that is.
  static bool accept(PageTable& table, std::size_t body, std::size_t separators) {
    if (table.rows < 2 || table.columns < 2 || table.cells.size() < 4) return false;
    std::size_t bytes = 0;
    std::size_t figures = 0;
    std::size_t long_cells = 0;
    std::size_t leaders = 0;
    std::size_t bullets = 0;
    for (const auto& cell : table.cells) {
      bullets += cell.column == 0 && document::is_bullet(cell.text) ? 1 : 0;
      bytes += cell.text.size();
      figures += looks_numeric(cell.text) ? 1 : 0;
      long_cells += cell.text.size() > 60 ? 1 : 0;
      leaders +=
          cell.text.find(".....") != cell.text.npos || cell.text.find(". . . .") != cell.text.npos;
    }
    const auto cells = static_cast<double>(table.cells.size());
    const double numeric = static_cast<double>(figures) / cells;
    const double filled = cells / (static_cast<double>(table.rows) * table.columns);
    const double mean = static_cast<double>(bytes) / cells;
    if (table.columns == 2 && leaders * 2 > static_cast<std::size_t>(table.rows)) return false;
    if (bullets * 2 >= static_cast<std::size_t>(table.rows)) return false;  // a list
    if (filled < 0.3 || mean > 120) return false;
    double sure = 0.35 + 0.4 * numeric + 0.2 * filled;
    if (table.columns >= 3) sure += 0.1;
    if (table.columns >= 5) sure += 0.05;
    if (separators > 0) sure += 0.1;
    if (body >= 5) sure += 0.1;
    if (body < 3) sure -= 0.25;
    if (table.columns == 2 && numeric < 0.2) sure -= 0.25;
    sure -= 0.4 * static_cast<double>(long_cells) / cells;
    table.confidence = std::clamp(sure, 0.0, 0.99);
    return table.confidence >= 0.4;
  }

  const PageContent& page_;
  std::vector<Row> rows_;
};

}  // namespace

std::vector<PageTable> find_aligned_tables(const PageContent& page,
                                           std::span<const WordIndex> words) {
  std::vector<PageTable> out;
  for (const auto& sequence : split_columns(page, make_lines(page, words))) {
    auto found = Finder(page, sequence).find();
    out.insert(out.end(), std::make_move_iterator(found.begin()),
               std::make_move_iterator(found.end()));
  }
  return out;
}

}  // namespace sextant::formats::pdf

#include "analysis/formats/document/pdf/tables.h"

#include <algorithm>

#include "analysis/formats/document/pdf/lattice.h"
#include "analysis/formats/document/pdf/lines.h"
#include "analysis/formats/document/pdf/stream.h"

namespace sextant::formats::pdf {

std::vector<PageTable> find_tables(const PageContent& page) {
  auto out = find_ruled_tables(page);
  // Of two grids inside each other the outer one holds the inner one's words already.
  std::ranges::sort(out, [](const PageTable& a, const PageTable& b) {
    return a.box.width() * a.box.height() > b.box.width() * b.box.height();
  });
  std::vector<PageTable> kept;
  for (auto& table : out) {
    const double area = table.box.width() * table.box.height();
    if (std::ranges::any_of(kept, [&](const PageTable& other) {
          return overlap_area(table.box, other.box) > 0.5 * area;
        })) {
      continue;
    }
    kept.push_back(std::move(table));
  }
  std::vector<WordIndex> free;
  for (WordIndex w = 0; w < page.words.size(); ++w) {
    const auto& box = page.words[w].box;
    if (!std::ranges::any_of(kept, [&](const PageTable& table) {
          return table.box.contains(box.middle_x(), box.middle_y());
        })) {
      free.push_back(w);
    }
  }
  auto aligned = find_aligned_tables(page, free);
  kept.insert(kept.end(), std::make_move_iterator(aligned.begin()),
              std::make_move_iterator(aligned.end()));
  std::ranges::sort(
      kept, {}, [](const PageTable& table) { return std::pair(table.box.top, table.box.left); });
  return kept;
}

}  // namespace sextant::formats::pdf

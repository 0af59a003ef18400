#include "analysis/formats/document/pdf/page_content.h"

#include <algorithm>

namespace sextant::formats::pdf {

void Rect::include(const Rect& other) {
  left = std::min(left, other.left);
  top = std::min(top, other.top);
  right = std::max(right, other.right);
  bottom = std::max(bottom, other.bottom);
}

double overlap(double from, double to, double other_from, double other_to) {
  return std::max(0.0, std::min(to, other_to) - std::max(from, other_from));
}

double overlap_area(const Rect& a, const Rect& b) {
  return overlap(a.left, a.right, b.left, b.right) * overlap(a.top, a.bottom, b.top, b.bottom);
}

}  // namespace sextant::formats::pdf

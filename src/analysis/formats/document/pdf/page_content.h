#pragma once
// What stands on one page, as the table detector and the prose reader see it. Points (1/72 inch)
// from the upper left corner of the page as it is read: rotation is undone.

#include <cstdint>
#include <string>
#include <vector>

namespace sextant::formats::pdf {

struct Rect {
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;

  double width() const { return right - left; }
  double height() const { return bottom - top; }
  double middle_x() const { return (left + right) / 2; }
  double middle_y() const { return (top + bottom) / 2; }
  bool contains(double x, double y) const {
    return x >= left && x <= right && y >= top && y <= bottom;
  }
  void include(const Rect& other);
  Rect grown(double by) const { return {left - by, top - by, right + by, bottom + by}; }
};
double overlap(double from, double to, double other_from, double other_to);  // ≥ 0
double overlap_area(const Rect& a, const Rect& b);

struct Word {
  Rect box;
  double baseline = 0;
  double size = 0;  // of the font
  bool bold = false;
  bool upright = true;  // not turned by 90°
  bool right_to_left = false;
  std::string text;  // UTF-8, never empty
};

// A ruling line, or a thin filled rectangle that looks like one.
struct Rule {
  bool horizontal = true;
  double at = 0;  // y of a horizontal one, x of a vertical one
  double from = 0;
  double to = 0;
  double length() const { return to - from; }
};

struct PageContent {
  int number = 1;
  double width = 0;
  double height = 0;
  std::vector<Word> words;
  std::vector<Rule> rules;
  std::vector<Rect> fills;  // coloured backgrounds, larger than a rule
  std::vector<Rect> pictures;
  std::int64_t hidden = 0;    // characters left out because they are invisible
  std::int64_t unmapped = 0;  // characters whose font does not say which letters they are
  bool complete = true;       // false: bounds cut it
};

}  // namespace sextant::formats::pdf

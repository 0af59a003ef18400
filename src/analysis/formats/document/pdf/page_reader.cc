#include "analysis/formats/document/pdf/page_reader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "analysis/formats/document/pdf/pdfium.h"
#include "analysis/formats/document/pdf/rules.h"
#include "analysis/formats/document/pdf/words.h"

namespace sextant::formats::pdf {
namespace {

constexpr int kMostObjects = 200'000;
constexpr int kMostCharacters = 400'000;
constexpr std::size_t kMostRules = 100'000;
constexpr int kDeepestForm = 20;
constexpr double kThin = 3;  // points; a filled rectangle up to this is a line
enum ObjectType { kPath = 2, kPicture = 3, kForm = 5 };
constexpr int kInvisible = 3;  // text render mode

FloatMatrix multiply(const FloatMatrix& m, const FloatMatrix& n) {
  return {m.a * n.a + m.b * n.c, m.a * n.b + m.b * n.d,       m.c * n.a + m.d * n.c,
          m.c * n.b + m.d * n.d, m.e * n.a + m.f * n.c + n.e, m.e * n.b + m.f * n.d + n.f};
}

struct Point {
  double x = 0;
  double y = 0;
};

Point apply(const FloatMatrix& m, double x, double y) {
  return {m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f};
}

// Page space of the file → points from the upper left corner, `turns` quarter turns clockwise.
struct View {
  FloatRect box;
  int turns = 0;

  Point point(double x, double y) const {
    switch (turns) {
      case 1:
        return {y - box.bottom, x - box.left};
      case 2:
        return {box.right - x, y - box.bottom};
      case 3:
        return {box.top - y, box.right - x};
      default:
        return {x - box.left, box.top - y};
    }
  }
  Rect rect(double left, double bottom, double right, double top) const {
    const auto a = point(left, bottom);
    const auto b = point(right, top);
    return {std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x), std::max(a.y, b.y)};
  }
  double width() const { return turns % 2 ? box.top - box.bottom : box.right - box.left; }
  double height() const { return turns % 2 ? box.right - box.left : box.top - box.bottom; }
};

View view_of(const Library& library, void* page) {
  View view;
  library.FPDF_GetPageBoundingBox(page, &view.box);
  if (view.box.top < view.box.bottom) std::swap(view.box.top, view.box.bottom);
  if (view.box.right < view.box.left) std::swap(view.box.right, view.box.left);
  view.turns = library.FPDFPage_GetRotation(page) & 3;
  return view;
}

// Quarter turns counter-clockwise of a piece of text.
int turns_of(const FloatMatrix& m) {
  if (std::abs(m.a) >= std::abs(m.b)) return m.a >= 0 ? 0 : 2;
  return m.b > 0 ? 1 : 3;
}

class Reader {
 public:
  Reader(const Library& library, void* page, int number) : library_(library), page_(page) {
    out_.number = number;
    view_ = view_of(library, page);
  }

  PageContent read() {
    void* text = library_.FPDFText_LoadPage(page_);
    if (text) find_direction(text);
    out_.width = view_.width();
    out_.height = view_.height();
    const int objects = library_.FPDFPage_CountObjects(page_);
    for (int i = 0; i < objects && left_ > 0; ++i) {
      read_object(library_.FPDFPage_GetObject(page_, i), {}, 0);
    }
    out_.complete = out_.complete && left_ > 0;
    if (text) {
      read_text(text);
      library_.FPDFText_ClosePage(text);
    }
    out_.rules = merge_rules(std::move(out_.rules));
    return std::move(out_);
  }

 private:
  // A page whose text runs upwards or downwards is read turned.
  void find_direction(void* text) {
    const int count = std::min(library_.FPDFText_CountChars(text), kMostCharacters);
    std::array<int, 4> turns{};
    int sampled = 0;
    for (int i = 0; i < count; i += 1 + count / 2000) {
      const auto letter = library_.FPDFText_GetUnicode(text, i);
      FloatMatrix matrix;
      if (letter <= ' ' || !library_.FPDFText_GetMatrix(text, i, &matrix)) continue;
      ++turns[static_cast<std::size_t>(turns_of(matrix))];
      ++sampled;
    }
    for (int t = 0; t < 4; ++t) {
      if (turns[static_cast<std::size_t>(t)] * 10 > sampled * 6) view_.turns = t;
    }
  }

  void read_text(void* text) {
    int count = library_.FPDFText_CountChars(text);
    if (count > kMostCharacters) {
      count = kMostCharacters;
      out_.complete = false;
    }
    double covered = 0;
    for (const auto& picture : out_.pictures) covered += picture.width() * picture.height();
    const bool scanned = covered > 0.5 * out_.width * out_.height;
    const Rect page{0, 0, out_.width, out_.height};
    std::vector<Glyph> glyphs;
    glyphs.reserve(static_cast<std::size_t>(std::max(count, 0)));
    bool bold = false;
    int weight = -2;
    for (int i = 0; i < count; ++i) {
      auto letter = library_.FPDFText_GetUnicode(text, i);
      if (letter == '\r' || letter == '\n' || letter == ' ' || letter == '\t' || letter == 0xa0 ||
          letter == 0x200b || letter == 0x3000 || (letter >= 0x2000 && letter <= 0x200a)) {
        glyphs.push_back({.space = true});
        weight = -2;
        continue;
      }
      if (letter == 2) letter = '-';  // at the end of a line
      if (letter == 0 || (letter >= 0xe000 && letter <= 0xf8ff) || letter == 0xfffd)
        ++out_.unmapped;
      if (letter < ' ' || (letter >= 0xd800 && letter <= 0xdfff) || letter >= 0x110000 ||
          letter == 0xfffe || letter == 0xffff) {
        letter = 0xfffd;
      }
      const int mode = library_.FPDFText_GetTextRenderMode(text, i);
      if (mode == kInvisible && !scanned) {
        ++out_.hidden;
        continue;
      }
      Glyph glyph;
      if (!place(text, i, glyph)) continue;
      if (!page.grown(2).contains(glyph.box.middle_x(), glyph.box.middle_y())) {
        ++out_.hidden;
        continue;
      }
      if (const int now = library_.FPDFText_GetFontWeight(text, i); now != weight) {
        weight = now;
        bold = is_bold(text, i, now);
      }
      glyph.letter = letter;
      glyph.bold = bold;
      glyphs.push_back(glyph);
    }
    out_.words = make_words(glyphs);
  }

  bool place(void* text, int i, Glyph& glyph) const {
    FloatMatrix matrix;
    double x = 0;
    double y = 0;
    FloatRect box;
    if (!library_.FPDFText_GetMatrix(text, i, &matrix) ||
        !library_.FPDFText_GetCharOrigin(text, i, &x, &y) ||
        !library_.FPDFText_GetLooseCharBox(text, i, &box)) {
      return false;
    }
    glyph.size = library_.FPDFText_GetFontSize(text, i) * std::hypot(matrix.c, matrix.d);
    if (!(glyph.size > 0.1 && glyph.size < 2000)) glyph.size = std::abs(box.top - box.bottom);
    if (!(glyph.size > 0.1 && glyph.size < 5000)) return false;
    glyph.upright = (turns_of(matrix) - view_.turns) % 2 == 0;
    glyph.box = view_.rect(box.left, box.bottom, box.right, box.top);
    const auto origin = view_.point(x, y);
    glyph.baseline = glyph.upright ? origin.y : origin.x;
    for (const double value :
         {glyph.box.left, glyph.box.top, glyph.box.right, glyph.box.bottom, glyph.baseline}) {
      if (!std::isfinite(value) || std::abs(value) > 1e6) return false;
    }
    if (glyph.upright) {
      // Fonts that lie about their height.
      const double height = glyph.box.height();
      if (height < 0.5 * glyph.size || height > 1.6 * glyph.size) {
        glyph.box.top = glyph.baseline - 0.78 * glyph.size;
        glyph.box.bottom = glyph.baseline + 0.22 * glyph.size;
      }
    }
    return true;
  }

  bool is_bold(void* text, int i, int weight) const {
    if (weight >= 600) return true;
    std::array<char, 128> name{};
    int flags = 0;
    library_.FPDFText_GetFontInfo(text, i, name.data(), name.size() - 1, &flags);
    const std::string_view found(name.data());
    return found.find("Bold") != found.npos || found.find("bold") != found.npos ||
           found.find("Black") != found.npos || found.find("Heavy") != found.npos;
  }

  void read_object(void* object, const FloatMatrix& outer, int depth) {
    if (!object || --left_ <= 0) return;
    switch (library_.FPDFPageObj_GetType(object)) {
      case kPath:
        read_path(object, outer);
        break;
      case kPicture:
        read_picture(object, outer);
        break;
      case kForm: {
        if (depth >= kDeepestForm) break;
        FloatMatrix own;
        if (!library_.FPDFPageObj_GetMatrix(object, &own)) break;
        const auto matrix = multiply(own, outer);
        const int count = library_.FPDFFormObj_CountObjects(object);
        for (int i = 0; i < count && left_ > 0; ++i) {
          read_object(library_.FPDFFormObj_GetObject(object, static_cast<unsigned long>(i)), matrix,
                      depth + 1);
        }
        break;
      }
      default:
        break;
    }
  }

  void read_picture(void* object, const FloatMatrix& outer) {
    FloatMatrix own;
    if (!library_.FPDFPageObj_GetMatrix(object, &own)) return;
    const auto matrix = multiply(own, outer);
    const auto a = apply(matrix, 0, 0);
    const auto b = apply(matrix, 1, 1);
    auto box = view_.rect(a.x, a.y, b.x, b.y);
    box = {std::max(box.left, 0.0), std::max(box.top, 0.0), std::min(box.right, out_.width),
           std::min(box.bottom, out_.height)};
    if (box.width() <= 0 || box.height() <= 0) return;
    if (std::min(box.width(), box.height()) <= kThin) {
      add_thin(box);
    } else if (out_.pictures.size() < kMostRules) {
      out_.pictures.push_back(box);
    }
  }

  void read_path(void* object, const FloatMatrix& outer) {
    int fill = 0;
    int stroke = 0;
    if (!library_.FPDFPath_GetDrawMode(object, &fill, &stroke) || (fill == 0 && stroke == 0))
      return;
    FloatMatrix own;
    if (!library_.FPDFPageObj_GetMatrix(object, &own)) return;
    const auto matrix = multiply(own, outer);
    const int count = library_.FPDFPath_CountSegments(object);
    left_ -= count / 4;
    std::vector<Point> points;
    bool straight = true;
    const auto finish = [&] {
      if (stroke != 0) add_strokes(points);
      if (fill != 0 && straight) add_fill(object, points);
      points.clear();
      straight = true;
    };
    for (int i = 0; i < count && i < kMostObjects; ++i) {
      void* segment = library_.FPDFPath_GetPathSegment(object, i);
      float x = 0;
      float y = 0;
      if (!segment || !library_.FPDFPathSegment_GetPoint(segment, &x, &y)) continue;
      const int type = library_.FPDFPathSegment_GetType(segment);
      const auto moved = apply(matrix, x, y);
      const auto point = view_.point(moved.x, moved.y);
      if (type == 2) finish();
      if (type == 1) straight = false;
      points.push_back(point);
      if (library_.FPDFPathSegment_GetClose(segment) && !points.empty()) {
        points.push_back(points.front());
      }
    }
    finish();
  }

  void add_strokes(const std::vector<Point>& points) {
    for (std::size_t i = 1; i < points.size(); ++i) {
      const auto& a = points[i - 1];
      const auto& b = points[i];
      const double dx = std::abs(a.x - b.x);
      const double dy = std::abs(a.y - b.y);
      if (dy <= 1 && dx > dy) add_rule(true, (a.y + b.y) / 2, a.x, b.x);
      if (dx <= 1 && dy > dx) add_rule(false, (a.x + b.x) / 2, a.y, b.y);
    }
  }

  void add_fill(void* object, const std::vector<Point>& points) {
    if (points.size() < 4 || points.size() > 6) return;
    Rect box{points[0].x, points[0].y, points[0].x, points[0].y};
    for (std::size_t i = 0; i < points.size(); ++i) {
      box.include({points[i].x, points[i].y, points[i].x, points[i].y});
      if (i == 0) continue;
      const double dx = std::abs(points[i].x - points[i - 1].x);
      const double dy = std::abs(points[i].y - points[i - 1].y);
      if (std::min(dx, dy) > 0.5) return;  // not upright
    }
    box = {std::max(box.left, 0.0), std::max(box.top, 0.0), std::min(box.right, out_.width),
           std::min(box.bottom, out_.height)};
    if (box.width() < 0 || box.height() < 0) return;
    unsigned red = 0, green = 0, blue = 0, alpha = 255;
    library_.FPDFPageObj_GetFillColor(object, &red, &green, &blue, &alpha);
    if (alpha == 0 || (red > 250 && green > 250 && blue > 250)) return;
    if (std::min(box.width(), box.height()) <= kThin) {
      add_thin(box);
    } else if (out_.fills.size() < kMostRules) {
      out_.fills.push_back(box);
    }
  }

  void add_thin(const Rect& box) {
    if (box.width() >= box.height())
      add_rule(true, box.middle_y(), box.left, box.right);
    else
      add_rule(false, box.middle_x(), box.top, box.bottom);
  }

  void add_rule(bool horizontal, double at, double from, double to) {
    if (from > to) std::swap(from, to);
    if (!std::isfinite(at) || !std::isfinite(from) || !std::isfinite(to)) return;
    const double breadth = horizontal ? out_.width : out_.height;
    const double depth = horizontal ? out_.height : out_.width;
    from = std::max(from, 0.0);
    to = std::min(to, breadth);
    if (to <= from || at < 0 || at > depth) return;
    if (out_.rules.size() >= kMostRules) {
      out_.complete = false;
      return;
    }
    out_.rules.push_back({horizontal, at, from, to});
  }

  const Library& library_;
  void* page_;
  View view_;
  PageContent out_;
  int left_ = kMostObjects;
};

}  // namespace

PageContent read_page(const Library& library, void* page, int number) {
  return Reader(library, page, number).read();
}

std::pair<double, double> page_size(const Library& library, void* page) {
  const auto view = view_of(library, page);
  return {view.width(), view.height()};
}

}  // namespace sextant::formats::pdf

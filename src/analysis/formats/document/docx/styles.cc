#include "analysis/formats/document/docx/styles.h"

#include <charconv>

#include "base/text.h"

namespace sextant::formats::docx {
namespace {

constexpr int kDeepestInheritance = 16;
constexpr std::size_t kMostStyles = 20'000;

// "heading 2" → 2; titles are headings too.
std::optional<int> level_of_name(std::string_view name) {
  if (name == "title") return 1;
  if (name == "subtitle") return 2;
  if (!name.starts_with("heading ")) return std::nullopt;
  int level = 0;
  const auto digits = name.substr(8);
  const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), level);
  if (end.ec != std::errc() || level < 1 || level > 9) return std::nullopt;
  return level;
}

class Reader final : public workbook::XmlHandler {
 public:
  explicit Reader(Styles& styles) : styles_(styles) {}

  void start(std::string_view name, const workbook::Attributes& attributes) override {
    if (name == "style") {
      inside_ = attributes.get("type") == "paragraph" || attributes.get("type").empty();
      id_ = attributes.get("styleId");
      style_ = {};
      return;
    }
    if (!inside_) return;
    const auto value = attributes.get("val");
    if (name == "name") {
      style_.name = text::lower_ascii(value);
      if (!style_.level) style_.level = level_of_name(style_.name);
    } else if (name == "basedOn") {
      style_.based_on = value;
    } else if (name == "outlineLvl" && value.size() == 1 && value[0] >= '0' && value[0] <= '8') {
      style_.level = value[0] - '0' + 1;
    } else if (name == "numId") {
      style_.list = value != "0";
    }
  }

  void end(std::string_view name) override {
    if (name != "style" || !inside_) return;
    inside_ = false;
    if (++count_ <= kMostStyles) styles_.add(id_, std::move(style_));
  }

  void text(std::string_view) override {}

 private:
  Styles& styles_;
  bool inside_ = false;
  std::size_t count_ = 0;
  std::string id_;
  ParagraphStyle style_;
};

}  // namespace

Result<Styles> Styles::read(workbook::Package& package, const std::string& part) {
  Styles out;
  if (part.empty() || !package.has(part)) return out;
  Reader reader(out);
  TRY_VOID(package.parse(part, reader));
  return out;
}

ParagraphStyle Styles::find(const std::string& id) const {
  ParagraphStyle out;
  auto next = id;
  for (int i = 0; i < kDeepestInheritance; ++i) {
    const auto found = styles_.find(next);
    if (found == styles_.end()) break;
    const auto& style = found->second;
    if (i == 0) out.name = style.name;
    if (!out.level) out.level = style.level;
    out.list = out.list || style.list;
    next = style.based_on;
  }
  return out;
}

}  // namespace sextant::formats::docx

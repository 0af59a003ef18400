#include "analysis/formats/document/pdf/rules.h"

#include <algorithm>
#include <tuple>

namespace sextant::formats::pdf {
namespace {

constexpr double kSameLine = 1.2;
constexpr double kGap = 3;
constexpr double kShortest = 7;

void merge_group(std::vector<Rule>& group, std::vector<Rule>& out) {
  std::ranges::sort(group, {}, &Rule::from);
  std::size_t first = out.size();
  for (const auto& piece : group) {
    if (out.size() > first && piece.from <= out.back().to + kGap) {
      out.back().to = std::max(out.back().to, piece.to);
    } else {
      out.push_back(piece);
    }
  }
  group.clear();
}

}  // namespace

std::vector<Rule> merge_rules(std::vector<Rule> pieces) {
  std::ranges::sort(pieces, [](const Rule& a, const Rule& b) {
    return std::tuple(!a.horizontal, a.at, a.from) < std::tuple(!b.horizontal, b.at, b.from);
  });
  std::vector<Rule> out;
  std::vector<Rule> group;
  double anchor = 0;
  for (auto& piece : pieces) {
    if (!group.empty() &&
        (group.back().horizontal != piece.horizontal || piece.at - anchor > kSameLine)) {
      merge_group(group, out);
    }
    if (group.empty()) anchor = piece.at;
    piece.at = group.empty() ? piece.at : anchor;
    group.push_back(piece);
  }
  merge_group(group, out);
  std::erase_if(out, [](const Rule& rule) { return rule.length() < kShortest; });
  std::ranges::sort(out, [](const Rule& a, const Rule& b) {
    return std::tuple(!a.horizontal, a.at, a.from) < std::tuple(!b.horizontal, b.at, b.from);
  });
  return out;
}

}  // namespace sextant::formats::pdf

#include "analysis/ask/study/part.h"

#include "analysis/ask/analytic/analytic.h"

namespace sextant::ask {

namespace {
constexpr double kUnderstood = 0.5;
}

std::string without(const Links& links, const std::vector<bool>& dropped) {
  std::string rest;
  for (std::size_t i = 0; i < links.tokens.size(); ++i) {
    if (dropped[i]) continue;
    const Token& t = links.tokens[i];
    rest += (rest.empty() ? "" : " ") +
            links.question.substr(static_cast<std::size_t>(t.start),
                                  static_cast<std::size_t>(t.end - t.start));
  }
  return rest;
}

std::optional<Reading> read_part(const Context& context, const std::string& part,
                                 std::string_view today, const Weights& weights) {
  auto analytic = read_analytic(context, link(context, part, today), weights);
  if (!analytic || analytic->explained < kUnderstood) return std::nullopt;
  for (Measure& m : analytic->reading.measures) m.span.reset();  // of another text
  for (Dimension& d : analytic->reading.dimensions) d.span.reset();
  for (Filter& f : analytic->reading.filters) {
    for (Condition& c : f.any_of) c.span.reset();
  }
  return std::move(analytic->reading);
}

}  // namespace sextant::ask

#include "analysis/ask/divided.h"

#include <algorithm>
#include <regex>
#include <string>
#include <vector>

#include "analysis/ask/unread.h"
#include "base/text.h"

namespace sextant::ask {

namespace {

constexpr double kUnderstood = 0.75;  // share of the words of a figure that must be

// What is said of a ratio, in the words of the question.
struct Divided {
  std::string above, below;
  std::string groups;  // "for each domain"; empty: one ratio
  std::optional<bool> descending;
};

std::string between(const std::string& text, std::size_t from, std::size_t to) {
  return std::string(text::trim(std::string_view(text).substr(from, to - from)));
}

// What follows the two figures: groups, an order; nothing when it says something else.
bool read_rest(const std::string& rest, Divided& out) {
  static const std::regex kOrder(
      R"(^[,;.]? *(?:and )?(?:order|sort|rank|ordered|sorted|ranked)(?: them| the results)? (?:by|in) (?:the )?(descending|ascending|highest|lowest)?(?: order)?(?: of| by)?(?: the)? ?(ratio|proportion)?(?: in)?(?: (descending|ascending)(?: order)?)?[?. ]*$)",
      std::regex::icase);
  std::smatch match;
  if (rest.find_first_not_of(" ?.,;") == std::string::npos) return true;
  if (!std::regex_match(rest, match, kOrder)) return false;
  const std::string word = text::lower_ascii(match[1].matched ? match[1].str() : match[3].str());
  out.descending = word == "descending" || word == "highest";
  return true;
}

// The ways to part "… ratio of A to B for each C, ordered by …": one for each "to".
std::vector<Divided> parts_of(const std::string& question) {
  static const std::regex kRatio(R"(\b(?:ratio|proportion) of )", std::regex::icase);
  static const std::regex kGroups(
      R"( (?:(?:for|in|within|at|from|of|on) (?:each|every)|per|across|over the|grouped by|by each) )",
      std::regex::icase);
  static const std::regex kDiffer(
      R"( (?:differ|differs|vary|varies|change|changes|evolve|evolves|compare|compares)( (?:by|across|over|between|per|for|in) ))",
      std::regex::icase);
  std::vector<Divided> out;
  std::smatch ratio;
  if (!std::regex_search(question, ratio, kRatio)) return out;
  const auto from = static_cast<std::size_t>(ratio.position() + ratio.length());
  std::size_t end = question.find_first_of(",;?", from);
  end = std::min(end, question.find(". ", from));
  if (end == std::string::npos) end = question.size();
  const std::string rest = question.substr(end);
  std::string figures = question.substr(from, end - from);
  while (!figures.empty() && figures.back() == '.') figures.pop_back();
  Divided shared;
  if (!read_rest(rest, shared)) return out;
  std::smatch cut;
  if (std::regex_search(figures, cut, kDiffer)) {
    shared.groups = "for each" + figures.substr(static_cast<std::size_t>(cut.position(1)) +
                                                static_cast<std::size_t>(cut.length(1)) - 1);
    static const std::regex kDifferent(R"(^for each (?:the |different |various )+)");
    shared.groups = std::regex_replace(shared.groups, kDifferent, "for each ");
    figures.resize(static_cast<std::size_t>(cut.position()));
  } else if (std::regex_search(figures, cut, kGroups)) {
    shared.groups = between(figures, static_cast<std::size_t>(cut.position()), figures.size());
    figures.resize(static_cast<std::size_t>(cut.position()));
  }
  for (std::size_t at = figures.find(" to "); at != std::string::npos;
       at = figures.find(" to ", at + 1)) {
    Divided one = shared;
    one.above = between(figures, 0, at);
    one.below = between(figures, at + 4, figures.size());
    if (!one.above.empty() && !one.below.empty()) out.push_back(std::move(one));
  }
  return out;
}

// "those with exams", beside "courses without": what is counted is named once.
std::string named_like(const std::string& figure, const std::string& other) {
  static const std::regex kThose(R"(^(?:the )?(?:those|ones)\b)", std::regex::icase);
  static const std::regex kTold(
      R"( (?:with|without|that|which|who|whose|where|in|from|of|by|having|priced|made) .*$)",
      std::regex::icase);
  if (!std::regex_search(figure, kThose)) return figure;
  return std::regex_replace(figure, kThose, std::regex_replace(other, kTold, ""));
}

// A figure as a question: "how many papers with one author per year".
std::string question_of(const std::string& figure, const std::string& groups) {
  static const std::regex kCounted(
      R"(^(?:the )?(?:total |overall )?(?:(?:number|count)s? of )?(?:the )?)", std::regex::icase);
  static const std::regex kComputed(R"(^(?:the )?(?:average|mean|median|sum|total|overall) )",
                                    std::regex::icase);
  static const std::regex kNumber(R"(\b(?:number|count)s? of\b)", std::regex::icase);
  const bool computed = std::regex_search(figure, kComputed) && !std::regex_search(figure, kNumber);
  const std::string whole =
      computed ? "What is the " + figure : "How many " + std::regex_replace(figure, kCounted, "");
  return whole + (groups.empty() ? "" : " " + groups) + "?";
}

void clear_spans(std::vector<Filter>& filters) {
  for (Filter& filter : filters) {
    for (Condition& condition : filter.any_of) condition.span.reset();
  }
}

// The reading of one figure alone: one measure, of groups or of all.
std::optional<Reading> read_figure(const Context& context, const std::string& question,
                                   bool grouped, std::string_view today, const Weights& weights) {
  const Links links = link(context, question, today);
  auto clauses = read_clauses(context, links, weights);
  if (!clauses || clauses->explained < kUnderstood) return std::nullopt;
  Reading& reading = clauses->reading;
  if (reading.intent != Intent::query || reading.measures.size() != 1 ||
      reading.measures[0].arithmetic != Arithmetic::none || !reading.columns.empty() ||
      !reading.having.empty() || reading.limit || reading.combine != Combine::none ||
      reading.dimensions.empty() == grouped || !unread_words(context, links, reading).empty() ||
      !unread_numbers(context, links, reading).empty()) {
    return std::nullopt;
  }
  clear_spans(reading.filters);
  for (Dimension& dimension : reading.dimensions) dimension.span.reset();
  for (Absence& absence : reading.absences) absence.span.reset();
  reading.measures[0].span.reset();
  reading.order.clear();
  return std::move(reading);
}

// Rows with and without partners become a condition on the key, which can stand beside a figure.
bool settle_absences(const Context& context, Reading& reading) {
  if (reading.absences.empty()) return true;
  const int table = context.find_table(reading.table);
  if (table < 0 || context.tables()[table].model->keys.empty()) return false;
  const std::string& key = context.tables()[table].model->keys.front();
  Reading among;
  among.table = reading.table;
  among.columns.push_back({reading.table, key, std::nullopt});
  among.absences = std::move(reading.absences);
  reading.absences.clear();
  Condition in{reading.table, key, Operator::in};
  in.of.push_back(std::move(among));
  reading.filters.push_back({{std::move(in)}, false});
  return true;
}

bool same(const Filter& a, const Filter& b) {
  Reading left, right;
  left.filters = {a};
  right.filters = {b};
  return same_meaning(left, right);
}

bool same(const Measure& a, const Measure& b) {
  Reading left, right;
  left.measures = {a};
  right.measures = {b};
  return same_meaning(left, right);
}

bool same_groups(const Reading& a, const Reading& b) {
  return std::ranges::equal(a.dimensions, b.dimensions, [](const Dimension& x, const Dimension& y) {
    return x.table == y.table && x.column == y.column && x.grain == y.grain;
  });
}

// "open shops to closed shops in Rome": where both figures are told apart by one column, what the
// second says of another holds for the first too.
void share_rest(const Reading& above, Reading& below, std::vector<Filter>& both) {
  if (above.table != below.table) return;
  const auto told = [](const Reading& reading, const Filter& filter) {
    return std::ranges::any_of(reading.filters, [&](const Filter& other) {
      return other.any_of.front().table == filter.any_of.front().table &&
             other.any_of.front().column == filter.any_of.front().column;
    });
  };
  if (std::ranges::none_of(below.filters, [&](const Filter& f) { return told(above, f); })) return;
  for (auto it = below.filters.begin(); it != below.filters.end();) {
    if (told(above, *it)) {
      ++it;
    } else {
      both.push_back(std::move(*it));
      it = below.filters.erase(it);
    }
  }
}

std::optional<Reading> divide(const Context& context, Reading above, Reading below) {
  if (!settle_absences(context, above) || !settle_absences(context, below) ||
      !same_groups(above, below)) {
    return std::nullopt;
  }
  Reading out = above;
  out.filters.clear();
  // What holds for both is a condition of the whole.
  for (auto it = above.filters.begin(); it != above.filters.end();) {
    const auto shared =
        std::ranges::find_if(below.filters, [&](const Filter& other) { return same(*it, other); });
    if (shared == below.filters.end() || above.table != below.table) {
      ++it;
      continue;
    }
    out.filters.push_back(std::move(*it));
    it = above.filters.erase(it);
    below.filters.erase(shared);
  }
  share_rest(above, below, out.filters);
  Measure first = std::move(above.measures[0]), second = std::move(below.measures[0]);
  std::ranges::move(above.filters, std::back_inserter(first.filters));
  std::ranges::move(below.filters, std::back_inserter(second.filters));
  if (same(first, second)) return std::nullopt;
  Measure ratio;
  ratio.arithmetic = Arithmetic::ratio;
  ratio.table = first.table;
  ratio.operands = {std::move(first), std::move(second)};
  out.measures = {std::move(ratio)};
  std::erase_if(out.dimensions, &Dimension::hidden);
  return out;
}

}  // namespace

std::optional<ClauseReading> read_divided(const Context& context, std::string_view question,
                                          std::string_view today, const Weights& weights) {
  for (const Divided& parts : parts_of(std::string(question))) {
    const bool grouped = !parts.groups.empty();
    auto above =
        read_figure(context, question_of(named_like(parts.above, parts.below), parts.groups),
                    grouped, today, weights);
    if (!above) continue;
    auto below =
        read_figure(context, question_of(named_like(parts.below, parts.above), parts.groups),
                    grouped, today, weights);
    if (!below) continue;
    auto reading = divide(context, std::move(*above), std::move(*below));
    if (!reading) continue;
    if (parts.descending && grouped) {
      Order order;
      order.descending = *parts.descending;
      reading->order.push_back(order);
    }
    ClauseReading out;
    out.explained = 1;
    out.cued = out.structured = true;
    out.reading = std::move(*reading);
    return out;
  }
  return std::nullopt;
}

}  // namespace sextant::ask

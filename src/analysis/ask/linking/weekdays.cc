// Days of the week that rows are of: "on weekends", "on Mondays", "during weekdays". Not what they
// are grouped by, nor values of a column that holds names of days.
#include <algorithm>

#include "analysis/ask/linking/links.h"

namespace sextant::ask {

namespace {

constexpr std::string_view kDays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                      "Friday", "Saturday", "Sunday"};

// "mondays" for Monday; nothing for another word.
std::string day_named(std::string_view word) {
  if (word.ends_with("days")) word.remove_suffix(1);
  for (const std::string_view day : kDays) {
    const bool same = std::ranges::equal(day, word, [](char a, char b) { return (a | 0x20) == b; });
    if (same) return std::string(day);
  }
  return "";
}

}  // namespace

void link_weekdays(const Context& context, Links& links) {
  const bool dated =
      std::ranges::any_of(context.columns(), [](const auto& c) { return c.kind == Kind::date; });
  if (!dated) return;
  for (std::size_t i = 0; i < links.tokens.size(); ++i) {
    const std::string& word = links.tokens[i].word;
    const int at = static_cast<int>(i);
    const bool weekend = word == "weekend" || word == "weekends";
    const bool working = word == "weekdays" || word == "workdays";
    const std::string day = weekend || working ? "" : day_named(word);
    if (!weekend && !working && day.empty()) continue;
    const auto covers = [at](const auto& part) { return part.first <= at && at < part.last; };
    if (std::ranges::any_of(links.options, covers) || std::ranges::any_of(links.periods, covers))
      continue;
    // "on", "every", "at the": else it is a group or a part of a name.
    static constexpr std::string_view kBefore[] = {"on", "during", "every", "at", "over"};
    int before = at - 1;
    while (before > 0 && (links.tokens[before].word == "a" || links.tokens[before].word == "the"))
      --before;
    if (before < 0 || std::ranges::find(kBefore, links.tokens[before].word) == std::end(kBefore))
      continue;
    WeekdayCondition condition;
    if (weekend) {
      condition.days = {"Saturday", "Sunday"};
    } else if (working) {
      condition.days.assign(std::begin(kDays), std::begin(kDays) + 5);
    } else {
      condition.days = {day};
    }
    condition.first = before;
    condition.last = at + 1;
    links.weekdays.push_back(std::move(condition));
    links.info[i].stop = true;  // said, and nothing that a column is called
  }
}

}  // namespace sextant::ask

#include <algorithm>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/clauses/parser.h"
#include "analysis/ask/joins.h"

namespace sextant::ask {

// The part of a name, written with a capital letter, at the token or after the rows it is one of.
// What rows are called by goes before other texts.
const Option* ClauseParser::name_part(int token) const {
  const Option* best = nullptr;
  for (const Option& option : links_.options) {
    if (option.evidence != Evidence::partial || option.first < token || option.first > token + 2 ||
        !capital(option.first) || !all_free(option.first, option.last)) {
      continue;
    }
    if (!best || label_column(context_, column(option.column).table) == option.column)
      best = &option;
  }
  return best;
}

void ClauseParser::take_span(const Span& span) {
  for (int i = 0; i < size(); ++i) {
    if (links_.tokens[i].start >= span.start && links_.tokens[i].end <= span.end) take(i, i + 1);
  }
}

// "students in the same program as Alice", "films with the same director as Alien": rows whose
// value is among those of the rows that a condition tells.
void ClauseParser::find_same() {
  for (int i = 1; i + 3 < size(); ++i) {
    if (!is(i, {"same"}) || taken_[i]) continue;
    const NameUse* what = next_name(i + 1, 2);
    if (!what) continue;
    const int as = skip(what->last, {"name", "names"});
    if (!is(as, {"as"})) continue;
    const int from = links_.tokens[as].start;
    const auto told = std::ranges::find_if(reading_.filters, [&](const Filter& f) {
      const Condition& c = f.any_of.front();
      return c.op == Operator::equal && c.span && c.span->start > from;
    });
    Filter those;
    if (told != reading_.filters.end()) {
      those = *told;
    } else if (const Option* part = name_part(as + 1)) {  // "as Martin", of Martin Odersky
      const std::string& table = context_.tables()[column(part->column).table].model->name;
      Condition contains{table, column(part->column).model->name, Operator::contains};
      contains.span = span(part->first, part->last);
      contains.values.emplace_back(links_.question.substr(
          static_cast<std::size_t>(contains.span->start),
          static_cast<std::size_t>(contains.span->end - contains.span->start)));
      those.any_of.push_back(std::move(contains));
    } else {
      continue;
    }
    const int rows = context_.find_table(those.any_of.front().table);
    const int compared = what->table ? key_column(what->id) : what->id;
    if (rows < 0 || compared < 0 || !reachable(context_, rows, column(compared).table)) continue;
    const ColumnRef value{context_.tables()[column(compared).table].model->name,
                          column(compared).model->name};
    Reading others;
    others.table = context_.tables()[rows].model->name;
    others.columns.push_back({value.table, value.column, std::nullopt});
    if (told != reading_.filters.end()) {
      reading_.filters.erase(told);
    } else {
      take_span(*those.any_of.front().span);
    }
    others.filters.push_back(std::move(those));
    Condition among{value.table, value.column, Operator::in};
    among.span = span(i, as + 1);
    among.of.push_back(std::move(others));
    reading_.filters.push_back({{std::move(among)}, false});
    take(is(i - 1, {"the"}) ? i - 1 : i, as + 1);
    return;
  }
}

}  // namespace sextant::ask

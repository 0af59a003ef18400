#include "analysis/ask/candidates/person_names.h"

#include <algorithm>
#include <set>

namespace sextant::ask {

bool is_first_name(std::string_view word) {
  static const std::set<std::string_view> kWords = {"first", "fname", "forename", "firstname",
                                                    "given"};
  return kWords.contains(word);
}

bool is_last_name(std::string_view word) {
  static const std::set<std::string_view> kWords = {"last", "lname", "surname", "lastname",
                                                    "family"};
  return kWords.contains(word);
}

std::pair<int, int> person_name_columns(const Context& context, int table) {
  const TableEntry& entry = context.tables()[table];
  int first_name = -1, last_name = -1;
  for (int c = entry.first_column; c < entry.first_column + entry.columns; ++c) {
    for (const Token& w : context.columns()[c].words) {
      if (is_first_name(w.word)) first_name = c;
      if (is_last_name(w.word)) last_name = c;
    }
  }
  if (first_name < 0 || last_name < 0) return {-1, -1};
  return {first_name, last_name};
}

void complete_names(const Context& context, const Links& links, Reading& reading) {
  const bool said = std::ranges::any_of(links.tokens, [](const Token& token) {
    std::string_view word = token.word;
    if (word.ends_with('s')) word.remove_suffix(1);
    return is_first_name(word) || is_last_name(word) || is_first_name(token.word);
  });
  if (said || reading.intent != Intent::query || reading.combine != Combine::none) return;
  for (std::size_t i = 0; i < reading.columns.size(); ++i) {
    const Projection& column = reading.columns[i];
    const int table = context.find_table(column.table);
    const auto [first_name, last_name] =
        table < 0 ? std::pair(-1, -1) : person_name_columns(context, table);
    if (last_name < 0 || column.column != context.columns()[first_name].model->name) continue;
    const std::string& other = context.columns()[last_name].model->name;
    const bool listed = std::ranges::any_of(reading.columns, [&](const Projection& p) {
      return p.table == column.table && p.column == other;
    });
    if (listed) continue;
    Projection last{column.table, other, column.span};
    reading.columns.insert(reading.columns.begin() + static_cast<std::ptrdiff_t>(++i),
                           std::move(last));
  }
}

}  // namespace sextant::ask

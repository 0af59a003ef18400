// What belongs to the list of what is asked for.
#include <algorithm>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/candidates/person_names.h"
#include "analysis/ask/clauses/figure_words.h"
#include "analysis/ask/clauses/parser.h"

namespace sextant::ask {

// "the players and the years played": rows named in a list of what is asked for stand for their
// names.
bool ClauseParser::names_rows_in_list(const Part& rows) const {
  int before = rows.first - 1;
  while (is(before, {"the", "their", "all", "corresponding", "respective", "its"})) --before;
  const bool plain = !select_.empty() && select_.back().aggregate == Aggregate::none;
  // "drivers from Hartford and drivers older than 40": a condition between says which rows.
  bool told = false;
  for (int i = plain ? select_.back().last : before; i < before; ++i) told = told || taken_[i];
  const bool ends_list = (is(before, {"and"}) || (is(before, {","}) && is(rows.last, {","}))) &&
                         plain && !told && select_.back().last <= before &&
                         select_.back().last >= before - 4;
  const int next = skip(rows.last, {"and", ",", "their", "the", "its"});
  const NameUse* following = next > rows.last ? name_at(next) : nullptr;
  const bool begins_list = select_.empty() && is(rows.last, {"and", ","}) && following &&
                           !following->table && rows.first <= 5 &&
                           !is(rows.first - 1, {"of", "for", "many", "each", "by", "with"});
  const bool told_of = is(rows.last, {"who", "that", "which"}) &&
                       !is(rows.last + 1, {"they", "he", "she", "it"});  // "the roles they play"
  return (ends_list && !told_of) || begins_list;
}

// The columns of first and last names of the rows spoken of at the token, else of the subject.
std::pair<int, int> ClauseParser::name_columns(int token) const {
  int near_table = -1;
  for (int i = token; i < std::min(size(), token + 5) && near_table < 0; ++i) {
    if (const NameUse* near = name_at(i)) near_table = table_of(part_of(*near));
  }
  for (const int table : {near_table, subject_}) {
    if (table < 0) continue;
    if (const auto names = person_name_columns(context_, table); names.first >= 0) return names;
  }
  return {-1, -1};
}

// Whether a word like the name of a table only says what the rows do: "who play football", where
// football is a value elsewhere; "who work in a department", though jobs are there.
bool ClauseParser::only_acts(int first, int last) const {
  if (last != first + 1 ||
      !is(first - 1, {"who", "that", "which", "to", "not", "can", "do", "and"}))
    return false;
  if (word(first).ends_with("s") && word(first - 1) == "and") return false;
  const bool of_value =
      last < size() && taken_[last] && !name_at(last) && filtered_at(last, true) >= 0;
  if (of_value) return true;
  if (is(first - 1, {"and"})) return false;
  return std::ranges::none_of(links_.table_match,
                              [&](const auto& match) { return match[first] >= 0.7f; });
}

// "Which … sold most? Return the make and the number of sales": what the second sentence lists is
// what is asked for.
bool ClauseParser::lists_again(int token) const {
  if (token < 3 || !is(token, {"return", "show", "list", "give", "include", "provide", "display"}))
    return false;
  auto before = static_cast<std::size_t>(links_.tokens[token].start);
  while (before > 0 && links_.question[before - 1] == ' ') --before;
  return before > 0 && std::string_view(".?!").contains(links_.question[before - 1]);
}

// Of what was asked for before the last list only what the list says again, or does not replace:
// its columns take the place of columns, its figures that of figures.
void ClauseParser::keep_listed(std::size_t from) {
  const auto begin = select_.begin() + static_cast<std::ptrdiff_t>(from);
  const auto figure = [](const Part& part) { return part.aggregate != Aggregate::none; };
  const bool columns = !std::all_of(begin, select_.end(), figure);
  if (from == 0 || select_.size() - from < 2 || !columns) return;
  const bool figures = std::any_of(begin, select_.end(), figure);
  std::size_t at = 0;
  std::erase_if(select_, [&](const Part& part) {
    return at++ < from && part.last > 0 && (figures || !figure(part)) &&
           std::ranges::find(said_again_, part) == said_again_.end();
  });
}

// "Which users …, and how many reviews have they posted?": the users are listed beside the figure.
bool ClauseParser::asks_figure_beside(int rows) const {
  if (rows != 1 || !is(0, {"which", "what"})) return false;
  for (int i = rows + 1; i + 1 < size(); ++i) {
    if (!is(i, {"and"})) continue;
    const int at = skip(i + 1, {"what", "is", "was", "are", "the"});
    if (is(at, {"how"}) && is(at + 1, {"many"})) return true;
    const NameUse* figure = name_at(at);
    if (at > i + 1 && (aggregate_word(word(at)) || is(at, {"number", "count"}) ||
                       (figure && !figure->table && is_measure(column(figure->id))))) {
      return true;
    }
  }
  return false;
}

void ClauseParser::add_select(const Part& part) {
  if (std::ranges::find(select_, part) == select_.end()) {
    select_.push_back(part);
  } else {
    said_again_.push_back(part);
  }
}

}  // namespace sextant::ask

// What the words around a value or a number say of its column.
#include <algorithm>

#include "analysis/ask/clauses/parser.h"

namespace sextant::ask {

// The token that names the column of a number: "department 80", "department number is not equal to
// 40".
int ClauseParser::header_before(const Option& option) const {
  int at = option.first - 1;
  while (is(at, {"to", "equal", "equals", "not", "does", "is", "number", "than"}) &&
         option.first - at < 7) {
    --at;
  }
  return at;
}

// The table that is spoken of last before the token; -1: none is.
int ClauseParser::table_before(int token) const {
  constexpr float kNamed = 0.75f;
  for (int i = token - 1; i >= 0; --i) {
    int best = -1;
    float said = kNamed;
    for (std::size_t t = 0; t < links_.table_match.size(); ++t) {
      if (links_.table_match[t][i] < said || links_.info[i].stop) continue;
      if (best >= 0 && links_.table_match[t][i] == said && table_score_[t] <= table_score_[best])
        continue;
      best = static_cast<int>(t);
      said = links_.table_match[t][i];
    }
    if (best >= 0) return best;
  }
  return -1;
}

// "in San Francisco", "on Main St": a value of a column of places.
bool ClauseParser::says_where(const Option& option) const {
  const int before = option.first - 1 - (is(option.first - 1, {"the"}) ? 1 : 0);
  if (!is(before, {"in", "on", "at", "near", "from"})) return false;
  return std::ranges::any_of(column(option.column).words, [](const Token& w) {
    static const std::vector<std::string_view> kPlaces = {
        "city", "county", "region", "state", "country", "town", "area", "district", "street"};
    return std::ranges::find(kPlaces, w.word) != kPlaces.end();
  });
}

// Whether what is compared is named just before the comparison, and another name stands between a
// figure and it: "average enrollment of universities founded before 1850".
bool ClauseParser::named_apart(int column, int figure, int comparison) const {
  int at = comparison - 1;
  while (at > figure && links_.info[at].stop) --at;
  if (at <= figure || links_.match[column][at] < 0.75f) return false;
  while (at > figure && links_.match[column][at - 1] >= 0.75f) --at;
  for (int i = figure; i < at; ++i) {
    // "average treatment cost": the rows that it is of.
    if (links_.table_match[this->column(column).table][i] >= 0.8f) continue;
    for (const auto& match : links_.match) {
      if (match[i] >= 0.9f && links_.match[column][i] < 0.75f) return true;
    }
  }
  return false;
}

// "transaction notifications": a kind of the rows that are named next, though other rows are called
// like it.
bool ClauseParser::tells_rows_apart(const Option& option) const {
  const int table = column(option.column).table;
  return option.last < size() && links_.table_match[table][option.last] >= 0.9f &&
         links_.table_match[table][option.first] < 0.8f &&
         column(option.column).model->distinct <= 12;
}

// Whether the value is a capital letter after the column's name, in a list of such letters.
bool ClauseParser::names_letter(const Option& option) const {
  const auto is_letter = [&](int i) { return word(i).size() == 1 && capital(i); };
  if (option.last != option.first + 1 || !is_letter(option.first)) return false;
  int at = option.first - 1;
  while (at > 0 && (is(at, {"or", "and", ",", "of", "is", "an", "a", "the"}) || is_letter(at)))
    --at;
  return at >= 0 && links_.match[option.column][at] >= 0.9f;
}

// Whether what stands just beside is a value of the same table too: "Fall 2009".
bool ClauseParser::beside_own_value(const Option& option) const {
  return std::ranges::any_of(links_.options, [&](const Option& other) {
    if (column(other.column).table != column(option.column).table ||
        other.column == option.column || other.op != Operator::equal ||
        (other.evidence != Evidence::exact && !other.year_like)) {
      return false;
    }
    const bool after = other.first >= option.last;
    int at = after ? option.last : other.last;
    const int until = after ? other.first : option.first;
    if (until < at || until - at > 2) return false;
    while (at < until && is(at, {"of", "in", "the", "year"})) ++at;
    return at == until;
  });
}

}  // namespace sextant::ask

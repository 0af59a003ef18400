#pragma once
// What the words of one question can stand for in one catalog. Everything here is a possibility
// with evidence; candidates combine possibilities and ranking decides.

#include <string>
#include <vector>

#include "analysis/ask/linking/context.h"
#include "analysis/ask/reading.h"

namespace sextant::ask {

// How the words of a condition were found in the data.
enum class Evidence { exact, partial, fuzzy, number, compare, period };

// One possible condition. Tokens [first, last) of the question are its value.
struct Option {
  int column = 0;
  Operator op = Operator::equal;
  std::vector<boost::json::value> values;
  std::string label;
  int first = 0;
  int last = 0;
  Evidence evidence = Evidence::exact;
  int cue_first = -1;  // tokens of "more than", "since"; -1: none
  int cue_last = -1;
  bool year_like = false;
  bool unsaid_id = false;           // compares an id that the question does not speak of
  bool subspan = false;             // a longer exact value covers this span
  int same_span = 1;                // options with this very span, over all columns
  std::vector<std::uint64_t> rows;  // bit set over the table's sample rows that satisfy it
  int matching_rows = 0;
};

// A period of time the question names; half-open, ISO dates. Tokens [first, last).
struct Period {
  std::string from;
  std::string to;  // empty: open
  std::string label;
  int first = 0;
  int last = 0;
};

struct TokenInfo {
  bool stop = false;
  bool in_value = false;  // inside an exact value of at least two words or a quoted span
};

// "on weekends": any of these days of the week, by their names.
struct WeekdayCondition {
  std::vector<std::string> days;
  int first = 0, last = 0;  // tokens
};

struct Links {
  std::string question;
  std::vector<Token> tokens;
  std::vector<TokenInfo> info;
  // match[column][token]: how well the token names the column, 0 … 1, and which of its words.
  std::vector<std::vector<float>> match;
  std::vector<std::vector<int>> match_word;
  std::vector<std::vector<float>> table_match;  // [table][token]
  std::vector<std::vector<float>> word_weight;  // [column][word]: rare words name it better
  std::vector<Option> options;
  std::vector<Period> periods;
  std::vector<WeekdayCondition> weekdays;
};

// `today` is an ISO date; relative periods count from it, or from the data's last date when that is
// earlier.
Links link(const Context& context, std::string_view question, std::string_view today);

// How well a question's word names a word of a name: 1 same stem, less for abbreviations,
// beginnings and small misspellings, 0 not at all.
float name_similarity(const Token& asked, const Token& name);

// Whether one word says a whole name of several words: "bodybuilders" for body_builder.
bool says_joined(const Token& asked, const std::vector<Token>& name);

// Whether two words differ by at most one edit (insert, delete, replace, swap).
bool within_one_edit(std::string_view a, std::string_view b);

// linking/conditions.cc
void link_values(const Context& context, Links& links);
void link_numbers(const Context& context, Links& links);
void link_periods(const Context& context, Links& links, std::string_view today);
void link_weekdays(const Context& context, Links& links);
// Fills `rows` of every option from the samples and drops those that nothing supports.
void weigh_options(const Context& context, Links& links);
bool satisfies(const Cell& cell, const Option& option);

}  // namespace sextant::ask

#include "analysis/ask/study/words.h"
#include "analysis/ask/words.h"
#include "base/json.h"
#include "base/text.h"

namespace sextant::ask {

namespace {

std::string test_words(const RowTest& test) {
  static constexpr const char* kWords[] = {
      " is ",           " is not ",  " contains ",     " does not contain ", "",
      " is less than ", " at most ", " is more than ", " at least "};
  if (test.op == RowOperator::missing) return spaced(test.column) + " is empty or 0";
  std::string value =
      test.value.is_string() ? std::string(test.value.get_string()) : json::dump(test.value);
  if (test.as == ReadAs::date && test.value.is_number()) {
    value = fmt::format("{:.0f}", test.value.to_number<double>() / 10'000);  // a year
  }
  return spaced(test.column) + kWords[static_cast<std::size_t>(test.op)] + value;
}

std::string set_words(const RowSet& set) {
  std::vector<std::string> parts;
  for (const auto& any : set.where) {
    std::string either;
    for (const RowTest& test : any) either += (either.empty() ? "" : " or ") + test_words(test);
    parts.push_back(std::move(either));
  }
  if (set.than) {
    parts.push_back(spaced(set.than->column) +
                    (set.than->op == RowOperator::is     ? " is that"
                     : set.than->op == RowOperator::less ? " is less than that"
                                                         : " is more than that") +
                    " where " + test_words(set.than->where));
  }
  std::string words = parts.empty() ? "all rows" : "rows where " + text::join(parts, ", ");
  if (set.pick && set.step == 0) {
    const bool several = set.pick->count > 1;
    const std::string number = several ? " " + std::to_string(set.pick->count) : std::string();
    const std::string end = (set.pick->descending ? "last" : "first") + number;
    words = set.pick->column.empty()
                ? "the " + end + " of " + words
                : "the " + (several ? number.substr(1) + " rows" : "row") + " with the " +
                      (set.pick->descending ? "highest " : "lowest ") + spaced(set.pick->column) +
                      " of " + words;
  }
  if (set.step != 0) {
    words = std::string("the row ") + (set.step > 0 ? "after " : "before ") + words;
  }
  return words;
}

}  // namespace

std::string row_sentence(const RowQuery& query) {
  const std::string column = spaced(query.column);
  std::string rows = set_words(query.rows);
  const std::string others = query.other ? set_words(*query.other) : std::string();
  switch (query.answer) {
    case RowAnswer::values:
      return column + " of " + rows;
    case RowAnswer::count:
      return "number of " + (rows.starts_with("all ") ? rows.substr(4) : rows);
    case RowAnswer::distinct:
      return "number of different values of " + column + " of " + rows;
    case RowAnswer::sum:
      return "total " + column + " of " + rows;
    case RowAnswer::mean:
      return "average " + column + " of " + rows;
    case RowAnswer::difference:
      return "difference of " + column + " between " + rows + " and " + others;
    case RowAnswer::more:
      return "difference of the number of " + rows + " and " + others;
    case RowAnswer::frequent:
      return "most frequent " + column + " of " + rows;
    case RowAnswer::rare:
      return "least frequent " + column + " of " + rows;
    case RowAnswer::verdict:
      if (!query.other) return "whether there are " + rows;
      return "whether " + (column.empty() ? "the place in the table" : column) + " of " + rows +
             (query.verdict && query.verdict->op == RowOperator::is ? " is that of "
              : query.verdict && query.verdict->op == RowOperator::less
                  ? " is less than that of "
                  : " is more than that of ") +
             others;
  }
  return rows;
}

}  // namespace sextant::ask

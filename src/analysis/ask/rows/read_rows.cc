#include <algorithm>

#include "analysis/ask/rows/row_reader.h"

namespace sextant::ask {

RowReader::RowReader(const Context& context, const Links& links, const Weights& weights)
    : context_(context), links_(links), weights_(weights), taken_(links.tokens.size(), false) {
  for (const ColumnEntry& c : context.columns()) as_.push_back(best_reading(c));
}

bool RowReader::is(int i, std::initializer_list<std::string_view> words) const {
  return i >= 0 && i < size() && std::ranges::find(words, word(i)) != words.end();
}

int RowReader::find(std::initializer_list<std::string_view> words, int from) const {
  for (int i = from; i < size(); ++i) {
    if (is(i, words)) return i;
  }
  return -1;
}

// Nobody asks for what the question says: "which highest period's element is platinum" does not ask
// for the element.
bool RowReader::repeats_question() const {
  if (query_.answer != RowAnswer::values || query_.rows.step != 0) return false;
  return std::ranges::any_of(query_.rows.where, [&](const std::vector<RowTest>& any) {
    return any.size() == 1 && any[0].op == RowOperator::is && any[0].column == query_.column;
  });
}

std::optional<RowReading> RowReader::read() {
  if (context_.tables().size() != 1 || size() == 0 || sample_rows() == 0) return std::nullopt;
  find_entities();
  const std::vector<bool> none = taken_;
  const auto tried = [&](auto step) {
    query_ = {};
    answer_column_ = -1;
    taken_ = none;
    certainty_ = Certainty::likely;
    return step();
  };
  const bool found = tried([&] { return verdict() && certainty_ != Certainty::weak; }) ||
                     tried([&] { return choice(); }) || tried([&] { return difference(); }) ||
                     tried([&] { return neighbour(); }) || tried([&] { return superlative(); }) ||
                     tried([&] { return count(); }) || tried([&] { return figure(); }) ||
                     tried([&] { return verdict(); }) || tried([&] { return listed(); });
  if (!found) return std::nullopt;
  if (rows_of(query_.rows).empty() && query_.answer != RowAnswer::count &&
      query_.answer != RowAnswer::verdict) {
    return std::nullopt;
  }
  if (answer_column_ >= 0) query_.column = column(answer_column_).model->name;
  if (repeats_question()) return std::nullopt;
  RowReading result;
  result.certainty = certainty_;
  result.reading.intent = Intent::study;
  result.reading.table = context_.tables()[0].model->name;
  result.reading.study = Study{.kind = StudyKind::rows, .rows = std::move(query_)};
  return result;
}

std::optional<RowReading> read_rows(const Context& context, const Links& links,
                                    const Weights& weights) {
  return RowReader(context, links, weights).read();
}

}  // namespace sextant::ask

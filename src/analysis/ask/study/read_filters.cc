#include <algorithm>

#include "analysis/ask/candidates/lookup.h"
#include "analysis/ask/rows/size_words.h"
#include "analysis/ask/stable_sort.h"
#include "analysis/ask/study/statistics_reader.h"
#include "base/json.h"

namespace sextant::ask {

namespace {

// A column of zeros and ones (or false and true): what a row is or is not.
bool is_flag(const ColumnEntry& column) {
  if (!column.sample || column.model->distinct > 2) return false;
  if (column.kind == Kind::boolean) return true;
  if (column.kind != Kind::number) return false;
  return std::ranges::all_of(*column.sample, [](const Cell& cell) {
    const auto* number = std::get_if<double>(&cell);
    return !number || *number == 0 || *number == 1;
  });
}

}  // namespace

// "passengers who survived", "did not survive": rows of a column that is 0 or 1.
bool StatisticsReader::find_flags(const Sentence& s) {
  bool found = false;
  for (std::size_t c = 0; c < context_.columns().size(); ++c) {
    const ColumnEntry& column = context_.columns()[c];
    if (!is_flag(column) || column.words.size() != 1) continue;
    for (int i = s.first + 1; i < s.last; ++i) {
      if (links_.tokens[i].stem != column.words[0].stem) continue;
      bool relative = false, denied = false;
      for (int b = std::max(s.first, i - 4); b < i; ++b) {
        const std::string& w = links_.tokens[b].word;
        relative = relative || w == "who" || w == "that" || w == "which";
        denied = denied || w == "not" || w == "didnt";
      }
      if (!relative) continue;
      Condition condition;
      condition.table = context_.tables()[column.table].model->name;
      condition.column = column.model->name;
      condition.values = {json::Value(denied ? 0.0 : 1.0)};
      if (column.kind == Kind::boolean) condition.values = {json::Value(!denied)};
      const bool known = std::ranges::any_of(reading_.filters, [&](const Filter& f) {
        return f.any_of[0].column == condition.column;
      });
      if (known) {  // both: the two are compared
        std::erase_if(reading_.filters,
                      [&](const Filter& f) { return f.any_of[0].column == condition.column; });
        if (!study_.group) study_.group = column.model->name;
      } else if (!study_.group || *study_.group != column.model->name) {
        reading_.filters.push_back({{std::move(condition)}, false});
        filtering_.push_back(static_cast<int>(c));
      }
      used_.push_back(static_cast<int>(c));
      found = true;
    }
  }
  return found;
}

// "(Embarked = 'C')": a column, the sign and a value of it.
void StatisticsReader::find_equalities(const Sentence& s) {
  for (const SaidColumn& said : s.columns) {
    const ColumnEntry& column = context_.columns()[said.column];
    const int sign = said.last;
    if (sign + 1 >= s.last || links_.tokens[sign].word != "=" || !column.sample) continue;
    const std::string& wanted = links_.tokens[sign + 1].word;
    for (const Cell& cell : *column.sample) {
      const auto* text = std::get_if<std::string>(&cell);
      const auto* number = std::get_if<double>(&cell);
      if (!(text && normalise(*text) == wanted) &&
          !(number && links_.tokens[sign + 1].number == *number)) {
        continue;
      }
      Condition condition;
      condition.table = context_.tables()[column.table].model->name;
      condition.column = column.model->name;
      condition.values = {text ? json::Value(*text) : json::Value(*number)};
      reading_.filters.push_back({{std::move(condition)}, false});
      filtering_.push_back(said.column);
      used_.push_back(said.column);
      break;
    }
  }
}

// "first class" of a column of small numbers.
void StatisticsReader::find_ordinals(const Sentence& s) {
  for (int i = s.first; i + 1 < s.last; ++i) {
    const int value = ordinal(links_.tokens[i].word);
    if (value == 0) continue;
    int column = -1;
    for (std::size_t c = 0; c < context_.columns().size(); ++c) {
      const ColumnEntry& entry = context_.columns()[c];
      if (entry.kind != Kind::number || entry.model->distinct > 12) continue;
      const std::string name = squeeze(entry.model->name);
      const std::string& word = links_.tokens[i + 1].word;
      const bool named = word.size() >= 4 && name.size() <= word.size() + 2 && name.ends_with(word);
      if (named) column = static_cast<int>(c);
    }
    if (column < 0) continue;
    Condition condition;
    condition.table = context_.tables()[context_.columns()[column].table].model->name;
    condition.column = name_of(column);
    condition.values = {json::Value(static_cast<double>(value))};
    const auto known = std::ranges::find_if(
        reading_.filters, [&](const Filter& f) { return f.any_of[0].column == condition.column; });
    if (known != reading_.filters.end()) {  // "1st and 3rd class": either
      known->any_of.push_back(std::move(condition));
    } else {
      reading_.filters.push_back({{std::move(condition)}, false});
    }
    filtering_.push_back(column);
    used_.push_back(column);
  }
}

// Conditions that name values of the data ("from the region North", "articles by ABC News").
void StatisticsReader::find_filters() {
  const QuestionFrame frame = frame_question(context_, links_);
  std::vector<bool> taken(links_.tokens.size(), false);
  for (const Sentence& s : sentences_) {
    for (const SaidColumn& said : s.columns) {
      for (int i = said.first; i < said.last; ++i) taken[i] = true;
    }
  }
  std::vector<const Option*> options;
  for (const Option& option : links_.options) {
    const ColumnEntry& column = context_.columns()[option.column];
    bool sure = option.evidence == Evidence::period ||
                (option.evidence == Evidence::exact && column.kind == Kind::text &&
                 column.model->distinct <= 500 && option.op == Operator::equal && !option.subspan);
    // A comparison with a number whose column stands near it.
    if (option.evidence == Evidence::compare || option.evidence == Evidence::number) {
      for (const Sentence& s : sentences_) {
        for (const SaidColumn& said : s.columns) {
          const int from =
              option.cue_first >= 0 ? std::min(option.cue_first, option.first) : option.first;
          const int until = std::max(option.last, option.cue_last);
          const bool before = said.last <= from && from - said.last <= 2;
          const bool after = said.first >= until && said.first - until <= 1;
          sure = sure || (said.column == option.column && (before || after) &&
                          !says_any(s, {"outlier", "outliers", "z score", "threshold"}));
        }
      }
    }
    for (int i = option.first; i < option.last; ++i) {
      sure = sure && (!taken[i] || option.evidence == Evidence::compare) &&
             !(links_.info[i].stop && option.last - option.first == 1);
    }
    if (sure) options.push_back(&option);
  }
  stable_sort_by(options, [](const Option* a, const Option* b) {
    return a->last - a->first > b->last - b->first;
  });
  std::vector<bool> read(links_.tokens.size(), false);
  for (const Option* option : options) {
    bool free = true;
    for (int i = option->first; i < option->last; ++i) free = free && !read[i];
    const std::string& name = name_of(option->column);
    const bool grouped = study_.group && *study_.group == name;
    if (!free || grouped) continue;
    if (table_ >= 0 && context_.columns()[option->column].table != table_) continue;
    for (int i = option->first; i < option->last; ++i) read[i] = true;
    Condition condition = to_condition(frame, *option);
    // "2000 and beyond"
    const auto word_at = [&](int at) {
      return at < static_cast<int>(links_.tokens.size()) ? links_.tokens[at].word : std::string();
    };
    const std::string next = word_at(option->last), after = word_at(option->last + 1);
    const std::string before = option->first > 0 ? word_at(option->first - 1) : std::string();
    if (condition.op == Operator::equal && option->evidence == Evidence::number &&
        before == "beyond") {
      condition.op = told("and beyond") ? Operator::greater_or_equal : Operator::greater;
    }
    if (condition.op == Operator::equal && option->evidence == Evidence::number &&
        (next == "onwards" || next == "onward" || (next == "and" && after == "beyond") ||
         (next == "and" && (after == "later" || after == "after" || after == "above")))) {
      condition.op = Operator::greater_or_equal;
    }
    const auto known = std::ranges::find_if(reading_.filters, [&](const Filter& f) {
      return f.any_of[0].column == condition.column && f.any_of[0].op == condition.op;
    });
    if (known != reading_.filters.end()) {
      known->any_of.push_back(std::move(condition));
    } else {
      reading_.filters.push_back({{std::move(condition)}, false});
    }
    if (std::ranges::find(used_, option->column) == used_.end()) used_.push_back(option->column);
  }
}

}  // namespace sextant::ask

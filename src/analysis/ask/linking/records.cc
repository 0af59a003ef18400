#include "analysis/ask/linking/records.h"

#include <algorithm>

#include "base/text.h"

namespace sextant::ask {

namespace {

constexpr std::int64_t kFewestRecords = 100;
constexpr std::int64_t kTimes = 4;  // that a thing occurs, on average

bool is_id_word(const Token& word) {
  return word.word == "id" || word.word == "ids" || word.word == "key" || word.word == "code" ||
         word.word == "number" || word.word == "no" || word.word == "nr" || word.word == "ref";
}

bool is_label_word(const Token& word) { return word.word == "name" || word.word == "title"; }

// The words of a column's name without those that say what kind of name it is.
template <class Test>
std::vector<std::string> thing_words(const ColumnEntry& column, Test is_kind) {
  std::vector<std::string> words;
  for (const Token& word : column.words) {
    if (!is_kind(word)) words.push_back(word.stem);
  }
  return words;
}

}  // namespace

bool repeats_things(const std::vector<TableEntry>& tables,
                    const std::vector<ColumnEntry>& columns) {
  if (tables.size() != 1 || tables[0].model->rows < kFewestRecords) return false;
  int things = 0, figures = 0;
  for (const ColumnEntry& column : columns) {
    const bool repeated = column.model->distinct * kTimes <= tables[0].model->rows;
    things += column.kind == Kind::text && repeated;
    figures += column.kind == Kind::number && !column.id_like;
  }
  return things > 0 && figures > 0 && things + figures >= 3;
}

int record_key(const TableEntry& table, const std::vector<ColumnEntry>& columns) {
  if (table.model->keys.empty()) return -1;
  for (int c = table.first_column; c < table.first_column + table.columns; ++c) {
    if (columns[c].model->name == table.model->keys.front()) return c;
  }
  return -1;
}

std::vector<std::string> names_of_money(const ColumnEntry& column) {
  if (column.kind != Kind::number || column.words.size() != 1) return {};
  const std::string& word = column.words[0].stem;
  if (word == "cost") return {"spend", "spending", "expenses", "ad spend"};
  if (word == "salari") return {"payroll", "pay", "wages"};
  return {};
}

int record_label(const TableEntry& table, const std::vector<ColumnEntry>& columns) {
  const std::int64_t rows = table.model->rows;
  for (int c = table.first_column; c < table.first_column + table.columns; ++c) {
    const ColumnEntry& column = columns[c];
    if (column.kind != Kind::text || column.id_like) continue;
    const bool label = std::ranges::any_of(column.words, is_label_word);
    if (label && column.model->distinct * 20 >= rows * 19) return c;
  }
  return record_key(table, columns);
}

// Other words for one record.
std::vector<std::string> akin(const std::string& stem) {
  static const std::vector<std::vector<std::string>> kKin = {
      {"employee", "worker", "staff", "people", "person", "headcount", "colleague", "hire"},
      {"customer", "client", "people", "person"},
      {"patient", "people", "person"},
      {"student", "pupil", "people", "person"},
      {"passenger", "people", "person"},
      {"person", "people"},
      {"user", "people", "person"},
      {"member", "people", "person"},
      {"respondent", "people", "person", "response"},
      {"order", "purchase"},
      {"transaction", "purchase"},
      {"product", "item"},
  };
  for (const auto& kin : kKin) {
    if (name_tokens(kin[0]).front().stem == stem) return {kin.begin() + 1, kin.end()};
  }
  return {};
}

std::vector<std::vector<Token>> record_names(const TableEntry& table,
                                             const std::vector<ColumnEntry>& columns) {
  std::vector<std::vector<Token>> names;
  if (const int key = record_key(table, columns); key >= 0 && columns[key].id_like) {
    std::vector<Token> words;
    for (const Token& word : columns[key].words) {
      if (!is_id_word(word)) words.push_back(word);
    }
    if (words.size() == 1) {
      for (const auto& word : akin(words[0].stem)) names.push_back(name_tokens(word));
    }
    if (!words.empty()) names.push_back(std::move(words));
  }
  for (const Token& own : table.words) {
    for (const auto& word : akin(own.stem)) names.push_back(name_tokens(word));
  }
  for (const auto* word : {"record", "row", "entry"}) names.push_back(name_tokens(word));
  return names;
}

int identifying_column(const Context& context, int column) {
  const ColumnEntry& entry = context.columns()[column];
  if (context.tables().size() != 1 || entry.id_like) return column;
  const auto thing = thing_words(entry, is_label_word);
  if (thing.empty()) return column;
  for (std::size_t c = 0; c < context.columns().size(); ++c) {
    const ColumnEntry& other = context.columns()[c];
    if (!other.id_like || other.words.size() < 2 || thing_words(other, is_id_word) != thing)
      continue;
    if (other.model->distinct >= entry.model->distinct) return static_cast<int>(c);
  }
  return column;
}

std::string yes_of(const ColumnEntry& column) {
  if (column.kind == Kind::boolean) return "true";
  if (column.kind != Kind::text || column.model->distinct > 2 || !column.sample) return "";
  std::string yes;
  for (const Cell& cell : *column.sample) {
    const auto* value = std::get_if<std::string>(&cell);
    if (!value) continue;
    const std::string lower = text::lower_ascii(*value);
    if (lower == "yes" || lower == "y" || lower == "true") {
      yes = *value;
    } else if (lower != "no" && lower != "n" && lower != "false") {
      return "";
    }
  }
  return yes;
}

bool is_flag(const ColumnEntry& column) { return !yes_of(column).empty(); }

std::vector<std::string> names_of_yes(const ColumnEntry& column) {
  std::vector<std::string> names;
  std::string before;
  for (std::size_t i = 0; i < column.words.size(); ++i) {
    const Token& word = column.words[i];
    if (word.word == "is" || word.word == "was" || word.word == "has") continue;
    before += (before.empty() ? "" : " ") + word.word;
  }
  if (before.empty()) return names;
  names.push_back(before);
  if (column.words.size() == 1) names.push_back(before + "ly");  // "work remotely"
  for (const Token& word : column.words) {
    if (word.stem == "attrit" || word.stem == "churn" || word.stem == "exit") {
      for (const auto* said : {"left", "leavers", "churned"}) names.emplace_back(said);
    }
  }
  if (before.ends_with("ed") && before.size() > 5) {
    const std::string noun = before.substr(0, before.size() - 2);
    names.push_back(noun);
    names.push_back(noun + "s");
  }
  return names;
}

}  // namespace sextant::ask

#include "analysis/ask/linking/context.h"

#include <algorithm>
#include <set>

#include "analysis/ask/linking/records.h"
#include "analysis/ask/linking/region_names.h"
#include "base/text.h"

namespace sextant::ask {

namespace {

constexpr std::int64_t kSampleRows = 2'000;
constexpr std::int64_t kValuesPerColumn = 20'000;
constexpr std::size_t kPostingsPerWord = 64;
constexpr std::size_t kLongestIndexedCell = 120;  // bytes; longer texts are prose, not labels

Kind kind_of(const catalog::ModelColumn& column) {
  const std::string& type = column.type;
  const auto starts = [&](std::string_view prefix) { return type.starts_with(prefix); };
  if (type == "BOOLEAN") return Kind::boolean;
  if (type == "DATE" || starts("TIMESTAMP")) return Kind::date;
  for (const auto* number : {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT",
                             "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT", "FLOAT", "DOUBLE"}) {
    if (type == number) return Kind::number;
  }
  return starts("DECIMAL") ? Kind::number : Kind::text;
}

bool same_words(const std::vector<Token>& a, const std::vector<Token>& b) {
  return std::ranges::equal(a, b, {}, &Token::stem, &Token::stem);
}

void add_name(std::vector<std::vector<Token>>& others, const std::vector<Token>& main,
              std::string_view name) {
  auto words = name_tokens(name);
  if (words.empty() || same_words(words, main)) return;
  for (const auto& other : others) {
    if (same_words(words, other)) return;
  }
  others.push_back(std::move(words));
}

}  // namespace

namespace {

// "journalname" of the table journal: the table's word and what is left of it.
void split_run_together(std::vector<Token>& words, const std::vector<Token>& table) {
  if (words.size() != 1 || table.empty()) return;
  const std::string word = words[0].word;
  for (const std::string& own : {table.back().word, table.back().stem}) {
    if (own.size() < 4 || word.size() < own.size() + 2 || !word.starts_with(own)) continue;
    const std::string rest = word.substr(own.size());
    if (rest == "id" || rest == "name" || rest == "title" || rest == "type" || rest == "code" ||
        rest == "date" || rest == "number" || rest == "key") {
      words = name_tokens(own + "_" + rest);
      return;
    }
  }
}

}  // namespace

void Context::index_names() {
  for (const auto& table : model_->tables) {
    TableEntry entry;
    entry.model = &table;
    entry.words = name_tokens(table.name);
    add_name(entry.others, entry.words, table.display_name);
    for (const auto& synonym : table.synonyms) add_name(entry.others, entry.words, synonym);
    entry.first_column = static_cast<int>(columns_.size());
    entry.columns = static_cast<int>(table.columns.size());
    for (const auto& column : table.columns) {
      ColumnEntry c;
      c.table = static_cast<int>(tables_.size());
      c.model = &column;
      c.kind = kind_of(column);
      c.words = name_tokens(column.original_name.empty() ? column.name : column.original_name);
      if (c.words.empty()) c.words = name_tokens(column.name);
      split_run_together(c.words, entry.words);
      add_name(c.others, c.words, column.name);
      add_name(c.others, c.words, column.display_name);
      for (const auto& synonym : column.synonyms) add_name(c.others, c.words, synonym);
      for (const auto& word : names_of_money(c)) add_name(c.others, c.words, word);
      c.id_like = column.role == catalog::Role::identifier ||
                  column.semantic_type == catalog::SemanticType::identifier ||
                  column.semantic_type == catalog::SemanticType::code;
      columns_.push_back(std::move(c));
    }
    tables_.push_back(std::move(entry));
  }
  for (const auto& metric : model_->metrics) {
    MetricEntry entry;
    entry.model = &metric;
    entry.table = find_table(metric.table);
    if (entry.table < 0) continue;
    entry.names.push_back(name_tokens(metric.name));
    for (const auto& synonym : metric.synonyms) entry.names.push_back(name_tokens(synonym));
    metrics_.push_back(std::move(entry));
  }
  keeps_records_ = tables_.size() > 1 || repeats_things(tables_, columns_);
  if (keeps_records_ && tables_.size() == 1) {
    // Named after a thing of its records: the thing is meant, not a record.
    const bool of_thing = std::ranges::any_of(columns_, [this](const ColumnEntry& column) {
      return same_words(column.words, tables_[0].words) && !column.id_like;
    });
    if (of_thing) tables_[0].words.clear();
    for (auto& name : record_names(tables_[0], columns_)) {
      const bool taken = std::ranges::any_of(
          columns_, [&](const ColumnEntry& column) { return same_words(column.words, name); });
      if (!taken) tables_[0].others.push_back(std::move(name));
    }
  }
}

// "women" of a column of genders, however it writes them.
void Context::add_gender_names(int column) {
  const ColumnEntry& entry = columns_[column];
  const bool genders = std::ranges::any_of(
      entry.words, [](const Token& w) { return w.word == "gender" || w.word == "sex"; });
  if (!genders) return;
  std::vector<std::pair<std::string, bool>> named;
  for (const ValueEntry& value : values_) {
    if (value.column != column) continue;
    const bool female = value.words == "f" || value.words == "female" || value.words == "woman";
    const bool male = value.words == "m" || value.words == "male" || value.words == "man";
    if (female || male) named.emplace_back(value.value, female);
  }
  for (const auto& [value, female] : named) {
    for (const auto* name : {"female", "females", "woman", "women"}) {
      if (female) add_value(column, value, name);
    }
    for (const auto* name : {"male", "males", "man", "men"}) {
      if (!female) add_value(column, value, name);
    }
  }
}

// Codes of states and countries are asked for by their names.
void Context::add_region_names(int column) {
  const ColumnEntry& entry = columns_[column];
  const bool states = std::ranges::any_of(
      entry.words, [](const Token& w) { return w.word == "state" || w.word == "province"; });
  const bool countries = std::ranges::any_of(
      entry.words, [](const Token& w) { return w.word == "country" || w.word == "nation"; });
  if (!states && !countries) return;
  std::vector<std::pair<std::string, std::string>> named;
  for (const ValueEntry& value : values_) {
    if (value.column != column) continue;
    std::string name = states ? state_name(value.value) : country_name(value.value);
    if (!name.empty()) named.emplace_back(value.value, std::move(name));
  }
  for (const auto& [value, name] : named) add_value(column, value, name);
}

// "promotional", "successful", "refunded" of a kind or a state that is called promotion, success,
// refund.
void Context::add_value_forms(int column) {
  constexpr int kMostKinds = 30;
  static const std::set<std::string_view> kKinds = {"type",  "kind",  "category", "class",
                                                    "stage", "state", "status",   "result",
                                                    "group", "level", "outcome",  "action"};
  const ColumnEntry& entry = columns_[column];
  if (entry.kind != Kind::text || entry.model->distinct > kMostKinds ||
      std::ranges::none_of(entry.words, [](const Token& w) { return kKinds.contains(w.word); })) {
    return;
  }
  std::vector<std::pair<std::string, std::string>> forms;
  for (const ValueEntry& value : values_) {
    const std::string& word = value.words;
    if (value.column != column || word.size() < 4 ||
        !std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; })) {
      continue;
    }
    if (word.ends_with("ion")) {
      forms.emplace_back(value.value, word + "al");
    } else if (word.ends_with("ess")) {
      forms.emplace_back(value.value, word + "ful");
    } else if (!word.ends_with("ed") && !word.ends_with("ing")) {
      forms.emplace_back(value.value, word + (word.ends_with('e') ? "d" : "ed"));
    }
  }
  for (const auto& [value, form] : forms) {
    if (!by_words_.contains(form)) add_value(column, value, form);
  }
}

void Context::add_value(int column, const std::string& value) { add_value(column, value, value); }

void Context::add_value_synonyms() {
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    for (const auto& synonym : columns_[c].model->value_synonyms) {
      add_value(static_cast<int>(c), synonym.value, synonym.synonym);
    }
    add_region_names(static_cast<int>(c));
    if (keeps_records_) add_value_forms(static_cast<int>(c));
    if (!keeps_records_ || tables_.size() > 1) continue;
    add_gender_names(static_cast<int>(c));
    const std::string yes = yes_of(columns_[c]);
    if (yes.empty()) continue;
    for (const auto& name : names_of_yes(columns_[c])) add_value(static_cast<int>(c), yes, name);
    if (columns_[c].kind != Kind::boolean) continue;
    add_value(static_cast<int>(c), "true");
    add_value(static_cast<int>(c), "false");
  }
}

void Context::add_value(int column, const std::string& value, const std::string& words_of) {
  if (words_of.size() > kLongestIndexedCell) return;
  ValueEntry entry;
  entry.column = column;
  entry.value = value;
  int words = 0;
  const int id = static_cast<int>(values_.size());
  std::vector<std::string> seen;
  for (const Token& token : tokenise(words_of)) {
    if (token.symbol) continue;
    if (!entry.words.empty()) entry.words += ' ';
    entry.words += token.word;
    ++words;
    if (std::ranges::find(seen, token.word) == seen.end()) seen.push_back(token.word);
  }
  if (words == 0) return;
  auto& same = by_words_[entry.words];
  for (const int other : same) {
    if (values_[other].column == column && values_[other].value == value) return;
  }
  same.push_back(id);
  for (const auto& word : seen) {
    auto& postings = by_word_[word];
    if (postings.size() < kPostingsPerWord) postings.push_back(id);
  }
  longest_value_ = std::max(longest_value_, words);
  values_.push_back(std::move(entry));
}

void Context::index_samples() {
  for (auto& table : tables_) {
    for (int i = 0; i < table.columns; ++i) {
      ColumnEntry& column = columns_[table.first_column + i];
      column.sample = &table.sample.columns[i];
      if (column.kind == Kind::date) {
        for (const Cell& cell : *column.sample) {
          if (const auto* text = std::get_if<std::string>(&cell)) {
            last_date_ = std::max(last_date_, text->substr(0, 10));
          }
        }
      }
    }
  }
}

Context Context::from_samples(catalog::SemanticModel model, std::vector<TableSample> samples) {
  Context context;
  context.model_ = std::make_unique<catalog::SemanticModel>(std::move(model));
  context.index_names();
  for (std::size_t t = 0; t < samples.size(); ++t) {
    context.tables_[t].sample = std::move(samples[t]);
  }
  context.index_samples();
  for (std::size_t c = 0; c < context.columns_.size(); ++c) {
    if (context.columns_[c].kind != Kind::text) continue;
    for (const Cell& cell : *context.columns_[c].sample) {
      if (const auto* text = std::get_if<std::string>(&cell)) {
        context.add_value(static_cast<int>(c), *text);
      }
    }
  }
  context.add_value_synonyms();
  return context;
}

Result<Context> Context::build(catalog::SemanticModel model, engine::Connection& connection) {
  Context context;
  context.model_ = std::make_unique<catalog::SemanticModel>(std::move(model));
  context.index_names();
  for (auto& table : context.tables_) {
    std::string list;
    for (int i = 0; i < table.columns; ++i) {
      const ColumnEntry& column = context.columns_[table.first_column + i];
      const std::string name = text::quote_identifier(column.model->name);
      if (i > 0) list += ", ";
      // Only what is kept is read: numbers as DOUBLE, the rest as text of bounded length.
      if (column.kind == Kind::number || column.kind == Kind::boolean) {
        list += name + "::DOUBLE";
      } else {
        list += "left(" + name + "::VARCHAR, 200)";
      }
    }
    if (list.empty()) list = "NULL";
    TRY(auto rows,
        connection.query("SELECT " + list + " FROM " + text::quote_identifier(table.model->name) +
                         " LIMIT " + std::to_string(kSampleRows + 1)));
    table.sample.complete = rows.rows() <= kSampleRows;
    table.sample.rows = std::min(rows.rows(), kSampleRows);
    table.sample.columns.resize(static_cast<std::size_t>(table.columns));
    for (int i = 0; i < table.columns; ++i) {
      auto& cells = table.sample.columns[i];
      cells.reserve(static_cast<std::size_t>(table.sample.rows));
      const Kind kind = context.columns_[table.first_column + i].kind;
      for (std::int64_t r = 0; r < table.sample.rows; ++r) {
        if (rows.is_null(r, i)) {
          cells.emplace_back();
        } else if (kind == Kind::number || kind == Kind::boolean) {
          cells.emplace_back(rows.number(r, i));
        } else {
          cells.emplace_back(rows.text(r, i));
        }
      }
    }
  }
  context.index_samples();
  for (std::size_t c = 0; c < context.columns_.size(); ++c) {
    const ColumnEntry& column = context.columns_[c];
    const TableEntry& table = context.tables_[column.table];
    const std::string name = text::quote_identifier(column.model->name);
    const std::string from = " FROM " + text::quote_identifier(table.model->name);
    if (column.kind == Kind::text) {
      if (table.sample.complete) {
        for (const Cell& cell : *column.sample) {
          if (const auto* text = std::get_if<std::string>(&cell)) {
            context.add_value(static_cast<int>(c), *text);
          }
        }
        continue;
      }
      TRY(auto rows, connection.query("SELECT v FROM (SELECT left(" + name +
                                      "::VARCHAR, 200) v, count(*) n" + from + " WHERE " + name +
                                      " IS NOT NULL GROUP BY 1) ORDER BY n DESC, v LIMIT " +
                                      std::to_string(kValuesPerColumn)));
      for (std::int64_t r = 0; r < rows.rows(); ++r) {
        context.add_value(static_cast<int>(c), rows.text(r, 0));
      }
    } else if (column.kind == Kind::date && !table.sample.complete) {
      TRY(auto rows, connection.query("SELECT max(" + name + ")::VARCHAR" + from));
      if (rows.rows() == 1 && !rows.is_null(0, 0)) {
        context.last_date_ = std::max(context.last_date_, rows.text(0, 0).substr(0, 10));
      }
    }
  }
  context.add_value_synonyms();
  return context;
}

const std::vector<int>* Context::find_value(const std::string& words) const {
  const auto it = by_words_.find(words);
  return it == by_words_.end() ? nullptr : &it->second;
}

const std::vector<int>* Context::find_value_word(const std::string& word) const {
  const auto it = by_word_.find(word);
  return it == by_word_.end() ? nullptr : &it->second;
}

int Context::find_table(std::string_view name) const {
  for (std::size_t t = 0; t < tables_.size(); ++t) {
    if (tables_[t].model->name == name) return static_cast<int>(t);
  }
  return -1;
}

int Context::find_column(std::string_view table, std::string_view name) const {
  const int t = find_table(table);
  if (t < 0) return -1;
  for (int i = 0; i < tables_[t].columns; ++i) {
    if (columns_[tables_[t].first_column + i].model->name == name)
      return tables_[t].first_column + i;
  }
  return -1;
}

}  // namespace sextant::ask

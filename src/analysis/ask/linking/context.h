#pragma once
// What the engine knows about the data of one catalog before it hears a question: names split into
// words, a value index over text columns, and a sample of each table's rows. Built once, then only
// read; thread-safe after `build`.

#include <cstdint>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "analysis/ask/linking/tokens.h"
#include "analysis/engine/duckdb.h"
#include "base/result.h"
#include "catalog/semantic_model.h"

namespace sextant::ask {

enum class Kind { text, number, date, boolean };

// NULL, a number (also booleans, 0 or 1), or a text (dates as ISO).
using Cell = std::variant<std::monostate, double, std::string>;

// A bounded, deterministic set of a table's rows, column-wise. `complete`: all rows are in it.
struct TableSample {
  std::vector<std::vector<Cell>> columns;
  std::int64_t rows = 0;
  bool complete = true;
};

struct ColumnEntry {
  int table = 0;
  const catalog::ModelColumn* model = nullptr;
  Kind kind = Kind::text;
  std::vector<Token> words;                // of the name
  std::vector<std::vector<Token>> others;  // display name, original name and synonyms that differ
  std::vector<Cell> const* sample = nullptr;
  bool id_like = false;  // identifier or key: never summed
};

struct TableEntry {
  const catalog::ModelTable* model = nullptr;
  std::vector<Token> words;
  std::vector<std::vector<Token>> others;
  int first_column = 0;
  int columns = 0;
  TableSample sample;
};

struct MetricEntry {
  const catalog::Metric* model = nullptr;
  int table = -1;
  std::vector<std::vector<Token>> names;
};

// A distinct text of a column.
struct ValueEntry {
  int column = 0;
  std::string value;  // as the data has it
  std::string words;  // normalised
};

class Context {
 public:
  // Reads samples and distinct values over the connection.
  static Result<Context> build(catalog::SemanticModel model, engine::Connection& connection);
  // From rows in memory; samples[i] belongs to model.tables[i].
  static Context from_samples(catalog::SemanticModel model, std::vector<TableSample> samples);

  Context(Context&&) noexcept = default;
  Context& operator=(Context&&) noexcept = default;

  const catalog::SemanticModel& model() const { return *model_; }
  const std::vector<TableEntry>& tables() const { return tables_; }
  const std::vector<ColumnEntry>& columns() const { return columns_; }
  const std::vector<MetricEntry>& metrics() const { return metrics_; }
  const std::vector<ValueEntry>& values() const { return values_; }

  // Values whose normalised form is exactly this; indices into values().
  const std::vector<int>* find_value(const std::string& words) const;
  // Values in which this word occurs (bounded per word).
  const std::vector<int>* find_value_word(const std::string& word) const;
  // Longest value in words.
  int longest_value() const { return longest_value_; }

  int find_table(std::string_view name) const;                           // -1: none
  int find_column(std::string_view table, std::string_view name) const;  // -1: none
  // Whether questions are about things and their figures over many records (several tables, or one
  // sheet in which each record repeats the things that it is about: orders with their customer,
  // product and region), and not about single rows of a list.
  bool keeps_records() const { return keeps_records_; }
  // The last date in the data (over time columns of all tables), ISO; empty when there is none.
  const std::string& last_date() const { return last_date_; }

 private:
  Context() = default;
  void index_names();
  void index_samples();
  void add_value(int column, const std::string& value);
  // `words_of`: what the value is called, itself or a synonym.
  void add_value(int column, const std::string& value, const std::string& words_of);
  void add_value_synonyms();
  void add_region_names(int column);
  void add_gender_names(int column);
  void add_value_forms(int column);

  std::unique_ptr<catalog::SemanticModel> model_;
  std::vector<TableEntry> tables_;
  std::vector<ColumnEntry> columns_;
  std::vector<MetricEntry> metrics_;
  std::vector<ValueEntry> values_;
  std::unordered_map<std::string, std::vector<int>> by_words_;
  std::unordered_map<std::string, std::vector<int>> by_word_;
  int longest_value_ = 0;
  std::string last_date_;
  bool keeps_records_ = false;
};

}  // namespace sextant::ask

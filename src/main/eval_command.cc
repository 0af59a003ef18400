#include "main/eval_command.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <list>

#include "analysis/ask/ask.h"
#include "analysis/ask/stable_sort.h"
#include "analysis/ask/traces.h"
#include "analysis/engine/duckdb.h"
#include "analysis/semantic/model.h"
#include "base/json.h"
#include "base/text.h"
#include "main/round_trip.h"

namespace sextant {

namespace {

using text::quote_identifier;

constexpr std::size_t kOpenDatabases = 4;

// One database of the set, loaded from its CSV files into memory.
struct LoadedDatabase {
  std::string name;
  engine::Database database;
  engine::Connection connection;
  catalog::Catalog catalog;
  catalog::SemanticModel model;
  ask::QuestionEngine questions;
};

std::string unique_name(std::vector<std::string>& taken, const std::string& name) {
  std::string candidate = name;
  for (int i = 2; std::ranges::find(taken, candidate) != taken.end(); ++i) {
    candidate = name + "_" + std::to_string(i);
  }
  taken.push_back(candidate);
  return candidate;
}

// A column is a number or a date when every one of its values is.
Result<catalog::Table> load_table(engine::Connection& connection, const std::string& name,
                                  const std::string& file) {
  TRY_VOID(connection.query(
      "CREATE OR REPLACE TEMP TABLE loading AS SELECT * FROM read_csv($1, all_varchar=true, "
      "header=true, delim=',', quote='\"', escape='\"', null_padding=true, strict_mode=false, "
      "parallel=false)",
      {file}));
  TRY(auto columns, connection.query("SELECT * FROM loading LIMIT 0"));
  std::string checks = "SELECT count(*)";
  for (const auto& column : columns.column_info()) {
    const std::string c = "nullif(trim(" + quote_identifier(column.name) + "), '')";
    checks += ", count(" + c + "), count(*) FILTER (WHERE regexp_full_match(" + c +
              ", '[+-]?[0-9]{1,15}')), count(*) FILTER (WHERE regexp_full_match(" + c +
              ", '[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?')), count(*) FILTER (WHERE "
              "regexp_full_match(" +
              c + ", '[0-9]{4}-[0-9]{2}-[0-9]{2}') AND TRY_CAST(" + c + " AS DATE) IS NOT NULL)" +
              ", count(*) FILTER (WHERE regexp_full_match(" + c +
              ", '[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9:.]+') AND TRY_CAST(" + c +
              " AS TIMESTAMP) IS NOT NULL)";
  }
  TRY(auto counts, connection.query(checks + " FROM loading"));
  catalog::Table table;
  table.name = table.stored_name = table.title = name;
  table.rows = counts.int64(0, 0);
  std::string select;
  std::vector<std::string> taken;
  std::int64_t at = 1;
  for (const auto& column : columns.column_info()) {
    const std::int64_t values = counts.int64(0, at), whole = counts.int64(0, at + 1),
                       numbers = counts.int64(0, at + 2), dates = counts.int64(0, at + 3),
                       times = counts.int64(0, at + 4);
    at += 5;
    catalog::Column c;
    c.original_name = column.name;
    c.name = unique_name(taken, text::snake_case(column.name, "column"));
    c.type = values == 0         ? "VARCHAR"
             : whole == values   ? "BIGINT"
             : numbers == values ? "DOUBLE"
             : dates == values   ? "DATE"
             : times == values   ? "TIMESTAMP"
                                 : "VARCHAR";
    select += (select.empty() ? "" : ", ") + std::string("nullif(trim(") +
              quote_identifier(column.name) + "), '')::" + c.type + " AS " +
              quote_identifier(c.name);
    table.columns.push_back(std::move(c));
  }
  TRY_VOID(connection.query("CREATE TABLE " + quote_identifier(name) + " AS SELECT " + select +
                            " FROM loading"));
  TRY_VOID(connection.query("DROP TABLE loading"));
  return table;
}

Result<std::unique_ptr<LoadedDatabase>> load(const json::Object& item,
                                             const std::filesystem::path& folder) {
  TRY(auto database, engine::Database::open({}, {.threads = 1}));
  TRY(auto connection, database.connect());
  auto loaded = std::make_unique<LoadedDatabase>(
      LoadedDatabase{{}, std::move(database), std::move(connection), {}, {}, {}});
  loaded->catalog.workspace_id = "evaluation";
  std::vector<std::string> taken;
  if (const auto* tables = item.if_contains("tables"); tables && tables->is_array()) {
    for (const auto& table : tables->get_array()) {
      const auto& object = table.as_object();
      const std::string name = unique_name(
          taken, text::snake_case(std::string_view(object.at("name").as_string()), "table"));
      const std::string file = (folder / std::string(object.at("file").as_string())).string();
      if (!std::filesystem::exists(file)) continue;
      TRY(auto described, load_table(loaded->connection, name, file));
      catalog::SourceVersion source;
      source.source_id = source.source_name = name;
      source.tables.push_back(std::move(described));
      loaded->catalog.sources.push_back(std::move(source));
      // One after the other, as files are uploaded.
      wire::ModelRequest request;
      request.catalog = loaded->catalog;
      request.source_id = name;
      request.known = std::move(loaded->model);
      TRY(loaded->model, semantic::describe_source(request, loaded->connection));
    }
  }
  TRY_VOID(loaded->questions.prepare(loaded->catalog, loaded->model, loaded->connection));
  return loaded;
}

class Evaluation {
 public:
  Evaluation(std::filesystem::path folder, bool round_trip)
      : folder_(std::move(folder)), round_trip_(round_trip) {}

  json::Object answer(const json::Object& item) {
    json::Object line;
    line["id"] = item.at("id");
    const std::string db(item.contains("db") ? std::string_view(item.at("db").as_string())
                                             : std::string_view());
    auto loaded = open(db, item);
    if (!loaded) {
      line["error"] = loaded.error().message;
      return line;
    }
    wire::AskRequest request;
    request.catalog = (*loaded)->catalog;
    request.model = (*loaded)->model;
    request.question = std::string(item.at("question").as_string());
    // What the set says of how to compute and report it stands on lines of its own.
    for (const char* member : {"constraints", "answer_format", "instructions"}) {
      if (const auto* told = item.if_contains(member); told && told->is_string()) {
        request.question += "\n" + std::string(told->get_string());
      }
    }
    const auto started = std::chrono::steady_clock::now();
    auto answer =
        (*loaded)->questions.answer(request, (*loaded)->connection, ask::Unsure::with_rows);
    line["ms"] =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started)
            .count();
    if (!answer) {
      line["error"] = answer.error().message;
      return line;
    }
    if (auto untraced = ask::untraced_numbers(*answer); !untraced.empty()) {
      line["untraced"] = json::to_value(untraced);
      line["response"] = answer->response;
    }
    line["rows"] = std::move(answer->rows);
    if (answer->generated_query) line["sql"] = *answer->generated_query;
    if (answer->suggested_chart) line["chart"] = json::to_value(answer->suggested_chart->type);
    line["status"] = json::to_value(answer->status);
    if (answer->receipt) line["confidence"] = answer->receipt->confidence;
    if (round_trip_ && answer->reading) {
      auto gate = engine::Gate::create((*loaded)->database);
      if (!gate) {
        line["error"] = gate.error().message;
        return line;
      }
      line["round_trip"] =
          round_trip((*loaded)->model, (*loaded)->catalog, *gate, answer->reading->logical);
    }
    return line;
  }

 private:
  Result<LoadedDatabase*> open(const std::string& name, const json::Object& item) {
    for (auto it = databases_.begin(); it != databases_.end(); ++it) {
      if ((*it)->name != name) continue;
      databases_.splice(databases_.begin(), databases_, it);
      return databases_.front().get();
    }
    TRY(auto loaded, load(item, folder_));
    loaded->name = name;
    databases_.push_front(std::move(loaded));
    if (databases_.size() > kOpenDatabases) databases_.pop_back();
    return databases_.front().get();
  }

  std::filesystem::path folder_;
  bool round_trip_;
  std::list<std::unique_ptr<LoadedDatabase>> databases_;  // used last first
};

}  // namespace

int eval_command(const EvalOptions& options) {
  std::ifstream in(options.questions);
  if (!in) {
    std::cerr << "cannot read " << options.questions << "\n";
    return 1;
  }
  std::ofstream out(options.out);
  if (!out) {
    std::cerr << "cannot write " << options.out << "\n";
    return 1;
  }
  std::vector<json::Value> items;
  std::int64_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (text::trim(line).empty()) continue;
    if (options.limit && std::ssize(items) >= *options.limit) break;
    auto item = json::parse(line);
    if (!item || !item->is_object() || !item->get_object().contains("id") ||
        !item->get_object().contains("question")) {
      std::cerr << options.questions << ": line " << number << " is not a question\n";
      return 1;
    }
    items.push_back(std::move(*item));
  }
  // Questions of one database after each other, so that it is loaded once.
  const auto database_of = [](const json::Value& item) {
    const auto* db = item.get_object().if_contains("db");
    return db && db->is_string() ? std::string(db->get_string()) : std::string();
  };
  ask::stable_sort_by(items, [&](const json::Value& a, const json::Value& b) {
    return database_of(a) < database_of(b);
  });
  Evaluation evaluation(std::filesystem::path(options.questions).parent_path(), options.round_trip);
  for (const json::Value& item : items) {
    out << json::dump(json::Value(evaluation.answer(item.get_object()))) << "\n";
  }
  out.flush();
  if (!out) {
    std::cerr << "cannot write " << options.out << "\n";
    return 1;
  }
  std::cerr << items.size() << " questions answered\n";
  return 0;
}

}  // namespace sextant

#pragma once
// Tables made by a test and questions asked of them. For tests only.

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "analysis/ask/ask.h"
#include "analysis/semantic/model.h"

namespace sextant::semantic {

class TestData {
 public:
  // `sql` makes the tables; `today` is an ISO date.
  TestData(const std::string& sql, const std::vector<std::string>& tables, std::string today)
      : database_(engine::Database::open({}, {}).value()),
        connection_(database_.connect().value()) {
    EXPECT_TRUE(connection_.query(sql));
    catalog::SourceVersion source;
    source.source_id = "data";
    for (const auto& name : tables) {
      auto rows = connection_.query("SELECT * FROM " + name).value();
      catalog::Table table;
      table.name = table.stored_name = table.title = name;
      table.rows = rows.rows();
      for (const auto& column : rows.column_info()) {
        table.columns.push_back({column.name, column.name, column.type});
      }
      source.tables.push_back(std::move(table));
    }
    request_.catalog.workspace_id = "w";
    request_.catalog.sources.push_back(std::move(source));
    request_.today = std::move(today);
    wire::ModelRequest model;
    model.catalog = request_.catalog;
    model.source_id = "data";
    request_.model = describe_source(model, connection_).value();
  }

  Result<catalog::Answer> ask(const std::string& question, bool follow_up = false) {
    wire::AskRequest request = request_;
    request.question = question;
    if (follow_up) request.previous = previous_;
    auto answer = questions_.answer(request, connection_);
    if (answer && answer->reading) previous_ = answer->reading->logical;
    return answer;
  }

  Result<catalog::Answer> run(const json::Value& reading) {
    wire::AskRequest request = request_;
    request.reading = reading;
    return questions_.answer(request, connection_);
  }

  wire::AskRequest& request() { return request_; }
  engine::Connection& connection() { return connection_; }

 private:
  engine::Database database_;
  engine::Connection connection_;
  wire::AskRequest request_;
  ask::QuestionEngine questions_;
  std::optional<json::Value> previous_;
};

}  // namespace sextant::semantic

#include "analysis/semantic/check.h"

#include <algorithm>

#include "analysis/ask/joins.h"
#include "analysis/ask/sql.h"
#include "analysis/semantic/expressions.h"
#include "analysis/semantic/joins.h"
#include "base/json.h"
#include "base/text.h"
#include "catalog/model_edits.h"

namespace sextant::semantic {
namespace {

bool stops(const Error& error) {
  return error.code == ErrorCode::cancelled || error.code == ErrorCode::timeout;
}

bool numeric(const std::string& type) {
  return type.find("INT") != std::string::npos || type.starts_with("DECIMAL") || type == "DOUBLE" ||
         type == "FLOAT";
}

// The whole table in one figure, as a question would compute it, beside the number of its rows: the
// engine refuses what is no figure of many rows.
Result<ask::Sql> sql_of(const catalog::SemanticModel& model, const catalog::Metric& metric) {
  ask::Reading reading;
  reading.table = metric.table;
  ask::Measure measure;
  measure.table = metric.table;
  measure.metric = metric.name;
  ask::Measure rows;
  rows.aggregate = ask::Aggregate::count;
  rows.table = metric.table;
  reading.measures = {std::move(measure), std::move(rows)};
  return ask::to_sql(model, reading);
}

// A figure may use the tables that the rows of its own point to: others would repeat its rows.
Result<> check_reach(const catalog::SemanticModel& model, const catalog::Metric& metric) {
  for (const auto& table : model.tables) {
    if (table.name == metric.table ||
        !metric.expression.contains(text::quote_identifier(table.name) + ".")) {
      continue;
    }
    const auto path = ask::join_path(model, metric.table, table.name);
    if (!path) {
      return fail(ErrorCode::bad_request,
                  "nothing joins " + metric.table + " with " + table.name + "; add the join first");
    }
    if (std::ranges::any_of(*path, &ask::JoinStep::multiplies)) {
      return fail(ErrorCode::bad_request, "a row of " + metric.table + " has several of " +
                                              table.name +
                                              ", which would count it several times; " +
                                              "make it a metric of " + table.name);
    }
  }
  return {};
}

Result<> run_metric(const catalog::SemanticModel& model, const catalog::Metric& metric,
                    engine::Engine& engine, const std::stop_token& stop) {
  TRY_VOID(check_metric(model, metric, engine));
  TRY(const auto sql, sql_of(model, metric));
  engine::RunRequest run;
  run.sql = sql.text;
  run.limits.max_rows = 2;
  TRY(const auto reply, engine.run(run, [](std::string_view) -> Result<> { return {}; }, stop));
  if (!numeric(reply.head.columns.at(0).type)) {
    return fail(ErrorCode::bad_request, "it must give a number, not " + reply.head.columns[0].type);
  }
  return {};
}

// Whether there is such a column, comparable with the one on the other side.
std::optional<json::FieldError> join_fault(const catalog::SemanticModel& model,
                                           const wire::CheckedJoin& item) {
  std::vector<const catalog::ModelColumn*> columns;
  for (const auto* side : {&item.join.left, &item.join.right}) {
    const std::string path = item.path + (side == &item.join.left ? ".left" : ".right");
    const auto* table = catalog::find_table(model, side->table);
    if (!table) return json::FieldError{path + ".table", "there is no table " + side->table};
    const auto* column = catalog::find_column(*table, side->column);
    if (!column) {
      return json::FieldError{path + ".column",
                              "the table " + side->table + " has no column " + side->column};
    }
    columns.push_back(column);
  }
  if (item.join.left.table == item.join.right.table) {
    return json::FieldError{item.path, "a table can not be joined with itself"};
  }
  if (columns[0]->type != columns[1]->type &&
      numeric(columns[0]->type) != numeric(columns[1]->type)) {
    return json::FieldError{item.path, item.join.left.column + " (" + columns[0]->type + ") and " +
                                           item.join.right.column + " (" + columns[1]->type +
                                           ") can not be compared"};
  }
  return std::nullopt;
}

}  // namespace

Result<> check_metric(const catalog::SemanticModel& model, const catalog::Metric& metric,
                      engine::Engine& engine) {
  // Brackets that close early would let the expression go beyond its place in a query.
  TRY_VOID(exact_expression(model, metric.table, metric.expression));
  TRY_VOID(check_reach(model, metric));
  TRY(const auto sql, sql_of(model, metric));
  const auto bound = engine.check(sql.text);
  if (bound) return {};
  if (bound.error().message.contains("GROUP BY")) {
    return fail(ErrorCode::bad_request,
                "it must make one figure of many rows, such as sum(amount) or avg(price)");
  }
  return fail(bound.error());
}

void MetricChecks::remove_broken(catalog::SemanticModel& model, const catalog::ModelEdits& edits,
                                 engine::Engine& engine) {
  if (edits.metrics.empty()) return;
  const std::string fingerprint = engine.catalog().fingerprint() + json::dump(model.joins);
  if (fingerprint != fingerprint_) {
    valid_.clear();
    fingerprint_ = fingerprint;
  }
  const catalog::SemanticModel whole = model;
  std::erase_if(model.metrics, [&](const catalog::Metric& metric) {
    if (std::ranges::find(edits.metrics, metric.name, &catalog::Metric::name) ==
        edits.metrics.end()) {
      return false;
    }
    const std::string key = metric.name + "\n" + metric.table + "\n" + metric.expression;
    const auto known = valid_.find(key);
    if (known != valid_.end()) return !known->second;
    return !(valid_[key] = check_metric(whole, metric, engine).has_value());
  });
}

Result<wire::CheckModelReply> check_model(const wire::CheckModelRequest& request,
                                          engine::Engine& engine, std::stop_token stop) {
  wire::CheckModelReply reply;
  std::vector<json::FieldError> errors;
  TRY(auto connection, engine.connect());
  connection.set_stop(stop);
  catalog::SemanticModel model = request.model;
  for (const auto& item : request.joins) {
    if (auto fault = join_fault(model, item)) {
      errors.push_back(std::move(*fault));
      continue;
    }
    TRY(auto measured, measure_join(connection, item.join));
    if (measured.values > 0 && measured.join.match_ratio == 0) {
      errors.push_back({item.path, "no value of " + item.join.left.table + "." +
                                       item.join.left.column + " occurs in " +
                                       item.join.right.table + "." + item.join.right.column});
      continue;
    }
    model.joins.push_back(measured.join);
    reply.joins.push_back(std::move(measured.join));
  }
  for (const auto& item : request.metrics) {
    catalog::Metric metric = item.metric;
    auto exact = exact_expression(model, metric.table, metric.expression);
    if (!exact) {
      errors.push_back({item.path + ".expression", exact.error().message});
      continue;
    }
    metric.expression = std::move(*exact);
    std::erase_if(model.metrics,
                  [&](const auto& m) { return catalog::same_name(m.name, metric.name); });
    model.metrics.push_back(metric);
    if (const auto ran = run_metric(model, metric, engine, stop); !ran) {
      if (stops(ran.error())) return fail(ran.error());
      errors.push_back({item.path + ".expression", ran.error().message});
      continue;
    }
    reply.metrics.push_back(std::move(metric));
  }
  if (!errors.empty()) return fail(json::field_errors(errors));
  return reply;
}

}  // namespace sextant::semantic

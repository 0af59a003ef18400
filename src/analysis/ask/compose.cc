#include "analysis/ask/compose.h"

#include <algorithm>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/chips.h"
#include "analysis/ask/next_questions.h"
#include "analysis/ask/pivot.h"
#include "analysis/ask/sentences.h"
#include "analysis/ask/sql.h"
#include "analysis/ask/study/run.h"
#include "analysis/ask/words.h"
#include "analysis/chart/choose.h"
#include "analysis/insight/overview.h"
#include "base/json.h"
#include "base/text.h"

namespace sextant::ask {

namespace {

class Composer {
 public:
  Composer(const Context& context, const catalog::Catalog& catalog, const Reading& reading,
           const ComposeOptions& options, engine::Connection& connection)
      : context_(context),
        catalog_(catalog),
        reading_(reading),
        options_(options),
        connection_(connection),
        model_(context.model()) {}

  Result<catalog::Answer> query();
  Result<catalog::Answer> overview();
  Result<catalog::Answer> study();

 private:
  void chart();
  void receipt_tables(const std::vector<std::string>& tables);
  void follow_ups();
  const Context& context_;
  const catalog::Catalog& catalog_;
  const Reading& reading_;
  const ComposeOptions& options_;
  engine::Connection& connection_;
  const catalog::SemanticModel& model_;
  Sql sql_;
  catalog::Answer answer_;
  catalog::Receipt receipt_;
};

void Composer::chart() {
  chart::ChartInput input;
  input.rows = &answer_.rows;
  input.total_rows = answer_.total_rows;
  input.asked = reading_.chart ? reading_.chart : options_.chart;
  input.title = upper_first(sentence(model_, reading_));
  const auto shown_dimensions = static_cast<std::size_t>(std::ranges::count_if(
      reading_.dimensions, [](const Dimension& d) { return !d.hidden && !d.pivot; }));
  const std::size_t ahead = figures_ahead(reading_);
  for (std::size_t c = 0; c < answer_.columns.size(); ++c) {
    const SqlColumn& meta = sql_.columns[c];
    chart::ColumnHint hint{answer_.columns[c].name, answer_.columns[c].type, meta.semantic_type,
                           meta.unit, meta.grain};
    if (meta.measure) hint.is_measure = true;
    if (c >= ahead && c < ahead + shown_dimensions) hint.is_measure = false;
    input.columns.push_back(std::move(hint));
  }
  answer_.suggested_chart = chart::choose(input);
}

void Composer::receipt_tables(const std::vector<std::string>& tables) {
  for (const auto& name : tables) {
    catalog::ReceiptTable t{name, {}, 1, 0};
    for (const auto& source : catalog_.sources) {
      for (const auto& table : source.tables) {
        if (table.name != name) continue;
        t.source_id = source.source_id;
        t.version = source.version;
        t.rows = table.rows;
        if (std::ranges::find(answer_.data_sources_used, source.source_id) ==
            answer_.data_sources_used.end()) {
          answer_.data_sources_used.push_back(source.source_id);
        }
      }
    }
    receipt_.rows_in += t.rows;
    receipt_.tables.push_back(std::move(t));
  }
}

void Composer::follow_ups() {
  if (reading_.measures.empty()) return;
  answer_.follow_ups = next_questions(context_, reading_, answer_.total_rows);
  const int main = context_.find_table(reading_.table);
  const auto used = [&](const std::string& column) {
    return std::ranges::any_of(reading_.dimensions,
                               [&](const Dimension& d) { return d.column == column; });
  };
  const bool timed = std::ranges::any_of(reading_.dimensions,
                                         [](const Dimension& d) { return d.grain != Grain::none; });
  bool has_time = false;
  for (const auto& t : model_.tables) has_time = has_time || t.time_column.has_value();
  if (!timed && has_time) answer_.follow_ups.push_back("And by month?");
  for (const auto& column : context_.columns()) {
    if (answer_.follow_ups.size() >= 3) break;
    using catalog::SemanticType;
    const auto s = column.model->semantic_type;
    if (s != SemanticType::category && s != SemanticType::country && s != SemanticType::region)
      continue;
    if (column.model->distinct < 2 || used(column.model->name)) continue;
    if (main < 0 || !reachable(context_, main, column.table)) continue;
    answer_.follow_ups.push_back(
        "And by " +
        column_words(model_, context_.tables()[column.table].model->name, column.model->name) +
        "?");
  }
  if (!reading_.dimensions.empty() && !reading_.limit && answer_.rows.size() > 5 && !timed) {
    answer_.follow_ups.push_back("Top 5 only");
  }
}

// The reading as its result shows it, for the sentences: without what is hidden; what runs along
// its groups is listed.
Reading as_shown(const Reading& reading) {
  Reading shown = reading;
  std::erase_if(shown.measures, &Measure::hidden);
  std::erase_if(shown.dimensions, &Dimension::hidden);
  const bool computed =
      reading.combine != Combine::none || shown.measures.size() != reading.measures.size() ||
      std::ranges::any_of(shown.dimensions, &Dimension::pivot) ||
      std::ranges::any_of(shown.measures,
                          [](const Measure& m) { return m.window != Window::none; });
  if (computed && !shown.dimensions.empty()) {
    for (const Dimension& d : shown.dimensions) {
      if (!d.pivot) shown.columns.push_back({d.table, d.column, d.span});
    }
    shown.dimensions.clear();
    shown.measures.clear();
  }
  return shown;
}

Result<catalog::Answer> Composer::query() {
  TRY(sql_, to_sql(model_, reading_));
  answer_.status = catalog::AnswerStatus::answered;
  answer_.generated_query = sql_.text;
  receipt_.sql = sql_.text;
  const bool bounded =
      reading_.limit && !reading_.per_group && *reading_.limit <= options_.max_rows;
  std::string run = sql_.text;
  if (!bounded && !reading_.limit) run += "\nLIMIT " + std::to_string(options_.max_rows + 1);
  TRY(auto rows, connection_.query(run));
  answer_.columns = rows.column_info();
  answer_.rows = rows.rows_to_json(options_.max_rows);
  answer_.total_rows = rows.rows();
  if (rows.rows() > options_.max_rows) {
    TRY(auto counted, connection_.query("SELECT count(*) FROM (" + sql_.text + ")"));
    answer_.total_rows = counted.int64(0, 0);
  }
  receipt_tables(sql_.tables);
  receipt_.joins = sql_.joins;
  for (const Filter& f : reading_.filters) receipt_.filters.push_back(filter_words(model_, f));
  for (const Absence& a : reading_.absences) {
    receipt_.filters.push_back((a.negated ? "with " : "without ") + spaced(a.table));
  }
  if (!sql_.matched.empty()) {
    TRY(auto matched, connection_.query(sql_.matched));
    receipt_.rows_matched = matched.int64(0, 0);
  } else {  // nothing filters the rows of the main table
    for (const auto& t : receipt_.tables) {
      if (t.table == reading_.table) receipt_.rows_matched = t.rows;
    }
  }
  for (const auto& words : sql_.implied) receipt_.filters.push_back(words);
  receipt_.rows_out = answer_.total_rows;
  receipt_.confidence = options_.confidence;
  receipt_.next_confidence = options_.next_confidence;
  TRY_VOID(write_sentences(model_, as_shown(reading_), sql_, connection_, answer_, receipt_));
  chart();
  follow_ups();
  answer_.reading = to_view(model_, reading_);
  answer_.receipt = std::move(receipt_);
  return std::move(answer_);
}

Result<catalog::Answer> Composer::overview() {
  insight::Overview found;
  if (reading_.intent == Intent::trends) {
    TRY(auto trends, insight::trends(model_, connection_));
    if (trends) {
      found = std::move(*trends);
    } else {
      TRY(found, insight::summarise(model_, connection_));
      found.text.text(" There is no date column, so there is no trend over time to see.");
    }
  } else {
    TRY(found, insight::summarise(model_, connection_));
  }
  answer_.status = catalog::AnswerStatus::answered;
  answer_.response = found.text.str();
  if (!found.sql.empty()) answer_.generated_query = found.sql;
  answer_.columns = std::move(found.columns);
  answer_.rows = std::move(found.rows);
  answer_.total_rows = static_cast<std::int64_t>(answer_.rows.size());
  answer_.insights = std::move(found.insights);
  chart::ChartInput input;
  input.rows = &answer_.rows;
  input.total_rows = answer_.total_rows;
  input.title = reading_.intent == Intent::trends ? "Main trend" : "Summary of all tables";
  for (const auto& column : answer_.columns) {
    chart::ColumnHint hint{column.name, column.type};
    if (column.name == found.grain) hint.grain = found.grain;
    input.columns.push_back(std::move(hint));
  }
  if (found.grain.empty()) input.asked = catalog::ChartType::table;
  answer_.suggested_chart = chart::choose(input);
  receipt_.sql = found.sql;
  std::ranges::sort(found.tables);
  found.tables.erase(std::ranges::unique(found.tables).begin(), found.tables.end());
  receipt_tables(found.tables);
  receipt_.rows_out = answer_.total_rows;
  receipt_.confidence = options_.confidence;
  receipt_.numbers = std::move(found.text.traces());
  for (auto& trace : found.insight_numbers) receipt_.numbers.push_back(std::move(trace));
  answer_.reading = to_view(model_, reading_);
  answer_.follow_ups = answerable_questions(context_);
  answer_.receipt = std::move(receipt_);
  return std::move(answer_);
}

Result<catalog::Answer> Composer::study() {
  TRY(StudyResult found, run_study(context_, reading_, connection_));
  answer_.status = catalog::AnswerStatus::answered;
  answer_.generated_query = found.sql.text;
  answer_.response = found.text.str();
  answer_.columns = std::move(found.columns);
  answer_.rows = std::move(found.rows);
  answer_.total_rows = static_cast<std::int64_t>(answer_.rows.size());
  receipt_.numbers = std::move(found.text.traces());
  for (insight::Prose& insight : found.insights) {
    for (auto& trace : insight.traces()) receipt_.numbers.push_back(std::move(trace));
    answer_.insights.push_back(insight.take());
  }
  chart::ChartInput input;
  input.rows = &answer_.rows;
  input.total_rows = answer_.total_rows;
  input.asked = reading_.chart ? reading_.chart : options_.chart ? options_.chart : found.chart;
  input.title = upper_first(sentence(model_, reading_));
  for (const auto& column : answer_.columns) {
    chart::ColumnHint hint{column.name, column.type};
    for (const SqlColumn& meta : found.sql.columns) {
      if (meta.name != column.name) continue;
      hint.grain = meta.grain;
      hint.is_measure = meta.measure;
    }
    if (!hint.grain && !hint.is_measure && column.type == "DOUBLE") hint.is_measure = true;
    input.columns.push_back(std::move(hint));
  }
  answer_.suggested_chart = chart::choose(input);
  receipt_.sql = found.sql.text;
  receipt_tables(found.sql.tables);
  receipt_.joins = found.sql.joins;
  for (const Filter& f : reading_.filters) receipt_.filters.push_back(filter_words(model_, f));
  receipt_.rows_out = answer_.total_rows;
  receipt_.confidence = options_.confidence;
  receipt_.next_confidence = options_.next_confidence;
  answer_.reading = to_view(model_, reading_);
  answer_.receipt = std::move(receipt_);
  answer_.follow_ups = next_questions(context_, reading_, answer_.total_rows);
  return std::move(answer_);
}

}  // namespace

std::vector<std::string> answerable_questions(const Context& context) {
  const auto& model = context.model();
  std::vector<std::string> questions;
  for (const auto& metric : model.metrics) {
    bool timed = false;
    for (const auto& t : model.tables) timed = timed || t.time_column.has_value();
    if (timed) questions.push_back("Show " + spaced(metric.name) + " by month");
    break;
  }
  for (const auto& table : model.tables) {
    for (const auto& column : table.columns) {
      using catalog::SemanticType;
      const auto s = column.semantic_type;
      if (questions.size() < 2 && column.distinct >= 2 && column.distinct <= 50 &&
          (s == SemanticType::category || s == SemanticType::country ||
           s == SemanticType::region)) {
        questions.push_back("How many " + spaced(table.name) + " per " +
                            column_words(model, table.name, column.name) + "?");
      }
    }
  }
  questions.push_back("What are the main trends in my data?");
  questions.push_back("Show me a summary of my data");
  if (questions.size() > 3) questions.resize(3);
  return questions;
}

Result<catalog::Answer> compose(const Context& context, const catalog::Catalog& catalog,
                                const Reading& reading, const ComposeOptions& options,
                                engine::Connection& connection) {
  Reading whole = reading;
  if (reading.intent == Intent::query) TRY_VOID(fill_pivot(context.model(), whole, connection));
  Composer composer(context, catalog, whole, options, connection);
  if (reading.intent == Intent::study) {
    if (reading.study) return composer.study();
    return fail(ErrorCode::invalid_fields, "The reading is a study without its `study`.");
  }
  return reading.intent == Intent::query ? composer.query() : composer.overview();
}

}  // namespace sextant::ask

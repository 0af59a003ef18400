#pragma once
// Carries a study out. Errors: those of the connection; invalid_fields for a study that names what
// is not there or can not be made of this data, with what to do instead.

#include <boost/json/array.hpp>
#include <string>
#include <vector>

#include "analysis/ask/linking/context.h"
#include "analysis/ask/reading.h"
#include "analysis/ask/sql.h"
#include "analysis/engine/duckdb.h"
#include "analysis/insight/prose.h"
#include "catalog/chart.h"

namespace sextant::ask {

struct StudyResult {
  Sql sql;  // `text` makes the rows, or what they were computed from
  std::vector<catalog::ResultColumn> columns;
  boost::json::array rows;
  insight::Prose text;
  std::vector<insight::Prose> insights;
  std::optional<catalog::ChartType> chart;
};

Result<StudyResult> run_study(const Context& context, const Reading& reading,
                              engine::Connection& connection);

// run_*.cc
Result<StudyResult> run_statistics(const Context& context, const Reading& reading,
                                   engine::Connection& connection);
Result<StudyResult> run_forecast(const Context& context, const Reading& reading,
                                 engine::Connection& connection);
Result<StudyResult> run_drivers(const Context& context, const Reading& reading,
                                engine::Connection& connection);
Result<StudyResult> run_pareto(const Context& context, const Reading& reading,
                               engine::Connection& connection);
Result<StudyResult> run_distribution(const Context& context, const Reading& reading,
                                     engine::Connection& connection);
Result<StudyResult> run_outliers(const Context& context, const Reading& reading,
                                 engine::Connection& connection);
Result<StudyResult> run_relations(const Context& context, const Reading& reading,
                                  engine::Connection& connection);
Result<StudyResult> run_comparison(const Context& context, const Reading& reading,
                                   engine::Connection& connection);
Result<StudyResult> run_quality(const Context& context, const Reading& reading,
                                engine::Connection& connection);

// rows/run_rows.cc
Result<StudyResult> run_rows(const Context& context, const Reading& reading,
                             engine::Connection& connection);

}  // namespace sextant::ask

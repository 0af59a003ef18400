#include "analysis/ask/study/frame.h"

#include "analysis/ask/words.h"
#include "base/json.h"
#include "base/text.h"

namespace sextant::ask {

namespace {

using text::quote_identifier;

std::string step_name(std::size_t step) { return "\"step_" + std::to_string(step) + "\""; }

std::string number(double value) { return json::dump(json::Value(value)); }

std::string fill_expression(const Preparation& p, const std::string& column,
                            const std::string& from) {
  const auto of_all = [&](const char* function) {
    return "(SELECT " + std::string(function) + "(" + column + ") FROM " + from + ")";
  };
  if (p.how == "mean") return of_all("avg");
  if (p.how == "median") return of_all("median");
  if (p.how == "mode") return of_all("mode");
  if (!p.value || p.value->is_null()) return "NULL";
  return p.value->is_string() ? text::quote_literal(p.value->get_string()) : json::dump(*p.value);
}

Result<std::string> derived(const Preparation& p) {
  std::vector<std::string> columns;
  for (const auto& c : p.columns) {
    columns.push_back("TRY_CAST(" + quote_identifier(c) + " AS DOUBLE)");
  }
  const auto all = [&](const char* sign) {
    std::string joined = columns.empty() ? "NULL" : columns[0];
    for (std::size_t i = 1; i < columns.size(); ++i) joined += std::string(sign) + columns[i];
    return joined;
  };
  if (p.how == "sum") return all(" + ");
  if (p.how == "product") return all(" * ");
  if (p.how == "difference") return all(" - ");
  if (p.how == "mean") return "(" + all(" + ") + ") / " + std::to_string(columns.size());
  if (p.how == "ratio" && columns.size() == 2) {
    if (p.value && p.value->is_number()) {
      return columns[0] + " / (" + columns[1] + " + " + json::dump(*p.value) + ")";
    }
    return columns[0] + " / nullif(" + columns[1] + ", 0)";
  }
  if (columns.size() == 1) {
    const std::string& x = columns[0];
    const std::string shifted =
        p.value && p.value->is_number() ? "(" + x + " + " + json::dump(*p.value) + ")" : x;
    const std::string positive = "CASE WHEN " + shifted + " > 0 THEN " + shifted + " END";
    if (p.how == "log") return "ln(" + positive + ")";
    if (p.how == "log10") return "log10(" + positive + ")";
    if (p.how == "square_root") return "sqrt(CASE WHEN " + x + " >= 0 THEN " + x + " END)";
    if (p.how == "min_max") {
      return "(" + x + " - min(" + x + ") OVER ()) / nullif(max(" + x + ") OVER () - min(" + x +
             ") OVER (), 0)";
    }
    if (p.how == "z_score") {
      return "(" + x + " - avg(" + x + ") OVER ()) / nullif(stddev_pop(" + x + ") OVER (), 0)";
    }
    if (p.how == "change") {
      return "100 * (" + x + " - lag(" + x + ") OVER ()) / nullif(lag(" + x + ") OVER (), 0)";
    }
    if (p.how == "length") return "length(" + quote_identifier(p.columns[0]) + "::VARCHAR)";
    // The number that a text begins with, without separators of thousands.
    if (p.how == "number") {
      return "TRY_CAST(regexp_extract(replace(" + quote_identifier(p.columns[0]) +
             "::VARCHAR, ',', ''), '^[ $]*([-+]?[0-9]+([.][0-9]+)?)', 1) AS DOUBLE)";
    }
    if (p.how == "code" && p.value && p.value->is_string()) {
      const std::string column = quote_identifier(p.columns[0]);
      return "CASE WHEN " + column + " IS NOT NULL THEN CAST(lower(" + column +
             "::VARCHAR) = lower(" + text::quote_literal(p.value->get_string()) +
             ") AS INTEGER) END";
    }
  }
  return fail(ErrorCode::invalid_fields, "A column can not be derived by '" + p.how + "' of " +
                                             std::to_string(columns.size()) + " columns.");
}

// Conditions under which a value is an outlier, with what they are computed from joined as "b".
std::string bounds(const std::string& column, const std::string& how) {
  return how == "quartiles"
             ? "quantile_cont(" + column + ", 0.25) AS low, quantile_cont(" + column +
                   ", 0.75) AS high"
             : "avg(" + column + ") AS middle, stddev_pop(" + column + ") AS deviation";
}
std::string outside(const std::string& column, const std::string& how, double limit) {
  return how == "quartiles" ? "(" + column + " < low - " + number(limit) + " * (high - low) OR " +
                                  column + " > high + " + number(limit) + " * (high - low))"
                            : "abs(" + column + " - middle) > " + number(limit) + " * deviation";
}

Result<std::string> step(const Preparation& p, const std::string& from) {
  if (p.kind == PreparationKind::drop_duplicates) return "SELECT DISTINCT * FROM " + from;
  if (p.columns.empty()) {
    return fail(ErrorCode::invalid_fields, "A preparation of the study names no column.");
  }
  const std::string column = quote_identifier(p.columns[0]);
  switch (p.kind) {
    case PreparationKind::drop_missing:
      return "SELECT * FROM " + from + " WHERE " + column + " IS NOT NULL";
    case PreparationKind::fill_missing:
      return "SELECT * REPLACE (coalesce(" + column + ", " + fill_expression(p, column, from) +
             ") AS " + column + ") FROM " + from;
    case PreparationKind::drop_outliers:
      return "SELECT s.* FROM " + from + " AS s, (SELECT " + bounds(column, p.how) + " FROM " +
             from + ") AS b WHERE " + column + " IS NULL OR NOT " + outside(column, p.how, p.limit);
    default:
      break;
  }
  TRY(const std::string expression, derived(p));
  if (p.columns.size() == 1 && p.name == p.columns[0]) {
    return "SELECT * REPLACE (" + expression + " AS " + column + ") FROM " + from;
  }
  return "SELECT *, " + expression + " AS " + quote_identifier(p.name) + " FROM " + from;
}

struct FigureName {
  const char* column;
  const char* words;
};

FigureName name_of(FigureKind kind) {
  switch (kind) {
    case FigureKind::rows:
      return {"rows", "number of rows"};
    case FigureKind::values:
      return {"values", "number of values"};
    case FigureKind::missing:
      return {"missing", "number of missing values"};
    case FigureKind::missing_share:
      return {"missing_percent", "share of missing values"};
    case FigureKind::distinct:
      return {"distinct", "number of different values"};
    case FigureKind::mean:
      return {"mean", "mean"};
    case FigureKind::median:
      return {"median", "median"};
    case FigureKind::mode:
      return {"mode", "most frequent value"};
    case FigureKind::deviation:
      return {"standard_deviation", "standard deviation"};
    case FigureKind::population_deviation:
      return {"population_standard_deviation", "standard deviation of the population"};
    case FigureKind::variance:
      return {"variance", "variance"};
    case FigureKind::population_variance:
      return {"population_variance", "variance of the population"};
    case FigureKind::minimum:
      return {"minimum", "minimum"};
    case FigureKind::maximum:
      return {"maximum", "maximum"};
    case FigureKind::range:
      return {"range", "range"};
    case FigureKind::sum:
      return {"sum", "sum"};
    case FigureKind::lower_quartile:
      return {"lower_quartile", "lower quartile"};
    case FigureKind::upper_quartile:
      return {"upper_quartile", "upper quartile"};
    case FigureKind::quartile_range:
      return {"interquartile_range", "interquartile range"};
    case FigureKind::percentile:
      return {"percentile", "percentile"};
    case FigureKind::skewness:
      return {"skewness", "skewness"};
    case FigureKind::population_skewness:
      return {"population_skewness", "skewness"};
    case FigureKind::kurtosis:
      return {"kurtosis", "excess kurtosis"};
    case FigureKind::population_kurtosis:
      return {"population_kurtosis", "excess kurtosis"};
    case FigureKind::outliers:
      return {"outliers", "number of outliers"};
    case FigureKind::outlier_values:
      return {"outlier_values", "list of outliers"};
    case FigureKind::correlation:
      return {"correlation", "correlation"};
    case FigureKind::correlation_p_value:
      return {"p_value", "p-value of the correlation"};
    case FigureKind::normality:
      return {"normal", "normal distribution"};
    case FigureKind::normality_p_value:
      return {"p_value", "p-value of the test of normality"};
    case FigureKind::difference:
      return {"significant", "significance of the difference"};
    case FigureKind::difference_p_value:
      return {"p_value", "p-value of the difference"};
    case FigureKind::inside:
      return {"inside", "number of values near the mean"};
    case FigureKind::verdict:
      return {"verdict", "verdict"};
  }
  return {"figure", "figure"};
}

}  // namespace

Result<Frame> Frame::create(const catalog::SemanticModel& model, const Reading& reading) {
  Frame frame;
  Reading rows = reading;
  rows.measures.clear();
  rows.dimensions.clear();
  rows.order.clear();
  rows.limit.reset();
  rows.distinct = false;
  if (rows.columns.empty()) {  // every column: rows are counted or compared as a whole
    for (const auto& table : model.tables) {
      if (table.name != rows.table) continue;
      for (const auto& column : table.columns) {
        rows.columns.push_back({table.name, column.name, std::nullopt});
      }
    }
  }
  TRY(frame.base_, to_sql(model, rows));
  frame.steps_.push_back(frame.base_.text);
  if (reading.study) {
    for (const Preparation& p : reading.study->preparations) {
      TRY(std::string select, step(p, step_name(frame.steps_.size() - 1)));
      frame.steps_.push_back(std::move(select));
    }
  }
  return frame;
}

std::string Frame::query(const std::string& select, std::int64_t after,
                         const std::string& where) const {
  const std::size_t last = after < 0 || after >= static_cast<std::int64_t>(steps_.size())
                               ? steps_.size() - 1
                               : static_cast<std::size_t>(after);
  std::string sql = "WITH ";
  for (std::size_t i = 0; i <= last; ++i) {
    sql += (i > 0 ? ",\n" : "") + step_name(i) + " AS (" + steps_[i] + ")";
  }
  std::string rows = step_name(last);
  if (!where.empty()) {
    sql += ",\n\"rows\" AS (SELECT * FROM " + rows + " WHERE " + where + ")";
    rows = "\"rows\"";
  }
  std::string expressions = select;
  for (std::size_t at = 0; (at = expressions.find("\"frame\"", at)) != std::string::npos;) {
    expressions.replace(at, 7, rows);
    at += rows.size();
  }
  return sql + "\nSELECT " + expressions + "\nFROM " + rows;
}

namespace {

bool of_outliers(const Figure& figure) {
  switch (figure.kind) {
    case FigureKind::mean:
    case FigureKind::median:
    case FigureKind::minimum:
    case FigureKind::maximum:
    case FigureKind::sum:
    case FigureKind::deviation:
      return !figure.how.empty();
    default:
      return false;
  }
}

}  // namespace

std::string figure_sql(const Figure& figure) {
  const std::string x = figure.columns.empty() ? "*" : quote_identifier(figure.columns[0]);
  const auto call = [&](const char* function) { return std::string(function) + "(" + x + ")"; };
  const auto quantile = [&](double share) {
    return "quantile_cont(" + x + ", " + number(share) + ")";
  };
  if (of_outliers(figure)) {
    Figure plain = figure;
    plain.how.clear();
    return "(SELECT " + figure_sql(plain) + " FROM \"frame\", (SELECT " + bounds(x, figure.how) +
           " FROM \"frame\") AS b WHERE " + outside(x, figure.how, figure.limit) + ")";
  }
  switch (figure.kind) {
    case FigureKind::rows:
      return "count(*)";
    case FigureKind::values:
      return call("count");
    case FigureKind::missing:
      return "count(*) - " + call("count");
    case FigureKind::missing_share:
      return "100.0 * (count(*) - " + call("count") + ") / nullif(count(*), 0)";
    case FigureKind::distinct:
      return "count(DISTINCT " + x + ")";
    case FigureKind::mean:
      return call("avg");
    case FigureKind::median:
      return call("median");
    case FigureKind::mode:
      return call("mode");
    case FigureKind::deviation:
      return call("stddev_samp");
    case FigureKind::population_deviation:
      return call("stddev_pop");
    case FigureKind::variance:
      return call("var_samp");
    case FigureKind::population_variance:
      return call("var_pop");
    case FigureKind::minimum:
      return call("min");
    case FigureKind::maximum:
      return call("max");
    case FigureKind::range:
      return call("max") + " - " + call("min");
    case FigureKind::sum:
      return call("sum");
    case FigureKind::lower_quartile:
      return quantile(0.25);
    case FigureKind::upper_quartile:
      return quantile(0.75);
    case FigureKind::quartile_range:
      return quantile(0.75) + " - " + quantile(0.25);
    case FigureKind::percentile:
      return quantile(figure.limit / 100);
    case FigureKind::skewness:
      return call("skewness");
    case FigureKind::kurtosis:
      return call("kurtosis");
    case FigureKind::population_kurtosis:
      return call("kurtosis_pop");
    case FigureKind::outliers:
      return "(SELECT count(*) FROM \"frame\", (SELECT " + bounds(x, figure.how) +
             " FROM \"frame\") AS b WHERE " + outside(x, figure.how, figure.limit) + ")";
    case FigureKind::inside:
      return "(SELECT count(*) FROM \"frame\", (SELECT " + bounds(x, "z_score") +
             " FROM \"frame\") AS b WHERE NOT " + outside(x, "z_score", figure.limit) + ")";
    case FigureKind::outlier_values: {
      const std::string shown = quote_identifier(figure.columns.back());
      return "(SELECT string_agg(" + shown + "::VARCHAR, ', ' ORDER BY " + shown +
             ") FROM (SELECT * FROM \"frame\", (SELECT " + bounds(x, figure.how) +
             " FROM \"frame\") AS b WHERE " + outside(x, figure.how, figure.limit) + " LIMIT 100))";
    }
    case FigureKind::correlation:
      if (figure.how == "spearman" || figure.columns.size() < 2) return {};
      return "corr(" + x + ", " + quote_identifier(figure.columns[1]) + ")";
    default:
      return {};
  }
}

std::string figure_column(const Figure& figure) {
  if (!figure.name.empty()) return figure.name;
  std::string name = name_of(figure.kind).column;
  if (figure.kind == FigureKind::percentile) name += "_" + number(figure.limit);
  if (of_outliers(figure)) name += "_of_outliers";
  for (const auto& column : figure.columns) name += "_" + column;
  return text::snake_case(name, "figure");
}

std::string figure_words(const Figure& figure) {
  std::string words = name_of(figure.kind).words;
  if (figure.kind == FigureKind::percentile) words = number(figure.limit) + "th percentile";
  if (of_outliers(figure)) words += " of the outliers";
  for (std::size_t i = 0; i < figure.columns.size(); ++i) {
    words += (i == 0 ? " of " : " and ") + spaced(figure.columns[i]);
  }
  return words;
}

}  // namespace sextant::ask

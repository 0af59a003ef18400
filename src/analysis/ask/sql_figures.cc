// Figures that are made of others: filtered, computed from operands, seen along a dimension.
#include "analysis/ask/sql_generator.h"
#include "base/json.h"

namespace sextant::ask {

Result<> Generator::require_measure(const Measure& m) {
  if (m.arithmetic != Arithmetic::none) {
    for (const Measure& operand : m.operands) TRY_VOID(require_measure(operand));
    return {};
  }
  if (m.metric.empty()) return require_column(m.table, m.column);
  for (const auto& metric : model_.metrics) {
    if (metric.name != m.metric) continue;
    TRY_VOID(require(metric.table));
    // A metric may use columns of the tables its own rows point to.
    TRY_VOID(require_named(metric.expression));
  }
  return {};
}

namespace {

// Whether an expression is one call, f(…), which can be given a FILTER.
bool is_one_call(std::string_view expression) {
  const std::size_t open = expression.find('(');
  if (open == std::string_view::npos || open == 0) return false;
  int depth = 0;
  char quote = 0;
  for (std::size_t i = open; i < expression.size(); ++i) {
    const char c = expression[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')' && --depth == 0) {
      return i + 1 == expression.size();
    }
  }
  return false;
}

}  // namespace

Result<std::string> Generator::windowed(const Measure& m, const std::string& expression,
                                        SqlColumn& out) const {
  std::string along, within;
  for (std::size_t i = 0; i < reading_.dimensions.size(); ++i) {
    SqlColumn ignored;
    TRY(const std::string one, group(i, ignored));
    if (i == 0) {
      along = one;
    } else {
      within += (within.empty() ? "PARTITION BY " : ", ") + one;
    }
  }
  if (m.window == Window::rank) {
    out.name = "rank";
    out.unit.reset();
    return "rank() OVER (ORDER BY " + expression + " DESC)";
  }
  if (along.empty()) {
    return fail(ErrorCode::invalid_fields, "A running figure needs something it runs along.",
                "Add a month or another group.");
  }
  const std::string over =
      " OVER (" + within + (within.empty() ? "" : " ") + "ORDER BY " + along + ")";
  if (m.window == Window::running_total) {
    out.name = "running_" + out.name;
    return "sum(" + expression + ")" + over;
  }
  const std::string before = "lag(" + expression + ")" + over;
  if (m.window == Window::change) {
    out.name = "change_of_" + out.name;
    return expression + " - " + before;
  }
  out.name = "growth_of_" + out.name;
  out.unit = "%";
  out.semantic_type = catalog::SemanticType::share;
  return "100.0 * (" + expression + " - " + before + ") / nullif(" + before + ", 0)";
}

Result<std::string> Generator::figure(const Measure& m, SqlColumn& out) {
  std::string expression;
  if (m.arithmetic != Arithmetic::none) {
    if (m.operands.size() < 2) {
      return fail(ErrorCode::invalid_fields, "A computed figure needs at least two others.");
    }
    static constexpr const char* kSigns[] = {"", " - ", " / ", " / ", " + ", " * "};
    for (std::size_t i = 0; i < m.operands.size(); ++i) {
      SqlColumn part;
      TRY(std::string one, figure(m.operands[i], part));
      const bool divisor =
          i > 0 && (m.arithmetic == Arithmetic::ratio || m.arithmetic == Arithmetic::percentage);
      if (i > 0) expression += kSigns[static_cast<std::size_t>(m.arithmetic)];
      expression += divisor ? "nullif(" + one + ", 0)" : "(" + one + ")";
    }
    out.measure = true;
    out.name = std::string(json::enum_name(m.arithmetic));
    if (m.arithmetic == Arithmetic::percentage) {
      expression = "100.0 * " + expression;
      out.unit = "%";
      out.semantic_type = catalog::SemanticType::share;
    }
    expression = "(" + expression + ")";
  } else if (groups_in_ == "parts") {
    TRY(expression, figure_of_part(m, out));
  } else {
    TRY(expression, measure(m, out));
    if (!m.filters.empty()) {
      if (!m.metric.empty() && !is_one_call(expression)) {
        return fail(ErrorCode::invalid_fields, "The metric " + m.metric + " can not be filtered.",
                    "Filter the whole question instead.");
      }
      std::string where;
      for (const Filter& f : m.filters) {
        TRY(const std::string one, filter(f));
        where += (where.empty() ? "" : " AND ") + one;
      }
      expression += " FILTER (WHERE " + where + ")";
    }
  }
  if (m.window == Window::none) return expression;
  return windowed(m, expression, out);
}

}  // namespace sextant::ask

#include "analysis/ask/joins.h"
#include "analysis/ask/recogniser.h"

namespace sextant::ask {
namespace {

using tree::child;
using tree::children;
using tree::function;

constexpr std::string_view kAggregates[] = {"count",  "count_star",  "sum",           "avg",
                                            "min",    "max",         "median",        "mean",
                                            "stddev", "stddev_samp", "quantile_cont", "any_value"};

bool is_number(const json::Object& node, double number) {
  const auto value = tree::constant(node);
  return value && value->is_number() && value->to_number<double>() == number;
}

// nullif(x, 0) → x
const json::Object* divisor(const json::Object& node) {
  if (function(node) != "nullif" || children(node) != 2 || !is_number(*child(node, 1), 0)) {
    return nullptr;
  }
  return child(node, 0);
}

// lag(x) OVER (…) → x
const json::Object* before(const json::Object& node) {
  return tree::is(node, "WINDOW_LAG") && children(node) == 1 ? child(node, 0) : nullptr;
}

}  // namespace

bool Recogniser::has_aggregate(const json::Value& node) const {
  if (node.is_array()) {
    for (const auto& item : node.get_array()) {
      if (has_aggregate(item)) return true;
    }
    return false;
  }
  const auto* object = node.if_object();
  if (!object || tree::is(*object, "SUBQUERY")) return false;
  if (tree::text(*object, "class") == "WINDOW") return true;
  if (tree::text(*object, "class") == "FUNCTION") {
    for (const auto name : kAggregates) {
      if (function(*object) == name) return true;
    }
  }
  for (const auto& member : *object) {
    if (has_aggregate(member.value())) return true;
  }
  return false;
}

Result<std::optional<Dimension>> Recogniser::dimension(const json::Object& node) {
  if (has_aggregate(node)) return std::nullopt;
  const auto of = [&](const json::Object* inner, Grain grain) -> Result<std::optional<Dimension>> {
    TRY(const auto ref, column_or_computed(*inner));
    return Dimension{ref.table, ref.column, grain, std::nullopt, false};
  };
  if (tree::text(node, "class") == "COLUMN_REF") {
    const auto found =
        part_groups_.find(std::string(tree::array(node, "column_names")->back().as_string()));
    if (found != part_groups_.end()) return found->second;
    return of(&node, Grain::none);
  }
  const json::Object* call = &node;
  if (tree::is(node, "OPERATOR_CAST")) {
    const auto* type = tree::object(node, "cast_type");
    call = tree::object(node, "child");
    if (!type || !call || tree::text(*type, "id") != "DATE") return of(&node, Grain::none);
  }
  const auto name = function(*call);
  if (name == "date_trunc" && children(*call) == 2) {
    const auto word = tree::constant(*child(*call, 0));
    Grain grain = Grain::none;
    if (!word || !word->is_string()) return of(&node, Grain::none);
    for (const Grain one : {Grain::day, Grain::week, Grain::month, Grain::quarter, Grain::year}) {
      if (word->get_string() == json::enum_name(one)) grain = one;
    }
    // A truncated year is the first day of it, which is another value than the year's number.
    if (grain == Grain::none || grain == Grain::year) return of(&node, Grain::none);
    return of(child(*call, 1), grain);
  }
  if (call != &node || children(node) != 1) return of(&node, Grain::none);
  if (name == "year") return of(child(node, 0), Grain::year);
  if (name == "dayname") return of(child(node, 0), Grain::weekday);
  if (name == "monthname") return of(child(node, 0), Grain::month_name);
  if (name == "hour") return of(child(node, 0), Grain::hour);
  return of(&node, Grain::none);
}

// The table whose rows the joins leave as they are: the last that a join multiplies by.
const catalog::ModelTable* Recogniser::finest() const {
  const auto* finest = model_table(reading_.table);
  for (const Join& join : joins_) {
    const JoinChoice own{join.left, join.right, join.inner};
    const auto path = join_path(model_, join.left.table, join.table, std::span(&own, 1));
    if (path && path->size() == 1 && path->front().multiplies) finest = model_table(join.table);
  }
  return finest;
}

Result<Measure> Recogniser::aggregate(const json::Object& node) {
  const auto name = function(node);
  Measure m;
  if (const auto* where = tree::object(node, "filter")) {
    TRY(m.filters, filters(*where));
  }
  const bool distinct = node.contains("distinct");
  if (name == "count_star") {
    const auto* rows = finest();
    m.aggregate = Aggregate::count;
    m.table = rows ? rows->name : reading_.table;
    return m;
  }
  if (const auto ref = column(node)) {
    return inexpressible(node, ref->column + " is neither grouped by nor summed up.",
                         "Put it into GROUP BY, or into a sum or a count.");
  }
  if (tree::text(node, "class") != "FUNCTION" || children(node) == 0) {
    return inexpressible(node, "This figure has no place in the visual builder.",
                         "Count, sum, average, lowest, highest and median of columns have.");
  }
  TRY(const auto ref, column_or_computed(*child(node, 0)));
  m.table = ref.table;
  m.column = ref.column;
  if (distinct && name != "count") {
    return inexpressible(node, "DISTINCT has its place only in counts.");
  }
  if (name == "count") {
    m.aggregate = distinct ? Aggregate::count_distinct : Aggregate::count;
    const auto* table = model_table(m.table);
    const bool key = table && !table->keys.empty() && table->keys.front() == m.column;
    // Rows that joins repeat are counted by their key.
    if (distinct && key && !joins_.empty()) {
      m.aggregate = Aggregate::count;
      m.column.clear();
    }
    return m;
  }
  static const std::map<std::string_view, Aggregate> kByName{
      {"sum", Aggregate::sum},        {"avg", Aggregate::avg},
      {"mean", Aggregate::avg},       {"min", Aggregate::min},
      {"max", Aggregate::max},        {"median", Aggregate::median},
      {"stddev", Aggregate::stddev},  {"stddev_samp", Aggregate::stddev},
      {"any_value", Aggregate::none}, {"quantile_cont", Aggregate::percentile}};
  const auto known = kByName.find(name);
  if (known == kByName.end()) {
    return inexpressible(
        node, "The function " + std::string(name) + "() has no place in the visual builder.",
        "Count, sum, average, lowest, highest and median of columns have.");
  }
  m.aggregate = known->second;
  if (m.aggregate == Aggregate::percentile) {
    const auto fraction =
        children(node) == 2 ? tree::constant(*child(node, 1)) : std::optional<json::Value>();
    if (!fraction || !fraction->is_number()) return inexpressible(node, "Which percentile?");
    m.fraction = fraction->to_number<double>();
  }
  return m;
}

Result<std::optional<Measure>> Recogniser::metric(const json::Object& node) {
  const json::Value wanted = tree::expression(node);
  for (const auto& metric : model_.metrics) {
    TRY(const auto parsed, tools_.parse("SELECT " + metric.expression));
    const auto& list = parsed.at("node").at("select_list").as_array();
    if (list.size() != 1 || tree::expression(list.front().as_object()) != wanted) continue;
    // The sum of one column is a metric when it is called so, else just that sum.
    const auto alias = tree::text(node, "alias");
    if (!alias.empty() && alias != text::snake_case(metric.name, "metric") && children(node) == 1 &&
        column(*child(node, 0))) {
      continue;
    }
    Measure m;
    m.metric = metric.name;
    m.table = metric.table;
    return m;
  }
  return std::nullopt;
}

Result<std::optional<Measure>> Recogniser::windowed(const json::Object& node) {
  const auto with = [&](const json::Object& inner,
                        Window window) -> Result<std::optional<Measure>> {
    TRY(auto m, figure(inner));
    m.window = window;
    return m;
  };
  if (tree::is(node, "WINDOW_RANK")) {
    const auto* orders = tree::array(node, "orders");
    if (!orders || orders->size() != 1 || node.contains("partitions")) {
      return inexpressible(node, "Ranks have their place over all groups, by one figure.");
    }
    const auto& by = orders->front().as_object();
    if (!tree::is(by, "DESCENDING")) return inexpressible(node, "Ranks count from the highest.");
    return with(by.at("expression").as_object(), Window::rank);
  }
  if (tree::is(node, "WINDOW_AGGREGATE") && function(node) == "sum" && node.contains("orders") &&
      children(node) == 1) {
    return with(*child(node, 0), Window::running_total);
  }
  if (function(node) == "-" && children(node) == 2) {
    const auto* last = before(*child(node, 1));
    if (last && tree::same(*last, *child(node, 0))) return with(*last, Window::change);
  }
  if (function(node) == "/" && children(node) == 2 && function(*child(node, 0)) == "*") {
    const auto& percent = *child(node, 0);
    const auto* base = divisor(*child(node, 1));
    const auto* last = base ? before(*base) : nullptr;
    if (last && children(percent) == 2 && is_number(*child(percent, 0), 100)) {
      const auto& change = *child(percent, 1);
      if (function(change) == "-" && children(change) == 2 &&
          tree::same(*child(change, 0), *last) && tree::same(*child(change, 1), *base)) {
        return with(*last, Window::growth);
      }
    }
  }
  if (tree::text(node, "class") == "WINDOW") {
    return inexpressible(node, "This window has no place in the visual builder.",
                         "Running totals, change, growth and ranks have.");
  }
  return std::nullopt;
}

Result<std::optional<Measure>> Recogniser::arithmetic(const json::Object& node) {
  const auto sign = function(node);
  if (!node.contains("is_operator") || children(node) != 2) return std::nullopt;
  Measure m;
  const auto chain = [&](const json::Object& top, std::string_view op, bool quotient) -> Result<> {
    std::vector<const json::Object*> operands;
    const json::Object* at = &top;
    while (function(*at) == op && at->contains("is_operator") && children(*at) == 2) {
      const auto* right = child(*at, 1);
      if (quotient) right = divisor(*right);
      if (!right) {
        return inexpressible(*at, "A quotient has its place only with nullif(…, 0).",
                             "Write a / nullif(b, 0).");
      }
      operands.insert(operands.begin(), right);
      at = child(*at, 0);
    }
    operands.insert(operands.begin(), at);
    for (const auto* operand : operands) {
      TRY(auto one, figure(*operand));
      m.operands.push_back(std::move(one));
    }
    return {};
  };
  if (sign == "/") {
    // 100.0 * a / b is a percentage: the multiplication stands at the very left.
    const json::Object* left = &node;
    while (function(*left) == "/") left = child(*left, 0);
    if (function(*left) == "*" && children(*left) == 2 && is_number(*child(*left, 0), 100)) {
      m.arithmetic = Arithmetic::percentage;
      json::Object plain = node;
      json::Object* at = &plain;
      while (function(at->at("children").at(0).as_object()) == "/") {
        at = &at->at("children").at(0).as_object();
      }
      json::Value numerator = *child(*left, 1);
      at->at("children").as_array()[0] = std::move(numerator);
      TRY_VOID(chain(plain, "/", true));
      return m;
    }
    m.arithmetic = Arithmetic::ratio;
    TRY_VOID(chain(node, "/", true));
    return m;
  }
  if (sign == "-") {
    m.arithmetic = Arithmetic::difference;
  } else if (sign == "+") {
    m.arithmetic = Arithmetic::sum;
  } else if (sign == "*") {
    m.arithmetic = Arithmetic::product;
  } else {
    return std::nullopt;
  }
  TRY_VOID(chain(node, sign, false));
  return m;
}

// any_value(parts.name), of counts coalesce(any_value(parts.name), 0)
const Measure* Recogniser::part_figure(const json::Object& node) const {
  if (tree::is(node, "OPERATOR_COALESCE") && children(node) == 2)
    return part_figure(*child(node, 0));
  if (function(node) != "any_value" || children(node) != 1) return nullptr;
  const auto* names = tree::array(*child(node, 0), "column_names");
  if (!names || names->empty()) return nullptr;
  const auto found = part_figures_.find(std::string(names->back().as_string()));
  return found == part_figures_.end() ? nullptr : &found->second;
}

Result<Measure> Recogniser::figure(const json::Object& node) {
  if (const auto* known = part_figure(node)) return *known;
  TRY(const auto known, metric(node));
  if (known) return *known;
  TRY(const auto seen, windowed(node));
  if (seen) return *seen;
  TRY(const auto computed, arithmetic(node));
  if (computed) return *computed;
  return aggregate(node);
}

bool Recogniser::is_share(const json::Object& node, const json::Object& figure) const {
  // 100.0 * x / nullif(sum(x) OVER (), 0)
  if (function(node) != "/" || children(node) != 2) return false;
  const auto* percent = child(node, 0);
  const auto* total = divisor(*child(node, 1));
  if (function(*percent) != "*" || children(*percent) != 2 || !total) return false;
  return is_number(*child(*percent, 0), 100) && tree::same(*child(*percent, 1), figure) &&
         tree::is(*total, "WINDOW_AGGREGATE") && function(*total) == "sum" &&
         !total->contains("orders") && !total->contains("partitions") && children(*total) == 1 &&
         tree::same(*child(*total, 0), figure);
}

}  // namespace sextant::ask

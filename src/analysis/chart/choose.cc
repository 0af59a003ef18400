#include "analysis/chart/choose.h"

#include <algorithm>
#include <set>

#include "base/json.h"

namespace sextant::chart {

namespace {

using catalog::ChartSpec;
using catalog::ChartType;
using catalog::SemanticType;

constexpr std::size_t kPieSlices = 8;
constexpr std::size_t kSeries = 12;
constexpr std::size_t kBars = 60;
constexpr std::size_t kLongLabel = 14;  // bytes

bool is_number_type(const std::string& type) {
  return type.find("INT") != std::string::npos || type.starts_with("DECIMAL") || type == "DOUBLE" ||
         type == "FLOAT";
}
bool is_time_type(const std::string& type) {
  return type == "DATE" || type.starts_with("TIMESTAMP");
}

// What a column can be on a chart.
struct Part {
  const ColumnHint* hint = nullptr;
  std::size_t index = 0;
  bool measure = false;
  bool time = false;
  std::size_t distinct = 0;
  bool negative = false;
  bool long_labels = false;
  bool empty = true;
};

Part inspect(const ChartInput& input, std::size_t index) {
  const ColumnHint& hint = input.columns[index];
  Part part{&hint, index};
  const auto semantic = hint.semantic_type;
  const bool number = is_number_type(hint.type);
  const bool label = semantic == SemanticType::identifier || semantic == SemanticType::code ||
                     semantic == SemanticType::year || semantic == SemanticType::month ||
                     semantic == SemanticType::category;
  part.measure = hint.is_measure.value_or(number && !label);
  part.measure = part.measure && number;
  part.time = is_time_type(hint.type) || hint.grain.has_value() || semantic == SemanticType::year ||
              semantic == SemanticType::date || semantic == SemanticType::timestamp;
  if (hint.grain && (*hint.grain == "weekday" || *hint.grain == "month_name")) part.time = false;
  if (part.measure) part.time = false;
  std::set<std::string> seen;
  bool blank = false;
  std::size_t longest = 0;
  for (const auto& row : *input.rows) {
    if (!row.is_array() || row.get_array().size() <= index) continue;
    const auto& cell = row.get_array()[index];
    if (cell.is_null()) {
      blank = true;
      continue;
    }
    part.empty = false;
    if (cell.is_number() && cell.to_number<double>() < 0) part.negative = true;
    std::string text = cell.is_string() ? std::string(cell.get_string()) : json::dump(cell);
    longest = std::max(longest, text.size());
    if (seen.size() <= 1000) seen.insert(std::move(text));
  }
  part.distinct = seen.size() + (blank && !part.empty ? 1 : 0);  // a group without a name is one
  part.long_labels = longest > kLongLabel;
  return part;
}

std::string words(ChartType type) {
  std::string name(json::enum_name(type));
  std::ranges::replace(name, '_', ' ');
  return name;
}

struct Parts {
  std::vector<Part> measures, times, labels;
  std::size_t rows = 0;
};

// Whether the result can be drawn so, and with which columns.
std::optional<catalog::ChartConfiguration> configure(ChartType type, const Parts& parts) {
  catalog::ChartConfiguration c;
  const bool time = !parts.times.empty();
  const Part* x = time ? &parts.times[0] : !parts.labels.empty() ? &parts.labels[0] : nullptr;
  const auto set_x = [&](const Part& part) {
    c.x = part.hint->name;
    if (part.hint->grain) c.x_grain = part.hint->grain;
    c.horizontal = type == ChartType::bar && !part.time && part.long_labels;
  };
  const auto set_y = [&](std::size_t most) {
    for (std::size_t i = 0; i < std::min(most, parts.measures.size()); ++i) {
      c.y.push_back(parts.measures[i].hint->name);
    }
    if (!parts.measures.empty()) c.y_unit = parts.measures[0].hint->unit;
  };
  // A second category beside x.
  const Part* series = time ? (!parts.labels.empty() ? &parts.labels[0] : nullptr)
                            : (parts.labels.size() > 1 ? &parts.labels[1] : nullptr);
  switch (type) {
    case ChartType::table:
      return c;
    case ChartType::metric:
      if (parts.rows != 1 || parts.measures.empty()) return std::nullopt;
      set_y(4);
      return c;
    case ChartType::bar:
      if (!x || parts.measures.empty() || parts.rows < 1) return std::nullopt;
      set_x(*x);
      set_y(3);
      return c;
    case ChartType::line:
      if (!x || parts.measures.empty() || parts.rows < 2) return std::nullopt;
      set_x(*x);
      set_y(4);
      return c;
    case ChartType::pie:
      if (!x || parts.measures.empty() || parts.measures[0].negative || parts.rows < 1) {
        return std::nullopt;
      }
      set_x(*x);
      set_y(1);
      return c;
    case ChartType::scatter:
      if (parts.measures.size() < 2) return std::nullopt;
      c.x = parts.measures[0].hint->name;
      c.y = {parts.measures[1].hint->name};
      c.y_unit = parts.measures[1].hint->unit;
      return c;
    case ChartType::grouped_scatter:
      if (parts.measures.size() < 2 || parts.labels.empty()) return std::nullopt;
      c.x = parts.measures[0].hint->name;
      c.y = {parts.measures[1].hint->name};
      c.series = parts.labels[0].hint->name;
      return c;
    case ChartType::histogram:
      if (parts.measures.empty() || parts.rows < 2 || x) return std::nullopt;
      c.x = parts.measures[0].hint->name;
      c.bins = std::clamp<std::int64_t>(static_cast<std::int64_t>(parts.rows) / 10, 5, 40);
      return c;
    case ChartType::stacked_bar:
    case ChartType::grouped_line:
      if (!x || !series || parts.measures.empty()) return std::nullopt;
      set_x(*x);
      set_y(1);
      c.series = series->hint->name;
      return c;
  }
  return std::nullopt;
}

// What was asked for as a chart has a figure: the last number, though it be a key or a year.
void find_figures(Parts& parts, ChartType asked) {
  const std::size_t figures =
      asked == ChartType::scatter || asked == ChartType::grouped_scatter ? 2 : 1;
  while (parts.measures.size() < figures) {
    const auto is_number = [](const Part& p) { return is_number_type(p.hint->type); };
    std::vector<Part>& from =
        std::ranges::any_of(parts.labels, is_number) || (figures == 1 && parts.times.size() < 2)
            ? parts.labels
            : parts.times;
    const auto number = std::find_if(from.rbegin(), from.rend(), is_number);
    if (number == from.rend() || (figures == 1 && parts.labels.size() + parts.times.size() < 2)) {
      return;
    }
    Part part = *number;
    part.measure = true;
    from.erase(std::next(number).base());
    parts.measures.insert(parts.measures.begin(), part);
  }
}

// A key beside the name of the same thing says nothing on an axis.
void drop_keys(Parts& parts) {
  std::vector<Part> named;
  for (const Part& part : parts.labels) {
    if (part.hint->semantic_type != SemanticType::identifier) named.push_back(part);
  }
  if (!named.empty()) parts.labels = std::move(named);
}

// What else is said of rows that one name tells apart, as the hire date beside each seller, draws
// nothing: the names do.
void drop_particulars(Parts& parts) {
  if (parts.labels.empty() || parts.measures.empty() || parts.rows < 2) return;
  if (parts.labels[0].distinct != parts.rows) return;
  const bool by_time = std::ranges::any_of(
      parts.times, [](const Part& part) { return part.hint->grain.has_value(); });
  if (by_time) return;
  parts.labels.resize(1);
  parts.times.clear();
}

std::pair<ChartType, std::string> best_type(const Parts& parts) {
  if (parts.rows == 0) return {ChartType::table, "table, since there are no rows to draw"};
  if (parts.measures.empty()) return {ChartType::table, "table, since there is no figure to draw"};
  const bool time = !parts.times.empty();
  if (parts.rows == 1 && parts.measures.size() <= 4 && !(time && parts.labels.size() > 1)) {
    return {ChartType::metric, "metric, since the answer is one row of figures"};
  }
  if (time && parts.labels.size() == 1 && parts.labels[0].distinct <= kSeries) {
    return {ChartType::grouped_line, "one line per " + parts.labels[0].hint->name + ", since " +
                                         parts.times[0].hint->name + " is ordered time"};
  }
  if (time && parts.labels.empty()) {
    if (parts.times[0].distinct <= 2) {
      return {ChartType::bar,
              "bar, since there are only " + std::to_string(parts.times[0].distinct) + " periods"};
    }
    return {ChartType::line, "line, since " + parts.times[0].hint->name + " is ordered time"};
  }
  if (!time && parts.labels.size() == 1) {
    const Part& label = parts.labels[0];
    if (parts.measures.size() >= 2 && label.distinct == parts.rows && parts.rows > kBars) {
      return {ChartType::scatter, "scatter, since two figures are compared over many rows"};
    }
    if (label.distinct == parts.rows && parts.rows <= kBars) {
      return {ChartType::bar, "bar, since " + label.hint->name + " is a category"};
    }
  }
  if (!time && parts.labels.size() == 2 && parts.labels[0].distinct <= kBars &&
      parts.labels[1].distinct <= kSeries && parts.labels[0].distinct < parts.rows) {
    return {ChartType::stacked_bar, "stacked bar, since there are two categories"};
  }
  if (parts.labels.empty() && !time && parts.measures.size() >= 2) {
    return {ChartType::scatter, "scatter, since two figures are compared row by row"};
  }
  if (parts.labels.empty() && !time && parts.rows >= 10) {
    return {ChartType::histogram, "histogram, since it is one figure over many rows"};
  }
  return {ChartType::table, "table, since the rows are read one by one"};
}

}  // namespace

ChartSpec choose(const ChartInput& input) {
  Parts parts;
  parts.rows = input.rows->size();
  for (std::size_t i = 0; i < input.columns.size(); ++i) {
    Part part = inspect(input, i);
    if (part.empty && parts.rows > 0) continue;
    if (part.measure) {
      parts.measures.push_back(part);
    } else if (part.time) {
      parts.times.push_back(part);
    } else {
      parts.labels.push_back(part);
    }
  }
  const bool drawn = input.asked && *input.asked != ChartType::table;
  if (drawn) find_figures(parts, *input.asked);
  drop_keys(parts);
  if (!drawn) drop_particulars(parts);
  ChartSpec spec;
  spec.title = input.title;
  auto [type, reason] = best_type(parts);
  if (input.asked) {
    // "a bar chart" of two categories or of time and a category is the one with parts.
    ChartType asked = *input.asked;
    const bool parted =
        (!parts.times.empty() && !parts.labels.empty() && parts.times[0].distinct < parts.rows) ||
        (parts.labels.size() > 1 && parts.labels[0].distinct < parts.rows);
    if (asked == ChartType::grouped_scatter && !configure(asked, parts)) {
      asked = ChartType::scatter;
    }
    if (asked == ChartType::grouped_line && !configure(asked, parts)) asked = ChartType::line;
    if (parted && asked == ChartType::bar && configure(ChartType::stacked_bar, parts)) {
      asked = ChartType::stacked_bar;
    } else if (parted && asked == ChartType::line && configure(ChartType::grouped_line, parts)) {
      asked = ChartType::grouped_line;
    } else if (asked == ChartType::scatter && !parts.labels.empty() &&
               parts.labels[0].distinct <= kSeries && parts.labels[0].distinct < parts.rows &&
               configure(ChartType::grouped_scatter, parts)) {
      asked = ChartType::grouped_scatter;
    }
    // Values by a category, said to be a histogram, are bars.
    if (asked == ChartType::histogram && !configure(asked, parts)) asked = ChartType::bar;
    if (configure(asked, parts)) {
      type = asked;
      reason = words(asked) + ", as asked";
    } else {
      reason += "; a " + words(asked) + " can not show this result";
    }
  }
  auto configuration = configure(type, parts);
  if (!configuration) {
    type = ChartType::table;
    configuration.emplace();
  }
  spec.type = type;
  spec.configuration = std::move(*configuration);
  spec.reason = std::move(reason);
  for (const ChartType other :
       {ChartType::bar, ChartType::line, ChartType::pie, ChartType::stacked_bar,
        ChartType::grouped_line, ChartType::scatter, ChartType::grouped_scatter,
        ChartType::histogram, ChartType::metric, ChartType::table}) {
    if (other == type || !configure(other, parts)) continue;
    if (other == ChartType::pie &&
        (parts.rows > kPieSlices || parts.rows < 2 || !parts.times.empty())) {
      continue;
    }
    if (other == ChartType::line && parts.times.empty()) continue;
    if (other == ChartType::bar && parts.rows > kBars) continue;
    spec.alternatives.push_back(other);
  }
  return spec;
}

ChartSpec choose(const std::vector<catalog::ResultColumn>& columns, const boost::json::array& rows,
                 std::int64_t total_rows) {
  ChartInput input;
  input.rows = &rows;
  input.total_rows = total_rows;
  for (const auto& column : columns) {
    ColumnHint hint{column.name, column.type};
    // Plain SQL says no more than the name: an id or a year is a label although it is a number.
    const auto& name = column.name;
    if (name == "id" || name.ends_with("_id")) hint.semantic_type = SemanticType::identifier;
    if (name == "year" || name.ends_with("_year")) hint.semantic_type = SemanticType::year;
    if (name == "month" && is_number_type(column.type)) hint.semantic_type = SemanticType::month;
    input.columns.push_back(std::move(hint));
  }
  if (columns.size() >= 2) {
    std::string title = columns.back().name;
    title += " by " + columns.front().name;
    std::ranges::replace(title, '_', ' ');
    if (title[0] >= 'a' && title[0] <= 'z') title[0] = static_cast<char>(title[0] - 32);
    input.title = std::move(title);
  } else if (!columns.empty()) {
    input.title = columns[0].name;
  }
  return choose(input);
}

}  // namespace sextant::chart

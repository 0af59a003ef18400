#include "analysis/ask/analytic/chart_request.h"

#include <algorithm>
#include <unordered_map>

namespace sextant::ask {

ChartRequest chart_request(const Links& links) {
  using catalog::ChartType;
  static const std::unordered_map<std::string_view, ChartType> kTypes = {
      {"bar", ChartType::bar},
      {"bars", ChartType::bar},
      {"column", ChartType::bar},
      {"line", ChartType::line},
      {"area", ChartType::line},
      {"pie", ChartType::pie},
      {"donut", ChartType::pie},
      {"scatter", ChartType::scatter},
      {"scatterplot", ChartType::scatter},
      {"histogram", ChartType::histogram},
      {"table", ChartType::table},
      {"stacked", ChartType::stacked_bar},
      {"stack", ChartType::stacked_bar}};
  ChartRequest request;
  const int n = static_cast<int>(links.tokens.size());
  request.tokens.assign(static_cast<std::size_t>(n), false);
  const auto word = [&](int i) -> std::string_view {
    return i >= 0 && i < n ? std::string_view(links.tokens[i].word) : std::string_view();
  };
  const auto is_chart = [](std::string_view w) {
    return w == "chart" || w == "charts" || w == "graph" || w == "graphs" || w == "plot" ||
           w == "plots" || w == "diagram" || w == "visualization";
  };
  const auto parted_bars = [](std::string_view w) {
    return w == "grouped" || w == "stacked" || w == "clustered";
  };
  const auto has_over = [&](int from) {
    for (int i = from; i < std::min(n, from + 6); ++i) {
      if (word(i) == "over") return true;
    }
    return false;
  };
  for (int i = 0; i < n; ++i) {
    if (links.info[i].in_value || request.tokens[i]) continue;
    const auto type = kTypes.find(word(i));
    const bool typed = type != kTypes.end() &&
                       (is_chart(word(i + 1)) || word(i) == "histogram" ||
                        word(i) == "scatterplot" || word(i) == "pie" || word(i) == "scatter" ||
                        ((word(i - 1) == "a" || word(i - 1) == "as") && i + 1 >= n) ||
                        (word(i) == "bars" && i > 0 && i + 1 >= n && parted_bars(word(i - 1))) ||
                        (type->second == ChartType::stacked_bar && word(i + 1) == "bar"));
    if (typed) {
      request.type = type->second;
      if (word(i) == "bars" && i > 0 && parted_bars(word(i - 1))) {  // "as grouped bars"
        request.type = ChartType::stacked_bar;
        request.tokens[i - 1] = true;
        if (word(i - 2) == "as") request.tokens[i - 2] = true;
      }
      request.named = true;
      request.tokens[i] = true;
      if (type->second == ChartType::stacked_bar) request.tokens[i + 1] = true;
      if (word(i - 1) == "a" || word(i - 1) == "as") request.tokens[i - 1] = true;
      if (word(i - 1) == "a" && word(i - 2) == "as") request.tokens[i - 2] = true;
    } else if (is_chart(word(i))) {
      request.any = true;
      request.tokens[i] = true;
      for (int back = i - 1; back >= std::max(0, i - 4); --back) {
        const auto w = word(back);
        // "by asset make in a bar chart": no chart is made there.
        const auto before = word(back - 1);
        if (w == "make" && back > 0 && before != "and" && before != "to" && before != "you" &&
            before != "please" && before != ",") {
          break;
        }
        if (w == "create" || w == "make" || w == "draw" || w == "show" || w == "a" || w == "me" ||
            w == "the" || w == "bar" || w == "line" || w == "stacked" || w == "as" || w == "in" ||
            request.tokens[back]) {
          request.tokens[back] = true;
        } else {
          break;
        }
      }
    }
  }
  request.named = request.named || request.any;
  for (int i = 0; i < n; ++i) {
    const bool letter = word(i) == "x" || word(i) == "y";
    const int next = i + 1 + (word(i + 1) == "-" ? 1 : 0);
    const bool axis = word(next) == "axis" || word(i - 1) == "the" || word(i - 1) == "by";
    request.axes = request.axes || (letter && axis && !links.info[i].in_value);
  }
  for (int i = 0; i < n; ++i) {
    if (word(i) == "visualize" || word(i) == "draw" || word(i) == "plot") request.named = true;
  }
  // "the proportion of …", "the correlation between …" ask for a chart too.
  for (int i = 0; i < n && !request.type; ++i) {
    if (links.info[i].in_value) continue;
    if (word(i) == "proportion" || word(i) == "proportions") {
      request.type = ChartType::pie;
    } else if ((word(i) == "relationship" || word(i) == "correlation") &&
               (word(i + 1) == "between" || word(i + 1) == "of" || word(i + 1) == "about")) {
      request.type = ChartType::scatter;
      if (word(i + 1) == "between") request.tokens[i + 1] = true;
    } else if (word(i) == "comparison" && (word(i + 1) == "about" || word(i + 1) == "of") &&
               has_over(i + 2)) {
      request.type = ChartType::bar;
    } else if ((word(i) == "trend" || word(i) == "trends") &&
               (word(i - 1) == "see" || word(i - 2) == "see" || word(i + 1) == "about" ||
                word(i + 1) == "of") &&
               has_over(i + 1)) {
      request.type = ChartType::line;
    } else {
      continue;
    }
    request.tokens[i] = true;
  }
  // "…? Show the correlation.", "… Give me the trend."
  for (int i = 2; i < n && !request.type; ++i) {
    if (word(i - 1) != "the" || (i + 1 < n && !links.tokens[i + 1].symbol)) continue;
    const bool asks = word(i - 2) == "show" || word(i - 2) == "me" || word(i - 2) == "draw";
    if (asks && word(i) == "correlation") request.type = ChartType::scatter;
    if (asks && word(i) == "trend") request.type = ChartType::line;
    if (request.type) request.tokens[i] = true;
  }
  // "visualize the trend": a line, where there is time in the result.
  for (int i = 0; i < n && request.named && !request.type; ++i) {
    if (word(i) == "trend" || word(i) == "trends") request.type = ChartType::line;
  }
  // Points and lines in groups.
  for (int i = 0; i < n; ++i) {
    const auto w = word(i);
    const bool each = w == "each" || w == "every" || w == "different";
    const bool grouped = links.tokens[i].stem == "group" || w == "colored" || w == "coloured";
    const bool parted =
        each && (word(i - 1) == "for" || word(i - 1) == "by" || word(i - 1) == "in");
    if (request.type == ChartType::scatter && (grouped || parted)) {
      request.type = ChartType::grouped_scatter;
    } else if (request.type == ChartType::line && grouped) {
      request.type = ChartType::grouped_line;
    }
  }
  return request;
}

}  // namespace sextant::ask

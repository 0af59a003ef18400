#include <fmt/format.h>

#include <algorithm>

#include "base/sql_text.h"
#include "base/text.h"
#include "platform/queries/suggestions.h"

namespace sextant::queries {
namespace {

using catalog::Role;

// A dimension with more values than this is no good axis.
constexpr std::int64_t kMostValues = 200;

// The name in a hint such as: Did you mean `customer_id`?
std::optional<std::string> hinted_name(const std::string& hint) {
  const auto begin = hint.find("Did you mean ");
  if (begin == std::string::npos) return std::nullopt;
  std::string name = hint.substr(begin + 13);
  const auto end = name.rfind('?');
  if (end == std::string::npos) return std::nullopt;
  name.resize(end);
  std::erase(name, '`');
  if (name.ends_with("()")) name.resize(name.size() - 2);
  return name.empty() ? std::nullopt : std::optional(name);
}

// The last name of a.b.c at the position, as bytes.
std::optional<std::pair<std::size_t, std::size_t>> last_name_at(const std::string& sql,
                                                                std::size_t position) {
  const auto tokens = sql::tokenize(sql);
  const auto is_name = [](const sql::Token& token) {
    return token.kind == sql::TokenKind::word || token.kind == sql::TokenKind::quoted_name;
  };
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].start != position) continue;
    if (!is_name(tokens[i])) return std::nullopt;
    while (i + 2 < tokens.size() && sql[tokens[i + 1].start] == '.' && is_name(tokens[i + 2])) {
      i += 2;
    }
    return std::pair(tokens[i].start, tokens[i].end);
  }
  return std::nullopt;
}

// Before the HAVING, ORDER, LIMIT … that ends the outermost statement.
std::size_t place_for_group_by(const std::string& sql) {
  int depth = 0;
  std::size_t end = 0;
  for (const auto& token : sql::tokenize(sql)) {
    const char sign = sql[token.start];
    if (token.kind == sql::TokenKind::symbol) {
      if (sign == '(') ++depth;
      if (sign == ')') --depth;
      if (sign == ';' && depth == 0) return end;
    }
    if (depth == 0 && token.kind == sql::TokenKind::word) {
      const std::string word = text::lower_ascii(token.name);
      for (const char* last : {"having", "qualify", "order", "limit", "offset", "window"}) {
        if (word == last) return end;
      }
    }
    end = token.end;
  }
  return end;
}

std::string call_of(catalog::Aggregation aggregation) {
  switch (aggregation) {
    case catalog::Aggregation::avg:
      return "avg";
    case catalog::Aggregation::min:
      return "min";
    case catalog::Aggregation::max:
      return "max";
    default:
      return "sum";
  }
}

std::string in_words(const std::string& call) {
  if (call == "avg") return "average";
  if (call == "min") return "smallest";
  if (call == "max") return "largest";
  return "total";
}

}  // namespace

std::vector<Suggestion> corrections(const std::string& sql, const Problem& problem) {
  std::vector<Suggestion> out;
  const auto add = [&](std::string fixed, std::string reason) {
    out.push_back(
        {"The statement, corrected", std::move(fixed), std::move(reason), SuggestionKind::fix});
  };
  if (problem.saved_query) return out;
  if (const auto name = hinted_name(problem.hint); name && problem.position) {
    if (const auto word = last_name_at(sql, static_cast<std::size_t>(*problem.position))) {
      std::string fixed = sql;
      const std::string old = sql.substr(word->first, word->second - word->first);
      fixed.replace(word->first, word->second - word->first, *name);
      add(std::move(fixed), fmt::format("{} is not there; {} is.", old, *name));
    }
  }
  if (problem.message.find("GROUP BY") != std::string::npos) {
    std::string fixed = sql;
    fixed.insert(place_for_group_by(sql), " GROUP BY ALL");
    add(std::move(fixed), "Columns beside aggregates are grouped by.");
  }
  if (problem.hint.find("without quotes") != std::string::npos && problem.position) {
    const auto begin = static_cast<std::size_t>(*problem.position);
    const auto end = sql.find('\'', begin + 1);
    if (end != std::string::npos) {
      std::string fixed = sql;
      fixed.erase(end, 1);
      fixed.erase(begin, 1);
      add(std::move(fixed), "A parameter stands without quotes.");
    }
  }
  return out;
}

std::vector<Suggestion> queries_over(const catalog::ModelTable& table) {
  std::vector<Suggestion> out;
  const auto add = [&](std::string question, std::string sql, std::string reason) {
    out.push_back({std::move(question), std::move(sql), std::move(reason), SuggestionKind::next});
  };
  const auto name = text::quote_identifier(table.name);
  const auto measure = std::ranges::find(table.columns, Role::measure, &catalog::ModelColumn::role);
  const bool measured = measure != table.columns.end();
  const std::string call = measured ? call_of(measure->default_aggregation) : std::string();
  const std::string value =
      measured ? fmt::format("{}({})", call, text::quote_identifier(measure->name)) : "count(*)";
  const std::string alias = measured ? text::quote_identifier(measure->name) : "number_of_rows";
  const std::string what =
      measured ? fmt::format("{} {}", in_words(call), measure->display_name) : "number of rows";
  if (table.time_column) {
    add(fmt::format("How does the {} of {} develop by month?", what, table.display_name),
        fmt::format("SELECT date_trunc('month', {}) AS month, {} AS {}\nFROM {}\nGROUP BY ALL\n"
                    "ORDER BY month",
                    text::quote_identifier(*table.time_column), value, alias, name),
        fmt::format("{} has a time: {}.", table.display_name, *table.time_column));
  }
  int dimensions = 0;
  for (const auto& column : table.columns) {
    if (column.role != Role::dimension || column.distinct < 2 || column.distinct > kMostValues ||
        ++dimensions > 3) {
      continue;
    }
    const auto by = text::quote_identifier(column.name);
    add(fmt::format("Which {} has the most: {}?", column.display_name, what),
        fmt::format("SELECT {}, {} AS {}\nFROM {}\nGROUP BY ALL\nORDER BY {} DESC\nLIMIT 10", by,
                    value, alias, name, alias),
        fmt::format("{} has {} different values.", column.display_name, column.distinct));
  }
  if (measured) {
    const auto of = text::quote_identifier(measure->name);
    add(fmt::format("How is {} distributed?", measure->display_name),
        fmt::format("SELECT min({0}) AS smallest, quantile_cont({0}, 0.25) AS quarter, median({0}) "
                    "AS half, quantile_cont({0}, 0.75) AS three_quarters, max({0}) AS largest\n"
                    "FROM {1}",
                    of, name),
        "An average hides what is far from it.");
  }
  return out;
}

}  // namespace sextant::queries

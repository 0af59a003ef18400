// What a reported name speaks of: which column, which value of a group.
#include <algorithm>

#include "analysis/ask/stable_sort.h"
#include "analysis/ask/study/statistics_reader.h"

namespace sextant::ask {

namespace {

constexpr std::size_t kMostGroupNames = 40;

std::string ordinal_word(const std::string& value) {
  static const std::pair<const char*, const char*> kOrdinals[] = {
      {"1", "first"}, {"2", "second"}, {"3", "third"}, {"4", "fourth"}, {"5", "fifth"}};
  for (const auto& [number, word] : kOrdinals) {
    if (value == number) return word;
  }
  return {};
}

}  // namespace

// Columns whose name stands in a reported name, the longest first where they overlap.
std::vector<std::string> StatisticsReader::columns_named(const std::string& name) const {
  std::string text = squeeze(name);
  std::vector<std::string> names = spoken_;
  for (const int column : used_) names.push_back(name_of(column));
  std::ranges::sort(names);
  names.erase(std::ranges::unique(names).begin(), names.end());
  stable_sort_by(names, [](const auto& a, const auto& b) { return a.size() > b.size(); });
  std::vector<std::pair<std::size_t, std::string>> found;
  for (const auto& candidate : names) {
    if (study_.group && candidate == *study_.group) continue;
    const std::string own = squeeze(candidate);
    if (own.size() < 2) continue;
    const std::size_t at = text.find(own);
    if (at == std::string::npos) continue;
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(at),
              text.begin() + static_cast<std::ptrdiff_t>(at + own.size()), '#');
    found.emplace_back(at, candidate);
  }
  std::ranges::sort(found);
  std::vector<std::string> columns;
  for (auto& [at, column] : found) columns.push_back(std::move(column));
  if (columns.empty()) columns = columns_told_apart(text, names);
  return columns;
}

// The one whose words that the others have not all stand in the text: "cases_min" of
// "no_of_cases_min" and "no_of_deaths_max".
std::vector<std::string> StatisticsReader::columns_told_apart(
    const std::string& text, const std::vector<std::string>& names) const {
  std::vector<std::vector<Token>> words;
  for (const auto& name : names) words.push_back(name_tokens(name));
  std::vector<std::string> found;
  for (std::size_t i = 0; i < names.size() && names.size() > 1; ++i) {
    int own = 0, said = 0;
    for (const Token& w : words[i]) {
      const bool shared = std::ranges::any_of(words, [&](const auto& other) {
        return &other != &words[i] && std::ranges::find(other, w.word, &Token::word) != other.end();
      });
      if (shared) continue;
      ++own;
      said += text.find(w.word) != std::string::npos;
    }
    if (own > 0 && own == said) found.push_back(names[i]);
  }
  return found.size() == 1 ? found : std::vector<std::string>();
}

std::vector<std::string> StatisticsReader::group_values(const std::string& group) const {
  std::vector<std::string> values;
  for (const ColumnEntry& column : context_.columns()) {
    if (column.model->name != group || !column.sample) continue;
    for (const Cell& cell : *column.sample) {
      std::string value;
      if (const auto* text = std::get_if<std::string>(&cell)) value = *text;
      if (const auto* number = std::get_if<double>(&cell)) value = fmt::format("{:.15g}", *number);
      if (!value.empty() && std::ranges::find(values, value) == values.end()) {
        values.push_back(std::move(value));
      }
      if (values.size() > kMostGroupNames) return {};
    }
    break;
  }
  std::ranges::sort(values);
  return values;
}

// The value of the group that a reported name speaks of.
std::optional<std::string> StatisticsReader::group_named(const std::string& group_column,
                                                         const std::string& name) const {
  const auto values = group_values(group_column);
  const std::string text = squeeze(name);
  std::optional<std::string> best;
  std::size_t longest = 0;
  for (const auto& value : values) {
    const std::string own = squeeze(value);
    const std::string ordinal = ordinal_word(value);
    std::size_t said = 0;
    if (own.size() > 1 && text.find(own) != std::string::npos) said = own.size();
    if (own.size() == 1) {  // a digit that stands alone: "class1_outliers"
      const std::size_t at = text.find(own);
      const auto digit = [&](std::size_t i) {
        return i < text.size() && text[i] >= '0' && text[i] <= '9';
      };
      if (at != std::string::npos && !digit(at + 1) && !(at > 0 && digit(at - 1))) said = 1;
    }
    if (!ordinal.empty() && text.find(ordinal) != std::string::npos) said = ordinal.size();
    if (said > longest) {
      longest = said;
      best = value;
    }
  }
  if (best || values.size() != 2) return best;
  // A column of yes and no: "survived", "did_not_survive".
  const std::string group = squeeze(group_column);
  const std::string stem = group.substr(0, std::max<std::size_t>(4, group.size()) - 2);
  if (values[0] == "0" && values[1] == "1" && text.find(stem) != std::string::npos) {
    return text.find("not") != std::string::npos ? values[0] : values[1];
  }
  return std::nullopt;
}

// The column of texts, two values of which the names tell apart: "mean_male" and "mean_female".
// Empty: none.
std::string StatisticsReader::told_apart_by(const std::vector<std::string>& names) const {
  constexpr std::int64_t kMostValues = 12;
  for (const ColumnEntry& column : context_.columns()) {
    const auto& model = *column.model;
    if (column.kind != Kind::text || model.distinct < 2 || model.distinct > kMostValues ||
        (study_.group && model.name == *study_.group)) {
      continue;
    }
    std::vector<std::string> values;
    for (const auto& name : names) {
      const auto value = group_named(model.name, name);
      if (value && value->size() > 2 && std::ranges::find(values, *value) == values.end()) {
        values.push_back(*value);
      }
    }
    if (values.size() > 1) return model.name;
  }
  return {};
}

}  // namespace sextant::ask

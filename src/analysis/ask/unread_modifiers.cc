#include <algorithm>
#include <set>

#include "analysis/ask/analytic/reader.h"
#include "analysis/ask/unread.h"

namespace sextant::ask {

namespace {

// Whether a figure is the highest or lowest of numbers, and no day or year has a part in it.
bool ranks_numbers_without_time(const Context& context, const Reading& reading) {
  const auto is_time = [&](const std::string& table, const std::string& name) {
    const int c = context.find_column(table, name);
    if (c < 0) return false;
    const ColumnEntry& column = context.columns()[static_cast<std::size_t>(c)];
    return column.kind == Kind::date || column.model->semantic_type == catalog::SemanticType::year;
  };
  const auto timed = [&](const auto& part) { return is_time(part.table, part.column); };
  const bool ranks = std::ranges::any_of(reading.measures, [](const Measure& m) {
    return m.aggregate == Aggregate::max || m.aggregate == Aggregate::min;
  });
  return ranks && std::ranges::none_of(reading.measures, timed) &&
         std::ranges::none_of(reading.dimensions, timed) &&
         std::ranges::none_of(reading.columns, timed) && std::ranges::none_of(reading.order, timed);
}

}  // namespace

std::vector<std::string> unread_modifiers(const Context& context, const Links& links,
                                          const Reading& reading) {
  constexpr float kNamed = 0.75f;
  // After these a word says which rows; after a noun it would be a verb ("who help customers").
  static const std::set<std::string_view> kBefore = {
      "many", "the", "all",  "of",   "each", "every", "any",  "by",  "which", "what",
      "list", "for", "show", "find", "per",  "more",  "with", "and", "no",    "without"};
  static const std::set<std::string_view> kSayLittle = {
      "available",  "existing",  "corresponding", "respective", "registered", "given", "current",
      "possible",   "various",   "certain",       "particular", "individual", "some",  "related",
      "associated", "following", "recorded",      "specific",   "single",     "other", "several",
      "different",  "distinct",  "unique",        "total",      "overall",    "among", "entire",
      "whole",      "our",       "these",         "those",      "number",     "names", "female",
      "male",       "listed",    "ignore",        "exclude"};
  std::vector<std::string> unread;
  // "the most recent balance of each user" is not their highest.
  if (reading.intent == Intent::query && ranks_numbers_without_time(context, reading)) {
    for (const Token& token : links.tokens) {
      if (token.word == "recent" || token.word == "latest" || token.word == "newest")
        unread.push_back(token.word);
    }
  }
  for (auto& word : unread_content(context, links, reading)) {
    for (std::size_t i = 0; i + 1 < links.tokens.size(); ++i) {
      const Token& token = links.tokens[i];
      const auto written = links.question.substr(static_cast<std::size_t>(token.start),
                                                 static_cast<std::size_t>(token.end - token.start));
      if (written != word || kSayLittle.contains(token.word)) continue;
      // "three", "fewest", "median"
      if (number_word(token.word) || token.word.ends_with("est") || aggregate_named(token.word))
        continue;
      if (i > 0 && !kBefore.contains(links.tokens[i - 1].word)) continue;
      const auto said = [&](const std::vector<float>& match) { return match[i] >= kNamed; };
      if (std::ranges::any_of(links.match, said) || std::ranges::any_of(links.table_match, said))
        continue;
      const bool rows = std::ranges::any_of(
          links.table_match, [&](const auto& match) { return match[i + 1] >= kNamed; });
      if (!rows) continue;
      unread.push_back(std::move(word));
      break;
    }
  }
  return unread;
}

}  // namespace sextant::ask

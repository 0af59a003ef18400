#include "analysis/semantic/columns.h"

#include <algorithm>
#include <array>

#include "base/names.h"
#include "base/text.h"

namespace sextant::semantic {

namespace {

using catalog::SemanticType;

bool is_number(const std::string& type) {
  return type.find("INT") != std::string::npos || type.starts_with("DECIMAL") || type == "DOUBLE" ||
         type == "FLOAT";
}

struct NameRule {
  std::string_view word;
  SemanticType type;
};
// The first word of a name (from its end) that is here decides, for numbers.
constexpr std::array<NameRule, 38> kNumberRules = {{
    {"price", SemanticType::price},         {"cost", SemanticType::price},
    {"rate", SemanticType::share},          {"ratio", SemanticType::share},
    {"share", SemanticType::share},         {"percent", SemanticType::share},
    {"percentage", SemanticType::share},    {"pct", SemanticType::share},
    {"discount", SemanticType::share},      {"margin", SemanticType::amount},
    {"amount", SemanticType::amount},       {"revenue", SemanticType::amount},
    {"sales", SemanticType::amount},        {"turnover", SemanticType::amount},
    {"profit", SemanticType::amount},       {"budget", SemanticType::amount},
    {"salary", SemanticType::measure},      {"income", SemanticType::amount},
    {"earnings", SemanticType::amount},     {"fee", SemanticType::amount},
    {"quantity", SemanticType::quantity},   {"qty", SemanticType::quantity},
    {"count", SemanticType::quantity},      {"units", SemanticType::quantity},
    {"population", SemanticType::quantity}, {"stock", SemanticType::quantity},
    {"year", SemanticType::year},           {"month", SemanticType::month},
    {"latitude", SemanticType::latitude},   {"longitude", SemanticType::longitude},
    {"lat", SemanticType::latitude},        {"lng", SemanticType::longitude},
    {"age", SemanticType::measure},         {"score", SemanticType::measure},
    {"rating", SemanticType::measure},      {"temperature", SemanticType::measure},
    {"weight", SemanticType::measure},      {"height", SemanticType::measure},
}};

}  // namespace

std::vector<std::string> name_words(const std::string& name) {
  return text::split(text::snake_case(name, "column"), '_');
}

std::string display_name(const std::string& name) {
  std::string out;
  for (std::string word : name_words(name)) {
    if (word.empty()) continue;
    if (word == "id" || word == "sku" || word == "url" || word == "vat" || word == "ip") {
      for (char& c : word) c = static_cast<char>(c - 32);
    } else if (out.empty() && word[0] >= 'a' && word[0] <= 'z') {
      word[0] = static_cast<char>(word[0] - 32);
    }
    out += (out.empty() ? "" : " ") + word;
  }
  return out;
}

SemanticType guess_type(const catalog::Column& column, const ColumnFacts& facts) {
  if (column.type == "BOOLEAN") return SemanticType::boolean;
  if (column.type == "DATE") return SemanticType::date;
  if (column.type.starts_with("TIMESTAMP")) return SemanticType::timestamp;
  const auto words = name_words(column.name);
  const std::string& last = words.back();
  const bool unique = facts.rows > 1 && facts.distinct == facts.rows;
  const auto has = [&words](std::string_view word) {
    return std::ranges::find(words, word) != words.end();
  };
  if (last == "id" || last == "key" || last == "uuid" || (last == "no" && unique) ||
      (last == "code" && unique)) {
    return SemanticType::identifier;
  }
  if (last == "code" || last == "zip" || last == "postcode") return SemanticType::code;
  const bool whole_number = column.type.find("INT") != std::string::npos;
  if (whole_number && words.size() == 1 && ends_in_id(last)) return SemanticType::identifier;
  // "room_number" tells one room from another; "number_of_rooms" counts them.
  if (last == "number" && words.size() > 1 && whole_number) return SemanticType::code;
  if (is_number(column.type)) {
    for (auto word = words.rbegin(); word != words.rend(); ++word) {
      for (const NameRule& rule : kNumberRules) {
        if (rule.word == *word) return rule.type;
      }
    }
    if (has("total") && words.size() == 1) return SemanticType::amount;
    return SemanticType::unknown;
  }
  if (column.type != "VARCHAR") return SemanticType::unknown;
  if (has("country")) return SemanticType::country;
  if (has("city") || has("town")) return SemanticType::city;
  if (has("region") || has("state") || has("province")) return SemanticType::region;
  if (has("email")) return SemanticType::email;
  if (has("phone")) return SemanticType::phone;
  if (has("url") || has("website")) return SemanticType::url;
  if (last == "name" || last == "title") return SemanticType::name;
  if (facts.rows > 0 && facts.distinct <= std::max<std::int64_t>(12, facts.rows / 20) &&
      facts.distinct < facts.rows) {
    return SemanticType::category;
  }
  return SemanticType::unknown;
}

catalog::ModelColumn describe_column(const catalog::Column& column,
                                     const catalog::ColumnProfile* profile,
                                     const ColumnFacts& facts) {
  using catalog::Aggregation;
  using catalog::Role;
  catalog::ModelColumn m;
  m.name = column.name;
  m.original_name = column.original_name;
  m.display_name = display_name(column.name);
  m.type = column.type;
  m.semantic_type = profile ? profile->semantic_type : SemanticType::unknown;
  if (m.semantic_type == SemanticType::unknown) m.semantic_type = guess_type(column, facts);
  if (profile) m.unit = profile->unit;
  m.distinct = facts.distinct;
  m.examples = facts.examples;
  switch (m.semantic_type) {
    case SemanticType::amount:
    case SemanticType::quantity:
      m.role = Role::measure;
      m.default_aggregation = Aggregation::sum;
      break;
    case SemanticType::price:
    case SemanticType::share:
    case SemanticType::measure:
      m.role = Role::measure;
      m.default_aggregation = Aggregation::avg;
      break;
    case SemanticType::identifier:
      m.role = Role::identifier;
      m.default_aggregation = Aggregation::count_distinct;
      break;
    case SemanticType::date:
    case SemanticType::timestamp:
      m.role = Role::time;
      break;
    case SemanticType::text:
    case SemanticType::json:
    case SemanticType::url:
      m.role = Role::text;
      break;
    case SemanticType::unknown:
      if (is_number(column.type)) {
        m.role = Role::measure;
        m.default_aggregation = Aggregation::sum;
      } else {
        m.role = facts.distinct * 2 > facts.rows && facts.rows > 50 ? Role::text : Role::dimension;
      }
      break;
    default:
      m.role = Role::dimension;
      break;
  }
  return m;
}

}  // namespace sextant::semantic

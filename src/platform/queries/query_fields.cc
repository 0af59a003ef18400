#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "platform/queries/saved_queries.h"

namespace sextant::queries {
namespace {

constexpr std::size_t kMaxName = 200, kMaxDescription = 10'000, kMaxSql = 64 << 10, kMaxTag = 50,
                      kMaxTags = 30, kMaxFolder = 300, kMaxParameters = 50,
                      kMaxDocument = 256 << 10;

class Check {
 public:
  std::vector<json::FieldError> take() { return std::move(errors_); }

  void text(const char* path, std::optional<std::string>& field, std::size_t max, bool required) {
    if (!field) return;
    *field = std::string(text::trim(*field));
    if (required && field->empty()) errors_.push_back({path, "must not be empty"});
    length(path, *field, max);
  }

  void length(std::string path, const std::string& value, std::size_t max) {
    if (value.size() > max) {
      errors_.push_back(
          {path, fmt::format("has {} bytes; at most {} are kept", value.size(), max)});
    }
    if (value.find('\0') != std::string::npos) {
      errors_.push_back({std::move(path), "must not hold the character NUL"});
    }
  }

  void document(const char* path, const std::optional<json::Value>& field) {
    if (field) length(path, json::dump(*field), kMaxDocument);
  }

  void add(std::string path, std::string message) {
    errors_.push_back({std::move(path), std::move(message)});
  }

 private:
  std::vector<json::FieldError> errors_;
};

void check_tags(std::vector<std::string>& tags, Check& check) {
  std::set<std::string> seen;
  std::vector<std::string> kept;
  for (std::size_t i = 0; i < tags.size(); ++i) {
    std::string tag(text::trim(tags[i]));
    check.length(fmt::format("tags[{}]", i), tag, kMaxTag);
    if (tag.empty()) check.add(fmt::format("tags[{}]", i), "must not be empty");
    if (seen.insert(tag).second) kept.push_back(std::move(tag));
  }
  if (kept.size() > kMaxTags) check.add("tags", fmt::format("has more than {} tags", kMaxTags));
  tags = std::move(kept);
}

// "a / b//" is a/b.
std::string clean_folder(const std::string& folder) {
  std::vector<std::string> parts;
  for (const auto& part : text::split(folder, '/')) {
    if (const auto trimmed = text::trim(part); !trimmed.empty()) parts.emplace_back(trimmed);
  }
  return text::join(parts, "/");
}

void check_parameters(const std::vector<ParameterDefinition>& parameters, Check& check) {
  if (parameters.size() > kMaxParameters) {
    check.add("parameter_definitions", fmt::format("has more than {}", kMaxParameters));
  }
  std::set<std::string> names;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const std::string path = fmt::format("parameter_definitions[{}].name", i);
    const auto& name = parameters[i].name;
    const bool word = !name.empty() && std::ranges::all_of(name, [](unsigned char c) {
      return std::isalnum(c) || c == '_' || c >= 0x80;
    });
    if (!word) check.add(path, "must be one word of letters, digits and _");
    if (!names.insert(text::lower_ascii(name)).second) check.add(path, "is there twice");
  }
  check.document("parameter_definitions", json::to_value(parameters));
}

}  // namespace

std::vector<json::FieldError> normalise_fields(QueryFields& fields) {
  Check check;
  check.text("name", fields.name, kMaxName, true);
  check.text("description", fields.description, kMaxDescription, false);
  if (fields.sql_query) {
    if (text::trim(*fields.sql_query).empty()) check.add("sql_query", "must not be empty");
    check.length("sql_query", *fields.sql_query, kMaxSql);
  }
  if (fields.tags) check_tags(*fields.tags, check);
  if (fields.folder) {
    *fields.folder = clean_folder(*fields.folder);
    check.length("folder", *fields.folder, kMaxFolder);
  }
  if (fields.reference && (fields.reference->size() > kMaxName ||
                           *fields.reference != text::snake_case(*fields.reference, ""))) {
    check.add("reference", "must be lower snake_case, for example monthly_revenue");
  }
  if (fields.parameter_definitions) check_parameters(*fields.parameter_definitions, check);
  check.document("reading", fields.reading);
  check.document("chart", fields.chart);
  return check.take();
}

}  // namespace sextant::queries

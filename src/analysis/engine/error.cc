#include "analysis/engine/error.h"

#include <fmt/format.h>

#include <charconv>

#include "base/json.h"
#include "base/text.h"

namespace sextant::engine {
namespace {

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

struct Parts {
  std::string type;  // DuckDB's exception type in lower case: "parser", "out of memory", …
  std::string message;
  json::Object fields;
};

Parts take_apart(std::string_view raw) {
  Parts parts;
  const auto brace = raw.find('{');
  if (brace != std::string_view::npos && contains(raw, "\"exception_type\"")) {
    if (auto parsed = json::parse(raw.substr(brace)); parsed && parsed->is_object()) {
      parts.fields = parsed->get_object();
      const auto text_of = [&](const char* key) {
        const auto* v = parts.fields.if_contains(key);
        return v && v->is_string() ? std::string(v->get_string()) : std::string();
      };
      parts.type = text::lower_ascii(text_of("exception_type"));
      parts.message = text_of("exception_message");
      return parts;
    }
  }
  // "Binder Error: …" before the setting is on.
  if (const auto at = raw.find(" Error: "); at != std::string_view::npos && at < 40) {
    parts.type = text::lower_ascii(raw.substr(0, at));
    parts.message = raw.substr(at + 8);
  } else {
    parts.message = raw;
  }
  return parts;
}

json::Object detail_of(const json::Object& fields) {
  json::Object detail;
  if (const auto* v = fields.if_contains("position"); v && v->is_string()) {
    const std::string_view digits = v->get_string();
    std::int64_t position = 0;
    const auto [end, ec] = std::from_chars(digits.data(), digits.data() + digits.size(), position);
    if (ec == std::errc()) detail["position"] = position;
  }
  if (const auto* v = fields.if_contains("name")) detail["name"] = *v;
  if (const auto* v = fields.if_contains("error_subtype")) detail["kind"] = *v;
  if (const auto* v = fields.if_contains("candidates"); v && v->is_string()) {
    json::Array names;
    for (const auto& name : text::split(std::string_view(v->get_string()), ',')) {
      const auto trimmed = text::trim(name);
      if (!trimmed.empty()) names.emplace_back(std::string(trimmed));
    }
    detail["candidates"] = std::move(names);
  }
  return detail;
}

// DuckDB adds advice and caret drawings after an empty line; the sentence before it is enough.
std::string first_part(const std::string& message) {
  std::string out = message.substr(0, message.find("\n\n"));
  for (const char* rest : {"\nLINE ", " Use \"SET "}) {
    if (const auto at = out.find(rest); at != std::string::npos) out.resize(at);
  }
  // Parser errors quote what follows, which may be the whole statement.
  constexpr std::size_t kLongest = 500;
  if (out.size() > kLongest) out = std::string(text::truncate_utf8(out, kLongest)) + " …";
  return std::string(text::trim(out));
}

}  // namespace

std::string bytes_in_words(std::int64_t bytes) {
  if (bytes >= 1 << 30) return fmt::format("{:.3g} GiB", static_cast<double>(bytes) / (1 << 30));
  if (bytes >= 1 << 20) return fmt::format("{:.4g} MiB", static_cast<double>(bytes) / (1 << 20));
  return fmt::format("{} bytes", bytes);
}

Error convert_error(std::string_view raw) {
  Parts parts = take_apart(raw);
  json::Object detail = detail_of(parts.fields);
  std::string message = first_part(parts.message);
  if (parts.type == "interrupt" || contains(message, "INTERRUPT")) {
    return Error(ErrorCode::cancelled, "The query was stopped before it had finished.");
  }
  if (contains(message, "max_temp_directory_size") || contains(message, "No space left")) {
    return Error(ErrorCode::storage_full,
                 "The query ran out of disk space for intermediate results.",
                 "Filter earlier, or read fewer rows.");
  }
  if (parts.type == "out of memory" || parts.type == "object size" || contains(raw, "bad_alloc") ||
      contains(raw, "failed to allocate") || contains(raw, "ailed to allocate")) {
    return Error(ErrorCode::resource_exhausted, "The query needs more memory than it may use.",
                 "Filter earlier, aggregate, or read fewer rows or shorter values at a time.");
  }
  if (parts.type == "io") {
    return Error(ErrorCode::unavailable, std::move(message), "", std::move(detail));
  }
  if (parts.type == "internal" || parts.type == "fatal") {
    return Error(ErrorCode::internal, "The engine failed on this statement: " + message,
                 "Write it another way; this is a fault of the engine.");
  }
  if (message.empty()) message = "The engine refused this statement without saying why.";
  std::string hint;
  if (const auto* names = detail.if_contains("candidates");
      names && names->is_array() && !names->get_array().empty()) {
    hint = fmt::format("Did you mean `{}`?",
                       std::string_view(names->get_array().front().get_string()));
  }
  return Error(ErrorCode::invalid_sql, std::move(message), std::move(hint), std::move(detail));
}

}  // namespace sextant::engine

#include "platform/store/value.h"

#include <fmt/format.h>

#include <stdexcept>

namespace sextant::store {

const Value& Row::value(std::string_view column) const {
  for (std::size_t i = 0; i < names_->size(); ++i) {
    if ((*names_)[i] == column) return values_[i];
  }
  throw std::logic_error(fmt::format("the query has no column '{}'", column));
}

std::string Row::text(std::string_view column) const {
  const Value& v = value(column);
  if (const auto* s = v.if_text()) return *s;
  if (const auto* n = v.if_integer()) return fmt::format("{}", *n);
  if (const auto* d = v.if_real()) return fmt::format("{}", *d);
  if (const auto* b = v.if_boolean()) return *b ? "true" : "false";
  return {};
}

std::int64_t Row::integer(std::string_view column) const {
  const Value& v = value(column);
  if (const auto* n = v.if_integer()) return *n;
  if (const auto* b = v.if_boolean()) return *b ? 1 : 0;
  if (const auto* d = v.if_real()) return static_cast<std::int64_t>(*d);
  if (v.is_null()) return 0;
  throw std::logic_error(fmt::format("the column '{}' holds text, not a number", column));
}

double Row::real(std::string_view column) const {
  const Value& v = value(column);
  if (const auto* d = v.if_real()) return *d;
  return static_cast<double>(integer(column));
}

bool Row::boolean(std::string_view column) const { return integer(column) != 0; }

std::optional<std::string> Row::maybe_text(std::string_view column) const {
  if (is_null(column)) return std::nullopt;
  return text(column);
}

std::optional<std::int64_t> Row::maybe_integer(std::string_view column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

std::optional<double> Row::maybe_real(std::string_view column) const {
  if (is_null(column)) return std::nullopt;
  return real(column);
}

std::optional<Timestamp> Row::time(std::string_view column) const {
  if (is_null(column)) return std::nullopt;
  return parse_time(text(column));
}

Result<json::Value> Row::json(std::string_view column) const {
  if (is_null(column)) return json::Value(nullptr);
  return json::parse(text(column));
}

}  // namespace sextant::store

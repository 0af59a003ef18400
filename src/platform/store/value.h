#pragma once
// Values, rows and parameters of the metadata store. Plain values, no connection behind them.

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "base/time.h"

namespace sextant::store {

// One value on its way in or out. Times are RFC 3339 UTC text with milliseconds, JSON is text, on
// both dialects. A text may hold any UTF-8 except the NUL character, which no dialect stores.
class Value {
 public:
  Value() = default;  // NULL
  Value(std::nullptr_t) {}
  Value(bool b) : data_(b) {}
  template <std::integral T>
    requires(!std::same_as<T, bool> && !std::same_as<T, char>)
  Value(T n) : data_(static_cast<std::int64_t>(n)) {}
  Value(double d) : data_(d) {}
  Value(const char* s) : data_(std::string(s)) {}
  Value(std::string_view s) : data_(std::string(s)) {}
  Value(std::string s) : data_(std::move(s)) {}
  Value(Timestamp t) : data_(format_time(t)) {}
  template <class T>
  Value(const std::optional<T>& maybe) {
    if (maybe) *this = Value(*maybe);
  }
  // Bound as its text; said explicitly, so that a struct never turns into a value by accident.
  template <class T>
  static Value json(const T& document) {
    return Value(json::dump(document));
  }

  bool is_null() const { return std::holds_alternative<std::monostate>(data_); }
  const std::int64_t* if_integer() const { return std::get_if<std::int64_t>(&data_); }
  const double* if_real() const { return std::get_if<double>(&data_); }
  const bool* if_boolean() const { return std::get_if<bool>(&data_); }
  const std::string* if_text() const { return std::get_if<std::string>(&data_); }

 private:
  std::variant<std::monostate, std::int64_t, double, bool, std::string> data_;
};

using Params = std::vector<Value>;

// One row, read by column name. NULL reads as "" / 0 / false through the plain readers; use maybe_…
// where the difference matters. A column that the query does not have is a mistake in the program
// and throws std::logic_error.
class Row {
 public:
  Row(std::shared_ptr<const std::vector<std::string>> names, std::vector<Value> values)
      : names_(std::move(names)), values_(std::move(values)) {}

  const Value& value(std::string_view column) const;
  bool is_null(std::string_view column) const { return value(column).is_null(); }

  std::string text(std::string_view column) const;  // numbers as their shortest text
  std::int64_t integer(std::string_view column) const;
  double real(std::string_view column) const;
  bool boolean(std::string_view column) const;

  std::optional<std::string> maybe_text(std::string_view column) const;
  std::optional<std::int64_t> maybe_integer(std::string_view column) const;
  std::optional<double> maybe_real(std::string_view column) const;

  // The moment in a time column; none for NULL.
  std::optional<Timestamp> time(std::string_view column) const;

  // A JSON column: as a value (NULL gives null), or as a described type, where members that an
  // older version did not write take their defaults (NULL gives T{}).
  Result<json::Value> json(std::string_view column) const;
  template <class T>
  Result<T> document(std::string_view column) const {
    if (is_null(column)) return T{};
    TRY(json::Value parsed, json(column));
    return json::from_value<T>(parsed, json::Missing::use_default);
  }

 private:
  std::shared_ptr<const std::vector<std::string>> names_;
  std::vector<Value> values_;
};

using Rows = std::vector<Row>;

}  // namespace sextant::store

#include "analysis/engine/cell.h"

#include <duckdb.h>
#include <fmt/format.h>

#include <cmath>
#include <cstring>
#include <limits>

#include "analysis/engine/temporal.h"
#include "base/json_text.h"

namespace sextant::engine {
namespace {

using Int128 = __int128;
using UInt128 = unsigned __int128;

constexpr std::int64_t kExactInDouble = 1ll << 53;

void append(std::string& out, std::int64_t v) {
  const fmt::format_int text(v);
  out.append(text.data(), text.size());
}
void append(std::string& out, std::uint64_t v) {
  const fmt::format_int text(v);
  out.append(text.data(), text.size());
}

std::string digits_of(UInt128 v) {
  char buffer[40];
  char* at = buffer + sizeof buffer;
  do {
    *--at = static_cast<char>('0' + static_cast<int>(v % 10));
    v /= 10;
  } while (v != 0);
  return std::string(at, buffer + sizeof buffer);
}

UInt128 magnitude(Int128 v) { return v < 0 ? -static_cast<UInt128>(v) : static_cast<UInt128>(v); }

// Integers that a double can not hold exactly are quoted in JSON.
void write_wide(std::string& out, bool negative, UInt128 size, bool json) {
  const bool quoted = json && size > static_cast<UInt128>(kExactInDouble);
  if (quoted) out.push_back('"');
  if (negative) out.push_back('-');
  out += digits_of(size);
  if (quoted) out.push_back('"');
}

void write_decimal(std::string& out, Int128 value, std::uint8_t scale, bool json) {
  std::string digits = digits_of(magnitude(value));
  const bool quoted = json && digits.size() > 15;
  if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
  if (quoted) out.push_back('"');
  if (value < 0) out.push_back('-');
  out.append(digits, 0, digits.size() - scale);
  if (scale > 0) {
    out.push_back('.');
    out.append(digits, digits.size() - scale);
  }
  if (quoted) out.push_back('"');
}

template <class T>
void write_floating(std::string& out, T v, bool json) {
  if (std::isfinite(v)) {
    fmt::format_to(std::back_inserter(out), "{}", v);
  } else if (json) {
    out += "null";
  } else {
    out += std::isnan(v) ? "nan" : v > 0 ? "inf" : "-inf";
  }
}

std::string_view string_at(const void* data, std::int64_t row) {
  const auto* s = static_cast<const duckdb_string_t*>(data) + row;
  const std::uint32_t length = s->value.inlined.length;
  return {length <= 12 ? s->value.inlined.inlined : s->value.pointer.ptr, length};
}

void write_blob(std::string& out, std::string_view bytes) {
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 32 && byte < 127 && c != '\\' && c != '"' && c != '\'') {
      out.push_back(c);
    } else {
      fmt::format_to(std::back_inserter(out), "\\x{:02X}", byte);
    }
  }
}

void write_bits(std::string& out, std::string_view bytes) {
  if (bytes.empty()) return;
  const std::size_t padding = static_cast<unsigned char>(bytes[0]);
  for (std::size_t i = 8 + padding; i < bytes.size() * 8; ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i / 8]);
    out.push_back(byte >> (7 - i % 8) & 1 ? '1' : '0');
  }
}

void write_uuid(std::string& out, duckdb_hugeint v) {
  // The top bit is stored flipped so that values sort.
  const auto upper = static_cast<std::uint64_t>(v.upper) ^ (1ull << 63);
  fmt::format_to(std::back_inserter(out), "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", upper >> 32,
                 upper >> 16 & 0xffff, upper & 0xffff, v.lower >> 48,
                 v.lower & 0xffff'ffff'ffffull);
}

Int128 hugeint_at(const void* data, std::int64_t row) {
  const auto v = static_cast<const duckdb_hugeint*>(data)[row];
  return static_cast<Int128>(static_cast<UInt128>(v.upper) << 64 | v.lower);
}
UInt128 uhugeint_at(const void* data, std::int64_t row) {
  const auto v = static_cast<const duckdb_uhugeint*>(data)[row];
  return static_cast<UInt128>(v.upper) << 64 | v.lower;
}

template <class T>
T at(const void* data, std::int64_t row) {
  return static_cast<const T*>(data)[row];
}

Int128 decimal_at(const ColumnType& type, const void* data, std::int64_t row) {
  switch (type.storage) {
    case DUCKDB_TYPE_SMALLINT:
      return at<std::int16_t>(data, row);
    case DUCKDB_TYPE_INTEGER:
      return at<std::int32_t>(data, row);
    case DUCKDB_TYPE_BIGINT:
      return at<std::int64_t>(data, row);
    default:
      return hugeint_at(data, row);
  }
}

std::string_view label_at(const ColumnType& type, const void* data, std::int64_t row) {
  std::size_t index = 0;
  switch (type.storage) {
    case DUCKDB_TYPE_UTINYINT:
      index = at<std::uint8_t>(data, row);
      break;
    case DUCKDB_TYPE_USMALLINT:
      index = at<std::uint16_t>(data, row);
      break;
    default:
      index = at<std::uint32_t>(data, row);
      break;
  }
  return index < type.labels.size() ? std::string_view(type.labels[index]) : std::string_view();
}

}  // namespace

ColumnView::ColumnView(const ColumnType& type, duckdb_vector vector)
    : type_(&type),
      data_(duckdb_vector_get_data(vector)),
      validity_(duckdb_vector_get_validity(vector)) {
  switch (type.id) {
    case DUCKDB_TYPE_LIST:
      children_.emplace_back(type.children[0], duckdb_list_vector_get_child(vector));
      break;
    case DUCKDB_TYPE_ARRAY:
      children_.emplace_back(type.children[0], duckdb_array_vector_get_child(vector));
      break;
    case DUCKDB_TYPE_MAP: {
      duckdb_vector entries = duckdb_list_vector_get_child(vector);
      children_.emplace_back(type.children[0], duckdb_struct_vector_get_child(entries, 0));
      children_.emplace_back(type.children[1], duckdb_struct_vector_get_child(entries, 1));
      break;
    }
    case DUCKDB_TYPE_UNION: {
      static const ColumnType tag{.id = DUCKDB_TYPE_UTINYINT};
      children_.emplace_back(tag, duckdb_struct_vector_get_child(vector, 0));
      for (std::size_t i = 0; i < type.children.size(); ++i) {
        children_.emplace_back(type.children[i], duckdb_struct_vector_get_child(vector, i + 1));
      }
      break;
    }
    case DUCKDB_TYPE_STRUCT:
      for (std::size_t i = 0; i < type.children.size(); ++i) {
        children_.emplace_back(type.children[i], duckdb_struct_vector_get_child(vector, i));
      }
      break;
    default:
      break;
  }
}

void ColumnView::write_json(std::string& out, std::int64_t row) const {
  if (is_null(row) || type_->id == DUCKDB_TYPE_SQLNULL) {
    out += "null";
  } else {
    write_value(out, row, true);
  }
}

void ColumnView::write_text(std::string& out, std::int64_t row) const {
  if (!is_null(row) && type_->id != DUCKDB_TYPE_SQLNULL) write_value(out, row, false);
}

void ColumnView::write_nested(std::string& out, std::int64_t row) const {
  switch (type_->id) {
    case DUCKDB_TYPE_LIST: {
      const auto entry = at<duckdb_list_entry>(data_, row);
      out.push_back('[');
      for (std::uint64_t i = 0; i < entry.length; ++i) {
        if (i > 0) out.push_back(',');
        children_[0].write_json(out, static_cast<std::int64_t>(entry.offset + i));
      }
      out.push_back(']');
      break;
    }
    case DUCKDB_TYPE_ARRAY:
      out.push_back('[');
      for (std::int64_t i = 0; i < type_->array_size; ++i) {
        if (i > 0) out.push_back(',');
        children_[0].write_json(out, row * type_->array_size + i);
      }
      out.push_back(']');
      break;
    case DUCKDB_TYPE_STRUCT:
      out.push_back('{');
      for (std::size_t i = 0; i < children_.size(); ++i) {
        if (i > 0) out.push_back(',');
        json::write_string(out,
                           type_->fields[i].empty() ? std::to_string(i + 1) : type_->fields[i]);
        out.push_back(':');
        children_[i].write_json(out, row);
      }
      out.push_back('}');
      break;
    case DUCKDB_TYPE_MAP: {
      const auto entry = at<duckdb_list_entry>(data_, row);
      out.push_back('{');
      for (std::uint64_t i = 0; i < entry.length; ++i) {
        const auto item = static_cast<std::int64_t>(entry.offset + i);
        if (i > 0) out.push_back(',');
        std::string key;
        children_[0].write_text(key, item);
        json::write_string(out, key);
        out.push_back(':');
        children_[1].write_json(out, item);
      }
      out.push_back('}');
      break;
    }
    default: {  // UNION
      const auto tag = at<std::uint8_t>(children_[0].data_, row);
      if (tag + 1u < children_.size()) {
        children_[tag + 1u].write_json(out, row);
      } else {
        out += "null";
      }
    }
  }
}

void ColumnView::write_value(std::string& out, std::int64_t row, bool json) const {
  // Types whose text needs no escaping, but quotes in JSON.
  const auto quoted = [&](auto write) {
    if (json) out.push_back('"');
    write();
    if (json) out.push_back('"');
  };
  const char separator = json ? 'T' : ' ';
  switch (type_->id) {
    case DUCKDB_TYPE_BOOLEAN:
      out += at<bool>(data_, row) ? "true" : "false";
      break;
    case DUCKDB_TYPE_TINYINT:
      append(out, std::int64_t{at<std::int8_t>(data_, row)});
      break;
    case DUCKDB_TYPE_SMALLINT:
      append(out, std::int64_t{at<std::int16_t>(data_, row)});
      break;
    case DUCKDB_TYPE_INTEGER:
      append(out, std::int64_t{at<std::int32_t>(data_, row)});
      break;
    case DUCKDB_TYPE_UTINYINT:
      append(out, std::uint64_t{at<std::uint8_t>(data_, row)});
      break;
    case DUCKDB_TYPE_USMALLINT:
      append(out, std::uint64_t{at<std::uint16_t>(data_, row)});
      break;
    case DUCKDB_TYPE_UINTEGER:
      append(out, std::uint64_t{at<std::uint32_t>(data_, row)});
      break;
    case DUCKDB_TYPE_BIGINT: {
      const auto v = at<std::int64_t>(data_, row);
      if (v >= -kExactInDouble && v <= kExactInDouble) {
        append(out, v);
      } else {
        write_wide(out, v < 0, magnitude(v), json);
      }
      break;
    }
    case DUCKDB_TYPE_UBIGINT:
      write_wide(out, false, at<std::uint64_t>(data_, row), json);
      break;
    case DUCKDB_TYPE_HUGEINT: {
      const Int128 v = hugeint_at(data_, row);
      write_wide(out, v < 0, magnitude(v), json);
      break;
    }
    case DUCKDB_TYPE_UHUGEINT:
      write_wide(out, false, uhugeint_at(data_, row), json);
      break;
    case DUCKDB_TYPE_DECIMAL:
      write_decimal(out, decimal_at(*type_, data_, row), type_->scale, json);
      break;
    case DUCKDB_TYPE_FLOAT:
      write_floating(out, at<float>(data_, row), json);
      break;
    case DUCKDB_TYPE_DOUBLE:
      write_floating(out, at<double>(data_, row), json);
      break;
    case DUCKDB_TYPE_DATE:
      quoted([&] { write_date(out, at<std::int32_t>(data_, row)); });
      break;
    case DUCKDB_TYPE_TIME:
      quoted([&] { write_time(out, at<std::int64_t>(data_, row) * 1000); });
      break;
    case DUCKDB_TYPE_TIME_NS:
      quoted([&] { write_time(out, at<std::int64_t>(data_, row)); });
      break;
    case DUCKDB_TYPE_TIME_TZ:
      quoted([&] { write_time_with_zone(out, at<std::uint64_t>(data_, row)); });
      break;
    case DUCKDB_TYPE_TIMESTAMP:
    case DUCKDB_TYPE_TIMESTAMP_TZ:
    case DUCKDB_TYPE_TIMESTAMP_S:
    case DUCKDB_TYPE_TIMESTAMP_MS:
    case DUCKDB_TYPE_TIMESTAMP_NS: {
      const std::int64_t per_second = type_->id == DUCKDB_TYPE_TIMESTAMP_S    ? 1
                                      : type_->id == DUCKDB_TYPE_TIMESTAMP_MS ? 1'000
                                      : type_->id == DUCKDB_TYPE_TIMESTAMP_NS ? 1'000'000'000
                                                                              : 1'000'000;
      quoted([&] {
        write_timestamp(out, at<std::int64_t>(data_, row), per_second, separator,
                        type_->id == DUCKDB_TYPE_TIMESTAMP_TZ);
      });
      break;
    }
    case DUCKDB_TYPE_INTERVAL: {
      const auto v = at<duckdb_interval>(data_, row);
      quoted([&] { write_interval(out, v.months, v.days, v.micros); });
      break;
    }
    case DUCKDB_TYPE_UUID:
      quoted([&] { write_uuid(out, at<duckdb_hugeint>(data_, row)); });
      break;
    case DUCKDB_TYPE_BIT:
      quoted([&] { write_bits(out, string_at(data_, row)); });
      break;
    case DUCKDB_TYPE_BLOB: {
      std::string text;
      write_blob(text, string_at(data_, row));
      if (json) {
        json::write_string(out, text);
      } else {
        out += text;
      }
      break;
    }
    case DUCKDB_TYPE_VARCHAR:
      if (json) {
        json::write_string(out, string_at(data_, row));
      } else {
        out += string_at(data_, row);
      }
      break;
    case DUCKDB_TYPE_ENUM:
      if (json) {
        json::write_string(out, label_at(*type_, data_, row));
      } else {
        out += label_at(*type_, data_, row);
      }
      break;
    case DUCKDB_TYPE_LIST:
    case DUCKDB_TYPE_ARRAY:
    case DUCKDB_TYPE_STRUCT:
    case DUCKDB_TYPE_MAP:
    case DUCKDB_TYPE_UNION:
      write_nested(out, row);
      break;
    default:
      out += json ? "null" : "";  // refused before by unsupported_reason()
  }
}

double ColumnView::number(std::int64_t row) const {
  if (is_null(row)) return 0;
  switch (type_->id) {
    case DUCKDB_TYPE_FLOAT:
      return static_cast<double>(at<float>(data_, row));
    case DUCKDB_TYPE_DOUBLE:
      return at<double>(data_, row);
    case DUCKDB_TYPE_HUGEINT:
      return static_cast<double>(hugeint_at(data_, row));
    case DUCKDB_TYPE_UHUGEINT:
      return static_cast<double>(uhugeint_at(data_, row));
    case DUCKDB_TYPE_UBIGINT:
      return static_cast<double>(at<std::uint64_t>(data_, row));
    case DUCKDB_TYPE_DECIMAL:
      return static_cast<double>(decimal_at(*type_, data_, row)) / std::pow(10.0, type_->scale);
    default:
      return static_cast<double>(int64(row));
  }
}

std::int64_t ColumnView::int64(std::int64_t row) const {
  constexpr auto kMin = std::numeric_limits<std::int64_t>::min();
  constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
  if (is_null(row)) return 0;
  switch (type_->id) {
    case DUCKDB_TYPE_BOOLEAN:
      return at<bool>(data_, row) ? 1 : 0;
    case DUCKDB_TYPE_TINYINT:
      return at<std::int8_t>(data_, row);
    case DUCKDB_TYPE_SMALLINT:
      return at<std::int16_t>(data_, row);
    case DUCKDB_TYPE_INTEGER:
      return at<std::int32_t>(data_, row);
    case DUCKDB_TYPE_BIGINT:
      return at<std::int64_t>(data_, row);
    case DUCKDB_TYPE_UTINYINT:
      return at<std::uint8_t>(data_, row);
    case DUCKDB_TYPE_USMALLINT:
      return at<std::uint16_t>(data_, row);
    case DUCKDB_TYPE_UINTEGER:
      return at<std::uint32_t>(data_, row);
    case DUCKDB_TYPE_UBIGINT: {
      const auto v = at<std::uint64_t>(data_, row);
      return v > static_cast<std::uint64_t>(kMax) ? kMax : static_cast<std::int64_t>(v);
    }
    case DUCKDB_TYPE_HUGEINT: {
      const Int128 v = hugeint_at(data_, row);
      return v < kMin ? kMin : v > kMax ? kMax : static_cast<std::int64_t>(v);
    }
    case DUCKDB_TYPE_UHUGEINT: {
      const UInt128 v = uhugeint_at(data_, row);
      return v > static_cast<UInt128>(kMax) ? kMax : static_cast<std::int64_t>(v);
    }
    case DUCKDB_TYPE_FLOAT:
    case DUCKDB_TYPE_DOUBLE:
    case DUCKDB_TYPE_DECIMAL: {
      const double v = number(row);
      if (std::isnan(v)) return 0;
      return v >= 9.2233720368547758e18    ? kMax
             : v <= -9.2233720368547758e18 ? kMin
                                           : static_cast<std::int64_t>(v);
    }
    default:
      return 0;
  }
}

}  // namespace sextant::engine

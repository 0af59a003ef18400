#include <duckdb.h>
#include <fmt/format.h>

#include "analysis/engine/cell.h"
#include "base/text.h"

namespace sextant::engine {
namespace {

std::string take(char* text) {
  std::string out = text ? text : "";
  duckdb_free(text);
  return out;
}

const char* simple_name(int id) {
  switch (id) {
    case DUCKDB_TYPE_BOOLEAN:
      return "BOOLEAN";
    case DUCKDB_TYPE_TINYINT:
      return "TINYINT";
    case DUCKDB_TYPE_SMALLINT:
      return "SMALLINT";
    case DUCKDB_TYPE_INTEGER:
      return "INTEGER";
    case DUCKDB_TYPE_BIGINT:
      return "BIGINT";
    case DUCKDB_TYPE_UTINYINT:
      return "UTINYINT";
    case DUCKDB_TYPE_USMALLINT:
      return "USMALLINT";
    case DUCKDB_TYPE_UINTEGER:
      return "UINTEGER";
    case DUCKDB_TYPE_UBIGINT:
      return "UBIGINT";
    case DUCKDB_TYPE_FLOAT:
      return "FLOAT";
    case DUCKDB_TYPE_DOUBLE:
      return "DOUBLE";
    case DUCKDB_TYPE_TIMESTAMP:
      return "TIMESTAMP";
    case DUCKDB_TYPE_DATE:
      return "DATE";
    case DUCKDB_TYPE_TIME:
      return "TIME";
    case DUCKDB_TYPE_INTERVAL:
      return "INTERVAL";
    case DUCKDB_TYPE_HUGEINT:
      return "HUGEINT";
    case DUCKDB_TYPE_UHUGEINT:
      return "UHUGEINT";
    case DUCKDB_TYPE_VARCHAR:
      return "VARCHAR";
    case DUCKDB_TYPE_BLOB:
      return "BLOB";
    case DUCKDB_TYPE_TIMESTAMP_S:
      return "TIMESTAMP_S";
    case DUCKDB_TYPE_TIMESTAMP_MS:
      return "TIMESTAMP_MS";
    case DUCKDB_TYPE_TIMESTAMP_NS:
      return "TIMESTAMP_NS";
    case DUCKDB_TYPE_ENUM:
      return "ENUM";
    case DUCKDB_TYPE_UUID:
      return "UUID";
    case DUCKDB_TYPE_BIT:
      return "BIT";
    case DUCKDB_TYPE_TIME_TZ:
      return "TIME WITH TIME ZONE";
    case DUCKDB_TYPE_TIMESTAMP_TZ:
      return "TIMESTAMP WITH TIME ZONE";
    case DUCKDB_TYPE_BIGNUM:
      return "BIGNUM";
    case DUCKDB_TYPE_SQLNULL:
      return "NULL";
    case DUCKDB_TYPE_TIME_NS:
      return "TIME_NS";
    case 40:
      return "GEOMETRY";
    case 41:
      return "VARIANT";
    default:
      return "UNKNOWN";
  }
}

ColumnType read_and_free(duckdb_logical_type type) {
  ColumnType out = read_type(type);
  duckdb_destroy_logical_type(&type);
  return out;
}

std::string fields_in_words(const ColumnType& type) {
  std::string out;
  for (std::size_t i = 0; i < type.children.size(); ++i) {
    if (i > 0) out += ", ";
    if (!type.fields[i].empty()) out += text::quote_identifier(type.fields[i]) + " ";
    out += type.children[i].name;
  }
  return out;
}

}  // namespace

ColumnType read_type(duckdb_logical_type type) {
  ColumnType out;
  out.id = duckdb_get_type_id(type);
  out.name = simple_name(out.id);
  switch (out.id) {
    case DUCKDB_TYPE_DECIMAL:
      out.width = duckdb_decimal_width(type);
      out.scale = duckdb_decimal_scale(type);
      out.storage = duckdb_decimal_internal_type(type);
      out.name = fmt::format("DECIMAL({},{})", out.width, out.scale);
      break;
    case DUCKDB_TYPE_ENUM: {
      out.storage = duckdb_enum_internal_type(type);
      const std::uint32_t count = duckdb_enum_dictionary_size(type);
      for (std::uint32_t i = 0; i < count; ++i) {
        out.labels.push_back(take(duckdb_enum_dictionary_value(type, i)));
      }
      break;
    }
    case DUCKDB_TYPE_LIST:
      out.children.push_back(read_and_free(duckdb_list_type_child_type(type)));
      out.name = out.children[0].name + "[]";
      break;
    case DUCKDB_TYPE_ARRAY:
      out.children.push_back(read_and_free(duckdb_array_type_child_type(type)));
      out.array_size = static_cast<std::int64_t>(duckdb_array_type_array_size(type));
      out.name = fmt::format("{}[{}]", out.children[0].name, out.array_size);
      break;
    case DUCKDB_TYPE_MAP:
      out.children.push_back(read_and_free(duckdb_map_type_key_type(type)));
      out.children.push_back(read_and_free(duckdb_map_type_value_type(type)));
      out.name = fmt::format("MAP({}, {})", out.children[0].name, out.children[1].name);
      break;
    case DUCKDB_TYPE_STRUCT:
      for (idx_t i = 0; i < duckdb_struct_type_child_count(type); ++i) {
        out.fields.push_back(take(duckdb_struct_type_child_name(type, i)));
        out.children.push_back(read_and_free(duckdb_struct_type_child_type(type, i)));
      }
      out.name = "STRUCT(" + fields_in_words(out) + ")";
      break;
    case DUCKDB_TYPE_UNION:
      for (idx_t i = 0; i < duckdb_union_type_member_count(type); ++i) {
        out.fields.push_back(take(duckdb_union_type_member_name(type, i)));
        out.children.push_back(read_and_free(duckdb_union_type_member_type(type, i)));
      }
      out.name = "UNION(" + fields_in_words(out) + ")";
      break;
    case DUCKDB_TYPE_VARCHAR:
      if (const std::string alias = take(duckdb_logical_type_get_alias(type)); !alias.empty()) {
        out.name = alias;
      }
      break;
    default:
      break;
  }
  return out;
}

std::string unsupported_reason(const ColumnType& type) {
  switch (type.id) {
    case DUCKDB_TYPE_BIGNUM:
    case DUCKDB_TYPE_INVALID:
    case DUCKDB_TYPE_ANY:
    case DUCKDB_TYPE_STRING_LITERAL:
    case DUCKDB_TYPE_INTEGER_LITERAL:
    case 40:
    case 41:
      return fmt::format("values of type {} can not be shown", type.name);
    default:
      break;
  }
  for (const auto& child : type.children) {
    if (auto reason = unsupported_reason(child); !reason.empty()) return reason;
  }
  return {};
}

}  // namespace sextant::engine

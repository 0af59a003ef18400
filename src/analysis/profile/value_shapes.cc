#include "analysis/profile/value_shapes.h"

#include <duckdb.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace sextant::profile {
namespace {

constexpr bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_small(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// False when the text is not ASCII.
bool write_shape(std::string_view text, std::string& out) {
  out.clear();
  for (const char c : text) {
    if ((c & 0x80) != 0) return false;
    if (out.size() == kLongestShape) continue;
    out += is_capital(c) ? 'A' : is_small(c) ? 'a' : is_digit(c) ? '9' : c;
  }
  return true;
}

bool write_runs(std::string_view shape, std::string& out) {
  out.clear();
  for (std::size_t at = 0; at < shape.size();) {
    const char sign = shape[at];
    std::size_t end = at + 1;
    const bool runs = sign == 'A' || sign == 'a' || sign == '9';
    while (runs && end < shape.size() && shape[end] == sign) ++end;
    out += sign;
    if (end - at > 1) out += '+';
    at = end;
  }
  return true;
}

// Spaces, tabs, ends of lines and spaces that do not break, before or behind.
bool is_padded(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\n\r";
  constexpr std::string_view kNoBreak = "\xC2\xA0";
  if (text.empty()) return false;
  return kBlanks.contains(text.front()) || kBlanks.contains(text.back()) ||
         text.starts_with(kNoBreak) || text.ends_with(kNoBreak);
}

// Calls `each(row, text)` with the texts of the only column, and makes the rows NULL where it gives
// false or there is none.
template <class Each>
void for_texts(duckdb_data_chunk input, duckdb_vector output, const Each& each) {
  const auto rows = duckdb_data_chunk_get_size(input);
  const auto vector = duckdb_data_chunk_get_vector(input, 0);
  auto* texts = static_cast<duckdb_string_t*>(duckdb_vector_get_data(vector));
  auto* there = duckdb_vector_get_validity(vector);
  duckdb_vector_ensure_validity_writable(output);
  auto* known = duckdb_vector_get_validity(output);
  for (idx_t row = 0; row < rows; ++row) {
    const bool has = !there || duckdb_validity_row_is_valid(there, row);
    if (!has || !each(row, std::string_view(duckdb_string_t_data(&texts[row]),
                                            duckdb_string_t_length(texts[row])))) {
      duckdb_validity_set_row_invalid(known, row);
    }
  }
}

template <bool (*write)(std::string_view, std::string&)>
void give_text(duckdb_function_info, duckdb_data_chunk input, duckdb_vector output) {
  std::string out;
  for_texts(input, output, [&](idx_t row, std::string_view text) {
    if (!write(text, out)) return false;
    duckdb_vector_assign_string_element_len(output, row, out.data(), out.size());
    return true;
  });
}

void give_padded(duckdb_function_info, duckdb_data_chunk input, duckdb_vector output) {
  auto* out = static_cast<bool*>(duckdb_vector_get_data(output));
  for_texts(input, output, [&](idx_t row, std::string_view text) {
    out[row] = is_padded(text);
    return true;
  });
}

Result<> add(engine::Connection& connection, const char* name, duckdb_type gives,
             duckdb_scalar_function_t function) {
  auto* made = duckdb_create_scalar_function();
  auto text = duckdb_create_logical_type(DUCKDB_TYPE_VARCHAR);
  auto given = duckdb_create_logical_type(gives);
  duckdb_scalar_function_set_name(made, name);
  duckdb_scalar_function_add_parameter(made, text);
  duckdb_scalar_function_set_return_type(made, given);
  duckdb_scalar_function_set_function(made, function);
  const auto state = duckdb_register_scalar_function(connection.handle(), made);
  duckdb_destroy_logical_type(&text);
  duckdb_destroy_logical_type(&given);
  duckdb_destroy_scalar_function(&made);
  if (state == DuckDBSuccess) return {};
  return fail(ErrorCode::internal, std::string(name) + "() could not be added to the engine.");
}

}  // namespace

Result<> add_shape_functions(engine::Connection& connection) {
  TRY(const auto known, connection.query("SELECT count(*) FROM duckdb_functions() WHERE "
                                         "function_name = 'ascii_shape'"));
  if (known.int64(0, 0) > 0) return {};
  TRY_VOID(add(connection, "ascii_shape", DUCKDB_TYPE_VARCHAR, give_text<write_shape>));
  TRY_VOID(add(connection, "is_padded", DUCKDB_TYPE_BOOLEAN, give_padded));
  return add(connection, "shape_runs", DUCKDB_TYPE_VARCHAR, give_text<write_runs>);
}

}  // namespace sextant::profile

#pragma once
// Small text helpers on UTF-8. Thread-safe. Language-aware work (stemming, folding) is in `ask`.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sextant::text {

std::string lower_ascii(std::string_view s);
std::string_view trim(std::string_view s);  // ASCII white space
std::vector<std::string> split(std::string_view s, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
bool valid_utf8(std::string_view s);

// Lower snake_case SQL name of a header or file name: letters and digits of any script are kept,
// everything else becomes one underscore, a leading digit gets one in front; "" becomes `fallback`.
// "Order Date (UTC)" → order_date_utc, "customerId" → customer_id, "2025 Sales" → _2025_sales.
std::string snake_case(std::string_view s, std::string_view fallback);

// A double-quoted SQL identifier and a single-quoted SQL string, with the inner quotes doubled.
std::string quote_identifier(std::string_view s);
std::string quote_literal(std::string_view s);

// Cuts to at most `bytes` without splitting a UTF-8 character.
std::string_view truncate_utf8(std::string_view s, std::size_t bytes);

// 1234567 → "1,234,567".
std::string grouped(std::int64_t n);

}  // namespace sextant::text

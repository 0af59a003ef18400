#pragma once
// What a single text looks like by the way it is written. Thread-safe.

#include <string>
#include <string_view>
#include <vector>

namespace sextant::profile {

// Share of the samples that pass the test, 0 … 1; 0 without samples.
double share_of(const std::vector<std::string>& samples, bool (*test)(std::string_view));

bool is_email(std::string_view s);
bool is_url(std::string_view s);
bool is_phone(std::string_view s);
bool is_json(std::string_view s);  // by its brackets
bool is_boolean_word(std::string_view s);
bool is_month_name(std::string_view s);
bool is_code_like(std::string_view s);    // one word with a digit
bool is_person_name(std::string_view s);  // several capitalised words without digits

}  // namespace sextant::profile

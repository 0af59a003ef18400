#include "analysis/ask/linking/region_names.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <map>

namespace sextant::ask {

namespace {

bool two_capitals(std::string_view code) {
  return code.size() == 2 && std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

std::string country_name(std::string_view code) {
  if (!two_capitals(code)) return {};
  icu::UnicodeString name;
  icu::Locale("", std::string(code).c_str()).getDisplayCountry(icu::Locale::getEnglish(), name);
  std::string text;
  name.toUTF8String(text);
  return text == code ? std::string() : text;  // codes that are none come back as they are
}

std::string state_name(std::string_view code) {
  static const std::map<std::string_view, std::string_view> kStates = {
      {"AL", "Alabama"},        {"AK", "Alaska"},         {"AZ", "Arizona"},
      {"AR", "Arkansas"},       {"CA", "California"},     {"CO", "Colorado"},
      {"CT", "Connecticut"},    {"DE", "Delaware"},       {"DC", "District of Columbia"},
      {"FL", "Florida"},        {"GA", "Georgia"},        {"HI", "Hawaii"},
      {"ID", "Idaho"},          {"IL", "Illinois"},       {"IN", "Indiana"},
      {"IA", "Iowa"},           {"KS", "Kansas"},         {"KY", "Kentucky"},
      {"LA", "Louisiana"},      {"ME", "Maine"},          {"MD", "Maryland"},
      {"MA", "Massachusetts"},  {"MI", "Michigan"},       {"MN", "Minnesota"},
      {"MS", "Mississippi"},    {"MO", "Missouri"},       {"MT", "Montana"},
      {"NE", "Nebraska"},       {"NV", "Nevada"},         {"NH", "New Hampshire"},
      {"NJ", "New Jersey"},     {"NM", "New Mexico"},     {"NY", "New York"},
      {"NC", "North Carolina"}, {"ND", "North Dakota"},   {"OH", "Ohio"},
      {"OK", "Oklahoma"},       {"OR", "Oregon"},         {"PA", "Pennsylvania"},
      {"RI", "Rhode Island"},   {"SC", "South Carolina"}, {"SD", "South Dakota"},
      {"TN", "Tennessee"},      {"TX", "Texas"},          {"UT", "Utah"},
      {"VT", "Vermont"},        {"VA", "Virginia"},       {"WA", "Washington"},
      {"WV", "West Virginia"},  {"WI", "Wisconsin"},      {"WY", "Wyoming"}};
  const auto state = kStates.find(code);
  return state == kStates.end() ? std::string() : std::string(state->second);
}

}  // namespace sextant::ask

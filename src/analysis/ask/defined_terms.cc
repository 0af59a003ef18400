#include "analysis/ask/defined_terms.h"

#include <boost/json.hpp>
#include <map>
#include <regex>

#include "base/text.h"

namespace sextant::ask {

namespace {

namespace json = boost::json;

constexpr std::size_t kLongestNotes = 4'000;
constexpr std::size_t kLongestMeaning = 200;

// What is said of a figure without saying what it is: "Calculate the …", "… over a given period".
std::string plain(std::string words) {
  static const std::regex kOpeners(
      R"(^\s*(please\s+)?(calculate|compute|use|take|means|is|are|equals)\s+(the\s+)?)",
      std::regex::icase);
  static const std::regex kTail(
      R"((,|;)?\s+(within|over|for|in|during)\s+(a|the|any|an)\s+(specified|specific|given|certain|recent|particular|selected)\b.*$)",
      std::regex::icase);
  static const std::regex kRatio(R"(^\s*(the\s+)?ratio\s+of\s+)", std::regex::icase);
  static const std::regex kCount(R"(^\s*(the\s+)?count\s+of\s+)", std::regex::icase);
  static const std::regex kAverage(
      R"(^\s*(?:the\s+)?(?:total|sum of)\s+(.+?)\s*(?:/|divided by)\s*(?:the\s+)?(?:total\s+)?(?:number|count) of\s+(\w+)\s*$)",
      std::regex::icase);
  static const std::regex kDivided(R"(^\s*(.+?)\s*(?:\s/\s|divided by)\s*(.+?)\s*$)",
                                   std::regex::icase);
  words = std::regex_replace(words, kOpeners, "");
  words = std::regex_replace(words, kTail, "");
  words = std::regex_replace(words, kCount, "number of ");
  std::smatch parts;
  // A total by the number of what it is the total of is their average.
  if (std::regex_match(words, parts, kAverage) &&
      text::lower_ascii(parts[1].str()).find(text::lower_ascii(parts[2].str())) !=
          std::string::npos) {
    return "average " + parts[1].str();
  }
  const bool ratio = std::regex_search(words, kRatio);
  if (!ratio && std::regex_match(words, parts, kDivided))
    words = "ratio of " + parts[1].str() + " to " + parts[2].str();
  return std::string(text::trim(words));
}

std::map<std::string, std::string> definitions(const std::string& notes) {
  static const std::regex kDefinition(
      R"(\b([A-Z]{2,6})\s*(?:\([^)]*\)\s*)?(?:=|:|means\b|stands for\b|is defined as\b)\s*)");
  std::map<std::string, std::string> found;
  const std::sregex_iterator begin(notes.begin(), notes.end(), kDefinition), none;
  for (auto at = begin; at != none; ++at) {
    const auto start = static_cast<std::size_t>(at->position() + at->length());
    const auto next = std::next(at);
    std::size_t end = next == none ? notes.size() : static_cast<std::size_t>(next->position());
    for (const auto* mark : {". ", ".\n", "\n", ";"}) end = std::min(end, notes.find(mark, start));
    if (end - start > kLongestMeaning) continue;
    std::string meaning = plain(notes.substr(start, end - start));
    while (meaning.ends_with('.')) meaning.pop_back();
    if (!meaning.empty()) found.emplace((*at)[1].str(), meaning);
  }
  return found;
}

void place(json::value& value, const WrittenOut& out) {
  if (value.is_array()) {
    for (auto& item : value.get_array()) place(item, out);
  } else if (value.is_object()) {
    for (auto& member : value.get_object()) {
      const bool span = member.key() == "span" || member.key() == "limit_span";
      if (!span || !member.value().is_object()) {
        place(member.value(), out);
        continue;
      }
      auto& bounds = member.value().get_object();
      const auto start = static_cast<std::size_t>(bounds["start"].to_number<std::int64_t>());
      const auto end = static_cast<std::size_t>(bounds["end"].to_number<std::int64_t>());
      if (start >= end || end > out.begins.size()) continue;
      bounds["start"] = out.begins[start];
      bounds["end"] = out.ends[end - 1];
    }
  }
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

}  // namespace

Reading WrittenOut::placed(const Reading& reading) const {
  json::value value = to_json(reading);
  place(value, *this);
  auto placed = reading_from_json(value);
  return placed ? std::move(*placed) : reading;
}

std::optional<WrittenOut> write_out_terms(std::string_view question, std::string_view notes) {
  if (text::trim(notes).empty()) return std::nullopt;
  const auto defined = definitions(std::string(notes.substr(0, kLongestNotes)));
  WrittenOut out;
  bool any = false;
  for (std::size_t i = 0; i < question.size();) {
    std::size_t end = i;
    while (end < question.size() && is_word(question[end])) ++end;
    const auto term = defined.find(std::string(question.substr(i, end - i)));
    if (end == i || term == defined.end()) {
      if (end == i) ++end;
      for (; i < end; ++i) {
        out.question += question[i];
        out.begins.push_back(static_cast<std::int64_t>(i));
        out.ends.push_back(static_cast<std::int64_t>(i) + 1);
      }
      continue;
    }
    any = true;
    out.question += term->second;
    out.begins.insert(out.begins.end(), term->second.size(), static_cast<std::int64_t>(i));
    out.ends.insert(out.ends.end(), term->second.size(), static_cast<std::int64_t>(end));
    i = end;
  }
  return any ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace sextant::ask

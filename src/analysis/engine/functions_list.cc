#include <sstream>
#include <unordered_set>

#include "analysis/engine/functions.h"
#include "analysis/engine/suggest.h"
#include "base/text.h"

namespace sextant::engine {
namespace {

struct Lists {
  std::unordered_set<std::string> functions, tables, changing;
  std::vector<std::string> names;  // of functions, for suggestions
};

Lists read_lists() {
  Lists lists;
  std::istringstream lines(kFunctionsText);
  std::string line, section;
  while (std::getline(lines, line)) {
    if (line.empty() || line[0] == '#') continue;
    // A line with one word in brackets opens a section; operators have no letters.
    if (line[0] == '[' && line.back() == ']' && line.size() > 4) {
      section = line.substr(1, line.size() - 2);
      continue;
    }
    std::istringstream words(line);
    std::string word;
    while (words >> word) {
      word = text::lower_ascii(word);
      if (section == "tables") {
        lists.tables.insert(word);
      } else if (section == "volatile") {
        lists.changing.insert(word);
      } else if (lists.functions.insert(word).second) {
        lists.names.push_back(word);
      }
    }
  }
  return lists;
}

const Lists& lists() {
  static const Lists instance = read_lists();
  return instance;
}

}  // namespace

bool is_allowed_function(std::string_view name) {
  return lists().functions.contains(text::lower_ascii(name));
}
bool is_allowed_table_function(std::string_view name) {
  return lists().tables.contains(text::lower_ascii(name));
}
bool is_volatile_function(std::string_view name) {
  return lists().changing.contains(text::lower_ascii(name));
}
std::optional<std::string> similar_function(std::string_view name) {
  return closest(name, lists().names);
}

}  // namespace sextant::engine

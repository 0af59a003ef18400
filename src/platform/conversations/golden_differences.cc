#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/json.h"
#include "platform/conversations/golden_service.h"

namespace sextant::conversations {
namespace {

constexpr std::size_t kMost = 20;

bool is_figure(const std::string& type) {
  return type.find("INT") != std::string::npos || type.starts_with("DECIMAL") || type == "DOUBLE" ||
         type == "FLOAT";
}

std::string words(const json::Value& cell) {
  if (cell.is_null()) return "nothing";
  return cell.is_string() ? std::string(cell.get_string()) : json::dump(cell);
}

// The cells that name a row; the place of the row where nothing does, or two have the same name.
std::vector<std::string> names_of(const GoldenResult& result) {
  std::vector<std::string> names;
  std::map<std::string, int> times;
  for (const auto& row : result.rows) {
    std::string name;
    for (std::size_t c = 0; c < result.columns.size(); ++c) {
      if (is_figure(result.columns[c].type)) continue;
      name += (name.empty() ? "" : ", ") + words(row.as_array()[c]);
    }
    ++times[name];
    names.push_back(std::move(name));
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].empty() || times[names[i]] > 1) names[i] = fmt::format("row {}", i + 1);
  }
  return names;
}

class Comparison {
 public:
  Comparison(const GoldenResult& expected, const GoldenResult& found)
      : expected_(expected), found_(found) {}

  std::vector<std::string> run() {
    const auto before = names_of(expected_), after = names_of(found_);
    for (std::size_t i = 0; i < before.size(); ++i) {
      const auto at = std::ranges::find(after, before[i]);
      if (at == after.end()) {
        say(before[i] + " is gone");
      } else {
        compare(i, static_cast<std::size_t>(at - after.begin()), before[i]);
      }
    }
    for (const auto& name : after) {
      if (std::ranges::find(before, name) == before.end()) say(name + " is new");
    }
    if (said_.empty() && expected_.total_rows != found_.total_rows) {
      say(fmt::format("{} rows became {}", expected_.total_rows, found_.total_rows));
    }
    if (more_ > 0) said_.push_back(fmt::format("and {} more", more_));
    return std::move(said_);
  }

 private:
  void say(std::string words) {
    if (said_.size() + 1 < kMost) {
      said_.push_back(std::move(words));
    } else {
      ++more_;
    }
  }

  void compare(std::size_t i, std::size_t j, const std::string& name) {
    const auto& before = expected_.rows[i].as_array();
    const auto& after = found_.rows[j].as_array();
    for (std::size_t c = 0; c < expected_.columns.size(); ++c) {
      if (before[c] == after[c]) continue;
      const bool alone = expected_.rows.size() == 1 && found_.rows.size() == 1;
      say((alone ? "" : name + ": ") + expected_.columns[c].name + " was " + words(before[c]) +
          ", is " + words(after[c]));
    }
  }

  const GoldenResult& expected_;
  const GoldenResult& found_;
  std::vector<std::string> said_;
  std::size_t more_ = 0;
};

}  // namespace

std::vector<std::string> differences_of(const GoldenResult& expected, const GoldenResult& found) {
  const auto names = [](const GoldenResult& result) {
    std::vector<std::string> out;
    for (const auto& column : result.columns) out.push_back(column.name);
    return out;
  };
  if (names(expected) != names(found)) return {"the answer has other columns"};
  return Comparison(expected, found).run();
}

}  // namespace sextant::conversations

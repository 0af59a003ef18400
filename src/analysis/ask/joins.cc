#include "analysis/ask/joins.h"

#include <algorithm>
#include <map>
#include <set>

#include "analysis/ask/linking/tokens.h"

namespace sextant::ask {
namespace {

bool is(const ColumnRef& ref, const catalog::JoinSide& side) {
  return ref.table == side.table && ref.column == side.column;
}

// The steps that lead away from a table.
std::vector<JoinStep> steps_from(const catalog::SemanticModel& model, const std::string& table) {
  std::vector<JoinStep> steps;
  for (const auto& join : model.joins) {
    for (const bool forward : {true, false}) {
      const auto& near = forward ? join.left : join.right;
      const auto& far = forward ? join.right : join.left;
      if (near.table != table || far.table == table) continue;
      using enum catalog::Cardinality;
      const bool multiplies =
          join.cardinality == many_to_many ||
          (forward ? join.cardinality == one_to_many : join.cardinality == many_to_one);
      steps.push_back({near, far, multiplies});
    }
  }
  return steps;
}

std::vector<std::string> stems_of(const std::string& name) {
  std::vector<std::string> stems;
  for (const Token& word : name_tokens(name)) stems.push_back(word.stem);
  std::ranges::sort(stems);
  return stems;
}

// The tables that are named after both others: course_student between students and courses.
std::set<std::string> named_after_both(const catalog::SemanticModel& model, const std::string& a,
                                       const std::string& b) {
  std::set<std::string> between;
  if (model.tables.size() < 3) return between;
  const auto first = stems_of(a), second = stems_of(b);
  if (std::ranges::includes(first, second) || std::ranges::includes(second, first)) return between;
  for (const auto& table : model.tables) {
    if (table.name == a || table.name == b) continue;
    const auto own = stems_of(table.name);
    if (std::ranges::includes(own, first) && std::ranges::includes(own, second))
      between.insert(table.name);
  }
  return between;
}

}  // namespace

const JoinChoice* choice_of(std::span<const JoinChoice> chosen, const JoinStep& step) {
  const auto found = std::ranges::find_if(chosen, [&](const JoinChoice& choice) {
    return (is(choice.left, step.from) && is(choice.right, step.to)) ||
           (is(choice.left, step.to) && is(choice.right, step.from));
  });
  return found == chosen.end() ? nullptr : &*found;
}

std::optional<std::vector<JoinStep>> join_path(const catalog::SemanticModel& model,
                                               const std::string& from, const std::string& to,
                                               std::span<const JoinChoice> chosen) {
  struct Reached {
    int cost = 0;
    std::vector<JoinStep> path;
    bool done = false;
  };
  const auto between = named_after_both(model, from, to);
  std::map<std::string, Reached> reached;
  reached[from] = {};
  while (true) {
    const std::string* next = nullptr;
    for (auto& [table, r] : reached) {
      if (!r.done && (!next || r.cost < reached[*next].cost)) next = &table;
    }
    if (!next) return std::nullopt;
    if (*next == to) return reached[*next].path;
    const std::string table = *next;
    reached[table].done = true;
    const Reached here = reached[table];
    for (JoinStep& step : steps_from(model, table)) {
      // Columns of one name join rather than others that also fit.
      const bool named = between.contains(step.to.table);
      const int cost =
          here.cost + (choice_of(chosen, step) ? 1
                                               : (step.multiplies && !named ? 12 : 4) +
                                                     (step.from.column == step.to.column ? 0 : 1));
      const auto it = reached.find(step.to.table);
      if (it != reached.end() && (it->second.done || it->second.cost <= cost)) continue;
      Reached there{cost, here.path, false};
      const std::string to_table = step.to.table;
      there.path.push_back(std::move(step));
      reached[to_table] = std::move(there);
    }
  }
}

std::vector<std::vector<JoinStep>> join_paths(const catalog::SemanticModel& model,
                                              const std::string& from, const std::string& to,
                                              std::size_t most_steps, std::size_t most_paths) {
  std::vector<std::vector<JoinStep>> found, open{{}};
  for (std::size_t length = 0; length < most_steps && !open.empty(); ++length) {
    std::vector<std::vector<JoinStep>> longer;
    for (const auto& path : open) {
      for (JoinStep& step : steps_from(model, path.empty() ? from : path.back().to.table)) {
        const auto& next = step.to.table;
        if (next == from ||
            std::ranges::any_of(path, [&](const auto& one) { return one.to.table == next; })) {
          continue;
        }
        auto on = path;
        const bool there = next == to;
        on.push_back(std::move(step));
        if (!there) {
          longer.push_back(std::move(on));
        } else if (found.size() < most_paths) {
          found.push_back(std::move(on));
        }
      }
    }
    open = std::move(longer);
    if (open.size() > 1000) break;
  }
  return found;
}

}  // namespace sextant::ask

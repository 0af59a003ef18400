#include "analysis/ask/joins.h"

#include <algorithm>
#include <map>

namespace sextant::ask {

std::optional<std::vector<JoinStep>> join_path(const catalog::SemanticModel& model,
                                               const std::string& from, const std::string& to) {
  struct Reached {
    int cost = 0;
    std::vector<JoinStep> path;
    bool done = false;
  };
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
    for (const auto& join : model.joins) {
      for (const bool forward : {true, false}) {
        const auto& near = forward ? join.left : join.right;
        const auto& far = forward ? join.right : join.left;
        if (near.table != table || far.table == table) continue;
        using enum catalog::Cardinality;
        const bool multiplies =
            join.cardinality == many_to_many ||
            (forward ? join.cardinality == one_to_many : join.cardinality == many_to_one);
        // Columns of one name join rather than others that also fit.
        const int cost = here.cost + (multiplies ? 12 : 4) + (near.column == far.column ? 0 : 1);
        const auto it = reached.find(far.table);
        if (it != reached.end() && (it->second.done || it->second.cost <= cost)) continue;
        Reached there{cost, here.path, false};
        there.path.push_back({near, far, multiplies});
        reached[far.table] = std::move(there);
      }
    }
  }
}

}  // namespace sextant::ask

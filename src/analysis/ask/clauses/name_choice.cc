#include <algorithm>
#include <set>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/clauses/name_words.h"
#include "analysis/ask/clauses/names.h"

namespace sextant::ask {

namespace {

// "apartment bookings" for apartment_bookings: several words, all of them, in their order.
bool says_whole_name(const TableEntry& table, const Links& links, const NameUse& use) {
  const auto words = static_cast<std::size_t>(use.last - use.first);
  if (words < 2 || words != table.words.size()) return false;
  for (std::size_t w = 0; w < words; ++w) {
    if (name_similarity(links.tokens[static_cast<std::size_t>(use.first) + w], table.words[w]) <
        0.9f) {
      return false;
    }
  }
  return true;
}

// "the names of the departments", "names and buildings of all departments": the table whose names
// they are; -1: the name is another one, or no table follows.
int owner_of_name(const Context& context, const Links& links, const std::vector<NameUse>& chosen,
                  std::size_t use) {
  const NameUse& name = chosen[use];
  const std::string& word = links.tokens[name.first].word;
  if (name.last != name.first + 1 || !is_one_of(word, {"name", "names"})) return -1;
  bool of = false;
  std::size_t next = use + 1;
  for (int i = name.last; i < static_cast<int>(links.tokens.size()) && i < name.last + 8; ++i) {
    const std::string& w = links.tokens[i].word;
    while (next < chosen.size() && chosen[next].last <= i) ++next;
    const bool here = next < chosen.size() && chosen[next].first <= i && i < chosen[next].last;
    if (here && of) return chosen[next].table ? chosen[next].id : -1;
    // "names and budgets of the departments"
    if (here && chosen[next].with_table && i > name.last) {
      const bool list = is_one_of(links.tokens[chosen[next].first - 1].word, {"and", ",", "the"});
      if (!list) return -1;
      for (int t = chosen[next].first; t < chosen[next].last; ++t) {
        if (links.tokens[t].word == "of") return context.columns()[chosen[next].id].table;
      }
    }
    if (is_one_of(w, {"of", "for"})) {
      of = true;
    } else if (!here &&
               !is_one_of(w, {"and", ",", "the", "all", "each", "every", "different", "distinct",
                              "their", "any", "average", "mean", "total", "maximum", "minimum"})) {
      return -1;
    }
  }
  return -1;
}

// Columns of the same name: the one whose table is spoken of nearest, "of the …" first.
void settle_tables(const Context& context, const Links& links,
                   const std::vector<std::vector<NameUse>>& names,
                   const std::vector<float>& context_score, std::vector<NameUse>& chosen) {
  const bool tables_said =
      std::ranges::any_of(chosen, [](const NameUse& use) { return use.table || use.with_table; });
  for (std::size_t u = 0; u < chosen.size(); ++u) {
    NameUse& use = chosen[u];
    if (use.table || use.with_table) continue;
    const int owner = owner_of_name(context, links, chosen, u);
    float best = -100;
    NameUse settled = use;
    for (const NameUse& other : names[use.first]) {
      if (other.table) continue;
      const int table = context.columns()[other.id].table;
      // "names of roller coasters", of which the rows took their own words.
      const bool of_owner = other.with_table && table == owner;
      // "device types of user sessions", where the sessions are a name of their own.
      const bool of_rows =
          other.with_table && std::ranges::any_of(chosen, [&](const NameUse& near) {
            return near.table && near.id == table && near.first >= use.last &&
                   near.last <= other.last;
          });
      if (!of_owner && !of_rows && (other.with_table || other.last != use.last)) continue;
      // "names of the departments": what the departments are called, whatever else is called name.
      const bool own_label = table == owner && other.id == label_column(context, table);
      if (other.score < use.score - 0.2f && !own_label) continue;
      float value = 3 * (own_label ? use.score : other.score) + 0.3f * context_score[table];
      for (std::size_t v = 0; v < chosen.size(); ++v) {
        const NameUse& near = chosen[v];
        if (v == u) continue;
        const bool rows = near.table || near.with_table;
        const int near_table = near.table ? near.id : context.columns()[near.id].table;
        if (near_table != table) continue;
        const int distance = near.first >= use.last ? near.first - use.last : use.first - near.last;
        if (!rows) {
          // "building, room number and year": what is listed together is of one table.
          const int from = std::min(use.last, near.last), to = std::max(use.first, near.first);
          bool list = to - from <= 3 && to > from;
          for (int i = from; i < to; ++i) {
            list = list && is_one_of(links.tokens[i].word, {",", "and", "the", "their", "its"});
          }
          if (list) value += 0.25f;
          // Where no table is said, the other columns say which one is spoken of.
          value += (distance <= 3 ? 0.15f : 0.f) + (tables_said ? 0.f : 0.15f);
          continue;
        }
        float weight = 0.6f / (1.f + 0.15f * static_cast<float>(distance));
        // "names and ages of the students": only names and small words between.
        if (near.first >= use.last) {
          bool list = false;
          const int until = near.with_table ? near.last : near.first;
          for (int i = use.last; i < until; ++i) {
            const std::string& w = links.tokens[i].word;
            if (is_one_of(w, {"of", "for", "from"})) list = true;
            if (is_one_of(w, {"who", "that", "which", "with", "whose", "where", "in", "by"})) {
              list = false;
              break;
            }
          }
          if (list) weight += 0.8f / (1.f + 0.1f * static_cast<float>(distance));
        } else if (distance == 0) {
          weight += 0.6f;
        }
        value += weight;
      }
      if (value > best + 1e-5f) {
        best = value;
        settled = other;
        settled.last = use.last;
        settled.with_table = false;
      }
    }
    use = settled;
  }
}

// "the dates and results of each festival": the rows, though a column is called like their table,
// where other columns of theirs are asked for.
void settle_owners(const Context& context, const Links& links, std::vector<NameUse>& chosen) {
  for (std::size_t u = 1; u < chosen.size(); ++u) {
    NameUse& use = chosen[u];
    if (use.table) continue;
    const ColumnEntry& column = context.columns()[use.id];
    if (!same_words(column.words, context.tables()[column.table].words)) continue;
    int before = use.first - 1;
    while (before > 0 &&
           is_one_of(links.tokens[before].word, {"the", "all", "each", "every", "these"})) {
      --before;
    }
    if (before < 1 || !is_one_of(links.tokens[before].word, {"of", "for", "to"})) continue;
    const bool listed = std::ranges::any_of(
        chosen.begin(), chosen.begin() + static_cast<std::ptrdiff_t>(u), [&](const NameUse& other) {
          return !other.table && other.id != use.id &&
                 context.columns()[other.id].table == column.table && other.score >= 0.75f;
        });
    if (listed) use = {true, column.table, use.first, use.last, use.score};
  }
}

// "card type codes … in each type": a word of a column that was named means that column again.
void settle_repeated(const Context& context, const Links& links, std::vector<NameUse>& chosen) {
  const auto stems = [&](const NameUse& use) {
    std::set<std::string> words;
    for (int i = use.first; i < use.last; ++i) words.insert(links.tokens[i].stem);
    return words;
  };
  for (std::size_t u = 1; u < chosen.size(); ++u) {
    NameUse& use = chosen[u];
    if (use.first == 0 || !is_one_of(links.tokens[use.first - 1].word, {"each", "every", "that"}))
      continue;
    const auto again = stems(use);
    for (std::size_t v = 0; v < u; ++v) {
      const NameUse& named = chosen[v];
      if (named.table || context.columns()[named.id].kind != Kind::text) continue;
      const auto whole = stems(named);
      if (whole.size() > again.size() && std::ranges::includes(whole, again)) {
        use.table = false;
        use.id = named.id;
        break;
      }
    }
  }
}

}  // namespace

std::vector<NameUse> choose_names(const Context& context, const Links& links,
                                  const std::vector<std::vector<NameUse>>& names,
                                  const std::vector<float>& context_score) {
  const int n = static_cast<int>(names.size());
  const auto worth = [&](const NameUse& use) {
    const int table = use.table ? use.id : context.columns()[use.id].table;
    float words = 0;
    for (int i = use.first; i < use.last; ++i) words += links.info[i].stop ? 0.3f : 1.f;
    float value = use.score * (0.4f + 0.6f * words) + 0.25f * context_score[table];
    if (use.with_table) value += 1.2f;
    // "job ids for employees": the id of a job rather than of the employees.
    if (use.with_table && use.first > 0 &&
        std::ranges::any_of(names[use.first - 1], [&](const NameUse& other) {
          return !other.table && other.score >= 0.95f && other.last == use.first + 1;
        })) {
      value -= 0.8f;
    }
    // Long names that are said whole are meant.
    if (use.score >= 0.95f) {
      const auto words_of_name = use.table ? context.tables()[use.id].words.size()
                                           : context.columns()[use.id].words.size();
      value += 0.8f * static_cast<float>(std::min<std::size_t>(words_of_name, 3) - 1);
    }
    if (use.table && use.score < 0.95f && use.last > use.first + 1) value += 0.8f;
    if (use.table && says_whole_name(context.tables()[use.id], links, use)) value += 0.4f;
    // A word of a column's name is rather that than something like the name of a table.
    if (use.table && links.table_match[use.id][use.first] < 0.9f &&
        std::ranges::any_of(
            names[use.first],
            [&](const NameUse& other) {
              return !other.table && links.match[other.id][use.first] >= 0.99f;
            })) {
      value -= 0.4f;
    }
    // Where rows and a column are called alike, the rows are meant unless the table is said too.
    if (use.table && use.score > 0.9f) value += 0.12f;
    // "allergy types", where the table allergy_type has a column allergy_type: the column.
    if (!use.table && (use.score >= 0.95f || (use.score >= 0.75f && use.last - use.first > 1)) &&
        context.columns()[use.id].words.size() > 1 &&
        same_words(context.columns()[use.id].words, context.tables()[table].words)) {
      value += 1.0f;
    }
    return value;
  };
  std::vector<float> best(static_cast<std::size_t>(n) + 1, 0.f);
  std::vector<const NameUse*> chosen(static_cast<std::size_t>(n) + 1, nullptr);
  for (int i = n - 1; i >= 0; --i) {
    best[i] = best[i + 1];
    for (const NameUse& use : names[i]) {
      const float value = worth(use) + best[use.last];
      if (value > best[i] + 1e-5f) {
        best[i] = value;
        chosen[i] = &use;
      }
    }
  }
  std::vector<NameUse> result;
  for (int i = 0; i < n;) {
    if (chosen[i]) {
      result.push_back(*chosen[i]);
      i = chosen[i]->last;
    } else {
      ++i;
    }
  }
  settle_tables(context, links, names, context_score, result);
  settle_repeated(context, links, result);
  settle_owners(context, links, result);
  return result;
}

}  // namespace sextant::ask

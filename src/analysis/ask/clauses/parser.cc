#include "analysis/ask/clauses/parser.h"

#include <algorithm>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/joins.h"

namespace sextant::ask {

bool ClauseParser::is(int i, std::initializer_list<std::string_view> words) const {
  return i >= 0 && i < size() && std::ranges::find(words, links_.tokens[i].word) != words.end();
}

bool ClauseParser::all_free(int first, int last) const {
  for (int i = std::max(0, first); i < std::min(last, size()); ++i) {
    if (taken_[i]) return false;
  }
  return true;
}

int ClauseParser::skip(int i, std::initializer_list<std::string_view> words) const {
  while (i < size() && is(i, words)) ++i;
  return i;
}

// Whether the token begins with a capital letter, as it is written.
bool ClauseParser::capital(int token) const {
  const char c = links_.question[static_cast<std::size_t>(links_.tokens[token].start)];
  return c >= 'A' && c <= 'Z';
}

const NameUse* ClauseParser::name_at(int token) const {
  for (const NameUse& use : names_) {
    if (use.first == token && all_free(use.first, use.last)) return &use;
  }
  return nullptr;
}

const NameUse* ClauseParser::next_name(int from, int within) const {
  for (int i = from; i < std::min(size(), from + within); ++i) {
    if (const NameUse* use = name_at(i)) return use;
    if (taken_[i]) return nullptr;
  }
  return nullptr;
}

const NameUse* ClauseParser::name_before(int token, int within) const {
  for (const NameUse& use : names_) {
    if (use.last <= token && use.last > token - within && all_free(use.first, use.last)) {
      return &use;
    }
  }
  return nullptr;
}

int ClauseParser::key_column(int table) const {
  const auto& keys = context_.tables()[table].model->keys;
  if (keys.empty()) return -1;
  const std::string& name = context_.tables()[table].model->name;
  for (const std::string& key : keys) {  // what others point to, rather than a text that is unique
    const int c = context_.find_column(name, key);
    if (c >= 0 && column(c).model->role == catalog::Role::identifier) return c;
  }
  return context_.find_column(name, keys.front());
}

// Whether the key is called by another table that it leads to, as restaurant_id of locations: rows
// that say more of the other's rows, whose values name no things of their own.
bool ClauseParser::borrows_key(int key) const {
  const auto names = [&](const std::string& table) {
    const int t = context_.find_table(table);
    return t >= 0 && std::ranges::any_of(column(key).words, [&](const Token& word) {
             return std::ranges::any_of(context_.tables()[t].words,
                                        [&](const Token& w) { return w.stem == word.stem; });
           });
  };
  const std::string& own = context_.tables()[column(key).table].model->name;
  const auto is_key = [&](const catalog::JoinSide& end) {
    return end.table == own && end.column == column(key).model->name;
  };
  return !names(own) &&
         std::ranges::any_of(context_.model().joins, [&](const catalog::ModelJoin& join) {
           return (is_key(join.left) && names(join.right.table)) ||
                  (is_key(join.right) && names(join.left.table));
         });
}

Part ClauseParser::part_of(const NameUse& use) const {
  Part part;
  part.first = use.first;
  part.last = use.last;
  part.table = use.table ? use.id : column(use.id).table;
  if (!use.table) part.column = use.id;
  return part;
}

Measure ClauseParser::to_measure(const Part& part) const {
  Measure m;
  m.aggregate = part.aggregate == Aggregate::none ? Aggregate::count : part.aggregate;
  m.table = context_.tables()[table_of(part)].model->name;
  if (part.column >= 0) m.column = column(part.column).model->name;
  if (m.aggregate == Aggregate::count && part.column < 0) {
    // Rows that are counted already: "check-ins" of a table with a column "count".
    const TableEntry& table = context_.tables()[table_of(part)];
    for (int c = table.first_column; c < table.first_column + table.columns; ++c) {
      const ColumnEntry& entry = column(c);
      if (entry.kind != Kind::number || entry.words.size() != 1 || entry.words[0].word != "count")
        continue;
      m.aggregate = Aggregate::sum;
      m.column = entry.model->name;
    }
  }
  if (part.last > part.first) m.span = span(part.first, part.last);
  return m;
}

// How much the question speaks of each table, before anything is decided.
void ClauseParser::score_tables() {
  table_score_.assign(context_.tables().size(), 0.f);
  for (std::size_t t = 0; t < table_score_.size(); ++t) {
    float best = 0;
    for (int i = 0; i < size(); ++i) {
      if (links_.tokens[i].symbol || links_.info[i].stop) continue;
      const float said = links_.table_match[t][i];
      const float words = static_cast<float>(context_.tables()[t].words.size());
      best = std::max(best, said / std::max(1.f, 0.5f + 0.5f * words));
    }
    table_score_[t] = best;
  }
}

// "white percentages", "percentage of hispanics", "job title": a noun beside a column that it only
// completes is no column of its own.
void ClauseParser::drop_measure_nouns() {
  static const std::vector<std::string_view> kNouns = {
      "percentage", "percentages", "percent", "rate",  "rates",  "score",
      "scores",     "amount",      "amounts", "level", "levels", "figure",
      "figures",    "value",       "values",  "title", "titles"};
  const auto number = [&](const NameUse& use) {
    return !use.table && is_measure(column(use.id)) && use.score >= 0.75f;
  };
  for (std::size_t u = 0; u < names_.size(); ++u) {
    const NameUse use = names_[u];
    if (use.table || use.last != use.first + 1 || links_.match[use.id][use.first] >= 0.99f ||
        std::ranges::find(kNouns, word(use.first)) == kNouns.end()) {
      continue;
    }
    const bool after = u > 0 && names_[u - 1].last == use.first && number(names_[u - 1]);
    const bool of = is(use.last, {"of"}) && u + 1 < names_.size() &&
                    names_[u + 1].first == skip(use.last, {"of", "the"}) && number(names_[u + 1]);
    // "job title" of a column job, where only another one could be called a title.
    const bool called = u > 0 && is(use.first, {"title", "titles"}) &&
                        names_[u - 1].last == use.first && !names_[u - 1].table &&
                        names_[u - 1].score >= 0.7f && names_[u - 1].id != use.id &&
                        column(names_[u - 1].id).kind == Kind::text;
    if (!after && !of && !called) continue;
    take(use.first, use.last);
    names_.erase(names_.begin() + static_cast<std::ptrdiff_t>(u--));
  }
}

// "users (user id and name)": what points to the rows that are spoken of is their own key.
void ClauseParser::settle_keys() {
  const auto spoken = [&](int table) {
    return std::ranges::any_of(names_,
                               [&](const NameUse& use) { return use.table && use.id == table; });
  };
  // "documents that have expenses": documents_with_expenses is spoken of by a word of its own.
  const auto apart = [&](int own, int table) {
    for (const Token& name : context_.tables()[own].words) {
      if (is_stopword(name.word)) continue;
      const auto said = [&](const Token& token) { return name_similarity(token, name) >= 0.8f; };
      if (std::ranges::any_of(links_.tokens, said) &&
          std::ranges::none_of(context_.tables()[table].words, said)) {
        return true;
      }
    }
    return false;
  };
  for (NameUse& use : names_) {
    if (use.table || spoken(column(use.id).table) || column(use.id).words.back().word != "id" ||
        use.id == key_column(column(use.id).table)) {
      continue;
    }
    const auto& own = context_.tables()[column(use.id).table].model->name;
    for (const auto& join : context_.model().joins) {
      if (join.left.table != own || join.left.column != column(use.id).model->name) continue;
      const int table = context_.find_table(join.right.table);
      const int key = context_.find_column(join.right.table, join.right.column);
      if (table < 0 || key < 0 || !spoken(table) || key != key_column(table) ||
          apart(column(use.id).table, table)) {
        continue;
      }
      use.id = key;
      break;
    }
  }
}

// "who … ? return their id": a column of the rows asked about, where others have one too.
void ClauseParser::settle_theirs() {
  const auto subject = std::ranges::find_if(names_, &NameUse::table);
  if (subject == names_.end()) return;
  for (NameUse& use : names_) {
    if (use.table || use.first <= subject->first || !is(use.first - 1, {"their", "its"})) continue;
    for (const NameUse& other : all_names_[use.first]) {
      if (other.table || column(other.id).table != subject->id || other.last != use.last ||
          other.score < use.score - 0.05f) {
        continue;
      }
      use = other;
      break;
    }
  }
}

// "the number of hosts of each nationality": a name of what is counted that nothing joins with the
// others gives way to one of the same words that something does: the hosts, not a column
// number_of_hosts elsewhere.
void ClauseParser::settle_reach() {
  const auto table_of_use = [&](const NameUse& use) {
    return use.table ? use.id : column(use.id).table;
  };
  for (std::size_t u = 0; u < names_.size(); ++u) {
    const auto joined = [&](const NameUse& use, bool all) {
      bool any = false;
      for (std::size_t v = 0; v < names_.size(); ++v) {
        if (v == u) continue;
        const int from = table_of_use(use), to = table_of_use(names_[v]);
        const bool meets = from == to || reachable(context_, from, to);
        if (all && !meets) return false;
        any = any || meets;
      }
      return any;
    };
    const int at = names_[u].first;
    const bool counted = is(at, {"number", "numbers", "count"}) || is(at - 1, {"many"}) ||
                         (is(at - 1, {"of"}) && is(at - 2, {"number", "numbers", "count"}));
    if (!counted || names_.size() < 2 || joined(names_[u], false)) continue;
    const NameUse* best = nullptr;
    for (int i = names_[u].first; i < names_[u].last; ++i) {
      for (const NameUse& other : all_names_[i]) {
        const bool fits = other.last == names_[u].last && other.score >= 0.7f;
        if (fits && joined(other, true) && (!best || other.score > best->score)) best = &other;
      }
    }
    if (best) names_[u] = *best;
  }
}

void ClauseParser::resolve_names() {
  all_names_ = find_names(context_, links_, taken_);
  names_ = choose_names(context_, links_, all_names_, table_score_);
  settle_reach();
  drop_measure_nouns();
  settle_keys();
  settle_theirs();
  for (const NameUse& use : names_) {
    if (subject_ >= 0) break;
    if (use.table) subject_ = use.id;
    if (use.with_table) subject_ = column(use.id).table;
  }
}

// Whether the word says something of the data.
bool ClauseParser::is_content(int i) const {
  static const std::vector<std::string_view> kAsking = {
      "show",      "list",     "find",    "give",  "return", "please",        "me",
      "display",   "number",   "count",   "chart", "want",   "draw",          "visualize",
      "different", "distinct", "tell",    "names", "name",   "corresponding", "records",
      "bar",       "total",    "compare", "plot"};
  if (links_.tokens[i].symbol || (links_.info[i].stop && !taken_[i])) return false;
  return taken_[i] || std::ranges::find(kAsking, word(i)) == kAsking.end();
}

double ClauseParser::explained() const {
  int content = 0, known = 0;
  for (int i = 0; i < size(); ++i) {
    if (!is_content(i)) continue;
    const int weight = links_.tokens[i].number ? 3 : 1;
    content += weight;
    known += taken_[i] ? weight : 0;
  }
  return content == 0 ? 1. : static_cast<double>(known) / content;
}

// What the reading does not account for, as written.
std::vector<std::string> ClauseParser::unexplained() const {
  std::vector<std::string> words;
  for (int i = 0; i < size(); ++i) {
    if (!is_content(i) || taken_[i]) continue;
    const Token& token = links_.tokens[i];
    words.push_back(links_.question.substr(static_cast<std::size_t>(token.start),
                                           static_cast<std::size_t>(token.end - token.start)));
  }
  return words;
}

std::optional<ClauseReading> ClauseParser::parse() {
  for (int i = 0; i < size(); ++i) {
    if (chart_.tokens[i]) taken_[i] = true;
  }
  score_tables();
  reserve_limits();
  find_patterns();
  find_sexes();
  find_missing();
  find_given();
  choose_conditions();
  find_flags();
  resolve_names();
  keep_tables_few();
  name_places();
  if (read_ratio()) return finish_ratio();
  if (read_places()) return assemble();
  if (names_.empty()) return std::nullopt;
  find_scope();
  find_same();
  find_nested();
  find_group_conditions();
  find_counts();
  find_times();
  find_absences();
  find_order();
  find_superlatives();
  find_bins();
  find_groups();
  find_select();
  imply_distinct();
  chart_defaults();
  name_x_first();
  return assemble();
}

std::optional<ClauseReading> read_clauses(const Context& context, const Links& links,
                                          const Weights& weights) {
  return ClauseParser(context, links, weights).parse();
}

}  // namespace sextant::ask

#include "analysis/ask/clauses/names.h"

#include <algorithm>

#include "analysis/ask/clauses/name_words.h"
#include "analysis/ask/stable_sort.h"

namespace sextant::ask {

namespace {

constexpr float kSaid = 0.55f;
constexpr float kTableSaid = 0.72f;

// How much each word of a column's name weighs: its table's own words are seldom said with it.
std::vector<float> word_weights(const ColumnEntry& column, const TableEntry& table) {
  std::vector<float> weights;
  for (const Token& word : column.words) {
    const bool small =
        (is_stopword(word.word) && word.word != "name") ||
        (word.word.size() == 1 && column.words.size() > 1 && !word.number);  // "cName"
    float weight = small ? 0.15f : 1.f;
    for (const Token& own : table.words) {
      if (name_similarity(own, word) >= 0.8f && column.words.size() > 1) weight = 0.2f;
    }
    if (is_one_of(word.word, {"code", "details", "description", "name"}) &&
        column.words.size() > 1) {
      weight = std::min(weight, 0.6f);
    }
    weights.push_back(weight);
  }
  return weights;
}

class Finder {
 public:
  Finder(const Context& context, const Links& links, const std::vector<bool>& taken)
      : context_(context), links_(links), taken_(taken) {}

  NameUse column(int id, int first) const {
    NameUse use{false, id, first, first, 0.f};
    const ColumnEntry& entry = context_.columns()[id];
    const TableEntry& table = context_.tables()[entry.table];
    const auto weights = word_weights(entry, table);
    std::vector<float> said(entry.words.size(), 0.f);
    const auto& match = links_.match[id];
    const auto& match_word = links_.match_word[id];
    int words = 0, own = 0;  // own: also words of the table
    int last_word = -1;
    bool linked = false, reversed = false;
    for (int at = first; at < size();) {
      if (!free(at)) break;
      const int word = match_word[at];
      if (match[at] >= kSaid && word >= 0 && said[word] == 0) {
        // "games played" is not what plays games: the order of words counts.
        if (word < last_word && !linked) reversed = true;
        last_word = word;
        linked = false;
        said[word] = match[at];
        ++words;
        own += links_.table_match[entry.table][at] >= kTableSaid;
        if (at > first && links_.table_match[entry.table][at] >= kTableSaid) use.with_table = true;
        if (at == first && entry.words.size() > 1 &&
            links_.table_match[entry.table][at] >= kTableSaid) {
          use.with_table = true;
        }
        use.last = ++at;
        continue;
      }
      // "last name" for lname: one word of the name, two of the question.
      if (match[at] >= kSaid && words > 0 && entry.words.size() == 1 && at == use.last) {
        use.last = ++at;
        continue;
      }
      if (match[at] >= 0.9f && word < 0) {  // a synonym of the whole name
        std::ranges::fill(said, match[at]);
        ++words;
        use.last = ++at;
        continue;
      }
      if (at == first || words > 0) {
        if (links_.table_match[entry.table][at] >= kTableSaid && !use.with_table) {
          use.with_table = true;
          ++at;
          while (at < size() && free(at) && links_.table_match[entry.table][at] >= kTableSaid &&
                 match[at] < kSaid) {
            ++at;
          }
          if (words > 0) use.last = at;
          continue;
        }
      }
      // "name of the student", "date of birth": small words inside. "price for each product":
      // groups.
      int next = at;
      while (next < size() && next - at < 3 && free(next) &&
             (next == at ? is_one_of(token(next).word, {"of", "for", "in"})
                         : is_one_of(token(next).word, {"the", "all", "a", "those", "their", "its",
                                                        "this", "these", "our"}) ||
                               (is_one_of(token(next).word, {"each", "every"}) &&
                                token(next - 1).word == "of"))) {
        ++next;
      }
      if (words == 0 || next == at || next >= size() || !free(next)) break;
      const int next_word = match_word[next];
      const bool more = match[next] >= kSaid && next_word >= 0 && said[next_word] == 0 &&
                        (next - at == 1 || (next - at == 2 && token(at).word == "of"));
      const bool owner = !use.with_table && links_.table_match[entry.table][next] >= kTableSaid;
      if (!more && !owner) break;
      linked = true;
      at = next;
    }
    if (words == 0) return use;
    // "home team name" for home_team: what is called so.
    if (entry.kind == Kind::text && use.last < size() && free(use.last) && !use.with_table &&
        is_one_of(token(use.last).word, {"name", "names"}) && match[use.last] < kSaid &&
        links_.table_match[entry.table][use.last - 1] < kTableSaid) {
      ++use.last;
    }
    // "job title" for job, where "title" is no column of its own.
    if (entry.kind == Kind::text && use.last < size() && free(use.last) && !use.with_table &&
        words == static_cast<int>(entry.words.size()) && own < words &&
        is_one_of(token(use.last).word,
                  {"title", "titles", "category", "categories", "type", "types", "status"}) &&
        std::ranges::none_of(links_.match, [&](const auto& m) { return m[use.last] >= 0.95f; })) {
      ++use.last;
    }
    // "department number" for department_id
    if (entry.words.size() > 1 && entry.words.back().word == "id" && said.back() == 0 &&
        use.last < size() && free(use.last) &&
        is_one_of(token(use.last).word, {"number", "numbers"}) && next_word(use.last) != "of") {
      said.back() = 0.9f;
      ++words;
      ++use.last;
    }
    if (own == words && entry.words.size() > 1) use.with_table = false;
    float weight = 0, total = 0;
    for (std::size_t w = 0; w < said.size(); ++w) {
      weight += weights[w] * said[w];
      total += weights[w];
    }
    use.score = total > 0 ? weight / total : 0.f;
    if (own == words && entry.words.size() > 1 && !same_words(entry.words, table.words)) {
      use.score *= 0.6f;
    }
    if (reversed) use.score *= 0.85f;
    // An id is meant only when it is said.
    for (std::size_t w = 0; w < said.size(); ++w) {
      if (said[w] == 0 && entry.words[w].word == "id") use.score -= 0.3f;
    }
    // "started" says what was done, not start_date.
    if (words == 1 && only_done(entry, use)) use.score = 0;
    // "number of trains" is not number_of_platforms.
    bool only_number = true;
    for (std::size_t w = 0; w < said.size(); ++w) {
      if (said[w] > 0 && !is_one_of(entry.words[w].word, {"number", "of", "count", "total", "num"}))
        only_number = false;
    }
    if (only_number && use.score < 0.95f && words > 1) use.score = 0;
    // "the number of trains" counts them, though there is a train_number.
    if (reversed_number(entry, table, first)) use.score = 0;
    // "number of wines" counts them, though a column "no" holds numbers.
    if (is_one_of(token(first).word, {"number", "numbers", "count"}) && next_word(first) == "of" &&
        (match_word[first] < 0 ||
         entry.words[static_cast<std::size_t>(match_word[first])].stem != token(first).stem)) {
      use.score = 0;
    }
    // "number of …" counts, unless the whole name is said.
    if (words == 1 && use.score < 0.9f &&
        !(token(first).word == "amount" && next_word(first) != "of") &&
        is_one_of(token(first).word,
                  {"number",   "numbers", "count",    "counts",   "total",    "totals",
                   "mean",     "amount",  "average",  "sum",      "maximum",  "minimum",
                   "highest",  "lowest",  "largest",  "smallest", "most",     "least",
                   "top",      "longest", "shortest", "latest",   "earliest", "oldest",
                   "youngest", "best",    "first",    "last",     "different"}) &&
        !is_one_of(next_word(first), {"and", "name", "names"})) {
      use.score = 0;
    }
    if (use.score < 0.3f) use.score = 0;
    return use;
  }

  // "number of trains": several of what the rows are, and a column of each one's number.
  bool reversed_number(const ColumnEntry& entry, const TableEntry& table, int first) const {
    if (entry.words.size() < 2 || entry.words.back().stem != "number") return false;
    if (!is_one_of(token(first).word, {"number", "numbers"}) || next_word(first) != "of") {
      return false;
    }
    int at = first + 2;
    while (at < size() && is_one_of(token(at).word, {"the", "all", "different"})) ++at;
    if (at >= size() || !token(at).word.ends_with("s")) return false;
    return std::ranges::any_of(table.words, [&](const Token& own) {
      return own.stem == token(at).stem && own.stem == entry.words.front().stem;
    });
  }

  // Whether all that is said of a name of several words is a verb of one of them.
  bool only_done(const ColumnEntry& entry, const NameUse& use) const {
    if (entry.words.size() < 2) return false;
    for (int i = use.first; i < use.last; ++i) {
      const std::string& w = token(i).word;
      if (!(w.ends_with("ed") || w.ends_with("ing"))) continue;
      return std::ranges::any_of(
                 entry.words,
                 [&](const Token& own) { return own.stem == token(i).stem && own.word != w; }) &&
             i + 1 < size() &&
             is_one_of(token(i + 1).word, {"from", "in", "at", "on", "to", "by", "with", "before",
                                           "after", "the", "a", "there"});
    }
    return false;
  }

  NameUse table(int id, int first) const {
    NameUse use{true, id, first, first, 0.f};
    const TableEntry& entry = context_.tables()[id];
    if (says_joined(token(first), entry.words)) {
      use.last = first + 1;
      use.score = 1;
      return use;
    }
    std::vector<bool> said(entry.words.size(), false);
    float weight = 0;
    int at = first;
    std::size_t before = 0;
    bool reversed = false;
    while (at < size() && free(at)) {
      std::size_t best = said.size();
      float similarity = 0;
      for (std::size_t w = 0; w < said.size(); ++w) {
        const float s = name_similarity(token(at), entry.words[w]);
        if (!said[w] && s >= 0.8f && s > similarity) {
          best = w;
          similarity = s;
        }
      }
      if (best == said.size()) break;
      said[best] = true;
      weight += similarity;
      reversed = reversed || (at > first && best < before);
      before = best;
      ++at;
    }
    if (at == first && links_.table_match[id][first] >= kSaid) {
      weight = links_.table_match[id][first] * static_cast<float>(said.size());
      if (said.size() > 1) weight *= 0.6f;
      at = first + 1;
      // "movie theaters" for cinemas: two words for one.
      if (at < size() && free(at) && !token(first).word.ends_with("s") &&
          links_.table_match[id][at] >= kTableSaid && links_.table_match[id][at] < 0.95f) {
        ++at;
      }
    }
    if (at == first) return use;
    use.last = at;
    use.score = weight / static_cast<float>(said.size());
    if (reversed) use.score *= 0.85f;  // "games played" are no plays_games
    // The last word of a name is what the rows are: "types" of ref_document_types.
    if (use.score < 0.99f && !said.empty() && !said.back()) use.score *= 0.8f;
    if (use.score < 0.3f) use.score = 0;
    return use;
  }

  std::string next_word(int at) const { return at + 1 < size() ? token(at + 1).word : ""; }
  bool free(int at) const { return !taken_[at] && !token(at).symbol; }
  const Token& token(int at) const { return links_.tokens[at]; }
  int size() const { return static_cast<int>(links_.tokens.size()); }

 private:
  const Context& context_;
  const Links& links_;
  const std::vector<bool>& taken_;
};

// "in desc by the y axis": a direction, though it abbreviates "description".
bool says_direction(const Links& links, int token) {
  const auto& tokens = links.tokens;
  if (!is_one_of(tokens[token].word, {"asc", "desc"})) return false;
  const int next = token + 1;
  return next >= static_cast<int>(tokens.size()) || tokens[next].symbol ||
         is_one_of(tokens[next].word, {"order", "by", "please"}) ||
         (token > 0 && is_one_of(tokens[token - 1].word, {"in", "by", "axis", "x", "y"}));
}

// "job_id": a name of several words that is written as a column is.
bool written_as_column(const Links& links, const NameUse& use) {
  for (int i = use.first; i + 1 < use.last; ++i) {
    const auto end = static_cast<std::size_t>(links.tokens[i].end);
    if (end >= links.question.size() || links.question[end] != '_') return false;
  }
  return use.last - use.first > 1;
}

bool called_alike(const Context& context, const NameUse& a, const NameUse& b) {
  return same_words(context.columns()[a.id].words, context.columns()[b.id].words);
}

// A name that is written as a column is no other one, and of several columns called so none is that
// of a table "job" more than the others.
void settle_written(const Context& context, const Links& links, std::vector<NameUse>& names) {
  const auto exact = std::ranges::find_if(names, [&](const NameUse& use) {
    return !use.table && use.score >= 0.95f && written_as_column(links, use);
  });
  if (exact == names.end()) return;
  const NameUse written = *exact;
  std::erase_if(names, [&](const NameUse& use) {
    return !use.table && use.last == written.last && !called_alike(context, use, written);
  });
  const auto alike = std::ranges::count_if(
      names, [&](const NameUse& use) { return !use.table && use.last == written.last; });
  for (NameUse& use : names) {
    if (alike > 1 && !use.table && use.last == written.last) use.with_table = false;
  }
}

}  // namespace

std::vector<std::vector<NameUse>> find_names(const Context& context, const Links& links,
                                             const std::vector<bool>& taken) {
  const Finder finder(context, links, taken);
  std::vector<std::vector<NameUse>> names(links.tokens.size());
  for (int i = 0; i < finder.size(); ++i) {
    if (!finder.free(i) || says_direction(links, i)) continue;
    const std::string& word = links.tokens[i].word;
    const bool small = links.info[i].stop && word != "name";
    for (std::size_t c = 0; c < context.columns().size(); ++c) {
      const int table = context.columns()[c].table;
      if (links.match[c][i] < kSaid && links.table_match[table][i] < kTableSaid) continue;
      const NameUse use = finder.column(static_cast<int>(c), i);
      if (small && (use.score < 0.95f || use.last - use.first < 2)) continue;
      if (use.score > 0) names[i].push_back(use);
      // "outcomes of the music festivals": the synonym without its owner, which another name has.
      int end = use.first + 1;
      while (end < use.last && !is_one_of(links.tokens[end].word, {"of", "for", "in"})) ++end;
      if (use.score > 0 && use.score < 0.95f && use.with_table && end < use.last &&
          context.columns()[c].kind != Kind::date) {
        names[i].push_back({false, use.id, use.first, end, use.score, false});
      }
    }
    if (small) continue;
    for (std::size_t t = 0; t < context.tables().size(); ++t) {
      if (links.table_match[t][i] < kSaid) continue;
      const NameUse use = finder.table(static_cast<int>(t), i);
      if (use.score > 0) names[i].push_back(use);
    }
    settle_written(context, links, names[i]);
    stable_sort_by(names[i], [](const NameUse& a, const NameUse& b) { return a.score > b.score; });
  }
  return names;
}

}  // namespace sextant::ask

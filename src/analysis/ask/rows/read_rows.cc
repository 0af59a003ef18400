#include <algorithm>
#include <cmath>

#include "analysis/ask/candidates/lookup.h"
#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/rows/row_reader.h"
#include "base/text.h"

namespace sextant::ask {

namespace {

constexpr double kNamed = 0.5;  // share of a column's name that must be said

struct Sized {
  std::string_view word;
  bool high;
};

// Words that order things, and which end they ask for.
constexpr Sized kSuperlatives[] = {
    {"most", true},     {"highest", true},   {"largest", true},  {"biggest", true},
    {"greatest", true}, {"longest", true},   {"tallest", true},  {"maximum", true},
    {"heaviest", true}, {"oldest", false},   {"farthest", true}, {"furthest", true},
    {"deepest", true},  {"widest", true},    {"richest", true},  {"strongest", true},
    {"top", true},      {"least", false},    {"lowest", false},  {"smallest", false},
    {"fewest", false},  {"shortest", false}, {"minimum", false}, {"lightest", false},
    {"fastest", false}, {"slowest", true},   {"youngest", true}, {"cheapest", false},
    {"busiest", true},  {"closest", false},  {"nearest", false}, {"quickest", false},
    {"warmest", true},  {"coldest", false},  {"hottest", true},  {"max", true},
    {"min", false}};

// Words that order by time or by place in the table.
constexpr Sized kEnds[] = {{"first", false},   {"last", true},   {"earliest", false},
                           {"latest", true},   {"newest", true}, {"recent", true},
                           {"initial", false}, {"bottom", true}};

constexpr Sized kComparatives[] = {
    {"more", true},     {"higher", true},    {"larger", true},   {"bigger", true},
    {"greater", true},  {"longer", true},    {"taller", true},   {"heavier", true},
    {"older", false},   {"most", true},      {"less", false},    {"lower", false},
    {"smaller", false}, {"fewer", false},    {"shorter", false}, {"lighter", false},
    {"faster", false},  {"slower", true},    {"younger", true},  {"cheaper", false},
    {"highest", true},  {"largest", true},   {"longest", true},  {"least", false},
    {"fewest", false},  {"lowest", false},   {"farther", true},  {"deeper", true},
    {"better", false},  {"worse", true},     {"tallest", true},  {"greatest", true},
    {"oldest", false},  {"smallest", false}, {"shortest", false}};
constexpr Sized kSooner[] = {{"first", false},  {"earlier", false},  {"sooner", false},
                             {"before", false}, {"earliest", false}, {"later", true},
                             {"last", true},    {"after", true},     {"latest", true}};

template <std::size_t N>
const Sized* find_sized(const Sized (&words)[N], std::string_view word) {
  for (const Sized& s : words) {
    if (s.word == word) return &s;
  }
  return nullptr;
}

// What an adjective measures, by the names that columns have for it; `flips`: a birth orders the
// other way round than an age.
struct Meant {
  std::string_view adjective;  // its beginning
  std::string_view names;      // stems, separated by blanks
};
constexpr Meant kMeant[] = {{"tall", "height"},
                            {"long", "length time durat distanc"},
                            {"short", "length time durat height distanc"},
                            {"old", "age born birth birthdat year date"},
                            {"young", "age born birth birthdat"},
                            {"fast", "time speed"},
                            {"slow", "time speed"},
                            {"quick", "time"},
                            {"heav", "weight mass"},
                            {"light", "weight mass"},
                            {"large", "area size popul capac"},
                            {"big", "area size popul capac"},
                            {"small", "area size popul capac"},
                            {"deep", "depth"},
                            {"wide", "width"},
                            {"cheap", "price cost"},
                            {"rich", "money earn prize"},
                            {"high", "height elev score point"},
                            {"far", "distanc length"}};

}  // namespace

RowReader::RowReader(const Context& context, const Links& links, const Weights& weights)
    : context_(context), links_(links), weights_(weights), taken_(links.tokens.size(), false) {
  for (const ColumnEntry& c : context.columns()) as_.push_back(best_reading(c));
}

bool RowReader::is(int i, std::initializer_list<std::string_view> words) const {
  return i >= 0 && i < size() && std::ranges::find(words, word(i)) != words.end();
}

int RowReader::find(std::initializer_list<std::string_view> words, int from) const {
  for (int i = from; i < size(); ++i) {
    if (is(i, words)) return i;
  }
  return -1;
}

double RowReader::named(int c) const {
  const auto& words = column(c).words;
  std::vector<float> best(words.size(), 0.f);
  for (int i = 0; i < size(); ++i) {
    if (taken_[i] || links_.match[c][i] < 0.45f) continue;
    const int w = links_.match_word[c][i];
    if (w >= 0) best[w] = std::max(best[w], links_.match[c][i]);
  }
  float weight = 0, total = 0;
  for (std::size_t w = 0; w < best.size(); ++w) {
    weight += best[w] * links_.word_weight[c][w];
    total += links_.word_weight[c][w];
  }
  return total > 0 ? weight / total : 0;
}

int RowReader::time_like() const {
  for (std::size_t c = 0; c < context_.columns().size(); ++c) {
    if (as_[c] == ReadAs::date || column(static_cast<int>(c)).kind == Kind::date) {
      return static_cast<int>(c);
    }
  }
  for (std::size_t c = 0; c < context_.columns().size(); ++c) {
    for (const Token& w : column(static_cast<int>(c)).words) {
      if ((w.stem != "year" && w.stem != "season") || as_[c] != ReadAs::number) continue;
      std::int64_t years = 0;
      for (std::int64_t r = 0; r < sample_rows(); ++r) {
        const auto v = value_as(cell(static_cast<int>(c), r), ReadAs::number);
        years += v && *v >= 1000 && *v <= 2999;
      }
      if (2 * years > sample_rows()) return static_cast<int>(c);
    }
  }
  return -1;
}

int RowReader::compared_column(int cue, bool must_be_named) const {
  int best = -1;
  double best_score = kNamed - 0.2;
  for (std::size_t c = 0; c < context_.columns().size(); ++c) {
    if (as_[c] == ReadAs::text) continue;
    double score = 0;
    // Near the word that compares.
    for (int i = std::max(0, cue - 4); i < std::min(size(), cue + 7); ++i) {
      if (taken_[i] || links_.match[c][i] < 0.55f) continue;
      if (i < cue && is(i - 1, {"which", "what", "whose"})) continue;  // that is asked for
      const double near = i > cue ? 1.0 - 0.04 * (i - cue) : 0.75 - 0.04 * (cue - i);
      score = std::max(score, static_cast<double>(links_.match[c][i]) * near);
    }
    score = std::min(score, 0.5 + 0.5 * named(static_cast<int>(c)));
    if (score > best_score + 1e-6) {
      best_score = score;
      best = static_cast<int>(c);
    }
  }
  if (best >= 0) return best;
  for (const Meant& meant : kMeant) {
    if (!word(cue).starts_with(meant.adjective)) continue;
    std::string_view names = meant.names;
    while (!names.empty()) {
      const std::size_t end = std::min(names.find(' '), names.size());
      const std::string_view stem = names.substr(0, end);
      for (std::size_t c = 0; c < context_.columns().size(); ++c) {
        if (as_[c] == ReadAs::text) continue;
        for (const Token& w : column(static_cast<int>(c)).words) {
          if (w.stem.starts_with(stem)) return static_cast<int>(c);
        }
      }
      names.remove_prefix(std::min(names.size(), end + 1));
    }
  }
  if (must_be_named) return -1;
  // The only one that measures anything.
  int only = -1;
  for (std::size_t c = 0; c < context_.columns().size(); ++c) {
    if (as_[c] != ReadAs::number && as_[c] != ReadAs::duration) continue;
    bool counts = false;  // years, ranks and the like order rows but measure nothing
    for (const Token& w : column(static_cast<int>(c)).words) {
      counts = counts || w.stem == "year" || w.stem == "rank" || w.stem == "no" ||
               w.stem == "number" || w.stem == "posit" || w.stem == "season" || w.stem == "round";
    }
    if (counts) continue;
    if (only >= 0) return -1;
    only = static_cast<int>(c);
  }
  return only;
}

int RowReader::asked_column(int but) const {
  const QuestionFrame frame = frame_question(context_, links_);
  OptionSet set;
  complete_set(frame, set);
  for (int i = 0; i < size(); ++i) set.used[i] = taken_[i];
  for (std::size_t c = 0; c < set.coverage.size(); ++c) {
    set.coverage[c] = name_coverage(frame, set, static_cast<int>(c), nullptr, nullptr);
  }
  int best = -1;
  double best_score = -1e9;
  for (std::size_t c = 0; c < context_.columns().size(); ++c) {
    if (static_cast<int>(c) == but) continue;
    FeatureSink sink(weights_);
    select_features(frame, set, static_cast<int>(c), sink);
    double score = sink.score();
    // Who and what something is called stands in texts, more often on the left.
    const bool text = as_[c] == ReadAs::text;
    if (set.coverage[c] < 0.4f) {
      score -= text ? 0 : 2;
      score -= 0.15 * static_cast<double>(c);
      const auto& model = *column(static_cast<int>(c)).model;
      const auto rows = context_.tables()[0].model->rows;
      if (text && rows > 4 && model.distinct * 2 < rows) score -= 1.5;
    }
    if (score > best_score) {
      best_score = score;
      best = static_cast<int>(c);
    }
  }
  return best;
}

bool RowReader::same_column(const Entity& a, const Entity& b, int& option_a, int& option_b) const {
  double best = -1;
  for (const int x : a.options) {
    for (const int y : b.options) {
      const Option &first = links_.options[x], &second = links_.options[y];
      if (first.column != second.column || first.values == second.values) continue;
      const auto rank = [](const Option& o) {
        return o.evidence == Evidence::exact ? 3 : o.evidence == Evidence::fuzzy ? 2 : 1;
      };
      const double score = rank(first) + rank(second) - 0.1 * first.column;
      if (score > best) {
        best = score;
        option_a = x;
        option_b = y;
      }
    }
  }
  return best >= 0;
}

// "who is older, A or B?", "did A or B win more games?"
bool RowReader::choice() {
  for (int k = 1; k + 1 < size(); ++k) {
    if (!is(k, {"or"})) continue;
    const Entity *left = nullptr, *right = nullptr;
    for (const Entity& e : entities_) {
      if (e.last <= k && k - e.last <= 1) left = &e;
      if (!right && e.first > k && e.first - k <= 2) right = &e;
    }
    int a = -1, b = -1;
    if (!left || !right || !same_column(*left, *right, a, b)) continue;
    const Sized *compares = nullptr, *sooner = nullptr;
    int cue = -1;
    for (int i = 0; i < size(); ++i) {
      if ((i >= left->first && i < left->last) || (i >= right->first && i < right->last)) continue;
      if (const Sized* s = find_sized(kComparatives, word(i)); s && !compares) {
        compares = s;
        cue = i;
      }
      if (const Sized* s = find_sized(kSooner, word(i)); s && !sooner) {
        sooner = s;
        if (cue < 0) cue = i;
      }
    }
    if (!compares && !sooner) continue;
    for (int i = left->first; i < right->last; ++i) taken_[i] = true;
    const int subject = links_.options[a].column;
    std::vector<RowTest> any{test_of(a), test_of(b)};
    // "A, B or C"
    for (const Entity& e : entities_) {
      if (&e == left || &e == right || e.last > left->first || left->first - e.last > 1) continue;
      int c = -1, d = -1;
      if (same_column(e, *left, c, d) && links_.options[c].column == subject) {
        any.push_back(test_of(c));
        for (int i = e.first; i < e.last; ++i) taken_[i] = true;
      }
    }
    query_.rows.where = {std::move(any)};
    sure_ = true;
    answer_column_ = subject;
    query_.answer = RowAnswer::values;
    if (compares) {
      const int y = compared_column(cue, true);
      if (y >= 0 && y != subject) {
        bool high = compares->high;
        // A birth orders the other way round than an age.
        const bool age =
            std::ranges::any_of(column(y).words, [](const Token& w) { return w.stem == "age"; });
        if (age && (word(cue).starts_with("old") || word(cue).starts_with("young"))) high = !high;
        query_.rows.pick = RowOrder{column(y).model->name, as_[y], high, 1};
      } else if (is(cue, {"more", "most"})) {
        query_.answer = RowAnswer::frequent;
      } else if (is(cue, {"less", "least", "fewer", "fewest"})) {
        query_.answer = RowAnswer::rare;
      } else {
        const int only = compared_column(cue, false);
        if (only < 0 || only == subject) return false;
        query_.rows.pick = RowOrder{column(only).model->name, as_[only], compares->high, 1};
      }
    } else {
      const int time = time_like();
      query_.rows.pick = time >= 0 && time != subject
                             ? RowOrder{column(time).model->name, as_[time], sooner->high, 1}
                             : RowOrder{"", ReadAs::number, sooner->high, 1};
    }
    return true;
  }
  return false;
}

// "how many more points did A have than B?", "the difference in votes between A and B".
bool RowReader::difference() {
  int cue = find({"difference"});
  for (int i = 0; cue < 0 && i + 2 < size(); ++i) {
    const bool much = is(i, {"how"}) && is(i + 1, {"many", "much"});
    if (much && (find_sized(kComparatives, word(i + 2)) ||
                 (i + 3 < size() && find_sized(kComparatives, word(i + 3)) && is(i, {"by"})))) {
      cue = i + 2;
    }
  }
  if (cue < 0 || entities_.size() < 2) return false;
  // A column may be called so.
  if (std::ranges::any_of(links_.match, [&](const auto& m) { return m[cue] >= 0.9f; }))
    return false;
  for (std::size_t i = 0; i + 1 < entities_.size(); ++i) {
    for (std::size_t j = i + 1; j < entities_.size(); ++j) {
      const Entity &left = entities_[i], &right = entities_[j];
      bool joined = false;
      for (int t = left.last; t < right.first; ++t) {
        joined = joined || is(t, {"and", "than", "compared", "to", "from"});
      }
      // "than A did B": the second may stand before.
      joined = joined || find({"than"}) >= 0;
      int a = -1, b = -1;
      if (!joined || !same_column(left, right, a, b)) continue;
      for (int t = left.first; t < left.last; ++t) taken_[t] = true;
      for (int t = right.first; t < right.last; ++t) taken_[t] = true;
      const int subject = links_.options[a].column;
      const int y = compared_column(cue, true);
      RowSet one, two;
      std::vector<bool> used = taken_;
      for (int t = 0; t < size(); ++t) {
        if (y >= 0 && links_.match[y][t] >= 0.55f) used[t] = true;
      }
      const auto rest = conditions(used);
      one.where = two.where = rest;
      one.where.push_back({test_of(a)});
      two.where.push_back({test_of(b)});
      if (rows_of(one).empty() || rows_of(two).empty()) {
        one.where = {{test_of(a)}};
        two.where = {{test_of(b)}};
      }
      query_.rows = std::move(one);
      query_.other = std::move(two);
      if (y >= 0 && y != subject) {
        query_.answer = RowAnswer::difference;
        answer_column_ = y;
        query_.as = as_[y];
      } else {
        query_.answer = RowAnswer::more;
        answer_column_ = -1;
      }
      return true;
    }
  }
  return false;
}

// Columns whose names differ in one word only: "the week 2 before Ann was week 3" speaks of two
// columns, not of two rows.
bool RowReader::twins(int a, int b) const {
  const auto &left = column(a).words, &right = column(b).words;
  if (a == b || left.size() != right.size() || left.size() < 2) return false;
  int different = 0;
  for (std::size_t w = 0; w < left.size(); ++w) different += left[w].word != right[w].word;
  return different == 1;
}

// "who came after A?", "what is listed above B?", "the previous one to C".
bool RowReader::neighbour() {
  if (is(0, {"how"}) && is(1, {"many", "much", "long"})) return false;
  if (find({"more", "less", "fewer", "most", "least", "highest", "lowest"}) >= 0) return false;
  for (const Entity& e : entities_) {
    const Option& best = links_.options[e.options.front()];
    const bool text = best.values[0].is_string();
    int cue = -1;
    std::int64_t step = 0;
    bool strict = false;  // "next", "previous": nothing else is meant
    for (int back = 1; back <= 4 && cue < 0; ++back) {
      const int i = e.first - back;
      if (i < 0) break;
      if (is(i, {"after", "below", "following", "beneath", "follows", "followed"}) && !of_name(i)) {
        cue = i;
        step = 1;
      } else if (is(i, {"before", "above", "preceding", "preceded", "precedes", "prior",
                        "previous"}) &&
                 !of_name(i)) {
        cue = i;
        step = -1;
      } else if (!is(i, {"the", "a", "to", "season", "year", "week", "game", "of", "by", "\""}) &&
                 !(back <= 2)) {
        break;
      }
    }
    if (cue < 0) continue;
    if (is(cue, {"followed"}) && !is(cue + 1, {"by"})) step = 1;
    if (is(cue, {"followed"}) && is(cue + 1, {"by"})) step = -1;  // what is followed by A
    for (int i = 0; i < size(); ++i) {
      strict = strict || is(i, {"next", "previous", "directly", "immediately", "right", "just",
                                "listed", "preceding", "followed"});
    }
    if (!text && !strict) continue;
    for (int i = cue; i < e.last; ++i) taken_[i] = true;
    for (int i = 0; i < size(); ++i) {
      if (is(i, {"next", "previous", "listed", "directly", "immediately"})) taken_[i] = true;
    }
    query_.rows.where = {{test_of(e.options.front())}};
    query_.rows.pick = RowOrder{"", ReadAs::number, step > 0, 1};
    query_.rows.step = step;
    query_.answer = RowAnswer::values;
    // The same kind of thing, unless another column is named.
    answer_column_ = best.column;
    double said = named(best.column);
    for (std::size_t c = 0; c < context_.columns().size(); ++c) {
      const double score = named(static_cast<int>(c));
      bool asked = false;  // "which year …"
      for (int t = 1; t < size(); ++t) {
        asked = asked || (is(t - 1, {"which", "what"}) && links_.match[c][t] >= 0.7f);
      }
      if (asked && static_cast<int>(c) != best.column && score > std::max(0.5, said + 0.2)) {
        said = score;
        answer_column_ = static_cast<int>(c);
      }
    }
    for (std::size_t c = 0; c < context_.columns().size(); ++c) {
      if (twins(static_cast<int>(c), best.column) && named(static_cast<int>(c)) >= 0.9)
        return false;
    }
    const auto rows = rows_of(query_.rows);
    if (rows.empty()) return false;
    const std::int64_t at = (step > 0 ? rows.back() : rows.front()) + step;
    return at >= 0 && at < sample_rows();
  }
  return false;
}

// "which …", "who …", "in what …": something of a row is asked for, not a figure of all.
bool RowReader::asks_for_rows() const {
  const int at = is(0, {"in", "at", "on", "for", "to", "during", "the"}) ? 1 : 0;
  if (is(at, {"which", "who", "whose"})) return true;
  if (!is(at, {"what", "where", "when"})) return false;
  if (!is(at + 1, {"is", "was", "are", "were", "did", "does", "s"})) return true;
  // "what was the first album": an end of the table, no figure.
  return is(at + 2, {"the"}) && find_sized(kEnds, word(at + 3)) != nullptr;
}

// A row that sums up the others is none of them.
void RowReader::leave_out_totals() {
  for (std::size_t c = 0; c < std::min<std::size_t>(context_.columns().size(), 3); ++c) {
    for (std::int64_t r = 0; r < sample_rows(); ++r) {
      const auto* text = std::get_if<std::string>(&cell(static_cast<int>(c), r));
      if (!text) continue;
      const std::string words = normalise(*text);
      if (words != "total" && words != "totals" && words != "average") continue;
      RowTest test;
      test.column = column(static_cast<int>(c)).model->name;
      test.op = RowOperator::is_not;
      test.value = *text;
      query_.rows.where.push_back({std::move(test)});
      return;
    }
  }
}

// A word of a column's name orders nothing: "highest rebounds" where a column is "high rebounds".
bool RowReader::of_name(int i) const {
  const std::string_view said = word(i);
  const std::string_view base =
      said.ends_with("est") ? said.substr(0, said.size() - 3) : std::string_view();
  for (std::size_t c = 0; c < links_.match.size(); ++c) {
    if (links_.match[c][i] >= 0.9f) return true;
    if (base.size() < 3 || i + 1 >= size()) continue;
    const auto& words = column(static_cast<int>(c)).words;
    const bool sized = std::ranges::any_of(
        words, [&](const Token& w) { return w.word == base || w.word == said; });
    bool rest = false;
    for (int t = i + 1; t < std::min(size(), i + 4); ++t) {
      rest = rest || links_.match[c][t] >= 0.7f;
    }
    if (sized && rest) return true;
  }
  return false;
}

// "which team has the most losses?", "what was the first album?", "who won the most often?"
bool RowReader::superlative() {
  const bool counts = find({"many"}) >= 0;
  for (int i = 0; i < size(); ++i) {
    const Sized* size_word = find_sized(kSuperlatives, word(i));
    const Sized* end_word = find_sized(kEnds, word(i));
    if (!size_word && !end_word) continue;
    bool in_entity = false;
    for (const Entity& e : entities_) in_entity = in_entity || (i >= e.first && i < e.last);
    if (in_entity || of_name(i) || !asks_for_rows() ||
        (is(i - 1, {"at"}) && is(i, {"most", "least", "first", "last"})))
      continue;
    if (counts) return false;
    if (end_word && (is(i + 1, {"name", "place", "half", "round", "year"}) ||
                     links_.tokens[i + 1 < size() ? i + 1 : i].number)) {
      if (!is(i + 1, {"year"})) continue;
    }
    taken_[i] = true;
    if (size_word) {
      int y = compared_column(i, true);
      const bool often = is(i, {"most", "least", "fewest"}) && y < 0;
      if (often) {
        // The value that most rows have.
        for (int t = i + 1; t < std::min(size(), i + 3); ++t) {
          if (is(t, {"often", "times", "common", "frequent", "frequently"})) taken_[t] = true;
        }
        query_.rows.where = {};
        answer_column_ = asked_column(-1);
        if (answer_column_ < 0) return false;
        // Only where values repeat.
        const auto& model = *column(answer_column_).model;
        const auto rows = context_.tables()[0].model->rows;
        if (model.distinct >= rows) return false;
        for (int t = 0; t < size(); ++t) {
          if (links_.match[answer_column_][t] >= 0.55f) taken_[t] = true;
        }
        query_.rows.where = conditions(taken_);
        loosen(query_.rows);
        query_.answer = size_word->high ? RowAnswer::frequent : RowAnswer::rare;
        return true;
      }
      if (y < 0) y = compared_column(i, false);
      if (y < 0) return false;
      // "what is the largest population": the figure itself is asked for.
      int asks = i - 1;
      while (is(asks, {"the", "is", "was", "were", "are", "of", "a", "s"})) --asks;
      bool itself = (is(asks, {"what", "whats"}) || asks < 0) && links_.match[y].size() > 0;
      if (itself) {
        int name = i + 1;
        while (is(name, {"number", "amount", "total", "of", "the"})) ++name;
        itself = name < size() && links_.match[y][name] >= 0.55f;
      }
      for (int t = 0; t < size(); ++t) {
        if (links_.match[y][t] >= 0.55f && std::abs(t - i) <= 6) taken_[t] = true;
      }
      bool high = size_word->high;
      const bool age =
          std::ranges::any_of(column(y).words, [](const Token& w) { return w.stem == "age"; });
      if (age && is(i, {"oldest", "youngest"})) high = !high;
      if (itself && column(y).kind != Kind::text) return false;  // a figure of all rows
      answer_column_ = itself ? y : asked_column(y);
      if (answer_column_ < 0) return false;
      std::vector<bool> used = taken_;
      for (int t = 0; t < size(); ++t) {
        if (links_.match[answer_column_][t] >= 0.55f) used[t] = true;
      }
      query_.rows.where = conditions(used);
      loosen(query_.rows);
      leave_out_totals();
      query_.rows.pick = RowOrder{column(y).model->name, as_[y], high, 1};
      query_.answer = RowAnswer::values;
      sure_ = !itself || column(y).kind == Kind::text;
      return true;
    }
    // By time, else as the rows stand.
    if (is(i, {"recent"}) && !is(i - 1, {"most"})) continue;
    if (is(i, {"recent"})) taken_[i - 1] = true;
    const bool place = find({"listed", "list", "table", "chart", "row"}) >= 0;
    const int time = time_like();
    answer_column_ = asked_column(-1);
    if (answer_column_ < 0) return false;
    std::vector<bool> used = taken_;
    for (int t = 0; t < size(); ++t) {
      if (links_.match[answer_column_][t] >= 0.55f) used[t] = true;
    }
    query_.rows.where = conditions(used);
    loosen(query_.rows);
    if (answer_column_ == time && column(time).kind != Kind::text) return false;
    sure_ = answer_column_ != time;
    leave_out_totals();
    query_.rows.pick = time >= 0 && !place
                           ? RowOrder{column(time).model->name, as_[time], end_word->high, 1}
                           : RowOrder{"", ReadAs::number, end_word->high, 1};
    query_.answer = RowAnswer::values;
    return true;
  }
  return false;
}

// "how many …", "what is the total number of …".
bool RowReader::count() {
  int at = -1;
  if (const int how = find({"how"}); how >= 0 && is(how + 1, {"many"})) at = how + 2;
  if (at < 0) {
    const int number = find({"number"});
    if (number > 0 && is(number + 1, {"of"}) && is(number - 1, {"the", "total"})) at = number + 2;
  }
  if (at < 0) return false;
  bool distinct = false;
  while (is(at, {"different", "distinct", "unique", "separate", "total", "of", "the"})) {
    distinct = distinct || is(at, {"different", "distinct", "unique", "separate"});
    ++at;
  }
  // A column of figures that is named by what is counted: its figure, not the rows.
  int figure = -1;
  double figure_score = 0.7;
  for (std::size_t c = 0; c < context_.columns().size(); ++c) {
    if (as_[c] != ReadAs::number) continue;
    double near = 0;
    for (int t = at; t < std::min(size(), at + 3); ++t) {
      near = std::max(near, static_cast<double>(links_.match[c][t]));
    }
    const double score = near * std::max(0.6, named(static_cast<int>(c)));
    bool label = false;  // "how many years": not the figure of a year
    for (const Token& w : column(static_cast<int>(c)).words) {
      label = label || w.stem == "year" || w.stem == "date" || w.stem == "no" || w.stem == "rank" ||
              w.stem == "season" || w.stem == "week" || w.stem == "round" || w.stem == "game" ||
              w.stem == "episod";
    }
    if (near >= 0.7 && score > figure_score && !label) {
      figure_score = score;
      figure = static_cast<int>(c);
    }
  }
  taken_[std::max(0, at - 1)] = true;
  // What is counted is no condition.
  const bool value = std::ranges::any_of(entities_, [&](const Entity& e) {
    return e.first <= at && at < e.last &&
           links_.options[e.options.front()].evidence == Evidence::exact;
  });
  if (at < size() && !value) taken_[at] = true;
  if (figure >= 0 && !distinct) {
    for (int t = 0; t < size(); ++t) {
      if (links_.match[figure][t] >= 0.55f) taken_[t] = true;
    }
    query_.rows.where = conditions(taken_);
    loosen(query_.rows);
    if (query_.rows.where.empty() && find({"total", "all", "combined"}) < 0) return false;
    query_.answer = RowAnswer::sum;
    query_.as = as_[figure];
    answer_column_ = figure;
    return true;
  }
  int counted = -1;
  double best = kNamed;
  for (std::size_t c = 0; c < context_.columns().size(); ++c) {
    double near = 0;
    for (int t = at; t < std::min(size(), at + 3); ++t) {
      near = std::max(near, static_cast<double>(links_.match[c][t]));
    }
    if (near > best) {
      best = near;
      counted = static_cast<int>(c);
    }
  }
  std::vector<bool> used = taken_;
  for (int t = 0; t < size(); ++t) {
    if (counted >= 0 && links_.match[counted][t] >= 0.55f) used[t] = true;
  }
  query_.rows.where = conditions(used);
  loosen(query_.rows);
  if (distinct && counted >= 0) {
    query_.answer = RowAnswer::distinct;
    answer_column_ = counted;
    return true;
  }
  query_.answer = RowAnswer::count;
  answer_column_ = -1;
  sure_ = query_.rows.where.size() == 1 && counted >= 0 && as_[counted] == ReadAs::text;
  return true;
}

// Nobody asks for what the question says: "which highest period's element is platinum" does not ask
// for the element.
bool RowReader::repeats_question() const {
  if (query_.answer != RowAnswer::values || query_.rows.step != 0) return false;
  return std::ranges::any_of(query_.rows.where, [&](const std::vector<RowTest>& any) {
    return any.size() == 1 && any[0].op == RowOperator::is && any[0].column == query_.column;
  });
}

std::optional<RowReading> RowReader::read() {
  if (context_.tables().size() != 1 || size() == 0 || sample_rows() == 0) return std::nullopt;
  find_entities();
  const std::vector<bool> none = taken_;
  const auto tried = [&](auto step) {
    query_ = {};
    answer_column_ = -1;
    taken_ = none;
    sure_ = false;
    return step();
  };
  const bool found = tried([&] { return choice(); }) || tried([&] { return difference(); }) ||
                     tried([&] { return neighbour(); }) || tried([&] { return superlative(); }) ||
                     tried([&] { return count(); });
  if (!found) return std::nullopt;
  if (rows_of(query_.rows).empty() && query_.answer != RowAnswer::count) return std::nullopt;
  if (answer_column_ >= 0) query_.column = column(answer_column_).model->name;
  if (repeats_question()) return std::nullopt;
  RowReading result;
  result.sure = sure_ || query_.answer == RowAnswer::difference ||
                query_.answer == RowAnswer::more || query_.rows.step != 0;
  result.reading.intent = Intent::study;
  result.reading.table = context_.tables()[0].model->name;
  result.reading.study = Study{.kind = StudyKind::rows, .rows = std::move(query_)};
  return result;
}

std::optional<RowReading> read_rows(const Context& context, const Links& links,
                                    const Weights& weights) {
  return RowReader(context, links, weights).read();
}

}  // namespace sextant::ask

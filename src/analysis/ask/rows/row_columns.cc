#include <algorithm>
#include <cmath>

#include "analysis/ask/candidates/lookup.h"
#include "analysis/ask/rows/row_reader.h"

namespace sextant::ask {

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

// The end that a word asks for in a column: the best place is the first, the best time the least.
bool RowReader::high_end(const SizeWord& by, int c) const {
  const std::string_view w = by.word;
  const auto called = [&](std::initializer_list<std::string_view> stems) {
    return std::ranges::any_of(column(c).words, [&](const Token& t) {
      return std::ranges::find(stems, t.stem) != stems.end();
    });
  };
  const bool ages = w.starts_with("old") || w.starts_with("young");
  const bool paces = w.starts_with("fast") || w.starts_with("slow");
  const bool judges = w == "best" || w == "better" || w == "worst" || w == "worse";
  const bool places =
      judges || w.starts_with("high") || w.starts_with("low") || w == "top" || w == "least";
  if ((ages && called({"age"})) || (paces && called({"speed"})) || (places && rank_like(c)) ||
      (judges && as_[c] == ReadAs::duration)) {
    return !by.high;
  }
  return by.high;
}

// Whether the column says who came first, second, third.
bool RowReader::rank_like(int c) const {
  return as_[c] == ReadAs::number && std::ranges::any_of(column(c).words, [](const Token& w) {
           return w.stem == "rank" || w.stem == "pos" || w.stem == "posit" || w.stem == "place" ||
                  w.stem == "finish" || w.stem == "rk";
         });
}

int RowReader::rank_column() const {
  for (std::size_t c = 0; c < context_.columns().size(); ++c) {
    if (rank_like(static_cast<int>(c))) return static_cast<int>(c);
  }
  return -1;
}

// "which year", "in what city": the column named right after the question word. -1: none.
int RowReader::wanted_column() const {
  for (int t = 0; t + 1 < size(); ++t) {
    if (!is(t, {"which", "what", "whose"})) continue;
    // "what was the last season": the end asks for it as well.
    int from = t + 1;
    if (is(from, {"is", "was", "are", "were"}) && is(from + 1, {"the"}) &&
        end_word(word(from + 2))) {
      from += 3;
    }
    for (int next = from; next < std::min(size(), from + 3); ++next) {
      if (is(next, {"is", "was", "are", "were", "did", "does", "has", "had", "of", "to", "in"}) ||
          superlative_word(word(next))) {
        break;  // "which lowest game's medal": what is ordered is named next
      }
      if (word(next).ends_with("ed")) continue;  // "the last released game"
      int best = -1;
      float best_match = 0.69f;
      for (std::size_t c = 0; c < context_.columns().size(); ++c) {
        // The name's last word is what the column holds.
        const bool last = links_.match_word[c][next] + 1 ==
                          static_cast<int>(column(static_cast<int>(c)).words.size());
        const float match = links_.match[c][next] - (last ? 0.f : 0.1f);
        if (match > best_match) {
          best_match = match;
          best = static_cast<int>(c);
        }
      }
      if (best >= 0) return best;
    }
  }
  return -1;
}

// "what year": of a column of dates when none is called so. -1: no year is asked for.
int RowReader::year_of_dates() const {
  bool asks = is(0, {"when"});
  for (int t = 1; t < size(); ++t) {
    asks = asks || (is(t, {"year", "years"}) && is(t - 1, {"what", "which"}));
  }
  if (!asks || is(0, {"when"})) return -1;
  for (std::size_t c = 0; c < context_.columns().size(); ++c) {
    if (std::ranges::any_of(column(static_cast<int>(c)).words,
                            [](const Token& w) { return w.stem == "year"; })) {
      return -1;
    }
  }
  for (std::size_t c = 0; c < context_.columns().size(); ++c) {
    std::int64_t years = 0;
    for (std::int64_t r = 0; r < sample_rows(); ++r) {
      years += value_as(cell(static_cast<int>(c), r), ReadAs::year).has_value();
    }
    if (as_[c] == ReadAs::date && 5 * years > 4 * sample_rows()) return static_cast<int>(c);
  }
  return -1;
}

// Asks for the column, or for its year when that is what the question says.
void RowReader::ask_for(int c) {
  const int year = year_of_dates();
  answer_column_ = year >= 0 ? year : c;
  query_.as = year >= 0 ? ReadAs::year : ReadAs::text;
}

int RowReader::compared_column(int cue, bool must_be_named) const {
  const int wanted = wanted_column();
  int best = -1;
  double best_score = 0.3;
  for (std::size_t c = 0; c < context_.columns().size(); ++c) {
    if (as_[c] == ReadAs::text || static_cast<int>(c) == wanted) continue;
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
  const SizeWord* size_word = comparing_word(word(cue));
  std::string_view names = size_word ? size_word->names : std::string_view();
  while (!names.empty()) {
    const std::size_t end = std::min(names.find(' '), names.size());
    const std::string_view stem = names.substr(0, end);
    for (std::size_t c = 0; c < context_.columns().size(); ++c) {
      if (as_[c] == ReadAs::text || static_cast<int>(c) == wanted) continue;
      for (const Token& w : column(static_cast<int>(c)).words) {
        if (w.stem.starts_with(stem)) return static_cast<int>(c);
      }
    }
    names.remove_prefix(std::min(names.size(), end + 1));
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
  if (const int wanted = wanted_column(); wanted >= 0 && wanted != but) return wanted;
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

// Columns whose names differ in one word only: "the week 2 before Ann was week 3" speaks of two
// columns, not of two rows.
bool RowReader::twins(int a, int b) const {
  const auto &left = column(a).words, &right = column(b).words;
  if (a == b || left.size() != right.size() || left.size() < 2) return false;
  int different = 0;
  for (std::size_t w = 0; w < left.size(); ++w) different += left[w].word != right[w].word;
  return different == 1;
}

}  // namespace sextant::ask

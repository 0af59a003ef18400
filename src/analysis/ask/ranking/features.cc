#include "analysis/ask/ranking/features.h"

#include <algorithm>

#include "analysis/ask/ranking/feature_parts.h"

namespace sextant::ask {

QuestionFrame frame_question(const Context& context, const Links& links) {
  QuestionFrame frame{context, links, -1, 0, 0, {}};
  for (std::size_t i = 0; i < links.tokens.size(); ++i) {
    const std::string& w = links.tokens[i].word;
    if (w == "what" || w == "whats" || w == "which" || w == "who" || w == "whose" || w == "whom" ||
        w == "when" || w == "where" || w == "how" || w == "name" || w == "list") {
      if (links.info[i].in_value) continue;
      // "when" and "where" in the middle begin a condition; a question word before wins.
      frame.wh = static_cast<int>(i);
      if (i == 0 || (w != "when" && w != "where")) break;
      bool later = false;
      for (std::size_t j = i + 1; j < links.tokens.size(); ++j) {
        const std::string& v = links.tokens[j].word;
        later = later || v == "what" || v == "which" || v == "who" || v == "how";
      }
      if (!later) break;
    }
  }
  if (frame.wh >= 0) {
    frame.wh_hash = links.tokens[frame.wh].hash;
    frame.wh_phrase_hash = mix(frame.wh_hash, token_hash(links, frame.wh + 1));
  }
  frame.evidence.assign(links.tokens.size(), 0);
  for (const Option& option : links.options) {
    const int kind = option.evidence == Evidence::exact ? 1
                     : option.evidence == Evidence::number ||
                             option.evidence == Evidence::compare ||
                             option.evidence == Evidence::period
                         ? 2
                         : 3;
    for (int i = option.first; i < option.last; ++i) {
      if (frame.evidence[i] == 0 || kind < frame.evidence[i]) frame.evidence[i] = kind;
    }
  }
  return frame;
}

float name_coverage(const QuestionFrame& frame, const OptionSet& set, int column, int* first_token,
                    bool* contiguous) {
  const Links& links = frame.links;
  const auto& words = frame.context.columns()[column].words;
  std::vector<float> best(words.size(), 0.f);
  float others = 0;  // a synonym or display name has no word positions
  int first = -1, last = -1, count = 0;
  for (std::size_t i = 0; i < links.tokens.size(); ++i) {
    if (set.used[i] || set.header[i] || links.match[column][i] < 0.45f) continue;
    const int word = links.match_word[column][i];
    if (word >= 0) {
      best[word] = std::max(best[word], links.match[column][i]);
    } else {
      others = std::max(others, links.match[column][i]);
    }
    if (first < 0) first = static_cast<int>(i);
    last = static_cast<int>(i);
    ++count;
  }
  float weight = 0, total = 0;
  for (std::size_t w = 0; w < best.size(); ++w) {
    weight += best[w] * links.word_weight[column][w];
    total += links.word_weight[column][w];
  }
  if (first_token) *first_token = first;
  if (contiguous) *contiguous = count > 0 && last - first + 1 == count;
  return std::max(total > 0 ? weight / total : 0.f, 0.9f * others);
}

void select_features(const QuestionFrame& frame, const OptionSet& set, int column,
                     FeatureSink& sink) {
  const Links& links = frame.links;
  const ColumnEntry& entry = frame.context.columns()[column];
  const auto kind = static_cast<std::uint32_t>(entry.kind);
  const std::uint32_t shape = cell_shape(entry);
  int first = -1;
  bool contiguous = false;
  const float coverage = name_coverage(frame, set, column, &first, &contiguous);
  const std::uint32_t cover = share_bucket(coverage);
  sink.add(mix(feature("c.cover"), cover));
  sink.add(mix(feature("c.cover.words"), cover, bucket(static_cast<int>(entry.words.size()))));
  sink.add(feature("c.coverage"), coverage);
  if (coverage > 0.99f && contiguous) {
    sink.add(mix(feature("c.full"), bucket(static_cast<int>(entry.words.size()))));
  }
  if (first >= 0) {
    const int distance = frame.wh >= 0 ? first - frame.wh : first;
    sink.add(mix(feature("c.wh.distance"), distance < 0 ? 20 : bucket(distance)));
    sink.add(mix(feature("c.first"), bucket(first)));
    // Between the question word and the name: "what is the", "which".
    sink.add(mix(feature("c.prev"), token_hash(links, first - 1), cover >= 3 ? 1 : 0));
    sink.add(mix(feature("c.prev2"), token_hash(links, first - 2), token_hash(links, first - 1)));
    int end = first;
    while (end < static_cast<int>(links.tokens.size()) && links.match[column][end] >= kNames) ++end;
    sink.add(mix(feature("c.next"), token_hash(links, end)));
    if (end == static_cast<int>(links.tokens.size())) sink.add(feature("c.end"));
  }
  float best_other = 0, best_unused = 0;
  bool conditioned = false;
  for (const int id : set.options) conditioned = conditioned || links.options[id].column == column;
  for (std::size_t c = 0; c < links.match.size(); ++c) {
    if (static_cast<int>(c) == column) continue;
    const float other = set.coverage[c];
    best_other = std::max(best_other, other);
    bool used = false;
    for (const int id : set.options) {
      used = used || links.options[id].column == static_cast<int>(c);
    }
    if (!used) best_unused = std::max(best_unused, other);
  }
  sink.add(feature("c.margin"), coverage - best_other);
  sink.add(mix(feature("c.rank"),
               coverage > best_other + 0.01f    ? 2
               : coverage >= best_other - 0.01f ? 1
                                                : 0,
               cover));
  sink.add(mix(feature("c.unused"), share_bucket(best_unused), cover));
  if (conditioned) sink.add(mix(feature("c.conditioned"), cover));
  sink.add(mix(feature("c.kind"), kind));
  sink.add(mix(feature("c.shape"), shape));
  sink.add(mix(feature("c.wh.kind"), frame.wh_hash, kind));
  sink.add(mix(feature("c.wh.shape"), frame.wh_hash, shape));
  const int position = column - frame.context.tables()[entry.table].first_column;
  sink.add(mix(feature("c.position"), std::min(position, 4)));
  if (set.table >= 0 && set.table != entry.table) sink.add(feature("c.other.table"));
  for (const Token& word : entry.words) {
    sink.add(mix(feature("c.wh.name"), frame.wh_hash, word.hash));
    sink.add(mix(feature("c.whp.name"), frame.wh_phrase_hash, word.hash));
    sink.add(mix(feature("c.name"), word.hash));
  }
  // Free words that name no column: "won" speaks for "winner".
  for (std::size_t i = 0; i < links.tokens.size(); ++i) {
    if (set.used[i] || set.header[i] || links.tokens[i].symbol || links.tokens[i].number) continue;
    if (links.info[i].stop || links.match[column][i] >= 0.99f) continue;
    for (const Token& word : entry.words) {
      sink.add(mix(feature("c.word.name"), links.tokens[i].hash, word.hash));
    }
    sink.add(mix(feature("c.word.shape"), links.tokens[i].hash, shape));
  }
}

void aggregate_features(const QuestionFrame& frame, const OptionSet& set, int column,
                        Aggregate aggregate, FeatureSink& sink) {
  const Links& links = frame.links;
  const ColumnEntry& entry = frame.context.columns()[column];
  const auto a = static_cast<std::uint32_t>(aggregate);
  const auto kind = static_cast<std::uint32_t>(entry.kind);
  const std::uint32_t shape = cell_shape(entry);
  int first = -1;
  const float coverage = name_coverage(frame, set, column, &first, nullptr);
  const std::uint32_t rows = set.options.empty() ? 8 : rows_bucket(set.matching_rows);
  sink.add(mix(feature("a"), a));
  sink.add(mix(feature("a.kind"), a, kind));
  sink.add(mix(feature("a.shape"), a, shape));
  sink.add(mix(feature("a.rows"), a, rows, kind));
  sink.add(mix(feature("a.cover"), a, share_bucket(coverage), kind));
  sink.add(mix(feature("a.wh"), a, frame.wh_phrase_hash, kind));
  sink.add(mix(feature("a.wh.shape"), a, frame.wh_phrase_hash, shape));
  sink.add(mix(feature("a.wh.rows"), a, frame.wh_phrase_hash, rows, kind));
  sink.add(mix(feature("a.wh.cover"), a, frame.wh_phrase_hash, share_bucket(coverage), kind));
  for (const Token& word : entry.words) {
    sink.add(mix(feature("a.name"), a, word.hash));
    sink.add(mix(feature("a.wh.name"), a, frame.wh_phrase_hash, word.hash));
  }
  if (first >= 0) {
    sink.add(mix(feature("a.prev"), a, token_hash(links, first - 1), kind));
    sink.add(mix(feature("a.prev2"), a, token_hash(links, first - 2), token_hash(links, first - 1),
                 kind));
  }
  // A word that the column's own name has says less about the aggregate ("average", "total").
  for (std::size_t i = 0; i < links.tokens.size(); ++i) {
    if (set.used[i]) continue;
    const auto at = static_cast<int>(i);
    const std::uint32_t own = names(links, column, at) ? 1 : set.header[i] ? 2 : 0;
    sink.add(mix(feature("a.word"), a, token_hash(links, at), own));
    sink.add(mix(feature("a.word.kind"), a, token_hash(links, at), own, kind));
    sink.add(mix(feature("a.pair"), a, token_hash(links, at), token_hash(links, at + 1)));
  }
}

}  // namespace sextant::ask

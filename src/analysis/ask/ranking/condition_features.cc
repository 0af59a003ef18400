#include <algorithm>
#include <bit>

#include "analysis/ask/ranking/feature_parts.h"

namespace sextant::ask {

void option_features(const QuestionFrame& frame, const Option& option, FeatureSink& sink) {
  const Links& links = frame.links;
  const ColumnEntry& column = frame.context.columns()[option.column];
  const auto evidence = static_cast<std::uint32_t>(option.evidence);
  const auto kind = static_cast<std::uint32_t>(column.kind);
  const auto op = static_cast<std::uint32_t>(option.op);
  const std::uint32_t base = mix(feature("o"), evidence, kind);
  const int length = option.last - option.first;
  sink.add(base);
  sink.add(mix(base, feature("len"), bucket(length)));
  sink.add(mix(base, feature("op"), op));
  sink.add(mix(base, feature("same"), bucket(option.same_span)));
  if (option.subspan) sink.add(mix(base, feature("sub"), bucket(length)));
  if (option.year_like) sink.add(mix(base, feature("year"), cell_shape(column)));
  sink.add(mix(base, feature("shape"), cell_shape(column)));
  sink.add(mix(base, feature("rows"), rows_bucket(option.matching_rows)));

  const int left = option.cue_first >= 0 ? std::min(option.cue_first, option.first) : option.first;
  const int right = std::max(option.cue_last, option.last);
  // The column's name around the value.
  int nearest_before = 9, nearest_after = 9;
  float weight = 0, total = 0;
  std::vector<float> best(column.words.size(), 0.f);
  const int n = static_cast<int>(links.tokens.size());
  for (int i = std::max(0, left - 8); i < std::min(n, right + 6); ++i) {
    if (i >= option.first && i < option.last) continue;
    if (!names(links, option.column, i)) continue;
    if (i < option.first) nearest_before = std::min(nearest_before, left - i);
    if (i >= option.last) nearest_after = std::min(nearest_after, i - right + 1);
    const int word = links.match_word[option.column][i];
    if (word >= 0) best[word] = std::max(best[word], links.match[option.column][i]);
  }
  for (std::size_t w = 0; w < best.size(); ++w) {
    weight += best[w] * links.word_weight[option.column][w];
    total += links.word_weight[option.column][w];
  }
  const float coverage = total > 0 ? weight / total : 0;
  sink.add(mix(base, feature("before"), nearest_before));
  sink.add(mix(base, feature("after"), nearest_after));
  sink.add(mix(feature("o.near"), nearest_before, nearest_after));
  sink.add(mix(base, feature("cover"), share_bucket(coverage)));
  sink.add(mix(base, feature("coverage")), coverage);
  const std::uint32_t before = named_at(frame, option.column, content_before(links, left - 1));
  const std::uint32_t after = named_at(frame, option.column, content_after(links, right));
  sink.add(mix(base, feature("named.before"), before));
  sink.add(mix(base, feature("named.after"), after));
  sink.add(mix(feature("o.named"), before, after));
  // Whether another column is named better around this value.
  float rival = 0;
  for (const Option& other : links.options) {
    if (other.first != option.first || other.last != option.last || other.column == option.column) {
      continue;
    }
    for (int i = std::max(0, left - 4); i < std::min(n, right + 3); ++i) {
      if (i >= option.first && i < option.last) continue;
      rival = std::max(rival, links.match[other.column][i]);
    }
  }
  if (rival > kNames) sink.add(mix(base, feature("rival"), share_bucket(coverage)));

  // Words around the value.
  const std::uint32_t previous = token_hash(links, left - 1);
  const std::uint32_t second = token_hash(links, left - 2);
  const std::uint32_t next = token_hash(links, right);
  sink.add(mix(feature("o.prev"), previous, kind, op));
  sink.add(mix(feature("o.next"), next, kind, op));
  sink.add(mix(feature("o.prev2"), second, previous, op));
  if (option.cue_first >= 0) {
    sink.add(mix(feature("o.cue"), token_hash(links, option.cue_first), op, kind));
  }
  for (const Token& word : column.words) {
    sink.add(mix(feature("o.prev.name"), previous, word.hash));
    sink.add(mix(feature("o.next.name"), next, word.hash));
    sink.add(mix(feature("o.content.name"), token_hash(links, content_before(links, left - 1)),
                 word.hash));
    sink.add(
        mix(feature("o.content.next"), token_hash(links, content_after(links, right)), word.hash));
    sink.add(mix(feature("o.name"), evidence, word.hash, op));
    if (option.year_like) sink.add(mix(feature("o.year.name"), word.hash));
  }
}

void complete_set(const QuestionFrame& frame, OptionSet& set) {
  const Links& links = frame.links;
  const int n = static_cast<int>(links.tokens.size());
  set.used.assign(static_cast<std::size_t>(n), false);
  set.header.assign(static_cast<std::size_t>(n), false);
  set.table = -1;
  std::vector<std::uint64_t> rows;
  for (const int id : set.options) {
    const Option& option = links.options[id];
    const int table = frame.context.columns()[option.column].table;
    set.table = set.table == -1 || set.table == table ? table : -2;
    for (int i = option.first; i < option.last; ++i) set.used[i] = true;
    for (int i = option.cue_first; i >= 0 && i < option.cue_last; ++i) set.used[i] = true;
    if (rows.empty()) {
      rows = option.rows;
    } else {
      for (std::size_t w = 0; w < std::min(rows.size(), option.rows.size()); ++w) {
        rows[w] &= option.rows[w];
      }
    }
  }
  for (const int id : set.options) {
    const Option& option = links.options[id];
    const int left =
        option.cue_first >= 0 ? std::min(option.cue_first, option.first) : option.first;
    const int right = std::max(option.cue_last, option.last);
    // The nearest run of words that name the column, at most 5 words away.
    int run = 0;
    for (int i = left - 1; i >= 0 && i >= left - 6; --i) {
      if (set.used[i]) break;
      if (names(links, option.column, i)) {
        set.header[i] = true;
        ++run;
      } else if (run > 0 && !links.info[i].stop) {
        break;
      }
    }
    if (run > 0) continue;
    for (int i = right; i < n && i < right + 4; ++i) {
      if (set.used[i]) break;
      if (names(links, option.column, i)) {
        set.header[i] = true;
        ++run;
      } else if (run > 0) {
        break;
      }
    }
  }
  set.sample_rows = 0;
  if (set.table >= 0) {
    const TableSample& sample = frame.context.tables()[set.table].sample;
    set.sample_rows = static_cast<int>(sample.rows);
    int matching = 0;
    for (const std::uint64_t word : rows) matching += std::popcount(word);
    set.matching_rows = sample.complete || matching > 0 ? matching : -1;
  } else {
    set.matching_rows = -1;
  }
  set.coverage.clear();
  for (std::size_t c = 0; c < links.match.size(); ++c) {
    set.coverage.push_back(name_coverage(frame, set, static_cast<int>(c), nullptr, nullptr));
  }
}

void set_features(const QuestionFrame& frame, const OptionSet& set, FeatureSink& sink) {
  const Links& links = frame.links;
  sink.add(mix(feature("s.size"), static_cast<int>(set.options.size())));
  if (!set.options.empty()) {
    sink.add(mix(feature("s.rows"), rows_bucket(set.matching_rows)));
    if (set.table == -2) sink.add(feature("s.tables"));
  }
  for (std::size_t a = 0; a < set.options.size(); ++a) {
    for (std::size_t b = a + 1; b < set.options.size(); ++b) {
      const Option& left = links.options[set.options[a]];
      const Option& right = links.options[set.options[b]];
      if (left.column != right.column) continue;
      const bool range = left.op != Operator::equal && right.op != Operator::equal;
      sink.add(mix(feature("s.same"), range ? 1 : 0));
    }
  }
  int dropped[4] = {0, 0, 0, 0};
  int names_dropped = 0;
  for (std::size_t i = 0; i < links.tokens.size(); ++i) {
    if (set.used[i] || links.info[i].stop || frame.evidence[i] == 0) continue;
    bool naming = false;
    for (std::size_t c = 0; c < links.match.size() && !naming; ++c) {
      naming = names(links, static_cast<int>(c), static_cast<int>(i));
    }
    if (naming) {
      ++names_dropped;
    } else {
      ++dropped[frame.evidence[i]];
    }
  }
  for (int k = 1; k <= 3; ++k) sink.add(mix(feature("s.dropped"), k, bucket(dropped[k])));
  sink.add(mix(feature("s.dropped.name"), bucket(names_dropped)));
}

}  // namespace sextant::ask

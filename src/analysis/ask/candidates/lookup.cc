#include "analysis/ask/candidates/lookup.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <string_view>

#include "analysis/ask/stable_sort.h"

namespace sextant::ask {

namespace {

constexpr std::size_t kOptionsTried = 28;
constexpr std::size_t kBeam = 64;
constexpr std::size_t kMostConditions = 5;
constexpr std::size_t kSetsTried = 24;
// The weights are learnt on single tables; a condition in another table than the column's is less
// likely by so much.
constexpr double kOtherTable = 2.5;

bool overlap(const Option& a, const Option& b) {
  if (a.first < b.last && b.first < a.last) return true;
  // A comparison's words belong to one number only; "between a and b" keeps both numbers.
  const auto inside = [](int first, int last, const Option& o) {
    return first >= 0 && first < o.last && o.first < last;
  };
  return inside(a.cue_first, a.cue_last, b) || inside(b.cue_first, b.cue_last, a) ||
         (a.cue_first >= 0 && b.cue_first >= 0 && a.cue_first < b.cue_last &&
          b.cue_first < a.cue_last);
}

std::vector<Aggregate> aggregates_for(const ColumnEntry& column) {
  using enum Aggregate;
  if (column.kind == Kind::number) return {none, count, sum, avg, min, max};
  if (column.kind == Kind::date) return {none, count, min, max};
  return {none, count};
}

}  // namespace

std::vector<OptionSet> combine_options(const QuestionFrame& frame, const Weights& weights,
                                       std::size_t keep) {
  const auto& options = frame.links.options;
  std::vector<double> local(options.size());
  for (std::size_t i = 0; i < options.size(); ++i) {
    FeatureSink sink(weights);
    option_features(frame, options[i], sink);
    local[i] = sink.score();
  }
  std::vector<int> order(options.size());
  std::iota(order.begin(), order.end(), 0);
  stable_sort_by(order, [&](int a, int b) { return local[a] > local[b]; });
  // Every span keeps at least its best option among those tried.
  std::vector<int> tried;
  std::vector<std::pair<int, int>> spans;
  for (const int id : order) {
    if (options[id].unsaid_id) continue;
    const std::pair span(options[id].first, options[id].last);
    const bool first_of_span = std::ranges::find(spans, span) == spans.end();
    if (tried.size() >= kOptionsTried && !(first_of_span && tried.size() < kOptionsTried + 8)) {
      continue;
    }
    if (first_of_span) spans.push_back(span);
    tried.push_back(id);
  }

  struct Partial {
    std::vector<int> options;
    double score = 0;
    int covered = 0;
  };
  std::vector<Partial> beam{{}};
  for (const int id : tried) {
    std::vector<Partial> extended;
    for (const Partial& partial : beam) {
      if (partial.options.size() >= kMostConditions) continue;
      bool free = true;
      for (const int other : partial.options) free = free && !overlap(options[id], options[other]);
      if (!free) continue;
      Partial next = partial;
      next.options.push_back(id);
      next.score += local[id];
      next.covered += options[id].last - options[id].first;
      extended.push_back(std::move(next));
    }
    beam.insert(beam.end(), std::make_move_iterator(extended.begin()),
                std::make_move_iterator(extended.end()));
    if (beam.size() > kBeam) {
      // A rough order: the full score needs the whole set. Words that are covered speak for a set.
      stable_sort_by(beam, [](const Partial& a, const Partial& b) {
        return a.score + 0.8 * a.covered > b.score + 0.8 * b.covered;
      });
      const bool empty_lost = std::ranges::none_of(
          beam.begin(), beam.begin() + kBeam, [](const Partial& p) { return p.options.empty(); });
      beam.resize(kBeam);
      if (empty_lost) beam.back() = {};
    }
  }
  std::vector<OptionSet> sets;
  for (Partial& partial : beam) {
    OptionSet set;
    set.options = std::move(partial.options);
    std::ranges::sort(set.options, {}, [&](int id) { return options[id].first; });
    complete_set(frame, set);
    FeatureSink sink(weights);
    set_features(frame, set, sink);
    set.score = partial.score + sink.score();
    sets.push_back(std::move(set));
  }
  stable_sort_by(sets, [](const OptionSet& a, const OptionSet& b) { return a.score > b.score; });
  if (sets.size() > keep) {
    const auto empty =
        std::ranges::find_if(sets, [](const OptionSet& s) { return s.options.empty(); });
    if (empty >= sets.begin() + static_cast<std::ptrdiff_t>(keep)) {
      std::swap(*empty, sets[keep - 1]);
    }
    sets.resize(keep);
  }
  return sets;
}

LookupSpace find_lookups(const Context& context, const Links& links, const Weights& weights,
                         std::size_t keep) {
  LookupSpace space{frame_question(context, links), {}, {}};
  space.sets = combine_options(space.frame, weights, kSetsTried);
  const auto& columns = context.columns();
  for (std::size_t s = 0; s < space.sets.size(); ++s) {
    const OptionSet& set = space.sets[s];
    std::vector<std::pair<double, int>> ranked;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      FeatureSink sink(weights);
      select_features(space.frame, set, static_cast<int>(c), sink);
      ranked.emplace_back(sink.score(), static_cast<int>(c));
    }
    stable_sort_by(ranked, [](const auto& a, const auto& b) { return a.first > b.first; });
    if (ranked.size() > 12) ranked.resize(12);
    for (const auto& [score, column] : ranked) {
      const bool other = !set.options.empty() && set.table != columns[column].table;
      const double far = other ? kOtherTable : 0;
      for (const Aggregate aggregate : aggregates_for(columns[column])) {
        FeatureSink sink(weights);
        aggregate_features(space.frame, set, column, aggregate, sink);
        space.candidates.push_back(
            {static_cast<int>(s), column, aggregate, set.score + score + sink.score() - far});
      }
    }
  }
  stable_sort_by(space.candidates,
                 [](const Lookup& a, const Lookup& b) { return a.score > b.score; });
  if (space.candidates.size() > keep) space.candidates.resize(keep);
  return space;
}

std::vector<Feature> features_of(const LookupSpace& space, const Lookup& lookup) {
  class Nothing final : public Weights {
   public:
    float at(std::uint32_t) const override { return 0.f; }
  };
  static const Nothing kNothing;
  std::vector<Feature> features;
  FeatureSink sink(kNothing, &features);
  const OptionSet& set = space.sets[lookup.set];
  for (const int id : set.options)
    option_features(space.frame, space.frame.links.options[id], sink);
  set_features(space.frame, set, sink);
  select_features(space.frame, set, lookup.column, sink);
  aggregate_features(space.frame, set, lookup.column, lookup.aggregate, sink);
  return features;
}

std::vector<Cell> run_on_sample(const LookupSpace& space, const Lookup& lookup, std::size_t limit) {
  const OptionSet& set = space.sets[lookup.set];
  const ColumnEntry& column = space.frame.context.columns()[lookup.column];
  const TableSample& sample = space.frame.context.tables()[column.table].sample;
  std::vector<Cell> cells;
  for (std::int64_t r = 0; r < sample.rows; ++r) {
    bool kept = true;
    for (const int id : set.options) {
      const Option& option = space.frame.links.options[id];
      kept = kept && space.frame.context.columns()[option.column].table == column.table &&
             (option.rows[r / 64] >> (r % 64) & 1) != 0;
    }
    if (!kept) continue;
    const Cell& cell = (*column.sample)[r];
    if (lookup.aggregate == Aggregate::none) {
      cells.push_back(cell);
      if (cells.size() >= limit) break;
    } else if (!std::holds_alternative<std::monostate>(cell)) {
      cells.push_back(cell);
    }
  }
  if (lookup.aggregate == Aggregate::none) return cells;
  if (lookup.aggregate == Aggregate::count) return {Cell(static_cast<double>(cells.size()))};
  if (cells.empty()) return {Cell()};
  if (!std::holds_alternative<double>(cells[0])) {
    const auto text = [](const Cell& c) -> const std::string& { return std::get<std::string>(c); };
    auto best = cells[0];
    for (const Cell& cell : cells) {
      if (lookup.aggregate == Aggregate::min ? text(cell) < text(best) : text(cell) > text(best)) {
        best = cell;
      }
    }
    return {best};
  }
  double sum = 0, low = std::get<double>(cells[0]), high = low;
  for (const Cell& cell : cells) {
    const double x = std::get<double>(cell);
    sum += x;
    low = std::min(low, x);
    high = std::max(high, x);
  }
  switch (lookup.aggregate) {
    case Aggregate::sum:
      return {Cell(sum)};
    case Aggregate::avg:
      return {Cell(sum / static_cast<double>(cells.size()))};
    case Aggregate::min:
      return {Cell(low)};
    default:
      return {Cell(high)};
  }
}

Condition to_condition(const QuestionFrame& frame, const Option& option) {
  const ColumnEntry& column = frame.context.columns()[option.column];
  Condition condition;
  condition.table = frame.context.tables()[column.table].model->name;
  condition.column = column.model->name;
  condition.op = option.op;
  condition.values = option.values;
  condition.label = option.label;
  const int first = option.cue_first >= 0 ? std::min(option.first, option.cue_first) : option.first;
  const int last = std::max(option.last, option.cue_last);
  condition.span = Span{frame.links.tokens[first].start, frame.links.tokens[last - 1].end};
  return condition;
}

std::vector<Filter> to_filters(const QuestionFrame& frame, const OptionSet& set) {
  std::vector<Filter> filters;
  for (const int id : set.options) {
    filters.push_back({{to_condition(frame, frame.links.options[id])}, false});
  }
  return filters;
}

namespace {

// "how many different cities", and "how many customers" of orders that know them by an id: each is
// counted once. An id is never added up because "how many" of its things are asked for.
Aggregate counted_as(const LookupSpace& space, const Lookup& lookup, int named_at) {
  static const std::set<std::string_view> kOnce = {"different", "distinct", "unique", "separate"};
  const auto& tokens = space.frame.links.tokens;
  const auto word = [&](int at) -> std::string_view {
    return at >= 0 && at < static_cast<int>(tokens.size()) ? std::string_view(tokens[at].word) : "";
  };
  if (lookup.aggregate == Aggregate::none || named_at < 0) return lookup.aggregate;
  const bool once = kOnce.contains(word(named_at - 1));
  const int before = once ? named_at - 1 : named_at;
  const bool how_many = (word(before - 2) == "how" && word(before - 1) == "many") ||
                        (word(before - 2) == "number" && word(before - 1) == "of");
  const ColumnEntry& column = space.frame.context.columns()[lookup.column];
  const auto& keys = space.frame.context.tables()[column.table].model->keys;
  const bool own_key = !keys.empty() && keys.front() == column.model->name;
  if (how_many && column.id_like && !own_key) return Aggregate::count_distinct;
  return once && lookup.aggregate == Aggregate::count ? Aggregate::count_distinct
                                                      : lookup.aggregate;
}

}  // namespace

Reading to_reading(const LookupSpace& space, const Lookup& lookup) {
  const ColumnEntry& column = space.frame.context.columns()[lookup.column];
  Reading reading;
  reading.table = space.frame.context.tables()[column.table].model->name;
  int first = -1;
  name_coverage(space.frame, space.sets[lookup.set], lookup.column, &first, nullptr);
  std::optional<Span> span;
  if (first >= 0) {
    const auto& tokens = space.frame.links.tokens;
    int last = first;
    while (last + 1 < static_cast<int>(tokens.size()) &&
           space.frame.links.match[lookup.column][last + 1] >= 0.45f) {
      ++last;
    }
    span = Span{tokens[first].start, tokens[last].end};
  }
  if (lookup.aggregate == Aggregate::none) {
    reading.columns.push_back({reading.table, column.model->name, span});
  } else {
    reading.measures.push_back(
        {counted_as(space, lookup, first), reading.table, column.model->name, {}, false, span});
  }
  reading.filters = to_filters(space.frame, space.sets[lookup.set]);
  return reading;
}

}  // namespace sextant::ask

#include <algorithm>
#include <unordered_map>

#include "analysis/ask/analytic/reader.h"
#include "analysis/ask/clauses/adjectives.h"
#include "analysis/ask/joins.h"
#include "analysis/ask/linking/records.h"

namespace sextant::ask {

namespace {

bool is_sign(std::string_view word) { return word == "=" || word == "is" || word == "equals"; }

}  // namespace

std::optional<Aggregate> aggregate_named(std::string_view word) {
  using enum Aggregate;
  static const std::unordered_map<std::string_view, Aggregate> kWords = {
      {"total", sum},  {"sum", sum},     {"combined", sum}, {"overall", sum},   {"average", avg},
      {"avg", avg},    {"mean", avg},    {"typical", avg},  {"median", median}, {"maximum", max},
      {"max", max},    {"highest", max}, {"largest", max},  {"minimum", min},   {"min", min},
      {"lowest", min}, {"smallest", min}};
  const auto it = kWords.find(word);
  return it == kWords.end() ? std::nullopt : std::optional(it->second);
}

std::optional<Aggregate> Reader::aggregate_before(int token) const {
  for (int i = token - 1; i >= 0 && i >= token - 3; --i) {
    if (const auto aggregate = aggregate_named(word(i))) return aggregate;
    if (!is_filler(word(i))) break;
  }
  return std::nullopt;
}

// "the average discount": said in so many words, and nothing in the question is a condition of a
// single table, which the learnt ranking reads better.
bool Reader::plainly_aggregated(int token) const {
  const auto aggregate = aggregate_before(token);
  if (!aggregate || *aggregate == Aggregate::max || *aggregate == Aggregate::min) return false;
  if (context_.keeps_records()) return true;
  return links_.options.empty();
}

// "the lowest amount of refunds": a figure, not the row that has it. Single tables are the learnt
// ranking's.
bool Reader::is_plain_extreme(const Mention& m) const {
  if (m.named != Named::column || m.score < 0.9f || !is_measure(context_.columns()[m.id]) ||
      !context_.keeps_records() || !superlative_ || superlative_->count || subject_ ||
      superlative_->last != m.first || !reading_.dimensions.empty() ||
      !pending_dimensions_.empty() || !aggregate_named(word(superlative_->token))) {
    return false;
  }
  const int before = superlative_->first - (word(superlative_->first - 1) == "the" ? 2 : 1);
  static const WordSet kOwners = {"with", "has", "have", "had", "by"};
  return !kOwners.contains(word(before));
}

// "minimum and maximum price", "the average and the total amount".
std::optional<std::pair<Aggregate, Aggregate>> Reader::two_aggregates(int token) const {
  const auto second = aggregate_before(token);
  if (!second) return std::nullopt;
  for (int i = token - 1; i > 0 && i >= token - 4; --i) {
    if (word(i) != "and") continue;
    const auto first = aggregate_before(i);
    if (first && *first != *second) return std::pair(*first, *second);
  }
  return std::nullopt;
}

void Reader::add_measure(const Mention& mention, std::optional<Aggregate> aggregate) {
  Measure m;
  int first = mention.first;  // with "total" before it
  if (aggregate && aggregate == aggregate_before(first)) {
    do {
      --first;
    } while (!aggregate_named(word(first)));
  }
  m.span = span(first, mention.last);
  if (mention.named == Named::metric) {
    m.metric = context_.metrics()[mention.id].model->name;
    m.table = context_.metrics()[mention.id].model->table;
    strong_ = true;
    if (aggregate == Aggregate::avg) {
      Measure rows;
      rows.aggregate = Aggregate::count;
      rows.table = m.table;
      Measure ratio;
      ratio.arithmetic = Arithmetic::ratio;
      ratio.table = m.table;
      ratio.span = m.span;
      ratio.operands = {std::move(m), std::move(rows)};
      m = std::move(ratio);
    }
  } else if (mention.named == Named::table) {
    m.aggregate = Aggregate::count;
    m.table = table_name(mention.id);
    strong_ = true;
  } else {
    const ColumnEntry& column = context_.columns()[mention.id];
    m.table = table_name(column.table);
    m.column = column.model->name;
    m.aggregate = aggregate.value_or(default_aggregate(column));
  }
  const bool known = std::ranges::any_of(reading_.measures, [&m](const Measure& other) {
    return other.metric == m.metric && other.table == m.table && other.column == m.column &&
           other.aggregate == m.aggregate;
  });
  if (!known) reading_.measures.push_back(std::move(m));
  take(mention.first, mention.last);
  if (main_ < 0) main_ = table_of(mention);
}

// "amount" is a way to count ("the amount of orders") unless a column of figures is called so.
bool Reader::names_measure(int token) const {
  const Mention m = mention_at(context_, links_, token);
  return m.named == Named::column && m.score >= 0.9f && is_measure(context_.columns()[m.id]);
}

// "how many sales": what is counted are rows, though their sum has the same name.
Mention Reader::rows_of_metric(const Mention& metric) const {
  const Mention table = table_at(context_, links_, metric.first);
  return table.last == metric.last ? table : metric;
}

// "how many bicycles were sold": the sales are counted, of which one bicycle can have several.
Mention Reader::rows_done(const Mention& things) {
  static const WordSet kWere = {"were", "was", "did"};
  int at = things.last;
  if ((word(at) == "have" || word(at) == "has" || word(at) == "had") && word(at + 1) == "been") {
    ++at;
  } else if (!kWere.contains(word(at))) {
    return things;
  }
  Mention rows = done_to(at + 1);
  const auto path =
      rows ? join_path(context_.model(), table_name(rows.id), table_name(things.id)) : std::nullopt;
  if (!path || path->size() != 1 || path->front().multiplies) return things;
  rows.first = things.first;
  counts_deeds_ = true;
  return rows;
}

// "the average price of sales made in May": after a figure, the rows that it is of.
bool Reader::only_rows(const Mention& metric) const {
  static const WordSet kOf = {"of", "for", "in", "from", "among", "on"};
  static const WordSet kFillers = {"the", "all", "our", "their", "its"};
  int before = metric.first - 1;
  while (kFillers.contains(word(before))) --before;
  return !reading_.measures.empty() && kOf.contains(word(before)) &&
         rows_of_metric(metric).named == Named::table;
}

// "total revenue (based on sale price)": the column that a figure is the sum of.
void Reader::find_basis() {
  for (int i = 1; i + 2 < size(); ++i) {
    if (word(i) != "based" || word(i + 1) != "on" || taken_[i]) continue;
    const Mention basis = mention_at(context_, links_, skip_fillers(i + 2));
    if (basis.named != Named::column || !is_measure(context_.columns()[basis.id])) continue;
    Mention figure;
    for (int back = i - 1; back >= std::max(0, i - 4) && !figure; --back) {
      const Mention m = mention_at(context_, links_, back);
      if (m.named == Named::metric && !taken_[back]) figure = m;
    }
    if (!figure) continue;
    take(i, basis.last);
    if (summed_column(context_, figure.id) == basis.id) continue;
    add_measure(basis, Aggregate::sum);
    take(figure.first, figure.last);
    strong_ = true;
  }
}

// "the amount of returns": the table that is named decides between columns of like names.
Mention Reader::of_table(Mention mention) {
  if (mention.named != Named::column || !context_.keeps_records() ||
      !is_measure(context_.columns()[mention.id])) {
    return mention;
  }
  if (word(mention.last) != "of" && word(mention.last) != "in") return mention;
  const Mention table = mention_at(context_, links_, skip_fillers(mention.last));
  if (table.named != Named::table) return mention;
  take(table.first, table.last);
  if (table_of(mention) == table.id) return mention;
  const TableEntry& entry = context_.tables()[table.id];
  for (int c = entry.first_column; c < entry.first_column + entry.columns; ++c) {
    if (is_measure(context_.columns()[c]) && links_.match[c][mention.first] >= 0.75f) {
      mention.id = c;
      return mention;
    }
  }
  return mention;
}

// Ratings and the like are compared by their averages, not by their single best.
bool Reader::rates_things(const ColumnEntry& column) {
  static const WordSet kRatings = {"rating",       "ratings", "score", "scores", "satisfaction",
                                   "satisfactory", "nps",     "stars", "review", "margin"};
  return std::ranges::any_of(column.words,
                             [](const Token& w) { return kRatings.contains(w.word); });
}

void Reader::find_measures() {
  for (int i = 0; i < size(); ++i) {
    if (taken_[i] || links_.info[i].in_value) continue;
    // "how many orders", "number of customers", "count of products"
    int counted = -1;
    if (word(i) == "how" && word(i + 1) == "many") counted = i + 2;
    if ((word(i) == "number" || word(i) == "count" || word(i) == "amount") && word(i + 1) == "of" &&
        !names_measure(i)) {
      counted = i + 2;
    }
    if (counted >= 0) {
      int at = skip_fillers(counted);
      const bool distinct =
          word(at) == "distinct" || word(at) == "unique" || word(at) == "different";
      if (distinct) ++at;
      if (!distinct && count_units(at)) {
        take(i, at);
        continue;
      }
      if (!distinct && count_of_value(i, at)) {
        take(i, at);
        continue;
      }
      // "the number of failed payments": a condition stands before what is counted.
      const int lead = at;
      for (int passed = 0; passed < 2 && value_follows(at); ++passed) {
        if (mention_at(context_, links_, at + 1).named != Named::table) break;
        ++at;
      }
      Mention m = mention_at(context_, links_, at);
      if (m.named == Named::metric) m = rows_of_metric(m);
      if (m.named == Named::table) m = rows_done(m);
      if (m.named == Named::table) {
        add_measure(m, std::nullopt);
        take(i, lead);
        i = m.last - 1;
        continue;
      }
      if (m.named == Named::column && !distinct &&
          context_.columns()[m.id].model->semantic_type == catalog::SemanticType::quantity) {
        add_measure(m, Aggregate::sum);  // "how many units were sold"
        strong_ = true;
        take(i, lead);
        i = m.last - 1;
        continue;
      }
      if (m.named == Named::column && !is_measure(context_.columns()[m.id]) &&
          (context_.keeps_records() || distinct || !reading_.dimensions.empty())) {
        Mention thing = m;
        thing.id = identifying_column(context_, m.id);
        add_measure(thing, Aggregate::count_distinct);
        strong_ = true;
        take(i, lead);
        i = m.last - 1;
        continue;
      }
    }
    const Mention m = of_table(mention_at(context_, links_, i));
    if (!m) continue;
    // "the most sales" are many, "the highest sales" are high.
    if (m.named == Named::metric && (word(i - 1) == "most" || word(i - 1) == "fewest") &&
        rows_of_metric(m).named == Named::table) {
      add_measure(rows_of_metric(m), std::nullopt);
      i = m.last - 1;
      continue;
    }
    if (m.named == Named::metric) {
      if (only_rows(m)) {
        take(m.first, m.last);
        i = m.last - 1;
        continue;
      }
      // The average of a sum is that of the rows that it sums up; of a ratio there is none.
      const std::string& expression = context_.metrics()[m.id].model->expression;
      const bool averaged = aggregate_before(i) == Aggregate::avg &&
                            expression.starts_with("sum(") &&
                            expression.find('/') == std::string::npos;
      add_measure(m, averaged ? std::optional(Aggregate::avg) : std::nullopt);
      if (averaged) take(i - 1, i);
      i = m.last - 1;
    } else if (m.named == Named::column && is_measure(context_.columns()[m.id]) &&
               two_aggregates(i)) {
      const auto [first, second] = *two_aggregates(i);
      add_measure(m, first);
      add_measure(m, second);
      strong_ = true;
      for (int back = i - 1; back >= std::max(0, i - 6); --back) {
        if (aggregate_before(back + 1)) take(back, back + 1);
      }
      superlative_.reset();
      i = m.last - 1;
    } else if (is_plain_extreme(m)) {
      add_measure(m, superlative_->high ? Aggregate::max : Aggregate::min);
      superlative_.reset();
      strong_ = true;
      i = m.last - 1;
    } else if (m.named == Named::column && is_measure(context_.columns()[m.id]) && on_a_sheet() &&
               word(0) == "how" && word(1) == "much" &&
               default_aggregate(context_.columns()[m.id]) == Aggregate::sum) {
      add_measure(m, std::nullopt);  // "how much did we spend on …"
      strong_ = true;
      take(0, 2);
      i = m.last - 1;
    } else if (m.named == Named::column && is_measure(context_.columns()[m.id]) &&
               m.score >= 0.9f && reading_.dimensions.empty() && pending_dimensions_.empty() &&
               !subject_ && !superlative_ && plainly_aggregated(i)) {
      add_measure(m, aggregate_before(i));
      strong_ = true;
      take(i - 1, i);
      i = m.last - 1;
    } else if (m.named == Named::column && is_measure(context_.columns()[m.id]) &&
               (!reading_.dimensions.empty() || !pending_dimensions_.empty() || subject_ ||
                superlative_)) {
      // "the most expensive bicycle of each make": an adjective of rows (find_adjective).
      const bool of_rows =
          superlative_ && superlative_->last == i &&
          std::ranges::find(adjectives(), word(i), &Adjective::word) != adjectives().end() &&
          mention_at(context_, links_, m.last).named == Named::table;
      if (of_rows) continue;
      // A number right after is its condition, not its figure.
      bool conditioned = false;
      for (const Option& option : links_.options) {
        const int left = option.cue_first >= 0 ? option.cue_first : option.first;
        conditioned =
            conditioned || (option.column == m.id && left >= m.last && left <= m.last + 2 &&
                            (option.evidence == Evidence::compare ||
                             (option.evidence == Evidence::number && is_sign(word(m.last)))));
      }
      if (conditioned) continue;
      auto aggregate = aggregate_before(i);
      // "which region has the lowest profit": the lowest of the totals, not the total's lowest
      // part.
      if (on_a_sheet() && aggregate && superlative_ && subject_ && superlative_->last == i &&
          (default_aggregate(context_.columns()[m.id]) == Aggregate::sum ||
           rates_things(context_.columns()[m.id]))) {
        aggregate.reset();
      }
      // "the campaign with the most conversions"
      const bool counted_up =
          on_a_sheet() && superlative_ && superlative_->last == i &&
          (word(superlative_->token) == "most" || word(superlative_->token) == "fewest" ||
           word(superlative_->token) == "least") &&
          default_aggregate(context_.columns()[m.id]) == Aggregate::avg &&
          context_.columns()[m.id].model->semantic_type == catalog::SemanticType::measure;
      if (counted_up) aggregate = Aggregate::sum;
      if (!aggregate && superlative_ && superlative_->last <= i && !subject_ &&
          (!reading_.dimensions.empty() || !pending_dimensions_.empty())) {
        aggregate =
            superlative_->high ? Aggregate::max : Aggregate::min;  // "highest price per category"
        if (i - superlative_->last <= 1) superlative_.reset();
      }
      add_measure(m, aggregate);
      take(i - (aggregate_before(i) ? 1 : 0), i);
      i = m.last - 1;
    }
  }
}

}  // namespace sextant::ask

#include <algorithm>

#include "analysis/ask/analytic/reader.h"

namespace sextant::ask {

namespace {

const WordSet kHigh = {"highest", "largest", "most",     "biggest", "greatest",
                       "maximum", "max",     "top",      "best",    "longest",
                       "busiest", "tallest", "heaviest", "leading"};
const WordSet kLow = {"lowest", "smallest", "least",  "fewest",   "minimum",
                      "min",    "worst",    "bottom", "shortest", "lightest"};

// Of things: by what they bring in, unless a figure is named.
const WordSet kGreat = {"biggest", "largest", "smallest", "leading"};

}  // namespace

// "top 5", "the 5 largest", "bottom three", "top selling", "highest".
void Reader::find_limit() {
  for (int i = 0; i < size(); ++i) {
    const bool high = kHigh.contains(word(i)), low = kLow.contains(word(i));
    if ((!high && !low) || links_.info[i].in_value || taken_[i]) continue;
    if (word(i - 1) == "at") continue;  // "at least" compares
    // A header like "high points" or "most laps led" is a name, not a superlative.
    const Mention own = mention_at(context_, links_, i);
    if (own && own.named == Named::column && own.score > 0.9f) continue;
    Superlative s{i, high, std::nullopt, i, i + 1};
    const auto number_at = [&](int at) -> std::optional<std::int64_t> {
      if (at < 0 || at >= size()) return std::nullopt;
      auto n = links_.tokens[at].number;
      if (!n) n = number_word(word(at));
      if (n && *n >= 1 && *n <= 1000 && *n == static_cast<double>(static_cast<int>(*n))) {
        return static_cast<std::int64_t>(*n);
      }
      return std::nullopt;
    };
    if (const auto after = number_at(i + 1)) {
      s.count = after;
      s.last = i + 2;
    } else if (const auto before = number_at(i - 1); before && word(i - 1) != "one") {
      s.count = before;
      s.first = i - 1;
    }
    superlative_ = s;
    take(s.first, s.last);
    return;
  }
}

// What the superlative is about: "top 5 products", "which category has the highest …".
void Reader::find_subject() {
  if (!superlative_) return;
  const auto usable = [&](const Mention& m) {
    return m && m.named != Named::metric && !taken_[m.first] &&
           !(m.named == Named::column && is_measure(context_.columns()[m.id]));
  };
  // After "top N", over words that qualify ("selling", "performing").
  const bool of_things = on_a_sheet() && kGreat.contains(word(superlative_->token));
  if (superlative_->count || of_things ||
      (on_a_sheet() && word(superlative_->token) == "busiest") ||
      word(superlative_->token) == "top" || word(superlative_->token) == "best" ||
      word(superlative_->token) == "worst" || metric_in(superlative_->last) >= 0 ||
      use_said() >= 0) {
    // "most profitable products": the adjective says what by.
    const int after = superlative_->last + (metric_in(superlative_->last) >= 0 ? 1 : 0);
    for (int i = after; i < std::min(size(), superlative_->last + 3); ++i) {
      const Mention m = mention_at(context_, links_, i);
      if (usable(m)) {
        subject_ = m;
        take(after, m.last);
        return;
      }
    }
  }
  // "who has the highest salary": the records, where they have names.
  const bool named = on_a_sheet() && !context_.columns()[label_column(context_, 0)].id_like;
  static const WordSet kHas = {"has", "had", "is", "was", "have", "gets", "got"};
  if (named && word(0) == "who" && kHas.contains(word(1))) {
    subject_ = {Named::table, 0, Grain::none, 0, 1, 1.f};
    take(0, 2);
    return;
  }
  // "which category has the highest margin", "the customer with the most orders"
  for (int i = 0; i < superlative_->first; ++i) {
    static const WordSet kAsks = {"which", "what", "the", "whose", "who", "of"};
    if (!kAsks.contains(word(i))) continue;
    const Mention m = mention_at(context_, links_, word(i) == "of" ? skip_fillers(i + 1) : i + 1);
    if (!usable(m)) continue;
    const std::string& next = word(m.last);
    static const WordSet kLinks = {
        "has",    "have", "had",  "with",      "is",        "are",      "was",     "were",
        "made",   "that", "who",  "generates", "generated", "brings",   "earned",  "sold",
        "placed", "did",  "does", "got",       "gets",      "received", "contains"};
    if (!kLinks.contains(next) && m.last != superlative_->first) continue;
    const bool copula = next == "is" || next == "are" || next == "was" || next == "were";
    if (copula && skip_fillers(m.last + 1) != superlative_->first)
      continue;  // "if the rank is 3, …"
    subject_ = m;
    take(m.first, m.last);
    return;
  }
}

// "sorted by price descending", "in alphabetical order", "from high to low".
void Reader::find_order() {
  for (int i = 0; i < size(); ++i) {
    if (taken_[i] || links_.info[i].in_value) continue;
    const std::string& w = word(i);
    const std::string& next = word(i + 1);
    // "order" and "rank" are also things; as verbs they have an object or "by".
    const bool noun = (w == "order" || w == "rank") && next != "by" && next != "the" &&
                      next != "them" && next != "it" && next != "results" && next != "in";
    static const WordSet kVerbs = {"sorted", "ordered",  "sort", "ranked",
                                   "order",  "arranged", "rank"};
    const bool verb = kVerbs.contains(w) && !noun;
    int last = i + 1;
    Order order;
    order.descending = false;
    bool directed = false;
    const auto direction = [&](int at) {
      const std::string& d = word(at);
      const bool down = d == "descending" || d == "desc" || d == "decreasing";
      const bool up = d == "ascending" || d == "asc" || d == "increasing" || d == "alphabetical" ||
                      d == "alphabetically" || d == "lexicographical" || d == "chronological";
      if (!down && !up) return false;
      order.descending = down;
      directed = true;
      return true;
    };
    if (verb) {
      int at = i + 1;
      while (at < size() && at < i + 4 && word(at) != "by" && word(at) != "in") ++at;
      if (word(at) == "by") {
        const int named = skip_fillers(at + 1);
        if (const Mention m = mention_at(context_, links_, named)) {
          order_by_ = m;
          last = m.last;
        } else {
          last = named;
        }
        if (word(last) == "in" || word(last) == "from") ++last;
        if (direction(last)) ++last;
        if (word(last) == "order") ++last;
        take(i, last);
        asked_order_ = order;
        continue;
      }
      if (word(at) != "in") continue;
      i = at;
    }
    if (word(i) == "in" && (direction(i + 1) || direction(i + 2))) {
      last = i + 2;
      while (last < i + 5 && (word(last) == "order" || direction(last))) ++last;
      if (word(last) == "of" || word(last) == "by") {
        const int named = skip_fillers(last + 1);
        if (const Mention m = mention_at(context_, links_, named)) {
          order_by_ = m;
          last = m.last;
        }
      }
    } else if (direction(i) && (word(i + 1) == "order" || i + 1 == size())) {
      last = i + 2;
    } else if ((word(i) == "high" || word(i) == "low") && word(i + 1) == "to") {
      order.descending = word(i) == "high";
      directed = true;
      last = i + 3;
      if (word(i - 1) == "from") --i;
    }
    if (!directed) continue;
    order.span = span(i, std::min(last, size()));
    take(i, last);
    if (asked_order_) {
      asked_order_->descending = order.descending;
    } else {
      asked_order_ = order;
    }
  }
}

void Reader::finish_order() {
  if (!superlative_) return;
  const Superlative& s = *superlative_;
  if (!subject_ && reading_.dimensions.empty() && pending_dimensions_.empty()) return;
  // "which authors have the most papers, ordered by their number": the list is asked for.
  if (asked_order_ && !s.count && !reading_.measures.empty()) return;
  Order order;
  order.descending = s.high;
  order.span = span(s.first, s.last);
  const bool plain_top = (on_a_sheet() && kGreat.contains(word(s.token))) ||
                         word(s.token) == "top" || word(s.token) == "bottom" ||
                         word(s.token) == "best" || word(s.token) == "worst";
  reading_.limit =
      s.count ? *s.count
      : plain_top && !reading_.measures.empty() && subject_ &&
              links_.tokens[subject_->last - 1].word != links_.tokens[subject_->last - 1].stem
          ? 10
          : 1;
  reading_.limit_span = order.span;
  if (!reading_.measures.empty()) {
    order.by = OrderBy::measure;
    reading_.order.push_back(order);
  }
}

void Reader::apply_order() {
  if (!asked_order_ || !reading_.order.empty()) return;
  Order order = *asked_order_;
  if (reading_.measures.empty()) {
    order.by = OrderBy::column;
    const int column = !order_by_                          ? -1
                       : order_by_->named == Named::column ? order_by_->id
                       : order_by_->named == Named::grain  ? time_column(context_, main_)
                                                           : -1;
    if (column >= 0 && reachable(context_, main_, context_.columns()[column].table)) {
      order.table = table_name(context_.columns()[column].table);
      order.column = context_.columns()[column].model->name;
    } else if (!reading_.columns.empty()) {
      order.table = reading_.columns[0].table;
      order.column = reading_.columns[0].column;
    } else {
      return;
    }
    // DISTINCT can be sorted only by what it selects.
    const bool selected = std::ranges::any_of(reading_.columns, [&](const Projection& p) {
      return p.table == order.table && p.column == order.column;
    });
    if (reading_.distinct && !selected) reading_.distinct = false;
  } else {
    order.by = OrderBy::measure;
    if (order_by_ && order_by_->named != Named::metric) {
      for (std::size_t i = 0; i < reading_.dimensions.size(); ++i) {
        const bool grain =
            order_by_->named == Named::grain && reading_.dimensions[i].grain != Grain::none;
        const bool column =
            order_by_->named == Named::column &&
            context_.columns()[order_by_->id].model->name == reading_.dimensions[i].column;
        if (grain || column) {
          order.by = OrderBy::dimension;
          order.index = static_cast<std::int64_t>(i);
        }
      }
    }
    if (reading_.dimensions.empty()) return;
  }
  reading_.order.push_back(std::move(order));
}

}  // namespace sextant::ask

#include "analysis/ask/analytic/reader.h"

#include <algorithm>

#include "analysis/ask/analytic/chart_request.h"

namespace sextant::ask {

namespace {

const WordSet kFillers = {"the", "a",    "an",  "each", "every", "different", "of",
                          "all", "our",  "my",  "its",  "their", "is",        "are",
                          "was", "were", "for", "in",   "number"};
const WordSet kAsking = {"chart",  "show",    "create",    "make",     "display", "draw",
                         "data",   "please",  "number",    "count",    "total",   "average",
                         "sum",    "mean",    "many",      "list",     "compare", "break",
                         "broken", "down",    "group",     "grouped",  "sorted",  "sort",
                         "order",  "ordered", "ranked",    "rank",     "over",    "time",
                         "trend",  "trends",  "different", "distinct", "unique",  "value",
                         "values", "me",      "overall",   "made",     "placed"};
// Words of a question on a sheet of records that name nothing in it.
const WordSet kTalking = {
    "breakdown", "analysis", "overview", "report",    "figure",      "figures",    "split",
    "give",      "find",     "get",      "see",       "want",        "know",       "tell",
    "view",      "result",   "results",  "performs",  "perform",     "performing", "performance",
    "company",   "business", "develop",  "developed", "development", "top",        "best",
    "buy",       "bought",   "sell",     "sold",      "ordered",     "purchased",  "worth",
    "level",     "levels",   "amount",   "amounts",   "happen",      "happened",   "look",
    "like",      "evolve",   "evolved",  "change",    "changed",     "go",         "going",
    "calculate", "compute",  "please",   "there",     "came",        "come",       "comes",
    "table",     "graph",    "plot",     "line",      "bar",         "pie",        "visualize",
    "visualise", "across",   "per",      "by",        "each",        "every",      "exist",
    "used",      "using",    "based",    "terms",     "respect",     "today",      "date",
    "work",      "works",    "working",  "run",       "runs",        "still",      "currently",
    "now",       "far"};

}  // namespace

bool is_filler(std::string_view word) { return kFillers.contains(word); }
bool only_asks(std::string_view word) { return kAsking.contains(word); }
bool only_talks(std::string_view word) {
  return kTalking.contains(word) || kAsking.contains(word) || kFillers.contains(word);
}

bool completes_name(std::string_view word) {
  static const WordSet kNouns = {"type", "types", "kind", "kinds", "category", "categories"};
  return kNouns.contains(word);
}

void Reader::choose_main_table() {
  if (main_ >= 0) return;
  if (on_a_sheet()) {
    main_ = 0;
  } else if (subject_ && table_of(*subject_) >= 0) {
    main_ = table_of(*subject_);
  } else if (!reading_.dimensions.empty()) {
    main_ = context_.find_table(reading_.dimensions[0].table);
  } else if (!pending_dimensions_.empty()) {
    for (std::size_t t = 0; t < context_.tables().size() && main_ < 0; ++t) {
      if (context_.tables()[t].model->time_column) main_ = static_cast<int>(t);
    }
    for (std::size_t t = 0; t < context_.tables().size() && main_ < 0; ++t) {
      if (time_column(context_, static_cast<int>(t)) >= 0) main_ = static_cast<int>(t);
    }
  }
}

// "profitable": the metric whose name an adjective is made of; -1: none.
int Reader::metric_in(int token) const {
  if (token >= size() || taken_[token] || links_.info[token].in_value) return -1;
  if (mention_at(context_, links_, token).score >= 0.9f) return -1;  // "salespersons" of sales
  for (int id = 0; id < static_cast<int>(context_.metrics().size()); ++id) {
    const auto& names = context_.metrics()[id].names;
    const bool made = std::ranges::any_of(names, [&](const auto& name) {
      return name.size() == 1 && name[0].word.size() >= 5 && word(token) != name[0].word &&
             word(token).starts_with(name[0].word);
    });
    if (made) return id;
  }
  return -1;
}

// The token that says that what is used is counted: "most common", "most frequently used"; -1.
int Reader::use_said() const {
  static const WordSet kUsed = {"used", "frequently", "frequent", "common", "redeemed"};
  const int at = superlative_->last + (word(superlative_->last) == "most" ? 1 : 0);
  return kUsed.contains(word(at)) ? at : -1;
}

// "the most used coupons": by the rows that point to them, where only one table does.
bool Reader::count_uses() {
  const int table = table_of(*subject_);
  const int at = use_said();
  if (table < 0 || on_a_sheet() || at < 0) return false;
  const int verb = word(at) == "frequently" ? at + 1 : at;
  if (word(verb) != "used" && word(verb) != "redeemed") return false;
  std::string uses;
  for (const auto& join : context_.model().joins) {
    const auto& side = join.cardinality == catalog::Cardinality::many_to_one   ? join.left
                       : join.cardinality == catalog::Cardinality::one_to_many ? join.right
                                                                               : join.left;
    const auto& other = &side == &join.left ? join.right : join.left;
    if (join.cardinality == catalog::Cardinality::many_to_many ||
        join.cardinality == catalog::Cardinality::one_to_one || other.table != table_name(table)) {
      continue;
    }
    if (!uses.empty() && uses != side.table) return false;
    uses = side.table;
  }
  if (uses.empty()) return false;
  Measure m;
  m.aggregate = Aggregate::count;
  m.table = uses;
  m.span = span(superlative_->last, at + 1);
  reading_.measures.push_back(std::move(m));
  main_ = context_.find_table(uses);
  by_uses_ = true;
  take(superlative_->last, verb + 1);
  strong_ = true;
  return true;
}

// The figure of a question that names none outright.
void Reader::supply_measure() {
  // "the customer with the most orders", "most products": a table after the superlative is counted.
  if (superlative_ && reading_.measures.empty() && subject_) {
    for (int i = superlative_->last; i < std::min(size(), superlative_->last + 3); ++i) {
      const Mention m = mention_at(context_, links_, i);
      if (m.named == Named::table && !taken_[i]) {
        add_measure(m, std::nullopt);
        break;
      }
    }
  }
  if (superlative_ && reading_.measures.empty() && subject_ && count_uses()) return;
  if (superlative_ && reading_.measures.empty()) {
    const int at = superlative_->last;
    if (const int metric = metric_in(at); metric >= 0)
      add_measure({Named::metric, metric, Grain::none, at, at + 1, 1.f}, std::nullopt);
  }
  // A superlative or a group without a figure: the main metric when words speak of selling, else a
  // count of the rows that are named.
  if (reading_.measures.empty() && reading_.absences.empty() &&
      (!reading_.dimensions.empty() || !pending_dimensions_.empty() ||
       (superlative_ && subject_))) {
    const bool busy = superlative_ && word(superlative_->token).starts_with("bus");
    bool selling = superlative_.has_value() && !busy && use_said() < 0;
    for (int i = 0; i < size(); ++i) {
      selling = selling || word(i).starts_with("sell") || word(i) == "sold" ||
                word(i) == "popular" || (on_a_sheet() && word(i) == "growth");
    }
    Mention counted;
    for (int i = 0; i < size() && !counted; ++i) {
      if (taken_[i] || (on_a_sheet() && value_at(i))) continue;
      const Mention m = mention_at(context_, links_, i);
      if (m.named == Named::table) counted = m;
      if (m.named == Named::column && !is_measure(context_.columns()[m.id]) &&
          !value_follows(m.last)) {
        counted = m;
      }
    }
    if (counted && counted.named == Named::table) {
      add_measure(counted, std::nullopt);
    } else if (selling && !context_.metrics().empty()) {
      Measure m;
      m.metric = context_.metrics()[0].model->name;
      m.table = context_.metrics()[0].model->table;
      main_ = context_.metrics()[0].table;
      reading_.measures.push_back(m);
      for (int i = 0; i < size(); ++i) {
        if (word(i).starts_with("sell") || word(i) == "sold" || word(i) == "popular")
          take(i, i + 1);
      }
    } else if (!superlative_ || busy) {
      Measure m;
      m.aggregate = Aggregate::count;
      choose_main_table();
      if (main_ >= 0) {
        m.table = table_name(main_);
        reading_.measures.push_back(m);
        if (counted) take(counted.first, counted.last);
      }
    }
  }
}

// The first columns of a table, as it stands.
void Reader::list_all_columns(int id) {
  const TableEntry& table = context_.tables()[id];
  for (int c = table.first_column;
       c < table.first_column + table.columns && c < table.first_column + 12; ++c) {
    reading_.columns.push_back(
        {table.model->name, context_.columns()[c].model->name, std::nullopt});
  }
}

// "the 5 most expensive products": rows by their own figure.
void Reader::list_superlative_rows() {
  const Mention& m = *subject_;
  const int label = m.named == Named::table ? label_column(context_, m.id) : m.id;
  const Measure measure = reading_.measures[0];
  reading_.measures.clear();
  reading_.columns.push_back(
      {measure.table, context_.columns()[label].model->name, span(m.first, m.last)});
  if (measure.column != context_.columns()[label].model->name) {
    reading_.columns.push_back({measure.table, measure.column, measure.span});
  }
  Order order;
  order.by = OrderBy::column;
  order.table = measure.table;
  order.column = measure.column;
  order.descending = superlative_->high;
  order.span = span(superlative_->first, superlative_->last);
  reading_.order.push_back(order);
  reading_.limit = superlative_->count.value_or(1);
  reading_.limit_span = order.span;
  superlative_.reset();
  main_ = table_of(m);
}

// What the question is about becomes a grouping or a list. False when it can be neither.
bool Reader::place_subject() {
  if (subject_ && reading_.absences.empty()) {
    const Mention& m = *subject_;
    const bool same_table_measure =
        superlative_ && reading_.measures.size() == 1 && reading_.measures[0].metric.empty() &&
        !reading_.measures[0].column.empty() && table_of(m) >= 0 &&
        reading_.measures[0].table == table_name(table_of(m)) && reading_.dimensions.empty();
    const bool row_like =
        m.named == Named::table ||
        (m.named == Named::column && same_table_measure &&
         context_.columns()[m.id].model->distinct == context_.tables()[table_of(m)].model->rows);
    if (same_table_measure && row_like) {
      list_superlative_rows();
    } else if (superlative_ && !reading_.measures.empty()) {
      if (m.named != Named::grain) {
        auto saved = std::move(reading_.dimensions);
        reading_.dimensions.clear();
        add_dimension(m);
        if (!saved.empty()) {  // "top 3 products per category"
          reading_.dimensions.insert(reading_.dimensions.begin(), saved.begin(), saved.end());
          reading_.per_group = true;
        }
      } else {
        add_dimension(m);
      }
    } else if (reading_.measures.empty() && m.named == Named::table) {
      list_all_columns(m.id);
      main_ = m.id;
    } else if (reading_.measures.empty()) {
      return false;
    }
  } else if (!reading_.absences.empty() && reading_.measures.empty()) {
    list_all_columns(main_);
  }
  return true;
}

// "sessions by device type", where notifications have a device type too: the sessions' own.
void Reader::group_by_own_columns() {
  for (Dimension& d : reading_.dimensions) {
    const int own = context_.find_column(table_name(main_), d.column);
    if (own >= 0 && !context_.columns()[own].id_like) d.table = table_name(main_);
  }
}

// The column of the table that holds years as numbers; -1: none.
int Reader::year_column(int table) const {
  if (table < 0) return -1;
  const TableEntry& entry = context_.tables()[table];
  for (int c = entry.first_column; c < entry.first_column + entry.columns; ++c) {
    if (context_.columns()[c].kind == Kind::number &&
        context_.columns()[c].model->semantic_type == catalog::SemanticType::year) {
      return c;
    }
  }
  return -1;
}

// Grains of time, on the time column that the main table turned out to have.
void Reader::place_grains() {
  for (const Mention& m : pending_dimensions_) {
    int c = time_column(context_, main_);
    const bool by_number = c < 0;  // "over time" of a column of years
    if (by_number && (m.grain == Grain::none || m.grain == Grain::year)) c = year_column(main_);
    if (c < 0) {
      unplaced_.push_back(m);
      continue;
    }
    const ColumnEntry& column = context_.columns()[c];
    const Grain grain = by_number ? Grain::none : m.grain == Grain::none ? Grain::month : m.grain;
    int first = m.first;  // with "by" or "per" before it
    while (first > 0 && is_filler(word(first - 1))) --first;
    static const WordSet kCues = {"by", "per", "each", "every", "across"};
    first = kCues.contains(word(first))                    ? first
            : first > 0 && kCues.contains(word(first - 1)) ? first - 1
                                                           : m.first;
    reading_.dimensions.insert(
        reading_.dimensions.begin(),
        {table_name(column.table), column.model->name, grain, span(first, m.last)});
  }
  // "quarterly sales …, with each quarter by its first day": one group, said twice.
  std::vector<Dimension> different;
  for (Dimension& d : reading_.dimensions) {
    const bool again = std::ranges::any_of(different, [&](const Dimension& other) {
      return other.table == d.table && other.column == d.column && other.grain == d.grain;
    });
    if (!again) different.push_back(std::move(d));
  }
  reading_.dimensions = std::move(different);
}

// "the share of each category".
void Reader::mark_shares() {
  for (int i = 0; i < size(); ++i) {
    const std::string& w = word(i);
    if (w == "share" || w == "percentage" || (w == "percent" && word(i + 1) == "of")) {
      if (!reading_.measures.empty() && !reading_.dimensions.empty() &&
          reading_.measures[0].arithmetic == Arithmetic::none) {
        reading_.measures[0].share = true;
        take(i, i + 1);
      }
    }
  }
}

// Share of the content words that the reading accounts for.
double Reader::explained() const {
  int content = 0, explained = 0;
  for (int i = 0; i < size(); ++i) {
    const bool turning = word(i) == "not" || word(i) == "no" || word(i) == "why";
    if (links_.tokens[i].symbol || (links_.info[i].stop && !taken_[i] && !turning)) continue;
    if (only_asks(word(i)) && !taken_[i]) continue;
    if (on_a_sheet() && kTalking.contains(word(i)) && !taken_[i]) continue;
    // A number or a negation that is not understood changes the answer.
    static const WordSet kTurning = {"never",  "not", "no", "without",
                                     "except", "why", "vs", "versus"};
    const int weight = links_.tokens[i].number || kTurning.contains(word(i)) ? 3 : 1;
    content += weight;
    explained += taken_[i] ? weight : 0;
  }
  if (superlative_ && !reading_.limit) content += 3;  // "top 10" of what is not known
  return content == 0 ? 1. : static_cast<double>(explained) / content;
}

// What is said of the records and not heeded: "new" of "new customers per month".
std::vector<std::string> Reader::unread() const {
  std::vector<std::string> unread;
  for (const Mention& grain : unplaced_) {
    const auto start = static_cast<std::size_t>(links_.tokens[grain.first].start);
    const auto end = static_cast<std::size_t>(links_.tokens[grain.last - 1].end);
    unread.push_back(links_.question.substr(start, end - start));
  }
  if (!on_a_sheet()) return unread;
  for (int i = 0; i < size(); ++i) {
    const Token& token = links_.tokens[i];
    if (taken_[i] || token.symbol || links_.info[i].stop || only_asks(token.word) ||
        is_filler(token.word) || kTalking.contains(token.word) ||
        (i > 0 && taken_[i - 1] && completes_name(token.word))) {
      continue;
    }
    unread.push_back(links_.question.substr(static_cast<std::size_t>(token.start),
                                            static_cast<std::size_t>(token.end - token.start)));
  }
  return unread;
}

std::optional<AnalyticReading> Reader::read() {
  const ChartRequest chart = chart_request(links_);
  for (int i = 0; i < size(); ++i) {
    if (chart.tokens[i]) taken_[i] = true;
  }
  find_order();
  find_first_or_last();
  find_limit();
  find_absences();
  find_duration();
  find_signs();
  find_flag_rate();
  find_figure_per_figure();
  find_having();
  find_total_having();
  find_repeated();
  find_average_per();
  find_dimensions();
  if (trend_ >= 0 && pending_dimensions_.empty() && reading_.dimensions.empty()) {
    pending_dimensions_.push_back({Named::grain, -1, Grain::none, trend_, trend_ + 1, 1.f});
  }
  find_subject();
  find_deed();
  find_shared();
  find_basis();
  find_measures();
  if (on_a_sheet() && reading_.measures.size() > 1) {
    for (int i = 1; i < size(); ++i) {
      if (word(i) == "vs" || word(i) == "versus" || word(i) == "against") take(i, i + 1);
    }
  }
  find_adjective();
  if (chart.type == catalog::ChartType::scatter) scatter_records();
  const bool grouped = !reading_.dimensions.empty() || !pending_dimensions_.empty() || subject_;
  supply_measure();
  if (!grouped && reading_.measures.empty()) find_columns();
  if (!grouped && reading_.measures.empty() && reading_.columns.empty()) find_list();
  if (!grouped && !subject_ && reading_.measures.empty() && reading_.columns.empty()) find_things();
  if (!strong_ && !(subject_ && superlative_)) return std::nullopt;
  choose_main_table();
  if (main_ < 0) return std::nullopt;

  if (!place_subject()) return std::nullopt;
  group_by_own_columns();
  add_listed();
  finish_order();
  place_grains();
  if (reading_.measures.empty() && reading_.columns.empty() && reading_.dimensions.empty()) {
    return std::nullopt;
  }
  for (const Dimension& d : reading_.dimensions) {
    if (!reachable(context_, main_, context_.find_table(d.table))) return std::nullopt;
  }
  for (const Measure& m : reading_.measures) {
    if (!reachable(context_, main_, context_.find_table(m.table))) return std::nullopt;
  }
  reading_.table = table_name(main_);
  apply_order();
  add_filters();
  leave_out_ever();
  order_as_listed();
  part_of_whole();
  mark_shares();
  take_records();
  AnalyticReading result;
  result.explained = explained();
  result.unread = unread();
  result.by_uses = by_uses_;
  result.strength = strong_ ? 0.9 : 0.6;
  if (chart.type) reading_.chart = chart.type;
  result.reading = std::move(reading_);
  return result;
}

std::optional<AnalyticReading> read_analytic(const Context& context, const Links& links,
                                             const Weights& weights) {
  return Reader(context, links, weights).read();
}

}  // namespace sextant::ask

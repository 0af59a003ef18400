// What is said of a sheet of records: who bought the most of something, customers who spent more
// than so much, when the last order was, the rate of what a yes or no tells.
#include <algorithm>

#include "analysis/ask/analytic/reader.h"
#include "analysis/ask/candidates/lookup.h"
#include "analysis/ask/clauses/adjectives.h"
#include "analysis/ask/linking/records.h"

namespace sextant::ask {

namespace {

const WordSet kSpending = {"spent", "spend", "spends", "spending", "paid", "pay", "pays"};
const WordSet kBuying = {"bought",    "buy",     "buys",     "buying",  "purchased",
                         "purchases", "ordered", "purchase", "ordering"};
const WordSet kSelling = {"sold", "sell", "sells", "selling"};
const WordSet kEarning = {"earned",  "earn",   "earns", "generated", "generates", "generate",
                          "brought", "brings", "bring", "made",      "makes",     "make"};
const WordSet kBuyers = {"customer", "client", "buyer", "member", "user", "account", "guest"};
const WordSet kSellers = {"rep",   "seller",   "salesperson", "salesman", "representative",
                          "agent", "employee", "cashier",     "manager",  "vendor"};
const WordSet kUnits = {"items", "units", "pieces", "goods", "articles", "item", "unit"};

}  // namespace

bool Reader::on_a_sheet() const {
  return context_.tables().size() == 1 && context_.keeps_records();
}

// Whether this token is, or begins, a value of the data as it stands; the option in question.
const Option* Reader::value_at(int token) const {
  const Option* best = nullptr;
  for (const Option& option : links_.options) {
    if (option.evidence != Evidence::exact || option.first != token || option.subspan) continue;
    if (!best || option.last > best->last) best = &option;
  }
  return best;
}

bool Reader::is_value(int token) const {
  return std::ranges::any_of(links_.options, [token](const Option& option) {
    const bool text = option.evidence == Evidence::exact || option.evidence == Evidence::fuzzy;
    return text && option.first <= token && token < option.last;
  });
}

// "number of men and women", "how many men": records with a value, by the values when several are
// named.
bool Reader::count_of_value(int first, int at) {
  if (!on_a_sheet()) return false;
  const Option* one = value_at(at);
  if (!one || mention_at(context_, links_, at).named == Named::table) return false;
  add_measure({Named::table, 0, Grain::none, first, at, 1.f}, std::nullopt);
  taken_[first] = true;
  const int joined = one->last;
  // "how many remote employees"
  if (const Mention m = mention_at(context_, links_, joined); m.named == Named::table)
    take(m.first, m.last);
  if (word(joined) != "and" && word(joined) != "vs" && word(joined) != "versus") return true;
  const Option* other = value_at(skip_fillers(joined + 1));
  if (!other || other->column != one->column) return true;
  const ColumnEntry& column = context_.columns()[one->column];
  reading_.dimensions.push_back(
      {table_name(column.table), column.model->name, Grain::none, span(one->first, other->last)});
  return true;
}

// Every figure on a sheet is one of its records: to name them adds nothing.
void Reader::take_records() {
  if (!on_a_sheet()) return;
  for (int i = 0; i < size(); ++i) {
    if (const Mention m = mention_at(context_, links_, i); m.named == Named::table)
      take(m.first, m.last);
  }
}

// A thing that the records are about.
bool Reader::is_thing(const Mention& m) const {
  return m.named == Named::column && context_.columns()[m.id].kind == Kind::text &&
         !is_measure(context_.columns()[m.id]);
}

int Reader::metric_named(std::string_view name) const {
  for (std::size_t i = 0; i < context_.metrics().size(); ++i) {
    if (context_.metrics()[i].model->name == name) return static_cast<int>(i);
  }
  return -1;
}

// The column of the sheet that an adjective or a verb speaks of; -1: none.
int Reader::column_of_adjective(std::string_view adjective, bool* high) const {
  if (!on_a_sheet()) return -1;
  // What these are by is the figure that is named, or the main one.
  static const WordSet kOpen = {"largest", "biggest", "smallest", "highest"};
  const auto& known = adjectives();
  const auto found = std::ranges::find(known, adjective, &Adjective::word);
  if (found == known.end() || kOpen.contains(adjective)) return -1;
  if (high) *high = found->high;
  for (const auto stem : found->columns) {
    for (std::size_t c = 0; c < context_.columns().size(); ++c) {
      const ColumnEntry& column = context_.columns()[c];
      if (column.id_like || (column.kind != Kind::number && column.kind != Kind::date)) continue;
      const bool rates = adjective == "rated" || adjective == "best" || adjective == "worst";
      const bool named = std::ranges::any_of(column.words, [&](const Token& w) {
        const bool rating = w.word == "rating" || w.word == "ratings" || w.word == "score";
        return w.stem == stem && (stem != "rate" || rating == rates);
      });
      if (named) return static_cast<int>(c);
    }
  }
  static const WordSet kTimely = {"oldest", "newest", "latest", "earliest", "recent", "recently"};
  return kTimely.contains(adjective) ? time_column(context_, 0) : -1;
}

// "who": the buyers or the sellers, after what they do.
Mention Reader::person_asked(const std::string& verb, int token) const {
  const bool sells = kSelling.contains(verb);
  const WordSet& roles = sells ? kSellers : kBuyers;
  Mention best;
  for (std::size_t c = 0; c < context_.columns().size(); ++c) {
    const ColumnEntry& column = context_.columns()[c];
    if (column.kind != Kind::text) continue;
    const bool role =
        std::ranges::any_of(column.words, [&](const Token& w) { return roles.contains(w.word); });
    if (!role || (best && column.id_like)) continue;
    const bool better = !best || context_.columns()[best.id].id_like;
    if (better) best = {Named::column, static_cast<int>(c), Grain::none, token, token + 1, 1.f};
  }
  return best;
}

// "who bought the most laptops", "which segment buys the most furniture", "which product sells
// best".
void Reader::find_deed() {
  if (!on_a_sheet() || !superlative_ || superlative_->count || subject_) return;
  int verb = -1;
  for (int i = 0; i < superlative_->first && verb < 0; ++i) {
    const std::string& w = word(i);
    if (kSpending.contains(w) || kBuying.contains(w) || kSelling.contains(w) ||
        kEarning.contains(w)) {
      verb = i;
    }
  }
  if (verb < 1) return;
  const Mention thing = word(verb - 1) == "who" ? person_asked(word(verb), verb - 1) : [&] {
    for (int i = verb - 1; i >= std::max(0, verb - 3); --i) {
      const Mention m = mention_at(context_, links_, i);
      if (m && m.last == verb) return m;
    }
    return Mention{};
  }();
  if (!is_thing(thing)) return;
  const int object = superlative_->last;
  const Mention after = mention_at(context_, links_, skip_fillers(object));
  const bool figure = after.named == Named::metric || after.named == Named::table ||
                      (after.named == Named::column && is_measure(context_.columns()[after.id]));
  const bool of_value = is_value(skip_fillers(object));
  const int units = metric_named("units_sold");
  const int metric =
      of_value && units >= 0 && !kSpending.contains(word(verb)) && !kEarning.contains(word(verb))
          ? units
          : (context_.metrics().empty() ? -1 : 0);
  if (!figure && metric < 0) return;
  subject_ = thing;
  take(thing.first, verb + 1);
  if (word(superlative_->last) == "on" || word(superlative_->last) == "of")
    take(superlative_->last, superlative_->last + 1);
  if (figure) return;
  add_measure({Named::metric, metric, Grain::none, superlative_->first, superlative_->last, 1.f},
              std::nullopt);
}

// "customers who spent more than 5,000", "products with sales over 100": a condition on each one's
// total.
void Reader::find_total_having() {
  if (!on_a_sheet()) return;
  for (const Option& option : links_.options) {
    if (option.evidence != Evidence::compare || taken_[option.first] || option.cue_first < 1 ||
        option.values.empty() || option.op == Operator::between ||
        option.cue_first > option.first) {
      continue;
    }
    int at = option.cue_first - 1;
    while (at > 0 && is_filler(word(at))) --at;
    Mention figure;
    const bool earning = kSpending.contains(word(at)) || kEarning.contains(word(at));
    if (earning && !context_.metrics().empty()) {
      figure = {Named::metric, 0, Grain::none, at, at + 1, 1.f};
    } else {
      for (int i = at; i >= std::max(0, at - 2) && !figure; --i) {
        const Mention m = mention_at(context_, links_, i);
        const bool aggregated =
            m.named == Named::column && aggregate_before(i) && is_measure(context_.columns()[m.id]);
        if ((m.named == Named::metric || aggregated) && m.last == at + 1) figure = m;
      }
    }
    if (!figure) continue;
    const auto aggregate = aggregate_before(figure.first);
    Mention subject;
    for (int i = figure.first - 1; i >= 0 && !subject; --i) {
      if (const Mention m = mention_at(context_, links_, i); is_thing(m)) subject = m;
    }
    if (!subject || !add_dimension(subject)) continue;
    add_measure(figure, aggregate);
    Having having;
    having.op = option.op;
    having.value = option.values[0].to_number<double>();
    having.span = span(option.cue_first, option.last);
    reading_.having.push_back(having);
    take(figure.first, option.last);
    for (int i = subject.last; i < figure.first; ++i) {
      if (aggregate_named(word(i)) || word(i) == "who" || word(i) == "that" || word(i) == "with" ||
          word(i) == "which")
        take(i, i + 1);
    }
    return;
  }
}

// "customers who never returned anything": those but the ones with a record of which it holds.
void Reader::leave_out_ever() {
  if (!on_a_sheet() || !reading_.distinct || !reading_.measures.empty()) return;
  int never = -1;
  for (int i = 0; i < size(); ++i) {
    if (word(i) == "never") never = i;
  }
  if (never < 0) return;
  const auto ever = std::ranges::find_if(reading_.filters, [&](const Filter& filter) {
    const auto& span = filter.any_of.front().span;
    return span && span->start > links_.tokens[never].start;
  });
  if (ever == reading_.filters.end()) return;
  Reading left_out;
  left_out.table = reading_.table;
  left_out.columns = reading_.columns;
  left_out.distinct = true;
  left_out.filters.push_back({ever->any_of, false});
  reading_.filters.erase(ever);
  reading_.combine = Combine::except;
  reading_.others.push_back(std::move(left_out));
  take(never, never + 1);
  for (int i = never + 1; i < size(); ++i) {
    if (word(i) == "anything" || word(i) == "any" || word(i) == "ever") take(i, i + 1);
  }
}

// "repeat customers": those with more than one record.
void Reader::find_repeated() {
  static const WordSet kRepeated = {"repeat", "repeated", "returning", "recurring"};
  if (!on_a_sheet()) return;
  for (int i = 0; i < size(); ++i) {
    if (!kRepeated.contains(word(i)) || links_.info[i].in_value || taken_[i]) continue;
    const Mention thing = mention_at(context_, links_, i + 1);
    if (!is_thing(thing) || !add_dimension(thing)) continue;
    add_measure({Named::table, 0, Grain::none, i, i + 1, 1.f}, std::nullopt);
    Having having;
    having.op = Operator::greater;
    having.value = 1;
    having.span = span(i, i + 1);
    reading_.having.push_back(having);
    return;
  }
}

// A scatter chart of two figures shows them of each record.
void Reader::scatter_records() {
  if (!on_a_sheet() || !reading_.dimensions.empty() || !pending_dimensions_.empty() || subject_ ||
      reading_.measures.size() != 2) {
    return;
  }
  std::vector<Projection> columns;
  for (const Measure& measure : reading_.measures) {
    const int column = measure.metric.empty()
                           ? context_.find_column(measure.table, measure.column)
                           : summed_column(context_, metric_named(measure.metric));
    if (column < 0) return;
    columns.push_back({measure.table, context_.columns()[column].model->name, measure.span});
  }
  reading_.columns = std::move(columns);
  reading_.measures.clear();
}

// "when was the last order", "first order date".
void Reader::find_first_or_last() {
  static const WordSet kFirst = {"first", "earliest", "oldest"};
  static const WordSet kLast = {"last", "latest", "newest", "recent"};
  if (!on_a_sheet()) return;
  const bool when = word(0) == "when" || (word(0) == "what" && word(1) == "date");
  for (int i = 0; i < size(); ++i) {
    const bool first = kFirst.contains(word(i)), last = kLast.contains(word(i));
    if ((!first && !last) || taken_[i] || links_.info[i].in_value) continue;
    const Mention m = mention_at(context_, links_, skip_fillers(i + 1));
    const bool date = m.named == Named::column && context_.columns()[m.id].kind == Kind::date &&
                      (when || word(m.last - 1) == "date" || m.score >= 0.95f);
    const bool record = m.named == Named::table && when;
    const int column = date ? m.id : record ? time_column(context_, m.id) : -1;
    if (column < 0) continue;
    Measure measure;
    measure.aggregate = first ? Aggregate::min : Aggregate::max;
    measure.table = table_name(context_.columns()[column].table);
    measure.column = context_.columns()[column].model->name;
    measure.span = span(i, m.last);
    reading_.measures.push_back(std::move(measure));
    take(word(i) == "recent" && word(i - 1) == "most" ? i - 1 : i, m.last);
    if (when) take(0, word(0) == "when" ? 1 : 2);
    main_ = context_.columns()[column].table;
    superlative_.reset();
    strong_ = true;
    return;
  }
}

// "return rate": the part of the records of which the yes holds.
void Reader::find_flag_rate() {
  if (!on_a_sheet()) return;
  for (int i = 1; i < size(); ++i) {
    if ((word(i) != "rate" && word(i) != "rates") || taken_[i]) continue;
    const auto flag = std::ranges::find_if(links_.options, [&](const Option& option) {
      return option.evidence == Evidence::exact && option.last == i &&
             is_flag(context_.columns()[option.column]);
    });
    if (flag == links_.options.end()) continue;
    Measure all;
    all.aggregate = Aggregate::count;
    all.table = table_name(context_.columns()[flag->column].table);
    all.span = span(flag->first, i + 1);
    Measure rate;
    rate.arithmetic = Arithmetic::percentage;
    rate.table = all.table;
    rate.span = all.span;
    rate.operands = {all, all};
    const QuestionFrame frame = frame_question(context_, links_);
    rate.operands[0].filters = {{{to_condition(frame, *flag)}, false}};
    main_ = context_.columns()[flag->column].table;
    reading_.measures.push_back(std::move(rate));
    take(flag->first, i + 1);
    strong_ = true;
    return;
  }
}

// "how many items were sold"
bool Reader::count_units(int at) {
  const int units = metric_named("units_sold");
  if (!on_a_sheet() || units < 0 || !kUnits.contains(word(at))) return false;
  if (mention_at(context_, links_, at).named == Named::table) return false;
  int last = at + 1;
  while (last < size() &&
         (is_filler(word(last)) || kSelling.contains(word(last)) || kBuying.contains(word(last)))) {
    ++last;
  }
  add_measure({Named::metric, units, Grain::none, at, at + 1, 1.f}, std::nullopt);
  take(at, last);
  return true;
}

// "customers in the west", "names of the customers": the things of the records, each once.
void Reader::find_things() {
  if (!on_a_sheet()) return;
  for (int i = 0; i < size(); ++i) {
    if (taken_[i] || links_.info[i].in_value) continue;
    const Mention m = mention_at(context_, links_, i);
    if (!is_thing(m)) continue;
    bool asked = true;
    for (int back = i - 1; back >= 0 && asked; --back) {
      static const WordSet kListing = {"show", "list", "which", "what", "display", "all",  "find",
                                       "get",  "give", "who",   "name", "names",   "tell", "me"};
      asked = taken_[back] || is_filler(word(back)) || kListing.contains(word(back));
      if (asked) take(back, back + 1);
    }
    if (!asked) return;
    reading_.columns.push_back(
        {table_name(table_of(m)), context_.columns()[m.id].model->name, span(m.first, m.last)});
    reading_.distinct = true;
    take(m.first, m.last);
    main_ = table_of(m);
    strong_ = true;
    static const WordSet kLinks = {"who", "that", "which", "bought", "ordered", "purchased"};
    for (int k = m.last; k < size(); ++k) {
      if (kLinks.contains(word(k))) take(k, k + 1);
    }
    return;
  }
}

}  // namespace sextant::ask

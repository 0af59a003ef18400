#include <algorithm>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/study/part.h"
#include "analysis/ask/study/period.h"
#include "analysis/ask/study/read.h"
#include "base/json.h"

namespace sextant::ask {

namespace {

using Names = std::initializer_list<std::string_view>;

constexpr std::size_t kMainFigures = 3;

class ViewReader {
 public:
  ViewReader(const Context& context, const Links& links, std::string_view today,
             const Weights& weights)
      : context_(context),
        links_(links),
        today_(today),
        weights_(weights),
        dropped_(links.tokens.size(), false) {}

  std::optional<Reading> read() {
    if (auto reading = windowed()) return reading;
    if (auto reading = comparison()) return reading;
    if (auto reading = quality()) return reading;
    if (auto reading = relations()) return reading;
    if (auto reading = outliers()) return reading;
    return distribution();
  }

 private:
  int size() const { return static_cast<int>(links_.tokens.size()); }
  const std::string& word(int i) const {
    static const std::string kNone;
    return i >= 0 && i < size() ? links_.tokens[i].word : kNone;
  }
  bool is(int i, Names words) const {
    return i >= 0 && i < size() && std::ranges::find(words, word(i)) != words.end();
  }
  int find(Names words) const {
    for (int i = 0; i < size(); ++i) {
      if (is(i, words)) return i;
    }
    return -1;
  }
  void drop(int first, int last) {
    for (int i = std::max(0, first); i < std::min(last, size()); ++i) dropped_[i] = true;
  }
  std::optional<Reading> part() const {
    return read_part(context_, without(links_, dropped_), today_, weights_);
  }
  const std::string& table_name(int table) const { return context_.tables()[table].model->name; }
  // The first column of numbers, or the first column, that is named.
  int column_said(bool number) const {
    for (int i = 0; i < size(); ++i) {
      const Mention m = mention_at(context_, links_, i);
      if (m.named != Named::column || m.score < 0.6f || dropped_[i]) continue;
      if (!number || context_.columns()[m.id].kind == Kind::number) return m.id;
    }
    return -1;
  }
  // The column that a metric which is named adds up; -1: none.
  int summed_column_said() const {
    for (int i = 0; i < size(); ++i) {
      const Mention m = mention_at(context_, links_, i);
      if (m.named == Named::metric && !dropped_[i]) return summed_column(context_, m.id);
    }
    return -1;
  }
  int table_said() const {
    for (int i = 0; i < size(); ++i) {
      const Mention m = mention_at(context_, links_, i);
      if (m.named == Named::table && !dropped_[i]) return m.id;
    }
    return context_.tables().size() == 1 ? 0 : -1;
  }
  Reading study_of(StudyKind kind, int column) const {
    Reading reading;
    reading.intent = Intent::study;
    const ColumnEntry& entry = context_.columns()[column];
    reading.table = table_name(entry.table);
    reading.columns.push_back({reading.table, entry.model->name, std::nullopt});
    reading.study = Study{.kind = kind};
    return reading;
  }

  std::optional<Reading> windowed();
  std::optional<Reading> comparison();
  std::optional<Reading> quality() const;
  std::optional<Reading> relations() const;
  std::optional<Reading> outliers();
  std::optional<Reading> distribution();
  std::optional<std::pair<Condition, Condition>> two_values();
  std::optional<std::pair<Condition, Condition>> two_periods();
  Condition period(const std::string& from, const std::string& to, std::string label) const;

  const Context& context_;
  const Links& links_;
  std::string_view today_;
  const Weights& weights_;
  std::vector<bool> dropped_;
};

// "cumulative revenue by month", "revenue growth by month", "month over month change of orders".
std::optional<Reading> ViewReader::windowed() {
  Window window = Window::none;
  std::string period = "month";  // that it runs along when none is named
  for (int i = 0; i < size(); ++i) {
    if (is(i, {"cumulative", "cumulated"}) ||
        (is(i, {"running", "rolling"}) && is(i + 1, {"total", "sum"}))) {
      window = Window::running_total;
      drop(i, i + (is(i, {"running", "rolling"}) ? 2 : 1));
    } else if (is(i, {"growth"})) {
      window = Window::growth;
      drop(i, i + (is(i + 1, {"rate", "rates"}) ? 2 : 1));
    } else if (is(i + 1, {"over"}) && word(i) == word(i + 2) &&
               is(i, {"month", "year", "quarter", "week"})) {
      if (window == Window::none) window = Window::growth;
      period = word(i);
      drop(i, i + 3);
      if (is(i + 3, {"change"})) drop(i + 3, i + 4);
    }
  }
  if (window == Window::none) return std::nullopt;
  for (int i = 0; i < size(); ++i) {
    const bool beside = (i > 0 && dropped_[i - 1]) || (i + 1 < size() && dropped_[i + 1]);
    if (beside && is(i, {"of", "the", "in"})) dropped_[i] = true;
  }
  const std::vector<bool> bare = dropped_;
  auto reading = part();
  const auto timed = [&] {
    return reading && reading->measures.size() == 1 && !reading->dimensions.empty() &&
           reading->dimensions[0].grain != Grain::none;
  };
  if (!timed()) {
    std::string figure = without(links_, bare);
    // "year over year growth": of the main figure.
    if (figure.empty() && !context_.metrics().empty()) figure = context_.metrics()[0].model->name;
    reading = read_part(context_, figure + " by " + period, today_, weights_);
  }
  if (!timed()) return std::nullopt;
  reading->measures[0].window = window;
  reading->order.clear();
  reading->limit.reset();
  return reading;
}

Condition ViewReader::period(const std::string& from, const std::string& to,
                             std::string label) const {
  Condition c;
  c.op = Operator::between;
  c.values = {json::Value(from), json::Value(to)};
  c.label = std::move(label);
  return c;  // the column is that of the figure's rows
}

// Two values of one column, "Germany and Italy".
std::optional<std::pair<Condition, Condition>> ViewReader::two_values() {
  for (const Option& a : links_.options) {
    if (a.evidence != Evidence::exact || a.op != Operator::equal || a.subspan) continue;
    for (const Option& b : links_.options) {
      if (b.evidence != Evidence::exact || b.op != Operator::equal || b.column != a.column ||
          b.first < a.last || b.first - a.last > 3 || b.first == a.last) {
        continue;
      }
      bool joins = false;
      for (int i = a.last; i < b.first; ++i) {
        joins = joins || is(i, {"and", "with", "to", "vs", "versus", "against"});
      }
      if (!joins) continue;
      drop(a.first, b.last);
      const ColumnEntry& column = context_.columns()[a.column];
      const auto condition = [&](const Option& o) {
        Condition c;
        c.table = table_name(column.table);
        c.column = column.model->name;
        c.values = o.values;
        return c;
      };
      return std::pair(condition(a), condition(b));
    }
  }
  return std::nullopt;
}

// Two periods; or one and the year, or the period, before it. The earlier comes first.
std::optional<std::pair<Condition, Condition>> ViewReader::two_periods() {
  std::vector<Period> periods;
  for (const Period& p : links_.periods) {
    if (!p.from.empty() && !p.to.empty()) periods.push_back(p);
  }
  if (periods.size() == 2) {
    for (const Period& p : periods) drop(p.first, p.last);
    if (periods[1].from < periods[0].from) std::swap(periods[0], periods[1]);
    return std::pair(period(periods[0].from, periods[0].to, periods[0].label),
                     period(periods[1].from, periods[1].to, periods[1].label));
  }
  if (periods.size() != 1) return std::nullopt;
  const int before = find({"before", "earlier", "previous", "prior"});
  const int year = find({"year"});
  const Period& p = periods[0];
  // "how did revenue change compared to last year": this one with it.
  if (before < 0 && is(p.first, {"last"}) &&
      is(p.first + 1, {"year", "month", "quarter", "week"})) {
    drop(p.first, p.last);
    const Grain unit = is(p.first + 1, {"year"})      ? Grain::year
                       : is(p.first + 1, {"quarter"}) ? Grain::quarter
                       : is(p.first + 1, {"week"})    ? Grain::week
                                                      : Grain::month;
    return std::pair(period(p.from, p.to, p.label),
                     period(move_period(p.from, unit, 1), move_period(p.to, unit, 1),
                            "this " + word(p.first + 1)));
  }
  if (before < 0) return std::nullopt;
  drop(p.first, p.last);
  for (int i = std::min(before, year < 0 ? before : year) - 1;
       i <= std::max(before, year) && i < size(); ++i) {
    if (is(i, {"the", "a", "year", "month", "quarter", "period", "before", "earlier", "previous",
               "prior"})) {
      drop(i, i + 1);
    }
  }
  const Grain grain = year >= 0 ? Grain::year : Grain::month;
  return std::pair(period(move_period(p.from, grain, -1), move_period(p.to, grain, -1),
                          year >= 0 ? "the year before" : "the month before"),
                   period(p.from, p.to, p.label));
}

std::optional<Reading> ViewReader::comparison() {
  int cue = find({"compare", "compared", "comparison", "versus", "vs", "comparing"});
  const int change = find({"change", "changed", "changes", "develop", "developed"});
  if (cue < 0 && change >= 0 && links_.periods.size() == 2) cue = change;
  if (cue < 0) return std::nullopt;
  drop(cue, cue + 1);
  if (change >= 0) {
    drop(change, change + 1);
    if (is(0, {"how", "what"})) drop(0, is(2, {"the"}) ? 3 : 2);
  }
  auto sides = two_values();
  if (!sides) sides = two_periods();
  if (!sides) return std::nullopt;
  for (int i = 0; i < size(); ++i) {
    const bool beside = (i > 0 && dropped_[i - 1]) || (i + 1 < size() && dropped_[i + 1]);
    if (beside && is(i, {"of", "the", "in", "for", "with", "to", "between", "and", "from"})) {
      dropped_[i] = true;
    }
  }
  Reading reading;
  const std::string rest = without(links_, dropped_);
  if (auto figures = rest.empty() ? std::nullopt : part();
      figures && !figures->measures.empty() && figures->dimensions.empty()) {
    reading = std::move(*figures);
  } else if (!rest.empty()) {
    figures = read_part(context_, "total " + rest, today_, weights_);
    if (!figures || figures->measures.empty() || !figures->dimensions.empty()) {
      return std::nullopt;
    }
    reading = std::move(*figures);
  } else {
    // The main figures that the two can have.
    for (const auto& metric : context_.model().metrics) {
      if (reading.measures.size() == kMainFigures) break;
      if (!reading.table.empty() && metric.table != reading.table) continue;
      reading.table = metric.table;
      Measure m;
      m.metric = metric.name;
      m.table = metric.table;
      reading.measures.push_back(std::move(m));
    }
    if (reading.measures.empty()) {
      reading.table = sides->first.table.empty() ? table_name(0) : sides->first.table;
      Measure m;
      m.aggregate = Aggregate::count;
      m.table = reading.table;
      reading.measures.push_back(std::move(m));
    }
  }
  const int main = context_.find_table(reading.table);
  for (Condition* c : {&sides->first, &sides->second}) {
    if (c->column.empty()) {
      const int time = time_column(context_, main);
      if (time < 0) return std::nullopt;
      c->table = table_name(context_.columns()[time].table);
      c->column = context_.columns()[time].model->name;
    }
    if (!reachable(context_, main, context_.find_table(c->table))) return std::nullopt;
    Reading side;
    side.table = reading.table;
    side.filters.push_back({{*c}, false});
    reading.others.push_back(std::move(side));
  }
  reading.order.clear();
  reading.limit.reset();
  reading.intent = Intent::study;
  reading.study = Study{.kind = StudyKind::comparison};
  return reading;
}

// "data quality of orders", "check customers for problems", "is the data complete?"
std::optional<Reading> ViewReader::quality() const {
  const int cue = find({"quality", "problems", "clean", "completeness", "duplicates", "gaps"});
  const bool missing = find({"missing"}) >= 0 && find({"values"}) >= 0;
  if (cue < 0 && !missing) return std::nullopt;
  const int table = table_said();
  if (table < 0 || column_said(false) >= 0) return std::nullopt;
  Reading reading;
  reading.intent = Intent::study;
  reading.table = table_name(table);
  reading.study = Study{.kind = StudyKind::quality};
  return reading;
}

// "what correlates with price?", "which columns of orders go together?"
std::optional<Reading> ViewReader::relations() const {
  const int cue = find({"correlates", "correlate", "correlations", "correlated", "influences",
                        "affects", "relates", "related"});
  if (cue < 0 || find({"between"}) >= 0) return std::nullopt;
  const int column = column_said(true);
  if (is(0, {"what", "which"}) && column >= 0) return study_of(StudyKind::relations, column);
  const int table = table_said();
  if (table < 0 || column >= 0) return std::nullopt;
  Reading reading;
  reading.intent = Intent::study;
  reading.table = table_name(table);
  reading.study = Study{.kind = StudyKind::relations};
  return reading;
}

// "outliers in price", "unusual months of revenue".
std::optional<Reading> ViewReader::outliers() {
  const int cue =
      find({"outliers", "outlier", "unusual", "anomalies", "anomaly", "anomalous", "abnormal"});
  if (cue < 0 || find({"many", "remove", "removing", "iqr", "score", "scores", "without"}) >= 0) {
    return std::nullopt;
  }
  drop(cue, cue + 1);
  for (int i = 0; i < size(); ++i) {
    if (is(i, {"are", "there", "any", "find", "show", "me", "in", "of", "the", "what", "which",
               "list"}) &&
        i <= cue + 2) {
      dropped_[i] = true;
    }
  }
  std::string rest = without(links_, dropped_);
  int grain = -1;
  for (int i = 0; i < size(); ++i) {
    if (links_.tokens[i].stem == "month" || links_.tokens[i].stem == "day" ||
        links_.tokens[i].stem == "week" || links_.tokens[i].stem == "quarter") {
      grain = i;
    }
  }
  if (grain == cue + 1) {  // "unusual months of revenue"
    drop(grain, grain + 1);
    rest = without(links_, dropped_) + " by " + links_.tokens[grain].stem;
  }
  auto reading = read_part(context_, rest, today_, weights_);
  if (reading && reading->measures.size() == 1 && reading->dimensions.size() == 1 &&
      reading->dimensions[0].grain != Grain::none &&
      reading->dimensions[0].grain != Grain::weekday) {
    reading->order.clear();
    reading->limit.reset();
    reading->intent = Intent::study;
    reading->study = Study{.kind = StudyKind::outliers};
    return reading;
  }
  const int column = column_said(true);
  if (column < 0 || context_.columns()[column].id_like) return std::nullopt;
  Reading study = study_of(StudyKind::outliers, column);
  const int label = label_column(context_, context_.columns()[column].table);
  if (label >= 0 && label != column) {
    study.columns.push_back({study.table, context_.columns()[label].model->name, std::nullopt});
  }
  return study;
}

// "distribution of price", "how is age distributed?"
std::optional<Reading> ViewReader::distribution() {
  const int cue = find({"distribution", "histogram", "distributed", "spread"});
  if (cue < 0 || find({"normal", "normally", "by", "per", "each", "test"}) >= 0) {
    return std::nullopt;
  }
  drop(cue, cue + 1);
  int column = column_said(true);
  if (column < 0) column = summed_column_said();
  if (column < 0 || !is_measure(context_.columns()[column])) return std::nullopt;
  // Values of a whole column: a question with conditions, or on several columns, is another one.
  if (!links_.options.empty() && find({"with", "whose", "where", "than", "names"}) >= 0)
    return std::nullopt;
  Reading study = study_of(StudyKind::distribution, column);
  if (is(cue, {"histogram"})) study.chart = catalog::ChartType::bar;
  return study;
}

}  // namespace

std::optional<Reading> read_view(const Context& context, const Links& links, std::string_view today,
                                 const Weights& weights) {
  return ViewReader(context, links, today, weights).read();
}

}  // namespace sextant::ask

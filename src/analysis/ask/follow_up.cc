#include "analysis/ask/follow_up.h"

#include <algorithm>
#include <unordered_set>

#include "analysis/ask/analytic/chart_request.h"
#include "analysis/ask/candidates/lookup.h"
#include "analysis/ask/candidates/mentions.h"

namespace sextant::ask {

namespace {

const std::unordered_set<std::string_view> kOpeners = {
    "and",       "now",     "only",   "just", "instead", "same", "but",  "exclude",
    "excluding", "without", "except", "top",  "bottom",  "as",   "also", "what",
    "how",       "by",      "then",   "for",  "in",      "per",  "make"};
// These say that something is carried on, whatever else the question names.
const std::unordered_set<std::string_view> kContinuing = {
    "and",       "now",     "only",   "just", "same", "but", "exclude",
    "excluding", "without", "except", "as",   "also", "then"};
const std::unordered_set<std::string_view> kSmall = {
    "the",  "a",     "an",     "it",     "that", "this",   "them",    "about",
    "of",   "to",    "me",     "please", "show", "them",   "instead", "only",
    "just", "and",   "now",    "but",    "same", "also",   "then",    "again",
    "make", "split", "broken", "down",   "with", "values", "rows",    "ones"};

class Editor {
 public:
  Editor(const Context& context, const Links& links, Reading reading)
      : context_(context),
        links_(links),
        reading_(std::move(reading)),
        taken_(links.tokens.size(), false) {}

  std::optional<Reading> edit() {
    if (links_.tokens.empty() || links_.tokens.size() > 14) return std::nullopt;
    const bool opens = kOpeners.contains(links_.tokens[0].word);
    chart();
    limit();
    dimensions();
    measures();
    filters();
    if (!changed_ || is_complete()) return std::nullopt;
    int left = 0;
    for (std::size_t i = 0; i < taken_.size(); ++i) {
      const auto& token = links_.tokens[i];
      left += !taken_[i] && !token.symbol && !kSmall.contains(token.word) && !links_.info[i].stop;
    }
    // A whole new question names its own figure and subject; an edit is short or opens like one.
    if (left > 0 || (!opens && links_.tokens.size() > 6)) return std::nullopt;
    return std::move(reading_);
  }

 private:
  int size() const { return static_cast<int>(links_.tokens.size()); }
  std::string_view word(int i) const {
    return i >= 0 && i < size() ? std::string_view(links_.tokens[i].word) : std::string_view();
  }
  void take(int first, int last) {
    for (int i = std::max(first, 0); i < std::min(last, size()); ++i) taken_[i] = true;
    changed_ = true;
  }

  // A question that names its own figure starts anew: "revenue by month" is no edit of a top 5.
  bool is_complete() const {
    if (!new_measure_) return false;
    if (new_dimension_) return true;
    const bool about = (word(0) == "what" || word(0) == "how") && word(1) == "about";
    const bool instead =
        std::ranges::any_of(links_.tokens, [](const Token& t) { return t.word == "instead"; });
    return !about && !instead && !kContinuing.contains(word(0));
  }

  void chart() {
    const ChartRequest request = chart_request(links_);
    if (!request.type) return;
    reading_.chart = request.type;
    changed_ = true;
    for (int i = 0; i < size(); ++i) {
      if (request.tokens[i]) taken_[i] = true;
    }
  }

  void limit() {
    for (int i = 0; i + 1 < size(); ++i) {
      const bool top =
          word(i) == "top" || word(i) == "first" || word(i) == "best" || word(i) == "largest";
      const bool bottom =
          word(i) == "bottom" || word(i) == "worst" || word(i) == "last" || word(i) == "smallest";
      if ((!top && !bottom) || taken_[i]) continue;
      auto n = links_.tokens[i + 1].number;
      if (!n) n = number_word(word(i + 1));
      if (!n || *n < 1 || *n > 1000) continue;
      bool period = false;
      for (const Period& p : links_.periods) period = period || (p.first <= i && i < p.last);
      if (period) continue;
      reading_.limit = static_cast<std::int64_t>(*n);
      if (reading_.order.empty() && !reading_.measures.empty()) reading_.order.push_back({});
      if (!reading_.order.empty()) reading_.order[0].descending = top;
      limited_ = true;
      take(i, i + 2);
    }
  }

  void dimensions() {
    for (int i = 0; i < size(); ++i) {
      if (taken_[i] || (word(i) != "by" && word(i) != "per" && word(i) != "each")) continue;
      int at = i + 1;
      while (word(at) == "the" || word(at) == "each") ++at;
      const Mention m = mention_at(context_, links_, at);
      Dimension d;
      if (m.named == Named::grain) {
        const int c = time_column(context_, context_.find_table(reading_.table));
        if (c < 0) continue;
        const ColumnEntry& column = context_.columns()[c];
        d = {context_.tables()[column.table].model->name, column.model->name, m.grain, {}};
      } else if (m.named == Named::column || m.named == Named::table) {
        const int c = m.named == Named::column ? m.id : label_column(context_, m.id);
        const ColumnEntry& column = context_.columns()[c];
        if (is_measure(column)) continue;
        d = {context_.tables()[column.table].model->name, column.model->name, Grain::none, {}};
      } else {
        continue;
      }
      if (reading_.measures.empty() ||
          !reachable(context_, context_.find_table(reading_.table), context_.find_table(d.table))) {
        continue;
      }
      d.span = Span{links_.tokens[m.first].start, links_.tokens[m.last - 1].end};
      const bool adds = word(0) == "and" || word(0) == "also";
      // The best of one thing are not the best of another, and time has no best five.
      const bool own_limit = reading_.limit && limited_;
      if (!own_limit && reading_.limit && (!adds || d.grain != Grain::none)) {
        reading_.dimensions.clear();
        reading_.limit.reset();
        reading_.limit_span.reset();
        reading_.order.clear();
        reading_.per_group = false;
      }
      if (!adds) reading_.dimensions.clear();
      if (reading_.dimensions.size() >= 2) reading_.dimensions.pop_back();
      reading_.dimensions.push_back(std::move(d));
      if (reading_.chart && !chart_request(links_).type) reading_.chart.reset();
      new_dimension_ = true;
      take(i, m.last);
    }
  }

  void measures() {
    for (int i = 0; i < size(); ++i) {
      if (taken_[i]) continue;
      const Mention m = mention_at(context_, links_, i);
      if (m.named != Named::metric || reading_.dimensions.empty()) continue;
      const auto& metric = context_.metrics()[m.id];
      if (!reachable(context_, context_.find_table(reading_.table), metric.table)) continue;
      Measure measure;
      measure.metric = metric.model->name;
      measure.table = metric.model->table;
      measure.span = Span{links_.tokens[m.first].start, links_.tokens[m.last - 1].end};
      reading_.measures = {measure};
      new_measure_ = word(m.first - 1) != "by";  // "top 3 by margin" has no subject of its own
      reading_.table = metric.model->table;
      take(m.first, m.last);
    }
  }

  void filters() {
    const QuestionFrame frame = frame_question(context_, links_);
    const int main = context_.find_table(reading_.table);
    const int time = time_column(context_, main);
    for (const Option& option : links_.options) {
      bool free = true;
      for (int i = option.first; i < option.last; ++i) free = free && !taken_[i];
      if (!free || main < 0) continue;
      const ColumnEntry& column = context_.columns()[option.column];
      if (option.evidence == Evidence::period
              ? option.column != time
              : option.evidence != Evidence::exact && option.evidence != Evidence::fuzzy) {
        continue;
      }
      if (!reachable(context_, main, column.table)) continue;
      Condition condition = to_condition(frame, option);
      bool negated = false;
      for (int i = std::max(0, option.first - 3); i < option.first; ++i) {
        negated = negated || word(i) == "exclude" || word(i) == "excluding" ||
                  word(i) == "without" || word(i) == "except" || word(i) == "not";
        if (negated) taken_[i] = true;
      }
      // A new value of a column replaces the old one.
      std::erase_if(reading_.filters, [&](const Filter& f) {
        return !f.any_of.empty() && f.any_of.front().table == condition.table &&
               f.any_of.front().column == condition.column && f.negated == negated;
      });
      reading_.filters.push_back({{std::move(condition)}, negated});
      take(option.first, option.last);
    }
  }

  const Context& context_;
  const Links& links_;
  Reading reading_;
  std::vector<bool> taken_;
  bool changed_ = false;
  bool limited_ = false;        // the question says its own number of groups
  bool new_measure_ = false;    // … its own figure
  bool new_dimension_ = false;  // … its own grouping
};

}  // namespace

std::optional<Reading> edit_reading(const Context& context, const Links& links,
                                    const Reading& previous) {
  if (previous.intent != Intent::query) return std::nullopt;
  return Editor(context, links, previous).edit();
}

}  // namespace sextant::ask

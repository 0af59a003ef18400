#pragma once
// The reader of analytic questions: each part of the reading is found by its cues, and the words
// that were used for it are taken, so that no word means two things. One value per question.
//
//   reader.cc    the order of the steps, the main table, how much of the question is explained
//   groups.cc    "by", "per", "each", "over time", "without"
//   measures.cc  figures and their aggregates
//   rates.cc     "average … per …", "the percentage of … that …"
//   order.cc     "top 5", "highest", "sorted by"
//   filters.cc   conditions, periods, conditions on groups
//   lists.cc     rows and columns as they stand
//   signs.cc     what is below, above or exactly nothing
//   sheet.cc     deeds, totals and things of one sheet of records
//   durations.cc time between two dates of a record

#include <optional>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "analysis/ask/analytic/analytic.h"
#include "analysis/ask/candidates/mentions.h"

namespace sextant::ask {

using WordSet = std::unordered_set<std::string_view>;

// Words that may stand between a cue and what it is about.
bool is_filler(std::string_view word);
// Words that ask and need no explanation.
bool only_asks(std::string_view word);
// "total", "average", "highest".
std::optional<Aggregate> aggregate_named(std::string_view word);

struct Superlative {
  int token = -1;
  bool high = true;
  std::optional<std::int64_t> count;
  int first = 0, last = 0;
};

class Reader {
 public:
  Reader(const Context& context, const Links& links, const Weights& weights)
      : context_(context), links_(links), weights_(weights), taken_(links.tokens.size(), false) {}

  std::optional<AnalyticReading> read();

 private:
  int size() const { return static_cast<int>(links_.tokens.size()); }
  const std::string& word(int i) const {
    static const std::string kNone;
    return i >= 0 && i < size() ? links_.tokens[i].word : kNone;
  }
  Span span(int first, int last) const {
    return {links_.tokens[first].start, links_.tokens[last - 1].end};
  }
  void take(int first, int last) {
    for (int i = std::max(0, first); i < std::min(last, size()); ++i) taken_[i] = true;
  }
  int skip_fillers(int i) const {
    while (i < size() && is_filler(word(i))) ++i;
    return i;
  }
  const std::string& table_name(int t) const { return context_.tables()[t].model->name; }

  Mention figure_near(int after, int before) const;
  int gain_column() const;
  bool sometimes_zero(int column) const;
  void add_sign(int column, Operator op, int first, int last);
  int never_reached(int token) const;
  void find_figure_per_figure();
  void find_signs();
  bool on_a_sheet() const;
  void take_records();
  bool is_thing(const Mention& m) const;
  const Option* value_at(int token) const;
  bool is_value(int token) const;
  bool count_of_value(int first, int at);
  int metric_named(std::string_view name) const;
  Mention person_asked(const std::string& verb, int token) const;
  int column_of_adjective(std::string_view adjective, bool* high) const;
  struct Duration {
    int from = -1, to = -1;  // columns
    std::string_view unit;
    int first = 0, last = 0;  // tokens
  };
  std::vector<int> dates_spoken_of(int token) const;
  std::vector<int> dates_of(int token) const;
  std::optional<std::pair<int, int>> start_and_end(int token) const;
  std::string_view fitting_unit(int from, int to) const;
  bool mention_of_date(int token) const;
  std::optional<Duration> duration_asked() const;
  void take_taking();
  void find_duration();
  void group_by_own_columns();
  void find_deed();
  void find_total_having();
  void find_first_or_last();
  void find_flag_rate();
  bool count_units(int at);
  void find_things();
  void leave_out_ever();
  void find_repeated();
  void scatter_records();
  std::vector<std::string> unread() const;
  void find_limit();
  bool groups(int i) const;
  bool averaged_before(int token) const;
  bool counts_by(int token, const Mention& m) const;
  void find_dimensions();
  int listed_from(int token) const;
  int own_column(const Mention& mention) const;
  bool has_one(int table) const;
  void add_listed();
  void order_as_listed();
  Mention done_to(int token) const;
  void find_absences();
  void find_measures();
  void find_average_per();
  int share_cue() const;
  void find_shared();
  void part_of_whole();
  std::optional<Measure> number_of(const Mention& thing) const;
  void find_subject();
  void find_order();
  void find_having();
  void find_columns();
  void find_adjective();
  bool find_sheet_adjective(int at);
  void find_list();
  void choose_main_table();
  int use_said() const;
  bool count_uses();
  void supply_measure();
  int metric_in(int token) const;
  bool place_subject();
  void list_all_columns(int table);
  void list_superlative_rows();
  int year_column(int table) const;
  void place_grains();
  void mark_shares();
  double explained() const;
  void add_filters();
  void add_comparison(const Option& second_period);
  void split_by_periods();
  void place_periods(Filter periods);
  void finish_order();
  void apply_order();
  bool add_dimension(const Mention& mention);
  bool value_follows(int at) const;
  std::optional<Aggregate> aggregate_before(int token) const;
  std::optional<std::pair<Aggregate, Aggregate>> two_aggregates(int token) const;
  bool plainly_aggregated(int token) const;
  bool is_plain_extreme(const Mention& mention) const;
  void add_measure(const Mention& mention, std::optional<Aggregate> aggregate);
  bool names_measure(int token) const;
  static bool rates_things(const ColumnEntry& column);
  Mention of_table(Mention mention);
  Mention rows_of_metric(const Mention& metric) const;
  bool only_rows(const Mention& metric) const;
  void find_basis();
  int table_of(const Mention& mention) const {
    if (mention.named == Named::table) return mention.id;
    if (mention.named == Named::column) return context_.columns()[mention.id].table;
    if (mention.named == Named::metric) return context_.metrics()[mention.id].table;
    return -1;
  }

  const Context& context_;
  const Links& links_;
  const Weights& weights_;
  std::vector<bool> taken_;
  Reading reading_;
  std::vector<Mention> unplaced_;            // grains for which there is no time
  std::vector<Mention> pending_dimensions_;  // grains wait for the main table's time column
  std::optional<Superlative> superlative_;
  std::vector<Mention> listed_;     // what a list says to show besides, in its order
  std::optional<Mention> subject_;  // the things asked for: "top 5 products"
  int main_ = -1;
  std::optional<Order> asked_order_;  // "sorted by …", "in descending order"
  std::optional<Mention> order_by_;
  int trend_ = -1;  // "the trend of …" is over time when nothing else groups
  bool strong_ = false;
  bool by_uses_ = false;
  bool splits_by_periods_ = false;
};

}  // namespace sextant::ask

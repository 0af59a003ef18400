#pragma once
// The state of reading one question clause by clause. Each step takes the words it understands.
//
//   parser.cc        the order of the steps; tokens, names and tables
//   patterns.cc      parts of cells, "is null", men and women
//   conditions.cc    values, numbers, periods, "not"
//   alternatives.cc  "or", "and" between conditions
//   same_as.cc       "the same city as …"
//   comparisons.cc   "above the average", "more than 3 orders", "without orders"
//   places.cc        "where is the best … in …"
//   ratios.cc        "the ratio of … to …"
//   order.cc         "sorted by", adjectives
//   superlatives.cc  "top 5", "the oldest", "most orders"
//   figures.cc       "average price", "number of orders"
//   groups.cc        "per", "each", bins of time
//   select.cc        what is listed or computed
//   select_settle.cc what goes with a figure, is compared only, or is meant once
//   sets.cc          "both … and …", values no row of which …, columns of yes and no
//   roles.cc         which of several joins is meant; superlatives of a figure, of each group
//   tables.cc        the finest table, references, all columns of a table
//   assemble.cc      the main table, joins, and the reading

#include <optional>
#include <string>
#include <vector>

#include "analysis/ask/analytic/chart_request.h"
#include "analysis/ask/clauses/clauses.h"
#include "analysis/ask/clauses/names.h"
#include "analysis/ask/clauses/places.h"

namespace sextant::ask {

// Something the question selects, groups or orders by.
struct Part {
  Aggregate aggregate = Aggregate::none;
  int column = -1;  // -1: rows of the table
  int table = -1;
  int first = 0, last = 0;
  bool distinct = false;
  Grain grain = Grain::none;
  bool operator==(const Part& o) const {
    return aggregate == o.aggregate && column == o.column && table == o.table && grain == o.grain;
  }
};

class ClauseParser {
 public:
  ClauseParser(const Context& context, const Links& links, const Weights& weights)
      : context_(context),
        links_(links),
        weights_(weights),
        chart_(chart_request(links)),
        places_(find_places(context)),
        taken_(links.tokens.size(), false) {}

  std::optional<ClauseReading> parse();

 private:
  struct Comparison {  // of a figure of each group
    Part measure;
    Operator op = Operator::greater;
    double value = 0;
    int first = 0, last = 0;
  };

  int size() const { return static_cast<int>(links_.tokens.size()); }
  const std::string& word(int i) const {
    static const std::string kNone;
    return i >= 0 && i < size() ? links_.tokens[i].word : kNone;
  }
  bool is(int i, std::initializer_list<std::string_view> words) const;
  Span span(int first, int last) const {
    return {links_.tokens[first].start, links_.tokens[last - 1].end};
  }
  void take(int first, int last) {
    for (int i = std::max(0, first); i < std::min(last, size()); ++i) taken_[i] = true;
  }
  bool all_free(int first, int last) const;
  bool capital(int token) const;
  int skip(int i, std::initializer_list<std::string_view> words) const;
  const NameUse* name_at(int token) const;
  const NameUse* number_named(int token) const;
  int money_of(const NameUse& rows) const;
  const NameUse* next_name(int from, int within) const;
  const NameUse* name_before(int token, int within) const;
  const NameUse* name_ending_before(int token) const;
  int quoted_part(int token) const;
  const ColumnEntry& column(int id) const { return context_.columns()[id]; }
  int table_of(const Part& part) const {
    return part.column >= 0 ? column(part.column).table : part.table;
  }
  int key_column(int table) const;
  bool borrows_key(int key) const;
  Part part_of(const NameUse& use) const;
  Grain grain_at(int token, int* last) const;
  std::optional<Part> figure_at(int token, int* last) const;  // "average price", "number of orders"
  int column_for_adjective(std::string_view adjective, int near_table) const;

  void score_tables();
  void choose_conditions();
  void find_patterns();
  void find_sexes();
  void find_missing();
  void find_given();
  bool does_to_rows(int verb) const;
  bool holds_counts(int c) const;
  bool points_to_rows(int c) const;
  int date_spoken_of(int table) const;
  bool first_in_time(int i);
  void keep_tables_few();
  std::optional<Part> how_much_at(int i) const;
  bool take_mean();
  int filtered_at(int token, bool denied = false) const;
  bool counts_rows(const Option& option) const;
  int counted_at(int token) const;
  bool names_by_id(const NameUse& use) const;
  bool early_is_old(int column) const;
  bool says_where(const Option& option) const;
  bool beside_own_value(const Option& option) const;
  bool names_letter(const Option& option) const;
  bool tells_rows_apart(const Option& option) const;
  int header_before(const Option& option) const;
  int table_before(int token) const;
  bool named_apart(int column, int figure, int comparison) const;
  bool names_whole_table(int token) const;
  bool listed() const;
  void list_all_columns();
  void intersect_ranges();
  void intersect_values();
  bool is_number_sign(int i) const;
  bool denies(int i) const;  // "don't", "isn't"
  void join_alternatives();
  bool joined_by_and(std::size_t filter) const;
  static void deny_alone(Filter& filter);
  void reserve_limits();
  void drop_measure_nouns();
  void settle_keys();
  void settle_theirs();
  void settle_reach();
  void resolve_names();
  const Option* name_part(int token) const;
  void take_span(const Span& span);
  void find_same();
  void find_nested();
  void find_group_conditions();
  void find_counts();
  void find_times();
  int rows_named(const NameUse& use) const;
  void find_absences();
  void find_order();
  void find_second_order();
  bool chart_named_at(int i) const;
  const NameUse* axis_role_at(int i) const;
  void name_x_first();
  void find_superlatives();
  void find_scope();
  int ratio_parted(int from) const;
  std::optional<Part> ratio_figure(int first, int last) const;
  bool split_ratio_filters(int from, int to, Measure& above, Measure& below);
  bool group_ratio(int table);
  bool reached_once(int table, int other) const;
  bool read_ratio();
  std::optional<ClauseReading> finish_ratio();
  void name_places();
  bool read_places();
  void find_bins();
  bool figure_said(int token) const;
  void find_groups();
  void find_select();
  void chart_defaults();
  bool superlative_at(int i);
  bool figure_is_superlative(int i, bool high);
  bool top_by(int what, bool high, std::int64_t count);
  void drop_compared();
  int share_figure(const Part& figure, int at);
  void count_times(Part times);
  void imply_distinct();
  void find_flags();
  int says_other_half() const;
  void count_groups();
  void except_values();
  bool antecedent(const Part& part) const;
  bool only_acts(int first, int last) const;
  void add_select(const Part& part);
  bool names_rows_in_list(const Part& rows) const;
  bool lists_again(int token) const;
  void keep_listed(std::size_t from);
  bool asks_figure_beside(int rows) const;
  std::pair<int, int> name_columns(int token) const;
  std::optional<ClauseReading> assemble();
  void total_of_most();
  bool take_best_of_each();
  const catalog::ModelJoin* said_whole(const std::vector<const catalog::ModelJoin*>& alike) const;
  bool same_values(const Option& option, const Condition& condition) const;
  void reach_conditions(int main);
  void choose_joins();
  void nest_superlative();
  bool over_time(const Reading& reading) const;
  int own_reference(int key, int table) const;
  int finest_table(const std::vector<int>& needed) const;
  Measure to_measure(const Part& part) const;
  bool is_content(int token) const;
  double explained() const;
  std::vector<std::string> unexplained() const;

  const Context& context_;
  const Links& links_;
  const Weights& weights_;
  ChartRequest chart_;
  std::optional<Places> places_;
  std::vector<bool> taken_;
  std::vector<bool> reserved_;  // numbers that say how many rows
  std::vector<float> table_score_;
  std::vector<NameUse> names_;
  std::vector<std::vector<NameUse>> all_names_;

  Reading reading_;
  std::vector<Part> select_;
  std::vector<Part> said_again_;  // parts of it that are named once more
  std::vector<Part> groups_;
  std::vector<int> group_tables_;  // "for each student": its rows
  std::vector<Comparison> having_;
  std::vector<int> absent_;   // tables without a partner
  std::vector<int> present_;  // tables spoken of, which need a partner
  std::optional<Part> order_by_;
  std::optional<Part> ranked_by_;  // "top 5 … by …": shown beside them
  bool descending_ = false;
  std::optional<Part> then_by_;  // ordered by it where the first is equal
  bool then_descending_ = false;
  bool order_said_ = false;
  int axis_ = 0;            // 1: by the x axis, 2: by the y axis
  int on_x_ = -1;           // the column that is said to stand on the x axis
  bool most_said_ = false;  // "with the most credits": of all that they have
  std::optional<std::int64_t> limit_;
  std::int64_t offset_ = 0;
  Span order_span_;
  int subject_ = -1;  // the first table named
  bool distinct_ = false;
  bool intersect_ = false;
  bool both_partners_ = false;  // "and" between two values: both, where rows have several
};

}  // namespace sextant::ask

#pragma once
// The state of reading one SELECT; recogniser.cc has the clauses, recogniser_from.cc tables,
// recogniser_figures.cc figures and groups, recogniser_filters.cc conditions,
// recogniser_computed.cc expressions of one row.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analysis/ask/from_sql.h"
#include "analysis/ask/sql_tree.h"
#include "base/text.h"

namespace sextant::ask {

std::unexpected<Error> inexpressible(const json::Object& node, std::string message,
                                     std::string hint = {});

// What a statement says, before it is decided which of the readings with the same SQL it is.
class Recogniser {
 public:
  Recogniser(const catalog::SemanticModel& model, const SqlTools& tools, int depth)
      : model_(model), tools_(tools), depth_(depth) {}

  // `node`: a SELECT_NODE or SET_OPERATION_NODE.
  Result<Recognised> read(const json::Object& node);

 private:
  struct Join {
    std::string table;
    bool inner = false;
    ColumnRef left, right;
  };
  struct Item {
    const json::Object* node = nullptr;
    std::string alias;
    bool grouped = false;
  };

  // recogniser.cc
  Result<Recognised> combined(const json::Object& node);
  Result<Recognised> select(const json::Object& node);
  // What the clauses of a SELECT say.
  Result<> collect(const json::Object& node);
  Result<> items(const json::Object& node);
  Result<> order(const json::Object& modifier);
  std::optional<std::int64_t> calendar_group(const json::Object& by);
  Result<> having(const json::Object& node);
  Result<> qualify(const json::Object& node);
  // row_number() OVER (PARTITION BY group ORDER BY figure) <= n
  struct FirstOfGroup {
    const json::Object* group = nullptr;
    const json::Object* by = nullptr;  // the figure, with its direction
    std::int64_t rows = 0;
  };
  static Result<FirstOfGroup> first_of_group(const json::Object& node);
  Result<std::size_t> measure_index(const json::Object& node);
  Item* item_of(const json::Object& node);

  // recogniser_from.cc
  Result<> tables(const json::Object& from);
  Result<> add_table(const json::Object& from);
  Result<> once(const json::Object& from, const json::Object& node);
  // FROM (… UNION ALL BY NAME …) AS parts: one query for each table that figures are of.
  Result<> parts(const json::Object& from);
  Result<> add_part(const json::Object& node);

  // recogniser_pivot.cc
  // FROM (groups) AS long: values of a group as columns.
  Result<> pivot(const json::Object& node, const json::Object& groups);
  Result<Order> pivot_order(const json::Object& one, std::size_t across) const;

  // recogniser_decide.cc
  Result<Recognised> decide(const json::Object& node);
  Result<std::optional<Reading>> exact(const json::Value& wanted);
  // Whether the model would join so by itself.
  bool is_usual(const Join& join) const;
  // With its sides as the model has them.
  JoinChoice as_in_model(const JoinChoice& choice) const;
  // What a reading may have said of the joins of FROM, the least first.
  struct Joining {
    bool matched = false;
    std::vector<JoinChoice> chosen;
  };
  std::vector<Joining> joinings() const;
  bool count_main_rows();
  Result<> check_differences(const json::Object& node, const Reading& reading);

  // recogniser_figures.cc
  const Measure* part_figure(const json::Object& node) const;
  Result<Measure> figure(const json::Object& node);
  Result<std::optional<Measure>> windowed(const json::Object& node);
  Result<std::optional<Measure>> arithmetic(const json::Object& node);
  Result<std::optional<Measure>> metric(const json::Object& node);
  Result<Measure> aggregate(const json::Object& node);
  // None when it is no group but a figure.
  Result<std::optional<Dimension>> dimension(const json::Object& node);
  bool has_aggregate(const json::Value& node) const;
  // Whether that figure is followed by its share of the total.
  bool is_share(const json::Object& node, const json::Object& figure) const;
  const catalog::ModelTable* finest() const;

  // recogniser_filters.cc
  Result<> where(const json::Object& node);
  Result<std::vector<Filter>> filters(const json::Object& node);
  Result<std::vector<Filter>> filter(const json::Object& node);
  Result<Condition> condition(const json::Object& node);
  Result<std::vector<Condition>> any_of(const json::Object& node);
  Result<Condition> comparison(const json::Object& node);
  Result<std::optional<Condition>> text_condition(const json::Object& node);
  Result<Condition> nested(const json::Object& node, const json::Object& subquery, Operator op);
  struct Exists {
    std::string table;
    std::optional<Condition> condition;
  };
  Result<Exists> exists(const json::Object& node);
  Result<> partner(const json::Object& node, const ColumnRef& mine, const ColumnRef& theirs,
                   const std::vector<Join>& joins);

  // recogniser_computed.cc
  // Names that items of the SELECT give to expressions.
  void collect_names(const json::Array& items);
  // A column, or an expression of one row as a computed one.
  Result<ColumnRef> column_or_computed(const json::Object& node);
  Result<ColumnRef> computed(const json::Object& node);
  // A condition without another place: as a computed column that is true.
  Result<Filter> computed_condition(const json::Object& node);
  // The expression with the names of the model, and the tables it names.
  Result<json::Object> exact_names(const json::Object& node, std::vector<std::string>& tables);
  Result<std::string> print(const json::Object& expression);
  Result<std::string> owner(const json::Object& node, const std::vector<std::string>& tables);
  std::string free_name(const std::string& table, std::string wanted) const;

  std::optional<ColumnRef> column(const json::Object& node) const;
  Result<ColumnRef> need_column(const json::Object& node) const;
  const catalog::ModelColumn* model_column(const ColumnRef& ref) const;
  const catalog::ModelTable* model_table(const std::string& name) const;

  const catalog::SemanticModel& model_;
  const SqlTools& tools_;
  int depth_;
  Reading reading_;
  std::vector<std::string> notes_;
  std::vector<Join> joins_;
  std::vector<JoinChoice> partner_joins_;     // chosen by what EXISTS says
  std::map<std::string, std::string> scope_;  // lower-case name or alias → table
  const Recogniser* outer_ = nullptr;
  std::vector<Item> items_;
  std::vector<const json::Object*> hidden_groups_;
  std::vector<const json::Object*> figures_;  // of each measure, in order
  std::vector<Projection> grouped_;           // plain columns that are grouped by, in order
  std::vector<Order> order_;
  bool once_ = false;  // groups over distinct rows
  // Columns of the parts that FROM is made of.
  std::map<std::string, Measure> part_figures_;
  std::map<std::string, Dimension> part_groups_;
  std::vector<std::string> part_tables_;
  struct Made {
    json::Value expression;  // with exact names, without places
    ColumnRef column;
  };
  std::vector<Made> made_;
  std::vector<std::pair<json::Value, std::string>> names_;  // of such expressions
};

}  // namespace sextant::ask

#include <algorithm>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/clauses/parser.h"
#include "analysis/ask/joins.h"

namespace sextant::ask {

namespace {

// What several rows have in common as a matter of course, in a small table too.
bool is_shared(catalog::SemanticType type) {
  using enum catalog::SemanticType;
  return type == country || type == region || type == city || type == year || type == month ||
         type == boolean;
}

}  // namespace

std::optional<ClauseReading> ClauseParser::assemble() {
  const auto name_of = [&](int table) { return context_.tables()[table].model->name; };
  const auto aggregated = [](const Part& p) { return p.aggregate != Aggregate::none; };
  if (order_by_ && order_by_->column < 0 && order_by_->table < 0) {
    // "most common": how often; of the rows that the rest speaks of.
    for (const int t : present_) {
      if (order_by_->table < 0 && !select_.empty() && table_of(select_[0]) != t &&
          reachable(context_, t, table_of(select_[0]))) {
        const auto path = join_path(context_.model(), name_of(t), name_of(table_of(select_[0])));
        if (path && std::ranges::none_of(*path, &JoinStep::multiplies)) order_by_->table = t;
      }
    }
    const int of = !select_.empty() ? table_of(select_[0]) : subject_;
    for (const int t : present_) {
      if (order_by_->table < 0) order_by_->table = rows_between(of, t);
    }
    if (order_by_->table < 0) {
      order_by_->table = !select_.empty() ? table_of(select_[0]) : subject_;
    }
    if (order_by_->table < 0) return std::nullopt;
  }
  total_of_most();
  list_all_columns();
  const bool best_of_each = take_best_of_each();
  int subject = subject_;
  for (Comparison& c : having_) {
    if (table_of(c.measure) < 0) {  // "visited at least twice": the visits
      for (const int t : present_) {
        if (subject < 0 || t == subject || c.measure.table >= 0) continue;
        const auto path = join_path(context_.model(), name_of(t), name_of(subject));
        if (path && std::ranges::none_of(*path, &JoinStep::multiplies)) c.measure.table = t;
      }
      // "flown as captain more than twice": the rows that the condition is of.
      for (const Filter& f : reading_.filters) {
        if (c.measure.table >= 0 || f.negated) continue;
        c.measure.table = rows_between(subject, context_.find_table(f.any_of.front().table));
      }
      for (const int t : present_) {
        if (c.measure.table < 0) c.measure.table = rows_between(subject, t);
      }
    }
    if (table_of(c.measure) < 0) {
      c.measure.table = subject >= 0 ? subject : !select_.empty() ? table_of(select_[0]) : -1;
      if (c.measure.table < 0) return std::nullopt;
    }
  }
  if (select_.empty()) {
    if (!groups_.empty() || !group_tables_.empty()) {
      if (order_by_ && aggregated(*order_by_)) {
        // the groups themselves are asked for
      } else if (subject >= 0) {
        select_.push_back({Aggregate::count, -1, subject, 0, 0});
      } else if (!groups_.empty() && groups_[0].column >= 0 &&
                 (chart_.type || chart_.any || chart_.axes)) {
        // "stacked bars of each sex in each rank": how many rows of either.
        select_.push_back({Aggregate::count, -1, table_of(groups_[0]), 0, 0});
      }
    } else {
      int what = subject >= 0 ? subject : order_by_ ? table_of(*order_by_) : -1;
      if (what < 0 && !reading_.filters.empty()) {
        what = context_.find_table(reading_.filters[0].any_of[0].table);
      }
      if (what < 0) return std::nullopt;
      int asked = select_.empty() ? label_column(context_, what) : -1;
      for (const Filter& f : reading_.filters) {
        // "which details contain …" asks for the details.
        if (f.any_of[0].op != Operator::contains && f.any_of[0].op != Operator::starts_with)
          continue;
        const int c = context_.find_column(f.any_of[0].table, f.any_of[0].column);
        if (c >= 0 && column(c).table == what) asked = c;
      }
      if (select_.empty()) select_.push_back({Aggregate::none, asked, what, 0, 0});
    }
  }
  join_bins();
  // Grains without a column stand on the time column.
  for (Part& g : groups_) {
    if (g.column >= 0) {
      if (column(g.column).kind != Kind::date) g.grain = Grain::none;
      if (g.grain == Grain::none) g.grain = grain_of_name(column(g.column));
      continue;
    }
    int from = subject;
    for (const Part& p : select_) {
      if (aggregated(p)) from = table_of(p);
    }
    for (const Part& p : select_) {
      if (!aggregated(p) && p.column >= 0 && column(p.column).kind == Kind::date)
        g.column = p.column;
    }
    if (g.column < 0) g.column = time_column(context_, from);
    const bool counted = std::ranges::any_of(select_, aggregated) || drawn_or_counted();
    if (g.column < 0 && g.grain == Grain::year && counted) g.column = years_of(from);
    if (g.column < 0) return std::nullopt;
    if (column(g.column).kind != Kind::date) g.grain = Grain::none;
    std::erase_if(select_, [&](const Part& p) { return !aggregated(p) && p.column == g.column; });
    g.table = column(g.column).table;
  }
  const bool figures = std::ranges::any_of(select_, aggregated) || !having_.empty() ||
                       (order_by_ && aggregated(*order_by_));
  std::vector<int> needed;
  const auto need = [&](int table) {
    if (table >= 0 && std::ranges::find(needed, table) == needed.end()) needed.push_back(table);
  };
  // Groups that are asked for, then what is listed.
  int figure_table = -1;
  for (const Part& p : select_) {
    if (aggregated(p)) figure_table = table_of(p);
  }
  if (figure_table < 0 && !having_.empty()) figure_table = table_of(having_[0].measure);
  if (figure_table < 0 && order_by_) figure_table = table_of(*order_by_);
  // Groups by a key that the rows counted hold themselves need no join.
  for (std::vector<Part>* parts : {&groups_, &select_}) {
    for (Part& p : *parts) {
      if (figures && figure_table >= 0 && !aggregated(p) && p.grain == Grain::none) {
        p.column = own_reference(p.column, figure_table);
      }
    }
  }
  std::vector<int> shown;
  const auto add_dimension = [&](const Part& p, bool hidden) {
    if (std::ranges::find(shown, p.column) != shown.end()) return;
    // A key and what points to it are one group.
    const bool same = std::ranges::any_of(shown, [&](int c) {
      return column(c).model->name == column(p.column).model->name &&
             std::ranges::any_of(context_.model().joins, [&](const catalog::ModelJoin& j) {
               const auto is_end = [&](const auto& end, int at) {
                 return end.table == name_of(column(at).table) &&
                        end.column == column(at).model->name;
               };
               return (is_end(j.left, c) && is_end(j.right, p.column)) ||
                      (is_end(j.right, c) && is_end(j.left, p.column));
             });
    });
    if (same) return;
    shown.push_back(p.column);
    Dimension d{name_of(column(p.column).table), column(p.column).model->name, p.grain,
                std::nullopt, hidden};
    if (p.last > p.first) d.span = span(p.first, p.last);
    need(column(p.column).table);
    reading_.dimensions.push_back(std::move(d));
  };
  const bool any_plain = std::ranges::any_of(select_, std::not_fn(aggregated));
  if (figures) {
    for (const Part& g : groups_) {
      const bool listed = std::ranges::any_of(
          select_, [&](const Part& p) { return !aggregated(p) && p.column == g.column; });
      if (!listed || g.grain != Grain::none)
        add_dimension(g, any_plain && order_by_ && limit_ && !aggregated(*order_by_));
    }
    for (const Part& p : select_) {
      if (!aggregated(p) && p.column >= 0) add_dimension(p, false);
    }
    for (const int t : group_tables_) {
      const bool has_columns = std::ranges::any_of(
          reading_.dimensions, [&](const Dimension& d) { return d.table == name_of(t); });
      if (has_columns) continue;
      if (any_plain && t == figure_table) continue;
      const int label = label_column(context_, t);
      if (t == figure_table && key_column(t) == label) continue;
      add_dimension({Aggregate::none, label, t, 0, 0}, false);
    }
    // Rows of the same name are different rows.
    for (std::size_t i = 0, n = reading_.dimensions.size(); i < n; ++i) {
      const int t = context_.find_table(reading_.dimensions[i].table);
      const int c =
          context_.find_column(reading_.dimensions[i].table, reading_.dimensions[i].column);
      const int key = key_column(t);
      if (t == figure_table || key < 0 || reading_.dimensions[i].grain != Grain::none) continue;
      if (borrows_key(key)) continue;
      const auto several = std::ranges::count_if(reading_.dimensions, [&](const Dimension& d) {
        return d.table == reading_.dimensions[i].table;
      });
      // "for each region" is of the regions; "regions with …" can be of rows that have one.
      const bool grouped =
          chart_.named || chart_.axes ||  // a bar stands for a value
          std::ranges::any_of(groups_, [&](const Part& g) { return g.column == c; });
      const bool names_row = c == label_column(context_, t) ||
                             (!grouped && !is_shared(column(c).model->semantic_type) &&
                              2 * column(c).model->distinct > context_.tables()[t].model->rows);
      if (several > 1 || names_row) add_dimension({Aggregate::none, key, t, 0, 0}, true);
    }
  } else {
    for (const Part& g : groups_) {
      const bool listed =
          std::ranges::any_of(select_, [&](const Part& p) { return p.column == g.column; });
      if (!listed) select_.insert(select_.begin() + (select_.size() > 1 ? 1 : 0), g);
    }
    for (const Part& p : select_) {
      if (p.column < 0) continue;
      Projection projection{name_of(column(p.column).table), column(p.column).model->name,
                            std::nullopt};
      if (p.last > p.first) projection.span = span(p.first, p.last);
      need(column(p.column).table);
      reading_.columns.push_back(std::move(projection));
    }
  }
  const auto measure_index = [&](const Part& part, bool hidden) {
    for (std::size_t i = 0; i < reading_.measures.size(); ++i) {
      const Measure m = to_measure(part);
      if (m.aggregate == reading_.measures[i].aggregate &&
          m.column == reading_.measures[i].column && m.table == reading_.measures[i].table) {
        return static_cast<std::int64_t>(i);
      }
      const bool same_rows =
          part.table < 0 || hidden || name_of(part.table) == reading_.measures[i].table;
      if (part.aggregate == Aggregate::count && part.column < 0 && same_rows &&
          reading_.measures[i].aggregate == Aggregate::count &&
          (!hidden || !reading_.dimensions.empty())) {
        return static_cast<std::int64_t>(i);
      }
    }
    reading_.measures.push_back(to_measure(part));
    reading_.measures.back().hidden = hidden;
    need(table_of(part));
    return static_cast<std::int64_t>(reading_.measures.size() - 1);
  };
  for (const Part& p : select_) {
    if (aggregated(p)) measure_index(p, false);
  }
  for (const Comparison& c : having_) {
    Having h{measure_index(c.measure, true), c.op, c.value, span(c.first, c.last)};
    reading_.having.push_back(h);
  }
  // Of each value of a group there is one: its rows are meant.
  for (Measure& m : reading_.measures) {
    const bool own = m.aggregate == Aggregate::count_distinct && reading_.dimensions.size() == 1 &&
                     reading_.dimensions[0].grain == Grain::none &&
                     reading_.dimensions[0].table == m.table &&
                     reading_.dimensions[0].column == m.column;
    if (own) m.aggregate = Aggregate::count;
  }
  if (axis_ != 0 && order_said_ && !best_of_each) {
    Order order;
    order.descending = descending_;
    order.span = order_span_;
    if (axis_ == 1 && !reading_.dimensions.empty()) {
      order.by = OrderBy::dimension;
    } else if (axis_ == 2 && !reading_.measures.empty()) {
      order.by = OrderBy::measure;
    } else if (!reading_.columns.empty()) {
      const auto& c = axis_ == 1 ? reading_.columns.front() : reading_.columns.back();
      order.by = OrderBy::column;
      order.table = c.table;
      order.column = c.column;
    }
    if (!(order.by == OrderBy::measure && reading_.measures.empty()))
      reading_.order.push_back(order);
  } else if (order_by_) {
    Order order;
    order.descending = descending_;
    order.span = order_span_;
    bool placed = false;
    if (aggregated(*order_by_)) {
      const auto shown = shown_figure(*order_by_);
      order.index = shown ? *shown : measure_index(*order_by_, !best_of_each);
      placed = true;
    } else if (!reading_.measures.empty() && order_by_->column >= 0) {
      const auto& c = *column(order_by_->column).model;
      for (std::size_t i = 0; i < reading_.dimensions.size() && !placed; ++i) {
        if (reading_.dimensions[i].column == c.name) {
          order.by = OrderBy::dimension;
          order.index = static_cast<std::int64_t>(i);
          placed = true;
        }
      }
      for (std::size_t i = 0; i < reading_.measures.size() && !placed; ++i) {
        if (reading_.measures[i].column == c.name) {
          order.index = static_cast<std::int64_t>(i);
          placed = true;
        }
      }
      if (!placed) {
        Part figure = *order_by_;
        figure.aggregate = descending_ ? Aggregate::max : Aggregate::min;
        order.index = measure_index(figure, true);
        placed = true;
      }
    } else if (!reading_.measures.empty()) {
      placed = true;  // the rows that are counted
    } else if (order_by_->column >= 0) {
      order.by = OrderBy::column;
      order.table = name_of(column(order_by_->column).table);
      order.column = column(order_by_->column).model->name;
      need(column(order_by_->column).table);
      placed = true;
    }
    if (placed) reading_.order.push_back(order);
    if (placed && then_by_ && order.by == OrderBy::column) {
      Order second = order;
      second.descending = then_descending_;
      second.span = span(then_by_->first, then_by_->last);
      second.table = name_of(column(then_by_->column).table);
      second.column = column(then_by_->column).model->name;
      need(column(then_by_->column).table);
      reading_.order.push_back(second);
    }
  } else if (order_said_) {
    Order order;
    order.descending = descending_;
    order.span = order_span_;
    if (!reading_.columns.empty()) {
      order.by = OrderBy::column;
      order.table = reading_.columns[0].table;
      order.column = reading_.columns[0].column;
      reading_.order.push_back(order);
    } else if (!reading_.dimensions.empty() || !reading_.measures.empty()) {
      order.by = reading_.measures.empty() || !descending_ ? OrderBy::dimension : OrderBy::measure;
      if (order.by == OrderBy::measure || !reading_.dimensions.empty())
        reading_.order.push_back(order);
    }
  }
  order_along_line();
  if (limit_) {
    reading_.limit = limit_;
    if (offset_ > 0) reading_.offset = offset_;
    reading_.limit_span = order_span_;
    reading_.per_group = best_of_each;
  }
  // Distinct rows can not be ordered by what is not listed.
  reading_.distinct = distinct_ && reading_.measures.empty() && !limit_ &&
                      (reading_.order.empty() || reading_.order[0].by != OrderBy::column ||
                       std::ranges::any_of(reading_.columns, [&](const Projection& p) {
                         return p.column == reading_.order[0].column;
                       }));
  const int main = finest_table(needed);
  if (main < 0) return std::nullopt;
  for (const int t : needed) {
    if (!reachable(context_, main, t)) return std::nullopt;
  }
  reading_.table = name_of(main);
  reading_.matched = true;
  for (const int t : absent_) {
    if (t == main || !reachable(context_, main, t)) continue;
    reading_.absences.push_back({name_of(t), false, std::nullopt});
    // The tables on the way need no partner then.
    const auto path = join_path(context_.model(), name_of(main), name_of(t));
    for (const JoinStep& step : *path) {
      std::erase(present_, context_.find_table(step.to.table));
    }
  }
  // Tables that are spoken of: their partners must be there.
  for (const int t : present_) {
    const bool used = std::ranges::find(needed, t) != needed.end() || t == main ||
                      std::ranges::find(absent_, t) != absent_.end() ||
                      std::ranges::any_of(reading_.filters, [&](const Filter& f) {
                        return f.any_of[0].table == name_of(t);
                      });
    if (used || !reachable(context_, main, t)) continue;
    const auto path = join_path(context_.model(), name_of(main), name_of(t));
    if (path->size() > 2) continue;
    // "never treated any patient": those that a treatment would lead to.
    const bool denied = std::ranges::any_of(*path, [&](const JoinStep& step) {
      return std::ranges::find(absent_, context_.find_table(step.to.table)) != absent_.end();
    });
    if (denied) continue;
    const bool known = std::ranges::any_of(reading_.absences,
                                           [&](const Absence& a) { return a.table == name_of(t); });
    if (!known) reading_.absences.push_back({name_of(t), true, std::nullopt});
  }
  join_through_present(main);
  reach_conditions(main);
  choose_joins();
  join_same_rows();
  nest_superlative();
  count_groups();
  except_values();
  intersect_ranges();
  intersect_values();
  // Both of two values: of one row's partners, or of two sets of rows.
  if ((intersect_ || both_partners_) && reading_.combine == Combine::none) {
    for (std::size_t i = 0; i < reading_.filters.size(); ++i) {
      if (reading_.filters[i].any_of.size() != 2 || reading_.filters[i].negated) continue;
      const std::string table = reading_.filters[i].any_of[0].table;
      const auto path = join_path(context_.model(), reading_.table, table);
      const bool several = path && std::ranges::any_of(*path, &JoinStep::multiplies);
      const bool values = !select_.empty() && antecedent(select_[0]) && table == reading_.table;
      if (!intersect_ && !(several && reading_.measures.empty()) && !values) continue;
      Filter second{{reading_.filters[i].any_of[1]}, false};
      if (reading_.columns.size() > 1) {
        // What the sets differ in is not what they share.
        std::erase_if(reading_.columns, [&](const Projection& p) {
          return p.table == table && p.column == reading_.filters[i].any_of[0].column;
        });
      }
      if (several) {
        reading_.filters[i].any_of.pop_back();
        reading_.filters.push_back(std::move(second));
      } else if (reading_.measures.empty() && reading_.order.empty()) {
        Reading other = reading_;
        other.filters[i] = std::move(second);
        reading_.filters[i].any_of.pop_back();
        reading_.combine = Combine::intersect;
        reading_.others.push_back(std::move(other));
      }
      break;
    }
  }
  settle_difference();
  ClauseReading result;
  result.explained = explained();
  result.unexplained = unexplained();
  const Reading& r = reading_;
  // "from A or B": said of two values of one column.
  const auto said_or = [&](const Filter& f) {
    if (f.any_of.size() < 2 || !f.any_of[0].span || !f.any_of[1].span) return false;
    for (int i = 0; i < size(); ++i) {
      if (is(i, {"or"}) && links_.tokens[i].start > f.any_of[0].span->start &&
          links_.tokens[i].start < f.any_of[1].span->start) {
        return true;
      }
    }
    return false;
  };
  const bool alternatives = r.combine != Combine::none || std::ranges::any_of(r.filters, said_or);
  result.structured =
      alternatives || !r.dimensions.empty() || !r.having.empty() || r.combine != Combine::none ||
      r.measures.size() > 1 || (!r.order.empty() && !r.limit) || (r.limit && *r.limit > 1) ||
      (r.limit && r.columns.size() > 1) || !r.absences.empty() ||
      (r.columns.size() > 1 && listed()) || std::ranges::any_of(r.filters, [](const Filter& f) {
        const auto& c = f.any_of.front();
        return f.negated || !c.of.empty() || c.op >= Operator::contains;
      });
  result.cued =
      alternatives || !groups_.empty() || !group_tables_.empty() || !having_.empty() ||
      limit_.has_value() || listed() ||
      std::ranges::any_of(reading_.filters,
                          [](const Filter& f) {
                            const auto& c = f.any_of.front();
                            return f.negated || !c.of.empty() || c.op >= Operator::contains;
                          }) ||
      std::ranges::any_of(select_,
                          [](const Part& p) { return p.aggregate == Aggregate::count_distinct; }) ||
      (order_said_ && !limit_);
  if (chart_.type) {
    reading_.chart = chart_.type;
  } else if ((axis_ != 0 || chart_.any || chart_.axes) && !over_time(reading_)) {
    reading_.chart = catalog::ChartType::bar;
  }
  result.reading = std::move(reading_);
  return result;
}

}  // namespace sextant::ask

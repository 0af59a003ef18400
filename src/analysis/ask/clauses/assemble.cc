#include <algorithm>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/clauses/parser.h"
#include "analysis/ask/joins.h"

namespace sextant::ask {

bool ClauseParser::is(int i, std::initializer_list<std::string_view> words) const {
  return i >= 0 && i < size() && std::ranges::find(words, links_.tokens[i].word) != words.end();
}

bool ClauseParser::all_free(int first, int last) const {
  for (int i = std::max(0, first); i < std::min(last, size()); ++i) {
    if (taken_[i]) return false;
  }
  return true;
}

int ClauseParser::skip(int i, std::initializer_list<std::string_view> words) const {
  while (i < size() && is(i, words)) ++i;
  return i;
}

const NameUse* ClauseParser::name_at(int token) const {
  for (const NameUse& use : names_) {
    if (use.first == token && all_free(use.first, use.last)) return &use;
  }
  return nullptr;
}

const NameUse* ClauseParser::next_name(int from, int within) const {
  for (int i = from; i < std::min(size(), from + within); ++i) {
    if (const NameUse* use = name_at(i)) return use;
    if (taken_[i]) return nullptr;
  }
  return nullptr;
}

const NameUse* ClauseParser::name_before(int token, int within) const {
  for (const NameUse& use : names_) {
    if (use.last <= token && use.last > token - within && all_free(use.first, use.last)) {
      return &use;
    }
  }
  return nullptr;
}

int ClauseParser::key_column(int table) const {
  const auto& keys = context_.tables()[table].model->keys;
  if (keys.empty()) return -1;
  const std::string& name = context_.tables()[table].model->name;
  for (const std::string& key : keys) {  // what others point to, rather than a text that is unique
    const int c = context_.find_column(name, key);
    if (c >= 0 && column(c).model->role == catalog::Role::identifier) return c;
  }
  return context_.find_column(name, keys.front());
}

Part ClauseParser::part_of(const NameUse& use) const {
  Part part;
  part.first = use.first;
  part.last = use.last;
  part.table = use.table ? use.id : column(use.id).table;
  if (!use.table) part.column = use.id;
  return part;
}

// The table from whose rows all others are reached without repeating any.
int ClauseParser::finest_table(const std::vector<int>& needed) const {
  int best = -1;
  std::size_t best_length = 1000;
  for (std::size_t t = 0; t < context_.tables().size(); ++t) {
    std::size_t length = 0;
    bool possible = true;
    for (const int other : needed) {
      if (other == static_cast<int>(t)) continue;
      const auto path = join_path(context_.model(), context_.tables()[t].model->name,
                                  context_.tables()[other].model->name);
      if (!path || std::ranges::any_of(*path, &JoinStep::multiplies)) {
        possible = false;
        break;
      }
      length += 2 * path->size();
    }
    if (!possible) continue;
    if (std::ranges::find(needed, static_cast<int>(t)) == needed.end()) length += 1;
    if (length < best_length) {
      best_length = length;
      best = static_cast<int>(t);
    }
  }
  return best >= 0 ? best : needed.empty() ? -1 : needed.front();
}

Measure ClauseParser::to_measure(const Part& part) const {
  Measure m;
  m.aggregate = part.aggregate == Aggregate::none ? Aggregate::count : part.aggregate;
  m.table = context_.tables()[table_of(part)].model->name;
  if (part.column >= 0) m.column = column(part.column).model->name;
  if (m.aggregate == Aggregate::count && part.column < 0) {
    // Rows that are counted already: "check-ins" of a table with a column "count".
    const TableEntry& table = context_.tables()[table_of(part)];
    for (int c = table.first_column; c < table.first_column + table.columns; ++c) {
      const ColumnEntry& entry = column(c);
      if (entry.kind != Kind::number || entry.words.size() != 1 || entry.words[0].word != "count")
        continue;
      m.aggregate = Aggregate::sum;
      m.column = entry.model->name;
    }
  }
  if (part.last > part.first) m.span = span(part.first, part.last);
  return m;
}

// "the name, age and country": several columns in a row.
bool ClauseParser::listed() const {
  bool any = false;
  for (std::size_t i = 1; i < select_.size(); ++i) {
    bool joined = false;
    for (int t = select_[i - 1].last; t < select_[i].first; ++t) {
      joined = joined || is(t, {"and", ","});
      if (!is(t, {"and", ",", "the", "their", "its"})) return false;
    }
    if (!joined) return false;
    any = true;
  }
  return any;
}

double ClauseParser::explained() const {
  int content = 0, known = 0;
  for (int i = 0; i < size(); ++i) {
    if (links_.tokens[i].symbol || (links_.info[i].stop && !taken_[i])) continue;
    static const std::vector<std::string_view> kAsking = {
        "show",      "list",     "find",    "give",  "return", "please",        "me",
        "display",   "number",   "count",   "chart", "want",   "draw",          "visualize",
        "different", "distinct", "tell",    "names", "name",   "corresponding", "records",
        "bar",       "total",    "compare", "plot"};
    if (!taken_[i] && std::ranges::find(kAsking, word(i)) != kAsking.end()) continue;
    const int weight = links_.tokens[i].number ? 3 : 1;
    content += weight;
    known += taken_[i] ? weight : 0;
  }
  return content == 0 ? 1. : static_cast<double>(known) / content;
}

// "all the information about colleges": every column.
void ClauseParser::list_all_columns() {
  if (!select_.empty() || subject_ < 0) return;
  for (int i = 0; i < size(); ++i) {
    const bool all_data = is(i, {"data"}) && is(i - 1, {"all", "the"});
    if ((!is(i, {"information", "info", "details", "everything", "columns", "fields", "detail"}) &&
         !all_data) ||
        taken_[i]) {
      continue;
    }
    const TableEntry& entry = context_.tables()[subject_];
    for (int c = entry.first_column; c < entry.first_column + entry.columns; ++c) {
      select_.push_back({Aggregate::none, c, subject_, 0, 0});
    }
    std::erase(group_tables_, subject_);
    take(i, i + 1);
    return;
  }
}

// The column of the table that points to this key, else the key itself.
int ClauseParser::own_reference(int key, int table) const {
  if (key < 0 || column(key).table == table || key != key_column(column(key).table)) return key;
  const std::string& own = context_.tables()[table].model->name;
  const std::string& other = context_.tables()[column(key).table].model->name;
  for (const auto& join : context_.model().joins) {
    for (const bool forward : {true, false}) {
      const auto& near = forward ? join.left : join.right;
      const auto& far = forward ? join.right : join.left;
      if (near.table != own || far.table != other || near.column != column(key).model->name ||
          far.column != column(key).model->name) {
        continue;
      }
      return context_.find_column(near.table, near.column);
    }
  }
  return key;
}

bool ClauseParser::over_time(const Reading& reading) const {
  const auto dated = [&](const std::string& table, const std::string& name) {
    const int c = context_.find_column(table, name);
    return c >= 0 && column(c).kind == Kind::date;
  };
  return std::ranges::any_of(reading.dimensions,
                             [&](const Dimension& d) { return dated(d.table, d.column); }) ||
         std::ranges::any_of(reading.columns,
                             [&](const Projection& p) { return dated(p.table, p.column); });
}

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
    if (order_by_->table < 0) {
      order_by_->table = !select_.empty() ? table_of(select_[0]) : subject_;
    }
    if (order_by_->table < 0) return std::nullopt;
  }
  list_all_columns();
  int subject = subject_;
  for (Comparison& c : having_) {
    if (table_of(c.measure) < 0) {  // "visited at least twice": the visits
      for (const int t : present_) {
        if (subject < 0 || t == subject || c.measure.table >= 0) continue;
        const auto path = join_path(context_.model(), name_of(t), name_of(subject));
        if (path && std::ranges::none_of(*path, &JoinStep::multiplies)) c.measure.table = t;
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
  // Grains without a column stand on the time column.
  for (Part& g : groups_) {
    if (g.column >= 0) {
      if (column(g.column).kind != Kind::date) g.grain = Grain::none;
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
    if (g.column < 0) return std::nullopt;
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
      const auto several = std::ranges::count_if(reading_.dimensions, [&](const Dimension& d) {
        return d.table == reading_.dimensions[i].table;
      });
      const bool names_row = c == label_column(context_, t);
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
      if (part.aggregate == Aggregate::count && part.column < 0 &&
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
  if (axis_ != 0 && order_said_) {
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
      order.index = measure_index(*order_by_, true);
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
  if (limit_) {
    reading_.limit = limit_;
    if (offset_ > 0) reading_.offset = offset_;
    reading_.limit_span = order_span_;
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
    const bool known = std::ranges::any_of(reading_.absences,
                                           [&](const Absence& a) { return a.table == name_of(t); });
    if (!known) reading_.absences.push_back({name_of(t), true, std::nullopt});
  }
  std::erase_if(reading_.filters, [&](const Filter& f) {
    return !reachable(context_, main, context_.find_table(f.any_of[0].table));
  });
  count_groups();
  except_values();
  intersect_ranges();
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
  ClauseReading result;
  result.explained = explained();
  const Reading& r = reading_;
  result.structured = !r.dimensions.empty() || !r.having.empty() || r.combine != Combine::none ||
                      r.measures.size() > 1 || (!r.order.empty() && !r.limit) ||
                      (r.limit && *r.limit > 1) || (r.limit && r.columns.size() > 1) ||
                      !r.absences.empty() || (r.columns.size() > 1 && listed()) ||
                      std::ranges::any_of(r.filters, [](const Filter& f) {
                        const auto& c = f.any_of.front();
                        return f.negated || !c.of.empty() || c.op >= Operator::contains;
                      });
  result.cued =
      !groups_.empty() || !group_tables_.empty() || !having_.empty() || limit_.has_value() ||
      listed() ||
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
  } else if ((axis_ != 0 || chart_.any) && !over_time(reading_)) {
    reading_.chart = catalog::ChartType::bar;
  }
  result.reading = std::move(reading_);
  return result;
}

void ClauseParser::resolve_names() {
  all_names_ = find_names(context_, links_, taken_);
  names_ = choose_names(context_, links_, all_names_, table_score_);
  for (const NameUse& use : names_) {
    if (subject_ >= 0) break;
    if (use.table) subject_ = use.id;
    if (use.with_table) subject_ = column(use.id).table;
  }
}

std::optional<ClauseReading> ClauseParser::parse() {
  for (int i = 0; i < size(); ++i) {
    if (chart_.tokens[i]) taken_[i] = true;
  }
  score_tables();
  reserve_limits();
  find_patterns();
  find_sexes();
  find_missing();
  choose_conditions();
  find_flags();
  resolve_names();
  name_places();
  if (read_ratio()) return finish_ratio();
  if (read_places()) return assemble();
  if (names_.empty()) return std::nullopt;
  find_scope();
  find_nested();
  find_group_conditions();
  find_counts();
  find_times();
  find_absences();
  find_order();
  find_superlatives();
  find_bins();
  find_groups();
  find_select();
  chart_defaults();
  return assemble();
}

std::optional<ClauseReading> read_clauses(const Context& context, const Links& links,
                                          const Weights& weights) {
  return ClauseParser(context, links, weights).parse();
}

}  // namespace sextant::ask

#include <algorithm>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/clauses/parser.h"
#include "analysis/ask/joins.h"

namespace sextant::ask {

namespace {

// Words that say one of two roles besides the words of the columns.
bool says_role(const Token& said, const Token& role) {
  static const std::vector<std::vector<std::string_view>> kRoles = {
      {"start", "starting", "source", "origin", "depart", "departure", "departing", "sender",
       "begin", "beginning"},
      {"end", "ending", "destination", "arrive", "arrival", "arriving", "receiver", "final"},
  };
  if (said.stem == role.stem) return true;
  return std::ranges::any_of(kRoles, [&](const auto& words) {
    const auto is_one = [&](const Token& token) {
      return std::ranges::any_of(words, [&](std::string_view w) {
        return token.word == w || token.stem == w ||
               (token.stem.size() > 3 && w.starts_with(token.stem));
      });
    };
    return is_one(said) && is_one(role);
  });
}

}  // namespace

// The join all of whose column's words the question says, of several the longest: "vice president
// votes" is not president_vote; nullptr: none or two of the same length.
const catalog::ModelJoin* ClauseParser::said_whole(
    const std::vector<const catalog::ModelJoin*>& alike) const {
  const catalog::ModelJoin* longest = nullptr;
  std::size_t most = 1;  // one word is too little to tell
  bool tied = false;
  for (const auto* join : alike) {
    const int own = context_.find_column(join->left.table, join->left.column);
    if (own < 0 || column(own).id_like || column(own).words.size() < most) continue;
    const bool whole = std::ranges::all_of(column(own).words, [&](const Token& word) {
      return std::ranges::any_of(links_.tokens,
                                 [&](const Token& token) { return token.stem == word.stem; });
    });
    if (!whole) continue;
    tied = longest && column(own).words.size() == most;
    longest = join;
    most = column(own).words.size();
  }
  return tied || most < 2 ? nullptr : longest;
}

// Two joins between the same two tables, as start_station_id and end_station_id: the one whose own
// words the question says.
void ClauseParser::choose_joins() {
  const auto& joins = context_.model().joins;
  for (std::size_t i = 0; i < joins.size(); ++i) {
    std::vector<const catalog::ModelJoin*> alike;
    for (const auto& join : joins) {
      if (join.left.table == joins[i].left.table && join.right.table == joins[i].right.table &&
          join.right.column == joins[i].right.column) {
        alike.push_back(&join);
      }
    }
    if (alike.size() < 2 || alike.front() != &joins[i]) continue;
    const catalog::ModelJoin* said = nullptr;
    const catalog::ModelJoin* whole = said_whole(alike);
    for (const auto* join : alike) {
      const int own = context_.find_column(join->left.table, join->left.column);
      if (own < 0) continue;
      const auto common = [&](const Token& word) {
        return std::ranges::all_of(alike, [&](const auto* other) {
          const int c = context_.find_column(other->left.table, other->left.column);
          return c >= 0 && std::ranges::any_of(column(c).words,
                                               [&](const Token& w) { return w.stem == word.stem; });
        });
      };
      const bool spoken = std::ranges::any_of(column(own).words, [&](const Token& word) {
        return !common(word) && std::ranges::any_of(links_.tokens, [&](const Token& token) {
          return says_role(token, word);
        });
      });
      if (!spoken) continue;
      if (said) {  // both roles are spoken of: neither is chosen
        said = nullptr;
        break;
      }
      said = join;
    }
    if (whole) said = whole;
    if (!said) continue;
    const int own = context_.find_column(said->left.table, said->left.column);
    for (int i = 0; i < size(); ++i) {
      const bool of_role = std::ranges::any_of(
          column(own).words, [&](const Token& word) { return says_role(links_.tokens[i], word); });
      if (of_role) take(i, i + 1);
    }
    reading_.joins.push_back(
        {{said->left.table, said->left.column}, {said->right.table, said->right.column}, false});
  }
}

// "the department with the most credits", where each of its courses has some: their sum.
void ClauseParser::total_of_most() {
  if (!most_said_ || !order_by_ || order_by_->aggregate != Aggregate::none ||
      order_by_->column < 0 || select_.empty() ||
      column(order_by_->column).model->default_aggregation != catalog::Aggregation::sum) {
    return;
  }
  const int from = column(order_by_->column).table;
  for (const Part& part : select_) {
    const int to = table_of(part);
    if (part.aggregate != Aggregate::none || to == from) return;
    const auto path = join_path(context_.model(), context_.tables()[from].model->name,
                                context_.tables()[to].model->name);
    if (!path || std::ranges::any_of(*path, &JoinStep::multiplies)) return;
  }
  order_by_->aggregate = Aggregate::sum;
}

// "the cheapest product of each category": the best row within each group, not of all. The groups
// stand first then.
bool ClauseParser::take_best_of_each() {
  const bool plain = std::ranges::all_of(
      select_, [](const Part& p) { return p.aggregate == Aggregate::none && p.column >= 0; });
  if (!limit_ || !order_by_ || order_by_->aggregate != Aggregate::none || order_by_->column < 0 ||
      select_.empty() || !plain || groups_.size() + group_tables_.size() != 1) {
    return false;
  }
  if (groups_.empty()) {
    const int table = group_tables_.front();
    if (table == table_of(*order_by_)) return false;  // "the cheapest of each product" is itself
    groups_.push_back({Aggregate::none, label_column(context_, table), table, 0, 0});
    group_tables_.clear();
  }
  if (groups_.front().column < 0 || groups_.front().grain != Grain::none) return false;
  // "how old is the youngest of each job": the figure itself is asked for.
  if (std::ranges::all_of(select_, [&](const Part& p) { return p.column == order_by_->column; })) {
    select_.resize(1);
    select_.front().aggregate = descending_ ? Aggregate::max : Aggregate::min;
    order_by_.reset();
    limit_.reset();
    order_said_ = false;
    return false;
  }
  std::erase_if(select_, [&](const Part& p) { return p.column == groups_.front().column; });
  if (select_.empty()) return false;
  order_by_->aggregate = descending_ ? Aggregate::max : Aggregate::min;
  return true;
}

// "the average salary in the department with the highest budget": a figure is one row, so the
// superlative says of which rows it is.
void ClauseParser::nest_superlative() {
  if (!reading_.dimensions.empty() || !reading_.columns.empty() || !reading_.limit ||
      reading_.order.empty() || reading_.measures.empty() || !order_by_ ||
      order_by_->aggregate != Aggregate::none || order_by_->column < 0) {
    return;
  }
  const int table = column(order_by_->column).table;
  const int key = key_column(table);
  if (key < 0) return;
  std::erase_if(reading_.measures, [](const Measure& m) { return m.hidden; });
  if (reading_.measures.empty()) return;
  const std::string& name = context_.tables()[table].model->name;
  Reading best;
  best.table = name;
  best.columns.push_back({name, column(key).model->name, std::nullopt});
  Order order;
  order.by = OrderBy::column;
  order.table = name;
  order.column = column(order_by_->column).model->name;
  order.descending = descending_;
  best.order.push_back(std::move(order));
  best.limit = reading_.limit;
  best.offset = reading_.offset;
  Condition among{name, column(key).model->name, Operator::in};
  among.span = order_span_;
  among.of.push_back(std::move(best));
  reading_.filters.push_back({{std::move(among)}, false});
  reading_.order.clear();
  reading_.limit.reset();
  reading_.offset.reset();
  reading_.limit_span.reset();
}

}  // namespace sextant::ask

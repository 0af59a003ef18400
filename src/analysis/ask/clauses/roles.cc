#include <algorithm>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/clauses/parser.h"
#include "analysis/ask/joins.h"

namespace sextant::ask {

namespace {

// Words that say one of two roles besides the words of the columns.
const std::vector<std::vector<std::string_view>>& role_words() {
  static const std::vector<std::vector<std::string_view>> kRoles = {
      {"start", "starting", "source", "origin", "depart", "departure", "departing", "leave",
       "leaving", "sender", "begin", "beginning"},
      {"end", "ending", "destination", "arrive", "arrival", "arriving", "land", "landing",
       "receiver", "final"},
  };
  return kRoles;
}

// Which of the two roles the word says; -1: neither.
int role_of(const Token& token) {
  for (std::size_t side = 0; side < role_words().size(); ++side) {
    const bool said = std::ranges::any_of(role_words()[side], [&](std::string_view w) {
      return token.word == w || token.stem == w ||
             (token.stem.size() > 3 && w.starts_with(token.stem));
    });
    if (said) return static_cast<int>(side);
  }
  return -1;
}

bool says_role(const Token& said, const Token& role) {
  return said.stem == role.stem || (role_of(said) >= 0 && role_of(said) == role_of(role));
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

// The join by this column is taken where there are several.
void ClauseParser::choose_role(int key) {
  const auto& table = context_.tables()[column(key).table].model->name;
  for (const auto& join : context_.model().joins) {
    if (join.left.table != table || join.left.column != column(key).model->name) continue;
    reading_.joins.push_back(
        {{join.left.table, join.left.column}, {join.right.table, join.right.column}, false});
    return;
  }
}

// "the destination city", "start station name": a column of the rows that the role points to.
void ClauseParser::settle_roles() {
  for (std::size_t u = 0; u + 1 < names_.size(); ++u) {
    const NameUse &role = names_[u], &use = names_[u + 1];
    if (role.table || use.table || role.last != use.first || role.score >= 0.95f ||
        side_of_role(role.id) < 0) {
      continue;
    }
    const std::string& own = context_.tables()[column(role.id).table].model->name;
    const std::string& other = context_.tables()[column(use.id).table].model->name;
    const bool points = std::ranges::any_of(context_.model().joins, [&](const auto& join) {
      return join.left.table == own && join.left.column == column(role.id).model->name &&
             join.right.table == other;
    });
    if (!points) continue;
    choose_role(role.id);
    take(role.first, role.last);
    names_.erase(names_.begin() + static_cast<std::ptrdiff_t>(u));
  }
}

// The role that the column's own words say: 0 where something starts, 1 where it ends; -1: none.
int ClauseParser::side_of_role(int key) const {
  for (const Token& word : column(key).words) {
    if (const int side = role_of(word); side >= 0) return side;
  }
  return -1;
}

// "from Vienna to Oslo", "departing from Vienna": each condition of the table is of the role said
// before it. False: not all of them are told apart.
bool ClauseParser::split_roles(const catalog::ModelJoin& start, const catalog::ModelJoin& end) {
  struct Place {
    std::size_t filter, alternative;
    int side;
  };
  std::vector<Place> places;
  std::vector<int> said;  // tokens
  for (std::size_t f = 0; f < reading_.filters.size(); ++f) {
    for (std::size_t k = 0; k < reading_.filters[f].any_of.size(); ++k) {
      const Condition& c = reading_.filters[f].any_of[k];
      if (c.table != start.right.table || !c.of.empty()) continue;
      if (!c.span) return false;
      int side = -1;
      for (int i = size() - 1; i >= 0 && side < 0; --i) {
        if (links_.tokens[i].end > c.span->start) continue;
        const bool other = std::ranges::any_of(reading_.filters, [&](const Filter& one) {
          return std::ranges::any_of(one.any_of, [&](const Condition& condition) {
            return condition.span && &condition != &c &&
                   links_.tokens[i].start >= condition.span->start &&
                   links_.tokens[i].end <= condition.span->end;
          });
        });
        if (other) break;
        side = is(i, {"from"}) ? 0 : is(i, {"to", "into"}) ? 1 : role_of(links_.tokens[i]);
        if (side >= 0) said.push_back(i);
      }
      if (side < 0) return false;
      places.push_back({f, k, side});
    }
  }
  if (places.empty()) return false;
  for (const int i : said) take(i, i + 1);
  const auto differs = [&](const Place& p) { return p.side != places.front().side; };
  const catalog::ModelJoin* const sides[] = {&start, &end};
  if (std::ranges::none_of(places, differs)) {
    const auto& join = *sides[places.front().side];
    reading_.joins.push_back(
        {{join.left.table, join.left.column}, {join.right.table, join.right.column}, false});
    return true;
  }
  std::vector<Filter> filters;
  for (const Place& p : places) {
    Filter& from = reading_.filters[p.filter];
    const auto& join = *sides[p.side];
    Condition among{join.left.table, join.left.column, Operator::in};
    among.span = from.any_of[p.alternative].span;
    Reading rows;
    rows.table = join.right.table;
    rows.matched = true;
    rows.columns.push_back({join.right.table, join.right.column, std::nullopt});
    rows.filters.push_back({{from.any_of[p.alternative]}, false});
    among.of.push_back(std::move(rows));
    filters.push_back({{std::move(among)}, from.negated});
  }
  std::erase_if(reading_.filters, [&](const Filter& f) {
    return f.any_of.front().table == start.right.table && f.any_of.front().of.empty();
  });
  std::ranges::move(filters, std::back_inserter(reading_.filters));
  return true;
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
    if (alike.size() == 2) {
      const auto side = [&](const catalog::ModelJoin* join) {
        const int own = context_.find_column(join->left.table, join->left.column);
        return own < 0 ? -1 : side_of_role(own);
      };
      const int first = side(alike[0]);
      if (first >= 0 && side(alike[1]) == 1 - first &&
          split_roles(*alike[static_cast<std::size_t>(first)],
                      *alike[static_cast<std::size_t>(1 - first)])) {
        continue;
      }
    }
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
  // "the bicycle with the highest cost in each make": the rows themselves are asked for.
  const bool rows = select_.empty() && subject_ >= 0 && limit_ && order_by_ &&
                    order_by_->aggregate == Aggregate::none && order_by_->column >= 0 &&
                    table_of(*order_by_) == subject_ && groups_.size() == 1 &&
                    groups_.front().column >= 0 && group_tables_.empty();
  if (rows) select_.push_back({Aggregate::none, label_column(context_, subject_), subject_, 0, 0});
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

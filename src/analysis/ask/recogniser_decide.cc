// Which of the readings that come into question it is: each is written as SQL, and the one that
// gives the same statement is it. Where none does, the statement was not written by the generator,
// and what differs decides whether it still says the same.
#include <algorithm>

#include "analysis/ask/joins.h"
#include "analysis/ask/recogniser.h"
#include "analysis/ask/sql.h"

namespace sextant::ask {
namespace {

const json::Object& node_of(const json::Value& parsed) { return parsed.at("node").as_object(); }

// Tables of FROM with the kind of their join and its condition, in order.
void list_joins(const json::Object& from, json::Array& out) {
  if (!tree::is(from, "JOIN")) {
    out.emplace_back(std::string(tree::text(from, "table_name")));
    return;
  }
  list_joins(*tree::object(from, "left"), out);
  out.emplace_back(std::string(tree::text(*tree::object(from, "right"), "table_name")));
  out.emplace_back(std::string(tree::text(from, "join_type")));
}

// The condition that the generator adds where a limit would else keep rows without a value.
bool is_presence(const Filter& filter, const std::string& table, const std::string& column) {
  return !filter.negated && filter.any_of.size() == 1 &&
         filter.any_of.front().op == Operator::not_null && filter.any_of.front().table == table &&
         filter.any_of.front().column == column;
}

// Takes those conditions away from the end; false when they are not there.
bool drop_presence(Reading& reading) {
  if (!reading.limit) return true;
  std::vector<ColumnRef> added;
  if (reading.measures.empty()) {
    for (const Order& o : reading.order) {
      if (o.by == OrderBy::column) added.push_back({o.table, o.column});
    }
  } else {
    for (const Dimension& d : reading.dimensions) {
      if (d.grain == Grain::none) added.push_back({d.table, d.column});
    }
  }
  auto& filters = reading.filters;
  if (filters.size() < added.size()) return false;
  const auto first = filters.size() - added.size();
  for (std::size_t i = 0; i < added.size(); ++i) {
    if (!is_presence(filters[first + i], added[i].table, added[i].column)) return false;
  }
  filters.resize(first);
  return true;
}

}  // namespace

bool Recogniser::is_usual(const Join& join) const {
  const auto path = join_path(model_, join.left.table, join.table);
  return path && path->size() == 1 && path->front().from.column == join.left.column &&
         path->front().to.column == join.right.column;
}

JoinChoice Recogniser::as_in_model(const JoinChoice& choice) const {
  const auto is = [](const catalog::JoinSide& side, const ColumnRef& ref) {
    return side.table == ref.table && side.column == ref.column;
  };
  const bool turned = std::ranges::any_of(model_.joins, [&](const auto& join) {
    return is(join.left, choice.right) && is(join.right, choice.left);
  });
  return turned ? JoinChoice{choice.right, choice.left, choice.inner} : choice;
}

std::vector<Recogniser::Joining> Recogniser::joinings() const {
  std::vector<Joining> out{{}};
  if (!joins_.empty() || once_ || !part_tables_.empty()) out.push_back({true, {}});
  std::vector<JoinChoice> all, other, inner, both;
  for (const Join& join : joins_) {
    const JoinChoice one{join.left, join.right, join.inner};
    const auto usual = join_path(model_, join.left.table, join.table);
    const bool differs = !is_usual(join);
    const bool keeps = join.inner && usual && !usual->front().multiplies;
    all.push_back(one);
    if (differs) other.push_back({join.left, join.right, false});
    if (keeps) inner.push_back(one);
    if (differs || keeps) both.push_back(one);
  }
  for (auto* list : {&other, &inner, &both, &all}) {
    if (!list->empty()) out.push_back({false, std::move(*list)});
  }
  if (!partner_joins_.empty()) {
    const auto without = out;
    for (Joining& one : out) {
      one.chosen.insert(one.chosen.end(), partner_joins_.begin(), partner_joins_.end());
    }
    out.insert(out.end(), without.begin(), without.end());
  }
  return out;
}

// The reading, when its SQL is `wanted`.
Result<std::optional<Reading>> Recogniser::exact(const json::Value& wanted) {
  const std::size_t groups = reading_.dimensions.size();
  const auto shown =
      static_cast<std::size_t>(std::ranges::count(reading_.dimensions, false, &Dimension::hidden));
  const auto tries = [&](Reading& reading) -> Result<bool> {
    // Parts say which tables figures are of, not which is the main one.
    for (const std::string& table : part_tables_) {
      reading.table = table;
      const auto sql = to_sql(model_, reading);
      if (!sql) continue;
      TRY(const auto parsed, tools_.parse(sql->text));
      if (tree::without_places(node_of(parsed)) == wanted) return true;
    }
    if (!part_tables_.empty()) return false;
    const auto sql = to_sql(model_, reading);
    if (!sql) return false;
    TRY(const auto parsed, tools_.parse(sql->text));
    return tree::without_places(node_of(parsed)) == wanted;
  };
  // Groups that are listed columns; joins that keep or drop rows; tables named on the way; how much
  // of the order was said.
  for (std::size_t columns = 0; columns <= shown; ++columns) {
    Reading split = reading_;
    bool plain = true;
    for (std::size_t i = shown - columns; i < shown; ++i) {
      const Dimension& d = reading_.dimensions[i];
      plain = plain && d.grain == Grain::none;
      split.columns.push_back({d.table, d.column, std::nullopt});
    }
    if (!plain) break;
    split.dimensions.erase(split.dimensions.begin() + static_cast<std::ptrdiff_t>(shown - columns),
                           split.dimensions.begin() + static_cast<std::ptrdiff_t>(shown));
    if (columns > 0 && ((groups == columns && split.measures.empty()) || reading_.figures_first))
      break;
    for (const Joining& joining : joinings()) {
      Reading joined = split;
      joined.matched = joining.matched;
      joined.joins = joining.chosen;
      for (std::size_t said = 0; said <= order_.size(); ++said) {
        Reading ordered = joined;
        if (!ordered.per_group) {
          ordered.order.assign(order_.begin(), order_.begin() + static_cast<std::ptrdiff_t>(said));
          for (Order& o : ordered.order) {
            if (o.by != OrderBy::dimension ||
                static_cast<std::size_t>(o.index) < ordered.dimensions.size()) {
              continue;
            }
            const Dimension& d = reading_.dimensions[static_cast<std::size_t>(o.index)];
            o = {OrderBy::column, 0, d.table, d.column, o.descending, std::nullopt};
          }
        } else if (said > 0) {
          ordered.order = order_;
        }
        std::vector<Reading> versions{ordered};
        Reading without = ordered;
        if (ordered.limit && drop_presence(without) &&
            without.filters.size() != ordered.filters.size()) {
          versions.insert(versions.begin(), std::move(without));
        }
        for (Reading& version : versions) {
          TRY(const bool same, tries(version));
          if (same) return version;
          // Tables that nothing else names.
          for (std::size_t last = joins_.size(); last-- > 0;) {
            version.along.insert(version.along.begin(), joins_[last].table);
            TRY(const bool through, tries(version));
            if (through) return version;
            if (version.along.size() > 2) break;
          }
        }
      }
    }
  }
  return std::nullopt;
}

// Takes count(*) to be of the main table, which has no key to tell its repeated rows by.
bool Recogniser::count_main_rows() {
  bool changed = false;
  for (Measure& m : reading_.measures) {
    if (m.aggregate != Aggregate::count || !m.column.empty() || m.table == reading_.table) continue;
    m.table = reading_.table;
    changed = true;
  }
  return changed;
}

// Refuses where the reading's SQL would compute something else.
Result<> Recogniser::check_differences(const json::Object& node, const Reading& reading) {
  const auto sql = to_sql(model_, reading);
  if (!sql) {
    return inexpressible(node, sql.error().message, sql.error().hint);
  }
  if (sql->overlapping) {
    return inexpressible(node, "This counts rows of " + reading.table + " once for each partner.",
                         "The visual builder counts each of them once.");
  }
  TRY(const auto parsed, tools_.parse(sql->text));
  json::Array mine, theirs;
  list_joins(*tree::object(node, "from_table"), mine);
  list_joins(*tree::object(node_of(parsed), "from_table"), theirs);
  if (mine != theirs) {
    return inexpressible(
        *tree::object(node, "from_table"), "The visual builder would join these tables otherwise.",
        "It joins along the keys of the model, LEFT where rows may lack a partner.");
  }
  for (const Join& join : joins_) {
    const auto path = join_path(model_, join.left.table, join.table, reading.joins);
    if (!path || path->size() != 1 || path->front().from.column != join.left.column ||
        path->front().to.column != join.right.column) {
      return inexpressible(node, "The model does not join " + join.left.table + " and " +
                                     join.table + " by these columns.");
    }
  }
  if (sql->columns.size() == items_.size()) {
    for (std::size_t i = 0; i < items_.size(); ++i) {
      const auto& alias = items_[i].alias;
      if (text::lower_ascii(alias) != text::lower_ascii(sql->columns[i].name)) {
        notes_.push_back((alias.empty() ? "Column " + std::to_string(i + 1) : alias) +
                         " will be called " + sql->columns[i].name + ".");
      }
    }
  }
  if (!sql->implied.empty()) {
    notes_.push_back("Groups without a name are left out of the first ones.");
  }
  if (order_.empty() && sql->text.find("\nORDER BY ") != std::string::npos) {
    notes_.push_back("The rows get a fixed order.");
  }
  return {};
}

Result<Recognised> Recogniser::decide(const json::Object& node) {
  const json::Value wanted = tree::without_places(node);
  TRY(auto found, exact(wanted));
  if (!found) {
    const auto counted = reading_.measures;
    if (count_main_rows()) {
      TRY(found, exact(wanted));
    }
    reading_.measures = counted;
  }
  if (found) return Recognised{std::move(*found), std::move(notes_)};
  if (once_ || !part_tables_.empty())
    return inexpressible(node, "FROM is a subquery.", "Read the tables themselves.");
  Reading reading = reading_;
  reading.order = order_;
  reading.matched = !joins_.empty() && std::ranges::all_of(joins_, &Join::inner);
  std::ranges::transform(joins_, std::back_inserter(reading.along), &Join::table);
  for (const Join& join : joins_) {
    if (!is_usual(join) || (join.inner && !reading.matched)) {
      reading.joins.push_back({join.left, join.right, join.inner && !reading.matched});
    }
  }
  reading.joins.insert(reading.joins.end(), partner_joins_.begin(), partner_joins_.end());
  TRY_VOID(check_differences(node, reading));
  return Recognised{std::move(reading), std::move(notes_)};
}

}  // namespace sextant::ask

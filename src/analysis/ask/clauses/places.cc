#include "analysis/ask/clauses/places.h"

#include <algorithm>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/clauses/parser.h"

namespace sextant::ask {

namespace {

bool has_word(const ColumnEntry& column, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(column.words, [&](const Token& w) {
    return std::ranges::find(words, w.word) != words.end();
  });
}

// Whose rows have a name of their own, not one of a city or a street.
bool has_name(const Context& context, int table) {
  const ColumnEntry& label = context.columns()[label_column(context, table)];
  return has_word(label, {"name", "title"}) &&
         !has_word(label, {"city", "county", "region", "state", "country", "town", "street"});
}

// The middle of the scale that the ratings are on: 0 to 1, 5, 10 or 100.
double middle_of_scale(const ColumnEntry& rating) {
  double most = 0;
  for (const Cell& cell : *rating.sample) {
    if (const auto* value = std::get_if<double>(&cell)) most = std::max(most, *value);
  }
  for (const double scale : {1., 5., 10.}) {
    if (most <= scale) return scale / 2;
  }
  return 50;
}

}  // namespace

std::optional<Places> find_places(const Context& context) {
  Places places;
  const auto& columns = context.columns();
  for (std::size_t c = 0; c < columns.size() && places.house < 0; ++c) {
    if (has_word(columns[c], {"house", "street"}) &&
        has_word(columns[c], {"number", "no", "num", "nr"})) {
      places.house = static_cast<int>(c);
    }
  }
  if (places.house < 0) return std::nullopt;
  places.addresses = columns[places.house].table;
  if (has_name(context, places.addresses)) places.table = places.addresses;
  const std::string& name = context.tables()[places.addresses].model->name;
  for (const auto& join : context.model().joins) {
    if (places.table >= 0) break;
    const std::string& other = join.left.table == name ? join.right.table : join.left.table;
    if (join.left.table != name && join.right.table != name) continue;
    const int table = context.find_table(other);
    if (table >= 0 && table != places.addresses && has_name(context, table)) places.table = table;
  }
  if (places.table < 0) return std::nullopt;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (columns[c].table == places.table && columns[c].kind == Kind::number &&
        !columns[c].id_like && has_word(columns[c], {"rating", "ratings", "score", "stars"})) {
      places.rating = static_cast<int>(c);
    }
  }
  return places;
}

std::vector<int> address_of(const Context& context, const Places& places) {
  std::vector<int> parts;
  const TableEntry& table = context.tables()[places.addresses];
  for (int c = table.first_column; c < table.first_column + table.columns; ++c) {
    if (c != places.house && has_word(context.columns()[c], {"street", "city", "town", "zip"}))
      parts.push_back(c);
  }
  return parts;
}

// "places", where the data has no table of that name: the rows that have an address.
void ClauseParser::name_places() {
  if (!places_) return;
  for (int i = 0; i < size(); ++i) {
    if (!is(i, {"place", "places", "spot", "spots"}) || taken_[i]) continue;
    const NameUse* named = name_at(i);
    if (named && !(named->table && named->score < 0.95f)) continue;
    if (named) {  // only something like the name of another table
      if (subject_ == named->id) subject_ = -1;
      std::erase_if(names_, [&](const NameUse& use) { return use.first == i; });
    }
    names_.push_back({true, places_->table, i, i + 1, 1.f, false});
    if (subject_ < 0) subject_ = places_->table;
  }
}

// "where is the best american restaurant in the bay area", "give me some good places on 5th ave":
// the places with their address. The best are those that no other one is rated above; good is above
// the middle of the scale.
bool ClauseParser::read_places() {
  if (!places_) return false;
  int at = 0;
  const bool where = is(0, {"where"});
  if (where) {
    at = skip(1, {"can", "we", "i", "you", "is", "are", "find", "eat", "get", "there", "to", "do"});
  } else if ((is(0, {"give", "show", "find"}) && is(1, {"me", "us"})) ||
             (is(0, {"what"}) && is(1, {"is", "are"}))) {
    at = 2;
  } else {
    return false;
  }
  bool best = false, good = false, named = false;
  const int first = at;
  for (; at < size(); ++at) {
    const NameUse* use = name_at(at);
    if (use && use->table && use->id == places_->table) {
      named = true;
    } else if (is(at, {"best"})) {
      best = true;
    } else if (is(at, {"good", "great"})) {
      good = true;
    } else if (!taken_[at] && !is(at, {"the", "a", "an", "some", "for", "food"})) {
      break;
    }
  }
  for (int i = at; i < size(); ++i) {  // what is left only places them
    const bool said = taken_[i] || links_.tokens[i].symbol || links_.info[i].stop ||
                      is(i, {"in", "on", "at", "for", "food", "the", "near"});
    if (!said) return false;
  }
  const bool placed = std::ranges::any_of(reading_.filters, [&](const Filter& f) {
    const int table = context_.find_table(f.any_of.front().table);
    return table == places_->table || table == places_->addresses ||
           reachable(context_, places_->table, table);
  });
  if (!placed || (!where && !named && !best && !good)) return false;
  if ((best || good) && places_->rating < 0) return false;
  const std::string& table = context_.tables()[places_->table].model->name;
  if (best || good) {
    const std::string& rating = column(places_->rating).model->name;
    Condition rated{table, rating, best ? Operator::equal : Operator::greater};
    rated.span = span(first, at);
    if (best) {
      Reading highest;
      highest.table = table;
      highest.matched = true;
      highest.filters = reading_.filters;
      highest.measures.push_back({Aggregate::max, table, rating});
      rated.of.push_back(std::move(highest));
    } else {
      rated.values.emplace_back(middle_of_scale(column(places_->rating)));
    }
    reading_.filters.push_back({{std::move(rated)}, false});
  }
  take(0, size());
  subject_ = places_->table;
  add_select({Aggregate::none, places_->house, places_->addresses, 0, 0});
  add_select({Aggregate::none, label_column(context_, places_->table), places_->table, 0, 0});
  return true;
}

}  // namespace sextant::ask

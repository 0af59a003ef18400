// What the sign of a figure says: "negative profit", "unprofitable", "without discount",
// "discounted".
#include <algorithm>

#include "analysis/ask/analytic/reader.h"

namespace sextant::ask {

namespace {

const WordSet kGains = {"profit", "margin", "gain", "earnings", "income", "result"};
const WordSet kLosing = {"making", "losing"};
const WordSet kCopulas = {"is", "are", "was", "were"};

}  // namespace

// The figure that is named at or right before this token; none when it is no figure.
Mention Reader::figure_near(int after, int before) const {
  const auto figure = [&](const Mention& m) {
    return m.named == Named::column && is_measure(context_.columns()[m.id]) && m.score >= 0.75f;
  };
  if (const Mention m = mention_at(context_, links_, skip_fillers(after)); figure(m)) return m;
  for (int i = before; i >= std::max(0, before - 3); --i) {
    const Mention m = mention_at(context_, links_, i);
    if (figure(m) && m.last == before + 1) return m;
  }
  return {};
}

// The figure that says whether there was a gain; -1: none.
int Reader::gain_column() const {
  for (std::size_t c = 0; c < context_.columns().size(); ++c) {
    const ColumnEntry& column = context_.columns()[c];
    if (!is_measure(column) || column.model->semantic_type == catalog::SemanticType::share)
      continue;
    if (std::ranges::any_of(column.words, [](const Token& w) { return kGains.contains(w.stem); }))
      return static_cast<int>(c);
  }
  return -1;
}

bool Reader::sometimes_zero(int column) const {
  const auto* sample = context_.columns()[column].sample;
  return sample && std::ranges::any_of(*sample, [](const Cell& cell) {
           const auto* number = std::get_if<double>(&cell);
           return number && *number == 0;
         });
}

void Reader::add_sign(int column, Operator op, int first, int last) {
  const ColumnEntry& entry = context_.columns()[column];
  Condition condition;
  condition.table = table_name(entry.table);
  condition.column = entry.model->name;
  condition.op = op;
  condition.values = {0};
  condition.span = span(first, last);
  reading_.filters.push_back({{std::move(condition)}, false});
  if (main_ < 0 && context_.tables().size() == 1) main_ = entry.table;
  take(first, last);
}

// "unresolved", "without resolution": the column of dates that is empty then; -1: none.
int Reader::never_reached(int token) const {
  std::string said;
  if (word(token) == "without") {
    said = token + 1 < size() ? links_.tokens[token + 1].stem : "";
  } else if (word(token).starts_with("un")) {
    said = links_.tokens[token].stem.substr(2);
  }
  if (said.size() < 4) return -1;
  for (std::size_t c = 0; c < context_.columns().size(); ++c) {
    const ColumnEntry& column = context_.columns()[c];
    if (column.kind != Kind::date || !column.sample) continue;
    const bool named = std::ranges::any_of(column.words, [&](const Token& part) {
      return part.stem.size() >= 4 &&
             (said.starts_with(part.stem.substr(0, part.stem.size() - 1)) || part.stem == said);
    });
    const bool empty = std::ranges::any_of(*column.sample, [](const Cell& cell) {
      return std::holds_alternative<std::monostate>(cell);
    });
    if (named && empty) return static_cast<int>(c);
  }
  return -1;
}

void Reader::find_signs() {
  if (context_.tables().size() != 1 || !context_.keeps_records()) return;
  for (int i = 0; i < size(); ++i) {
    if (taken_[i]) continue;
    const std::string& w = word(i);
    const bool compared = word(i - 1) == "most" || word(i - 1) == "least" || word(i - 1) == "more";
    if (w == "negative" || w == "positive") {
      int before = i - 1;
      while (kCopulas.contains(word(before))) --before;
      const Mention m = figure_near(i + 1, before);
      if (!m) continue;
      add_sign(m.id, w == "negative" ? Operator::less : Operator::greater, std::min(i, m.first),
               std::max(i + 1, m.last));
    } else if ((w == "loss" || w == "money") &&
               kLosing.contains(word(i + (w == "loss" ? 1 : -1)))) {
      const int first = w == "loss" ? i : i - 1;
      if (const int c = gain_column(); c >= 0) add_sign(c, Operator::less, first, first + 2);
    } else if (w == "unprofitable" || w == "lossmaking") {
      if (const int c = gain_column(); c >= 0) add_sign(c, Operator::less, i, i + 1);
    } else if (w == "profitable" && !compared) {
      if (const int c = gain_column(); c >= 0) add_sign(c, Operator::greater, i, i + 1);
    } else if (const int c = never_reached(i); c >= 0) {
      add_sign(c, Operator::is_null, i, w == "without" ? i + 2 : i + 1);
      reading_.filters.back().any_of.front().values.clear();
    } else if (w == "without" || w == "zero" || (w == "no" && word(i - 1) != "is")) {
      const Mention m = figure_near(skip_fillers(word(i + 1) == "any" ? i + 2 : i + 1), -1);
      if (m && sometimes_zero(m.id)) add_sign(m.id, Operator::equal, i, m.last);
    } else if (w == "with") {
      const Mention m = figure_near(word(i + 1) == "any" ? i + 2 : i + 1, -1);
      const bool last_said = m && (m.last == size() || word(m.last) == "by" ||
                                   word(m.last) == "per" || word(m.last) == "in");
      if (last_said && sometimes_zero(m.id)) add_sign(m.id, Operator::greater, i, m.last);
    } else if (w.ends_with("ed") && !links_.tokens[i].symbol) {
      // "discounted orders"
      const Mention m = figure_near(i, -1);
      const bool made_of = m && m.last == i + 1 && context_.columns()[m.id].words.size() == 1 &&
                           context_.columns()[m.id].words[0].word != w;
      if (made_of && sometimes_zero(m.id)) add_sign(m.id, Operator::greater, i, i + 1);
    }
  }
}

}  // namespace sextant::ask

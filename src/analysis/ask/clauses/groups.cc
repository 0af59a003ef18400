#include <algorithm>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/clauses/figure_words.h"
#include "analysis/ask/clauses/parser.h"

namespace sextant::ask {

// "For those records from the products and each product's manufacturer, …": where the rows are
// from.
void ClauseParser::find_scope() {
  if (!is(0, {"for"}) || !is(1, {"those", "the", "all"}) ||
      !is(2, {"records", "rows", "entries"}) || !is(3, {"from"})) {
    return;
  }
  int end = 4;
  while (end < size() && !is(end, {","})) ++end;
  if (end >= size()) return;
  for (int i = 4; i < end; ++i) {
    const NameUse* use = name_at(i);
    if (!use) continue;
    if (use->table) {
      if (subject_ < 0) subject_ = use->id;
      present_.push_back(use->id);
    }
    i = use->last - 1;
  }
  // Partners that are called like a column here: "each product's manufacturer".
  for (std::size_t t = 0; t < context_.tables().size(); ++t) {
    for (int i = 4; i < end; ++i) {
      const int table = static_cast<int>(t);
      if (links_.table_match[t][i] >= 0.9f && std::ranges::find(present_, table) == present_.end())
        present_.push_back(table);
    }
  }
  take(0, end);
}

// "bins the payment date into the day of the week interval", "binned by weekday", "bin … by time".
// A bin of months holds the same month of all years; where a line is drawn, time goes on.
void ClauseParser::find_bins() {
  for (int i = 0; i < size(); ++i) {
    if (!is(i, {"bin", "bins", "binned", "binning"}) || taken_[i] || name_at(i)) continue;
    for (int at = i + 1; at < std::min(size(), i + 10); ++at) {
      if (!is(at, {"by", "into", "to", "in", "at"})) continue;
      const int from = skip(at + 1, {"the", "a", "each", "every", "by"});
      int last = from + 1;
      Grain grain = grain_at(from, &last);
      if (grain == Grain::none && is(from, {"time"})) grain = Grain::month;
      if (grain == Grain::none) continue;
      const bool line = chart_.type == catalog::ChartType::line ||
                        chart_.type == catalog::ChartType::grouped_line;
      if (grain == Grain::month && !line) grain = Grain::month_name;
      if (is(last, {"interval", "intervals", "level"})) ++last;
      Part group;
      group.grain = grain;
      group.first = from;
      group.last = last;
      for (int k = i + 1; k < at; ++k) {
        const NameUse* use = name_at(k);
        if (use && !use->table && column(use->id).kind == Kind::date) {
          group.column = use->id;
          group.table = column(use->id).table;
        }
      }
      groups_.push_back(group);
      take(i, last);
      break;
    }
  }
}

// "the average of the budget over …": whether a figure is spoken of shortly before the token.
bool ClauseParser::figure_said(int token) const {
  for (int i = std::max(0, token - 6); i < token; ++i) {
    if (aggregate_word(word(i))) return true;
  }
  return false;
}

void ClauseParser::find_groups() {
  const bool drawn = chart_.any || chart_.type || axis_ != 0 || chart_.axes;
  for (int i = 0; i < size(); ++i) {
    int at = -1;
    bool weak = false;
    if (is(i, {"across"}) && is(i + 1, {"all"}) && !taken_[i]) take(i, i + 2);
    if (is(i, {"each", "every", "per", "varying"}) || (is(i, {"across"}) && !is(i + 1, {"all"})) ||
        (is(i, {"different"}) && is(is(i - 1, {"a", "the"}) ? i - 2 : i - 1,
                                    {"for", "by", "in", "from", "on", "at", "with"})) ||
        (is(i, {"different"}) && is(i - 1, {"of"}) &&
         !is(i - 2, {"number", "numbers", "count", "list", "names", "all"})) ||
        (is(i, {"same"}) && is(i - 1, {"the"}) && is(i - 2, {"from", "in"}) && drawn)) {
      at = i + 1;
    } else if (is(i, {"group", "grouped", "grouping", "split", "broken", "stack", "stacked",
                      "colored", "binned", "bin", "binning"})) {
      at = skip(i + 1, {"by", "the", "them", "down", "according", "to", "attribute", "attributes",
                        "on", "each", "together", "into", "it", "results"});
    } else if (is(i, {"by"}) && !taken_[i] && !is(i + 1, {"all"})) {
      at = skip(i + 1, {"the", "each", "every", "attribute", "different", "their"});
      weak = true;
    } else if (is(i, {"over"}) && (is(i + 1, {"the", "time"}) || (drawn && figure_said(i)))) {
      at = i + 1;
      weak = true;
    } else if (is(i, {"vs", "versus"}) && chart_.type == catalog::ChartType::stacked_bar) {
      at = i + 1;
    }
    if (at < 0 || at >= size() || taken_[i]) continue;
    at = skip(at, {"the", "of", "different", "type", "kind", "distinct", "possible", "a"});
    if (name_at(at - 1) && !taken_[at - 1] && at - 1 > i) --at;  // "kind" is a name
    for (int more = 0; more < 3; ++more) {
      int last = 0;
      const Grain grain = grain_at(at, &last);
      const NameUse* use = name_at(at);
      // "for each business category": the rows, then what of them.
      if (use && use->table) {
        const NameUse* of_rows = name_at(use->last);
        const bool named = of_rows && (of_rows->table ? of_rows->id != use->id
                                                      : column(of_rows->id).kind != Kind::number);
        if (named && (of_rows->table ? reachable(context_, use->id, of_rows->id)
                                     : column(of_rows->id).table == use->id)) {
          take(use->first, use->last);
          use = of_rows;
        }
      }
      // "by month", where tx_limit_monthly is a column: the grain.
      const bool part = use && !use->table && grain != Grain::none && last >= use->last &&
                        column(use->id).words.size() > 1 &&
                        static_cast<int>(column(use->id).words.size()) > use->last - use->first;
      if (use && !part && !(use->table && grain != Grain::none)) {
        const bool done_by = word(i - 1).ends_with("ed") || word(i - 1).ends_with("en") ||
                             is(i - 1, {"sent", "made", "paid", "bought", "sold", "held", "won",
                                        "built", "led", "read", "kept"});
        const bool names_values = !use->table && column(use->id).kind == Kind::text && drawn;
        if (weak && ((done_by && !names_values) ||
                     (!use->table && is_measure(column(use->id)) && !chart_.any && !chart_.type))) {
          break;
        }
        const Part part = part_of(*use);
        // "bin the date by month": the grain stands after the column.
        int grain_last = 0;
        Part group = part;
        int next = skip(use->last, {"by", "into", "the", "a", "interval", "in", "of"});
        if (part.column >= 0 && column(part.column).kind == Kind::date) {
          const Grain said = grain_at(next, &grain_last);
          if (said != Grain::none) {
            group.grain = said;
            take(next, grain_last);
            if (is(grain_last, {"interval", "intervals"})) take(grain_last, grain_last + 1);
          }
        }
        if (use->table) {
          group_tables_.push_back(use->id);
        } else if (std::ranges::find(groups_, group) == groups_.end()) {
          auto same = std::ranges::find_if(groups_,
                                           [&](const Part& g) { return g.column == group.column; });
          if (same == groups_.end()) {
            groups_.push_back(group);
          } else if (group.grain != Grain::none) {
            same->grain = group.grain;
          }
        }
        take(i, use->last);
        at = use->last;
      } else if (grain != Grain::none) {
        Part group;
        group.grain = grain;
        group.first = at;
        group.last = last;
        auto dated = std::ranges::find_if(groups_, [&](const Part& g) {
          return g.column >= 0 && column(g.column).kind == Kind::date && g.grain == Grain::none;
        });
        if (dated != groups_.end()) {
          dated->grain = grain;
        } else if (std::ranges::none_of(groups_, [&](const Part& g) { return g.grain == grain; })) {
          groups_.push_back(group);
        }
        take(i, last);
        at = last;
      } else {
        break;
      }
      if (!is(at, {"and", ","})) break;
      const int next = skip(at + 1, {"each", "the", "and", "attribute"});
      const NameUse* following = name_at(next);
      if (!following || following->table || is_measure(column(following->id)) ||
          (is(next - 1, {"the"}) && !is(i, {"group", "grouped"}))) {
        break;
      }
      at = next;
    }
  }
}

}  // namespace sextant::ask

#pragma once
// What a run of words names: a metric, a column, a table, or a grain of time.

#include <string>
#include <vector>

#include "analysis/ask/linking/links.h"

namespace sextant::ask {

enum class Named { nothing, metric, column, table, grain };

struct Mention {
  Named named = Named::nothing;
  int id = -1;  // of the metric, column or table
  Grain grain = Grain::none;
  int first = 0;
  int last = 0;     // one past
  float score = 0;  // share of the name that was said, plus a little per word
  explicit operator bool() const { return named != Named::nothing; }
};

// The table whose whole name, or a synonym, begins at the token, whatever else is called so.
Mention table_at(const Context& context, const Links& links, int token);

// The best mention that begins exactly at this token.
Mention mention_at(const Context& context, const Links& links, int token);

// The column that names a row of the table to people (its name or title, else its key).
int label_column(const Context& context, int table);

// Whether the column's values may be summed or averaged.
bool is_measure(const ColumnEntry& column);
// What "the price" means when nothing else is said.
Aggregate default_aggregate(const ColumnEntry& column);

// The time column of the rows of a table: its own or that of a table its rows point to. -1: none.
int time_column(const Context& context, int table);

// The column that a metric (an index into Context::metrics) is the plain sum of; -1: none.
int summed_column(const Context& context, int metric);

bool reachable(const Context& context, int from_table, int to_table);

// The periods that a column of dates holds by its name: years, where it is called year.
Grain grain_of_name(const ColumnEntry& column);

}  // namespace sextant::ask

#include "analysis/ask/candidates/mentions.h"

#include <algorithm>
#include <set>

#include "analysis/ask/joins.h"
#include "analysis/ask/linking/records.h"
#include "analysis/ask/linking/senses.h"
#include "base/text.h"

namespace sextant::ask {

namespace {

using catalog::SemanticType;

// How many tokens from `at` spell this name in order (stems), 0 when the first does not.
int spelled(const Links& links, int at, const std::vector<Token>& name) {
  constexpr float kSame = 0.8f, kMistyped = 0.7f;
  std::size_t i = 0;
  for (; i < name.size() && at + static_cast<int>(i) < static_cast<int>(links.tokens.size()); ++i) {
    const Token& said = links.tokens[at + static_cast<int>(i)];
    const float like = name_similarity(said, name[i]);
    // "revnue", which is no word itself.
    if (like < kSame && (like < kMistyped || !senses_of(said.word).empty())) break;
  }
  return static_cast<int>(i);
}

Grain grain_named(const Token& token) {
  const std::string& s = token.stem;
  const std::string& w = token.word;
  if (s == "month" || w == "monthly") return Grain::month;
  if (s == "year" || w == "yearly" || w == "annually" || w == "annual") return Grain::year;
  if (s == "quarter" || w == "quarterly") return Grain::quarter;
  if (s == "week" || w == "weekly") return Grain::week;
  if (w == "weekday" || w == "weekdays") return Grain::weekday;
  if (s == "day" || w == "daily" || w == "date") return Grain::day;
  if (w.size() >= 4 && senses_of(w).empty()) {  // mistyped
    if (within_one_edit(w, "month") || within_one_edit(w, "monthly")) return Grain::month;
    if (within_one_edit(w, "quarter")) return Grain::quarter;
    if (within_one_edit(w, "weekday")) return Grain::weekday;
  }
  return Grain::none;
}

bool has_time(const Context& context) {
  return std::ranges::any_of(context.columns(), [](const auto& c) { return c.kind == Kind::date; });
}

float column_mention(const Context& context, const Links& links, int column, int first, int& last) {
  const ColumnEntry& entry = context.columns()[column];
  const auto& match = links.match[column];
  const int n = static_cast<int>(links.tokens.size());
  int at = first;
  std::vector<float> best(entry.words.size(), 0.f);
  while (at < n && match[at] >= 0.55f && !links.tokens[at].symbol) {
    const int word = links.match_word[column][at];
    if (word >= 0) {
      if (best[word] > 0 && entry.words.size() > 1) break;
      best[word] = std::max(best[word], match[at]);
    }
    ++at;
    // "date of birth" for birth_date: a small word inside a name does not end it.
    if (at + 1 < n && links.tokens[at].word == "of" && match[at] < 0.55f &&
        match[at + 1] >= 0.55f && links.match_word[column][at + 1] >= 0 &&
        best[links.match_word[column][at + 1]] == 0) {
      ++at;
    }
  }
  if (at == first) return 0;
  last = at;
  if (last == first + 1 && says_joined(links.tokens[first], entry.words)) return 1.f;
  float weight = 0, total = 0;
  for (std::size_t w = 0; w < best.size(); ++w) {
    const float importance = is_stopword(entry.words[w].word) ? 0.2f : 1.f;
    weight += importance * best[w];
    total += importance;
  }
  float coverage = total > 0 ? weight / total : 0;
  for (const auto& other : entry.others) {
    const int words = spelled(links, first, other);
    if (words == static_cast<int>(other.size())) {
      coverage = std::max(coverage, 0.97f);
      last = std::max(last, first + words);
    }
  }
  if (coverage < 0.45f) return 0;
  return coverage + 0.12f * static_cast<float>(last - first - 1) - (entry.id_like ? 0.25f : 0.f);
}

}  // namespace

bool is_measure(const ColumnEntry& column) {
  if (column.kind != Kind::number || column.id_like) return false;
  if (column.model->role == catalog::Role::dimension || column.model->role == catalog::Role::time) {
    return column.model->semantic_type == SemanticType::unknown;
  }
  switch (column.model->semantic_type) {
    case SemanticType::year:
    case SemanticType::month:
    case SemanticType::latitude:
    case SemanticType::longitude:
    case SemanticType::category:
      return false;
    default:
      return true;
  }
}

Aggregate default_aggregate(const ColumnEntry& column) {
  switch (column.model->default_aggregation) {
    case catalog::Aggregation::sum:
      return Aggregate::sum;
    case catalog::Aggregation::avg:
      return Aggregate::avg;
    case catalog::Aggregation::count:
      return Aggregate::count;
    case catalog::Aggregation::count_distinct:
      return Aggregate::count_distinct;
    case catalog::Aggregation::min:
      return Aggregate::min;
    case catalog::Aggregation::max:
      return Aggregate::max;
    case catalog::Aggregation::none:
      break;
  }
  return is_measure(column) ? Aggregate::sum : Aggregate::count_distinct;
}

// The word of a table's name that says what its rows are: "transactions" of
// wallet_transactions_daily.
const Token& head_word(const std::vector<Token>& name) {
  static const std::set<std::string_view> kTails = {
      "daily", "weekly", "monthly", "yearly",  "history", "log",      "logs",
      "data",  "table",  "records", "details", "list",    "snapshot", "snapshots"};
  std::size_t head = name.size() - 1;
  while (head > 0 && kTails.contains(name[head].word)) --head;
  return name[head];
}

Mention table_at(const Context& context, const Links& links, int token) {
  Mention best;
  if (token < 0 || token >= static_cast<int>(links.tokens.size())) return best;
  const auto consider = [&](std::size_t table, const std::vector<Token>& name) {
    int words = name.empty() ? 0 : spelled(links, token, name);
    if (says_joined(links.tokens[token], name)) {
      words = 1;
    } else if (words == 0 || words != static_cast<int>(name.size())) {
      return;
    }
    if (token + words <= best.last) return;
    best = {Named::table, static_cast<int>(table), Grain::none, token, token + words, 1.f};
  };
  for (std::size_t t = 0; t < context.tables().size(); ++t) {
    consider(t, context.tables()[t].words);
    for (const auto& other : context.tables()[t].others) consider(t, other);
  }
  return best;
}

Mention mention_at(const Context& context, const Links& links, int token) {
  Mention best;
  const int n = static_cast<int>(links.tokens.size());
  if (token < 0 || token >= n || links.tokens[token].symbol) return best;
  if (links.info[token].stop && links.tokens[token].word != "name") return best;
  const auto consider = [&best](Mention m) {
    if (m.score > best.score + 1e-4f) best = m;
  };
  for (std::size_t i = 0; i < context.metrics().size(); ++i) {
    for (const auto& name : context.metrics()[i].names) {
      const int words = spelled(links, token, name);
      if (words == static_cast<int>(name.size())) {
        consider({Named::metric, static_cast<int>(i), Grain::none, token, token + words,
                  1.1f + 0.15f * static_cast<float>(words - 1)});
      }
    }
  }
  for (std::size_t t = 0; t < context.tables().size(); ++t) {
    const TableEntry& table = context.tables()[t];
    int words = table.words.empty() ? 0 : spelled(links, token, table.words);
    bool whole = words > 0 && words == static_cast<int>(table.words.size());
    if (!whole && says_joined(links.tokens[token], table.words)) {
      words = 1;
      whole = true;
    }
    for (const auto& other : table.others) {
      if (links.tokens[token].word.ends_with("ed") && !other[0].word.ends_with("ed"))
        continue;  // "the recorded years" are no records
      const int said = spelled(links, token, other);
      if (said == static_cast<int>(other.size()) && said >= words) {
        words = said;
        whole = true;
      }
    }
    // "items" for order_items: the last word of a table's name stands for it, weaker. But "rows"
    // are those of any table.
    float score = whole ? 1.f : 0.f;
    if (!whole && table.words.size() > 1 && links.tokens[token].stem != "row" &&
        name_similarity(links.tokens[token], head_word(table.words)) >= 0.8f) {
      words = 1;
      score = 0.62f;
    }
    if (score == 0) continue;
    const int last = token + words;
    consider({Named::table, static_cast<int>(t), Grain::none, token, last,
              score + 0.12f * static_cast<float>(words - 1)});
    // "customer country", "product name": the table's word, then its column.
    for (int c = table.first_column; c < table.first_column + table.columns; ++c) {
      int end = last;
      const float said = last < n ? column_mention(context, links, c, last, end) : 0.f;
      if (said > (context.columns()[c].id_like ? 0.7f : 0.8f)) {
        consider({Named::column, c, Grain::none, token, end,
                  score + said * 0.3f + 0.12f * static_cast<float>(end - token - 1)});
      }
    }
  }
  for (std::size_t c = 0; c < context.columns().size(); ++c) {
    int last = token;
    const float score = column_mention(context, links, static_cast<int>(c), token, last);
    if (score > 0) consider({Named::column, static_cast<int>(c), Grain::none, token, last, score});
  }
  if (!best &&
      (links.tokens[token].word == "category" || links.tokens[token].word == "categories")) {
    // No column is called so: the one whose values are categories.
    for (std::size_t c = 0; c < context.columns().size(); ++c) {
      const ColumnEntry& column = context.columns()[c];
      if (column.kind != Kind::text || column.id_like || column.model->distinct < 2) continue;
      if (column.model->semantic_type == SemanticType::category) {
        consider({Named::column, static_cast<int>(c), Grain::none, token, token + 1, 0.5f});
      }
    }
  }
  const Grain grain = grain_named(links.tokens[token]);
  if (grain != Grain::none && best.score < 1.f && has_time(context)) {
    int last = token + 1;
    Mention m{Named::grain, -1, grain, token, last, 1.f};
    int week = last + 1;
    if (week < n && links.tokens[week].word == "the") ++week;
    if (grain == Grain::day && week < n && links.tokens[last].word == "of" &&
        links.tokens[week].word == "week") {
      m.grain = Grain::weekday;
      m.last = week + 1;
    }
    if (grain == Grain::month && week < n && links.tokens[last].word == "of" &&
        links.tokens[week].word == "year") {
      m.grain = Grain::month_name;
      m.last = week + 1;
    }
    best = m;
  }
  return best;
}

int label_column(const Context& context, int table) {
  const TableEntry& entry = context.tables()[table];
  if (context.keeps_records() && context.tables().size() == 1) {
    const int named = record_label(entry, context.columns());
    if (named >= 0) return named;
  }
  int best = -1, best_score = 0;
  for (int c = entry.first_column; c < entry.first_column + entry.columns; ++c) {
    const ColumnEntry& column = context.columns()[c];
    if (column.kind != Kind::text) continue;
    int score = 1;
    const auto semantic = column.model->semantic_type;
    if (semantic == SemanticType::name || semantic == SemanticType::person) score = 6;
    for (const Token& word : column.words) {
      if (word.word == "name" || word.word == "title") score = std::max(score, 5) + 2;
      if (word.word == "fname" || word.word == "forename") score = std::max(score, 5) + 1;
      if (word.word == "description" || word.word == "email") score = 0;
    }
    for (const Token& word : column.words) {
      for (const Token& own : entry.words) score += word.stem == own.stem;
    }
    // The column "player" of a table of players.
    if (!column.id_like && 20 * column.model->distinct >= 19 * entry.model->rows &&
        std::ranges::equal(column.words, entry.words, {}, &Token::stem, &Token::stem)) {
      score += 2;
    }
    if (semantic == SemanticType::category || semantic == SemanticType::text) score -= 1;
    if (score > best_score) {
      best_score = score;
      best = c;
    }
  }
  if (best >= 0 && best_score >= 3) return best;
  if (!entry.model->keys.empty()) {
    const int key = context.find_column(entry.model->name, entry.model->keys.front());
    if (key >= 0) return key;
  }
  return best >= 0 ? best : entry.first_column;
}

int time_column(const Context& context, int table) {
  if (table < 0) return -1;
  const auto own = [&context](int t) {
    const TableEntry& entry = context.tables()[t];
    if (entry.model->time_column) {
      const int c = context.find_column(entry.model->name, *entry.model->time_column);
      if (c >= 0 && context.columns()[c].kind == Kind::date) return c;
    }
    for (int c = entry.first_column; c < entry.first_column + entry.columns; ++c) {
      if (context.columns()[c].kind == Kind::date) return c;
    }
    return -1;
  };
  if (const int c = own(table); c >= 0) return c;
  int best = -1;
  std::size_t best_length = 99;
  for (std::size_t t = 0; t < context.tables().size(); ++t) {
    const auto path = join_path(context.model(), context.tables()[table].model->name,
                                context.tables()[t].model->name);
    if (!path || path->empty() || path->size() >= best_length) continue;
    if (std::ranges::any_of(*path, &JoinStep::multiplies)) continue;
    if (const int c = own(static_cast<int>(t)); c >= 0) {
      best = c;
      best_length = path->size();
    }
  }
  return best;
}

int summed_column(const Context& context, int metric) {
  const std::string& expression = context.metrics()[metric].model->expression;
  for (std::size_t c = 0; c < context.columns().size(); ++c) {
    const ColumnEntry& column = context.columns()[c];
    const std::string name = text::quote_identifier(context.tables()[column.table].model->name) +
                             "." + text::quote_identifier(column.model->name);
    if (expression == "sum(" + name + ")") return static_cast<int>(c);
  }
  return -1;
}

bool reachable(const Context& context, int from_table, int to_table) {
  if (from_table == to_table) return true;
  return join_path(context.model(), context.tables()[from_table].model->name,
                   context.tables()[to_table].model->name)
      .has_value();
}

Grain grain_of_name(const ColumnEntry& column) {
  if (column.kind != Kind::date || column.words.size() != 1) return Grain::none;
  const std::string& named = column.words[0].word;
  if (named == "year") return Grain::year;
  if (named == "month") return Grain::month;
  return named == "week" ? Grain::week : Grain::none;
}

}  // namespace sextant::ask

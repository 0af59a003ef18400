#include <algorithm>
#include <set>

#include "analysis/ask/candidates/lookup.h"
#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/clauses/parser.h"
#include "analysis/ask/linking/senses.h"
#include "analysis/ask/stable_sort.h"

namespace sextant::ask {

namespace {

constexpr float kTableNamed = 0.75f;  // a word that stands for rows is no part of a cell

constexpr double kPeriod = 2;  // what a time is worth, as learnt of values

struct Scored {
  const Option* option;
  double score;
  bool named;
};

bool quoted(const Links& links, const Option& option) {
  const auto start = links.tokens[option.first].start;
  const auto end = static_cast<std::size_t>(links.tokens[option.last - 1].end);
  const auto quote = [](char c) { return c == '"' || c == '\''; };
  return start > 0 && quote(links.question[static_cast<std::size_t>(start) - 1]) &&
         end < links.question.size() && quote(links.question[end]);
}

}  // namespace

// The token that names the column of a number: "department 80", "department number is not equal to
// 40".
int ClauseParser::header_before(const Option& option) const {
  int at = option.first - 1;
  while (is(at, {"to", "equal", "equals", "not", "does", "is", "number", "than"}) &&
         option.first - at < 7) {
    --at;
  }
  return at;
}

// The table that is spoken of last before the token; -1: none is.
int ClauseParser::table_before(int token) const {
  for (int i = token - 1; i >= 0; --i) {
    int best = -1;
    float said = kTableNamed;
    for (std::size_t t = 0; t < links_.table_match.size(); ++t) {
      if (links_.table_match[t][i] < said || links_.info[i].stop) continue;
      if (best >= 0 && links_.table_match[t][i] == said && table_score_[t] <= table_score_[best])
        continue;
      best = static_cast<int>(t);
      said = links_.table_match[t][i];
    }
    if (best >= 0) return best;
  }
  return -1;
}

// "in San Francisco", "on Main St": a value of a column of places.
bool ClauseParser::says_where(const Option& option) const {
  const int before = option.first - 1 - (is(option.first - 1, {"the"}) ? 1 : 0);
  if (!is(before, {"in", "on", "at", "near", "from"})) return false;
  return std::ranges::any_of(column(option.column).words, [](const Token& w) {
    static const std::vector<std::string_view> kPlaces = {
        "city", "county", "region", "state", "country", "town", "area", "district", "street"};
    return std::ranges::find(kPlaces, w.word) != kPlaces.end();
  });
}

// Whether what is compared is named just before the comparison, and another name stands between a
// figure and it: "average enrollment of universities founded before 1850".
bool ClauseParser::named_apart(int column, int figure, int comparison) const {
  int at = comparison - 1;
  while (at > figure && links_.info[at].stop) --at;
  if (at <= figure || links_.match[column][at] < 0.75f) return false;
  while (at > figure && links_.match[column][at - 1] >= 0.75f) --at;
  for (int i = figure; i < at; ++i) {
    for (const auto& match : links_.match) {
      if (match[i] >= 0.9f && links_.match[column][i] < 0.75f) return true;
    }
  }
  return false;
}

// "transaction notifications": a kind of the rows that are named next, though other rows are called
// like it.
bool ClauseParser::tells_rows_apart(const Option& option) const {
  const int table = column(option.column).table;
  return option.last < size() && links_.table_match[table][option.last] >= 0.9f &&
         links_.table_match[table][option.first] < 0.8f &&
         column(option.column).model->distinct <= 12;
}

// Whether the value is a capital letter after the column's name, in a list of such letters.
bool ClauseParser::names_letter(const Option& option) const {
  const auto is_letter = [&](int i) { return word(i).size() == 1 && capital(i); };
  if (option.last != option.first + 1 || !is_letter(option.first)) return false;
  int at = option.first - 1;
  while (at > 0 && (is(at, {"or", "and", ",", "of", "is", "an", "a", "the"}) || is_letter(at)))
    --at;
  return at >= 0 && links_.match[option.column][at] >= 0.9f;
}

// Whether what stands just beside is a value of the same table too: "Fall 2009".
bool ClauseParser::beside_own_value(const Option& option) const {
  return std::ranges::any_of(links_.options, [&](const Option& other) {
    if (column(other.column).table != column(option.column).table ||
        other.column == option.column || other.op != Operator::equal ||
        (other.evidence != Evidence::exact && !other.year_like)) {
      return false;
    }
    const bool after = other.first >= option.last;
    int at = after ? option.last : other.last;
    const int until = after ? other.first : option.first;
    if (until < at || until - at > 2) return false;
    while (at < until && is(at, {"of", "in", "the", "year"})) ++at;
    return at == until;
  });
}

// The conditions: values, numbers and periods, the best first.
void ClauseParser::choose_conditions() {
  const QuestionFrame frame = frame_question(context_, links_);
  std::vector<Scored> scored;
  for (const Option& option : links_.options) {
    if (option.unsaid_id || !all_free(option.first, option.last)) continue;
    const ColumnEntry& entry = column(option.column);
    const bool in_quotes = quoted(links_, option);
    const int left =
        option.cue_first >= 0 ? std::min(option.cue_first, option.first) : option.first;
    bool named = false, beside = false;
    std::vector<bool> words_said(entry.words.size(), false);
    int said = 0;
    float nearest = 9;
    for (int i = std::max(0, left - 5); i < std::min(size(), option.last + 3); ++i) {
      if (i >= left && i < option.last) continue;
      if (links_.match[option.column][i] >= 0.75f && !links_.info[i].in_value) {
        named = true;
        const int said_word = links_.match_word[option.column][i];
        if (said_word < 0) {
          said = static_cast<int>(entry.words.size());
        } else if (!words_said[said_word]) {
          words_said[said_word] = true;
          ++said;
        }
        nearest = std::min(nearest, static_cast<float>(i < left ? left - i : i - option.last + 1));
        beside = beside || (i >= left - 3 && i <= option.last);
      }
    }
    float coverage =
        std::min(1.f, static_cast<float>(said) / static_cast<float>(entry.words.size()));
    if (option.evidence == Evidence::partial && !in_quotes && !(named && beside)) continue;
    if (option.evidence == Evidence::partial && option.last - option.first == 1 &&
        word(option.first).size() == 1 && !in_quotes) {
      continue;
    }
    // "Return users …" asks; it is no value.
    if (option.first == 0 && option.last == 1 && !in_quotes &&
        is(0, {"return", "show", "list", "find", "give", "display", "count", "get", "tell"})) {
      continue;
    }
    // A common noun is no part of a cell: "the start day", where a name says "Latter Day".
    if (option.evidence == Evidence::partial && option.last - option.first == 1 && !in_quotes &&
        !capital(option.first) && !senses_of(word(option.first)).empty() &&
        !is(option.first - 1, {"named", "called", "like", "contains", "containing", "contain"})) {
      continue;
    }
    if (option.evidence == Evidence::partial && option.last - option.first == 1 &&
        is(option.first, {"eat", "find", "buy", "get", "have", "go", "see"})) {
      continue;
    }
    if (option.evidence == Evidence::partial || option.evidence == Evidence::fuzzy) {
      bool names = false;
      for (int i = option.first; i < option.last && !in_quotes; ++i) {
        for (const auto& match : links_.match) names = names || match[i] >= 0.9f;
        const float named = option.evidence == Evidence::partial ? kTableNamed : 0.9f;
        for (const auto& match : links_.table_match) names = names || match[i] >= named;
      }
      if (names) continue;
    }
    if (option.evidence == Evidence::fuzzy && option.last - option.first < 2 &&
        !capital(option.first)) {
      continue;
    }
    // "a grade of A or C": letters that stand for values where their column is said.
    const bool letter = names_letter(option);
    beside = beside || letter;
    const bool all_capitals =
        links_.question.size() > static_cast<std::size_t>(links_.tokens[option.first].start) + 1 &&
        capital(option.first) && links_.tokens[option.first].word.size() > 1 &&
        links_.question[static_cast<std::size_t>(links_.tokens[option.first].start) + 1] < 'a';
    if (option.last - option.first == 1 && links_.info[option.first].stop && !in_quotes &&
        !all_capitals && !letter && option.evidence == Evidence::exact) {
      continue;
    }
    if (option.last - option.first == 1 && links_.tokens[option.first].word.size() == 1 &&
        !in_quotes && option.evidence == Evidence::exact) {
      if (!beside) continue;
    }
    if (reserved_[option.first]) continue;  // "the 3 largest"
    // "at least two allergies": a condition on each group, not on a key.
    if ((option.evidence == Evidence::compare || option.evidence == Evidence::number) &&
        counts_rows(option)) {
      continue;
    }
    // "more than 50 capacity": what the number is of stands after it.
    if (option.evidence == Evidence::compare && option.last < size() &&
        links_.match[option.column][option.last] < 0.55f) {
      bool after = false;
      for (std::size_t c = 0; c < context_.columns().size(); ++c) {
        const ColumnEntry& other = column(static_cast<int>(c));
        after = after || (other.table == entry.table && other.words.size() == 1 &&
                          is_measure(other) && links_.match[c][option.last] >= 0.9f);
      }
      if (after) continue;
    }
    // "older than 20": the column that the adjective speaks of.
    if (option.evidence == Evidence::compare) {
      int spoken_of = -1;
      for (int i = std::max(0, left - 1); i < option.first && spoken_of < 0; ++i) {
        if (const int c = column_for_adjective(word(i), entry.table);
            c >= 0 && column(c).table == entry.table) {
          spoken_of = c;
        }
      }
      // "students under 20": their age.
      if (spoken_of < 0 && is(left, {"under", "over", "above", "below"}) && left > 0 &&
          links_.table_match[entry.table][left - 1] >= 0.75f && entry.words.size() == 1 &&
          entry.words[0].stem == "age") {
        spoken_of = option.column;
      }
      const int said_at = left - 1 - (is(left - 1, {"is", "are", "was", "were"}) ? 1 : 0);
      const bool said_directly = said_at >= 0 && links_.match[option.column][said_at] >= 0.75f;
      if (spoken_of == option.column) {
        named = beside = true;
        coverage = 1;
        nearest = 1;
      } else if (spoken_of >= 0 && !said_directly) {
        continue;
      }
    }
    const bool compared = option.evidence == Evidence::number &&
                          std::ranges::any_of(links_.options, [&](const Option& o) {
                            return o.evidence == Evidence::compare && o.first == option.first;
                          });
    if (compared) continue;
    // "order 3", "customer number 12": by the key.
    const int owner =
        option.first - 1 - (is(option.first - 1, {"id", "number", "no", "#"}) ? 1 : 0);
    if (option.evidence == Evidence::number && option.op == Operator::equal && owner >= 0 &&
        key_column(entry.table) == option.column &&
        links_.table_match[entry.table][owner] >= 0.9f) {
      named = beside = true;
      coverage = 1;
    }
    // "in department 80": the number of what is named before it.
    const bool same = option.evidence == Evidence::number && option.op == Operator::equal;
    const bool other = option.evidence == Evidence::compare && option.op == Operator::not_equal;
    if ((same || other) && entry.id_like && entry.words.size() > 1 &&
        (entry.words.back().word == "id" || entry.words.back().word == "number" ||
         entry.words.back().word == "no") &&
        header_before(option) >= 0 && links_.match[option.column][header_before(option)] >= 0.8f &&
        links_.match_word[option.column][header_before(option)] + 1 <
            static_cast<int>(entry.words.size())) {
      named = beside = true;
      coverage = 1;
    }
    if (option.evidence == Evidence::number && (!named || option.op != Operator::equal) &&
        !(option.year_like && entry.kind == Kind::number)) {
      continue;
    }
    // "before 2000": of the year, though it is not said.
    if (option.evidence == Evidence::compare && !named && !entry.id_like &&
        std::ranges::any_of(entry.words, [](const Token& w) { return w.word == "year"; }) &&
        is(left, {"before", "after", "since", "until", "later", "earlier", "prior", "past"}) &&
        option.values[0].is_number() && option.values[0].to_number<double>() >= 1000 &&
        option.values[0].to_number<double>() <= 2100) {
      named = beside = true;
      coverage = 0.7f;
    }
    if (option.evidence == Evidence::compare || option.evidence == Evidence::number) {
      if (entry.id_like && (!named || coverage < 0.9f)) continue;
      if (!named && entry.kind != Kind::date && !option.year_like) continue;
    }
    const bool plain_word = option.evidence == Evidence::exact && !in_quotes &&
                            option.last - option.first == 1 && !capital(option.first);
    if (plain_word) {
      // A word that names a table or a column is rather that.
      float name = 0;
      for (const auto& match : links_.table_match) name = std::max(name, match[option.first]);
      for (std::size_t c = 0; c < context_.columns().size(); ++c) {
        const float all =
            links_.match[c][option.first] /
            static_cast<float>(std::max<std::size_t>(1, column(static_cast<int>(c)).words.size()));
        name = std::max(name, all);
      }
      if (name >= 0.9f && !beside && !tells_rows_apart(option)) continue;
      if (is(option.first,
             {"most",  "least", "all",  "total",  "average",   "many", "each",  "one",    "two",
              "three", "four",  "five", "first",  "last",      "all",  "other", "single", "name",
              "new",   "old",   "both", "same",   "different", "x",    "y",     "bar",    "line",
              "pie",   "asc",   "desc", "a",      "i",         "more", "less",  "above",  "below",
              "over",  "under", "than", "higher", "lower"})) {
        continue;
      }
      // "participant type" names the column, though a cell is "Participant".
      if (links_.match[option.column][option.first] >= 0.9f && entry.words.size() > 1) continue;
    }
    double score = 2.0 * (option.last - option.first);
    if (option.evidence == Evidence::period) {
      // That no row is of the time says nothing of what is meant.
      score += kPeriod + (option.column == date_spoken_of(table_before(option.first)) ? 3 : 0);
    } else {
      FeatureSink sink(weights_);
      option_features(frame, option, sink);
      score += 0.5 * sink.score();
    }
    if (named) score += 3 + 3 * coverage - 0.3 * nearest + 0.5 * (std::min(said, 4) - 1);
    if (beside) score += 1;
    if (in_quotes) score += 6;
    if (option.evidence == Evidence::exact && says_where(option)) score += 2;
    if (option.evidence == Evidence::exact && places_ && says_where(option) &&
        entry.table == places_->addresses) {
      score += 5;
    }
    score += 3.0 * table_score_[entry.table];
    if (option.evidence == Evidence::exact && beside_own_value(option)) score += 2;
    if (option.evidence == Evidence::exact) score += 3;
    if (option.subspan) score -= 5;
    if (entry.id_like && !named) score -= 1;
    if (option.evidence == Evidence::compare && !is_measure(entry)) score -= 1;
    if (score < 0 && !in_quotes) continue;
    scored.push_back({&option, score, named});
  }
  std::ranges::sort(scored, [](const Scored& a, const Scored& b) {
    return a.score != b.score ? a.score > b.score : a.option < b.option;
  });
  for (const auto& [option, score, named] : scored) {
    const int first =
        option->cue_first >= 0 ? std::min(option->cue_first, option->first) : option->first;
    const int last = std::max(option->last, option->cue_last);
    if (!all_free(first, last)) continue;
    // "more than 3 orders": a condition on each group.
    if (option->evidence == Evidence::compare && !named) {
      const int at = skip(option->last, {"the", "different", "distinct"});
      const NameUse* counted = name_at(at);
      if (counted && counted->table) continue;
      if (is(at, {"times", "time", "records", "entries", "rows"})) continue;
    }
    const bool in_time =
        option->year_like && is(first, {"before", "after", "since", "until", "from", "prior"});
    if (option->evidence == Evidence::compare && !in_time) {
      // "average price above 5" compares each group's average.
      bool figure = false;
      for (int i = std::max(0, first - 6); i < first && !figure; ++i) {
        figure = is(i, {"average", "avg", "mean", "total", "sum", "maximum", "minimum"}) &&
                 !taken_[i] && !is(i + 1, {"number"}) && links_.match[option->column][i] < 0.75f &&
                 !named_apart(option->column, i + 1, first);
      }
      int grouped = 0;
      for (int i = 0; i < size(); ++i) grouped += is(i, {"average", "avg", "mean", "total", "sum"});
      if (figure && grouped > 0) continue;
    }
    Condition condition = to_condition(frame, *option);
    bool negated = condition.op == Operator::not_equal;
    if (negated) condition.op = Operator::equal;
    int header = first;
    for (int i = first - 1; i >= 0 && i >= first - 7; --i) {
      if ((is(i, {"not", "never", "except", "excluding", "without", "no", "neither", "nor",
                  "besides", "outside"}) ||
           denies(i) || (is(i, {"non"}) && first - i <= 2)) &&
          !is_number_sign(i)) {
        negated = true;
        take(i, i + 1);
        break;
      }
      if (is(i, {"and", "or", ","}) && i < first - 1 && !is(first - 1, {"or", "nor"})) break;
    }
    // The words that name the column just before or after the value.
    std::set<int> said_words;
    for (int i = first - 1; i >= 0 && i >= first - 5; --i) {
      const bool small =
          is(i, {"is", "are",    "was",    "were",  "of",  "the",   "with",   "equal",  "equals",
                 "to", "named",  "called", "a",     "an",  "has",   "have",   "having", "as",
                 "in", "either", "both",   "whose", "not", "value", "values", "\"",     "'",
                 "=",  "from",   "being",  "than",  "id",  "that",  "which"});
      const bool names = links_.match[option->column][i] >= 0.55f ||
                         links_.table_match[column(option->column).table][i] >= 0.8f;
      if (!small && !names) break;
      const int before = links_.match_word[option->column][std::max(0, i - 1)];
      // "the population of districts with a population above 5": the first is asked for; but "the
      // role with code 3" is one name.
      if (header < first && is(i, {"with", "whose", "having", "has", "have", "that", "which"}) &&
          (i == 0 || links_.match[option->column][i - 1] < 0.55f || said_words.contains(before) ||
           links_.table_match[column(option->column).table][i - 1] >= 0.75f)) {
        break;
      }
      if (links_.match[option->column][i] >= 0.55f) {
        said_words.insert(links_.match_word[option->column][i]);
        header = i;
      }
    }
    // "department number does not equal to 40"
    if (const int at = header_before(*option);
        condition.op == Operator::equal && condition.values[0].is_number() && at >= 0 &&
        at < header && links_.match[option->column][at] >= 0.8f) {
      header = at;
      take(at, first);
    }
    for (int i = header; i < first; ++i) {
      if (links_.match[option->column][i] >= 0.55f) take(i, i + 1);
    }
    for (int i = last; i < std::min(size(), last + 2); ++i) {
      // "in the Accounting department"
      const int before = first - 1 - (is(first - 1, {"the"}) ? 1 : 0);
      if (links_.match[option->column][i] < 0.75f && i == last &&
          is(before, {"in", "of", "from", "by", "at", "for", "with", "under"}) &&
          links_.table_match[column(option->column).table][i] >= 0.8f) {
        take(i, i + 1);
        break;
      }
      if (links_.match[option->column][i] < 0.75f) {
        if (!is(i, {"\"", "'"})) break;
        continue;
      }
      take(i, i + 1);
    }
    take(first, last);
    if (is(first - 1, {"named", "called", "titled", "equals", "equal"})) take(first - 1, first);
    bool merged = false;
    for (Filter& filter : reading_.filters) {
      const Condition& other = filter.any_of.front();
      if (condition.op == Operator::equal && other.op == Operator::equal &&
          other.table == condition.table && other.column == condition.column &&
          filter.negated == negated) {
        const bool known = std::ranges::any_of(
            filter.any_of, [&](const Condition& c) { return c.values == condition.values; });
        if (!known) filter.any_of.push_back(condition);
        std::ranges::sort(filter.any_of, {},
                          [](const Condition& c) { return c.span ? c.span->start : 0; });
        merged = true;
        break;
      }
    }
    if (!merged) {
      table_score_[column(option->column).table] += 0.25f;
      reading_.filters.push_back({{std::move(condition)}, negated});
    }
  }
  stable_sort_by(reading_.filters, [](const Filter& a, const Filter& b) {
    const auto at = [](const Filter& f) {
      return f.any_of.front().span ? f.any_of.front().span->start : 0;
    };
    return at(a) < at(b);
  });
  join_alternatives();
  for (int i = 0; i < size(); ++i) {
    if (is(i, {"both", "shared", "common"})) intersect_ = true;
    if (is(i, {"both", "shared"})) take(i, i + 1);
  }
}

}  // namespace sextant::ask

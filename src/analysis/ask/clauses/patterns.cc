#include <algorithm>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/clauses/parser.h"

namespace sextant::ask {

// "commission is not null", "whose address is missing".
void ClauseParser::find_missing() {
  for (int i = 2; i < size(); ++i) {
    if (!is(i, {"null", "missing", "empty", "unknown"}) || taken_[i]) continue;
    int at = i - 1;
    bool negated = false;
    while (at > 0 && is(at, {"is", "are", "not", "was", "were", "be", "equal", "to", "does", "a",
                             "that", "which"})) {
      negated = negated || is(at, {"not"});
      --at;
    }
    if (at == i - 1) continue;
    // "ignore movies whose director is null"
    for (int b = std::max(0, at - 5); b < at; ++b) {
      if (!is(b, {"ignore", "ignoring", "exclude", "excluding", "skip", "skipping"})) continue;
      negated = !negated;
      take(b, b + 1);
    }
    int best = -1;
    float score = 0.5f;
    for (std::size_t c = 0; c < context_.columns().size(); ++c) {
      const float value =
          links_.match[c][at] / static_cast<float>(column(static_cast<int>(c)).words.size()) +
          0.5f * table_score_[column(static_cast<int>(c)).table];
      if (links_.match[c][at] >= 0.55f && value > score) {
        score = value;
        best = static_cast<int>(c);
      }
    }
    if (best < 0) continue;
    Condition condition{context_.tables()[column(best).table].model->name, column(best).model->name,
                        negated ? Operator::not_null : Operator::is_null};
    condition.span = span(at, i + 1);
    reading_.filters.push_back({{std::move(condition)}, false});
    take(at, i + 1);
  }
}

// "students who have declared a major", where some have none: the column has a value.
void ClauseParser::find_given() {
  for (int i = 1; i + 1 < size(); ++i) {
    if (!is(i, {"have", "has", "had"}) || taken_[i]) continue;
    const bool negated = is(i + 1, {"not", "never"});
    const int verb = negated ? i + 2 : i + 1;
    if (!is(verb, {"declared", "given", "provided", "recorded", "listed", "specified", "entered",
                   "chosen", "set", "registered"})) {
      continue;
    }
    for (std::size_t c = 0; c < context_.columns().size(); ++c) {
      const ColumnEntry& entry = column(static_cast<int>(c));
      const bool missing = entry.sample && std::ranges::any_of(*entry.sample, [](const Cell& cell) {
                             return std::holds_alternative<std::monostate>(cell);
                           });
      if (!missing) continue;
      int last = -1;
      const bool whole = std::ranges::all_of(entry.words, [&](const Token& word) {
        for (int at = verb; at < std::min(size(), verb + 5); ++at) {
          if (name_similarity(links_.tokens[at], word) < 0.9f) continue;
          last = std::max(last, at);
          return true;
        }
        return false;
      });
      if (!whole || last <= verb) continue;
      Condition condition{context_.tables()[entry.table].model->name, entry.model->name,
                          negated ? Operator::is_null : Operator::not_null};
      condition.span = span(verb, last + 1);
      reading_.filters.push_back({{std::move(condition)}, false});
      take(negated ? i + 1 : verb, last + 1);
      break;
    }
  }
}

// "male", "women": where the data has M and F, or other words for them.
void ClauseParser::find_sexes() {
  for (int i = 0; i < size(); ++i) {
    const bool male = is(i, {"male", "males", "man", "men", "boy", "boys"});
    const bool female = is(i, {"female", "females", "woman", "women", "girl", "girls"});
    if ((!male && !female) || taken_[i] || context_.find_value(word(i))) continue;
    const auto* values = context_.find_value(male ? "m" : "f");
    if (!values) values = context_.find_value(male ? "male" : "female");
    if (!values) continue;
    int best = -1;
    float score = -1;
    for (const int v : *values) {
      const int c = context_.values()[v].column;
      const bool named = std::ranges::any_of(
          column(c).words, [](const Token& w) { return w.word == "sex" || w.word == "gender"; });
      if (named && table_score_[column(c).table] > score) {
        score = table_score_[column(c).table];
        best = v;
      }
    }
    if (best < 0) continue;
    const auto& value = context_.values()[best];
    Condition condition{context_.tables()[column(value.column).table].model->name,
                        column(value.column).model->name, Operator::equal};
    condition.values.emplace_back(value.value);
    condition.span = span(i, i + 1);
    take(i, i + 1);
    // "male and female students": each of the two.
    if (!reading_.filters.empty() && is(i - 1, {"and"})) {
      const Condition& other = reading_.filters.back().any_of.front();
      // "that have both men and women"
      const bool both = is(i - 3, {"both"}) && is(i - 4, {"have", "has", "with", "having", "had"});
      if (!both && other.column == condition.column && other.table == condition.table &&
          other.values != condition.values) {
        reading_.filters.pop_back();
        groups_.push_back({Aggregate::none, value.column, column(value.column).table, i, i + 1});
        continue;
      }
    }
    reading_.filters.push_back({{std::move(condition)}, false});
  }
}

namespace {

constexpr std::size_t kLongestCode = 24;  // bytes
constexpr std::int64_t kFewCodes = 50;    // different values of a column

// "AsstProf" in its parts.
std::vector<std::string> camel_parts(const std::string& value) {
  std::vector<std::string> parts;
  for (const char c : value) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (!upper && !(c >= 'a' && c <= 'z')) return {};
    if (upper) parts.emplace_back();
    if (parts.empty()) return {};
    parts.back() += static_cast<char>(upper ? c + 32 : c);
  }
  return parts;
}

// How well the part stands for the word: 2 when it begins it, 1 when its letters come in this
// order, 0 else.
int shortens(const std::string& part, const std::string& word) {
  if (part.size() < 3 || part.size() >= word.size() || part[0] != word[0]) return 0;
  if (word.starts_with(part)) return 2;
  std::size_t at = 0;
  for (const char c : word) at += at < part.size() && part[at] == c ? 1 : 0;
  return at == part.size() ? 1 : 0;
}

}  // namespace

// "assistant professors" where the data says AsstProf.
void ClauseParser::find_shortened() {
  int best = 0, at = -1, words = 0;
  const ValueEntry* meant = nullptr;
  for (const ValueEntry& entry : context_.values()) {
    if (entry.value.size() > kLongestCode || column(entry.column).model->distinct > kFewCodes)
      continue;
    const auto parts = camel_parts(entry.value);
    const int n = static_cast<int>(parts.size());
    for (int i = 0; n > 1 && i + n <= size(); ++i) {
      if (!all_free(i, i + n)) continue;
      int score = 0;
      for (int k = 0; k < n && score >= 0; ++k) {
        const int fits = shortens(parts[static_cast<std::size_t>(k)], word(i + k));
        score = fits == 0 ? -1 : score + fits;
      }
      if (score <= best) continue;
      best = score;
      at = i;
      words = n;
      meant = &entry;
    }
  }
  if (!meant) return;
  const ColumnEntry& entry = column(meant->column);
  Condition condition{context_.tables()[entry.table].model->name, entry.model->name,
                      Operator::equal};
  condition.values.emplace_back(meant->value);
  condition.span = span(at, at + words);
  reading_.filters.push_back({{std::move(condition)}, false});
  take(at, at + words);
}

// Quoted words that are said to be in a name: "'Express' in their names". The token after them.
int ClauseParser::quoted_part(int token) const {
  const auto from = static_cast<std::size_t>(links_.tokens[token].start);
  if (from == 0 || links_.tokens[token].symbol) return 0;
  const char quote = links_.question[from - 1];
  if (quote != '"' && quote != '\'') return 0;
  const auto close = links_.question.find(quote, from);
  if (close == std::string::npos) return 0;
  int end = token + 1;
  while (end < size() && static_cast<std::size_t>(links_.tokens[end].end) <= close) ++end;
  end = skip(end, {"\"", "'"});
  // "named 'Jo' in the month of May" names the row.
  int before = token - 1;
  while (is(before, {"\"", "'"})) --before;
  if (is(before, {"name", "named", "called", "titled"})) return 0;
  return is(end, {"in"}) && is(end + 1, {"their", "its", "his", "her", "the"}) ? end : 0;
}

// Words in quotes that are part of a cell: "containing the substring 'Ha'", "starts with".
void ClauseParser::find_patterns() {
  for (int i = 0; i < size(); ++i) {
    Operator op = Operator::contains;
    int at = i;
    if (is(i, {"contain", "contains", "containing", "include", "includes", "including", "substring",
               "phrase", "letter", "letters", "word", "string", "like"})) {
      ++at;
    } else if (is(i, {"start", "starts", "starting", "begin", "begins", "beginning", "prefix"})) {
      op = Operator::starts_with;
      ++at;
    } else if (is(i, {"end", "ends", "ending", "suffix"})) {
      op = Operator::ends_with;
      ++at;
    } else if (const int close = quoted_part(i); close > 0) {
      at = i;
    } else {
      continue;
    }
    // "the letter a" is no article.
    const auto one_letter = [&](int token) {
      return token < size() && !links_.tokens[token].symbol &&
             links_.tokens[token].word.size() == 1 &&
             is(token - 1, {"letter", "letters", "character"});
    };
    while (!one_letter(at) &&
           is(at, {"the", "a", "with", "substring", "word", "letter", "letters", "character",
                   "characters", "string", "phrase", "text", "of", "\"", "'", "in", "by"})) {
      ++at;
    }
    for (int t = i + 1; t < std::min(size(), i + 8); ++t) {
      const auto from = static_cast<std::size_t>(links_.tokens[t].start);
      if (!links_.tokens[t].symbol && from > 0 &&
          (links_.question[from - 1] == '"' || links_.question[from - 1] == '\'')) {
        at = t;
        break;
      }
    }
    const bool in_name = op == Operator::contains && quoted_part(i) > 0;
    if (at >= size() || (at == i && !in_name) || !all_free(i, at + 1) || links_.tokens[at].symbol)
      continue;
    const auto start = static_cast<std::size_t>(links_.tokens[at].start);
    const bool literal =
        one_letter(at) ||
        (start > 0 && (links_.question[start - 1] == '"' || links_.question[start - 1] == '\'')) ||
        (capital(at) && is(at - 1, {"letter", "letters", "contain", "contains", "containing",
                                    "with", "substring", "word"}));
    if (!literal) continue;
    Filter filter;
    int last = at;
    while (last < size()) {
      // Everything up to the closing quote.
      int end = last + 1;
      const auto from = static_cast<std::size_t>(links_.tokens[last].start);
      if (from > 0 && (links_.question[from - 1] == '"' || links_.question[from - 1] == '\'')) {
        const auto close = links_.question.find(links_.question[from - 1], from);
        while (end < size() && close != std::string::npos &&
               static_cast<std::size_t>(links_.tokens[end].end) <= close)
          ++end;
      }
      Condition condition;
      condition.op = op;
      condition.values.emplace_back(links_.question.substr(
          from, static_cast<std::size_t>(links_.tokens[end - 1].end) - from));
      condition.span = span(i, end);
      filter.any_of.push_back(condition);
      last = skip(end, {"\"", "'"});
      if (!is(last, {"or"})) break;
      last = skip(last + 1, {"the", "letter", "\"", "'"});
    }
    // The column: named before, or after "in their …".
    int column_id = -1;
    float best = 0;
    for (std::size_t c = 0; c < context_.columns().size(); ++c) {
      if (column(static_cast<int>(c)).kind != Kind::text) continue;
      for (int t = std::max(0, i - 6); t < std::min(size(), last + 5); ++t) {
        if (t >= i && t < last) continue;
        const auto& words = column(static_cast<int>(c)).words;
        int said = 0;
        // "in their names": what the rows are called.
        const int table = column(static_cast<int>(c)).table;
        const bool told = t > 0 && std::ranges::any_of(links_.match, [t](const auto& match) {
                            return match[t - 1] >= 0.8f && match[t] >= 0.55f;  // "last name"
                          });
        if (is(t, {"name", "names"}) && !told &&
            label_column(context_, table) == static_cast<int>(c)) {
          said = static_cast<int>(words.size()) - 1;
        }
        for (int u = t; u < std::min(size(), t + 3); ++u) said += links_.match[c][u] >= 0.8f;
        const float distance = static_cast<float>(t < i ? i - t : t - last);
        const float share =
            std::min(1.f, static_cast<float>(said) / static_cast<float>(words.size()));
        const float score = links_.match[c][t] * share +
                            0.3f * table_score_[column(static_cast<int>(c)).table] -
                            0.02f * distance;
        if (links_.match[c][t] >= 0.55f && score > best) {
          best = score;
          column_id = static_cast<int>(c);
        }
      }
    }
    if (column_id < 0) continue;
    for (Condition& condition : filter.any_of) {
      condition.table = context_.tables()[column(column_id).table].model->name;
      condition.column = column(column_id).model->name;
    }
    for (int t = std::max(0, i - 6); t < i; ++t) {
      filter.negated = filter.negated || is(t, {"not", "no", "never", "without"});
      if (filter.negated && is(t, {"not", "no", "never", "without"})) take(t, t + 1);
    }
    filter.negated = filter.negated || is(i - 1, {"without"});
    for (int t = std::max(0, i - 3); t < std::min(size(), last + 4); ++t) {
      if (links_.match[column_id][t] >= 0.55f) take(t, t + 1);
    }
    take(i, last);
    reading_.filters.push_back(std::move(filter));
  }
}

}  // namespace sextant::ask

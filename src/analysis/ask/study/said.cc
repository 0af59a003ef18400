#include "analysis/ask/study/said.h"

#include <algorithm>
#include <cstdlib>
#include <unordered_set>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/linking/records.h"

namespace sextant::ask {

namespace {

constexpr int kLongest = 8;  // words of a name

// Words that speak of columns and rows as such; names only when they are quoted.
const std::unordered_set<std::string_view> kGeneric = {
    "column",  "columns", "data",  "dataset", "value",  "values",  "feature",    "features",
    "number",  "rows",    "row",   "table",   "record", "records", "variables",  "variable",
    "numbers", "count",   "level", "score",   "type",   "file",    "information"};

// Names of each column without anything but letters and digits.
std::vector<std::vector<std::string>> squeezed_names(const Context& context) {
  std::vector<std::vector<std::string>> names;
  for (const ColumnEntry& column : context.columns()) {
    std::vector<std::string> own{squeeze(column.model->original_name), squeeze(column.model->name)};
    if (own[0] == own[1]) own.pop_back();
    for (const auto& synonym : column.model->synonyms) own.push_back(squeeze(synonym));
    names.push_back(std::move(own));
  }
  return names;
}

bool quoted(const Links& links, int first, int last) {
  const auto byte = [&](std::int64_t at) {
    return at >= 0 && at < static_cast<std::int64_t>(links.question.size())
               ? links.question[static_cast<std::size_t>(at)]
               : ' ';
  };
  const char before = byte(links.tokens[first].start - 1), after = byte(links.tokens[last - 1].end);
  return (before == '"' || before == '\'' || before == '`' || before == '(') &&
         (after == '"' || after == '\'' || after == '`' || after == ')' || after == ',');
}

}  // namespace

std::string squeeze(std::string_view text) {
  std::string out;
  for (const Token& token : tokenise(text)) {
    if (token.symbol) continue;
    for (const char c : token.word) {
      if (c != '.') out += c;
    }
  }
  return out;
}

bool abbreviates(std::string_view name, const std::vector<std::string>& words) {
  if (words.size() < 2) return false;
  // reached[k]: the first k letters are made of the words so far.
  std::vector<bool> reached(name.size() + 1, false);
  reached[0] = true;
  for (const std::string& word : words) {
    std::vector<bool> next(name.size() + 1, false);
    for (std::size_t k = 0; k < name.size(); ++k) {
      if (!reached[k]) continue;
      for (std::size_t n = 1; n <= word.size() && k + n <= name.size(); ++n) {
        if (name[k + n - 1] != word[n - 1]) break;
        next[k + n] = true;
      }
    }
    reached = std::move(next);
  }
  return reached[name.size()];
}

std::optional<double> leading_number(std::string_view text) {
  std::string digits;
  bool point = false;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (c == '.' && !point && !digits.empty()) {
      point = true;
      digits += c;
    } else if (c == ',' && !digits.empty()) {
      continue;
    } else if ((c == ' ' || c == '$') && digits.empty()) {
      continue;
    } else if ((c == '-' || c == '+') && digits.empty()) {
      digits += c;
    } else {
      break;
    }
  }
  if (digits.find_first_of("0123456789") == std::string::npos) return std::nullopt;
  return std::strtod(digits.c_str(), nullptr);
}

bool computable(const ColumnEntry& column) {
  if (column.kind == Kind::number || column.kind == Kind::boolean) return true;
  if (column.kind != Kind::text || !column.sample) return false;
  std::size_t numbers = 0, texts = 0;
  for (const Cell& cell : *column.sample) {
    const auto* text = std::get_if<std::string>(&cell);
    if (!text || text->empty()) continue;
    ++texts;
    numbers += leading_number(*text).has_value();
  }
  return texts > 0 && 2 * numbers > texts;
}

std::vector<Sentence> sentences_of(const Context& context, const Links& links) {
  const auto names = squeezed_names(context);
  const int n = static_cast<int>(links.tokens.size());
  std::vector<Sentence> sentences;
  const auto find_at = [&](int at, int end) -> SaidColumn {
    SaidColumn best;
    std::vector<std::string> words;
    std::string run;
    for (int last = at; last < std::min(end, at + kLongest); ++last) {
      const Token& token = links.tokens[last];
      if (token.symbol) {
        if (token.word == "&" || token.word == "%" || token.word == "#") continue;
        break;
      }
      words.push_back(token.word);
      run += squeeze(token.word);
      const bool generic = words.size() == 1 && kGeneric.contains(token.word);
      if (generic && !quoted(links, at, last + 1)) continue;
      for (std::size_t c = 0; c < names.size(); ++c) {
        for (const std::string& name : names[c]) {
          if (name == run && (name.size() > 1 || quoted(links, at, last + 1))) {
            best = {static_cast<int>(c), at, last + 1, true};
          } else if (!best.literal && name.size() >= 4 && !is_stopword(words[0]) &&
                     !is_stopword(token.word) && abbreviates(name, words)) {
            best = {static_cast<int>(c), at, last + 1, false};
          }
        }
      }
    }
    if (best.column >= 0) return best;
    const std::string& word = links.tokens[at].word;
    if (kGeneric.contains(word)) return best;
    const Mention mention = mention_at(context, links, at);
    if (mention.named == Named::column && mention.score > 0.45f) {
      best = {mention.id, mention.first, std::max(mention.last, at + 1), false};
    } else if (mention.named == Named::table && context.tables().size() == 1) {
      // A record stands for what tells it apart.
      const int key = record_key(context.tables()[0], context.columns());
      if (key >= 0) best = {key, mention.first, mention.last, false};
    }
    return best;
  };
  Sentence current;
  const auto finish = [&](int end) {
    current.last = end;
    current.words = " ";
    for (int i = current.first; i < end; ++i) {
      if (!links.tokens[i].symbol) current.words += links.tokens[i].word + " ";
    }
    for (int i = current.first; i < end;) {
      const SaidColumn said = find_at(i, end);
      if (said.column < 0) {
        ++i;
        continue;
      }
      auto known = std::ranges::find(current.columns, said.column, &SaidColumn::column);
      if (known == current.columns.end()) {
        current.columns.push_back(said);
      } else {
        known->literal = known->literal || said.literal;
      }
      i = std::max(i + 1, said.last);
    }
    // "maximum temperature (TMAX_F)": the name in parentheses is what the words before it mean.
    for (std::size_t k = 1; k < current.columns.size(); ++k) {
      SaidColumn &before = current.columns[k - 1], &named = current.columns[k];
      const bool describes =
          named.first >= before.last && named.first - before.last <= 2 && named.first > 0 &&
          links.tokens[named.first].start > 0 &&
          links.question[static_cast<std::size_t>(links.tokens[named.first].start - 1)] == '(';
      if (named.literal && describes) {
        named.first = before.first;
        current.columns.erase(current.columns.begin() + static_cast<std::ptrdiff_t>(k - 1));
        --k;
      }
    }
    if (end > current.first) {
      const auto from = static_cast<std::size_t>(
          std::max<std::int64_t>(0, links.tokens[current.first].start - 1));
      const auto until = static_cast<std::size_t>(links.tokens[end - 1].end) + 1;
      current.text = links.question.substr(from, until - from);
      sentences.push_back(current);
    }
    current = {};
    current.first = end;
  };
  for (int i = 0; i + 1 < n; ++i) {
    const std::string_view between =
        std::string_view(links.question)
            .substr(static_cast<std::size_t>(links.tokens[i].end),
                    static_cast<std::size_t>(links.tokens[i + 1].start - links.tokens[i].end));
    if (between.find(". ") != std::string_view::npos ||
        between.find(".\n") != std::string_view::npos ||
        between.find('\n') != std::string_view::npos ||
        between.find(';') != std::string_view::npos || links.tokens[i].word == "?" ||
        between.find('?') != std::string_view::npos ||
        (i > current.first && (links.tokens[i].word == "," || links.tokens[i].word == "and") &&
         links.tokens[i + 1].word == "then")) {
      finish(i + 1);
    }
  }
  finish(n);
  return sentences;
}

}  // namespace sextant::ask

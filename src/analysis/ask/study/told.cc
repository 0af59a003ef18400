#include "analysis/ask/study/told.h"

#include <algorithm>
#include <cstdlib>
#include <regex>

#include "analysis/ask/linking/tokens.h"
#include "analysis/ask/stable_sort.h"

namespace sextant::ask {

namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 32);
  }
  return out;
}

// Lower case, signs that join words as blanks; comparisons and numbers stay.
std::string plain(std::string_view text) {
  std::string out = lower(text);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const bool sign = out[i] == '-' && i + 1 < out.size() && out[i + 1] >= '0' && out[i + 1] <= '9';
    if ((out[i] == '-' && !sign) || out[i] == '_' || out[i] == '"' || out[i] == '\'') out[i] = ' ';
  }
  return std::regex_replace(out, std::regex("\\s+"), " ");
}

// Clauses: sentences, and what "otherwise" or "else" begins.
std::vector<std::string> clauses_of(std::string_view instructions) {
  std::vector<std::string> clauses;
  std::string text = plain(instructions), current;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool decimal =
        text[i] == '.' && i + 1 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '9';
    const bool ends = (text[i] == '.' && !decimal) || text[i] == ';' || text[i] == '?';
    const bool otherwise = text.compare(i, 10, " otherwise") == 0;
    if (ends || otherwise) {
      if (!current.empty()) clauses.push_back(std::move(current));
      current.clear();
      if (ends) continue;
    }
    current += text[i];
  }
  if (!current.empty()) clauses.push_back(std::move(current));
  return clauses;
}

std::vector<Bound> bounds_in(const std::string& clause) {
  static const std::regex kCompared(
      R"((p value|skewness|kurtosis|coefficient|correlation|[ |]r|[ |]it)[|) ]*(?:\(r\) ?)?(?:of r ?)?(?:value ?)?(?:is |are |was |be )?(?:also )?(between|greater than or equal to|less than or equal to|greater than|less than|larger than|smaller than|higher than|lower than|above|below|at least|at most|exceeds|over|under|>=|<=|>|<) ?(-?[0-9]*[.]?[0-9]+)(?: and (-?[0-9]*[.]?[0-9]+))?)");
  std::vector<Bound> bounds;
  for (std::sregex_iterator it(clause.begin(), clause.end(), kCompared), end; it != end; ++it) {
    const std::string what = (*it)[1], sign = (*it)[2];
    Bound bound;
    bound.of = what == "p value"    ? BoundOf::p_value
               : what == "skewness" ? BoundOf::skewness
               : what == "kurtosis" ? BoundOf::kurtosis
                                    : BoundOf::statistic;
    const auto at = static_cast<std::size_t>(it->position());
    const std::size_t from = at > 40 ? at - 40 : 0;
    const std::string before = clause.substr(from, at - from + 1);
    bound.absolute = before.rfind("absolute") != std::string::npos || before.ends_with('|') ||
                     what.starts_with('|') ||
                     (what.ends_with("it") && bound.of == BoundOf::statistic);
    bound.value = std::atof((*it)[3].str().c_str());
    if (sign == "between" && (*it)[4].matched) {
      bound.inclusive = bound.above = true;
      bounds.push_back(bound);
      bound.above = false;
      bound.value = std::atof((*it)[4].str().c_str());
      bounds.push_back(bound);
      continue;
    }
    bound.above = sign.starts_with("greater") || sign.starts_with("larger") ||
                  sign.starts_with("higher") || sign == "above" || sign == "at least" ||
                  sign == "exceeds" || sign == "over" || sign[0] == '>';
    bound.inclusive = sign.ends_with("equal to") || sign.starts_with("at ") || sign.ends_with("=");
    bounds.push_back(bound);
  }
  return bounds;
}

bool has_phrase(const std::string& text, const std::string& phrase) {
  for (std::size_t at = 0; (at = text.find(phrase, at)) != std::string::npos; ++at) {
    const auto letter = [&](std::size_t i) {
      return i < text.size() && text[i] >= 'a' && text[i] <= 'z';
    };
    const bool ends = !letter(at + phrase.size()) || text.compare(at + phrase.size(), 2, "ly") == 0;
    if (!(at > 0 && letter(at - 1)) && ends) return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> reported_names(std::string_view instructions) {
  std::vector<std::string> names;
  for (std::size_t at = 0; (at = instructions.find('@', at)) != std::string_view::npos;) {
    while (at < instructions.size() && instructions[at] == '@') ++at;
    const std::size_t end = instructions.find_first_of("[ \n,;@", at);
    if (end == std::string_view::npos || instructions[end] != '[') continue;
    std::string name(instructions.substr(at, end - at));
    // "If there are none, output @status[…]" is for another answer.
    const std::string before = lower(instructions.substr(0, at));
    const std::size_t sentence = std::max(before.rfind(". ") + 1, before.rfind('\n') + 1);
    const std::string lead = before.substr(std::min(sentence, before.size()));
    at = end;
    if (has_phrase(lead, "if") && lead.find('[') == std::string::npos) continue;
    if (!name.empty() && std::ranges::find(names, name) == names.end()) {
      names.push_back(std::move(name));
    }
  }
  return names;
}

std::vector<std::string> verdict_words(std::string_view instructions) {
  const std::string text(instructions);
  // Quoted words that are separated by nothing but commas and "or".
  static const std::regex kList(
      R"re((["'“][^"'“”\n]{1,40}["'”](?: if [^"“;\n]{1,60}?| based [^"“;\n]{1,60}?)?(?:,? ?(?:or|and) ?(?:as )?|, ?|/))+["'“][^"'“”\n]{1,40}["'”])re");
  static const std::regex kWord(R"re(["'“]([^"'“”\n]{1,40})["'”])re");
  std::vector<std::string> best;
  for (std::sregex_iterator it(text.begin(), text.end(), kList), end; it != end; ++it) {
    const std::string list = it->str();
    const std::string before = lower(it->prefix().str());
    const std::string near = before.size() > 60 ? before.substr(before.size() - 60) : before;
    const bool chooses =
        near.find("either") != std::string::npos || near.find("can be") != std::string::npos ||
        near.find("which is") != std::string::npos || near.find("indicat") != std::string::npos ||
        near.find(" is ") != std::string::npos;
    if (!chooses || list.find(" or ") == std::string::npos) continue;
    std::vector<std::string> words;
    for (std::sregex_iterator w(list.begin(), list.end(), kWord); w != end; ++w) {
      words.push_back((*w)[1]);
    }
    if (words.size() >= 2) best = std::move(words);
  }
  if (best.empty()) {
    static const std::regex kPair(R"(\b(Yes|True)(?:/| or )(No|False)\b)",
                                  std::regex_constants::icase);
    std::smatch match;
    if (std::regex_search(text, match, kPair)) best = {match[1], match[2]};
  }
  return best;
}

std::vector<Rule> verdict_rules(std::string_view instructions,
                                const std::vector<std::string>& words) {
  std::vector<Rule> rules;
  const auto clauses = clauses_of(instructions);
  for (const std::string& word : words) {
    const std::string label = plain(word);
    Rule rule{word, {}};
    for (const std::string& clause : clauses) {
      if (!has_phrase(clause, label)) continue;
      // "not normal" is not a clause of "normal".
      std::string rest = clause;
      bool taken = false;
      for (const std::string& other : words) {
        const std::string longer = plain(other);
        if (longer.size() > label.size() && has_phrase(longer, label)) {
          for (std::size_t at; (at = rest.find(longer)) != std::string::npos;) {
            rest.erase(at, longer.size());
            taken = true;
          }
        }
      }
      if (taken && !has_phrase(rest, label)) continue;
      // Several conditions of one sentence: the part that has this word.
      const std::size_t at = rest.find(label);
      std::size_t from = rest.find(" if ", at);
      std::size_t until = rest.size();
      if (from == std::string::npos) {
        from = rest.rfind("if ", at);
        until = at;
      } else if (const std::size_t next = rest.find(" if ", from + 4); next != std::string::npos) {
        until = next;
      }
      if (from == std::string::npos) continue;
      rule.all = bounds_in(rest.substr(from, until - from));
      if (!rule.all.empty()) break;
    }
    rules.push_back(std::move(rule));
  }
  // Words that have no condition come last: they hold otherwise.
  stable_sort_by(rules,
                 [](const Rule& a, const Rule& b) { return !a.all.empty() && b.all.empty(); });
  const auto bare = std::ranges::count_if(rules, [](const Rule& r) { return r.all.empty(); });
  if (bare > 1) return {};
  return rules;
}

double significance_level(std::string_view instructions) {
  static const std::regex kLevel(R"((?:alpha|significance level)[^.0-9]{0,24}(0?\.\d+))");
  const std::string text = plain(instructions);
  std::smatch match;
  if (std::regex_search(text, match, kLevel)) return std::atof(match[1].str().c_str());
  return 0.05;
}

}  // namespace sextant::ask

#include "analysis/ask/linking/links.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

#include "analysis/ask/linking/senses.h"

namespace sextant::ask {

namespace {

// Short forms that headers use, and the words they stand for.
constexpr std::array<std::pair<std::string_view, std::string_view>, 48> kShortForms = {{
    {"no", "number"},          {"num", "number"},
    {"nr", "number"},          {"nbr", "number"},
    {"qty", "quantity"},       {"amt", "amount"},
    {"avg", "average"},        {"pct", "percent"},
    {"perc", "percent"},       {"percentage", "percent"},
    {"dept", "department"},    {"emp", "employee"},
    {"cust", "customer"},      {"prod", "product"},
    {"desc", "description"},   {"addr", "address"},
    {"tel", "phone"},          {"telephone", "phone"},
    {"dob", "birthday"},       {"yr", "year"},
    {"yrs", "years"},          {"mo", "month"},
    {"pos", "position"},       {"pts", "points"},
    {"pop", "population"},     {"nat", "nationality"},
    {"lang", "language"},      {"temp", "temperature"},
    {"dist", "distance"},      {"max", "maximum"},
    {"min", "minimum"},        {"est", "estimated"},
    {"govt", "government"},    {"univ", "university"},
    {"intl", "international"}, {"ref", "reference"},
    {"rev", "revenue"},        {"cat", "category"},
    {"acct", "account"},       {"mgr", "manager"},
    {"ctry", "country"},       {"lat", "latitude"},
    {"lng", "longitude"},      {"fname", "first"},
    {"lname", "last"},         {"stu", "student"},
    {"mean", "average"},       {"people", "person"},
}};

const std::string& expansion_stem(const std::string& word) {
  static const std::unordered_map<std::string, std::string> kStems = [] {
    std::unordered_map<std::string, std::string> stems;
    for (const auto& [shorter, longer] : kShortForms) {
      stems[std::string(shorter)] = tokenise(longer).front().stem;
    }
    return stems;
  }();
  static const std::string kNone;
  auto it = kStems.find(word);
  if (it == kStems.end() && word.size() > 4 && word.ends_with('s')) {
    it = kStems.find(word.substr(0, word.size() - 1));
  }
  return it == kStems.end() ? kNone : it->second;
}

void match_names(const std::vector<Token>& tokens, const std::vector<Token>& words, float factor,
                 std::vector<float>& match, std::vector<int>* match_word) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].symbol && tokens[i].word != "%" && tokens[i].word != "#") continue;
    for (std::size_t w = 0; w < words.size(); ++w) {
      const float similarity = factor * name_similarity(tokens[i], words[w]);
      if (similarity > match[i]) {
        match[i] = similarity;
        if (match_word) (*match_word)[i] = static_cast<int>(w);
      }
    }
  }
}

}  // namespace

bool within_one_edit(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t i = 0;
  while (i < a.size() && a[i] == b[i]) ++i;
  if (a.size() == b.size()) {
    if (i == a.size()) return true;
    if (a.substr(i + 1) == b.substr(i + 1)) return true;
    return i + 1 < a.size() && a[i] == b[i + 1] && a[i + 1] == b[i] &&
           a.substr(i + 2) == b.substr(i + 2);
  }
  return a.substr(i) == b.substr(i + 1);
}

float name_similarity(const Token& asked, const Token& name) {
  if (asked.hash == name.hash && asked.stem == name.stem) return 1.f;
  if (asked.number || name.number) return 0.f;
  if (asked.word == "%" && name.word == "percent") return 1.f;
  if (asked.word == "#" && name.word == "number") return 1.f;
  const std::string& short_name = expansion_stem(name.word);
  if (!short_name.empty() && short_name == asked.stem) return 0.9f;
  const std::string& short_asked = expansion_stem(asked.word);
  if (!short_asked.empty() && short_asked == name.stem) return 0.9f;
  // "cname", "stuid": the last part of a short name.
  if (name.word.size() > asked.stem.size() && name.word.size() <= asked.stem.size() + 4 &&
      (asked.stem == "name" || asked.stem == "id") && name.word.ends_with(asked.stem)) {
    return expansion_stem(name.word).empty() ? 0.85f : 0.5f;  // lname is the last, not any name
  }
  if (asked.word == "count") return 0.f;  // not short for country or counter
  const std::size_t shorter = std::min(asked.stem.size(), name.stem.size());
  if (shorter >= 4 && asked.stem.compare(0, shorter, name.stem, 0, shorter) == 0) {
    const auto longer = std::max(asked.stem.size(), name.stem.size());
    return longer - shorter <= 3 ? 0.8f : 0.6f;
  }
  // "enr" for enrollment: three letters that are no word themselves.
  if (name.word.size() == 3 && asked.word.size() >= 6 && asked.word.starts_with(name.word) &&
      senses_of(name.word).empty()) {
    return 0.75f;
  }
  if (shorter >= 5 && asked.word[0] == name.word[0] && within_one_edit(asked.word, name.word)) {
    return 0.7f;
  }
  return 0.f;
}

bool says_joined(const Token& asked, const std::vector<Token>& name) {
  if (name.size() < 2 || asked.word.size() < 6) return false;
  std::string joined;
  for (std::size_t i = 0; i + 1 < name.size(); ++i) joined += name[i].word;
  const std::string whole = joined + name.back().word;
  return asked.word == whole || asked.word == whole + "s" ||
         asked.stem == joined + name.back().stem;
}

namespace {

// "How many rows" asks for what every table has: it names the table empty_rows only with the rest
// of that name.
void forget_mere_rows(const Context& context, Links& links) {
  for (std::size_t t = 0; t < context.tables().size(); ++t) {
    if (context.tables()[t].words.size() < 2) continue;
    auto& match = links.table_match[t];
    bool more = false;
    for (std::size_t i = 0; i < match.size(); ++i)
      more = more || (match[i] > 0 && links.tokens[i].stem != "row");
    if (!more) std::ranges::fill(match, 0.f);
  }
}

}  // namespace

Links link(const Context& context, std::string_view question, std::string_view today) {
  Links links;
  links.question = question;
  links.tokens = tokenise(question);
  if (links.tokens.size() > 120) links.tokens.resize(120);
  const std::size_t n = links.tokens.size();
  links.info.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    links.info[i].stop = links.tokens[i].symbol || is_stopword(links.tokens[i].word);
  }

  const auto& columns = context.columns();
  links.match.assign(columns.size(), std::vector<float>(n, 0.f));
  links.match_word.assign(columns.size(), std::vector<int>(n, -1));
  links.word_weight.resize(columns.size());
  std::unordered_map<std::string, int> frequency;
  for (const auto& column : columns) {
    for (const auto& word : column.words) ++frequency[word.stem];
  }
  for (std::size_t c = 0; c < columns.size(); ++c) {
    match_names(links.tokens, columns[c].words, 1.f, links.match[c], &links.match_word[c]);
    for (const auto& other : columns[c].others) {
      match_names(links.tokens, other, 0.95f, links.match[c], nullptr);
    }
    for (std::size_t i = 0; i < n; ++i) {
      if (!says_joined(links.tokens[i], columns[c].words)) continue;
      links.match[c][i] = 1.f;
      links.match_word[c][i] = -1;
    }
    for (const auto& word : columns[c].words) {
      const float rarity = 1.f / std::sqrt(static_cast<float>(frequency[word.stem]));
      links.word_weight[c].push_back(is_stopword(word.word) ? 0.2f * rarity : rarity);
    }
  }
  links.table_match.assign(context.tables().size(), std::vector<float>(n, 0.f));
  for (std::size_t t = 0; t < context.tables().size(); ++t) {
    match_names(links.tokens, context.tables()[t].words, 1.f, links.table_match[t], nullptr);
    for (const auto& other : context.tables()[t].others) {
      match_names(links.tokens, other, 0.95f, links.table_match[t], nullptr);
    }
    for (std::size_t i = 0; i < n; ++i) {
      if (says_joined(links.tokens[i], context.tables()[t].words)) links.table_match[t][i] = 1.f;
    }
  }

  link_values(context, links);
  if (context.tables().size() > 1) link_synonyms(context, links);
  forget_mere_rows(context, links);
  link_numbers(context, links);
  link_periods(context, links, today);
  link_weekdays(context, links);
  weigh_options(context, links);
  return links;
}

}  // namespace sextant::ask

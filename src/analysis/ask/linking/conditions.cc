// Values of text columns, numbers and comparisons.
#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "analysis/ask/linking/comparison_cues.h"
#include "analysis/ask/linking/links.h"

namespace sextant::ask {

namespace {

constexpr std::size_t kMostOptions = 160;
constexpr float kNamed = 0.75f;  // a word that names a column

bool words_at(const Links& links, int at, const std::vector<std::string_view>& words) {
  if (at < 0 || at + static_cast<int>(words.size()) > static_cast<int>(links.tokens.size())) {
    return false;
  }
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (links.tokens[static_cast<std::size_t>(at) + i].word != words[i]) return false;
  }
  return true;
}

bool skippable(const Token& token) {
  static const std::unordered_set<std::string_view> kWords = {
      "a", "an", "the", "of", "$", "€", "£", "\"", "number", "year", "is", "to"};
  return kWords.contains(token.word);
}

struct FoundCue {
  Operator op;
  int first;
  int last;
};

std::optional<FoundCue> cue_near(const Links& links, int first, int last) {
  for (int skipped = 0, at = first; skipped <= 2; ++skipped) {
    for (const ComparisonCue& cue : cues_before()) {
      const int start = at - static_cast<int>(cue.words.size());
      if (words_at(links, start, cue.words)) return FoundCue{cue.op, start, at};
    }
    --at;
    if (at < 0 || !skippable(links.tokens[static_cast<std::size_t>(at)])) break;
  }
  for (const ComparisonCue& cue : cues_after()) {
    // "longer than 3300 or higher than 100" begins another comparison.
    if (words_at(links, last, cue.words) && !words_at(links, last + 2, {"than"}) &&
        !(last + 2 < static_cast<int>(links.tokens.size()) &&
          links.tokens[static_cast<std::size_t>(last) + 2].number)) {
      return FoundCue{cue.op, last, last + static_cast<int>(cue.words.size())};
    }
  }
  return std::nullopt;
}

// "after season 2007": the column's name stands between the comparison and its number.
std::optional<FoundCue> cue_over_name(const Links& links, int column, int number) {
  int at = number;
  while (at > 0 && number - at < 3 && links.match[column][at - 1] >= kNamed) --at;
  if (at == number) return std::nullopt;
  for (const ComparisonCue& cue : cues_before()) {
    const int start = at - static_cast<int>(cue.words.size());
    if (words_at(links, start, cue.words)) return FoundCue{cue.op, start, number};
  }
  return std::nullopt;
}

// Whether the word before the comparison names its column, and no table.
bool named_before(const Links& links, const Option& option) {
  const int first = option.cue_first >= 0 ? std::min(option.cue_first, option.first) : option.first;
  int at = first - 1;
  while (at > 0 && links.info[at].stop && first - at < 3) --at;
  return at >= 0 && links.match[option.column][at] >= 0.9f &&
         std::ranges::none_of(links.table_match, [at](const auto& m) { return m[at] >= 0.9f; });
}

// "more than 2 customers" compares no customer_id: of an id, its last word is said.
bool compares_unsaid_id(const Links& links, const ColumnEntry& entry, int column, int number) {
  if (!entry.id_like || entry.words.size() < 2) return false;
  const int last_word = static_cast<int>(entry.words.size()) - 1;
  for (int i = std::max(0, number - 8);
       i < std::min(number + 4, static_cast<int>(links.tokens.size())); ++i) {
    if (links.match[column][i] >= kNamed &&
        (links.match_word[column][i] == last_word || links.match_word[column][i] < 0)) {
      return false;
    }
    // "department number" is the department_id.
    const bool number_of = i > 0 && links.tokens[i].word == "number";
    if (number_of && links.match[column][i - 1] >= kNamed) return false;
  }
  return true;
}

void add_option(Links& links, Option option) {
  if (links.options.size() < kMostOptions) links.options.push_back(std::move(option));
}

// "by the x axis", "order y-axis": words that say how a result is shown are no values.
bool shows_result(const Links& links, int i) {
  const auto is = [&](int at, std::initializer_list<std::string_view> words) {
    return at >= 0 && at < static_cast<int>(links.tokens.size()) &&
           std::ranges::find(words, links.tokens[at].word) != words.end();
  };
  if (is(i, {"x", "y"})) {
    return is(i + 1, {"axis"}) ||
           is(i - 1, {"the", "by", "order", "rank", "sort", "list", "show", "display"});
  }
  return is(i, {"order"}) &&
         (is(i + 1, {"by", "x", "y"}) || is(i - 1, {"asc", "desc", "ascending", "descending"}));
}

}  // namespace

void link_values(const Context& context, Links& links) {
  const int n = static_cast<int>(links.tokens.size());
  const int longest = std::min(context.longest_value(), 24);
  std::vector<bool> covered(static_cast<std::size_t>(n), false);
  std::vector<bool> shown(static_cast<std::size_t>(n), false);
  for (int i = 0; i < n; ++i) {
    if (shows_result(links, i)) covered[i] = shown[i] = true;
  }
  for (int length = std::min(n, longest + 4); length >= 1; --length) {
    for (int first = 0; first + length <= n; ++first) {
      const int last = first + length;
      if (links.tokens[first].symbol || links.tokens[last - 1].symbol) continue;
      if (length == 1 && shown[first]) continue;
      std::string words;
      for (int i = first; i < last; ++i) {
        if (links.tokens[i].symbol) continue;
        if (!words.empty()) words += ' ';
        words += links.tokens[i].word;
      }
      const auto* found = context.find_value(words);
      if (!found && words.size() > 3 && words.ends_with("s") && context.keeps_records() &&
          context.tables().size() == 1) {
        words.pop_back();  // "bugs" of a category bug
        found = context.find_value(words);
      }
      if (!found) continue;
      bool subspan = true;
      for (int i = first; i < last; ++i) subspan = subspan && covered[i];
      // A lone function word is a value only when it is quoted or nothing else is.
      if (length == 1 && links.info[first].stop && subspan) continue;
      for (const int id : *found) {
        const ValueEntry& value = context.values()[id];
        Option option;
        option.column = value.column;
        option.values.emplace_back(value.value);
        option.first = first;
        option.last = last;
        option.evidence = Evidence::exact;
        option.subspan = subspan;
        add_option(links, std::move(option));
      }
      if (length >= 2) {
        for (int i = first; i < last; ++i) links.info[i].in_value = true;
      }
      for (int i = first; i < last; ++i) covered[i] = true;
    }
  }

  // Parts of cells and small misspellings, for words that no whole cell explains.
  for (int first = 0; first < n; ++first) {
    if (covered[first] || links.info[first].stop) continue;
    const auto* postings = context.find_value_word(links.tokens[first].word);
    if (postings) {
      // Extends the run as far as some cell contains it in this order.
      int last = first + 1;
      std::string words = links.tokens[first].word;
      std::vector<int> current = *postings;
      while (last < n && !covered[last] && !links.tokens[last].symbol) {
        const std::string longer = words + " " + links.tokens[last].word;
        std::vector<int> kept;
        for (const int id : current) {
          if ((" " + context.values()[id].words + " ").find(" " + longer + " ") !=
              std::string::npos) {
            kept.push_back(id);
          }
        }
        if (kept.empty()) break;
        current = std::move(kept);
        words = longer;
        ++last;
      }
      if (current.size() <= 3) {
        for (const int id : current) {
          Option option;
          option.column = context.values()[id].column;
          option.values.emplace_back(context.values()[id].value);
          option.first = first;
          option.last = last;
          option.evidence = Evidence::partial;
          add_option(links, std::move(option));
        }
      }
      first = last - 1;
    } else if (links.tokens[first].word.size() >= 5 && !links.tokens[first].number &&
               context.values().size() <= 20'000) {
      std::size_t found = 0;
      // "price", where there is a price, is no mistyped "Pride".
      const auto said = [first](const std::vector<float>& match) { return match[first] >= 0.99f; };
      const bool name =
          std::ranges::any_of(links.match, said) || std::ranges::any_of(links.table_match, said);
      for (const ValueEntry& value : context.values()) {
        if (value.words.size() + 1 < links.tokens[first].word.size() || found >= 4) continue;
        std::string words = links.tokens[first].word;
        int last = first + 1;
        while (last < n && words.size() + 1 < value.words.size() && !links.tokens[last].symbol) {
          words += " " + links.tokens[last++].word;
        }
        if (name && last == first + 1) continue;
        bool near = within_one_edit(words, value.words);
        if (!near && last == first + 1) {  // "Spaniards" no, plural and other endings yes
          const auto stems = tokenise(value.words);
          near = stems.size() == 1 && stems[0].stem == links.tokens[first].stem;
        }
        if (!near) continue;
        Option option;
        option.column = value.column;
        option.values.emplace_back(value.value);
        option.first = first;
        option.last = last;
        option.evidence = Evidence::fuzzy;
        add_option(links, std::move(option));
        ++found;
      }
    }
  }
}

void link_numbers(const Context& context, Links& links) {
  const int n = static_cast<int>(links.tokens.size());
  for (int i = 0; i < n; ++i) {
    auto value = links.tokens[i].number;
    int last = i + 1;
    if (!value) value = number_word(links.tokens[i].word);
    if (!value) continue;
    bool negative = false;
    if (i > 0 && links.tokens[i].start > 0 && links.question[links.tokens[i].start - 1] == '-' &&
        (links.tokens[i].start == 1 || links.question[links.tokens[i].start - 2] == ' ')) {
      negative = true;
    }
    if (last < n) {
      const std::string& next = links.tokens[last].word;
      const double factor = next == "million"    ? 1e6
                            : next == "billion"  ? 1e9
                            : next == "thousand" ? 1e3
                                                 : 1;
      if (factor > 1) {
        // "2.3 million" may be 2.3 in a column that counts millions: both are kept below.
        for (std::size_t c = 0; c < context.columns().size(); ++c) {
          if (context.columns()[c].kind != Kind::number) continue;
          Option option;
          option.column = static_cast<int>(c);
          option.values.emplace_back(*value * factor);
          option.first = i;
          option.last = last + 1;
          option.evidence = Evidence::number;
          const auto cue = cue_near(links, i, last + 1);
          if (cue) {
            option.op = cue->op;
            option.cue_first = cue->first;
            option.cue_last = cue->last;
            option.evidence = Evidence::compare;
          }
          add_option(links, std::move(option));
        }
      }
    }
    const auto cue = cue_near(links, i, last);
    const bool year = *value >= 1000 && *value <= 2999 && *value == std::floor(*value);
    std::optional<double> upper;  // between a and b
    int upper_last = last;
    const auto currency = [&](int at) {
      return at >= 0 && at < n && words_at(links, at, {"$"}) ? 1 : 0;
    };
    const int from = i - 1 - currency(i - 1);
    const int to = i + 2 + currency(i + 2);
    if (from >= 0 && to < n &&
        (words_at(links, from, {"between"}) || words_at(links, from, {"from"}) ||
         words_at(links, from, {"range"}) || words_at(links, from - 1, {"range", "of"})) &&
        (words_at(links, i + 1, {"and"}) || words_at(links, i + 1, {"to"})) &&
        links.tokens[to].number) {
      upper = links.tokens[to].number;
      upper_last = to + 1;
    }
    // "aged 20 to 25", "of age 20-25": of the column that is named just before.
    std::optional<double> named_upper;
    if (!upper && i > 0 && i + 2 < n &&
        (words_at(links, i + 1, {"to"}) || words_at(links, i + 1, {"-"})) &&
        links.tokens[i + 2].number && *links.tokens[i + 2].number > *value) {
      named_upper = links.tokens[i + 2].number;
    }
    for (std::size_t c = 0; c < context.columns().size(); ++c) {
      if (context.columns()[c].kind != Kind::number) continue;
      Option option;
      option.column = static_cast<int>(c);
      option.values.emplace_back(negative ? -*value : *value);
      option.first = i;
      option.last = last;
      option.year_like = year;
      option.evidence = Evidence::number;
      const int before = i - 1 - (i > 1 && words_at(links, i - 1, {"of"}) ? 1 : 0);
      const bool named = named_upper && links.match[c][before] >= 0.75f;
      if (upper || named) {
        Option between = option;
        between.op = Operator::between;
        between.values.emplace_back(upper ? *upper : *named_upper);
        between.last = upper ? upper_last : i + 3;
        between.cue_first = upper ? from : -1;
        between.cue_last = upper ? i : -1;
        between.evidence = Evidence::compare;
        add_option(links, std::move(between));
      }
      const int id = static_cast<int>(c);
      const auto over_name = cue ? std::nullopt : cue_over_name(links, id, i);
      const auto& compared = cue ? cue : over_name;
      if (compared) {
        Option compare = option;
        compare.unsaid_id = compares_unsaid_id(links, context.columns()[c], id, i);
        compare.op = compared->op;
        compare.cue_first = compared->first;
        compare.cue_last = compared->last;
        compare.evidence = Evidence::compare;
        add_option(links, std::move(compare));
      }
      add_option(links, std::move(option));
    }
  }
}

bool satisfies(const Cell& cell, const Option& option) {
  if (std::holds_alternative<std::monostate>(cell)) return option.op == Operator::is_null;
  if (option.op == Operator::is_null) return false;
  if (option.op == Operator::not_null) return true;
  int order = 0;
  const auto compare = [&cell](const boost::json::value& value) -> int {
    if (const auto* number = std::get_if<double>(&cell)) {
      const bool yes = value.is_string() && value.get_string() == "true";
      const bool no = value.is_string() && value.get_string() == "false";
      if (!value.is_number() && !yes && !no) return 2;
      const double other = value.is_number() ? value.to_number<double>() : yes ? 1 : 0;
      if (*number == other) return 0;
      return *number < other ? -1 : 1;
    }
    if (!value.is_string()) return 2;
    const int sign = std::get<std::string>(cell).compare(std::string_view(value.get_string()));
    return sign < 0 ? -1 : sign > 0 ? 1 : 0;
  };
  if (option.values.empty()) return false;
  order = compare(option.values[0]);
  if (order == 2) return false;
  switch (option.op) {
    case Operator::equal:
      return order == 0;
    case Operator::not_equal:
      return order != 0;
    case Operator::less:
      return order < 0;
    case Operator::less_or_equal:
      return order <= 0;
    case Operator::greater:
      return order > 0;
    case Operator::greater_or_equal:
      return order >= 0;
    case Operator::between: {
      if (order < 0 || option.values.size() < 2) return order >= 0;
      const int upper = compare(option.values[1]);
      return option.values[1].is_string() ? upper < 0 : upper <= 0;
    }
    default:
      return false;
  }
}

void weigh_options(const Context& context, Links& links) {
  std::vector<Option> kept;
  for (Option& option : links.options) {
    const ColumnEntry& column = context.columns()[option.column];
    const TableEntry& table = context.tables()[column.table];
    const auto rows = static_cast<std::size_t>(table.sample.rows);
    option.rows.assign((rows + 63) / 64, 0);
    for (std::size_t r = 0; r < rows; ++r) {
      if (!satisfies((*column.sample)[r], option)) continue;
      option.rows[r / 64] |= 1ull << (r % 64);
      ++option.matching_rows;
    }
    // A number that no row has is no equality, when all rows are known; nor does a comparison help
    // that no row passes, unless its column is said with it.
    const bool said = option.evidence == Evidence::compare && named_before(links, option);
    // Totals of a sheet of records reach beyond its rows: "customers who spent more than 50,000".
    const bool total = option.evidence == Evidence::compare && context.keeps_records() &&
                       context.tables().size() == 1 && column.kind == Kind::number;
    // "taught a course" has an article, "grade a" a value.
    const bool article =
        option.evidence == Evidence::exact && option.last - option.first == 1 &&
        links.tokens[option.first].word == "a" &&
        links.question[static_cast<std::size_t>(links.tokens[option.first].start)] == 'a' &&
        (option.first == 0 || links.match[option.column][option.first - 1] < 0.9f);
    if (article) continue;
    // Nothing happened then: so says the answer, rather than another day or number.
    const bool time = option.evidence == Evidence::period &&
                      option.last - option.first > (context.tables().size() > 1 ? 1 : 2);
    if (option.matching_rows == 0 && table.sample.complete && !said && !total && !time) continue;
    kept.push_back(std::move(option));
  }
  links.options = std::move(kept);
  for (Option& option : links.options) {
    option.same_span = static_cast<int>(std::ranges::count_if(links.options, [&](const Option& o) {
      return o.first == option.first && o.last == option.last && o.op == option.op;
    }));
  }
}

}  // namespace sextant::ask

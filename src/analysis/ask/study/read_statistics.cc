// Statistics in words, sentence by sentence: first what is prepared ("remove outliers", "fill
// missing values with the median", "create a new feature … by adding"), then the figures ("mean and
// standard deviation", "correlation between", "normally distributed").
#include <algorithm>
#include <regex>

#include "analysis/ask/candidates/lookup.h"
#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/study/read.h"
#include "base/text.h"

namespace sextant::ask {

namespace {

struct NamedFigure {
  const char* words;
  FigureKind kind;
};

// Longer wordings first.
constexpr NamedFigure kFigures[] = {
    {"standard deviation", FigureKind::deviation},
    {"std dev", FigureKind::deviation},
    {"std", FigureKind::deviation},
    {"interquartile range", FigureKind::quartile_range},
    {"iqr", FigureKind::quartile_range},
    {"lower quartile", FigureKind::lower_quartile},
    {"first quartile", FigureKind::lower_quartile},
    {"upper quartile", FigureKind::upper_quartile},
    {"third quartile", FigureKind::upper_quartile},
    {"variance", FigureKind::variance},
    {"skewness", FigureKind::skewness},
    {"skewed", FigureKind::skewness},
    {"kurtosis", FigureKind::kurtosis},
    {"median", FigureKind::median},
    {"mean", FigureKind::mean},
    {"average", FigureKind::mean},
    {"mode", FigureKind::mode},
    {"minimum", FigureKind::minimum},
    {"maximum", FigureKind::maximum},
    {"min", FigureKind::minimum},
    {"max", FigureKind::maximum},
    {"range", FigureKind::range},
};

// A part of the question that ends with a full stop, a question mark or a semicolon.
struct Sentence {
  int first = 0, last = 0;
  std::string words;                         // lower case, one blank between, one at either end
  std::vector<std::pair<int, int>> columns;  // column and the token it begins at, in order
};

class StatisticsReader {
 public:
  StatisticsReader(const Context& context, const Links& links, std::string_view instructions,
                   const Weights& weights)
      : context_(context),
        links_(links),
        weights_(weights),
        instructions_(" " + normalise(instructions) + " ") {}

  std::optional<Reading> read();

 private:
  void split();
  bool says(const Sentence& s, std::string_view words) const {
    return s.words.find(" " + std::string(words) + " ") != std::string::npos;
  }
  bool anywhere(std::string_view words) const {
    const std::string padded = " " + std::string(words) + " ";
    return all_.find(padded) != std::string::npos ||
           instructions_.find(padded) != std::string::npos;
  }
  bool told(std::string_view words) const {
    return instructions_.find(std::string(words)) != std::string::npos ||
           all_.find(std::string(words)) != std::string::npos;
  }
  const std::string& column_name(int column) const {
    return context_.columns()[column].model->name;
  }
  bool numeric(int column) const { return context_.columns()[column].kind == Kind::number; }
  std::vector<std::string> numbers_in(const Sentence& s) const;

  void prepare(const Sentence& s);
  bool derive(const Sentence& s);
  void ask_correlation(const Sentence& s);
  void ask_normality(const Sentence& s);
  void ask_outliers(const Sentence& s);
  void ask_missing(const Sentence& s);
  void ask_difference(const Sentence& s);
  void ask_figures(const Sentence& s);
  void add(FigureKind kind, std::vector<std::string> columns, std::string how = {},
           double limit = 0, std::vector<std::string> verdicts = {});
  void group(const Sentence& s);
  void filter();
  double threshold(double otherwise) const;
  std::string outlier_method() const;
  std::vector<std::string> verdicts(const char* positive) const;
  std::optional<std::string> subject(const Sentence& s) const;

  const Context& context_;
  const Links& links_;
  const Weights& weights_;
  std::string instructions_;
  std::string all_;
  std::vector<Sentence> sentences_;
  Reading reading_;
  Study study_;
  std::string last_;  // the column spoken of last, or derived
  int table_ = -1;
  bool statistical_ = false;  // a word that only a statistician says
};

void StatisticsReader::split() {
  const int n = static_cast<int>(links_.tokens.size());
  Sentence current;
  const auto finish = [&](int end) {
    current.last = end;
    if (end > current.first) {
      current.words = " ";
      for (int i = current.first; i < end; ++i) {
        if (!links_.tokens[i].symbol) current.words += links_.tokens[i].word + " ";
      }
      for (int i = current.first; i < end;) {
        const Mention mention = mention_at(context_, links_, i);
        if (mention.named == Named::column && mention.score > 0.5f) {
          const bool known = std::ranges::any_of(
              current.columns, [&](const auto& c) { return c.first == mention.id; });
          if (!known) current.columns.emplace_back(mention.id, i);
          i = std::max(i + 1, mention.last);
        } else {
          ++i;
        }
      }
      sentences_.push_back(current);
    }
    current = {};
    current.first = end;
  };
  for (int i = 0; i + 1 < n; ++i) {
    const std::string between = links_.question.substr(
        static_cast<std::size_t>(links_.tokens[i].end),
        static_cast<std::size_t>(links_.tokens[i + 1].start - links_.tokens[i].end));
    if (between.find(". ") != std::string::npos || between.find(';') != std::string::npos ||
        links_.tokens[i].word == "?" || between.find('?') != std::string::npos) {
      finish(i + 1);
    }
  }
  finish(n);
  all_ = " ";
  for (const Sentence& s : sentences_) all_ += s.words.substr(1);
}

void StatisticsReader::add(FigureKind kind, std::vector<std::string> columns, std::string how,
                           double limit, std::vector<std::string> verdicts) {
  Figure figure{kind,
                std::move(columns),
                std::move(how),
                limit,
                static_cast<std::int64_t>(study_.preparations.size()),
                std::move(verdicts)};
  const bool known = std::ranges::any_of(study_.figures, [&](const Figure& f) {
    return f.kind == figure.kind && f.columns == figure.columns && f.after == figure.after;
  });
  if (!known) study_.figures.push_back(std::move(figure));
}

std::vector<std::string> StatisticsReader::numbers_in(const Sentence& s) const {
  std::vector<std::string> names;
  for (const auto& [column, token] : s.columns) {
    if (numeric(column)) names.push_back(column_name(column));
  }
  return names;
}

std::optional<std::string> StatisticsReader::subject(const Sentence& s) const {
  const auto numbers = numbers_in(s);
  if (!numbers.empty()) return numbers.front();
  if (!last_.empty()) return last_;
  return std::nullopt;
}

std::string StatisticsReader::outlier_method() const {
  const bool quartiles = anywhere("iqr") || anywhere("interquartile") || anywhere("quartile");
  const bool scores = anywhere("z score") || anywhere("z scores") || anywhere("zscore") ||
                      told("standard deviations from");
  return scores && !quartiles ? "z_score" : "quartiles";
}

double StatisticsReader::threshold(double otherwise) const {
  static const std::regex kNumber(
      R"((?:threshold of|greater than|above|more than|outside of|exceeds) (\d+(?: ?\. ?\d+)?))");
  for (const std::string* text : {&all_, &instructions_}) {
    std::smatch match;
    if (std::regex_search(*text, match, kNumber)) {
      const double value = std::atof(match[1].str().c_str());
      if (value >= 1 && value <= 10) return value;
    }
  }
  return otherwise;
}

// "either “A” or “B”": the words to answer with, the positive first.
std::vector<std::string> StatisticsReader::verdicts(const char* positive) const {
  static const std::regex kEither(R"(either (\S+(?: \S+)?) or (not \S+|non \S+|no \S+|\S+))");
  std::smatch match;
  if (!std::regex_search(instructions_, match, kEither)) return {};
  std::string a = match[1], b = match[2];
  const auto negative = [](const std::string& word) {
    return word.starts_with("not ") || word.starts_with("non") || word == "no" ||
           word.starts_with("no ") || word == "false";
  };
  if (negative(a)) std::swap(a, b);
  if (!negative(b) || (a.find(positive) == std::string::npos && a != "yes" && a != "true"))
    return {};
  return {a, b};
}

bool StatisticsReader::derive(const Sentence& s) {
  static const std::regex kNew(R"( (?:new|create|generate|creating|generating) )");
  if (!std::regex_search(s.words, kNew)) return false;
  const auto numbers = numbers_in(s);
  struct Way {
    const char* words;
    const char* how;
  };
  static constexpr Way kWays[] = {{"ratio", "ratio"},
                                  {"dividing", "ratio"},
                                  {"divided", "ratio"},
                                  {"subtracting", "difference"},
                                  {"difference", "difference"},
                                  {"minus", "difference"},
                                  {"multiplying", "product"},
                                  {"multiplied", "product"},
                                  {"product", "product"},
                                  {"adding", "sum"},
                                  {"summing", "sum"},
                                  {"sum", "sum"},
                                  {"combining", "sum"},
                                  {"plus", "sum"},
                                  {"percentage change", "change"},
                                  {"logarithm", "log"},
                                  {"logarithmic", "log"},
                                  {"log", "log"}};
  const Way* way = nullptr;
  for (const Way& w : kWays) {
    if (says(s, w.words)) {
      way = &w;
      break;
    }
  }
  if (!way || numbers.empty()) return false;
  Preparation p{.kind = PreparationKind::derive, .columns = numbers, .how = way->how};
  if (p.how == "log" && (anywhere("base 10") || anywhere("log10"))) p.how = "log10";
  if (p.how == "log" || p.how == "log10" || p.how == "change") p.columns.resize(1);
  if (p.how != "log" && p.how != "log10" && p.how != "change" && p.columns.size() < 2) return false;
  if ((p.how == "ratio" || p.how == "difference") && p.columns.size() > 2) p.columns.resize(2);
  if (std::string_view(way->words) == "subtracting" && says(s, "from")) {
    std::swap(p.columns[0], p.columns[1]);  // subtracting b from a
  }
  p.name = p.how;
  for (const auto& column : p.columns) p.name += "_" + column;
  last_ = p.name;
  study_.preparations.push_back(std::move(p));
  statistical_ = true;
  return true;
}

void StatisticsReader::prepare(const Sentence& s) {
  const bool removes = says(s, "remove") || says(s, "removing") || says(s, "removed") ||
                       says(s, "exclude") || says(s, "drop") || says(s, "excluding");
  if (removes && (says(s, "duplicate") || says(s, "duplicates"))) {
    study_.preparations.push_back({.kind = PreparationKind::drop_duplicates});
    statistical_ = true;
  }
  const bool outliers = says(s, "outlier") || says(s, "outliers");
  if (outliers && removes && !says(s, "after removing")) {
    if (const auto column = subject(s)) {
      add(FigureKind::outliers, {*column}, outlier_method(),
          threshold(outlier_method() == "z_score" ? 3 : 1.5));
      if (!told("number of outliers") && !told("outlier count") && !told("outliers integer")) {
        study_.figures.pop_back();
      }
      study_.preparations.push_back({.kind = PreparationKind::drop_outliers,
                                     .columns = {*column},
                                     .how = outlier_method(),
                                     .limit = threshold(outlier_method() == "z_score" ? 3 : 1.5)});
      last_ = *column;
      statistical_ = true;
    }
  }
  const bool fills = says(s, "impute") || says(s, "imputing") || says(s, "fill") ||
                     says(s, "filling") || says(s, "filled") || says(s, "replace");
  if (fills && says(s, "missing")) {
    if (const auto column = subject(s)) {
      study_.preparations.push_back({.kind = PreparationKind::fill_missing,
                                     .columns = {*column},
                                     .how = anywhere("median") ? "median"
                                            : anywhere("most frequent") || anywhere("mode")
                                                ? "mode"
                                                : "mean"});
      last_ = *column;
      statistical_ = true;
    }
  }
  const bool transforms = says(s, "log transformation") || says(s, "logarithm") ||
                          says(s, "min max") || says(s, "log transform");
  if (transforms) {
    if (const auto column = subject(s)) {
      const std::string how = says(s, "min max")    ? "min_max"
                              : anywhere("base 10") ? "log10"
                                                    : "log";
      study_.preparations.push_back(
          {.kind = PreparationKind::derive, .columns = {*column}, .how = how, .name = *column});
      last_ = *column;
      statistical_ = true;
    }
  }
}

void StatisticsReader::ask_correlation(const Sentence& s) {
  const bool asks = says(s, "correlation") || says(s, "correlated") || says(s, "correlate") ||
                    says(s, "correlations") ||
                    (says(s, "relationship between") && anywhere("pearson"));
  if (!asks) return;
  auto numbers = numbers_in(s);
  if (numbers.size() < 2 && !last_.empty() && std::ranges::find(numbers, last_) == numbers.end()) {
    numbers.insert(numbers.begin(), last_);
  }
  if (numbers.size() < 2) return;
  statistical_ = true;
  const std::string how = anywhere("spearman") ? "spearman" : "pearson";
  const std::vector<std::string> pair{numbers[0], numbers[1]};
  add(FigureKind::correlation, pair, how);
  if (told("p value") || told("significan")) {
    if (told("p value")) add(FigureKind::correlation_p_value, pair, how);
  }
}

void StatisticsReader::ask_normality(const Sentence& s) {
  const bool asks = says(s, "normal distribution") || says(s, "normally distributed") ||
                    says(s, "normality") || says(s, "normal");
  if (!asks) return;
  const auto column = subject(s);
  if (!column) return;
  statistical_ = true;
  const std::string how = anywhere("normaltest") || told("agostino") ? "dagostino"
                          : told("jarque")                           ? "jarque_bera"
                          : told("kolmogorov")                       ? "kolmogorov"
                                                                     : "shapiro";
  add(FigureKind::normality, {*column}, how, 0.05, verdicts("normal"));
  if (told(" p value ") && told("report the p value")) {
    add(FigureKind::normality_p_value, {*column}, how);
  }
  last_ = *column;
}

void StatisticsReader::ask_outliers(const Sentence& s) {
  if (!says(s, "outlier") && !says(s, "outliers")) return;
  const bool removes = says(s, "remove") || says(s, "removing") || says(s, "exclude");
  if (removes) return;
  const auto column = subject(s);
  if (!column) return;
  statistical_ = true;
  const std::string how = outlier_method();
  const double limit = how == "z_score" ? threshold(3) : 1.5;
  add(FigureKind::outliers, {*column}, how, limit);
  if (says(s, "list") || says(s, "which")) add(FigureKind::outlier_values, {*column}, how, limit);
  last_ = *column;
}

void StatisticsReader::ask_missing(const Sentence& s) {
  const bool asks = (says(s, "missing values") || says(s, "missing") || says(s, "null values") ||
                     says(s, "nulls")) &&
                    (says(s, "how many") || says(s, "percentage") || says(s, "number of") ||
                     says(s, "count") || says(s, "share"));
  if (!asks || s.columns.empty() || says(s, "impute") || says(s, "fill")) return;
  statistical_ = true;
  const bool share = says(s, "percentage") || says(s, "share") || says(s, "percent");
  add(share ? FigureKind::missing_share : FigureKind::missing, {column_name(s.columns[0].first)});
}

void StatisticsReader::ask_difference(const Sentence& s) {
  const bool asks = says(s, "significant difference") || says(s, "differ significantly") ||
                    says(s, "significantly different") || says(s, "t test") ||
                    says(s, "mann whitney") || says(s, "anova");
  if (!asks) return;
  std::string value, groups;
  for (const auto& [column, token] : s.columns) {
    const ColumnEntry& entry = context_.columns()[column];
    if (numeric(column) && value.empty() && entry.model->distinct > 10) {
      value = column_name(column);
    } else if (groups.empty() && entry.model->distinct >= 2 && entry.model->distinct <= 20) {
      groups = column_name(column);
    }
  }
  if (value.empty()) value = last_;
  if (value.empty() || groups.empty()) return;
  statistical_ = true;
  const std::string how = told("mann whitney") ? "mann_whitney"
                          : told("welch")      ? "welch"
                                               : "t_test";
  add(FigureKind::difference, {value, groups}, how, 0.05, verdicts("significant"));
  add(FigureKind::difference_p_value, {value, groups}, how);
}

void StatisticsReader::ask_figures(const Sentence& s) {
  std::vector<std::pair<std::size_t, FigureKind>> asked;
  std::string words = s.words;
  for (const NamedFigure& figure : kFigures) {
    const std::string padded = " " + std::string(figure.words) + " ";
    if (const auto at = words.find(padded); at != std::string::npos) {
      asked.emplace_back(at, figure.kind);
      std::fill(words.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                words.begin() + static_cast<std::ptrdiff_t>(at + padded.size()) - 1, '#');
    }
  }
  if (asked.empty()) return;
  if (says(s, "fill") || says(s, "filling") || says(s, "impute") || says(s, "imputing")) return;
  if (says(s, "z score") && says(s, "defined")) return;
  std::ranges::sort(asked);
  std::vector<std::string> columns = numbers_in(s);
  if (columns.empty() || says(s, "new feature") || says(s, "this new")) {
    if (last_.empty()) return;
    columns = {last_};
  }
  for (const auto& column : columns) {
    for (auto [at, kind] : asked) {
      if (kind == FigureKind::range && says(s, "interquartile range")) continue;
      if (kind == FigureKind::deviation && (told("population standard deviation"))) {
        kind = FigureKind::population_deviation;
      }
      const bool plain = told("scipy");
      if (plain && kind == FigureKind::skewness) kind = FigureKind::population_skewness;
      if (plain && kind == FigureKind::kurtosis) kind = FigureKind::population_kurtosis;
      if (kind != FigureKind::mean && kind != FigureKind::minimum && kind != FigureKind::maximum &&
          kind != FigureKind::median && kind != FigureKind::mode && kind != FigureKind::range) {
        statistical_ = true;
      }
      add(kind, {column});
    }
  }
  if (asked.size() > 1 && columns.size() == 1) statistical_ = true;
  last_ = columns.back();
}

void StatisticsReader::group(const Sentence& s) {
  static const std::regex kEach(R"( (?:for each|in each|per|within each|by each) )");
  std::smatch match;
  if (!std::regex_search(s.words, match, kEach)) return;
  for (const auto& [column, token] : s.columns) {
    const std::string& before = token > 0 ? links_.tokens[token - 1].word : all_;
    if ((before == "each" || before == "per") && context_.columns()[column].model->distinct <= 60) {
      study_.group = column_name(column);
    }
  }
}

// Conditions that name values of the data ("from the region North").
void StatisticsReader::filter() {
  const QuestionFrame frame = frame_question(context_, links_);
  for (const OptionSet& set : combine_options(frame, weights_, 8)) {
    bool certain = !set.options.empty();
    for (const int option : set.options) {
      const Option& o = links_.options[option];
      certain = certain && (o.evidence == Evidence::exact || o.evidence == Evidence::period) &&
                context_.columns()[o.column].table == table_;
    }
    if (!certain) continue;
    reading_.filters = to_filters(frame, set);
    return;
  }
}

std::optional<Reading> StatisticsReader::read() {
  split();
  for (const Sentence& s : sentences_) {
    group(s);
    if (!derive(s)) prepare(s);
    ask_missing(s);
    ask_correlation(s);
    ask_normality(s);
    ask_outliers(s);
    ask_difference(s);
    if (study_.group) {
      // Figures of the group's own column mean nothing.
      Sentence rest = s;
      std::erase_if(rest.columns,
                    [&](const auto& c) { return column_name(c.first) == *study_.group; });
      ask_figures(rest);
    } else {
      ask_figures(s);
    }
  }
  if (!statistical_ || study_.figures.empty()) return std::nullopt;
  // All columns must be of one table.
  std::vector<int> used;
  for (const Sentence& s : sentences_) {
    for (const auto& [column, token] : s.columns) used.push_back(column);
  }
  for (const int column : used) {
    const int table = context_.columns()[column].table;
    if (table_ >= 0 && table != table_) return std::nullopt;
    table_ = table;
  }
  if (table_ < 0) return std::nullopt;
  reading_.table = context_.tables()[table_].model->name;
  const bool whole_rows = std::ranges::any_of(study_.preparations, [](const Preparation& p) {
    return p.kind == PreparationKind::drop_duplicates;
  });
  if (!whole_rows) {
    std::ranges::sort(used);
    used.erase(std::ranges::unique(used).begin(), used.end());
    for (const int column : used) {
      reading_.columns.push_back({reading_.table, column_name(column), std::nullopt});
    }
  }
  filter();
  reading_.intent = Intent::study;
  reading_.study = std::move(study_);
  return std::move(reading_);
}

}  // namespace

std::optional<Reading> read_statistics(const Context& context, const Links& links,
                                       std::string_view instructions, const Weights& weights) {
  return StatisticsReader(context, links, instructions, weights).read();
}

}  // namespace sextant::ask

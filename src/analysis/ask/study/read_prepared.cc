#include <algorithm>
#include <regex>

#include "analysis/ask/stable_sort.h"
#include "analysis/ask/study/statistics_reader.h"
#include "base/text.h"

namespace sextant::ask {

namespace {

struct Way {
  const char* words;
  const char* how;
};

constexpr Way kWays[] = {{"ratio", "ratio"},
                         {"dividing", "ratio"},
                         {"divided", "ratio"},
                         {"subtracting", "difference"},
                         {"difference", "difference"},
                         {"minus", "difference"},
                         {"multiplying", "product"},
                         {"multiplied", "product"},
                         {"product", "product"},
                         {"percentage change", "change"},
                         {"logarithm", "log"},
                         {"logarithmic", "log"},
                         {"log", "log"},
                         {"adding", "sum"},
                         {"summing", "sum"},
                         {"sum", "sum"},
                         {"combining", "sum"},
                         {"plus", "sum"},
                         {"average", "mean"}};

bool of_one(std::string_view how) { return how == "log" || how == "log10" || how == "change"; }

}  // namespace

// What is told twice, in the question and in the lines after it, is done once.
void StatisticsReader::add_preparation(Preparation p) {
  for (const Preparation& done : study_.preparations) {
    if (done.kind != p.kind || done.how != p.how) continue;
    const bool same = done.columns == p.columns && done.name == p.name;
    // "the ratio" of a new feature: of what that was derived from.
    const bool again = p.kind == PreparationKind::derive && !done.name.empty() &&
                       std::ranges::all_of(p.columns, [&](const std::string& column) {
                         return column == done.name ||
                                std::ranges::find(done.columns, column) != done.columns.end();
                       });
    if (!same && !again) continue;
    if (again) last_ = done.name;
    return;
  }
  if (p.kind == PreparationKind::derive) last_ = p.name;
  study_.preparations.push_back(std::move(p));
}

// "a new feature called X by adding A and B".
bool StatisticsReader::derive(const Sentence& s) {
  if (!says_any(s, {"new", "create", "generate", "creating", "generating"})) return false;
  if (says(s, "this new") && derives(last_)) return false;  // spoken of again
  const Way* way = nullptr;
  const std::vector<const Sentence*> places = [&] {
    std::vector<const Sentence*> all{&s};
    for (const Sentence& t : told_sentences_) all.push_back(&t);
    return all;
  }();
  for (const Sentence* place : places) {
    for (const Way& w : kWays) {
      const bool average = std::string_view(w.words) == "average";
      if (way || !says(*place, w.words)) continue;
      if (average && !says_any(*place, {"represents the average", "average of", "by averaging"}))
        continue;
      way = &w;
    }
    // "defined as population multiplied by income" says it better than "combining".
    if (way && std::string_view(way->words) == "combining") {
      const Way* better = nullptr;
      for (const Sentence& t : told_sentences_) {
        for (const Way& w : kWays) {
          if (!better && says(t, w.words) && &w != way) better = &w;
        }
      }
      if (better) way = better;
    }
    if (way) break;
  }
  if (!way) return false;
  auto numbers = numbers_in(s);
  const std::size_t needed = of_one(way->how) ? 1 : 2;
  // "the ratio X by dividing A by B": what follows the verb comes first.
  const std::string_view doing = says(s, "dividing") ? "dividing" : way->words;
  if (doing.ends_with("ing")) {
    const std::string verb = " " + std::string(doing) + " ";
    const std::string behind = s.words.substr(std::min(s.words.find(verb), s.words.size()));
    const auto follows = [&](const std::string& name) {
      return squeeze(behind).starts_with(squeeze(doing) + squeeze(name)) ||
             squeeze(behind).starts_with(squeeze(doing) + "the" + squeeze(name));
    };
    stable_sort_by(numbers,
                   [&](const auto& a, const auto& b) { return follows(a) && !follows(b); });
  }
  for (const Sentence& t : told_sentences_) {
    if (numbers.size() >= needed) break;
    if (says(t, way->words)) {
      for (auto& name : numbers_in(t)) {
        if (std::ranges::find(numbers, name) == numbers.end()) numbers.push_back(std::move(name));
      }
    }
  }
  if (numbers.size() < needed) return false;
  Preparation p{.kind = PreparationKind::derive, .columns = numbers, .how = way->how};
  if (p.how == "log" && (anywhere("base 10") || anywhere("log10"))) p.how = "log10";
  if (needed == 1) p.columns.resize(1);
  if (p.how == "ratio" || p.how == "difference") p.columns.resize(2);
  // "add a small constant (1e-10) to the denominator"
  static const std::regex kConstant(R"(constant[^0-9]{0,12}([0-9.]+(?:e-?[0-9]+)?))");
  std::smatch constant;
  if (p.how == "ratio" && told("denominator") &&
      std::regex_search(instructions_, constant, kConstant)) {
    p.value = json::Value(std::atof(constant[1].str().c_str()));
  }
  if (std::string_view(way->words) == "subtracting" && says(s, "from")) {
    std::swap(p.columns[0], p.columns[1]);  // subtracting b from a
  }
  // Its name: what is quoted, or said after "called" or "named".
  static const std::regex kCalled(
      R"re((?:called|named|variable|feature|column) (?:as )?["'“]([A-Za-z][^"'”]{0,40})["'”])re");
  static const std::regex kFirst(R"re(["'“]([A-Za-z][^"'”]{0,40})["'”])re");
  const std::string& text = s.text;
  std::smatch match;
  if (std::regex_search(text, match, kCalled)) {
    p.name = match[1];
  } else if (std::regex_search(text, match, kFirst)) {
    const std::string quoted = match[1];
    const bool column = std::ranges::any_of(context_.columns(), [&](const ColumnEntry& c) {
      return squeeze(c.model->name) == squeeze(quoted);
    });
    if (!column) p.name = quoted;
  }
  p.name = p.name.empty() ? std::string() : text::snake_case(p.name, "");
  if (p.name.empty() || context_.find_column(context_.tables()[0].model->name, p.name) >= 0) {
    p.name = p.how;
    for (const auto& column : p.columns) p.name += "_" + column;
  }
  spoken_.push_back(p.name);
  add_preparation(std::move(p));
  statistical_ = true;
  return true;
}

std::string StatisticsReader::outlier_method() const {
  const bool quartiles = anywhere("iqr") || anywhere("interquartile") || anywhere("quartile") ||
                         anywhere("q1") || told(" 1 5 iqr");
  const bool scores = anywhere("z score") || anywhere("z scores") || anywhere("zscore") ||
                      told("standard deviations from") || told("standard deviations away");
  return scores && !quartiles ? "z_score" : "quartiles";
}

double StatisticsReader::threshold(double otherwise) const {
  static const std::regex kNumber(
      R"((?:threshold of|greater than|above|more than|outside of|exceeds|within) (\d+(?: ?\. ?\d+)?))");
  for (const std::string* text : {&all_, &told_}) {
    std::smatch match;
    if (std::regex_search(*text, match, kNumber)) {
      const double value = std::atof(match[1].str().c_str());
      if (value >= 1 && value <= 10) return value;
    }
  }
  return otherwise;
}

void StatisticsReader::drop_outliers(const Sentence& s) {
  const auto column = subject(s);
  if (!column) return;
  const std::string how = outlier_method();
  const double limit = threshold(how == "z_score" ? 3 : 1.5);
  if (told("number of outliers") || told("outlier count") || told("outlier_count") ||
      told("outliers integer")) {
    add(FigureKind::outliers, {*column}, how, limit);
  }
  add_preparation(
      {.kind = PreparationKind::drop_outliers, .columns = {*column}, .how = how, .limit = limit});
  last_ = *column;
  statistical_ = true;
}

void StatisticsReader::prepare(const Sentence& s) {
  const bool removes = says_any(s, {"remove", "removing", "removed", "exclude", "drop", "dropping",
                                    "excluding", "delete", "deletion", "ignore"});
  if (removes && says_any(s, {"duplicate", "duplicates"})) {
    add_preparation({.kind = PreparationKind::drop_duplicates});
    statistical_ = true;
  }
  if (removes && says_any(s, {"outlier", "outliers"}) && !says(s, "after removing") &&
      !says(s, "after outlier")) {
    drop_outliers(s);
  }
  const bool missing = says_any(s, {"missing", "null", "nan", "empty"});
  const bool fills = says_any(
      s, {"impute", "imputing", "fill", "filling", "filled", "replace", "replacing", "imputation"});
  const auto fill_with = [&](const Sentence& place) -> std::string {
    if (says(place, "median")) return "median";
    if (says_any(place, {"mode", "most frequent", "most common"})) return "mode";
    return says_any(place, {"mean", "average"}) ? "mean" : "";
  };
  if (removes && missing && !fills) {
    for (const SaidColumn& said : s.columns) {
      const std::string& name = name_of(said.column);
      add_preparation({.kind = PreparationKind::drop_missing, .columns = {name}});
      used_.push_back(said.column);
    }
  }
  if (fills && missing) {
    std::string how = fill_with(s);
    for (const Sentence& t : told_sentences_) {
      if (how.empty()) how = fill_with(t);
    }
    if (how.empty()) how = "mean";
    // "in A with 'No' and in B with the median": the value that stands after the column.
    for (std::size_t i = 0; i < s.columns.size(); ++i) {
      const ColumnEntry& column = context_.columns()[s.columns[i].column];
      const std::string& name = column.model->name;
      if (how != "mode" && !computable(column)) continue;
      if (column.kind != Kind::text) as_number(s.columns[i].column);
      used_.push_back(s.columns[i].column);
      add_preparation({.kind = PreparationKind::fill_missing, .columns = {name}, .how = how});
      last_ = name;
      statistical_ = true;
    }
    if (s.columns.empty() && !last_.empty()) {
      add_preparation({.kind = PreparationKind::fill_missing, .columns = {last_}, .how = how});
      statistical_ = true;
    }
  }
  // Texts of two kinds as 1 and 0: "male is coded as 1".
  static const std::regex kCode(
      R"( (\w+) (?:is coded |is encoded |coded |encoded |as |is )*(?:as )?1 )");
  std::smatch match;
  if (says_any(s, {"encode", "encoded", "coded", "encoding", "binary"})) {
    const std::string value = std::regex_search(s.words, match, kCode) ? match[1].str() : "";
    for (const SaidColumn& said : s.columns) {
      const ColumnEntry& column = context_.columns()[said.column];
      if (column.kind != Kind::text || column.model->distinct != 2 || !column.sample) continue;
      std::vector<std::string> values;
      for (const Cell& cell : *column.sample) {
        const auto* text = std::get_if<std::string>(&cell);
        if (text && std::ranges::find(values, *text) == values.end()) values.push_back(*text);
      }
      if (values.empty()) continue;
      std::ranges::sort(values);
      std::string one = values.back();  // in the order of the alphabet, as label encoders do
      for (const auto& v : values) {
        if (normalise(v) == value) one = v;
      }
      used_.push_back(said.column);
      add_preparation({.kind = PreparationKind::derive,
                       .columns = {column.model->name},
                       .how = "code",
                       .name = column.model->name,
                       .value = json::Value(one)});
      spoken_.push_back(column.model->name);
    }
  }
  const bool logs = says_any(s, {"log transformation", "logarithm", "log transform",
                                 "logarithmic transformation", "log transformed"});
  const bool scales = says_any(s, {"min max", "minmaxscaler", "normalize", "normalise",
                                   "normalizing", "normalization", "rescaling"});
  const bool standard = says_any(s, {"standardize", "standardise", "z score normalization",
                                     "standardization", "standard scaling"});
  if (logs || scales || standard) {
    auto columns = numbers_in(s);
    if (columns.empty() && !last_.empty()) columns = {last_};
    for (const auto& column : columns) {
      const std::string how = standard              ? "z_score"
                              : scales              ? "min_max"
                              : anywhere("base 10") ? "log10"
                                                    : "log";
      add_preparation(
          {.kind = PreparationKind::derive, .columns = {column}, .how = how, .name = column});
      statistical_ = true;
    }
  }
}

// "a fare greater than the average fare".
void StatisticsReader::keep(const Sentence& s) {
  static const std::regex kKeep(
      R"( (greater|higher|more|larger|above|less|lower|smaller|below)(?: than)? the (average|mean|median) (\w+) )");
  std::smatch match;
  if (!std::regex_search(s.words, match, kKeep)) return;
  for (const SaidColumn& said : s.columns) {
    const ColumnEntry& column = context_.columns()[said.column];
    const bool named = std::ranges::any_of(column.words, [&](const Token& w) {
      return w.word == match[3].str() || w.stem == match[3].str();
    });
    if (!named || column.kind != Kind::number) continue;
    const std::string way = match[1];
    const std::string& table = context_.tables()[column.table].model->name;
    const bool below = way == "less" || way == "lower" || way == "smaller" || way == "below";
    Reading of;
    of.table = table;
    of.measures.push_back(
        {match[2] == "median" ? Aggregate::median : Aggregate::avg, table, column.model->name});
    Condition condition;
    condition.table = table;
    condition.column = column.model->name;
    condition.op = below ? Operator::less : Operator::greater;
    condition.of.push_back(std::move(of));
    reading_.filters.push_back({{std::move(condition)}, false});
    used_.push_back(said.column);
    filtering_.push_back(said.column);
    return;
  }
}

}  // namespace sextant::ask

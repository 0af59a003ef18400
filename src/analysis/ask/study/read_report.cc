// The names under which figures are reported say which figures these are: "mean_fare_class1" is the
// mean of the fare where the class is 1.
#include <algorithm>

#include "analysis/ask/study/statistics_reader.h"
#include "analysis/ask/study/told.h"
#include "base/json.h"

namespace sextant::ask {

namespace {

struct ReportWord {
  const char* words;  // squeezed
  FigureKind kind;
};

// Longer ones first.
constexpr ReportWord kWords[] = {{"withinone", FigureKind::inside},
                                 {"pvalue", FigureKind::correlation_p_value},
                                 {"pval", FigureKind::correlation_p_value},
                                 {"standarddeviation", FigureKind::deviation},
                                 {"stddeviation", FigureKind::deviation},
                                 {"stddev", FigureKind::deviation},
                                 {"stdev", FigureKind::deviation},
                                 {"correlation", FigureKind::correlation},
                                 {"corr", FigureKind::correlation},
                                 {"skewness", FigureKind::skewness},
                                 {"kurtosis", FigureKind::kurtosis},
                                 {"median", FigureKind::median},
                                 {"average", FigureKind::mean},
                                 {"mean", FigureKind::mean},
                                 {"variance", FigureKind::variance},
                                 {"std", FigureKind::deviation},
                                 {"outliervalues", FigureKind::outlier_values},
                                 {"listofoutliers", FigureKind::outlier_values},
                                 {"outlierslist", FigureKind::outlier_values},
                                 {"outlier", FigureKind::outliers},
                                 {"missing", FigureKind::missing},
                                 {"rowcount", FigureKind::rows},
                                 {"numberofrows", FigureKind::rows},
                                 {"numrows", FigureKind::rows},
                                 {"entriesleft", FigureKind::rows},
                                 {"range", FigureKind::range},
                                 {"maximum", FigureKind::maximum},
                                 {"minimum", FigureKind::minimum},
                                 {"max", FigureKind::maximum},
                                 {"min", FigureKind::minimum},
                                 {"mode", FigureKind::mode},
                                 {"quartile", FigureKind::lower_quartile}};

}  // namespace

// "outlier_countries", "outlier_ids": the outliers by what they are called.
void StatisticsReader::name_outliers(const std::string& name, Figure& figure) {
  const auto words = name_tokens(name);
  for (std::size_t c = 0; c < context_.columns().size(); ++c) {
    const ColumnEntry& column = context_.columns()[c];
    if (column.words.empty() || name_of(static_cast<int>(c)) == figure.columns[0]) continue;
    const std::string& own = column.words.back().stem;
    if (std::ranges::find(words, own, &Token::stem) == words.end()) continue;
    figure.kind = FigureKind::outlier_values;
    figure.columns.push_back(name_of(static_cast<int>(c)));
    used_.push_back(static_cast<int>(c));
    return;
  }
}

// "mean_of_outliers" where the figures of "these outliers" are asked for, "outlier_range_low".
void StatisticsReader::take_of_outliers(const std::string& text, Figure& figure) {
  const bool of_them = told("of these") && told("outliers");
  const bool end = figure.kind == FigureKind::outliers && text.find("range") != std::string::npos;
  if (end && text.find("low") != std::string::npos) figure.kind = FigureKind::minimum;
  if (end && text.find("high") != std::string::npos) figure.kind = FigureKind::maximum;
  const bool mean = figure.kind == FigureKind::mean || figure.kind == FigureKind::median;
  const bool extreme = end && figure.kind != FigureKind::outliers;
  if (!extreme && !(mean && of_them && text.find("outliers") != std::string::npos)) return;
  figure.how = outlier_method();
  figure.limit = threshold(figure.how == "z_score" ? 3 : 1.5);
}

std::optional<Figure> StatisticsReader::reported(const std::string& name) {
  const std::string text = squeeze(name);
  std::optional<FigureKind> kind;
  std::size_t where = std::string::npos;
  for (const ReportWord& word : kWords) {
    const std::size_t at = text.find(word.words);
    if (at == std::string::npos) continue;
    // A column may be called so: "range" in "price_range_mean".
    const bool within_column = std::ranges::any_of(spoken_, [&](const auto& column) {
      const std::string own = squeeze(column);
      const std::size_t from = text.find(own);
      return from != std::string::npos && from <= at &&
             at + std::string_view(word.words).size() <= from + own.size();
    });
    if (within_column || (kind && at >= where)) continue;
    if (!kind) {
      kind = word.kind;
      where = at;
    }
  }
  if (text.starts_with("percent") && anywhere("missing values")) kind = FigureKind::missing_share;
  const auto tests = [&](FigureKind wanted) -> const Figure* {
    for (const Figure& f : study_.figures) {
      if (f.kind == wanted) return &f;
    }
    return nullptr;
  };
  const Figure* test = tests(FigureKind::correlation);
  if (!test) test = tests(FigureKind::normality);
  if (!test) test = tests(FigureKind::difference);
  Figure figure;
  figure.name = name;
  figure.after = static_cast<std::int64_t>(study_.preparations.size());
  auto columns = columns_named(name);
  if (kind == FigureKind::correlation && columns.size() < 2 && test &&
      test->kind == FigureKind::correlation) {
    if (columns.size() == 1 &&
        std::ranges::find(test->columns, columns[0]) == test->columns.end()) {
      columns = {columns[0], test->columns[1]};
    } else {
      columns = test->columns;
    }
  }
  const bool speaks_of_test =
      text.find("signific") != std::string::npos || text.find("relation") != std::string::npos ||
      text.find("strength") != std::string::npos || text.find("normal") != std::string::npos ||
      text.find("result") != std::string::npos || text.find("type") != std::string::npos ||
      text.find("status") != std::string::npos || text.find("distribution") != std::string::npos;
  if (kind == FigureKind::correlation && columns.size() < 2 && !words_of_verdict_.empty()) {
    kind.reset();
  }
  if (kind == FigureKind::correlation && speaks_of_test && !words_of_verdict_.empty() &&
      text.find("coefficient") == std::string::npos) {
    kind.reset();
  }
  if ((!kind || (speaks_of_test && kind == FigureKind::skewness && !words_of_verdict_.empty() &&
                 text.find("type") != std::string::npos)) &&
      (test || kind) && (speaks_of_test || !words_of_verdict_.empty())) {
    // A verdict in words.
    const Figure* base = test;
    if (!base) base = tests(FigureKind::skewness);
    if (!base) base = tests(FigureKind::population_skewness);
    if (!base) return std::nullopt;
    figure.columns = base->columns;
    figure.how = base->how;
    figure.limit = significance_level(instructions_);
    figure.after = base->after;
    figure.rules = verdict_rules(instructions_, words_of_verdict_);
    std::vector<std::string> words = words_of_verdict_;
    const auto denied = [](const std::string& word) {
      const std::string own = squeeze(word);
      return own == "no" || own == "false" || own.starts_with("not") ||
             (own.starts_with("non") && !own.starts_with("none"));
    };
    const bool opposite = words.size() == 2 && denied(words[0]) != denied(words[1]);
    if (opposite && denied(words[0])) std::swap(words[0], words[1]);
    const bool of_test_alone = std::ranges::all_of(figure.rules, [](const Rule& rule) {
      return std::ranges::all_of(rule.all, [](const Bound& b) { return b.of == BoundOf::p_value; });
    });
    if (opposite && of_test_alone) {
      // A test's verdict: what is denied is what the test's level denies.
      if (base->kind == FigureKind::normality || base->kind == FigureKind::difference) {
        figure.kind = base->kind;
        figure.rules.clear();
      } else {
        figure.kind = FigureKind::verdict;
        figure.rules = {{words[0], {{BoundOf::p_value, false, false, figure.limit, false}}},
                        {words[1], {}}};
      }
      figure.verdicts = words;
    } else if (!figure.rules.empty()) {
      figure.kind = FigureKind::verdict;
    } else if (base->kind == FigureKind::normality || base->kind == FigureKind::difference) {
      figure.kind = base->kind;
      if (opposite) figure.verdicts = words;
    } else {
      return std::nullopt;
    }
  } else if (!kind) {
    return std::nullopt;
  } else if (kind == FigureKind::correlation_p_value) {
    if (!test) return std::nullopt;
    figure.kind = test->kind == FigureKind::correlation ? FigureKind::correlation_p_value
                  : test->kind == FigureKind::normality ? FigureKind::normality_p_value
                                                        : FigureKind::difference_p_value;
    figure.columns = test->columns;
    figure.how = test->how;
    figure.after = test->after;
  } else if (kind == FigureKind::correlation) {
    if (columns.size() < 2) return std::nullopt;
    columns.resize(2);
    figure.kind = *kind;
    figure.columns = columns;
    figure.how = anywhere("spearman") ? "spearman" : "pearson";
  } else {
    figure.kind = *kind;
    if (figure.kind == FigureKind::deviation &&
        (told("population standard deviation") || told("n 1 2 n"))) {
      figure.kind = FigureKind::population_deviation;
    }
    if (told("scipy") && figure.kind == FigureKind::skewness) {
      figure.kind = FigureKind::population_skewness;
    }
    if (told("scipy") && figure.kind == FigureKind::kurtosis) {
      figure.kind = FigureKind::population_kurtosis;
    }
    std::string column = !columns.empty() ? columns.front() : std::string();
    if (column.empty()) {
      // As was asked; else what was spoken of last.
      for (const Figure& f : study_.figures) {
        if (f.kind == figure.kind && column.empty()) column = f.columns.empty() ? "" : f.columns[0];
      }
      if (column.empty() && test) column = test->columns[0];
      if (column.empty()) column = last_;
    }
    if (column.empty() && figure.kind != FigureKind::rows) return std::nullopt;
    if (!column.empty()) figure.columns = {column};
    if (figure.kind == FigureKind::rows) figure.columns.clear();
    if (figure.kind == FigureKind::outliers) name_outliers(name, figure);
    take_of_outliers(text, figure);
    if (figure.kind == FigureKind::inside) figure.limit = 1;
    if (figure.kind == FigureKind::missing &&
        (text.find("percent") != std::string::npos || text.find("share") != std::string::npos)) {
      figure.kind = FigureKind::missing_share;
    }
    for (const Figure& f : study_.figures) {
      if (f.kind != figure.kind || f.columns != figure.columns || !figure.how.empty()) continue;
      figure.how = f.how;
      figure.limit = f.limit;
      figure.after = f.after;
    }
    if (figure.kind == FigureKind::outliers || figure.kind == FigureKind::outlier_values) {
      if (figure.how.empty()) {
        figure.how = outlier_method();
        figure.limit = threshold(figure.how == "z_score" ? 3 : 1.5);
        for (std::size_t i = 0; i < study_.preparations.size(); ++i) {  // before they are dropped
          if (study_.preparations[i].kind == PreparationKind::drop_outliers) {
            figure.after = static_cast<std::int64_t>(i);
            figure.columns = study_.preparations[i].columns;
            break;
          }
        }
      }
    }
    if (text.find("original") != std::string::npos || text.find("before") != std::string::npos ||
        text.find("withoutliers") != std::string::npos) {
      for (std::size_t i = 0; i < study_.preparations.size(); ++i) {
        const auto made = study_.preparations[i].kind;
        if (made == PreparationKind::drop_outliers || made == PreparationKind::fill_missing ||
            made == PreparationKind::drop_missing) {
          figure.after = static_cast<std::int64_t>(i);
          break;
        }
      }
    }
  }
  return figure;
}

// Whether all names were understood; the figures are then those, in that order.
bool StatisticsReader::report() {
  const auto names = reported_names(instructions_);
  if (names.empty()) return false;
  const std::string apart = told_apart_by(names);
  if (!apart.empty()) {
    used_.push_back(table_column(apart));
    if (!study_.group) study_.group = apart;
  }
  std::vector<Figure> figures;
  bool all = true, within = false;
  for (const auto& name : names) {
    auto figure = reported(name);
    if (!figure) {
      all = false;
      continue;
    }
    if (study_.group) {
      figure->within = group_named(*study_.group, name);
      const auto other =
          apart.empty() || apart == *study_.group ? std::nullopt : group_named(apart, name);
      if (other) figure->also.push_back({apart, *other});
      within = within || figure->within.has_value();
    }
    figures.push_back(std::move(*figure));
  }
  if (figures.empty()) return false;
  // A name that speaks of a figure nobody asked for is not understood.
  const bool foreign = std::ranges::any_of(figures, [&](const Figure& f) {
    return (f.kind == FigureKind::minimum || f.kind == FigureKind::maximum) && f.how.empty() &&
           std::ranges::none_of(study_.figures, [&](const Figure& g) { return g.kind == f.kind; });
  });
  if (foreign && !study_.figures.empty()) return false;
  if (!all && study_.figures.size() > figures.size()) return false;
  if (study_.group && !within) {
    // One row a group, unless the names speak of all rows.
    if (!all) return false;
    study_.figures = std::move(figures);
    return statistical_;
  }
  const auto of_all = [](const Figure& f) {  // a test between the groups is of all rows
    return !f.within && f.kind != FigureKind::difference &&
           f.kind != FigureKind::difference_p_value;
  };
  if (study_.group && std::ranges::any_of(figures, of_all)) return false;
  if (!all && figures.size() < study_.figures.size()) return false;
  study_.figures = std::move(figures);
  return true;
}

}  // namespace sextant::ask

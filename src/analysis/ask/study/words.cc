#include "analysis/ask/study/words.h"

#include "analysis/ask/study/frame.h"
#include "analysis/ask/words.h"
#include "analysis/insight/prose.h"
#include "base/json.h"
#include "base/text.h"

namespace sextant::ask {

namespace {

std::string preparation_words(const Preparation& p) {
  const std::string column = p.columns.empty() ? std::string() : spaced(p.columns[0]);
  switch (p.kind) {
    case PreparationKind::drop_missing:
      return "without rows that lack " + column;
    case PreparationKind::fill_missing:
      return "missing " + column + " filled by the " + p.how;
    case PreparationKind::drop_duplicates:
      return "without repeated rows";
    case PreparationKind::drop_outliers:
      return "without outliers of " + column;
    case PreparationKind::derive:
      if (p.how == "code" && p.value && p.value->is_string()) {
        return column + " as 1 for " + std::string(p.value->get_string());
      }
      break;
  }
  std::string words = spaced(p.how) + " of ";
  for (std::size_t i = 0; i < p.columns.size(); ++i) {
    words += (i > 0 ? " and " : "") + spaced(p.columns[i]);
  }
  return words;
}

std::string listed(const Reading& reading) {
  std::vector<std::string> names;
  for (const Projection& p : reading.columns) names.push_back(spaced(p.column));
  return text::join(names, " and ");
}

}  // namespace

std::string study_sentence(const catalog::SemanticModel& model, const Reading& reading) {
  const Study& study = *reading.study;
  std::string words;
  const std::string measure =
      reading.measures.empty() ? std::string() : measure_words(model, reading.measures[0]);
  const std::string dimension =
      reading.dimensions.empty() ? std::string() : dimension_words(model, reading.dimensions[0]);
  switch (study.kind) {
    case StudyKind::forecast:
      words = "forecast of " + measure + " by " + dimension + ", " + std::to_string(study.steps) +
              " ahead";
      break;
    case StudyKind::pareto:
      words = "share of " + measure + " by " + dimension + ", adding up";
      break;
    case StudyKind::drivers: {
      const std::optional<std::string> grain =
          reading.dimensions.empty()
              ? std::nullopt
              : std::optional(std::string(json::enum_name(reading.dimensions[0].grain)));
      words = "what moved " + measure + " between " + insight::format_date(study.earlier, grain) +
              " and " + insight::format_date(study.later, grain);
      break;
    }
    case StudyKind::rows:
      words = study.rows ? row_sentence(*study.rows) : std::string();
      break;
    case StudyKind::distribution:
      words = "distribution of " + listed(reading);
      break;
    case StudyKind::outliers:
      words = measure.empty() ? "outliers of " + listed(reading)
                              : "outliers of " + measure + " by " + dimension;
      break;
    case StudyKind::relations:
      words = reading.columns.empty() ? "what goes together in " + spaced(reading.table)
                                      : "what goes with " + listed(reading);
      break;
    case StudyKind::comparison: {
      std::vector<std::string> sides, figures;
      for (const Reading& side : reading.others) sides.push_back(all_filter_words(model, side));
      for (const Measure& m : reading.measures) figures.push_back(measure_words(model, m));
      words = text::join(figures, ", ") + ": " + text::join(sides, " against ");
      break;
    }
    case StudyKind::quality:
      words = "quality of " + spaced(reading.table);
      break;
    case StudyKind::statistics:
      for (const Figure& figure : study.figures) {
        words += (words.empty() ? "" : ", ") + figure_words(figure);
      }
      if (study.group) words += " by " + spaced(*study.group);
      for (const Preparation& p : study.preparations) words += "; " + preparation_words(p);
      break;
  }
  const std::string filters = all_filter_words(model, reading);
  return filters.empty() ? words : words + ", " + filters;
}

}  // namespace sextant::ask

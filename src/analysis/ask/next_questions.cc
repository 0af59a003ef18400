#include "analysis/ask/next_questions.h"

#include <algorithm>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/study/measured.h"
#include "analysis/ask/understand.h"
#include "analysis/ask/words.h"

namespace sextant::ask {

namespace {

constexpr std::size_t kMost = 3;
constexpr std::int64_t kHistory = 13;  // periods, the last of which may not be complete

// Whether the engine reads the question as what it is meant to be.
bool is_read(const Context& context, const std::string& question, StudyKind kind) {
  const Understood understood =
      understand(context, question, context.last_date(), shipped_weights());
  return understood.status == catalog::AnswerStatus::answered && !understood.readings.empty() &&
         understood.readings[0].study && understood.readings[0].study->kind == kind;
}

bool is_read(const Context& context, const std::string& question) {
  const Understood understood =
      understand(context, question, context.last_date(), shipped_weights());
  return understood.status == catalog::AnswerStatus::answered;
}

}  // namespace

std::vector<std::string> next_questions(const Context& context, const Reading& reading,
                                        std::int64_t rows) {
  std::vector<std::string> questions;
  const auto add = [&](std::string question, std::optional<StudyKind> kind) {
    if (questions.size() >= kMost) return;
    if (kind ? is_read(context, question, *kind) : is_read(context, question)) {
      questions.push_back(std::move(question));
    }
  };
  const bool monthly = std::ranges::any_of(
      reading.dimensions, [](const Dimension& d) { return d.grain == Grain::month; });
  const bool plain = reading.measures.size() == 1 && reading.filters.empty() &&
                     reading.measures[0].window == Window::none &&
                     reading.measures[0].arithmetic == Arithmetic::none;
  if (reading.intent == Intent::query) {
    if (!plain || !monthly || reading.dimensions.size() != 1 || rows < kHistory) return questions;
    const std::string figure = measure_words(context.model(), reading.measures[0]);
    if (adds_up(context.model(), reading.measures[0])) {
      add("Why did " + figure + " change?", StudyKind::drivers);
    }
    add("Forecast " + figure + " for the next 3 months", StudyKind::forecast);
    add("Unusual months of " + figure, StudyKind::outliers);
    return questions;
  }
  if (!reading.study) return questions;
  const StudyKind kind = reading.study->kind;
  if (!reading.measures.empty()) {
    const std::string figure = measure_words(context.model(), reading.measures[0]);
    if (time_column(context, context.find_table(reading.table)) >= 0) {
      add(upper_first(figure) + " by month", std::nullopt);
      if (kind == StudyKind::forecast) add("Unusual months of " + figure, StudyKind::outliers);
      if (kind == StudyKind::drivers) add("Cumulative " + figure + " by month", std::nullopt);
    }
  }
  for (const Projection& p : reading.columns) {
    const int column = context.find_column(p.table, p.column);
    if (column < 0 || !is_measure(context.columns()[column]) || kind == StudyKind::rows) continue;
    const std::string name = column_words(context.model(), p.table, p.column);
    if (kind != StudyKind::distribution) add("Distribution of " + name, StudyKind::distribution);
    if (kind != StudyKind::outliers) add("Outliers in " + name, StudyKind::outliers);
    if (kind != StudyKind::relations)
      add("What correlates with " + name + "?", StudyKind::relations);
  }
  if (kind != StudyKind::quality && !reading.table.empty()) {
    add("Data quality of " + spaced(reading.table), StudyKind::quality);
  }
  return questions;
}

}  // namespace sextant::ask

#include "analysis/ask/ask.h"

#include <algorithm>
#include <chrono>

#include "analysis/ask/compose.h"
#include "analysis/ask/follow_up.h"
#include "analysis/ask/grounds.h"
#include "analysis/ask/teaching.h"
#include "analysis/ask/understand.h"
#include "analysis/ask/words.h"
#include "base/json.h"
#include "base/text.h"

namespace sextant::ask {

namespace {

constexpr std::size_t kChoices = 3;

// A choice with what it would answer.
Result<catalog::Choice> to_choice(const Context& context, const catalog::Catalog& catalog,
                                  const Reading& reading, engine::Connection& connection) {
  catalog::Choice choice;
  choice.label = sentence(context.model(), reading);
  choice.logical = to_json(reading);
  TRY(auto answer, compose(context, catalog, reading, {}, connection));
  choice.explanation = answer.response;
  if (!answer.rows.empty()) {
    std::string preview;
    for (const auto& cell : answer.rows[0].as_array()) {
      preview += (preview.empty() ? "" : ", ") +
                 (cell.is_string() ? std::string(cell.get_string()) : json::dump(cell));
    }
    choice.preview = std::string(text::truncate_utf8(preview, 120));
  }
  return choice;
}

// “median”, “per”
std::string quoted(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "“" : ", “") + word + "”";
  return out;
}

}  // namespace

QuestionEngine::QuestionEngine() = default;
QuestionEngine::~QuestionEngine() = default;
QuestionEngine::QuestionEngine(QuestionEngine&&) noexcept = default;
QuestionEngine& QuestionEngine::operator=(QuestionEngine&&) noexcept = default;

Result<> QuestionEngine::prepare(const catalog::Catalog& catalog,
                                 const catalog::SemanticModel& model,
                                 engine::Connection& connection) {
  std::string key = catalog.fingerprint() + "\n" + json::dump(model);
  if (context_ && key == key_) return {};
  TRY(auto context, Context::build(model, connection));
  context_ = std::make_unique<Context>(std::move(context));
  key_ = std::move(key);
  return {};
}

Result<catalog::Answer> QuestionEngine::answer(const wire::AskRequest& request,
                                               engine::Connection& connection, Unsure unsure) {
  const auto started = std::chrono::steady_clock::now();
  const auto passed = [started] {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started)
        .count();
  };
  double reading_ms = 0;
  std::vector<std::string> remembered;
  const auto finish = [&](catalog::Answer answer) {
    if (answer.receipt) {
      answer.receipt->remembered = remembered;
      answer.receipt->reading_ms = reading_ms;
      answer.receipt->elapsed_ms = passed();
    }
    return answer;
  };
  catalog::SemanticModel model = request.model;
  const auto terms = catalog::teach(model, request.taught);
  TRY_VOID(prepare(request.catalog, model, connection));
  ComposeOptions options;
  if (request.chart) options.chart = json::enum_from<catalog::ChartType>(*request.chart);

  if (request.reading) {
    TRY(const Reading reading, reading_from_json(*request.reading));
    TRY(auto answer, compose(*context_, request.catalog, reading, options, connection));
    return finish(std::move(answer));
  }
  if (unsure == Unsure::without_rows) {
    if (auto taught = read_teaching(*context_, request.question)) return std::move(*taught);
    if (auto words = explain_reading(*context_, request.question, request.previous)) {
      return std::move(*words);
    }
  }
  for (const auto& term : terms) {
    if (catalog::mentions(request.question, term.phrase)) {
      remembered.push_back("“" + term.phrase + "” means " + term.words);
    }
  }
  if (const auto* taught = find_taught(request.taught, request.question);
      taught && taught->meaning.reading) {
    // When the data can not carry it out any more, the question is read anew.
    const auto reading = reading_from_json(*taught->meaning.reading);
    auto answer = reading ? compose(*context_, request.catalog, *reading, options, connection)
                          : Result<catalog::Answer>(fail(reading.error()));
    if (answer) {
      remembered.push_back("this question is read as it was chosen before");
      return finish(std::move(*answer));
    }
  }
  if (request.previous && !request.previous->is_null()) {
    TRY(const Reading previous, reading_from_json(*request.previous));
    const Links links = link(*context_, request.question, request.today);
    if (const auto edited = edit_reading(*context_, links, previous)) {
      reading_ms = passed();
      auto answer = compose(*context_, request.catalog, *edited, options, connection);
      if (answer) return finish(std::move(*answer));
    }
  }

  Understood understood = understand(*context_, request.question, request.today, shipped_weights());
  if (unsure == Unsure::without_rows) {
    for (Reading& reading : understood.readings)
      reading = with_grounds(*context_, std::move(reading));
  }
  reading_ms = passed();
  options.confidence = understood.confidence;
  if (understood.next_confidence > 0) options.next_confidence = understood.next_confidence;
  catalog::Answer answer;
  bool composed = false;
  std::string refusal;  // why the best reading could not be carried out
  std::size_t used = 0;
  // A reading that the data can not carry out gives way to the next.
  for (; used < std::min<std::size_t>(understood.readings.size(), 5) && !composed; ++used) {
    auto result =
        compose(*context_, request.catalog, understood.readings[used], options, connection);
    if (result) {
      answer = std::move(*result);
      composed = true;
    } else if (result.error().code == ErrorCode::cancelled ||
               result.error().code == ErrorCode::resource_exhausted ||
               result.error().code == ErrorCode::timeout) {
      return fail(result.error());
    } else if (refusal.empty() && result.error().code == ErrorCode::invalid_fields) {
      refusal = result.error().message;
    }
  }
  if (!composed) understood.status = catalog::AnswerStatus::abstained;
  // What stands in for a better reading that the data can not carry out is not claimed.
  if (composed && used > 1 && understood.status == catalog::AnswerStatus::answered)
    understood.status = catalog::AnswerStatus::clarification;
  answer.status = understood.status;
  if (understood.status == catalog::AnswerStatus::clarification) {
    for (std::size_t i = used - 1;
         i < understood.readings.size() && answer.choices.size() < kChoices; ++i) {
      auto choice = to_choice(*context_, request.catalog, understood.readings[i], connection);
      if (!choice) continue;
      const bool again = std::ranges::any_of(
          answer.choices, [&](const auto& other) { return other.label == choice->label; });
      if (!again) answer.choices.push_back(std::move(*choice));
    }
    answer.response =
        !understood.unread.empty() ? "I can not make sense of " + quoted(understood.unread) +
                                         " here, so this may not be what you asked for. Is it?"
        : answer.choices.size() > 1 ? "This can mean more than one thing. Which one do you want?"
                                    : "I am not sure that this is what you asked for. Is it?";
    answer.insights.clear();
    if (answer.receipt) answer.receipt->numbers.clear();
  } else if (understood.status == catalog::AnswerStatus::abstained) {
    const std::string words = quoted(understood.unknown);
    answer.response =
        words == "“why”" ? "Reasons are not in the data, so I can not tell why. I can show how a "
                           "figure developed and what it is made of."
        : !understood.language.empty()
            ? "This seems to be " + understood.language + ". I can read questions in English only."
        : !composed && !refusal.empty() ? refusal
        : words.empty()
            ? "I could not find what this asks for in your data."
            : "I could not find " + words + " in your data, so I would only be guessing.";
    answer.insights.clear();
    if (answer.receipt) answer.receipt->numbers.clear();
    answer.follow_ups = answerable_questions(*context_);
  }
  if (answer.status != catalog::AnswerStatus::answered && unsure == Unsure::without_rows) {
    answer.columns.clear();
    answer.rows.clear();
    answer.total_rows = 0;
    answer.generated_query.reset();
    answer.suggested_chart.reset();
    answer.reading.reset();
    answer.receipt.reset();
    answer.data_sources_used.clear();
  }
  return finish(std::move(answer));
}

}  // namespace sextant::ask

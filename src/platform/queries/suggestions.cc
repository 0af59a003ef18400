#include "platform/queries/suggestions.h"

#include <algorithm>

#include "base/sql_text.h"
#include "base/time.h"
#include "platform/accounts/authorise.h"
#include "platform/sources/repository.h"
#include "platform/workers/typed_run.h"

namespace sextant::queries {
namespace {

constexpr std::chrono::seconds kQuestionPatience{10};

}  // namespace

Result<std::vector<Suggestion>> Suggestions::make(const catalog::Principal& who,
                                                  const SuggestionRequest& request,
                                                  std::stop_token stop) {
  TRY_VOID(accounts::authorise(who, accounts::Action::read, {"query", who.workspace_id}));
  if (request.failed) return fixes(who, request, std::move(stop));
  TRY(const auto catalog, data_.catalog(who.workspace_id, request.data_source_ids));
  TRY(const auto model, data_.model(catalog));

  // With a statement on the page, its tables come first.
  std::vector<std::string> read;
  if (request.sql_query) {
    Execution execution;
    execution.sql = *request.sql_query;
    execution.data_source_ids = request.data_source_ids;
    TRY(const auto checked, queries_.validate(who, execution, stop));
    read = checked.tables;
  }
  std::vector<Suggestion> out;
  const auto full = [&] { return out.size() >= request.limit; };
  if (!request.sql_query) {
    TRY(out, questions(who, catalog, model, request.limit, stop));
  }
  const auto add_from = [&](bool of_page) {
    for (const auto& table : model.tables) {
      if ((std::ranges::find(read, table.name) != read.end()) != of_page) continue;
      for (auto& suggestion : queries_over(table)) {
        const bool known = std::ranges::any_of(out, [&](const auto& other) {
          return sql::normalise(other.sql_query) == sql::normalise(suggestion.sql_query);
        });
        const bool same = request.sql_query && sql::normalise(*request.sql_query) ==
                                                   sql::normalise(suggestion.sql_query);
        if (!known && !same && !full()) out.push_back(std::move(suggestion));
      }
    }
  };
  add_from(true);
  add_from(false);
  return out;
}

Result<std::vector<Suggestion>> Suggestions::fixes(const catalog::Principal& who,
                                                   const SuggestionRequest& request,
                                                   std::stop_token stop) {
  Execution execution;
  execution.sql = request.sql_query.value_or("");
  execution.data_source_ids = request.data_source_ids;
  TRY(const auto checked, queries_.validate(who, execution, stop));
  std::vector<Suggestion> out;
  if (checked.problems.empty()) return out;
  for (auto& suggestion : corrections(execution.sql, checked.problems.front())) {
    // One mistake may hide the next; a few steps are gone.
    for (int step = 0; step < 4 && out.size() < request.limit; ++step) {
      execution.sql = suggestion.sql_query;
      TRY(const auto again, queries_.validate(who, execution, stop));
      if (again.valid) {
        out.push_back(suggestion);
        break;
      }
      auto further = corrections(suggestion.sql_query, again.problems.front());
      if (further.empty()) break;
      suggestion.sql_query = std::move(further.front().sql_query);
      suggestion.reason += " " + further.front().reason;
    }
  }
  return out;
}

Result<std::vector<Suggestion>> Suggestions::questions(const catalog::Principal& who,
                                                       const catalog::Catalog& catalog,
                                                       const catalog::SemanticModel& model,
                                                       std::size_t most, std::stop_token stop) {
  TRY_VOID(files_.prepare(who.workspace_id));
  TRY(const auto sources, sources::list_sources(database_, who.workspace_id));
  std::vector<Suggestion> out;
  for (const auto& source : sources) {
    const bool seen = std::ranges::any_of(
        catalog.sources, [&](const auto& s) { return s.source_id == source.source_id; });
    if (!seen) continue;
    for (const auto& question : source.suggested_questions) {
      if (out.size() >= most) return out;
      wire::AskRequest request;
      request.catalog = catalog;
      request.model = model;
      request.question = question;
      request.today = format_time(now()).substr(0, 10);
      workers::RunOptions options;
      options.timeout = kQuestionPatience;
      options.stop = stop;
      TRY(const auto answer,
          workers::run<catalog::Answer>(pool_, {who.workspace_id, files_.folder(who.workspace_id)},
                                        wire::Operation::ask, request, options));
      if (answer.status != catalog::AnswerStatus::answered || !answer.generated_query) continue;
      // Sources that are joined suggest some of the same.
      const bool known = std::ranges::any_of(out, [&](const auto& other) {
        return sql::normalise(other.sql_query) == sql::normalise(*answer.generated_query);
      });
      if (known) continue;
      out.push_back({question, *answer.generated_query,
                     "A question that " + source.source_name + " answers.",
                     SuggestionKind::question});
    }
  }
  return out;
}

}  // namespace sextant::queries

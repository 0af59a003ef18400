#pragma once
// Questions in words about a workspace's tables, answered with checked queries.
//
//   ask::QuestionEngine questions;                       // one per bound workspace
//   TRY(auto answer, questions.answer(request, connection));
//
// The connection sees one view per catalog table (engine.h). What is learnt about a catalog's data
// (value index, samples) is kept inside until the catalog's fingerprint or the model changes.
// Threads: one call at a time on one QuestionEngine. Same request and same data, same answer.
// Errors: those of the connection (cancelled, resource_exhausted), invalid_fields for a `reading`
// or `previous` that is malformed or names what is not there. A question that can not be understood
// is not an error but an abstained answer.

#include <memory>

#include "analysis/engine/duckdb.h"
#include "base/result.h"
#include "catalog/answer.h"
#include "wire/messages.h"

namespace sextant::ask {

class Context;

// Whom an answer is for. A person gets no rows of a reading that is not sure (abstained,
// clarification), so that nothing is mistaken for an answer, and beside what was asked for what it
// was chosen by (grounds.h). A measurement gets the rows of the best guess, just as asked for.
enum class Unsure { without_rows, with_rows };

class QuestionEngine {
 public:
  QuestionEngine();
  ~QuestionEngine();
  QuestionEngine(QuestionEngine&&) noexcept;
  QuestionEngine& operator=(QuestionEngine&&) noexcept;

  Result<catalog::Answer> answer(const wire::AskRequest& request, engine::Connection& connection,
                                 Unsure unsure = Unsure::without_rows);

  // Builds the value index ahead of the first question. `answer` does it when it was not done.
  Result<> prepare(const catalog::Catalog& catalog, const catalog::SemanticModel& model,
                   engine::Connection& connection);

 private:
  std::string key_;
  std::unique_ptr<Context> context_;
};

}  // namespace sextant::ask

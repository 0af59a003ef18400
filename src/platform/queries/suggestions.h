#pragma once
// What to run next: questions that the data can answer, queries that go on from one, and a
// statement that failed, corrected. Made by rules from the semantic model and from the error; a
// correction is only given when it passes validation. Thread-safe.

#include <boost/describe.hpp>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "platform/queries/query_service.h"

namespace sextant::queries {

enum class SuggestionKind { question, next, fix };
BOOST_DESCRIBE_ENUM(SuggestionKind, question, next, fix)

struct Suggestion {
  std::string question;  // what it answers, in words
  std::string sql_query;
  std::string reason;
  SuggestionKind kind = SuggestionKind::question;
};
BOOST_DESCRIBE_STRUCT(Suggestion, (), (question, sql_query, reason, kind))

struct SuggestionRequest {
  std::vector<std::string> data_source_ids;  // empty: all
  std::optional<std::string> sql_query;      // what is on the page
  bool failed = false;                       // it is to be corrected
  std::size_t limit = 6;
};

// Corrections of a statement with this problem, the likeliest first; nothing was checked yet.
std::vector<Suggestion> corrections(const std::string& sql, const Problem& problem);

// Queries over the table that make use of its measures, dimensions and time.
std::vector<Suggestion> queries_over(const catalog::ModelTable& table);

class Suggestions {
 public:
  Suggestions(store::Database& database, const blobs::WorkspaceFiles& files, workers::Pool& pool,
              sources::WorkspaceData& data, QueryService& queries)
      : database_(database), files_(files), pool_(pool), data_(data), queries_(queries) {}

  Result<std::vector<Suggestion>> make(const catalog::Principal& who,
                                       const SuggestionRequest& request, std::stop_token stop);

 private:
  Result<std::vector<Suggestion>> fixes(const catalog::Principal& who,
                                        const SuggestionRequest& request, std::stop_token stop);
  // Asks the question engine for the SQL of a source's own questions.
  Result<std::vector<Suggestion>> questions(const catalog::Principal& who,
                                            const catalog::Catalog& catalog,
                                            const catalog::SemanticModel& model, std::size_t most,
                                            std::stop_token stop);

  store::Database& database_;
  const blobs::WorkspaceFiles& files_;
  workers::Pool& pool_;
  sources::WorkspaceData& data_;
  QueryService& queries_;
};

}  // namespace sextant::queries

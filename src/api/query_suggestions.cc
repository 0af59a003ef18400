#include "api/queries.h"
#include "base/text.h"

namespace sextant::api {
namespace {

struct SuggestionsInput {
  std::optional<std::vector<std::string>> data_source_ids;
  std::optional<std::string> sql_query;
  std::optional<bool> failed;
  std::optional<std::int64_t> limit;

  static constexpr http::FieldDoc kDocs[] = {
      {"data_source_ids", "Only for these sources"},
      {"sql_query", "The statement on the page: what to ask next"},
      {"failed", "true: the statement has an error and is to be corrected"},
      {"limit", "1 to 20; 6 when not given"}};

  std::vector<json::FieldError> validate() const {
    std::vector<json::FieldError> errors;
    if (limit && (*limit < 1 || *limit > 20)) errors.push_back({"limit", "must be from 1 to 20"});
    if (failed.value_or(false) && text::trim(sql_query.value_or("")).empty()) {
      errors.push_back({"sql_query", "is required to correct it"});
    }
    return errors;
  }
};
BOOST_DESCRIBE_STRUCT(SuggestionsInput, (), (data_source_ids, sql_query, failed, limit))

struct SuggestionsReply {
  std::vector<queries::Suggestion> suggestions;
};
BOOST_DESCRIBE_STRUCT(SuggestionsReply, (), (suggestions))

}  // namespace

void add_query_suggestion_route(http::Router& router, queries::Suggestions& suggestions) {
  router.route<SuggestionsInput, SuggestionsReply>(
      {.method = http::Method::post,
       .path = "/api/ai/query-suggestions",
       .tag = "ai",
       .summary = "Queries worth running, or a failed one corrected",
       .cost = http::Cost::slow},
      [&suggestions](const http::RequestContext& c,
                     SuggestionsInput in) -> Result<SuggestionsReply> {
        queries::SuggestionRequest request;
        if (in.data_source_ids) request.data_source_ids = *in.data_source_ids;
        if (in.sql_query && !text::trim(*in.sql_query).empty()) request.sql_query = in.sql_query;
        request.failed = in.failed.value_or(false);
        request.limit = static_cast<std::size_t>(in.limit.value_or(6));
        TRY(auto made, suggestions.make(*c.principal, request, c.stop));
        return SuggestionsReply{std::move(made)};
      });
}

}  // namespace sextant::api

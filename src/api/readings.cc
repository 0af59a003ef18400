#include "api/readings.h"

#include "base/text.h"

namespace sextant::api {
namespace {

struct ComposeInput {
  json::Value reading;

  std::vector<json::FieldError> validate() const {
    if (!reading.is_object()) return {{"reading", "must be an object"}};
    return {};
  }
};
BOOST_DESCRIBE_STRUCT(ComposeInput, (), (reading))

struct RecogniseInput {
  std::string sql_query;

  std::vector<json::FieldError> validate() const {
    if (text::trim(sql_query).empty()) return {{"sql_query", "must not be empty"}};
    return {};
  }
};
BOOST_DESCRIBE_STRUCT(RecogniseInput, (), (sql_query))

}  // namespace

void add_reading_routes(http::Router& router, queries::Readings& readings) {
  using http::Cost;
  using http::Method;
  using http::RequestContext;

  router.route<ComposeInput, wire::ComposeReply>(
      {.method = Method::post,
       .path = "/api/queries/from-reading",
       .tag = "queries",
       .summary = "The SQL of a reading",
       .description =
           "A reading is what an answer gives as `reading.logical` and the visual "
           "builder edits. Members that are missing take their default. Computed columns are "
           "checked; a pivot that names no values gets those of the data, by a query. "
           "`links` has every way in which a table can be joined.",
       .cost = Cost::slow},
      [&readings](const RequestContext& c, ComposeInput in) {
        return readings.compose(*c.principal, in.reading, c.stop);
      });

  router.route<RecogniseInput, wire::RecogniseReply>(
      {.method = Method::post,
       .path = "/api/queries/to-reading",
       .tag = "queries",
       .summary = "The reading of a SELECT, or why there is none",
       .description = "`expressible` is false when no reading says what the statement says; then "
                      "`reason`, `hint` and `position` (byte offset) tell why and where.",
       .cost = Cost::slow},
      [&readings](const RequestContext& c, RecogniseInput in) {
        return readings.recognise(*c.principal, in.sql_query, c.stop);
      });
}

}  // namespace sextant::api

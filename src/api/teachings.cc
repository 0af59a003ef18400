#include "api/teachings.h"

namespace sextant::api {
namespace {

struct TeachingList {
  std::vector<models::TeachingDetail> teachings;
};
BOOST_DESCRIBE_STRUCT(TeachingList, (), (teachings))

struct TeachingInput {
  catalog::TeachingKind kind = catalog::TeachingKind::term;
  std::string phrase;
  catalog::Meaning meaning;

  static constexpr http::FieldDoc kDocs[] = {
      {"kind", "term: a word wherever it occurs; question: a whole question"},
      {"phrase", "The word, or the question"},
      {"meaning",
       "Of a term: table, column of it, value of that column, or metric; of a question: "
       "reading or sql_query"}};
};
BOOST_DESCRIBE_STRUCT(TeachingInput, (), (kind, phrase, meaning))

struct TeachingId {
  std::string teaching_id;
};
BOOST_DESCRIBE_STRUCT(TeachingId, (), (teaching_id))

}  // namespace

void add_teaching_routes(http::Router& router, models::TeachingService& service) {
  using http::Method;
  using http::RequestContext;

  router.route<http::Empty, TeachingList>(
      {.method = Method::get,
       .path = "/api/ai/teachings",
       .tag = "ai",
       .summary = "What the question engine was taught, newest first"},
      [&service](const RequestContext& c, http::Empty) -> Result<TeachingList> {
        TRY(auto list, service.list(*c.principal));
        return TeachingList{std::move(list)};
      });

  router.route<TeachingInput, models::TeachingDetail>(
      {.method = Method::post,
       .path = "/api/ai/teachings",
       .tag = "ai",
       .summary = "Teach what a word means or how a question is answered",
       .description =
           "In place of what was taught of the same phrase before. Saying “revenue means "
           "net_amount” in a conversation does the same.",
       .status = 201,
       .cost = http::Cost::slow},
      [&service](const RequestContext& c, TeachingInput in) {
        return service.teach(*c.principal, {in.kind, in.phrase, in.meaning, {}},
                             models::TeachingOrigin::page, c.stop);
      });

  router.route<TeachingId, http::Empty>(
      {.method = Method::del,
       .path = "/api/ai/teachings/{teaching_id}",
       .tag = "ai",
       .summary = "Take back what was taught"},
      [&service](const RequestContext& c, TeachingId in) -> Result<http::Empty> {
        TRY_VOID(service.forget(*c.principal, in.teaching_id));
        return http::Empty{};
      });
}

}  // namespace sextant::api

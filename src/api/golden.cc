#include "api/golden.h"

namespace sextant::api {
namespace {

struct GoldenList {
  std::vector<conversations::GoldenQuestion> questions;
};
BOOST_DESCRIBE_STRUCT(GoldenList, (), (questions))

struct GoldenInput {
  std::string turn_id;
};
BOOST_DESCRIBE_STRUCT(GoldenInput, (), (turn_id))

struct GoldenId {
  std::string golden_id;
};
BOOST_DESCRIBE_STRUCT(GoldenId, (), (golden_id))

}  // namespace

void add_golden_routes(http::Router& router, conversations::GoldenService& service) {
  using conversations::GoldenQuestion;
  using http::Cost;
  using http::Method;
  using http::RequestContext;

  router.route<http::Empty, GoldenList>(
      {.method = Method::get,
       .path = "/api/ai/golden",
       .tag = "ai",
       .summary = "Golden questions, newest first, with what differed when they were asked again"},
      [&service](const RequestContext& c, http::Empty) -> Result<GoldenList> {
        TRY(auto list, service.list(*c.principal));
        return GoldenList{std::move(list)};
      });

  router.route<GoldenInput, GoldenQuestion>(
      {.method = Method::post,
       .path = "/api/ai/golden",
       .tag = "ai",
       .summary = "Vouch for the answer of a turn",
       .description = "It is asked again when the data it rests on get a new version; when the "
                      "answer differs, you are notified.",
       .status = 201},
      [&service](const RequestContext& c, GoldenInput in) {
        return service.mark(*c.principal, in.turn_id);
      });

  router.route<http::Empty, GoldenList>(
      {.method = Method::post,
       .path = "/api/ai/golden/run",
       .tag = "ai",
       .summary = "Ask all golden questions again",
       .cost = Cost::slow},
      [&service](const RequestContext& c, http::Empty) -> Result<GoldenList> {
        TRY(auto list, service.run(*c.principal, c.stop));
        return GoldenList{std::move(list)};
      });

  router.route<GoldenId, GoldenQuestion>(
      {.method = Method::post,
       .path = "/api/ai/golden/{golden_id}/accept",
       .tag = "ai",
       .summary = "Take the answer that was found as the one to expect"},
      [&service](const RequestContext& c, GoldenId in) {
        return service.accept(*c.principal, in.golden_id);
      });

  router.route<GoldenId, http::Empty>(
      {.method = Method::del,
       .path = "/api/ai/golden/{golden_id}",
       .tag = "ai",
       .summary = "Vouch for an answer no longer"},
      [&service](const RequestContext& c, GoldenId in) -> Result<http::Empty> {
        TRY_VOID(service.remove(*c.principal, in.golden_id));
        return http::Empty{};
      });
}

}  // namespace sextant::api

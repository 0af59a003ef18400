#include <gtest/gtest.h>

#include <stdexcept>

#include "http/errors.h"
#include "http/policy.h"
#include "http/router.h"

namespace sextant::http {
namespace other {
struct Note {
  bool done = false;
};
BOOST_DESCRIBE_STRUCT(Note, (), (done))
}  // namespace other

namespace {

enum class State { open, closed };
BOOST_DESCRIBE_ENUM(State, open, closed)

struct Note {
  std::string text;
  State state = State::open;
  std::optional<std::vector<Note>> replies;
  std::map<std::string, double> scores;
  json::Value extra;
};
BOOST_DESCRIBE_STRUCT(Note, (), (text, state, replies, scores, extra))

struct UpdateNote {
  static constexpr FieldDoc kDocs[] = {{"note_id", "Which one"}, {"text", "At most 1 KB"}};
  std::string note_id;
  std::string text;
  std::optional<std::int64_t> position;
};
BOOST_DESCRIBE_STRUCT(UpdateNote, (), (note_id, text, position))

struct ListNotes {
  std::optional<std::int64_t> limit;
  std::string topic;
};
BOOST_DESCRIBE_STRUCT(ListNotes, (), (limit, topic))

void add_routes(Router& router) {
  router.route<ListNotes, std::vector<Note>>(
      {.path = "/api/notes", .tag = "notes", .summary = "All notes"},
      [](const RequestContext&, ListNotes) { return std::vector<Note>{}; });
  router.route<UpdateNote, Note>(
      {.method = Method::patch, .path = "/api/notes/{note_id}", .tag = "notes"},
      [](const RequestContext&, UpdateNote) { return Note{}; });
  router.route<Note, other::Note>({.method = Method::post,
                                   .path = "/api/notes",
                                   .tag = "more",
                                   .access = Access::open,
                                   .status = 201},
                                  [](const RequestContext&, Note) { return other::Note{}; });
  router.route<UpdateNote, Empty>({.method = Method::del, .path = "/api/notes/{note_id}"},
                                  [](const RequestContext&, UpdateNote) { return Empty{}; });
}

TEST(OpenApi, DescribesRoutesByTheirTypes) {
  Router router;
  add_routes(router);
  const json::Value document = router.openapi();
  const auto& paths = document.at("paths").get_object();
  const auto& list = paths.at("/api/notes").at("get");
  EXPECT_EQ(
      json::dump(list.at("parameters")),
      R"([{"name":"limit","in":"query","required":false,"schema":{"type":"integer","format":"int64"}},)"
      R"({"name":"topic","in":"query","required":true,"schema":{"type":"string"}}])");
  EXPECT_EQ(
      json::dump(list.at("responses").at("200").at("content").at("application/json").at("schema")),
      R"({"type":"array","items":{"$ref":"#/components/schemas/http_Note"}})");

  const auto& update = paths.at("/api/notes/{note_id}").at("patch");
  EXPECT_EQ(
      json::dump(update.at("parameters")),
      R"([{"name":"note_id","in":"path","required":true,"description":"Which one","schema":{"type":"string"}}])");
  EXPECT_EQ(
      json::dump(update.at("requestBody").at("content").at("application/json").at("schema")),
      R"({"type":"object","properties":{"text":{"type":"string","description":"At most 1 KB"},)"
      R"("position":{"type":"integer","format":"int64"}},"required":["text"]})");

  const auto& create = paths.at("/api/notes").at("post");
  EXPECT_EQ(json::dump(create.at("security")), "[]");
  EXPECT_EQ(
      json::dump(create.at("requestBody")),
      R"({"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/http_Note"}}}})");
  EXPECT_TRUE(create.at("responses").get_object().contains("201"));
  EXPECT_FALSE(paths.at("/api/notes/{note_id}")
                   .at("delete")
                   .at("responses")
                   .at("204")
                   .get_object()
                   .contains("content"));

  const auto& schemas = document.at("components").at("schemas").get_object();
  EXPECT_EQ(
      json::dump(schemas.at("http_Note")),
      R"({"type":"object","properties":{"text":{"type":"string"},)"
      R"("state":{"$ref":"#/components/schemas/State"},)"
      R"("replies":{"type":"array","items":{"$ref":"#/components/schemas/http_Note"}},)"
      R"("scores":{"type":"object","additionalProperties":{"type":"number","format":"double"}},)"
      R"("extra":{}},"required":["text","state","scores","extra"]})");
  EXPECT_EQ(json::dump(schemas.at("State")), R"({"type":"string","enum":["open","closed"]})");
  EXPECT_TRUE(schemas.contains("http_other_Note"));
  EXPECT_TRUE(schemas.contains("ErrorBody"));
  EXPECT_FALSE(schemas.contains("ListNotes"));  // only its members are used
  EXPECT_EQ(json::dump(document), json::dump(router.openapi()));
}

TEST(Router, FindsRoutes) {
  Router router;
  add_routes(router);
  router.route<Empty, Empty>({.path = "/api/notes/search"},
                             [](const RequestContext&, Empty) { return Empty{}; });
  EXPECT_EQ(router.find(Method::get, "/api/notes/search").route->info.path, "/api/notes/search");
  const auto match = router.find(Method::patch, "/api/notes/a%2Fb");
  ASSERT_TRUE(match.route);
  EXPECT_EQ(match.parameters[0].second, "a/b");
  EXPECT_EQ(router.find(Method::put, "/api/notes").allowed.size(), 2u);
  EXPECT_FALSE(router.find(Method::get, "/api/notes/").route);
  EXPECT_FALSE(router.find(Method::get, "/api/notes/%ff").route);
  EXPECT_FALSE(router.find(Method::get, "").route);
}

TEST(Router, RefusesWrongRegistrations) {
  Router router;
  add_routes(router);
  EXPECT_THROW(add_routes(router), std::logic_error);
  const auto add = [&](RouteInfo info) {
    router.route<Note, Note>(std::move(info),
                             [](const RequestContext&, Note note) { return note; });
  };
  EXPECT_THROW(add({.path = "/x/{id}"}), std::logic_error);
  EXPECT_THROW(add({.path = "x"}), std::logic_error);
  EXPECT_THROW(add({.path = "/x", .cost = Cost::inline_}), std::logic_error);
}

TEST(Errors, HaveOneShape) {
  const Error error(ErrorCode::invalid_sql, "no such column", "Did you mean a?", {{"position", 7}});
  EXPECT_EQ(json::dump(error_body(error, "r1")),
            R"({"error":{"code":"invalid_sql","message":"no such column","detail":{"position":7},)"
            R"("hint":"Did you mean a?","request_id":"r1"}})");
  for (int i = 0; i <= static_cast<int>(ErrorCode::internal); ++i) {
    const int status = status_of(static_cast<ErrorCode>(i));
    EXPECT_GE(status, 400);
    EXPECT_NE(reason_phrase(status), "Unknown");
  }
}

TEST(Policy, DropsLineBreaksFromHeaders) {
  const Headers extra{{"X-Name", "a\r\nSet-Cookie: b"}};
  ResponseHead head;
  head.extra = &extra;
  EXPECT_NE(format_head(head).find("X-Name: aSet-Cookie: b\r\n"), std::string::npos);
}

}  // namespace
}  // namespace sextant::http

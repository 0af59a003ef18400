// The transport, seen from the wire.
#include <condition_variable>
#include <latch>
#include <mutex>

#include "http/sse.h"
#include "http/test_client.h"

namespace sextant::http::testing {
namespace {

using namespace std::chrono_literals;

enum class Colour { red, green };
BOOST_DESCRIBE_ENUM(Colour, red, green)

struct ItemPath {
  std::string item_id;
};
BOOST_DESCRIBE_STRUCT(ItemPath, (), (item_id))

struct ListInput {
  std::int64_t limit = 0;
  std::optional<bool> unread;
  std::optional<Colour> colour;
  std::vector<std::string> tags;
};
BOOST_DESCRIBE_STRUCT(ListInput, (), (limit, unread, colour, tags))

struct UpdateInput {
  std::string item_id;
  std::string name;
  std::optional<double> price;
};
BOOST_DESCRIBE_STRUCT(UpdateInput, (), (item_id, name, price))

struct Text {
  std::string text;
};
BOOST_DESCRIBE_STRUCT(Text, (), (text))

class ServerTest : public ::testing::Test {
 protected:
  ServerTest() {
    auto& router = server_.router;
    router.route<Empty, Text>({.path = "/api/live", .access = Access::open, .cost = Cost::inline_},
                              [](const RequestContext&, Empty) { return Text{"up"}; });
    router.route<Empty, Text>({.path = "/api/me"}, [](const RequestContext& context, Empty) {
      return Text{context.principal->email};
    });
    router.route<ItemPath, Text>({.path = "/api/items/{item_id}", .access = Access::open},
                                 [](const RequestContext&, ItemPath input) -> Result<Text> {
                                   if (input.item_id == "none") {
                                     return fail(ErrorCode::not_found, "no such item");
                                   }
                                   return Text{input.item_id};
                                 });
    router.route<ItemPath, Empty>({.method = Method::del,
                                   .path = "/api/items/{item_id}",
                                   .access = Access::open,
                                   .options = {{"X-Speaks", "items"}}},
                                  [](const RequestContext&, ItemPath) { return Empty{}; });
    router.route<UpdateInput, UpdateInput>(
        {.method = Method::patch, .path = "/api/items/{item_id}", .access = Access::open},
        [](const RequestContext&, UpdateInput input) { return input; });
    router.route<ListInput, ListInput>(
        {.path = "/api/items", .access = Access::open},
        [](const RequestContext&, ListInput input) { return input; });
    router.route<Empty, Text>({.path = "/api/throws", .access = Access::open},
                              [](const RequestContext&, Empty) -> Result<Text> {
                                throw std::runtime_error("secret detail");
                              });
    router.route<Empty, Text>(
        {.path = "/api/large", .access = Access::open},
        [](const RequestContext&, Empty) { return Text{std::string(100'000, 'x')}; });
    router.route<Empty, Text>({.path = "/api/wait", .access = Access::open, .cost = Cost::slow},
                              [this](const RequestContext& context, Empty) -> Result<Text> {
                                std::unique_lock lock(mutex_);
                                ++waiting_;
                                changed_.notify_all();
                                changed_.wait(lock, context.stop, [&] { return released_; });
                                if (context.stop.stop_requested()) {
                                  ++stopped_;
                                  changed_.notify_all();
                                  return fail(ErrorCode::cancelled, "stopped");
                                }
                                return Text{"released"};
                              });
    router.stream<Empty, Text>(
        {.path = "/api/events", .access = Access::open, .cost = Cost::slow},
        [](const RequestContext&, Empty, ResponseWriter& writer) -> Result<> {
          SseWriter events(writer);
          TRY_VOID(events.start());
          TRY_VOID(events.event("first", json::Object{{"n", 1}}));
          TRY_VOID(events.keep_alive());
          return events.event("second", json::Object{{"n", 2}});
        });
    router.stream<Empty, Text>(
        {.path = "/api/endless", .access = Access::open, .cost = Cost::slow},
        [this](const RequestContext&, Empty, ResponseWriter& writer) -> Result<> {
          TRY_VOID(writer.start(200, "text/plain"));
          const std::string block(10'000, 'y');
          while (true) {
            auto written = writer.write(block);
            if (!written) {
              const std::lock_guard lock(mutex_);
              ++stopped_;
              changed_.notify_all();
              return written;
            }
            written_ += block.size();
          }
        });
    router.stream<Empty, Text>(
        {.path = "/api/breaks", .access = Access::open},
        [](const RequestContext&, Empty, ResponseWriter& writer) -> Result<> {
          TRY_VOID(writer.start(200, "text/plain"));
          TRY_VOID(writer.write("half"));
          return fail(ErrorCode::internal, "broke");
        });
    router.stream<Empty, Text>({.path = "/api/refuses", .access = Access::open},
                               [](const RequestContext&, Empty, ResponseWriter&) -> Result<> {
                                 return fail(ErrorCode::conflict, "not now");
                               });
  }

  void wait_for(int& counter, int value) {
    std::unique_lock lock(mutex_);
    ASSERT_TRUE(changed_.wait_for(lock, 10s, [&] { return counter >= value; }));
  }
  void release() {
    const std::lock_guard lock(mutex_);
    released_ = true;
    changed_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable_any changed_;
  bool released_ = false;
  int waiting_ = 0;
  int stopped_ = 0;
  std::atomic<std::size_t> written_ = 0;
  TestServer server_;  // last: stops before what its handlers use
};

TEST_F(ServerTest, AnswersInlineAndFromThePool) {
  Client client(server_.start());
  const auto live = client.get("/api/live", "X-Request-Id: abc-1\r\n");
  EXPECT_EQ(live.status, 200);
  EXPECT_EQ(live.body, R"({"text":"up"})");
  EXPECT_EQ(live.headers.at("x-request-id"), "abc-1");
  EXPECT_EQ(live.headers.at("x-content-type-options"), "nosniff");
  EXPECT_NE(live.headers.at("content-security-policy").find("default-src 'self'"),
            std::string::npos);
  const auto item = client.get("/api/items/a%20b%2Fc", "X-Request-Id: bad id\r\n");
  EXPECT_EQ(item.body, R"({"text":"a b/c"})");
  EXPECT_TRUE(is_id(item.headers.at("x-request-id")));
  EXPECT_EQ(client.request("DELETE", "/api/items/x").status, 204);
}

TEST_F(ServerTest, ChecksTokens) {
  Client client(server_.start());
  const auto none = client.get("/api/me");
  EXPECT_EQ(none.status, 401);
  EXPECT_EQ(none.headers.at("www-authenticate"), "Bearer");
  EXPECT_NE(none.json().at("error").at("hint").get_string().find("login"), std::string::npos);
  EXPECT_EQ(client.get("/api/me", "Authorization: Bearer bad\r\n").status, 401);
  EXPECT_EQ(client.get("/api/me", kToken).body, R"({"text":"ada@example.com"})");
}

TEST_F(ServerTest, ReadsTypedQueriesAndBodies) {
  Client client(server_.start());
  EXPECT_EQ(client.get("/api/items?limit=5&unread&colour=green&tags=a,b&tags=c").body,
            R"({"limit":5,"unread":true,"colour":"green","tags":["a","b","c"]})");
  const auto wrong = client.get("/api/items?limit=many&colour=blue&tags=a");
  EXPECT_EQ(wrong.status, 422);
  const auto fields = wrong.json().at("error").at("detail").at("fields").get_array();
  ASSERT_EQ(fields.size(), 2u);
  EXPECT_EQ(fields[0].at("path").get_string(), "limit");
  EXPECT_EQ(fields[1].at("message").get_string(), "must be one of red, green");
  EXPECT_EQ(client.get("/api/items?limit=%zz").status, 400);

  const std::string json_type = "Content-Type: application/json; charset=utf-8\r\n";
  EXPECT_EQ(
      client.request("PATCH", "/api/items/7", R"({"name":"n","item_id":"8"})", json_type).body,
      R"({"item_id":"7","name":"n"})");
  EXPECT_EQ(client.request("PATCH", "/api/items/7", "{}", json_type).error_code(),
            "invalid_fields");
  EXPECT_EQ(client.request("PATCH", "/api/items/7").error_code(), "invalid_fields");
  EXPECT_EQ(client.request("PATCH", "/api/items/7", "{", json_type).status, 400);
  EXPECT_EQ(client.request("PATCH", "/api/items/7", "[]", json_type).status, 400);
  EXPECT_EQ(client.request("PATCH", "/api/items/7", "a=b", "Content-Type: text/plain\r\n").status,
            415);
  client.send(
      "PATCH /api/items/7 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5\r\n{\"nam\r\n8;x=y\r\ne\":\"nn\"}\r\n0\r\n\r\n");
  EXPECT_EQ(client.read().body, R"({"item_id":"7","name":"nn"})");
}

TEST_F(ServerTest, RefusesWhatItDoesNotServe) {
  Client client(server_.start());
  EXPECT_EQ(client.get("/api/nothing").error_code(), "not_found");
  EXPECT_EQ(client.get("/api/items/none").status, 404);
  const auto wrong = client.request("POST", "/api/items/7", "{}");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.headers.at("allow"), "GET, HEAD, PATCH, DELETE, OPTIONS");
  const auto options = client.request("OPTIONS", "/api/items/7");
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.headers.at("allow"), "GET, HEAD, PATCH, DELETE, OPTIONS");
  EXPECT_EQ(options.headers.at("x-speaks"), "items");
  EXPECT_EQ(client.request("BREW", "/api/live").status, 405);
  const auto head = client.request("HEAD", "/api/live");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.headers.at("content-length"), "13");
  EXPECT_EQ(client.get("/api/live").status, 200);
}

TEST_F(ServerTest, AThrowingHandlerIsOneError) {
  Client client(server_.start());
  const auto response = client.get("/api/throws");
  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(response.body.find("secret"), std::string::npos);
  EXPECT_EQ(response.json().at("error").at("request_id").get_string(),
            response.headers.at("x-request-id"));
  EXPECT_EQ(client.get("/api/live").status, 200);
}

TEST_F(ServerTest, CompressesLargeAnswers) {
  Client client(server_.start());
  EXPECT_EQ(client.get("/api/large").body.size(), 100'011u);
  const auto packed = client.get("/api/large", "Accept-Encoding: br, gzip\r\n");
  EXPECT_EQ(packed.headers.at("content-encoding"), "gzip");
  EXPECT_LT(packed.body.size(), 2'000u);
  EXPECT_FALSE(client.get("/api/large", "Accept-Encoding: gzip;q=0\r\n")
                   .headers.contains("content-encoding"));
}

TEST_F(ServerTest, ServesAThousandRequestsOnOneConnection) {
  Client client(server_.start());
  for (int i = 0; i < 1000; ++i) {
    ASSERT_EQ(client.get("/api/items/" + std::to_string(i)).body,
              "{\"text\":\"" + std::to_string(i) + "\"}");
  }
}

TEST_F(ServerTest, AnswersPipelinedRequestsInOrder) {
  Client client(server_.start());
  std::string text;
  for (int i = 0; i < 50; ++i) {
    text += "GET /api/items/" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\n\r\n";
    text += "PATCH /api/items/9 HTTP/1.1\r\nHost: x\r\nContent-Length: 12\r\n\r\n{\"name\":\"b\"}";
  }
  client.send(text);
  for (int i = 0; i < 50; ++i) {
    ASSERT_EQ(client.read().body, "{\"text\":\"" + std::to_string(i) + "\"}");
    ASSERT_EQ(client.read().body, R"({"item_id":"9","name":"b"})");
  }
}

TEST_F(ServerTest, SpeaksHttp10) {
  Client client(server_.start());
  client.send("GET /api/live HTTP/1.0\r\n\r\n");
  EXPECT_EQ(client.read().status, 200);
  EXPECT_TRUE(client.at_end());
  Client stream(server_.port);
  stream.send("GET /api/events HTTP/1.0\r\n\r\n");
  const auto head = stream.read_head();
  EXPECT_FALSE(head.headers.contains("transfer-encoding"));
  EXPECT_EQ(stream.take_through("{\"n\":2}\n\n").find("event: first\n"), 0u);
  EXPECT_TRUE(stream.at_end());
}

TEST_F(ServerTest, RefusesMalformedAndAmbiguousRequests) {
  server_.options.max_header = 4096;
  server_.options.max_body = 1000;
  server_.start();
  const std::pair<std::string, int> cases[] = {
      {"NONSENSE\r\n\r\n", 400},
      {"GET /api/live HTTP/1.1\r\n\r\n", 400},
      {"GET /api/live HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
      {"GET api/live HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET /api/live HTTP/3.0\r\nHost: a\r\n\r\n", 505},
      {"GET /api/live HTTP/1.1\r\nHost: a\r\nX: " + std::string(5000, 'x') + "\r\n\r\n", 431},
      {"PATCH /api/items/1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: "
       "chunked\r\n"
       "\r\n0\r\n\r\n",
       400},
      {"PATCH /api/items/1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
       400},
      {"PATCH /api/items/1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n{", 413},
      {"PATCH /api/items/1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n800\r\n" +
           std::string(0x800, ' ') + "\r\n",
       413},
  };
  for (const auto& [text, status] : cases) {
    Client client(server_.port);
    client.send(text);
    EXPECT_EQ(client.read().status, status) << text.substr(0, 80);
    ::shutdown(client.descriptor(), SHUT_WR);
    EXPECT_TRUE(client.at_end()) << text.substr(0, 80);
  }
  Client client(server_.port);
  EXPECT_EQ(client.get("/api/live").status, 200);
}

TEST_F(ServerTest, ClosesSlowAndIdleClients) {
  server_.options.header_timeout = 60ms;
  server_.options.idle_timeout = 80ms;
  server_.options.progress_timeout = 60ms;
  server_.start();
  Client slow(server_.port);
  slow.send("GET /api/live HTTP/1.1\r\nHost:");
  EXPECT_EQ(slow.read().status, 408);
  Client idle(server_.port);
  EXPECT_EQ(idle.get("/api/live").status, 200);
  EXPECT_TRUE(idle.at_end());
  Client body(server_.port);
  body.send("PATCH /api/items/1 HTTP/1.1\r\nHost: a\r\nContent-Length: 20\r\n\r\n{");
  EXPECT_EQ(body.read().status, 408);
}

TEST_F(ServerTest, ChecksHostsAndOrigins) {
  server_.options.allowed_hosts = {"localhost", "*.example.com"};
  server_.options.cors_origins = {"https://app.example.com"};
  Client client(server_.start());
  client.send("GET /api/live HTTP/1.1\r\nHost: evil.org\r\n\r\n");
  EXPECT_EQ(client.read().status, 400);
  client.send("GET /api/live HTTP/1.1\r\nHost: a.Example.com:8000\r\n\r\n");
  EXPECT_EQ(client.read().status, 200);
  const auto allowed = client.get("/api/live", "Origin: https://app.example.com\r\n");
  EXPECT_EQ(allowed.headers.at("access-control-allow-origin"), "https://app.example.com");
  EXPECT_FALSE(client.get("/api/live", "Origin: https://evil.org\r\n")
                   .headers.contains("access-control-allow-origin"));
  const auto preflight =
      client.request("OPTIONS", "/api/items/7", {},
                     "Origin: https://app.example.com\r\nAccess-Control-Request-Method: PATCH\r\n");
  EXPECT_EQ(preflight.status, 204);
  EXPECT_NE(preflight.headers.at("access-control-allow-methods").find("PATCH"), std::string::npos);
}

TEST_F(ServerTest, StreamsEventsAndTheirFailures) {
  Client client(server_.start());
  client.send("GET /api/events HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto events = client.read();
  EXPECT_EQ(events.headers.at("content-type"), "text/event-stream");
  EXPECT_EQ(events.body,
            "event: first\ndata: {\"n\":1}\n\n: keep-alive\n\nevent: second\ndata: {\"n\":2}\n\n");
  EXPECT_EQ(client.get("/api/refuses").error_code(), "conflict");
  EXPECT_EQ(client.request("HEAD", "/api/events").status, 200);
  EXPECT_EQ(client.get("/api/live").status, 200);

  client.send("GET /api/breaks HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(client.read_head().status, 200);
  EXPECT_EQ(client.read_chunk(), "half");
  EXPECT_TRUE(client.at_end());  // cut without a last chunk
}

TEST_F(ServerTest, AStreamWaitsForItsClientAndEndsWithIt) {
  server_.start();
  {
    Client client(server_.port);
    client.send("GET /api/endless HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(client.read_head().status, 200);
    // The socket's buffers and the channel fill up; then the handler waits.
    std::size_t before = 0;
    eventually([&] {
      const std::size_t present = written_;
      const bool still = present > 0 && present == before;
      before = present;
      std::this_thread::sleep_for(20ms);
      return still;
    });
    EXPECT_LT(written_, 40u << 20);
    const std::lock_guard lock(mutex_);
    EXPECT_EQ(stopped_, 0);
  }
  wait_for(stopped_, 1);
}

TEST_F(ServerTest, ALeavingClientStopsItsHandler) {
  server_.start();
  {
    Client client(server_.port);
    client.send("GET /api/wait HTTP/1.1\r\nHost: x\r\n\r\n");
    wait_for(waiting_, 1);
  }
  wait_for(stopped_, 1);
}

TEST_F(ServerTest, SaysWhenItIsFull) {
  server_.options.slow_threads = 1;
  server_.options.queue_limit = 1;
  std::atomic<int> refused = 0;
  server_.options.observe = [&](const ServerOptions::Observation& seen) {
    EXPECT_EQ(seen.route.substr(0, 5), "/api/");
    if (seen.status == 503) ++refused;
  };
  server_.start();
  Client first(server_.port);
  first.send("GET /api/wait HTTP/1.1\r\nHost: x\r\n\r\n");
  wait_for(waiting_, 1);
  // Of five more one finds room in the queue.
  std::vector<std::unique_ptr<Client>> more;
  for (int i = 0; i < 5; ++i) {
    more.push_back(std::make_unique<Client>(server_.port));
    more.back()->send("GET /api/wait HTTP/1.1\r\nHost: x\r\n\r\n");
  }
  eventually([&] { return refused == 4; });
  EXPECT_EQ(Client(server_.port).get("/api/items/short").status, 200);  // the other pool
  release();
  EXPECT_EQ(first.read().status, 200);
  int served = 0;
  for (const auto& client : more) {
    const auto response = client->read();
    if (response.status == 200)
      ++served;
    else
      EXPECT_EQ(response.headers.at("retry-after"), "1");
  }
  EXPECT_EQ(served, 1);
}

TEST_F(ServerTest, DrainsWhatIsInFlight) {
  server_.start();
  Client idle(server_.port);
  EXPECT_EQ(idle.get("/api/live").status, 200);
  Client busy(server_.port);
  busy.send("GET /api/wait HTTP/1.1\r\nHost: x\r\n\r\n");
  wait_for(waiting_, 1);
  auto stopping = std::async(std::launch::async, [&] { server_.stop(); });
  EXPECT_TRUE(idle.at_end());
  release();
  const auto response = busy.read();
  EXPECT_EQ(response.body, R"({"text":"released"})");
  EXPECT_EQ(response.headers.at("connection"), "close");
  stopping.get();
  EXPECT_THROW(Client{server_.port}, std::runtime_error);
}

TEST_F(ServerTest, StopsHandlersThatOutlastTheDrain) {
  server_.options.drain_timeout = 50ms;
  server_.start();
  Client busy(server_.port);
  busy.send("GET /api/wait HTTP/1.1\r\nHost: x\r\n\r\n");
  wait_for(waiting_, 1);
  server_.stop();
  const auto response = busy.read();
  EXPECT_EQ(response.status, 503);
  EXPECT_NE(response.body.find("shutting down"), std::string::npos);
  const std::lock_guard lock(mutex_);
  EXPECT_EQ(stopped_, 1);
}

TEST_F(ServerTest, RefusesAPortInUse) {
  server_.start();
  ServerOptions options = server_.options;
  options.port = server_.port;
  Server second(options, server_.router, *server_.hub, server_.pages);
  const auto started = second.start();
  ASSERT_FALSE(started);
  EXPECT_NE(started.error().message.find(std::to_string(server_.port)), std::string::npos);
}

TEST_F(ServerTest, ServesPagesAndDocuments) {
  auto& pages = server_.pages;
  pages.add("/index.html", "<html>page</html>");
  pages.add("/assets/app-0123abcd.js", std::string(5000, ' '));
  Client client(server_.start());
  const auto index = client.get("/");
  EXPECT_EQ(index.headers.at("content-type"), "text/html; charset=utf-8");
  EXPECT_EQ(index.headers.at("cache-control"), "no-cache");
  EXPECT_EQ(client.get("/dashboards/17").body, index.body);
  EXPECT_EQ(client.get("/missing.js").status, 404);
  EXPECT_EQ(client.get("/../../etc/passwd.txt").status, 404);
  const auto script = client.get("/assets/app-0123abcd.js");
  EXPECT_EQ(script.headers.at("cache-control"), "public, max-age=31536000, immutable");
  const auto again = client.get("/", "If-None-Match: " + index.headers.at("etag") + "\r\n");
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(client.request("POST", "/", "x").headers.at("allow"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(client.get("/openapi.json").json().at("openapi").get_string(), "3.1.0");
  EXPECT_NE(client.get("/docs").body.find("/docs/docs.js"), std::string::npos);
  EXPECT_EQ(client.get("/docs/docs.js").headers.at("content-type"),
            "text/javascript; charset=utf-8");
}

}  // namespace
}  // namespace sextant::http::testing

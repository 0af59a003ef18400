// The WebSocket, frame by frame.
#include <mutex>

#include "http/test_client.h"

namespace sextant::http::testing {
namespace {

using namespace std::chrono_literals;

enum Opcode { kText = 1, kClose = 8, kPing = 9, kPong = 10 };

struct Frame {
  int opcode = 0;
  std::string payload;

  std::string type() const { return std::string(json::parse(payload)->at("type").get_string()); }
  std::int64_t seq() const { return json::parse(payload)->at("seq").get_int64(); }
  int close_code() const {
    return (static_cast<unsigned char>(payload.at(0)) << 8) |
           static_cast<unsigned char>(payload.at(1));
  }
};

class WebSocketClient {
 public:
  explicit WebSocketClient(int port) : client_(port) {}

  Response open(const std::string& query, const std::string& headers = {}) {
    client_.send("GET /api/realtime" + query +
                 " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                 "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n" +
                 headers + "\r\n");
    Response response = client_.read_head();
    if (response.headers.contains("content-length")) {
      response.body = client_.take(std::stoul(response.headers["content-length"]));
    }
    return response;
  }

  Frame read() {
    const std::string head = client_.take(2);
    std::size_t size = static_cast<unsigned char>(head[1]) & 0x7F;
    if (size >= 126) {
      const std::string more = client_.take(size == 126 ? 2 : 8);
      size = 0;
      for (const char c : more) size = size << 8 | static_cast<unsigned char>(c);
    }
    return {head[0] & 0x0F, client_.take(size)};
  }

  void send(int opcode, std::string payload) {
    std::string frame{static_cast<char>(0x80 | opcode), static_cast<char>(0x80 | payload.size())};
    frame += "mask";
    for (std::size_t i = 0; i < payload.size(); ++i) payload[i] ^= "mask"[i % 4];
    client_.send(frame + payload);
  }

  bool at_end() { return client_.at_end(); }

 private:
  Client client_;
};

class RealtimeTest : public ::testing::Test {
 protected:
  RealtimeTest() {
    server_.replay = [this](const std::string& workspace, std::int64_t after) {
      const std::lock_guard lock(mutex_);
      EXPECT_EQ(workspace, "w1");
      std::vector<catalog::Event> events;
      for (const auto& event : log_) {
        if (event.seq > after && events.size() < 3) events.push_back(event);  // in small parts
      }
      return events;
    };
  }

  std::string ticket() { return server_.hub->issue_ticket(TestServer::principal()).ticket; }
  std::string query() { return "?ticket=" + ticket(); }

  // Appends to the log; publishes unless another server did it.
  void append(bool publish = true) {
    catalog::Event event;
    {
      const std::lock_guard lock(mutex_);
      event.seq = static_cast<std::int64_t>(log_.size()) + 1;
      event.type = "file.changed";
      log_.push_back(event);
    }
    if (publish) server_.hub->publish("w1", event);
  }

  std::mutex mutex_;
  std::vector<catalog::Event> log_;
  TestServer server_;
};

TEST_F(RealtimeTest, DeliversLiveEvents) {
  server_.start();
  WebSocketClient page(server_.port);
  EXPECT_EQ(page.open(query(), "Origin: http://localhost\r\n").status, 101);
  eventually([&] { return server_.hub->connections() == 1; });
  append();
  server_.hub->publish("w1", {0, "file.progress", "s1", json::Object{{"fraction", 0.5}}});
  server_.hub->publish("w2", {1, "other.workspace", {}, {}});
  append();
  EXPECT_EQ(page.read().payload, R"({"seq":1,"type":"file.changed","data":null})");
  EXPECT_EQ(page.read().payload,
            R"({"seq":0,"type":"file.progress","source_id":"s1","data":{"fraction":0.5}})");
  EXPECT_EQ(page.read().seq(), 2);
}

TEST_F(RealtimeTest, ReplaysWhatWasMissed) {
  server_.start();
  for (int i = 0; i < 10; ++i) append();
  WebSocketClient page(server_.port);
  EXPECT_EQ(page.open(query() + "&after=2").status, 101);
  for (int seq = 3; seq <= 10; ++seq) EXPECT_EQ(page.read().seq(), seq);
  append();
  EXPECT_EQ(page.read().seq(), 11);
  // Another server published 12; 13 shows that it is missing, and it is fetched.
  append(false);
  append();
  EXPECT_EQ(page.read().seq(), 12);
  EXPECT_EQ(page.read().seq(), 13);
  server_.hub->publish("w1", log_[11]);  // late and known
  append();
  EXPECT_EQ(page.read().seq(), 14);
}

TEST_F(RealtimeTest, LosesAndRepeatsNothingWhileConnecting) {
  server_.start();
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    for (int i = 0; i < 2000; ++i) append();
    stop = true;
  });
  std::int64_t after = 0;
  while (!stop || after < 2000) {
    WebSocketClient page(server_.port);
    ASSERT_EQ(page.open(query() + "&after=" + std::to_string(after)).status, 101);
    for (int i = 0; i < 100 && after < 2000; ++i) {
      const Frame frame = page.read();
      ASSERT_EQ(frame.opcode, kText);
      ASSERT_EQ(frame.seq(), after + 1);
      after = frame.seq();
    }
  }
  writer.join();
}

TEST_F(RealtimeTest, ChecksTicketsAndOrigins) {
  server_.options.cors_origins = {"https://app.example.com"};
  server_.start();
  const auto status = [&](const std::string& query, const std::string& headers = {}) {
    WebSocketClient page(server_.port);
    return page.open(query, headers).status;
  };
  const std::string once = query();
  EXPECT_EQ(status(once), 101);
  EXPECT_EQ(status(once), 401);
  EXPECT_EQ(status(""), 401);
  EXPECT_EQ(status("?ticket=" + std::string(200, 'A')), 401);
  std::string forged = query();
  forged[60] = forged[60] == 'A' ? 'B' : 'A';
  EXPECT_EQ(status(forged), 401);
  EXPECT_EQ(status(query(), "Origin: https://evil.org\r\n"), 403);
  EXPECT_EQ(status(query(), "Origin: https://app.example.com\r\n"), 101);
  EXPECT_EQ(status(query() + "&after=x"), 400);
  Client plain(server_.port);
  EXPECT_EQ(plain.get("/api/realtime").status, 426);

  Hub expired([](const std::string&, std::int64_t) { return std::vector<catalog::Event>{}; },
              {.ticket_secret = "s", .ticket_seconds = -1});
  EXPECT_FALSE(expired.redeem(expired.issue_ticket(TestServer::principal()).ticket));
  Hub one([](const std::string&, std::int64_t) { return std::vector<catalog::Event>{}; }, {"s"});
  Hub two([](const std::string&, std::int64_t) { return std::vector<catalog::Event>{}; }, {"s"});
  EXPECT_EQ(two.redeem(one.issue_ticket(TestServer::principal()).ticket)->user_id, "u1");
}

TEST_F(RealtimeTest, ClosesInWords) {
  server_.start();
  WebSocketClient page(server_.port);
  page.open(query());
  {
    WebSocketClient leaving(server_.port);
    leaving.open(query());
    eventually([&] { return server_.hub->connections() == 2; });
    leaving.send(kClose, "");
    EXPECT_EQ(leaving.read().opcode, kClose);
  }
  eventually([&] { return server_.hub->connections() == 1; });
  page.send(kPing, "hi");
  const Frame pong = page.read();
  EXPECT_EQ(pong.opcode, kPong);
  EXPECT_EQ(pong.payload, "hi");
  auto stopping = std::async(std::launch::async, [&] { server_.stop(); });
  const Frame frame = page.read();
  EXPECT_EQ(frame.opcode, kClose);
  EXPECT_EQ(frame.close_code(), 1001);
  page.send(kClose, frame.payload);
  EXPECT_TRUE(page.at_end());
  stopping.get();
}

TEST_F(RealtimeTest, DisconnectsUsersWhoWereSignedOut) {
  server_.start();
  WebSocketClient page(server_.port);
  page.open(query());
  eventually([&] { return server_.hub->connections() == 1; });
  server_.hub->disconnect_user("somebody");
  server_.hub->disconnect_user("u1");
  EXPECT_EQ(page.read().close_code(), 1008);
}

TEST_F(RealtimeTest, PingsAndClosesSilentClients) {
  server_.options.ping_interval = 60ms;
  server_.start();
  WebSocketClient alive(server_.port);
  alive.open(query());
  WebSocketClient silent(server_.port);
  silent.open(query());
  for (int i = 0; i < 6; ++i) {
    const Frame ping = alive.read();
    ASSERT_EQ(ping.opcode, kPing);
    alive.send(kPong, ping.payload);
  }
  while (server_.hub->connections() > 1) {
    const Frame ping = alive.read();
    alive.send(kPong, ping.payload);
  }
  EXPECT_EQ(silent.read().opcode, kPing);
}

TEST_F(RealtimeTest, DropsAClientThatCanNotKeepUp) {
  server_.start();
  WebSocketClient slow(server_.port);
  slow.open(query());
  eventually([&] { return server_.hub->connections() == 1; });
  catalog::Event event{0, "query.progress", {}, json::Value(std::string(50'000, 'x').c_str())};
  eventually([&] {
    server_.hub->publish("w1", event);
    return server_.hub->connections() == 0;
  });
}

}  // namespace
}  // namespace sextant::http::testing

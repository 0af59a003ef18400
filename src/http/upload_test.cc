// Uploads, from the wire to the disk.
#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <future>
#include <iterator>
#include <mutex>
#include <utility>

#include "http/test_client.h"

namespace sextant::http::testing {
namespace {

struct Received {
  std::vector<std::string> files;
  std::string note;
};
BOOST_DESCRIBE_STRUCT(Received, (), (files, note))

struct Piece {
  std::string upload_id;
};
BOOST_DESCRIBE_STRUCT(Piece, (), (upload_id))

class UploadTest : public ::testing::Test {
 protected:
  UploadTest() {
    server_.router.upload<Received>(
        {.method = Method::post, .path = "/api/files/upload", .status = 202, .cost = Cost::slow},
        [this](const RequestContext&, std::vector<UploadedPart> parts) -> Result<Received> {
          Received received;
          for (const auto& part : parts) {
            if (part.file.empty()) {
              received.note = part.value;
              continue;
            }
            std::ifstream in(part.file, std::ios::binary);
            const std::string bytes((std::istreambuf_iterator<char>(in)), {});
            EXPECT_EQ(bytes.size(), static_cast<std::size_t>(part.size));
            const std::lock_guard lock(mutex_);
            last_ = bytes;
            received.files.push_back(part.filename + " " + part.sha256.substr(0, 8));
          }
          if (keep_) std::filesystem::rename(parts.front().file, server_.temp.path() / "kept");
          return received;
        });
  }

  void add_receive() {
    server_.router.receive<Piece, Answer>(
        {.method = Method::patch,
         .path = "/api/uploads/{upload_id}",
         .status = 204,
         .cost = Cost::slow},
        [](const RequestContext& context, Piece piece, UploadedPart part) -> Result<Answer> {
          const std::string* offset = context.header("upload-offset");
          if (!offset || *offset != "7") return fail(ErrorCode::conflict, "wrong offset");
          return Answer{204,
                        {},
                        {},
                        {{"Upload-Offset", std::to_string(7 + part.size)},
                         {"X-Seen", piece.upload_id + " " + part.sha256.substr(0, 4)}}};
        });
  }

  static std::string form(const std::string& content, std::string_view name = "a.csv") {
    return "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" +
           std::string(name) + "\"\r\nContent-Type: text/csv\r\n\r\n" + content + "\r\n--XX--\r\n";
  }
  static inline const std::string kHeaders =
      std::string(kToken) + "Content-Type: multipart/form-data; boundary=XX\r\n";

  std::string take_last() {
    const std::lock_guard lock(mutex_);
    return std::exchange(last_, {});
  }

  std::mutex mutex_;
  std::string last_;
  bool keep_ = false;
  TestServer server_;
};

TEST_F(UploadTest, ReceivesFilesAndFields) {
  Client client(server_.start());
  const std::string body =
      "--XX\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n" + form("a,b\n1,2\n");
  const auto response = client.request("POST", "/api/files/upload", body, kHeaders);
  EXPECT_EQ(response.status, 202);
  EXPECT_EQ(response.body, R"({"files":["a.csv 492d5ea4"],"note":"hello"})");
  EXPECT_EQ(server_.temp.files(), 0u);
  keep_ = true;
  EXPECT_EQ(client.request("POST", "/api/files/upload", form("x"), kHeaders).status, 202);
  EXPECT_EQ(server_.temp.files(), 1u);
}

TEST_F(UploadTest, ReceivesLargeAndChunkedBodies) {
  server_.start();
  std::string content(20'000'003, '\0');
  for (std::size_t i = 0; i < content.size(); ++i)
    content[i] = static_cast<char>(i * 2654435761u >> 13);
  Client client(server_.port);
  EXPECT_EQ(client.request("POST", "/api/files/upload", form(content), kHeaders).status, 202);
  EXPECT_TRUE(take_last() == content);

  const std::string body = form(content);
  client.send("POST /api/files/upload HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n" +
              kHeaders + "\r\n");
  std::size_t size = 1;
  for (std::size_t at = 0; at < body.size(); at += size) {
    size = std::min(size * 3 % 1'000'003, body.size() - at);
    client.send(fmt::format("{:x}\r\n", size) + body.substr(at, size) + "\r\n");
  }
  client.send("0\r\n\r\n");
  EXPECT_EQ(client.read().status, 202);
  EXPECT_TRUE(take_last() == content);
  EXPECT_EQ(server_.temp.files(), 0u);
}

TEST_F(UploadTest, ReceivesRawBodies) {
  add_receive();
  Client client(server_.start());
  const std::string headers =
      std::string(kToken) + "Content-Type: application/offset+octet-stream\r\n";
  const auto response =
      client.request("PATCH", "/api/uploads/u9", "a,b\n1,2\n", headers + "Upload-Offset: 7\r\n");
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(response.headers.at("upload-offset"), "15");
  EXPECT_EQ(response.headers.at("x-seen"), "u9 492d");
  EXPECT_EQ(client.request("PATCH", "/api/uploads/u9", "x", headers).status, 409);
  EXPECT_EQ(client.request("PATCH", "/api/uploads/u9", "", headers + "Upload-Offset: 7\r\n")
                .headers.at("upload-offset"),
            "7");
  EXPECT_EQ(server_.temp.files(), 0u);
}

TEST_F(UploadTest, HandsOverWhatArrivedOfABodyThatBrokeOff) {
  std::promise<std::int64_t> arrived;
  server_.router.receive<Piece, Answer>(
      {.method = Method::patch, .path = "/api/uploads/{upload_id}", .status = 204},
      [&arrived](const RequestContext&, Piece, UploadedPart part) -> Result<Answer> {
        arrived.set_value(part.size);
        return Answer{204, {}, {}, {}};
      });
  {
    Client client(server_.start());
    client.send("PATCH /api/uploads/u9 HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n" +
                std::string(kToken) + "\r\n" + std::string(700'000, 'x'));
  }
  auto size = arrived.get_future();
  ASSERT_EQ(size.wait_for(std::chrono::seconds(20)), std::future_status::ready);
  EXPECT_EQ(size.get(), 700'000);
}

TEST_F(UploadTest, WaitsForContinue) {
  Client client(server_.start());
  const std::string body = form("x");
  client.send(
      "POST /api/files/upload HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: " +
      std::to_string(body.size()) + "\r\n" + kHeaders + "\r\n");
  EXPECT_EQ(client.read_head().status, 100);
  client.send(body);
  EXPECT_EQ(client.read().status, 202);

  client.send(
      "POST /api/files/upload HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
      "Content-Length: 99\r\nContent-Type: multipart/form-data; boundary=XX\r\n\r\n");
  EXPECT_EQ(client.read_head().status, 401);
}

TEST_F(UploadTest, RefusesEarly) {
  server_.options.max_file_size = 2'000'000;
  server_.start();
  const auto refused = [&](const std::string& headers, const std::string& body,
                           std::size_t length) {
    Client client(server_.port);
    client.send("POST /api/files/upload HTTP/1.1\r\nHost: x\r\nContent-Length: " +
                std::to_string(length) + "\r\n" + headers + "\r\n" + body);
    return client.read();
  };
  const auto declared = refused(kHeaders, "", 50'000'000);
  EXPECT_EQ(declared.status, 413);
  EXPECT_NE(declared.body.find("1.9 MB"), std::string::npos);
  const std::string large = form(std::string(2'000'001, 'x'));
  EXPECT_EQ(refused(kHeaders, large, large.size()).status, 413);
  const std::string fits = form(std::string(2'000'000, 'x'));
  EXPECT_EQ(refused(kHeaders, fits, fits.size()).status, 202);
  EXPECT_EQ(refused(std::string(kToken) + "Content-Type: text/csv\r\n", "x", 1).status, 415);
  EXPECT_EQ(refused("Content-Type: multipart/form-data; boundary=XX\r\n", "", 5000).status, 401);
  EXPECT_EQ(
      refused("Authorization: Bearer bad\r\nContent-Type: multipart/form-data; boundary=XX\r\n", "",
              5000)
          .status,
      401);
  EXPECT_EQ(refused(kHeaders, "--XX\r\nbad\r\n\r\n", 13).status, 400);
  EXPECT_EQ(refused(kHeaders, form("x").substr(0, 90), 90).status, 400);
  eventually([&] { return server_.temp.files() == 0; });
}

TEST_F(UploadTest, ACutUploadLeavesNothing) {
  server_.start();
  {
    Client client(server_.port);
    client.send("POST /api/files/upload HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n" +
                kHeaders + "\r\n" + form(std::string(3'000'000, 'x')).substr(0, 3'000'000));
    eventually([&] { return server_.temp.files() == 1; });
  }
  eventually([&] { return server_.temp.files() == 0; });
}

TEST_F(UploadTest, SaysWhenTheFolderIsMissing) {
  server_.options.upload_temp = server_.temp.path() / "missing";
  Client client(server_.start());
  EXPECT_EQ(client.request("POST", "/api/files/upload", form("x"), kHeaders).status, 500);
}

// A limit on the size of files makes write() fail as a full disk does (EFBIG, signal ignored).
TEST_F(UploadTest, AFullDiskIsClear) {
  server_.start();
  ::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{.rlim_cur = 100'000, .rlim_max = before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &small);
  Client client(server_.port);
  const auto response =
      client.request("POST", "/api/files/upload", form(std::string(200'000, 'x')), kHeaders);
  ::setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_EQ(response.status, 507);
  eventually([&] { return server_.temp.files() == 0; });
  EXPECT_EQ(client.request("POST", "/api/files/upload", form("x"), kHeaders).status, 202);
}

}  // namespace
}  // namespace sextant::http::testing

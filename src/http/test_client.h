#pragma once
// For this folder's tests: a blocking HTTP client that shows what is on the wire, and a server of
// routes that the tests call. Fails the test (and throws) where the wire breaks unexpectedly.

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <future>
#include <map>
#include <stdexcept>
#include <string>

#include "base/id.h"
#include "base/text.h"
#include "http/server.h"

namespace sextant::http::testing {

struct Response {
  int status = 0;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;

  json::Value json() const { return json::parse(body).value(); }
  std::string error_code() const { return std::string(json().at("error").at("code").get_string()); }
};

class Client {
 public:
  explicit Client(int port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    timeval limit{.tv_sec = 20, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
      throw std::runtime_error("connect failed");
    }
  }
  ~Client() { close(); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void close() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }
  int descriptor() const { return socket_; }

  // False when the server has closed the connection meanwhile.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  // More bytes into buffer_; false at the end of the stream (or after a reset).
  bool receive() {
    char block[65536];
    const ssize_t got = ::recv(socket_, block, sizeof block, 0);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
      throw std::runtime_error("nothing arrived for 20 s");
    }
    if (got <= 0) return false;
    buffer_.append(block, static_cast<std::size_t>(got));
    return true;
  }

  std::string take(std::size_t size) {
    while (buffer_.size() < size) {
      if (!receive()) throw std::runtime_error("the connection ended early");
    }
    std::string out = buffer_.substr(0, size);
    buffer_.erase(0, size);
    return out;
  }

  std::string take_through(std::string_view end) {
    std::size_t at = 0;
    while ((at = buffer_.find(end)) == std::string::npos) {
      if (!receive()) throw std::runtime_error("the connection ended early");
    }
    return take(at + end.size());
  }

  bool at_end() { return buffer_.empty() && !receive(); }

  Response read_head() {
    Response response;
    const std::string head = take_through("\r\n\r\n");
    const auto lines = text::split(head, '\n');
    response.status = std::stoi(lines.at(0).substr(9, 3));
    for (std::size_t i = 1; i < lines.size(); ++i) {
      const auto colon = lines[i].find(':');
      if (colon == std::string::npos) continue;
      response.headers[text::lower_ascii(lines[i].substr(0, colon))] =
          std::string(text::trim(std::string_view(lines[i]).substr(colon + 1)));
    }
    return response;
  }

  std::string read_chunk() {
    const std::string size = take_through("\r\n");
    std::string chunk = take(std::stoul(size, nullptr, 16));
    take(2);
    return chunk;
  }

  Response read(bool head_request = false) {
    Response response = read_head();
    if (head_request || response.status == 204 || response.status == 304) return response;
    if (response.headers.contains("content-length")) {
      response.body = take(std::stoul(response.headers["content-length"]));
    } else if (response.headers.contains("transfer-encoding")) {
      for (std::string chunk = read_chunk(); !chunk.empty(); chunk = read_chunk()) {
        response.body += chunk;
      }
    }
    return response;
  }

  Response request(std::string_view method, std::string_view target, std::string_view body = {},
                   std::string_view headers = {}) {
    std::string text;
    text += method;
    text += ' ';
    text += target;
    text += " HTTP/1.1\r\nHost: localhost\r\n";
    text += headers;
    if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    text += "\r\n";
    text += body;
    send(text);
    return read(method == "HEAD");
  }
  Response get(std::string_view target, std::string_view headers = {}) {
    return request("GET", target, {}, headers);
  }

 private:
  int socket_;
  std::string buffer_;
};

// A folder of its own, removed with it.
class TempFolder {
 public:
  TempFolder() : path_(std::filesystem::temp_directory_path() / ("sextant-http-" + new_id())) {
    std::filesystem::create_directories(path_);
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_), {}));
  }

 private:
  std::filesystem::path path_;
};

// Waits, without sleeping a fixed time, until `condition` holds; fails after 10 s.
template <class Condition>
void eventually(const Condition& condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) {
      ADD_FAILURE() << "did not happen within 10 s";
      return;
    }
    std::this_thread::yield();
  }
}

// A server on a free port. Add routes to `router`, pages, and options; then start().
struct TestServer {
  TestServer() {
    options.port = 0;
    options.io_threads = 2;
    options.upload_temp = temp.path();
    options.authenticate = [](std::string_view token,
                              std::string_view workspace_id) -> Result<catalog::Principal> {
      if (token != "good") return fail(ErrorCode::unauthenticated, "unknown token");
      auto who = principal();
      if (!workspace_id.empty()) who.workspace_id = workspace_id;
      return who;
    };
  }
  ~TestServer() { stop(); }

  static catalog::Principal principal() {
    return {"u1", "ada@example.com", "w1", catalog::MemberRole::editor, false};
  }
  int start() {
    server = std::make_unique<Server>(options, router, *hub, pages);
    port = server->start().value();
    return port;
  }
  void stop() {
    if (server) server->stop();
  }

  TempFolder temp;
  ServerOptions options;
  Router router;
  Hub::Replay replay = [](const std::string&, std::int64_t) {
    return std::vector<catalog::Event>{};
  };
  std::unique_ptr<Hub> hub =
      std::make_unique<Hub>([this](const std::string& workspace, std::int64_t after) {
        return replay(workspace, after);
      });
  StaticFiles pages;
  std::unique_ptr<Server> server;
  int port = 0;
};

inline constexpr std::string_view kToken = "Authorization: Bearer good\r\n";

}  // namespace sextant::http::testing

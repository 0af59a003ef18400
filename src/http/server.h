#pragma once
// The HTTP/1.1 server: transport around a Router, a Hub and StaticFiles.
//
//   Server server(options, router, hub, pages);
//   TRY(int port, server.start());
//   … until a signal …
//   server.stop();
//
// N I/O threads, each with its own io_context and SO_REUSEPORT acceptor; a connection stays on its
// thread. Handlers run on two bounded pools (Cost). Router, hub and pages must outlive the server;
// the router is complete before start(). start() and stop() are called once, from one thread.

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "http/hub.h"
#include "http/router.h"
#include "http/static_files.h"

namespace sextant::http {

struct ServerOptions {
  std::string host = "127.0.0.1";  // address to bind; "0.0.0.0" and "::" for all
  int port = 8000;                 // 0: any free one

  int io_threads = 0;     // 0: one per core, at most 8
  int quick_threads = 0;  // 0: 2 per core, at least 4
  int slow_threads = 64;
  std::size_t queue_limit = 1024;        // waiting requests per pool; beyond: 503 with Retry-After
  std::size_t connection_limit = 16384;  // beyond: the connection is closed at once

  std::size_t max_header = 32 * 1024;       // bytes; beyond: 431
  std::size_t max_body = 8 * 1024 * 1024;   // bytes of a JSON body; beyond: 413
  std::int64_t max_file_size = 10ll << 30;  // bytes of one upload request; beyond: 413
  std::filesystem::path upload_temp;        // existing folder for parts of uploads

  std::chrono::milliseconds header_timeout{
      15'000};  // from first byte of a request to its last header
  std::chrono::milliseconds idle_timeout{75'000};      // between requests
  std::chrono::milliseconds progress_timeout{30'000};  // a body, or a client that reads, must move
  std::chrono::milliseconds drain_timeout{10'000};  // stop() waits this long for what is in flight
  std::chrono::milliseconds ping_interval{20'000};  // WebSocket; closed after 2 unanswered

  std::vector<std::string>
      allowed_hosts;  // Host names without port, "*.example.com"; empty or "*": any
  std::vector<std::string> cors_origins;  // "https://app.example.com"; "*" allows any origin
  bool trust_forwarded = false;           // take the client's address from X-Forwarded-For

  // Who this bearer token is, in the workspace that the header X-Workspace-Id names ("" without
  // one: the token's own); called on pool threads.
  std::function<Result<catalog::Principal>(std::string_view bearer_token,
                                           std::string_view workspace_id)>
      authenticate;

  // After each request, on its I/O thread; must not block. For metrics.
  struct Observation {
    std::string_view method, route;  // the route's pattern, or "" when none matched
    int status = 0;
    std::chrono::microseconds duration{};
    std::int64_t bytes_in = 0, bytes_out = 0;
  };
  std::function<void(const Observation&)> observe;
};

class Server {
 public:
  Server(ServerOptions options, Router& router, Hub& hub, StaticFiles& pages);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Returns the bound port, or an error that names the address.
  Result<int> start();

  // Stops accepting, closes WebSockets (1001) and idle connections, waits for requests in flight up
  // to drain_timeout, then asks the rest to stop (RequestContext::stop), which answers them 503,
  // cuts those that still run two seconds later, and joins all threads.
  void stop();

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace sextant::http

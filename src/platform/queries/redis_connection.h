#pragma once
// One connection to a Redis server: commands of plain texts, each with a deadline. The protocol is
// hiredis'; the socket is ours, since the library of Debian 12 knows neither TLS nor deadlines of a
// whole command. Threads: one at a time.

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

struct ssl_st;
struct redisReader;

namespace sextant::queries {

struct RedisAddress {
  std::string host;
  std::string port;  // a number
  std::string user;  // empty: the default one
  std::string password;
  std::string database;  // a number; empty: the first
  bool tls = false;
};

// redis://[user:password@]host[:port][/database], rediss:// with TLS. Error: invalid_fields.
Result<RedisAddress> parse_redis_url(const std::string& url);

class RedisConnection {
 public:
  // How long a call waits: until then, or until it is asked to stop.
  struct Deadline {
    Deadline(std::chrono::steady_clock::time_point until, std::stop_token on = {})  // NOLINT
        : at(until), stop(std::move(on)) {}
    std::chrono::steady_clock::time_point at;
    std::stop_token stop;
  };

  // Connected, with TLS and its certificate checked when asked for, and logged in.
  static Result<std::unique_ptr<RedisConnection>> open(const RedisAddress& address,
                                                       const Deadline& deadline);
  ~RedisConnection();
  RedisConnection(const RedisConnection&) = delete;
  RedisConnection& operator=(const RedisConnection&) = delete;

  // The reply's text; none when it is nil. After an error the connection is of no more use.
  // Error: unavailable (no answer in time, connection lost, or what the server refuses).
  Result<std::optional<std::string>> command(const std::vector<std::string_view>& words,
                                             const Deadline& deadline);

 private:
  explicit RedisConnection(int socket);
  Result<> secure(const std::string& host, const Deadline& deadline);
  Result<> log_in(const RedisAddress& address, const Deadline& deadline);
  Result<> send(std::string_view bytes, const Deadline& deadline);
  Result<std::size_t> receive(char* to, std::size_t size, const Deadline& deadline);

  int socket_;
  ssl_st* tls_ = nullptr;
  redisReader* reader_;
};

}  // namespace sextant::queries

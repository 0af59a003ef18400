#include "platform/queries/redis_connection.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <hiredis/hiredis.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <boost/url.hpp>

#include "base/json.h"

namespace sextant::queries {
namespace {

std::unexpected<Error> trouble(std::string why) {
  return fail(ErrorCode::unavailable, "Redis: " + std::move(why));
}

// Waits until the socket can be read from or written to.
Result<> wait_for(int socket, short events, const RedisConnection::Deadline& deadline) {
  constexpr std::chrono::milliseconds kLook{50};  // so often at the wish to stop
  while (true) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(
        deadline.at - std::chrono::steady_clock::now());
    if (left.count() <= 0) return trouble("no answer in time.");
    if (deadline.stop.stop_requested()) return trouble("nobody waits any more.");
    const auto now = deadline.stop.stop_possible() ? std::min(left, kLook) : left;
    pollfd one{socket, events, 0};
    const int ready = ::poll(&one, 1, static_cast<int>(now.count()));
    if (ready > 0) return {};
    if (ready < 0 && errno != EINTR) return trouble("the connection is lost.");
  }
}

Result<int> connect_to(const RedisAddress& address, const RedisConnection::Deadline& deadline) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  if (::getaddrinfo(address.host.c_str(), address.port.c_str(), &hints, &list) != 0) {
    return trouble(fmt::format("the host {} is not known.", address.host));
  }
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> all(list, &::freeaddrinfo);
  for (const addrinfo* one = list; one; one = one->ai_next) {
    const int socket =
        ::socket(one->ai_family, one->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, one->ai_protocol);
    if (socket < 0) continue;
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(socket, one->ai_addr, one->ai_addrlen) == 0) return socket;
    if (errno == EINPROGRESS && wait_for(socket, POLLOUT, deadline)) {
      int error = 0;
      socklen_t size = sizeof error;
      if (::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0) {
        return socket;
      }
    }
    ::close(socket);
  }
  return trouble(fmt::format("{}:{} can not be reached.", address.host, address.port));
}

// One for all connections; checks certificates against the system's.
SSL_CTX* tls_context() {
  static SSL_CTX* const context = [] {
    SSL_CTX* made = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_min_proto_version(made, TLS1_2_VERSION);
    SSL_CTX_set_verify(made, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_default_verify_paths(made);
    return made;
  }();
  return context;
}

// What a call of the TLS library that came back with `result` waits for; 0: it has failed.
short tls_waits_for(ssl_st* tls, int result) {
  const int error = SSL_get_error(tls, result);
  if (error == SSL_ERROR_WANT_READ) return POLLIN;
  if (error == SSL_ERROR_WANT_WRITE) return POLLOUT;
  return 0;
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

Result<RedisAddress> parse_redis_url(const std::string& text) {
  const auto wrong = [](const char* why) {
    return fail(json::field_errors(
        {{"REDIS_URL", std::string(why) + " Write redis://host:6379, with TLS "
                                          "rediss://user:password@host:6379/0."}}));
  };
  const auto url = boost::urls::parse_uri(text);
  if (!url || (url->scheme() != "redis" && url->scheme() != "rediss")) {
    return wrong("must begin with redis:// or rediss://.");
  }
  RedisAddress out;
  out.tls = url->scheme() == "rediss";
  out.host = url->host_address();
  out.port = url->has_port() ? std::string(url->port()) : "6379";
  out.user = url->user();
  out.password = url->password();
  const std::string path = url->path();
  out.database = path.size() > 1 ? path.substr(1) : "";
  if (out.host.empty()) return wrong("names no host.");
  if (!is_number(out.port)) return wrong("has a port that is no number.");
  if (!out.database.empty() && !is_number(out.database)) {
    return wrong("has a database that is no number.");
  }
  return out;
}

RedisConnection::RedisConnection(int socket) : socket_(socket), reader_(redisReaderCreate()) {}

RedisConnection::~RedisConnection() {
  if (tls_) SSL_free(tls_);
  redisReaderFree(reader_);
  ::close(socket_);
}

Result<std::unique_ptr<RedisConnection>> RedisConnection::open(const RedisAddress& address,
                                                               const Deadline& deadline) {
  TRY(const int socket, connect_to(address, deadline));
  std::unique_ptr<RedisConnection> connection(new RedisConnection(socket));
  if (address.tls) TRY_VOID(connection->secure(address.host, deadline));
  TRY_VOID(connection->log_in(address, deadline));
  return connection;
}

Result<> RedisConnection::secure(const std::string& host, const Deadline& deadline) {
  tls_ = SSL_new(tls_context());
  if (!tls_ || SSL_set_fd(tls_, socket_) != 1 || SSL_set1_host(tls_, host.c_str()) != 1 ||
      SSL_set_tlsext_host_name(tls_, host.c_str()) != 1) {
    return trouble("TLS can not be used.");
  }
  while (true) {
    const int result = SSL_connect(tls_);
    if (result == 1) return {};
    const short events = tls_waits_for(tls_, result);
    if (events == 0) {
      const long checked = SSL_get_verify_result(tls_);
      return trouble(checked == X509_V_OK ? std::string("TLS was refused.")
                                          : fmt::format("its certificate does not count: {}.",
                                                        X509_verify_cert_error_string(checked)));
    }
    TRY_VOID(wait_for(socket_, events, deadline));
  }
}

Result<> RedisConnection::log_in(const RedisAddress& address, const Deadline& deadline) {
  if (!address.password.empty()) {
    std::vector<std::string_view> words{"AUTH"};
    if (!address.user.empty()) words.push_back(address.user);
    words.push_back(address.password);
    TRY_VOID(command(words, deadline));
  }
  if (!address.database.empty()) TRY_VOID(command({"SELECT", address.database}, deadline));
  TRY_VOID(command({"PING"}, deadline));
  return {};
}

Result<> RedisConnection::send(std::string_view bytes, const Deadline& deadline) {
  while (!bytes.empty()) {
    short events = POLLOUT;
    ssize_t sent = 0;
    if (tls_) {
      const int result = SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()));
      if (result <= 0) events = tls_waits_for(tls_, result);
      sent = result;
    } else {
      sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent < 0 && errno != EAGAIN && errno != EINTR) events = 0;
    }
    if (sent > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
      continue;
    }
    if (events == 0) return trouble("the connection is lost.");
    TRY_VOID(wait_for(socket_, events, deadline));
  }
  return {};
}

Result<std::size_t> RedisConnection::receive(char* to, std::size_t size, const Deadline& deadline) {
  while (true) {
    short events = POLLIN;
    ssize_t got = 0;
    if (tls_) {
      const int result = SSL_read(tls_, to, static_cast<int>(size));
      if (result <= 0) events = tls_waits_for(tls_, result);
      got = result;
    } else {
      got = ::recv(socket_, to, size, 0);
      if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) events = 0;
    }
    if (got > 0) return static_cast<std::size_t>(got);
    if (events == 0) return trouble("the connection is lost.");
    TRY_VOID(wait_for(socket_, events, deadline));
  }
}

Result<std::optional<std::string>> RedisConnection::command(
    const std::vector<std::string_view>& words, const Deadline& deadline) {
  std::vector<const char*> texts;
  std::vector<std::size_t> sizes;
  for (const auto word : words) {
    texts.push_back(word.data());
    sizes.push_back(word.size());
  }
  char* formatted = nullptr;
  const long long size = redisFormatCommandArgv(&formatted, static_cast<int>(words.size()),
                                                texts.data(), sizes.data());
  if (size < 0) return trouble("the command can not be written.");
  const std::string bytes(formatted, static_cast<std::size_t>(size));
  redisFreeCommand(formatted);
  TRY_VOID(send(bytes, deadline));

  std::array<char, 64 << 10> buffer;
  while (true) {
    void* raw = nullptr;
    if (redisReaderGetReply(reader_, &raw) != REDIS_OK) return trouble("the answer is no answer.");
    if (raw) {
      const std::unique_ptr<redisReply, decltype(&freeReplyObject)> reply(
          static_cast<redisReply*>(raw), &freeReplyObject);
      if (reply->type == REDIS_REPLY_ERROR) return trouble(std::string(reply->str, reply->len));
      if (reply->type == REDIS_REPLY_STRING || reply->type == REDIS_REPLY_STATUS) {
        return std::string(reply->str, reply->len);
      }
      return std::nullopt;
    }
    TRY(const auto got, receive(buffer.data(), buffer.size(), deadline));
    if (redisReaderFeed(reader_, buffer.data(), got) != REDIS_OK) {
      return trouble("the answer is too large.");
    }
  }
}

}  // namespace sextant::queries

#pragma once
// One HTTP/1.1 connection: reads a request, answers it, and starts again. Beast parses; heads of
// answers are written by policy.cc. Everything here runs on the connection's I/O thread, except the
// handlers, which the pools run and which only touch the Exchange they are given.

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <optional>
#include <stop_token>

#include "http/stream_channel.h"
#include "http/transport.h"
#include "http/upload_receiver.h"

namespace sextant::http {

namespace beast = boost::beast;

// One request and its answer, shared between the connection and the pool thread that works on it.
struct Exchange {
  const Route* route = nullptr;
  RequestContext context;
  RawInput input;
  Answer answer;
  std::stop_source stop;
  bool done = false;  // read and written on the I/O thread only
};

class Session final : public Connection {
 public:
  Session(IoThread& io, Socket socket, std::string remote_address);
  ~Session() override;

  // The connection's life. `self` keeps it alive.
  static Task<> run(std::shared_ptr<Session> self);

  void on_tick(SteadyTime now) override;
  void drain() override;
  void interrupt() override;
  void cut() override;

 private:
  using Parser = beast::http::request_parser<beast::http::buffer_body>;
  enum class Next { keep, close };

  // session.cc: bytes in and out.
  Task<Next> serve_one();
  Task<bool> read_header();
  Task<std::size_t> read_some_body(char* to, std::size_t size);
  Task<bool> read_body(std::string& body, std::size_t limit);
  Task<> send_continue();
  Task<Next> settle_unread_body();
  Task<bool> write_all(std::string_view first, std::string_view second = {});
  Task<bool> send(const Answer& answer);
  Task<bool> send_bytes(int status, std::string_view content_type, const Headers& headers,
                        std::string_view bytes);
  Task<bool> send_error(Error error);
  Task<bool> send_refusal(int status, Error error);
  void set_deadline(std::chrono::milliseconds from_now);
  void clear_deadline();
  void watch_for_disconnect();
  Task<> stop_watching();
  void observe();

  // session_dispatch.cc: what to do with a request.
  Error header_error(boost::system::error_code ec, int& status) const;
  std::optional<Error> take_header();
  Task<> dispatch();
  Task<> serve_options();
  Task<> serve_file(std::string_view path);
  Task<bool> open_websocket();

  // session_serve.cc: handlers on the pools.
  Task<> serve_route();
  Task<> serve_upload();
  Task<> serve_stream();
  bool submit(Pool::Task work);  // work on the pool of the route, then wake this session
  Task<> wait_done(bool watch);
  Pool& pool() const;

  IoThread& io_;
  Shared& shared_;
  Socket socket_;
  Signal signal_;
  const std::string peer_address_;
  beast::flat_buffer buffer_;

  SteadyTime deadline_ = SteadyTime::max();
  bool expired_ = false;
  bool idle_ = false;      // between requests
  bool watching_ = false;  // a read waits for the client to leave
  bool peer_left_ = false;
  bool interrupted_ = false;
  bool upgraded_ = false;  // the socket went to a WebSocket session

  // Of the present request.
  std::optional<Parser> parser_;
  std::shared_ptr<Exchange> exchange_;
  std::shared_ptr<StreamChannel> channel_;
  std::string target_path_;
  std::string allowed_origin_;
  bool head_request_ = false;
  bool keep_alive_ = true;
  bool http_1_0_ = false;
  bool expects_continue_ = false;
  bool body_chunked_ = false;
  bool body_failed_ = false;
  std::uint64_t body_left_ = 0;  // bytes, when not chunked
  int status_ = 0;
  std::int64_t bytes_in_ = 0;
  std::int64_t bytes_out_ = 0;
  SteadyTime started_;
};

}  // namespace sextant::http

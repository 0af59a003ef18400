#include "http/session.h"

#include <fmt/format.h>

#include <array>
#include <boost/asio/post.hpp>
#include <boost/beast/http/error.hpp>

#include "base/log.h"
#include "http/errors.h"
#include "http/invoke.h"
#include "http/policy.h"

namespace sextant::http {
namespace {

constexpr std::size_t kReadBlock = 16 * 1024;
constexpr std::size_t kReadAhead = 64 * 1024;  // of a pipelining client, while a handler runs
constexpr std::uint64_t kMaxSkipped =
    256 * 1024;  // unread body that is read to keep the connection
constexpr std::chrono::milliseconds kLinger{2'000};
constexpr std::size_t kMaxLingered = 16u << 20;

}  // namespace

Session::Session(IoThread& io, Socket socket, std::string remote_address)
    : io_(io),
      shared_(io.shared),
      socket_(std::move(socket)),
      signal_(io.context.get_executor()),
      peer_address_(std::move(remote_address)) {}

Session::~Session() = default;

void Session::set_deadline(std::chrono::milliseconds from_now) {
  expired_ = false;
  deadline_ = std::chrono::steady_clock::now() + from_now;
}

void Session::clear_deadline() { deadline_ = SteadyTime::max(); }

void Session::on_tick(SteadyTime now) {
  if (now < deadline_) return;
  expired_ = true;
  clear_deadline();
  boost::system::error_code ignored;
  socket_.cancel(ignored);
}

void Session::drain() {
  boost::system::error_code ignored;
  if (idle_) socket_.cancel(ignored);
}

void Session::interrupt() {
  interrupted_ = true;
  if (exchange_) exchange_->stop.request_stop();
}

void Session::cut() {
  if (exchange_) exchange_->stop.request_stop();
  if (channel_) channel_->close();
  boost::system::error_code ignored;
  socket_.close(ignored);
}

Task<> Session::run(std::shared_ptr<Session> self) {
  while (co_await self->serve_one() == Next::keep) {
  }
  boost::system::error_code ignored;
  if (!self->upgraded_) self->socket_.close(ignored);
  self->io_.remove(self.get());
}

Task<Session::Next> Session::serve_one() {
  parser_.emplace();
  parser_->header_limit(static_cast<std::uint32_t>(shared_.options.max_header));
  parser_->body_limit(boost::none);
  exchange_ = std::make_shared<Exchange>();
  channel_.reset();
  allowed_origin_.clear();
  target_path_.clear();
  status_ = 0;
  bytes_in_ = bytes_out_ = 0;
  body_failed_ = false;
  body_chunked_ = false;
  body_left_ = 0;
  expects_continue_ = false;
  head_request_ = false;
  keep_alive_ = true;

  if (!co_await read_header()) co_return Next::close;
  co_await dispatch();
  clear_deadline();
  if (upgraded_) co_return Next::close;
  observe();
  if (status_ == 0) co_return Next::close;  // nothing could be sent
  co_return co_await settle_unread_body();
}

// False: nothing more to serve (closed, idle for too long, or answered an unreadable header).
Task<bool> Session::read_header() {
  boost::system::error_code ec;
  idle_ = buffer_.size() == 0;
  set_deadline(shared_.options.idle_timeout);
  if (!idle_) set_deadline(shared_.options.header_timeout);
  started_ = std::chrono::steady_clock::now();
  while (true) {
    if (buffer_.size() > 0) {
      const std::size_t used = parser_->put(buffer_.data(), ec);
      buffer_.consume(used);
      bytes_in_ += static_cast<std::int64_t>(used);
      if (parser_->is_header_done()) break;
      if (ec && ec != beast::http::error::need_more) {
        int status = 400;
        Error error = header_error(ec, status);
        keep_alive_ = false;
        co_await send_refusal(status, std::move(error));
        co_await settle_unread_body();
        co_return false;
      }
    }
    if (shared_.draining && idle_) co_return false;
    const auto space = buffer_.prepare(kReadBlock);
    const std::size_t got =
        co_await socket_.async_read_some(space, asio::redirect_error(use_task, ec));
    if (ec) {
      if (expired_ && !idle_) {
        keep_alive_ = false;
        co_await send_refusal(
            408, Error(ErrorCode::timeout, "the request's header did not arrive in time",
                       "Send the request in one piece."));
      }
      co_return false;
    }
    buffer_.commit(got);
    if (idle_) {
      idle_ = false;
      started_ = std::chrono::steady_clock::now();
      set_deadline(shared_.options.header_timeout);
    }
  }
  clear_deadline();
  co_return true;
}

// The next bytes of the body; 0 at its end, or with body_failed_ set.
Task<std::size_t> Session::read_some_body(char* to, std::size_t size) {
  boost::system::error_code ec;
  if (body_chunked_) {
    while (!parser_->is_done()) {
      auto& body = parser_->get().body();
      if (buffer_.size() > 0) {
        body.data = to;
        body.size = size;
        body.more = true;
        const std::size_t used = parser_->put(buffer_.data(), ec);
        buffer_.consume(used);
        const std::size_t got = size - body.size;
        bytes_in_ += static_cast<std::int64_t>(used);
        if (ec && ec != beast::http::error::need_more && ec != beast::http::error::need_buffer) {
          body_failed_ = true;
          co_return 0;
        }
        if (got > 0) co_return got;
        if (used > 0 && !(ec == beast::http::error::need_more)) continue;
        if (parser_->is_done()) break;
      }
      set_deadline(shared_.options.progress_timeout);
      const auto space = buffer_.prepare(kReadAhead);
      const std::size_t got =
          co_await socket_.async_read_some(space, asio::redirect_error(use_task, ec));
      clear_deadline();
      if (ec) {
        body_failed_ = true;
        co_return 0;
      }
      buffer_.commit(got);
    }
    co_return 0;
  }

  const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(size, body_left_));
  if (wanted == 0) co_return 0;
  std::size_t got = std::min(wanted, buffer_.size());
  if (got > 0) {
    std::memcpy(to, buffer_.data().data(), got);
    buffer_.consume(got);
  } else {
    set_deadline(shared_.options.progress_timeout);
    got = co_await socket_.async_read_some(asio::buffer(to, wanted),
                                           asio::redirect_error(use_task, ec));
    clear_deadline();
    if (ec) {
      body_failed_ = true;
      co_return 0;
    }
  }
  body_left_ -= got;
  bytes_in_ += static_cast<std::int64_t>(got);
  co_return got;
}

// False when it is longer than `limit` or broke off (body_failed_).
Task<bool> Session::read_body(std::string& body, std::size_t limit) {
  if (body_left_ > limit) co_return false;
  body.resize(static_cast<std::size_t>(body_left_));
  std::size_t size = 0;
  while (true) {
    if (size == body.size()) {
      if (!body_chunked_) co_return true;
      body.resize(std::min(limit + 1, std::max(body.size() * 2, kReadBlock)));
    }
    const std::size_t got = co_await read_some_body(body.data() + size, body.size() - size);
    size += got;
    if (body_failed_ || size > limit) co_return false;
    if (got == 0) {
      body.resize(size);
      co_return true;
    }
  }
}

Task<> Session::send_continue() {
  if (expects_continue_) {
    expects_continue_ = false;
    co_await write_all("HTTP/1.1 100 Continue\r\n\r\n");
  }
}

// A body that nobody wanted is read when it is short. Otherwise the connection closes, after the
// client had time to read the answer: closing with unread bytes would reset it and lose the answer.
Task<Session::Next> Session::settle_unread_body() {
  const bool complete = body_chunked_ ? parser_->is_done() : body_left_ == 0;
  if (complete && !body_failed_) {
    if (keep_alive_) co_return Next::keep;
    if (buffer_.size() == 0 && parser_->is_header_done()) co_return Next::close;
  }
  std::array<char, kReadBlock> scrap;
  if (keep_alive_ && !body_failed_ && !body_chunked_ && body_left_ <= kMaxSkipped &&
      !expects_continue_) {
    while (co_await read_some_body(scrap.data(), scrap.size()) > 0) {
    }
    co_return body_failed_ ? Next::close : Next::keep;
  }
  boost::system::error_code ec;
  socket_.shutdown(tcp::socket::shutdown_send, ec);
  set_deadline(kLinger);
  for (std::size_t total = 0; !ec && total < kMaxLingered;) {
    total +=
        co_await socket_.async_read_some(asio::buffer(scrap), asio::redirect_error(use_task, ec));
  }
  clear_deadline();
  co_return Next::close;
}

// False when the client has left or reads too slowly.
Task<bool> Session::write_all(std::string_view first, std::string_view second) {
  boost::system::error_code ec;
  while (!first.empty() || !second.empty()) {
    const std::array<asio::const_buffer, 2> buffers{asio::buffer(first.data(), first.size()),
                                                    asio::buffer(second.data(), second.size())};
    set_deadline(shared_.options.progress_timeout);
    std::size_t sent =
        co_await socket_.async_write_some(buffers, asio::redirect_error(use_task, ec));
    clear_deadline();
    if (ec) {
      keep_alive_ = false;
      peer_left_ = true;
      co_return false;
    }
    bytes_out_ += static_cast<std::int64_t>(sent);
    const std::size_t of_first = std::min(sent, first.size());
    first.remove_prefix(of_first);
    second.remove_prefix(sent - of_first);
  }
  co_return true;
}

Task<bool> Session::send(const Answer& answer) {
  co_return co_await send_bytes(answer.status, answer.content_type, answer.headers, answer.body);
}

Task<bool> Session::send_bytes(int status, std::string_view content_type, const Headers& headers,
                               std::string_view bytes) {
  if (shared_.draining) keep_alive_ = false;
  status_ = status;
  ResponseHead head;
  head.status = status;
  head.request_id = exchange_->context.request_id;
  head.content_type = content_type;
  if (status != 204 && status != 304) head.content_length = bytes.size();
  head.keep_alive = keep_alive_;
  head.http_1_0 = http_1_0_;
  head.allowed_origin = allowed_origin_;
  head.extra = &headers;
  const std::string text = format_head(head);
  co_return co_await write_all(text, head_request_ ? std::string_view{} : bytes);
}

Task<bool> Session::send_error(Error error) {
  const Answer answer = answer_for(error, exchange_->context);
  co_return co_await send(answer);
}

Task<bool> Session::send_refusal(int status, Error error) {
  Answer answer;
  if (exchange_->context.request_id.empty()) exchange_->context.request_id = request_id_from("");
  answer.status = status;
  answer.content_type = "application/json";
  answer.body = json::dump(error_body(error, exchange_->context.request_id));
  co_return co_await send(answer);
}

// While a handler runs, a read notices that the client leaves. What a pipelining client sends
// meanwhile is kept for the next request.
void Session::watch_for_disconnect() {
  if (watching_ || peer_left_ || buffer_.size() >= kReadAhead) return;
  watching_ = true;
  socket_.async_read_some(
      buffer_.prepare(kReadBlock),
      [this, self = shared_from_this()](boost::system::error_code ec, std::size_t got) {
        watching_ = false;
        if (!ec) {
          buffer_.commit(got);
          watch_for_disconnect();
        } else if (ec != asio::error::operation_aborted) {
          peer_left_ = true;
          exchange_->stop.request_stop();
          if (channel_) channel_->close();
        }
        signal_.notify();
      });
}

Task<> Session::stop_watching() {
  boost::system::error_code ignored;
  while (watching_) {
    socket_.cancel(ignored);
    co_await signal_.wait();
  }
}

void Session::observe() {
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - started_);
  const std::string_view method(parser_->get().method_string().data(),
                                parser_->get().method_string().size());
  if (shared_.options.observe) {
    const Route* route = exchange_->route;
    shared_.options.observe({method,
                             route ? std::string_view(route->info.path) : std::string_view{},
                             status_, took, bytes_in_, bytes_out_});
  }
  if (log::enabled(log::Level::debug)) {
    // Never the query string: it may hold a ticket.
    log::debug("http.request", {{"method", method},
                                {"path", target_path_},
                                {"status", status_},
                                {"milliseconds", static_cast<double>(took.count()) / 1000},
                                {"bytes_in", bytes_in_},
                                {"bytes_out", bytes_out_},
                                {"address", exchange_->context.remote_address},
                                {"request_id", exchange_->context.request_id}});
  }
}

}  // namespace sextant::http

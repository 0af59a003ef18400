#include "http/websocket_session.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <deque>
#include <mutex>

#include "base/log.h"

namespace sextant::http {
namespace {

namespace beast = boost::beast;
namespace websocket = beast::websocket;

constexpr std::size_t kMaxQueued = 4096;  // messages
constexpr std::size_t kMaxQueuedBytes = 4u << 20;
constexpr std::size_t kMaxIncoming = 4096;            // bytes; clients have nothing to say
constexpr std::chrono::milliseconds kClosing{2'000};  // for the close handshake

class WebSocketSession final : public Connection, public Subscriber {
 public:
  WebSocketSession(IoThread& io, Socket socket, WebSocketRequest request)
      : io_(io),
        socket_(std::move(socket)),
        signal_(io.context.get_executor()),
        replayed_(io.context.get_executor()),
        principal_(std::move(request.principal)),
        head_(std::move(request.head)),
        request_id_(std::move(request.request_id)),
        wants_replay_(request.after.has_value()),
        last_seq_(request.after) {}

  static Task<> run(std::shared_ptr<WebSocketSession> self) {
    co_await self->live(self);
    boost::system::error_code ignored;
    beast::get_lowest_layer(self->socket_).close(ignored);
    self->io_.remove(self.get());
  }

  // Subscriber: any thread.
  void offer(SharedMessage message) override {
    const std::lock_guard lock(mutex_);
    if (overflown_) return;
    if (queue_.size() >= kMaxQueued || queued_bytes_ + message->text.size() > kMaxQueuedBytes) {
      overflown_ = true;
      queue_.clear();
    } else {
      queued_bytes_ += message->text.size();
      queue_.push_back(std::move(message));
    }
    wake_locked();
  }

  void disconnect() override {
    const std::lock_guard lock(mutex_);
    refused_ = true;
    wake_locked();
  }

  // Connection: this I/O thread.
  void on_tick(SteadyTime now) override {
    const auto interval = io_.shared.options.ping_interval;
    if (now >= closing_deadline_ || now - last_heard_ > 2 * interval + interval / 2) return cut();
    bool overflown = false;
    {
      const std::lock_guard lock(mutex_);
      overflown = overflown_ || refused_;
    }
    // A writer that is stuck in a full socket never gets to send its close frame.
    if (overflown && closing_deadline_ == SteadyTime::max()) closing_deadline_ = now + kClosing;
    if (now - last_ping_ >= interval) {
      ping_due_ = true;
      signal_.notify();
    }
  }

  void drain() override {
    draining_ = true;
    signal_.notify();
  }

  void cut() override {
    closed_ = true;
    boost::system::error_code ignored;
    beast::get_lowest_layer(socket_).close(ignored);
    signal_.notify();
  }

 private:
  Task<> live(std::shared_ptr<WebSocketSession> self) {
    boost::system::error_code ec;
    socket_.read_message_max(kMaxIncoming);
    socket_.auto_fragment(false);
    socket_.set_option(
        websocket::stream_base::decorator([id = request_id_](websocket::response_type& response) {
          response.set("X-Request-Id", id);
        }));
    // The stream must not move after this; the callback ends with it.
    socket_.control_callback([this](websocket::frame_type kind, beast::string_view) {
      heard();
      // After its close frame a client has so long to close the socket as well.
      if (kind == websocket::frame_type::close) closing_deadline_ = last_heard_ + kClosing;
    });
    closing_deadline_ = std::chrono::steady_clock::now() + kClosing;
    co_await socket_.async_accept(head_, asio::redirect_error(use_task, ec));
    closing_deadline_ = SteadyTime::max();
    if (ec) co_return;
    head_ = {};
    heard();
    last_ping_ = last_heard_;
    socket_.text(true);

    // Live events queue from here on, so that none falls between the replay and them.
    io_.shared.hub.subscribe(principal_, self);
    reading_ = true;
    asio::co_spawn(io_.context.get_executor(), read_loop(self), asio::detached);
    co_await write_loop(self);
    io_.shared.hub.unsubscribe(principal_, this);
    cut();
    while (reading_) co_await signal_.wait();
  }

  void heard() { last_heard_ = std::chrono::steady_clock::now(); }

  // Pings are answered and closes noticed inside the read; what clients say is not used.
  static Task<> read_loop(std::shared_ptr<WebSocketSession> self) {
    beast::flat_buffer scrap(kMaxIncoming);
    boost::system::error_code ec;
    while (!ec) {
      co_await self->socket_.async_read(scrap, asio::redirect_error(use_task, ec));
      scrap.clear();
      if (!ec) self->heard();
    }
    self->reading_ = false;
    self->closed_ = true;
    self->signal_.notify();
  }

  Task<> write_loop(std::shared_ptr<WebSocketSession> self) {
    if (wants_replay_ && !co_await replay(self)) co_return;
    while (!closed_) {
      std::deque<SharedMessage> messages;
      bool overflown = false;
      bool refused = false;
      {
        const std::lock_guard lock(mutex_);
        woken_ = false;
        messages.swap(queue_);
        queued_bytes_ = 0;
        overflown = overflown_;
        refused = refused_;
      }
      if (refused) co_return co_await close(websocket::close_code::policy_error, "signed out");
      if (overflown) co_return co_await close(websocket::close_code::try_again_later, "too slow");
      if (draining_) co_return co_await close(websocket::close_code::going_away, "restarting");
      if (ping_due_) {
        ping_due_ = false;
        last_ping_ = std::chrono::steady_clock::now();
        boost::system::error_code ec;
        co_await socket_.async_ping({}, asio::redirect_error(use_task, ec));
        if (ec) co_return;
      }
      for (const auto& message : messages) {
        if (message->seq > 0 && last_seq_) {
          if (message->seq <= *last_seq_) continue;
          if (message->seq > *last_seq_ + 1 && !co_await replay(self)) co_return;
          if (message->seq <= *last_seq_) continue;
        }
        if (!co_await write(*message)) co_return;
      }
      if (messages.empty() && !closed_) co_await signal_.wait();
    }
  }

  // Sends what the log has after last_seq_; false when the connection is over.
  Task<bool> replay(std::shared_ptr<WebSocketSession> self) {
    while (!closed_) {
      auto events = std::make_shared<Result<std::vector<catalog::Event>>>();
      auto done = std::make_shared<bool>(false);
      const bool accepted = io_.shared.quick.submit([self, events, done, after = *last_seq_] {
        *events = self->io_.shared.hub.replay(self->principal_.workspace_id, after);
        asio::post(self->io_.context.get_executor(), [self, done] {
          *done = true;
          self->replayed_.notify();
        });
      });
      while (accepted && !*done) co_await replayed_.wait();
      if (!accepted || !*events) {
        if (accepted) {
          log::warn("realtime.replay_failed",
                    {{"request_id", request_id_}, {"message", events->error().message}});
        }
        co_await close(websocket::close_code::try_again_later, "no replay");
        co_return false;
      }
      const std::int64_t before = *last_seq_;
      for (const auto& event : **events) {
        if (event.seq <= *last_seq_) continue;
        if (!co_await write(*Hub::encode(event))) co_return false;
      }
      if (*last_seq_ == before) co_return true;
    }
    co_return false;
  }

  Task<bool> write(const Message& message) {
    boost::system::error_code ec;
    co_await socket_.async_write(asio::buffer(message.text), asio::redirect_error(use_task, ec));
    if (!ec && message.seq > 0) last_seq_ = message.seq;
    co_return !ec;
  }

  Task<> close(websocket::close_code code, const char* reason) {
    boost::system::error_code ignored;
    closing_deadline_ = std::chrono::steady_clock::now() + kClosing;
    co_await socket_.async_close(websocket::close_reason(code, reason),
                                 asio::redirect_error(use_task, ignored));
  }

  void wake_locked() {
    if (woken_) return;
    woken_ = true;
    asio::post(io_.context.get_executor(), [self = std::static_pointer_cast<WebSocketSession>(
                                                shared_from_this())] { self->signal_.notify(); });
  }

  IoThread& io_;
  websocket::stream<Socket, false> socket_;  // false: without permessage-deflate
  Signal signal_;
  Signal replayed_;
  const catalog::Principal principal_;
  beast::http::request<beast::http::buffer_body> head_;
  const std::string request_id_;
  const bool wants_replay_;

  std::optional<std::int64_t> last_seq_;  // sent; none until the first event without ?after
  SteadyTime last_heard_ = std::chrono::steady_clock::now();
  SteadyTime last_ping_ = last_heard_;
  SteadyTime closing_deadline_ = SteadyTime::max();
  bool reading_ = false;
  bool ping_due_ = false;
  bool draining_ = false;
  bool closed_ = false;

  std::mutex mutex_;  // the rest is offered by other threads
  std::deque<SharedMessage> queue_;
  std::size_t queued_bytes_ = 0;
  bool overflown_ = false;
  bool refused_ = false;
  bool woken_ = false;
};

}  // namespace

void start_websocket(IoThread& io, Socket socket, WebSocketRequest request) {
  auto session = std::make_shared<WebSocketSession>(io, std::move(socket), std::move(request));
  io.add(session);
  asio::co_spawn(io.context.get_executor(), WebSocketSession::run(session), asio::detached);
}

}  // namespace sextant::http

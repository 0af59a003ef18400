#pragma once
// What the transport's files share: I/O threads, the connections they own, and the server's parts.
// Includes Asio: only session*.cc, websocket_session.cc and server.cc may include this.

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "http/pool.h"
#include "http/server.h"

namespace sextant::http {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using SteadyTime = std::chrono::steady_clock::time_point;
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<tcp, Executor>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, Executor>;
template <class T = void>
using Task = asio::awaitable<T, Executor>;
inline constexpr asio::use_awaitable_t<Executor> use_task;

// Wakes one coroutine of the same I/O thread; remembers one wake-up that came early.
class Signal {
 public:
  explicit Signal(const Executor& executor) : timer_(executor) {}
  void notify() {
    set_ = true;
    timer_.cancel();
  }
  Task<> wait() {
    if (!set_) {
      boost::system::error_code ignored;
      timer_.expires_at(SteadyTime::max());
      co_await timer_.async_wait(asio::redirect_error(use_task, ignored));
    }
    set_ = false;
  }

 private:
  Timer timer_;
  bool set_ = false;
};

// One socket, owned by the I/O thread it was accepted on; all calls come from that thread.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  virtual ~Connection() = default;
  virtual void on_tick(SteadyTime now) = 0;  // enforce deadlines
  virtual void drain() = 0;                  // finish what is in flight, then close
  virtual void interrupt() {}                // ask what is in flight to end, and answer so
  virtual void cut() = 0;                    // close now
};

struct Shared {
  Shared(ServerOptions given, Router& router, Hub& hub, StaticFiles& pages)
      : options(std::move(given)),
        router(router),
        hub(hub),
        pages(pages),
        quick(options.quick_threads, options.queue_limit),
        slow(options.slow_threads, options.queue_limit) {}

  ServerOptions options;
  Router& router;
  Hub& hub;
  StaticFiles& pages;
  StaticFiles documents;  // /openapi.json and /docs
  Pool quick;
  Pool slow;
  std::atomic<bool> draining = false;

  // Open connections of all threads; stop() waits for zero.
  std::mutex mutex;
  std::condition_variable all_closed;
  std::size_t connections = 0;
};

class IoThread {
 public:
  explicit IoThread(Shared& shared) : shared(shared), acceptor(context), timer(context) {}

  void add(std::shared_ptr<Connection> connection);
  void remove(const Connection* connection);
  Task<> accept_loop();
  Task<> tick_loop();

  Shared& shared;
  asio::io_context context{1};
  asio::basic_socket_acceptor<tcp, Executor> acceptor;
  Timer timer;
  std::unordered_map<const Connection*, std::shared_ptr<Connection>> connections;
  std::thread thread;
};

}  // namespace sextant::http

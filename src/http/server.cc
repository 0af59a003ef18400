#include "http/server.h"

#include <fmt/format.h>
#include <sys/socket.h>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include "base/log.h"
#include "http/documents.h"
#include "http/session.h"
#include "http/transport.h"

namespace sextant::http {
namespace {

constexpr std::chrono::milliseconds kMaxTick{1'000};
constexpr std::chrono::milliseconds kMinTick{5};
constexpr std::chrono::milliseconds kAcceptPause{50};  // when out of descriptors
constexpr std::chrono::milliseconds kFarewell{2'000};  // to answer what was interrupted

// Deadlines are checked this often: a quarter of the shortest one.
std::chrono::milliseconds tick_of(const ServerOptions& options) {
  const auto shortest = std::min({options.header_timeout, options.idle_timeout,
                                  options.progress_timeout, options.ping_interval});
  return std::clamp(shortest / 4, kMinTick, kMaxTick);
}

int cores() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

ServerOptions with_defaults(ServerOptions options) {
  if (options.io_threads <= 0) options.io_threads = std::min(cores(), 8);
  if (options.quick_threads <= 0) options.quick_threads = std::max(2 * cores(), 4);
  return options;
}

Result<tcp::endpoint> endpoint_of(const ServerOptions& options) {
  boost::system::error_code ec;
  const auto address =
      asio::ip::make_address(options.host == "localhost" ? "127.0.0.1" : options.host, ec);
  if (ec || options.port < 0 || options.port > 65535) {
    return fail(ErrorCode::bad_request,
                fmt::format("can not listen on {}:{}", options.host, options.port),
                "Give an IP address such as 127.0.0.1 or 0.0.0.0, and a port up to 65535.");
  }
  return tcp::endpoint(address, static_cast<unsigned short>(options.port));
}

using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

boost::system::error_code listen_on(asio::basic_socket_acceptor<tcp, Executor>& acceptor,
                                    const tcp::endpoint& endpoint, bool share) {
  boost::system::error_code ec;
  acceptor.open(endpoint.protocol(), ec);
  if (!ec) acceptor.set_option(tcp::acceptor::reuse_address(true), ec);
  if (!ec && share) acceptor.set_option(ReusePort(true), ec);
  if (!ec) acceptor.bind(endpoint, ec);
  if (!ec) acceptor.listen(asio::socket_base::max_listen_connections, ec);
  return ec;
}

}  // namespace

void IoThread::add(std::shared_ptr<Connection> connection) {
  {
    const std::lock_guard lock(shared.mutex);
    ++shared.connections;
  }
  const Connection* key = connection.get();
  connections.emplace(key, std::move(connection));
}

void IoThread::remove(const Connection* connection) {
  connections.erase(connection);
  const std::lock_guard lock(shared.mutex);
  if (--shared.connections == 0) shared.all_closed.notify_all();
}

Task<> IoThread::accept_loop() {
  const std::size_t limit =
      shared.options.connection_limit / static_cast<std::size_t>(shared.options.io_threads) + 1;
  while (acceptor.is_open()) {
    boost::system::error_code ec;
    tcp::endpoint peer;
    Socket socket(context.get_executor());
    co_await acceptor.async_accept(socket, peer, asio::redirect_error(use_task, ec));
    if (ec == asio::error::operation_aborted || ec == asio::error::bad_descriptor) co_return;
    if (ec) {
      log::warn("http.accept_failed", {{"message", ec.message()}});
      Timer pause(context.get_executor(), kAcceptPause);
      co_await pause.async_wait(asio::redirect_error(use_task, ec));
      continue;
    }
    if (connections.size() >= limit) continue;  // closes it
    socket.set_option(tcp::no_delay(true), ec);
    auto session = std::make_shared<Session>(*this, std::move(socket), peer.address().to_string());
    add(session);
    asio::co_spawn(context.get_executor(), Session::run(session), asio::detached);
  }
}

Task<> IoThread::tick_loop() {
  const auto interval = tick_of(shared.options);
  while (true) {
    boost::system::error_code ec;
    timer.expires_after(interval);
    co_await timer.async_wait(asio::redirect_error(use_task, ec));
    if (ec) co_return;
    const auto time = std::chrono::steady_clock::now();
    for (const auto& [key, connection] : connections) connection->on_tick(time);
  }
}

struct Server::State {
  State(ServerOptions given, Router& router, Hub& hub, StaticFiles& pages)
      : shared(with_defaults(std::move(given)), router, hub, pages) {}

  template <class Call>
  void on_every_thread(const Call& call) {
    for (const auto& io : threads) {
      asio::post(io->context.get_executor(), [io = io.get(), call] { call(*io); });
    }
  }

  bool wait_until_closed(std::chrono::milliseconds limit) {
    std::unique_lock lock(shared.mutex);
    return shared.all_closed.wait_for(lock, limit, [&] { return shared.connections == 0; });
  }

  Shared shared;
  std::vector<std::unique_ptr<IoThread>> threads;
  bool running = false;
};

Server::Server(ServerOptions options, Router& router, Hub& hub, StaticFiles& pages)
    : state_(std::make_unique<State>(std::move(options), router, hub, pages)) {}

Server::~Server() { stop(); }

Result<int> Server::start() {
  Shared& shared = state_->shared;
  TRY(tcp::endpoint endpoint, endpoint_of(shared.options));
  const auto refused = [&](const boost::system::error_code& ec) {
    return fail(ErrorCode::unavailable,
                fmt::format("can not listen on {}:{}: {}", shared.options.host, shared.options.port,
                            ec.message()),
                "Stop what uses the port, or choose another one with --port.");
  };
  {
    // Sockets that share a port would also share it with another server of this user: ask first.
    asio::io_context context;
    asio::basic_socket_acceptor<tcp, Executor> probe(context);
    if (const auto ec = listen_on(probe, endpoint, false)) return refused(ec);
  }
  add_documents(shared.documents, shared.router);
  for (int i = 0; i < shared.options.io_threads; ++i) {
    auto io = std::make_unique<IoThread>(shared);
    if (const auto ec = listen_on(io->acceptor, endpoint, true)) return refused(ec);
    endpoint.port(io->acceptor.local_endpoint().port());
    state_->threads.push_back(std::move(io));
  }
  for (const auto& io : state_->threads) {
    asio::co_spawn(io->context.get_executor(), io->accept_loop(), asio::detached);
    asio::co_spawn(io->context.get_executor(), io->tick_loop(), asio::detached);
    io->thread = std::thread([context = &io->context] { context->run(); });
  }
  state_->running = true;
  return endpoint.port();
}

void Server::stop() {
  State& state = *state_;
  if (!std::exchange(state.running, false)) return;
  Shared& shared = state.shared;
  shared.draining = true;
  state.on_every_thread([](IoThread& io) {
    boost::system::error_code ignored;
    io.acceptor.close(ignored);
    for (const auto& [key, connection] : io.connections) connection->drain();
  });
  if (!state.wait_until_closed(shared.options.drain_timeout)) {
    state.on_every_thread([](IoThread& io) {
      for (const auto& [key, connection] : io.connections) connection->interrupt();
    });
  }
  if (!state.wait_until_closed(kFarewell)) {
    state.on_every_thread([](IoThread& io) {
      for (const auto& [key, connection] : io.connections) connection->cut();
    });
  }
  // Handlers that ignore their stop token are waited for: they use what outlives this server.
  shared.quick.stop();
  shared.slow.stop();
  state.wait_until_closed(shared.options.drain_timeout);
  for (const auto& io : state.threads) io->context.stop();
  for (const auto& io : state.threads) io->thread.join();
  state.threads.clear();
}

}  // namespace sextant::http

// Running a route's handler: plain, streaming, and upload.
#include <fmt/format.h>

#include <boost/asio/post.hpp>
#include <tuple>

#include "base/log.h"
#include "http/errors.h"
#include "http/invoke.h"
#include "http/policy.h"
#include "http/session.h"

namespace sextant::http {
namespace {

constexpr std::size_t kStreamLimit = 256 * 1024;  // bytes between a stream's handler and its socket
constexpr std::size_t kUploadBlock = 512 * 1024;
constexpr std::int64_t kFormOverhead = 1 << 20;  // of boundaries, part headers and text fields

Error overloaded() {
  return Error(ErrorCode::unavailable, "the server has more work than it can queue",
               "Try again in a moment.", {{"retry_after", 1}});
}

// Instead of "cancelled", which the client did not do.
Error shutting_down() {
  return Error(ErrorCode::unavailable, "the server is shutting down", "Try again in a moment.",
               {{"retry_after", 1}});
}

}  // namespace

Pool& Session::pool() const {
  return exchange_->route->info.cost == Cost::slow ? shared_.slow : shared_.quick;
}

// Runs `work` on the route's pool and then sets exchange_->done here.
bool Session::submit(Pool::Task work) {
  exchange_->done = false;
  return pool().submit([work = std::move(work),
                        self = std::static_pointer_cast<Session>(shared_from_this())]() mutable {
    work();
    work = nullptr;  // what it holds ends on this thread, not on the I/O thread
    Session* session = self.get();
    asio::post(session->io_.context.get_executor(), [self = std::move(self)] {
      self->exchange_->done = true;
      self->signal_.notify();
    });
  });
}

Task<> Session::wait_done(bool watch) {
  if (watch) watch_for_disconnect();
  while (!exchange_->done) co_await signal_.wait();
  co_await stop_watching();
}

Task<> Session::serve_route() {
  const std::shared_ptr<Exchange> exchange = exchange_;
  const Route& route = *exchange->route;
  if (route.info.access == Access::signed_in && !bearer_token(exchange->context)) {
    const auto refused = authenticate(route, shared_.options, exchange->context);
    co_await send_error(refused.error());
    co_return;
  }
  if (body_chunked_ || body_left_ > 0) {
    if (body_left_ <= shared_.options.max_body) co_await send_continue();
    const bool complete = co_await read_body(exchange->input.body, shared_.options.max_body);
    if (!complete) {
      if (expired_) {
        keep_alive_ = false;
        co_await send_refusal(408,
                              Error(ErrorCode::timeout, "the request's body stopped arriving"));
      } else if (!body_failed_) {
        co_await send_error(
            Error(ErrorCode::too_large,
                  "the body is larger than the limit of " +
                      size_in_words(static_cast<std::int64_t>(shared_.options.max_body)),
                  "Send files to POST /api/files/upload."));
      }
      co_return;
    }
  }
  if (route.info.cost == Cost::inline_) {
    exchange->answer = invoke_plain(route, shared_.options, exchange->context, exchange->input);
  } else {
    const bool accepted = submit([exchange, &route, &options = shared_.options] {
      exchange->answer = invoke_plain(route, options, exchange->context, exchange->input);
    });
    if (!accepted) {
      co_await send_error(overloaded());
      co_return;
    }
    co_await wait_done(true);
  }
  if (interrupted_ && exchange->answer.status == status_of(ErrorCode::cancelled)) {
    co_await send_error(shutting_down());
    co_return;
  }
  co_await send(exchange->answer);
}

Task<> Session::serve_stream() {
  const std::shared_ptr<Exchange> exchange = exchange_;
  const Route& route = *exchange->route;
  if (body_chunked_ || body_left_ > 0) {
    if (body_left_ <= shared_.options.max_body) co_await send_continue();
    const bool complete = co_await read_body(exchange->input.body, shared_.options.max_body);
    if (!complete) {
      if (!body_failed_) {
        co_await send_error(Error(ErrorCode::too_large, "the body is larger than the limit"));
      }
      co_return;
    }
  }
  const auto executor = io_.context.get_executor();
  const auto channel = std::make_shared<StreamChannel>(
      [self = std::static_pointer_cast<Session>(shared_from_this()), executor] {
        asio::post(executor, [self] { self->signal_.notify(); });
      },
      kStreamLimit);
  channel_ = channel;
  const bool accepted = submit([exchange, channel, &route, &options = shared_.options] {
    channel->finish(invoke_stream(route, options, exchange->context, exchange->input, *channel));
  });
  if (!accepted) {
    channel_.reset();
    co_await send_error(overloaded());
    co_return;
  }
  watch_for_disconnect();

  const bool chunked = !http_1_0_;
  bool cut = false;
  std::optional<Error> failure;
  while (true) {
    StreamChannel::Taken taken = channel->take();
    if (taken.head && !peer_left_) {
      if (!chunked || shared_.draining) keep_alive_ = false;
      status_ = taken.head->status;
      ResponseHead head;
      head.status = status_;
      head.request_id = exchange->context.request_id;
      head.content_type = taken.head->content_type;
      head.chunked = chunked;
      head.keep_alive = keep_alive_;
      head.allowed_origin = allowed_origin_;
      head.extra = &taken.head->headers;
      co_await write_all(format_head(head));
      if (head_request_) channel->close();
    }
    if (!taken.bytes.empty() && !peer_left_ && !head_request_) {
      if (chunked) {
        char size[24];
        const auto end = fmt::format_to_n(size, sizeof size, "{:x}\r\n", taken.bytes.size());
        taken.bytes += "\r\n";
        co_await write_all(std::string_view(size, end.size), taken.bytes);
      } else {
        co_await write_all(taken.bytes);
      }
    }
    if (peer_left_) {
      exchange->stop.request_stop();
      channel->close();
    }
    if (taken.finished) {
      cut = taken.failed;
      failure = std::move(taken.failure);
      break;
    }
    co_await signal_.wait();
  }
  while (!exchange->done) co_await signal_.wait();
  co_await stop_watching();
  channel_.reset();  // it refers to this session
  if (peer_left_) co_return;
  if (failure) {
    if (interrupted_ && failure->code == ErrorCode::cancelled) failure = shutting_down();
    co_await send_error(std::move(*failure));
  } else if (cut && !head_request_) {
    // No last chunk: the client must see that the answer is not complete.
    log::warn("http.stream_cut", {{"request_id", exchange->context.request_id}});
    keep_alive_ = false;
    boost::system::error_code ignored;
    std::ignore = socket_.close(ignored);
  } else if (chunked && !head_request_) {
    co_await write_all("0\r\n\r\n");
  }
}

// Two blocks take turns: while a pool thread parses, hashes and writes one, the other one is
// filled.
Task<> Session::serve_upload() {
  const std::shared_ptr<Exchange> exchange = exchange_;
  const Route& route = *exchange->route;
  const auto& options = shared_.options;
  std::optional<std::string> boundary;
  std::optional<Error> error;
  if (route.info.access == Access::signed_in && !bearer_token(exchange->context)) {
    error = authenticate(route, options, exchange->context).error();
  } else if (auto found = multipart_boundary(exchange->input.content_type);
             !found && !route.raw_body) {
    error = std::move(found).error();
  } else if (static_cast<std::int64_t>(body_left_) > options.max_file_size + kFormOverhead) {
    error = upload_too_large(options.max_file_size);
  } else if (!route.raw_body) {
    boundary = std::move(*found);
  }
  if (!error && route.info.access == Access::signed_in) {
    auto result = std::make_shared<Result<>>();
    if (submit([exchange, &route, &options, result] {
          *result = authenticate(route, options, exchange->context);
        })) {
      co_await wait_done(false);
      if (!*result) error = result->error();
    } else {
      error = overloaded();
    }
  }
  if (error) {
    co_await send_error(std::move(*error));
    co_return;
  }
  co_await send_continue();

  struct Reception {
    Reception(std::optional<std::string> boundary, const ServerOptions& options)
        : receiver(std::move(boundary), options.upload_temp, options.max_file_size) {}
    UploadReceiver receiver;
    Result<> result;
    std::string blocks[2];
    std::size_t sizes[2] = {0, 0};
  };
  auto reception = std::make_shared<Reception>(std::move(boundary), options);
  for (auto& block : reception->blocks) block.resize(kUploadBlock);
  int filling = 0;
  bool consuming = false;
  bool refused = false;
  while (true) {
    std::size_t& size = reception->sizes[filling];
    size = 0;
    while (size < kUploadBlock && !body_failed_) {
      const std::size_t got =
          co_await read_some_body(reception->blocks[filling].data() + size, kUploadBlock - size);
      if (got == 0) break;
      size += got;
    }
    if (consuming) co_await wait_done(false);
    consuming = false;
    if (size == 0 || !reception->result) break;
    const int ready = filling;
    consuming = submit([reception, ready] {
      reception->result = reception->receiver.feed(
          std::string_view(reception->blocks[ready]).substr(0, reception->sizes[ready]));
    });
    if (!consuming) {
      refused = true;
      break;
    }
    filling = 1 - filling;
  }

  const bool complete = !body_failed_;
  if ((complete || route.raw_body) && !refused && reception->result) {
    refused = !submit([exchange, reception, &route] {
      auto parts = reception->receiver.finish();
      exchange->answer =
          parts ? invoke_upload(route, exchange->context, exchange->input, std::move(*parts))
                : answer_for(parts.error(), exchange->context);
    });
    if (!refused) {
      for (auto& block : reception->blocks) block = {};
      reception.reset();  // its files are deleted on the pool's thread
      co_await wait_done(complete);
      if (complete) {
        co_await send(exchange->answer);
        co_return;
      }
    }
  }
  if (refused) {
    co_await send_error(overloaded());
  } else if (expired_) {
    keep_alive_ = false;
    co_await send_refusal(408, Error(ErrorCode::timeout, "the upload stopped arriving",
                                     "Check the connection and upload again."));
  } else if (complete) {
    co_await send_error(reception->result.error());
  }
  // Deleting a large partial file takes a while: not on this thread.
  if (reception)
    shared_.quick.submit_urgent(
        [reception = std::move(reception)]() mutable { reception.reset(); });
}

}  // namespace sextant::http

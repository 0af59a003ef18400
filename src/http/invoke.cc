#include "http/invoke.h"

#include <exception>

#include "base/log.h"
#include "http/compress.h"
#include "http/errors.h"
#include "http/policy.h"

namespace sextant::http {
namespace {

constexpr std::size_t kMinCompressed = 1024;
constexpr int kGzipLevel = 4;  // answers are packed once and read once

Error internal_error() {
  return Error(ErrorCode::internal, "the server failed to answer this request",
               "Try again; if it happens again, tell your administrator the request id.");
}

// The one catch-all per request.
template <class Call>
auto guarded(const RequestContext& context, const Call& call) -> decltype(call()) {
  std::string what = "unknown exception";
  try {
    if (context.stop.stop_requested()) {
      return fail(ErrorCode::cancelled, "the client left before its request was served");
    }
    return call();
  } catch (const std::exception& exception) {
    what = exception.what();
  } catch (...) {
  }
  log::error("http.exception", {{"request_id", context.request_id}, {"what", what}});
  return std::unexpected(internal_error());
}

}  // namespace

Answer answer_for(const Error& error, const RequestContext& context) {
  Answer answer;
  answer.status = status_of(error.code);
  answer.content_type = "application/json";
  answer.body = json::dump(error_body(error, context.request_id));
  if (answer.status == 401) answer.headers.emplace_back("WWW-Authenticate", "Bearer");
  if (answer.status == 503 || answer.status == 429) {
    const json::Value* seconds = error.detail.if_contains("retry_after");
    answer.headers.emplace_back(
        "Retry-After", seconds && seconds->is_number() ? json::dump(*seconds) : std::string("1"));
  }
  if (answer.status >= 500) {
    log::warn("http.failed", {{"request_id", context.request_id},
                              {"code", to_string(error.code)},
                              {"message", error.message}});
  }
  return answer;
}

Result<> authenticate(const Route& route, const ServerOptions& options, RequestContext& context) {
  if (route.info.access == Access::open) return {};
  const auto token = bearer_token(context);
  if (!token) {
    return fail(ErrorCode::unauthenticated, "this route needs a signed-in user",
                "Send Authorization: Bearer <access_token>; get one from POST /api/auth/login.");
  }
  const std::string* workspace = context.header("x-workspace-id");
  TRY(context.principal,
      options.authenticate(*token, workspace ? std::string_view(*workspace) : ""));
  return {};
}

Answer invoke_plain(const Route& route, const ServerOptions& options, RequestContext& context,
                    const RawInput& input) {
  auto result = guarded(context, [&]() -> Result<Answer> {
    TRY_VOID(authenticate(route, options, context));
    return route.plain(context, input);
  });
  Answer answer = result ? std::move(*result) : answer_for(result.error(), context);
  compress(answer, context);
  return answer;
}

Answer invoke_upload(const Route& route, const RequestContext& context, const RawInput& input,
                     std::vector<UploadedPart> parts) {
  auto result = guarded(context, [&] { return route.upload(context, input, std::move(parts)); });
  Answer answer = result ? std::move(*result) : answer_for(result.error(), context);
  compress(answer, context);
  return answer;
}

Result<> invoke_stream(const Route& route, const ServerOptions& options, RequestContext& context,
                       const RawInput& input, ResponseWriter& writer) {
  return guarded(context, [&]() -> Result<> {
    TRY_VOID(authenticate(route, options, context));
    return route.stream(context, input, writer);
  });
}

void compress(Answer& answer, const RequestContext& context) {
  if (answer.body.size() < kMinCompressed) return;
  if (!answer.content_type.starts_with("application/json") &&
      !answer.content_type.starts_with("text/")) {
    return;
  }
  answer.headers.emplace_back("Vary", "Accept-Encoding");
  const std::string* accepted = context.header("accept-encoding");
  if (!accepted || !accepts_encoding(*accepted, "gzip")) return;
  std::string packed = gzip(answer.body, kGzipLevel);
  if (packed.empty() || packed.size() >= answer.body.size()) return;
  answer.body = std::move(packed);
  answer.headers.emplace_back("Content-Encoding", "gzip");
}

}  // namespace sextant::http

#pragma once
// Runs a route's handler on a pool thread: authentication, the catch-all, and every error as an
// answer. Thread-safe.

#include "http/router.h"
#include "http/server.h"

namespace sextant::http {

// The error as the one error body, with the headers that its status asks for; logs failures of the
// server itself (5xx).
Answer answer_for(const Error& error, const RequestContext& context);

// Fills in the principal where the route asks for one.
Result<> authenticate(const Route& route, const ServerOptions& options, RequestContext& context);

Answer invoke_plain(const Route& route, const ServerOptions& options, RequestContext& context,
                    const RawInput& input);
Answer invoke_upload(const Route& route, const RequestContext& context, const RawInput& input,
                     std::vector<UploadedPart> parts);
Result<> invoke_stream(const Route& route, const ServerOptions& options, RequestContext& context,
                       const RawInput& input, ResponseWriter& writer);

// Packs a JSON or text answer of more than 1 KB when the client accepts gzip.
void compress(Answer& answer, const RequestContext& context);

}  // namespace sextant::http

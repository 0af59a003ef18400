#pragma once
// Routes: a method and a path, typed input and output, and a handler.
//
// Handlers are plain blocking functions that run on a pool thread, many at a time: what they
// capture must be thread-safe and outlive the server. A handler never sees sockets; it returns a
// value or an Error, which becomes the one error body (http/errors.h). The OpenAPI document comes
// from the same types. Register all routes before the server starts; afterwards the router is
// read-only and thread-safe. Wrong registrations (a path twice, a {parameter} that is no member of
// the input) are programming errors and throw std::logic_error.

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "catalog/principal.h"
#include "http/input.h"
#include "http/schema.h"

namespace sextant::http {

enum class Method { get, post, put, patch, del };
enum class Access { open, signed_in };  // signed_in: 401 without a valid bearer token
enum class Cost {
  inline_,  // on the I/O thread itself: must not block and not take 50 µs; only with Access::open
  quick,    // small pool: metadata reads and writes
  slow,     // large pool: queries, uploads, streams, calls to other services
};

using Headers = std::vector<std::pair<std::string, std::string>>;

struct RequestContext {
  std::string request_id;
  std::string remote_address;  // without the port; from X-Forwarded-For behind a trusted proxy
  std::string user_agent;
  std::optional<catalog::Principal> principal;  // set on routes with Access::signed_in
  std::stop_token stop;  // requested when the client leaves or the server drains
  Headers headers;       // names in lower case

  const std::string* header(std::string_view lower_case_name) const;
};

struct RouteInfo {
  Method method = Method::get;
  std::string path;  // "/api/files/{file_id}"
  std::string tag;   // group in the document
  std::string summary;
  std::string description;
  Access access = Access::signed_in;
  int status = 200;  // of success; an Empty output is always 204
  Cost cost = Cost::quick;
  Headers options = {};  // of OPTIONS on this path, beside Allow
};

// One part of a multipart/form-data body. Parts without a filename arrive as `value` and have no
// file.
struct UploadedPart {
  std::string field;
  std::string filename;      // base name only, valid UTF-8, never empty for files
  std::string content_type;  // as the client says
  std::filesystem::path file;
  std::int64_t size = 0;
  std::string sha256;  // hex
  std::string value;
};

// Writes an answer piece by piece, e.g. rows or server-sent events. write() blocks while the client
// is slower than the handler, and fails with `cancelled` once it has left: then return that error.
// Used by one handler thread.
class ResponseWriter {
 public:
  virtual ~ResponseWriter() = default;
  virtual Result<> start(int status, std::string content_type, Headers extra = {}) = 0;
  virtual Result<> write(std::string_view bytes) = 0;  // an empty write sends nothing
  virtual bool started() const = 0;
};

// A finished answer, ready to be sent.
struct Answer {
  int status = 200;
  std::string content_type;  // empty: no body
  std::string body;
  Headers headers;
};

struct Route {
  RouteInfo info;
  std::vector<std::string> parameters;  // names in the path, in order
  bool query_input = false;             // members come from the query string, not from a body
  bool raw_body = false;                // an upload whose body is the file itself, not a form

  // Exactly one of the three is set.
  std::function<Result<Answer>(const RequestContext&, const RawInput&)> plain;
  std::function<Result<Answer>(const RequestContext&, const RawInput&, std::vector<UploadedPart>)>
      upload;
  std::function<Result<>(const RequestContext&, const RawInput&, ResponseWriter&)> stream;

  // For the document: the schema of the whole input (a component) and of the output.
  std::function<json::Value(Schemas&)> input_schema;
  std::function<json::Value(Schemas&)> output_schema;
  std::vector<std::string> input_members;
  bool has_output = true;
};

class Router {
 public:
  Router();
  ~Router();
  Router(const Router&) = delete;
  Router& operator=(const Router&) = delete;

  // In: a described struct. Members named like a {path} parameter come from the path; the others
  // from the query string (get, del) or the JSON body (post, put, patch). Out: described struct or
  // json::Value; Empty answers 204; Answer is sent as it is (own headers, status or bytes).
  template <class In, class Out>
  void route(RouteInfo info, std::function<Result<Out>(const RequestContext&, In)> handler) {
    Route made = describe<In, Out>(std::move(info));
    made.plain = [handler = std::move(handler), status = made.info.status,
                  query_input = made.query_input](const RequestContext& context,
                                                  const RawInput& raw) -> Result<Answer> {
      TRY(In input, read_input<In>(raw, query_input));
      return answer_from<Out>(status, handler(context, std::move(input)));
    };
    add(std::move(made));
  }

  // multipart/form-data, streamed to files in ServerOptions::upload_temp while it arrives. The
  // handler owns the files: it moves them away; those still there when it returns are deleted.
  template <class Out>
  void upload(
      RouteInfo info,
      std::function<Result<Out>(const RequestContext&, std::vector<UploadedPart>)> handler) {
    Route made = describe<Empty, Out>(std::move(info));
    made.upload = [handler = std::move(handler), status = made.info.status](
                      const RequestContext& context, const RawInput&,
                      std::vector<UploadedPart> parts) -> Result<Answer> {
      return answer_from<Out>(status, handler(context, std::move(parts)));
    };
    add(std::move(made));
  }

  // A body of any media type, e.g. a piece of a resumable upload, streamed to one file as in
  // upload(). Members of In that are not in the path come from the query string. The handler also
  // gets what arrived of a body that broke off; its answer then reaches nobody.
  template <class In, class Out>
  void receive(RouteInfo info,
               std::function<Result<Out>(const RequestContext&, In, UploadedPart)> handler) {
    Route made = describe<In, Out>(std::move(info));
    made.query_input = true;
    made.raw_body = true;
    made.upload = [handler = std::move(handler), status = made.info.status](
                      const RequestContext& context, const RawInput& raw,
                      std::vector<UploadedPart> parts) -> Result<Answer> {
      TRY(In input, read_input<In>(raw, true));
      return answer_from<Out>(status, handler(context, std::move(input), std::move(parts.front())));
    };
    add(std::move(made));
  }

  // The handler writes the body itself; Out only documents it. An error returned before start()
  // gives the usual error answer; after it, the connection is cut, so that the client notices.
  template <class In, class Out>
  void stream(RouteInfo info,
              std::function<Result<>(const RequestContext&, In, ResponseWriter&)> handler) {
    Route made = describe<In, Out>(std::move(info));
    made.stream = [handler = std::move(handler), query_input = made.query_input](
                      const RequestContext& context, const RawInput& raw,
                      ResponseWriter& writer) -> Result<> {
      TRY(In input, read_input<In>(raw, query_input));
      return handler(context, std::move(input), writer);
    };
    add(std::move(made));
  }

  // The OpenAPI 3.1 document: paths in order of registration, components by name.
  json::Value openapi() const;

  struct Match {
    const Route* route = nullptr;  // none: the path is unknown, or the method not allowed
    std::vector<std::pair<std::string, std::string>> parameters;
    std::vector<Method> allowed;  // methods of this path, when the method is not allowed
  };
  // `path` as in the request line, without the query string.
  Match find(Method method, std::string_view path) const;

  const std::vector<std::unique_ptr<Route>>& routes() const { return routes_; }

 private:
  struct Node;

  template <class In, class Out>
  static Route describe(RouteInfo info) {
    Route made;
    made.query_input = info.method == Method::get || info.method == Method::del;
    if constexpr (std::same_as<Out, Empty>) info.status = 204;
    made.has_output = !std::same_as<Out, Empty> && !std::same_as<Out, Answer>;
    made.info = std::move(info);
    made.input_schema = [](Schemas& schemas) { return schemas.of<In>(); };
    if constexpr (!std::same_as<Out, Answer>) {
      made.output_schema = [](Schemas& schemas) { return schemas.of<Out>(); };
    }
    boost::mp11::mp_for_each<json::detail::Members<In>>(
        [&](auto d) { made.input_members.emplace_back(d.name); });
    return made;
  }

  template <class Out>
  static Result<Answer> answer_from(int status, Result<Out> result) {
    if (!result) return std::unexpected(std::move(result).error());
    if constexpr (std::same_as<Out, Answer>) {
      return std::move(*result);
    } else if constexpr (std::same_as<Out, Empty>) {
      return Answer{status, {}, {}, {}};
    } else {
      return Answer{status, "application/json", json::dump(json::to_value(*result)), {}};
    }
  }

  void add(Route route);

  std::vector<std::unique_ptr<Route>> routes_;
  std::unique_ptr<Node> root_;
};

}  // namespace sextant::http

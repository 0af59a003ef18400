#include "api/uploads.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <charconv>
#include <map>

#include "base/text.h"

namespace sextant::api {
namespace {

using sources::ResumableUpload;

constexpr const char* kVersion = "1.0.0";
constexpr std::string_view kChecksum = "sha256 ";

struct UploadId {
  std::string upload_id;
};
BOOST_DESCRIBE_STRUCT(UploadId, (), (upload_id))

Result<std::int64_t> number_header(const http::RequestContext& context, const char* name) {
  const auto* text = context.header(name);
  std::int64_t value = -1;
  if (text) {
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
    if (error != std::errc{} || end != text->data() + text->size()) value = -1;
  }
  if (value < 0) {
    return fail(ErrorCode::bad_request,
                fmt::format("The header {} must say a number of bytes.", name),
                "See https://tus.io/protocols/resumable-upload for the protocol.");
  }
  return value;
}

Result<std::string> decode_base64(std::string_view text, const char* header) {
  const auto refuse = [&] {
    return fail(ErrorCode::bad_request, fmt::format("The header {} is not base64.", header),
                "See https://tus.io/protocols/resumable-upload for the protocol.");
  };
  if (text.size() % 4 != 0) return refuse();
  std::string out(text.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                   reinterpret_cast<const unsigned char*>(text.data()),
                                   static_cast<int>(text.size()));
  if (size < 0) return refuse();
  out.resize(static_cast<std::size_t>(size));
  for (auto at = text.rbegin(); at != text.rend() && *at == '='; ++at) out.pop_back();
  return out;
}

// "filename d29ybGQ=,mode cmVwbGFjZQ=="
Result<std::map<std::string, std::string>> metadata_of(const http::RequestContext& context) {
  std::map<std::string, std::string> out;
  const auto* header = context.header("upload-metadata");
  if (!header) return out;
  for (const auto& part : text::split(*header, ',')) {
    const auto pair = text::trim(part);
    const auto space = pair.find(' ');
    const auto value = space == pair.npos ? std::string_view{} : text::trim(pair.substr(space));
    TRY(out[std::string(pair.substr(0, space))], decode_base64(value, "Upload-Metadata"));
  }
  return out;
}

std::string base_name(const std::string& name) {
  const auto slash = name.find_last_of("/\\");
  return slash == name.npos ? name : name.substr(slash + 1);
}

// Another version of the protocol is not spoken.
std::optional<http::Answer> wrong_version(const http::RequestContext& context) {
  const auto* version = context.header("tus-resumable");
  if (version && *version == kVersion) return std::nullopt;
  return http::Answer{412, {}, {}, {{"Tus-Resumable", kVersion}, {"Tus-Version", kVersion}}};
}

http::Answer answer_of(int status, const ResumableUpload& upload) {
  http::Answer answer{status, {}, {}, {}};
  answer.headers = {{"Tus-Resumable", kVersion},
                    {"Upload-Offset", std::to_string(upload.offset)},
                    {"Upload-Length", std::to_string(upload.size)},
                    {"Upload-Expires", upload.expires_at}};
  if (upload.file_id) answer.headers.emplace_back("Upload-File-Id", *upload.file_id);
  return answer;
}

Result<http::Answer> create(sources::ResumableUploads& uploads, const http::RequestContext& context,
                            std::int64_t max_size) {
  if (auto refused = wrong_version(context)) return std::move(*refused);
  TRY(const auto size, number_header(context, "upload-length"));
  TRY(auto metadata, metadata_of(context));
  sources::NewUpload fresh;
  fresh.filename = base_name(metadata["filename"]);
  fresh.size = size;
  if (fresh.filename.empty() || fresh.filename.size() > 1000 || !text::valid_utf8(fresh.filename)) {
    return fail(ErrorCode::bad_request, "Upload-Metadata must say the filename.",
                "Send it as `filename` with its value in base64.");
  }
  const auto& mode = metadata["mode"];
  if (!mode.empty() || !metadata["source_id"].empty()) {
    if ((mode != "append" && mode != "replace") || metadata["source_id"].empty()) {
      return fail(json::field_errors(
          {{"mode", "must be append or replace, and source_id say of which source"}}));
    }
    fresh.placement.source_id = metadata["source_id"];
    fresh.placement.append = mode == "append";
    fresh.placement.confirmed = metadata["confirm"] == "true";
  }
  TRY(const auto upload, uploads.create(*context.principal, fresh));
  auto answer = answer_of(201, upload);
  answer.headers.emplace_back("Location", "/api/uploads/" + upload.id);
  answer.headers.emplace_back("Tus-Max-Size", std::to_string(max_size));
  return answer;
}

Result<http::Answer> append(sources::ResumableUploads& uploads, const http::RequestContext& context,
                            const std::string& id, const http::UploadedPart& part) {
  if (auto refused = wrong_version(context)) return std::move(*refused);
  const auto* type = context.header("content-type");
  if (!type || *type != "application/offset+octet-stream") {
    return fail(ErrorCode::unsupported_type,
                "A piece of an upload has the type application/offset+octet-stream.");
  }
  if (const auto* checksum = context.header("upload-checksum")) {
    if (!checksum->starts_with(kChecksum)) {
      return fail(ErrorCode::bad_request, "Checksums are sha256 here.",
                  "Send Upload-Checksum as `sha256` with the digest in base64, or leave it out.");
    }
    TRY(const auto digest,
        decode_base64(std::string_view(*checksum).substr(kChecksum.size()), "Upload-Checksum"));
    std::string hex;
    for (const char c : digest) hex += fmt::format("{:02x}", static_cast<unsigned char>(c));
    // Of a piece that broke off nothing is kept: its digest is that of the whole.
    if (hex != part.sha256) return http::Answer{460, {}, {}, {{"Tus-Resumable", kVersion}}};
  }
  TRY(const auto offset, number_header(context, "upload-offset"));
  TRY(const auto upload, uploads.append(*context.principal, id, offset, {part.file, part.size}));
  return answer_of(204, upload);
}

}  // namespace

void add_upload_routes(http::Router& router, sources::ResumableUploads& uploads,
                       std::int64_t max_size) {
  using http::Cost;
  using http::Method;
  using http::RequestContext;
  const http::Headers capabilities = {{"Tus-Resumable", kVersion},
                                      {"Tus-Version", kVersion},
                                      {"Tus-Extension", "creation,checksum,expiration,termination"},
                                      {"Tus-Checksum-Algorithm", "sha256"},
                                      {"Tus-Max-Size", std::to_string(max_size)}};

  router.route<http::Empty, http::Answer>(
      {.method = Method::post,
       .path = "/api/uploads",
       .tag = "files",
       .summary = "Begin a resumable upload",
       .description =
           "The tus protocol 1.0.0 with creation, checksum (sha256), expiration and termination: "
           "Upload-Length says the size, Upload-Metadata the `filename` and, for a new version of "
           "a source, `source_id` with `mode` = append or replace. The answer's Location takes "
           "the pieces.",
       .status = 201,
       .options = capabilities},
      [&uploads, max_size](const RequestContext& c, http::Empty) {
        return create(uploads, c, max_size);
      });
  router.route<UploadId, http::Answer>(
      {.method = Method::get,
       .path = "/api/uploads/{upload_id}",
       .tag = "files",
       .summary = "Where a resumable upload stands",
       .description = "In the headers Upload-Offset, Upload-Length and, when it is complete, "
                      "Upload-File-Id; HEAD gives the same.",
       .status = 204},
      [&uploads](const RequestContext& c, const UploadId& in) -> Result<http::Answer> {
        TRY(const auto upload, uploads.get(*c.principal, in.upload_id));
        return answer_of(204, upload);
      });
  router.receive<UploadId, http::Answer>(
      {.method = Method::patch,
       .path = "/api/uploads/{upload_id}",
       .tag = "files",
       .summary = "The next piece of a resumable upload",
       .description = "From byte Upload-Offset on. A wrong offset is a conflict; a piece that does "
                      "not match its Upload-Checksum is refused with 460. What arrived of a piece "
                      "that broke off is kept, unless it has a checksum.",
       .status = 204,
       .cost = Cost::slow,
       .options = capabilities},
      [&uploads](const RequestContext& c, const UploadId& in, const http::UploadedPart& part) {
        return append(uploads, c, in.upload_id, part);
      });
  router.route<UploadId, http::Empty>(
      {.method = Method::del,
       .path = "/api/uploads/{upload_id}",
       .tag = "files",
       .summary = "Give up a resumable upload"},
      [&uploads](const RequestContext& c, const UploadId& in) -> Result<http::Empty> {
        TRY_VOID(uploads.remove(*c.principal, in.upload_id));
        return http::Empty{};
      });
}

}  // namespace sextant::api

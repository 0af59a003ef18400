#include "api/files.h"

#include <algorithm>

#include "api/sync.h"

namespace sextant::api {
namespace {

using sources::File;

struct FileId {
  std::string file_id;
};
BOOST_DESCRIBE_STRUCT(FileId, (), (file_id))

struct ListInput {
  std::optional<std::int64_t> limit;
  std::optional<std::string> cursor;

  std::vector<json::FieldError> validate() const {
    if (limit && (*limit < 1 || *limit > 500)) return {{"limit", "must be from 1 to 500"}};
    return {};
  }
};
BOOST_DESCRIBE_STRUCT(ListInput, (), (limit, cursor))

struct UploadedFile {
  std::string file_id;
  std::string filename;
  std::string status = "uploaded";
  std::string message;
  bool integration_enabled = true;
};
BOOST_DESCRIBE_STRUCT(UploadedFile, (), (file_id, filename, status, message, integration_enabled))

// One file: its members stand at the top, as the specification writes it. `files` has all of them.
struct UploadReply {
  std::optional<std::string> file_id;
  std::optional<std::string> filename;
  std::optional<std::string> status;
  std::optional<std::string> message;
  std::optional<bool> integration_enabled;
  std::vector<UploadedFile> files;
};
BOOST_DESCRIBE_STRUCT(UploadReply, (),
                      (file_id, filename, status, message, integration_enabled, files))

struct FileList {
  std::vector<File> files;
  std::int64_t total_count = 0;
  std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(FileList, (), (files, total_count, next_cursor))

struct FileInfo {
  std::string id;
  std::string filename;
  std::string file_type;
  std::int64_t file_size = 0;
  sources::FileStatus processing_status = sources::FileStatus::pending;
  sources::FileProgress progress;
  std::optional<sources::FileError> error;
  std::string created_at;
  json::Object extracted_data;  // bounded preview: {tables: [{name, rows, columns, preview}]}
};
BOOST_DESCRIBE_STRUCT(FileInfo, (),
                      (id, filename, file_type, file_size, processing_status, progress, error,
                       created_at, extracted_data))

struct DataSourceInfo {
  FileInfo file_info;
  std::optional<sources::Source> data_source_info;
  std::optional<sources::Model> semantic_model;
  std::vector<std::string> integration_features;
  std::vector<sources::Version> versions;  // newest first
};
BOOST_DESCRIBE_STRUCT(DataSourceInfo, (),
                      (file_info, data_source_info, semantic_model, integration_features, versions))

struct StuckReply {
  std::vector<sources::StuckFile> files;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(StuckReply, (), (files, count))

struct SyncInput {
  std::optional<std::string> source_id;
  std::optional<std::string> feature;
};
BOOST_DESCRIBE_STRUCT(SyncInput, (), (source_id, feature))

UploadReply reply_of(const std::vector<File>& files) {
  UploadReply reply;
  for (const auto& file : files) {
    reply.files.push_back({file.id, file.filename, "uploaded",
                           "File uploaded successfully. Integrated processing started.", true});
  }
  if (reply.files.size() == 1) {
    const auto& only = reply.files.front();
    reply.file_id = only.file_id;
    reply.filename = only.filename;
    reply.status = only.status;
    reply.message = only.message;
    reply.integration_enabled = only.integration_enabled;
  }
  return reply;
}

Result<UploadReply> upload(sources::SourceService& service, const http::RequestContext& context,
                           std::vector<http::UploadedPart> parts) {
  std::vector<sources::ReceivedFile> received;
  sources::Placement placement;
  bool replace = false;
  for (auto& part : parts) {
    if (part.file.empty()) {
      if (part.field == "source_id") placement.source_id = part.value;
      if (part.field == "mode" && part.value != "append" && part.value != "replace")
        return fail(json::field_errors({{"mode", "must be append or replace"}}));
      if (part.field == "mode") (part.value == "append" ? placement.append : replace) = true;
      if (part.field == "combine") placement.combine = part.value == "true";
      if (part.field == "confirm") placement.confirmed = part.value == "true";
      continue;
    }
    received.push_back({part.filename, part.file, part.size, part.sha256});
  }
  if (received.empty()) {
    return fail(json::field_errors({{"file", "no file was sent in the form"}}));
  }
  if (placement.source_id.has_value() != (placement.append || replace)) {
    return fail(json::field_errors(
        {{placement.source_id ? "mode" : "source_id",
          "is required too: source_id says which source, mode whether to append or to replace"}}));
  }
  TRY(auto files, service.accept(*context.principal, received, placement));
  return reply_of(files);
}

DataSourceInfo describe(sources::SourceInfo info) {
  const auto& file = info.file;
  DataSourceInfo out;
  out.file_info = {file.id,        file.filename,          file.file_type,
                   file.file_size, file.processing_status, file.progress,
                   file.error,     file.created_at,        std::move(info.extracted_data)};
  if (info.source) {
    for (const auto& [feature, state] : info.source->feature_integrations) {
      if (state.enabled) out.integration_features.push_back(feature);
    }
  }
  out.data_source_info = std::move(info.source);
  out.semantic_model = std::move(info.model);
  out.versions = std::move(info.versions);
  return out;
}

}  // namespace

void add_file_routes(http::Router& router, sources::SourceService& service,
                     sources::SampleData& sample) {
  using http::Cost;
  using http::Method;
  using http::RequestContext;

  router.upload<UploadReply>(
      {.method = Method::post,
       .path = "/api/files/upload",
       .tag = "files",
       .summary = "Upload files",
       .description = "Multipart form with one or more parts named `file`. Reading starts at once; "
                      "follow it with GET /api/files/{file_id} or the file.progress events. "
                      "Fields beside the files: `combine` = true makes one table of all of them, "
                      "with their names as a column; `source_id` with `mode` = append or replace "
                      "makes a new version of a source; `confirm` = true publishes it even when "
                      "columns vanish or types change.",
       .status = 202,
       .cost = Cost::slow},
      [&service](const RequestContext& c, std::vector<http::UploadedPart> parts) {
        return upload(service, c, std::move(parts));
      });

  router.route<http::Empty, UploadReply>(
      {.method = Method::post,
       .path = "/api/files/sample",
       .tag = "files",
       .summary = "Load the sample data",
       .description = "A made-up retail data set of related tables. Loading it again gives the "
                      "files already there.",
       .status = 202,
       .cost = Cost::slow},
      [&sample](const RequestContext& c, http::Empty) -> Result<UploadReply> {
        TRY(auto files, sample.load(*c.principal));
        return reply_of(files);
      });

  router.route<ListInput, FileList>(
      {.method = Method::get,
       .path = "/api/files",
       .tag = "files",
       .summary = "Files, newest first"},
      [&service](const RequestContext& c, ListInput in) -> Result<FileList> {
        TRY(auto page, service.list(*c.principal, in.limit.value_or(100), in.cursor));
        return FileList{std::move(page.files), page.total_count, std::move(page.next_cursor)};
      });

  router.route<http::Empty, StuckReply>(
      {.method = Method::get,
       .path = "/api/files/reset-stuck",
       .tag = "files",
       .summary = "Files whose reading has stopped without an end"},
      [&service](const RequestContext& c, http::Empty) -> Result<StuckReply> {
        TRY(auto files, service.stuck(*c.principal));
        const auto count = static_cast<std::int64_t>(files.size());
        return StuckReply{std::move(files), count};
      });

  router.route<http::Empty, StuckReply>(
      {.method = Method::post,
       .path = "/api/files/reset-stuck",
       .tag = "files",
       .summary = "Start stuck files again"},
      [&service](const RequestContext& c, http::Empty) -> Result<StuckReply> {
        TRY(auto files, service.reset_stuck(*c.principal));
        const auto count = static_cast<std::int64_t>(files.size());
        return StuckReply{std::move(files), count};
      });

  router.route<SyncInput, SyncReply>(
      {.method = Method::post,
       .path = "/api/files/sync-features",
       .tag = "files",
       .summary = "Bring every feature up to date with a source, or with all"},
      [&service](const RequestContext& c, SyncInput in) {
        return sync(service, c, in.source_id, in.feature);
      });

  router.route<FileId, File>({.method = Method::get,
                              .path = "/api/files/{file_id}",
                              .tag = "files",
                              .summary = "One file with its progress or error"},
                             [&service](const RequestContext& c, FileId in) {
                               return service.get(*c.principal, in.file_id);
                             });

  router.route<FileId, http::Empty>(
      {.method = Method::del,
       .path = "/api/files/{file_id}",
       .tag = "files",
       .summary = "Delete a file with its source, tables and model"},
      [&service](const RequestContext& c, FileId in) -> Result<http::Empty> {
        TRY_VOID(service.remove(*c.principal, in.file_id));
        return http::Empty{};
      });

  router.route<FileId, File>({.method = Method::post,
                              .path = "/api/files/{file_id}/retry",
                              .tag = "files",
                              .summary = "Read a failed file again",
                              .status = 202},
                             [&service](const RequestContext& c, FileId in) {
                               return service.retry(*c.principal, in.file_id);
                             });

  router.route<FileId, DataSourceInfo>(
      {.method = Method::get,
       .path = "/api/files/{file_id}/data-source-info",
       .tag = "files",
       .summary = "Everything known about a file's data",
       .description = "Schema, semantic model, feature state, and per version the load report and "
                      "column profiles."},
      [&service](const RequestContext& c, FileId in) -> Result<DataSourceInfo> {
        TRY(auto info, service.info(*c.principal, in.file_id));
        return describe(std::move(info));
      });
}

}  // namespace sextant::api

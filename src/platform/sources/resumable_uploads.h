#pragma once
// Uploads in pieces that can be broken off and gone on with: the tus protocol's state, without its
// headers. What has arrived is a file of the workspace, and its size is the offset; it is there
// after a restart. Left alone for a week it is removed. Thread-safe; one piece at a time an upload.

#include <mutex>
#include <set>
#include <string>

#include "base/time.h"
#include "platform/sources/source_service.h"

namespace sextant::sources {

struct ResumableUpload {
  std::string id;
  std::string filename;
  std::int64_t size = 0;
  std::int64_t offset = 0;  // bytes that have arrived
  std::string expires_at;
  std::optional<std::string> file_id;  // when it is complete
};

struct NewUpload {
  std::string filename;
  std::int64_t size = 0;
  Placement placement;
};

struct UploadPiece {
  std::filesystem::path file;
  std::int64_t size = 0;
};

class ResumableUploads {
 public:
  ResumableUploads(store::Database& database, const blobs::WorkspaceFiles& files,
                   SourceService& sources);

  Result<ResumableUpload> create(const catalog::Principal& who, const NewUpload& fresh);
  // Of one's own; those of others are not_found.
  Result<ResumableUpload> get(const catalog::Principal& who, const std::string& id);
  // Appends a piece; the last one makes the upload a file. Errors: conflict when `offset` is not
  // where the upload stands or another piece is arriving, too_large beyond its size.
  Result<ResumableUpload> append(const catalog::Principal& who, const std::string& id,
                                 std::int64_t offset, const UploadPiece& piece);
  Result<> remove(const catalog::Principal& who, const std::string& id);

 private:
  struct Stored;
  Result<Stored> find(const catalog::Principal& who, const std::string& id);
  std::filesystem::path path_of(const std::string& workspace_id, const std::string& id) const;
  Result<> remove_expired(const std::string& workspace_id);
  Result<> complete(const catalog::Principal& who, Stored& stored);

  store::Database& database_;
  const blobs::WorkspaceFiles& files_;
  SourceService& sources_;
  std::mutex mutex_;            // guards busy_
  std::set<std::string> busy_;  // uploads with a piece on its way
};

}  // namespace sextant::sources

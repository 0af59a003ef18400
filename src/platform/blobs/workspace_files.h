#pragma once
// The files of every workspace, on local disk:
//
//   <root>/<workspace_id>/uploads/<sha256>               a raw upload, kept as it came
//   <root>/<workspace_id>/partial/<upload_id>            what has arrived of a resumable upload
//   <root>/<workspace_id>/sources/<source_id>/<n>.duckdb  version n of a source, never changed
//   <root>/<workspace_id>/sources/<source_id>/<n>.raw.duckdb  its raw cells; can be made again
//   <root>/<workspace_id>/results/…                       spilled results, may be deleted at any
//   time <root>/<workspace_id>/tmp/…                           workers' scratch, emptied at start
//   <root>/.incoming/…                                    uploads being received
//
// Everything durable is written under a temporary name, synced, renamed, and its folder synced, so
// a crash leaves the old state or the new one. Thread-safe. Errors: storage_full when the disk is
// full, internal for anything else the operating system refuses.

#include <filesystem>
#include <string>

#include "base/result.h"

namespace sextant::blobs {

class WorkspaceFiles {
 public:
  // Makes the folder and removes what an earlier process left half-done.
  static Result<WorkspaceFiles> open(std::filesystem::path root);

  const std::filesystem::path& incoming() const { return incoming_; }
  std::filesystem::path folder(const std::string& workspace_id) const {
    return root_ / workspace_id;
  }

  // Makes the workspace's folders when they are not there.
  Result<> prepare(const std::string& workspace_id) const;

  // Makes the folder of one source.
  Result<> prepare_source(const std::string& workspace_id, const std::string& source_id) const;

  // Moves a received file into the workspace, synced to disk; gives its path relative to the
  // workspace's folder. A file with the same content is kept once.
  Result<std::string> keep_upload(const std::string& workspace_id,
                                  const std::filesystem::path& received,
                                  const std::string& sha256) const;

  // Paths relative to the workspace's folder.
  static std::string upload_path(const std::string& sha256);
  static std::string version_path(const std::string& source_id, std::int64_t version);
  static std::string loading_path(const std::string& source_id, std::int64_t version,
                                  std::int64_t attempt);
  static std::string partial_path(const std::string& upload_id);
  // The raw cells of a version, made when somebody looks at them.
  static std::string raw_path(const std::string& source_id, std::int64_t version);
  static std::string raw_loading_path(const std::string& source_id, std::int64_t version,
                                      const std::string& unique);

  // Renames a finished load to its version's name and syncs the folder.
  Result<> publish(const std::string& workspace_id, const std::string& loading,
                   const std::string& published) const;

  // Removes one file or folder below the workspace's folder; a missing one is no error.
  Result<> remove(const std::string& workspace_id, const std::string& relative) const;

 private:
  explicit WorkspaceFiles(std::filesystem::path root);

  std::filesystem::path root_;
  std::filesystem::path incoming_;
};

}  // namespace sextant::blobs

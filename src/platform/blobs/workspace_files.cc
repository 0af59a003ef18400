#include "platform/blobs/workspace_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace sextant::blobs {
namespace fs = std::filesystem;
namespace {

std::unexpected<Error> failed(const std::string& what, const std::error_code& ec) {
  if (ec == std::errc::no_space_on_device || ec.value() == EDQUOT) {
    return fail(ErrorCode::storage_full, "The disk is full: " + what + " could not be written.",
                "Free some space or delete files you no longer need, then try again.");
  }
  return fail(ErrorCode::internal, what + ": " + ec.message());
}

std::error_code last_error() { return {errno, std::generic_category()}; }

Result<> sync_path(const fs::path& path, int flags) {
  const int fd = ::open(path.c_str(), flags | O_CLOEXEC);
  if (fd < 0) return failed("opening " + path.filename().string(), last_error());
  const int rc = ::fdatasync(fd);
  const auto error = last_error();
  ::close(fd);
  if (rc != 0) return failed("syncing " + path.filename().string(), error);
  return {};
}

Result<> make_folder(const fs::path& path) {
  std::error_code ec;
  fs::create_directories(path, ec);
  if (ec) return failed("making the folder " + path.string(), ec);
  return {};
}

Result<> rename_durably(const fs::path& from, const fs::path& to) {
  std::error_code ec;
  fs::rename(from, to, ec);
  if (ec) return failed("renaming " + from.filename().string(), ec);
  return sync_path(to.parent_path(), O_RDONLY | O_DIRECTORY);
}

void empty_folder(const fs::path& path) {
  std::error_code ec;
  for (fs::directory_iterator it(path, ec), end; !ec && it != end; it.increment(ec)) {
    std::error_code ignored;  // what can not be removed now is tried at the next start
    fs::remove_all(it->path(), ignored);
  }
}

}  // namespace

WorkspaceFiles::WorkspaceFiles(fs::path root)
    : root_(std::move(root)), incoming_(root_ / ".incoming") {}

Result<WorkspaceFiles> WorkspaceFiles::open(fs::path root) {
  WorkspaceFiles files(std::move(root));
  TRY_VOID(make_folder(files.incoming_));
  empty_folder(files.incoming_);
  std::error_code ec;
  for (fs::directory_iterator it(files.root_, ec), end; !ec && it != end; it.increment(ec)) {
    if (!it->is_directory() || it->path() == files.incoming_) continue;
    empty_folder(it->path() / "tmp");
    empty_folder(it->path() / "results");
    std::error_code walk;
    for (fs::recursive_directory_iterator f(it->path() / "sources", walk), last; !walk && f != last;
         f.increment(walk)) {
      const auto name = f->path().filename().string();
      if (name.find(".loading-") != std::string::npos) {
        std::error_code ignored;
        fs::remove_all(f->path(), ignored);
      }
    }
  }
  return files;
}

Result<> WorkspaceFiles::prepare(const std::string& workspace_id) const {
  for (const char* name : {"uploads", "partial", "sources", "results", "tmp"}) {
    TRY_VOID(make_folder(folder(workspace_id) / name));
  }
  return {};
}

Result<> WorkspaceFiles::prepare_source(const std::string& workspace_id,
                                        const std::string& source_id) const {
  return make_folder(folder(workspace_id) / "sources" / source_id);
}

Result<std::string> WorkspaceFiles::keep_upload(const std::string& workspace_id,
                                                const fs::path& received,
                                                const std::string& sha256) const {
  TRY_VOID(prepare(workspace_id));
  const std::string relative = upload_path(sha256);
  const fs::path target = folder(workspace_id) / relative;
  std::error_code ec;
  if (fs::exists(target, ec)) {
    fs::remove(received, ec);
    return relative;
  }
  TRY_VOID(sync_path(received, O_RDONLY));
  TRY_VOID(rename_durably(received, target));
  return relative;
}

std::string WorkspaceFiles::upload_path(const std::string& sha256) { return "uploads/" + sha256; }

std::string WorkspaceFiles::version_path(const std::string& source_id, std::int64_t version) {
  return "sources/" + source_id + "/" + std::to_string(version) + ".duckdb";
}

std::string WorkspaceFiles::loading_path(const std::string& source_id, std::int64_t version,
                                         std::int64_t attempt) {
  return "sources/" + source_id + "/" + std::to_string(version) + ".loading-" +
         std::to_string(attempt) + ".duckdb";
}

std::string WorkspaceFiles::partial_path(const std::string& upload_id) {
  return "partial/" + upload_id;
}

std::string WorkspaceFiles::raw_path(const std::string& source_id, std::int64_t version) {
  return "sources/" + source_id + "/" + std::to_string(version) + ".raw.duckdb";
}

std::string WorkspaceFiles::raw_loading_path(const std::string& source_id, std::int64_t version,
                                             const std::string& unique) {
  return "sources/" + source_id + "/" + std::to_string(version) + ".raw.loading-" + unique +
         ".duckdb";
}

Result<> WorkspaceFiles::publish(const std::string& workspace_id, const std::string& loading,
                                 const std::string& published) const {
  const fs::path from = folder(workspace_id) / loading;
  TRY_VOID(sync_path(from, O_RDONLY));
  return rename_durably(from, folder(workspace_id) / published);
}

Result<> WorkspaceFiles::remove(const std::string& workspace_id,
                                const std::string& relative) const {
  std::error_code ec;
  fs::remove_all(folder(workspace_id) / relative, ec);
  if (ec) return failed("deleting " + relative, ec);
  return {};
}

}  // namespace sextant::blobs

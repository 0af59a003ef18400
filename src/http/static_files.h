#pragma once
// The built page, kept in memory and served compressed. Immutable after load() but for the
// compressed forms, which a background thread adds where the build has not left .br or .gz files
// beside the originals. Thread-safe.

#include <atomic>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "base/result.h"

namespace sextant::http {

// A compressed form, written once by one thread and then read by all.
class Packed {
 public:
  const std::string* get() const {
    return ready_.load(std::memory_order_acquire) ? &bytes_ : nullptr;
  }
  void set(std::string bytes) {
    bytes_ = std::move(bytes);
    ready_.store(true, std::memory_order_release);
  }

 private:
  std::string bytes_;
  std::atomic<bool> ready_ = false;
};

struct Asset {
  std::string content_type;
  std::string etag;        // strong, quoted, of the uncompressed bytes
  bool immutable = false;  // named by its content: cached for a year
  std::string bytes;
  Packed gzip;  // not set when it would not be smaller
  Packed brotli;
};

class StaticFiles {
 public:
  StaticFiles();
  ~StaticFiles();
  StaticFiles(const StaticFiles&) = delete;
  StaticFiles& operator=(const StaticFiles&) = delete;

  // Reads all files below `folder` (bounded: 256 MB); fails when it has no index.html.
  Result<> load(const std::filesystem::path& folder);
  // Adds or replaces one file; before the server starts. `path` begins with a slash.
  void add(std::string path, std::string bytes);

  // The file of this path, or, for a path without a file extension, index.html; null when there is
  // none.
  const Asset* find(std::string_view path) const;
  const Asset* exact(std::string_view path) const;
  bool empty() const { return assets_.empty(); }

 private:
  void compress_all(std::stop_token stop);

  std::map<std::string, std::unique_ptr<Asset>, std::less<>> assets_;
  std::jthread compressor_;  // last: stops first
};

// "text/html; charset=utf-8" for "/index.html"; application/octet-stream when unknown.
std::string_view content_type_of(std::string_view path);

}  // namespace sextant::http

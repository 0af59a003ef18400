#include "http/static_files.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <fstream>
#include <iterator>

#include "base/text.h"
#include "http/compress.h"

namespace sextant::http {
namespace {

constexpr std::size_t kMaxTotal = 256u << 20;
constexpr std::size_t kMinCompressed = 1024;  // smaller files travel as they are

std::string strong_etag(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
  std::string out = "\"";
  for (int i = 0; i < 16; ++i) fmt::format_to(std::back_inserter(out), "{:02x}", digest[i]);
  return out + '"';
}

// Vite writes assets/name-HASH.ext, with at least 8 characters of hash.
bool named_by_content(std::string_view path) {
  if (!path.starts_with("/assets/")) return false;
  const auto dash = path.rfind('-');
  const auto dot = path.find('.', dash == std::string_view::npos ? 0 : dash);
  return dash != std::string_view::npos && dot != std::string_view::npos && dot - dash > 8;
}

bool compressible(std::string_view type) {
  return type.starts_with("text/") || type.find("json") != std::string_view::npos ||
         type.find("javascript") != std::string_view::npos ||
         type.find("svg") != std::string_view::npos || type.find("wasm") != std::string_view::npos;
}

Result<std::string> read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), {});
  if (!in.good() && !in.eof()) {
    return fail(ErrorCode::internal, fmt::format("{} can not be read", path.string()),
                "Check the file's permissions.");
  }
  return bytes;
}

void set_if_smaller(Packed& packed, std::string bytes, const std::string& plain) {
  if (!bytes.empty() && bytes.size() < plain.size()) packed.set(std::move(bytes));
}

}  // namespace

std::string_view content_type_of(std::string_view path) {
  static constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json"},
      {".map", "application/json"},
      {".webmanifest", "application/manifest+json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".jpeg", "image/jpeg"},
      {".webp", "image/webp"},
      {".gif", "image/gif"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".woff", "font/woff"},
      {".ttf", "font/ttf"},
      {".wasm", "application/wasm"},
      {".txt", "text/plain; charset=utf-8"},
      {".csv", "text/csv; charset=utf-8"},
  };
  for (const auto& [extension, type] : kTypes) {
    if (path.ends_with(extension)) return type;
  }
  return "application/octet-stream";
}

StaticFiles::StaticFiles() = default;
StaticFiles::~StaticFiles() = default;

void StaticFiles::add(std::string path, std::string bytes) {
  auto asset = std::make_unique<Asset>();
  asset->content_type = content_type_of(path);
  asset->etag = strong_etag(bytes);
  asset->immutable = named_by_content(path);
  asset->bytes = std::move(bytes);
  assets_[std::move(path)] = std::move(asset);
}

Result<> StaticFiles::load(const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  std::error_code ec;
  std::size_t total = 0;
  std::map<std::string, std::string> packed;  // path with .br or .gz → bytes
  for (auto at = fs::recursive_directory_iterator(folder, ec);
       !ec && at != fs::recursive_directory_iterator(); at.increment(ec)) {
    if (!at->is_regular_file(ec)) continue;
    TRY(std::string bytes, read_file(at->path()));
    total += bytes.size();
    if (total > kMaxTotal) {
      return fail(ErrorCode::too_large,
                  fmt::format("the page in {} is larger than 256 MB", folder.string()),
                  "Point the setting at the folder that the web build made.");
    }
    std::string path = "/" + at->path().lexically_relative(folder).generic_string();
    if (path.ends_with(".br") || path.ends_with(".gz")) {
      packed[std::move(path)] = std::move(bytes);
    } else {
      add(std::move(path), std::move(bytes));
    }
  }
  if (ec || !assets_.contains("/index.html")) {
    return fail(ErrorCode::not_found, fmt::format("no built page in {}", folder.string()),
                "Build it with ./run --build-only.");
  }
  for (auto& [path, bytes] : packed) {
    const auto original = assets_.find(std::string_view(path).substr(0, path.size() - 3));
    if (original == assets_.end()) continue;
    Asset& asset = *original->second;
    set_if_smaller(path.ends_with(".br") ? asset.brotli : asset.gzip, std::move(bytes),
                   asset.bytes);
  }
  compressor_ = std::jthread([this](std::stop_token stop) { compress_all(stop); });
  return {};
}

void StaticFiles::compress_all(std::stop_token stop) {
  for (const auto& [path, asset] : assets_) {
    if (asset->bytes.size() < kMinCompressed || !compressible(asset->content_type)) continue;
    if (stop.stop_requested()) return;
    if (!asset->gzip.get()) set_if_smaller(asset->gzip, gzip(asset->bytes, 6), asset->bytes);
    if (stop.stop_requested()) return;
    if (!asset->brotli.get()) set_if_smaller(asset->brotli, brotli(asset->bytes, 9), asset->bytes);
  }
}

const Asset* StaticFiles::exact(std::string_view path) const {
  const auto found = assets_.find(path == "/" ? std::string_view("/index.html") : path);
  return found == assets_.end() ? nullptr : found->second.get();
}

const Asset* StaticFiles::find(std::string_view path) const {
  if (const Asset* asset = exact(path)) return asset;
  const auto last = path.substr(std::min(path.rfind('/'), path.size()));
  if (last.find('.') != std::string_view::npos) return nullptr;
  return exact("/index.html");
}

}  // namespace sextant::http

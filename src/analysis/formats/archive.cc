#include "analysis/formats/archive.h"

#include <fmt/format.h>
#include <zip.h>

#include "analysis/formats/decode.h"
#include "base/text.h"

namespace sextant::formats {
namespace {

constexpr std::int64_t kMostEntries = 10'000;
constexpr std::size_t kMostMembers = 1000;
constexpr std::int64_t kMostInflated = 20ll << 30;  // of all files
constexpr std::int64_t kRatioFrom = 256ll << 20;    // bytes from which the ratio counts
constexpr std::int64_t kMostRatio = 400;
constexpr std::size_t kChunk = 256 << 10;

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct Close {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

Error bomb(const std::string& name) {
  return {ErrorCode::too_large, fmt::format("“{}” unpacks to more than this server accepts.", name),
          "Upload the files of the archive one by one."};
}

// Files that systems put beside others.
bool is_litter(std::string_view name) {
  const auto slash = name.rfind('/');
  const auto base = slash == name.npos ? name : name.substr(slash + 1);
  return base.empty() || base.starts_with('.') || name.starts_with("__MACOSX/");
}

class Unpacker {
 public:
  Unpacker(zip_t* archive, const std::string& temp_directory, std::stop_token stop)
      : archive_(archive), temp_directory_(temp_directory), stop_(stop) {}

  Result<Archive> run() {
    const auto entries = zip_get_num_entries(archive_, 0);
    if (entries > kMostEntries) {
      return fail(ErrorCode::too_large, fmt::format("The archive has {} entries.", entries),
                  "Pack at most 10,000 files into one archive.");
    }
    for (zip_int64_t i = 0; i < entries; ++i) TRY_VOID(entry(static_cast<zip_uint64_t>(i)));
    if (out_.members.empty()) {
      return fail(ErrorCode::unreadable_file, "The archive holds no file that can be read.",
                  "Pack CSV, JSON, Parquet or workbook files.");
    }
    return std::move(out_);
  }

 private:
  Result<> entry(zip_uint64_t index) {
    zip_stat_t stat;
    if (zip_stat_index(archive_, index, 0, &stat) != 0) return {};
    const std::string name = stat.name ? stat.name : "";
    if (is_litter(name)) return {};
    if (!is_decodable(name)) {
      out_.skipped.push_back(name);
      return {};
    }
    if (out_.members.size() == kMostMembers) {
      return fail(ErrorCode::too_large, "The archive holds more than 1,000 files to read.",
                  "Pack fewer files into one archive.");
    }
    const std::unique_ptr<zip_file_t, Close> file(zip_fopen_index(archive_, index, 0));
    if (!file) {
      const bool encrypted =
          (stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE;
      return fail(ErrorCode::unreadable_file,
                  fmt::format("“{}” in the archive {}.", name,
                              encrypted ? "is encrypted" : "is packed in a way that is not known"),
                  encrypted ? "Pack it without a password." : "Pack it again as a usual ZIP.");
    }
    auto target = std::make_unique<TemporaryFile>(temp_directory_, ".member");
    TRY(auto writer, TextWriter::create(target->path()));
    buffer_.resize(kChunk);
    while (true) {
      if (stop_.stop_requested()) return fail(ErrorCode::cancelled, "Loading was cancelled.");
      const auto n = zip_fread(file.get(), buffer_.data(), buffer_.size());
      if (n < 0) {
        return fail(ErrorCode::unreadable_file,
                    fmt::format("“{}” in the archive is damaged.", name),
                    "Pack the files again and upload the archive.");
      }
      if (n == 0) break;
      inflated_ += n;
      const auto packed = static_cast<std::int64_t>(stat.comp_size);
      if (inflated_ > kMostInflated ||
          (writer.bytes() > kRatioFrom && writer.bytes() > packed * kMostRatio)) {
        return fail(bomb(name));
      }
      TRY_VOID(writer.write({buffer_.data(), static_cast<std::size_t>(n)}));
    }
    TRY_VOID(writer.close());
    out_.members.push_back({name, std::move(target)});
    return {};
  }

  zip_t* archive_;
  const std::string& temp_directory_;
  std::stop_token stop_;
  Archive out_;
  std::int64_t inflated_ = 0;
  std::string buffer_;
};

}  // namespace

Result<Archive> unpack_archive(const std::string& path, const std::string& temp_directory,
                               std::stop_token stop) {
  int code = 0;
  const std::unique_ptr<zip_t, Discard> archive(zip_open(path.c_str(), ZIP_RDONLY, &code));
  if (!archive) {
    return fail(ErrorCode::unreadable_file, "The ZIP archive is damaged or cut off.",
                "Pack the files again and upload the archive.");
  }
  return Unpacker(archive.get(), temp_directory, stop).run();
}

}  // namespace sextant::formats

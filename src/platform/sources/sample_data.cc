#include "platform/sources/sample_data.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "base/id.h"
#include "platform/demo/retail.h"

namespace sextant::sources {
namespace fs = std::filesystem;
namespace {

Result<std::string> sha256_of(const fs::path& path) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        EVP_MD_CTX_free);
  EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
  std::ifstream in(path, std::ios::binary);
  std::array<char, 1 << 16> block;
  while (in.read(block.data(), block.size()) || in.gcount() > 0) {
    EVP_DigestUpdate(context.get(), block.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (!in.eof())
    return fail(ErrorCode::internal,
                "The sample file " + path.filename().string() + " can not be read.");
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned int size = 0;
  EVP_DigestFinal_ex(context.get(), digest.data(), &size);
  std::string hex;
  for (unsigned int i = 0; i < size; ++i) {
    constexpr char kHex[] = "0123456789abcdef";
    hex += kHex[digest[i] >> 4];
    hex += kHex[digest[i] & 15];
  }
  return hex;
}

}  // namespace

Result<std::vector<File>> SampleData::load(const catalog::Principal& who) {
  const fs::path folder = files_.incoming() / ("sample-" + new_id());
  const auto clean_up = [](const fs::path* path) {
    std::error_code ignored;
    fs::remove_all(*path, ignored);
  };
  const std::unique_ptr<const fs::path, decltype(clean_up)> guard(&folder, clean_up);
  TRY_VOID(demo::write_retail(folder));

  std::vector<File> all;
  std::vector<ReceivedFile> missing;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(folder)) paths.push_back(entry.path());
  std::ranges::sort(paths);
  for (const auto& path : paths) {
    TRY(auto sha256, sha256_of(path));
    TRY(auto present, sources_.find_by_content(who, sha256));
    if (present) {
      all.push_back(std::move(*present));
    } else {
      missing.push_back(
          {path.filename().string(), path, static_cast<std::int64_t>(fs::file_size(path)), sha256});
    }
  }
  if (!missing.empty()) {
    TRY(auto fresh, sources_.accept(who, missing));
    std::ranges::move(fresh, std::back_inserter(all));
  }
  return all;
}

}  // namespace sextant::sources

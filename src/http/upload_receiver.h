#pragma once
// Takes a multipart body (or a body that is one file) apart while it arrives: files go to a
// temporary folder, hashed on the way; plain fields are kept in memory (1 MB in all).
//
// One request; used by one thread at a time, which may change between calls.

#include <openssl/evp.h>

#include <filesystem>
#include <memory>
#include <vector>

#include "http/multipart.h"
#include "http/router.h"

namespace sextant::http {

class UploadReceiver final : private MultipartSink {
 public:
  // `max_bytes` bounds the files of the request together.
  // Without a boundary the body is one file.
  UploadReceiver(std::optional<std::string> boundary, std::filesystem::path folder,
                 std::int64_t max_bytes);
  ~UploadReceiver() override;

  Result<> feed(std::string_view bytes);
  // The parts of a complete body. Their files are still deleted with the receiver, unless the
  // handler has moved them away by then.
  Result<std::vector<UploadedPart>> finish();

 private:
  Result<> begin_part(PartHeader header) override;
  Result<> data(std::string_view bytes) override;
  Result<> end_part() override;

  struct DigestDeleter {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };

  std::optional<MultipartParser> parser_;
  const std::filesystem::path folder_;
  const std::int64_t max_bytes_;
  std::int64_t file_bytes_ = 0;
  std::size_t value_bytes_ = 0;
  int descriptor_ = -1;  // of the file that is being received
  std::unique_ptr<EVP_MD_CTX, DigestDeleter> digest_;
  std::vector<UploadedPart> parts_;
};

// "10 GB", "1.5 MB", "900 bytes": powers of 1024.
std::string size_in_words(std::int64_t bytes);

Error upload_too_large(std::int64_t limit);

}  // namespace sextant::http

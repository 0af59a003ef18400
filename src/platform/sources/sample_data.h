#pragma once
// The sample data set, brought in the same way as a person's own files. Thread-safe.

#include <vector>

#include "platform/sources/source_service.h"

namespace sextant::sources {

class SampleData {
 public:
  SampleData(SourceService& sources, const blobs::WorkspaceFiles& files)
      : sources_(sources), files_(files) {}

  // Uploads the files that the workspace does not have yet; gives all of them.
  Result<std::vector<File>> load(const catalog::Principal& who);

 private:
  SourceService& sources_;
  const blobs::WorkspaceFiles& files_;
};

}  // namespace sextant::sources

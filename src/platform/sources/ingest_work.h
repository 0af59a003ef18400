#pragma once
// What the parts of the ingest job share (ingest.cc: its frame; ingest_publish.cc: a version is
// made and published; ingest_describe.cc: what follows a published version).

#include <chrono>
#include <string_view>

#include "platform/sources/ingest.h"
#include "platform/sources/recipe.h"

namespace sextant::sources {

// Where each stage's part of the whole way begins and ends.
struct StageSpan {
  double begin;
  double end;
};
StageSpan span_of(std::string_view stage);

// One run of the job.
struct Ingest::Work {
  jobs::JobContext& job;
  IngestPayload payload;
  StoredFile stored;
  FileProgress progress;
  std::chrono::steady_clock::time_point last_report{};

  workers::WorkspaceRef workspace;
  workers::RunOptions options;

  std::int64_t version = 1;  // that is made or brought to the features
  bool first = true;         // the source has no version in use yet
  bool staged = false;       // made, and waits for a yes
  // The file's own state tells how far it is. Not when a version is made of kept uploads alone:
  // that can fail without harm to what is in use.
  bool of_file() const { return !payload.version || payload.file_id != stored.file.source_id; }
};

}  // namespace sextant::sources

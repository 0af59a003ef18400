#pragma once
// Readings and SQL, both ways: what the visual builder shows is one, what is run is the other.
// Thread-safe; calls block until a worker has answered.

#include <stop_token>
#include <string>

#include "base/settings.h"
#include "catalog/principal.h"
#include "platform/blobs/workspace_files.h"
#include "platform/sources/workspace_data.h"
#include "platform/workers/pool.h"

namespace sextant::queries {

class Readings {
 public:
  Readings(const blobs::WorkspaceFiles& files, workers::Pool& pool, sources::WorkspaceData& data,
           const Settings& settings)
      : files_(files), pool_(pool), data_(data), settings_(settings) {}

  // The SQL of a reading. invalid_fields when it is malformed or names what is not there.
  Result<wire::ComposeReply> compose(const catalog::Principal& who, const json::Value& reading,
                                     std::stop_token stop);

  // The reading of a statement, or why there is none. invalid_sql when the gate refuses it.
  Result<wire::RecogniseReply> recognise(const catalog::Principal& who, const std::string& sql,
                                         std::stop_token stop);

 private:
  template <class Reply, class Request>
  Result<Reply> ask(const catalog::Principal& who, wire::Operation operation,
                    const Request& request, std::stop_token stop);

  // The tables of the workspace and what they mean.
  template <class Request>
  Result<> fill(const catalog::Principal& who, Request& request);

  const blobs::WorkspaceFiles& files_;
  workers::Pool& pool_;
  sources::WorkspaceData& data_;
  const Settings& settings_;
};

}  // namespace sextant::queries

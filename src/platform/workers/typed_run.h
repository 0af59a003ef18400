#pragma once
// Pool::run with the operations' own request and reply types. Thread-safe, as the pool is.
//
//   TRY(auto reply, workers::run<wire::LoadReply>(pool, workspace, wire::Operation::load, request,
//   options));

#include "platform/workers/pool.h"

namespace sextant::workers {

template <class Reply, class Body>
Result<Reply> run(Pool& pool, const WorkspaceRef& workspace, wire::Operation operation,
                  const Body& body, const RunOptions& options = {}) {
  TRY(auto reply, pool.run(workspace, operation, json::to_value(body), options));
  return json::from_value<Reply>(reply, json::Missing::use_default);
}

}  // namespace sextant::workers

#pragma once
// Feature synchronisation, offered by /api/files/sync-features and /api/integration/sync.

#include "http/router.h"
#include "platform/sources/source_service.h"

namespace sextant::api {

struct SyncReply {
  std::int64_t sources = 0;     // looked at
  std::int64_t up_to_date = 0;  // of them, nothing left to do
  std::int64_t started = 0;     // of them, work was started
  std::vector<sources::SyncState> states;
};
BOOST_DESCRIBE_STRUCT(SyncReply, (), (sources, up_to_date, started, states))

Result<SyncReply> sync(sources::SourceService& service, const http::RequestContext& context,
                       const std::optional<std::string>& source_id,
                       const std::optional<std::string>& feature);

}  // namespace sextant::api

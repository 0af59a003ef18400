#pragma once
// /api/uploads: resumable uploads by the tus protocol, version 1.0.0 (tus.io).

#include "http/router.h"
#include "platform/sources/resumable_uploads.h"

namespace sextant::api {

void add_upload_routes(http::Router& router, sources::ResumableUploads& uploads,
                       std::int64_t max_size);

}  // namespace sextant::api

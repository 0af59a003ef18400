#pragma once
// /api/files: uploads and what becomes of them.

#include "http/router.h"
#include "platform/sources/sample_data.h"
#include "platform/sources/source_service.h"

namespace sextant::api {

void add_file_routes(http::Router& router, sources::SourceService& sources,
                     sources::SampleData& sample);

}  // namespace sextant::api

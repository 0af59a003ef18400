#pragma once
#include "http/router.h"
#include "platform/queries/readings.h"

namespace sextant::api {

void add_reading_routes(http::Router& router, queries::Readings& readings);

}  // namespace sextant::api

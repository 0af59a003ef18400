#pragma once
// /api/models: what tables and columns mean, seen and edited.

#include "http/router.h"
#include "platform/models/model_service.h"

namespace sextant::api {

void add_model_routes(http::Router& router, models::ModelService& service);

}  // namespace sextant::api

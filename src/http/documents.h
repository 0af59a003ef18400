#pragma once
// What the server says about itself: /openapi.json and the page /docs, which needs no internet.

#include "http/router.h"
#include "http/static_files.h"

namespace sextant::http {

// Adds /openapi.json and /docs/{index.html,docs.js,docs.css}.
void add_documents(StaticFiles& files, const Router& router);

}  // namespace sextant::http

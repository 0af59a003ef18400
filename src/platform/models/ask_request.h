#pragma once
// What every request to the question engine begins with: the data, their model, and people's edits.

#include "platform/sources/workspace_data.h"
#include "wire/messages.h"

namespace sextant::models {

Result<wire::AskRequest> ask_request(sources::WorkspaceData& data, catalog::Catalog catalog);

}  // namespace sextant::models

#include "platform/models/ask_request.h"

namespace sextant::models {

Result<wire::AskRequest> ask_request(sources::WorkspaceData& data, catalog::Catalog catalog) {
  wire::AskRequest request;
  TRY(auto meaning, data.meaning(catalog));
  request.catalog = std::move(catalog);
  request.model = std::move(meaning.model);
  request.edits = std::move(meaning.edits);
  return request;
}

}  // namespace sextant::models

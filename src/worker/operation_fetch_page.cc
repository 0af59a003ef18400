#include "worker/operations.h"

namespace sextant::worker {

Result<json::Value> fetch_page(Call& call) {
  TRY(auto request, json::from_value<wire::FetchPageRequest>(call.body));
  TRY(const auto path, inside(request.spilled));
  auto& reader = call.session.spill;
  if (!reader || reader->path() != path) {
    reader.reset();
    TRY(reader, engine::SpillReader::open(path));
  }
  wire::QueryReply out;
  TRY(out.head, reader->page(request.offset, request.limit, call.data, call.stop));
  return json::to_value(out);
}

}  // namespace sextant::worker

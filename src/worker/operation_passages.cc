#include <fmt/format.h>

#include "analysis/engine/duckdb.h"
#include "worker/operations.h"

namespace sextant::worker {

Result<json::Value> list_passages(Call& call) {
  TRY(const auto request, json::from_value<wire::PassagesRequest>(call.body));
  TRY(const auto path, inside(request.path));
  engine::DatabaseOptions options;
  options.read_only = true;
  options.threads = 1;
  options.memory_limit = call.session.memory_limit;
  TRY(auto database, engine::Database::open(path.string(), options));
  TRY(auto connection, database.connect());
  connection.set_stop(call.stop);
  TRY(const auto rows,
      connection.query(fmt::format("SELECT id, page, kind, heading, text, position FROM _passages "
                                   "WHERE id > {} ORDER BY id LIMIT {}",
                                   request.after, request.limit)));
  wire::PassagesReply reply;
  for (std::int64_t r = 0; r < rows.rows(); ++r) {
    wire::Passage passage;
    passage.id = rows.int64(r, 0);
    if (!rows.is_null(r, 1)) passage.page = rows.int64(r, 1);
    passage.kind = rows.text(r, 2);
    passage.heading = rows.text(r, 3);
    passage.text = rows.text(r, 4);
    passage.position = rows.text(r, 5);
    reply.passages.push_back(std::move(passage));
  }
  return json::to_value(reply);
}

}  // namespace sextant::worker

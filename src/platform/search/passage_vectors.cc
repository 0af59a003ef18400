#include "platform/search/passage_vectors.h"

#include <fmt/format.h>

#include "base/base64.h"

namespace sextant::search {
namespace {

constexpr std::int64_t kReadAtOnce = 2'000;

constexpr const char* kInUse =
    "FROM passages p JOIN data_source_registry r ON r.source_id = p.source_id AND "
    "r.passages_version = p.version ";

}  // namespace

Result<std::vector<PassageText>> passages_without_vector(
    store::Session& session, const std::string& workspace_id,
    const std::optional<std::string>& source_id, const std::string& model, std::int64_t limit) {
  TRY(const auto rows,
      session.query(std::string("SELECT p.id AS id, p.heading AS heading, p.text AS text ") +
                        kInUse +
                        "WHERE p.workspace_id = $1 AND (CAST($2 AS TEXT) IS NULL OR p.source_id = "
                        "$2) AND NOT EXISTS (SELECT 1 FROM passage_vectors v WHERE v.passage_id = "
                        "p.id AND v.model = $3) ORDER BY p.id LIMIT $4",
                    {workspace_id, source_id, model, limit}));
  std::vector<PassageText> out;
  for (const auto& row : rows) {
    const auto heading = row.text("heading");
    out.push_back({row.integer("id"),
                   heading.empty() ? row.text("text") : heading + "\n" + row.text("text")});
  }
  return out;
}

Result<> insert_vector(store::Session& session, std::int64_t passage_id, const std::string& model,
                       std::span<const std::int8_t> vector) {
  const std::string_view bytes(reinterpret_cast<const char*>(vector.data()), vector.size());
  TRY_VOID(
      session.execute("INSERT INTO passage_vectors (passage_id, model, vector) VALUES ($1, "
                      "$2, $3) ON CONFLICT (passage_id) DO UPDATE SET model = $2, vector = $3",
                      {passage_id, model, base64url(bytes)}));
  return {};
}

Result<VectorCount> count_vectors(store::Session& session, const std::string& workspace_id,
                                  const std::string& model) {
  TRY(const auto row,
      session.one(std::string("SELECT count(*) AS passages, count(v.passage_id) AS vectors, "
                              "coalesce(max(v.passage_id), 0) AS last ") +
                      kInUse +
                      "LEFT JOIN passage_vectors v ON v.passage_id = p.id AND v.model = $2 WHERE "
                      "p.workspace_id = $1",
                  {workspace_id, model}, "count"));
  return VectorCount{row.integer("vectors"), row.integer("passages"),
                     fmt::format("{}@{}", row.integer("vectors"), row.integer("last"))};
}

Result<> each_vector(store::Session& session, const std::string& workspace_id,
                     const std::string& model,
                     const std::function<void(std::int64_t, std::span<const std::int8_t>)>& visit) {
  for (std::int64_t after = 0;;) {
    TRY(const auto rows,
        session.query(std::string("SELECT p.id AS id, v.vector AS vector ") + kInUse +
                          "JOIN passage_vectors v ON v.passage_id = p.id AND v.model = $2 WHERE "
                          "p.workspace_id = $1 AND p.id > $3 ORDER BY p.id LIMIT $4",
                      {workspace_id, model, after, kReadAtOnce}));
    for (const auto& row : rows) {
      const auto bytes = from_base64url(row.text("vector"));
      if (!bytes) return fail(ErrorCode::internal, "A stored vector can not be read.");
      after = row.integer("id");
      visit(after, {reinterpret_cast<const std::int8_t*>(bytes->data()), bytes->size()});
    }
    if (static_cast<std::int64_t>(rows.size()) < kReadAtOnce) return {};
  }
}

}  // namespace sextant::search

#include "platform/search/passage_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "platform/search/words.h"

namespace sextant::search {
namespace {

constexpr std::int64_t kMostWords = 400'000;  // of a workspace's vocabulary: 50 MB of vectors

constexpr const char* kInUse =
    "FROM passages p JOIN data_source_registry r ON r.source_id = p.source_id AND "
    "r.passages_version = p.version WHERE p.workspace_id = $1 AND r.workspace_id = $1 AND "
    "(CAST($2 AS TEXT) IS NULL OR p.source_id = $2) ";

Result<Passage> read(const store::Row& row) {
  Passage out;
  out.ordinal = row.integer("ordinal");
  out.page = row.maybe_integer("page");
  out.kind = row.text("kind");
  out.heading = row.text("heading");
  out.text = row.text("text");
  TRY(out.position, row.document<json::Object>("position"));
  return out;
}

constexpr const char* kFound =
    "SELECT p.id AS id, p.source_id AS source_id, r.source_name AS source_name, p.ordinal AS "
    "ordinal, p.page AS page, p.kind AS kind, p.heading AS heading, p.text AS text, p.position AS "
    "position ";

Result<std::vector<Found>> found_of(const store::Rows& rows) {
  std::vector<Found> out;
  for (const auto& row : rows) {
    TRY(auto passage, read(row));
    out.push_back(
        {row.integer("id"), row.text("source_id"), row.text("source_name"), std::move(passage)});
  }
  return out;
}

// The words as a query of full text: any of them. They hold letters and digits alone.
std::string any_of(store::Dialect dialect, const std::vector<std::string>& words) {
  const bool sqlite = dialect == store::Dialect::sqlite;
  std::string out;
  for (const auto& word : words) {
    if (!out.empty()) out += sqlite ? " OR " : " | ";
    out += sqlite ? "\"" + word + "\"" : "'" + word + "'";
  }
  return out;
}

}  // namespace

Result<> insert_passages(store::Session& session, const Place& place,
                         const std::vector<wire::Passage>& passages) {
  std::set<std::string> vocabulary;
  for (const auto& passage : passages) {
    // No dialect stores the NUL character.
    auto text = passage.text;
    auto heading = passage.heading;
    std::erase(text, '\0');
    std::erase(heading, '\0');
    for (auto& word : words_of(text)) {
      if (!is_function_word(word.folded)) vocabulary.insert(std::move(word.folded));
    }
    TRY_VOID(session.execute(
        "INSERT INTO passages (workspace_id, source_id, version, ordinal, page, kind, heading, "
        "text, position) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        {place.workspace_id, place.source_id, place.version, passage.id, passage.page, passage.kind,
         heading, text, passage.position}));
  }
  for (const auto& word : vocabulary) {
    TRY_VOID(
        session.execute("INSERT INTO passage_words (source_id, version, word) VALUES ($1, $2, $3) "
                        "ON CONFLICT DO NOTHING",
                        {place.source_id, place.version, word}));
  }
  return {};
}

Result<std::int64_t> count_passages(store::Session& session, const Place& place) {
  TRY(auto row,
      session.one("SELECT count(*) AS n FROM passages WHERE source_id = $1 AND version = $2",
                  {place.source_id, place.version}, "count"));
  return row.integer("n");
}

Result<> remove_passages(store::Session& session, const Place& place) {
  for (const char* table : {"passage_words", "passages"}) {
    TRY_VOID(session.execute(
        std::string("DELETE FROM ") + table + " WHERE source_id = $1 AND version = $2",
        {place.source_id, place.version}));
  }
  return {};
}

Result<> use_passages(store::Session& session, const Place& place) {
  TRY_VOID(
      session.execute("UPDATE data_source_registry SET passages_version = $2 WHERE source_id "
                      "= $1",
                      {place.source_id, place.version}));
  for (const char* table : {"passage_words", "passages"}) {
    TRY_VOID(session.execute(
        std::string("DELETE FROM ") + table + " WHERE source_id = $1 AND version <> $2",
        {place.source_id, place.version}));
  }
  return {};
}

Result<PassagePage> list_passages(store::Session& session, const std::string& workspace_id,
                                  const std::string& source_id, std::int64_t after,
                                  const std::optional<std::int64_t>& page, std::int64_t limit) {
  const auto of_page = std::string(kInUse) + "AND (CAST($3 AS BIGINT) IS NULL OR p.page = $3)";
  TRY(auto rows, session.query("SELECT p.ordinal, p.page, p.kind, p.heading, p.text, p.position " +
                                   of_page + " AND p.ordinal > $4 ORDER BY p.ordinal LIMIT $5",
                               {workspace_id, source_id, page, after, limit + 1}));
  PassagePage out;
  for (const auto& row : rows) {
    if (static_cast<std::int64_t>(out.passages.size()) == limit) {
      out.next_after = out.passages.back().ordinal;
      break;
    }
    TRY(auto passage, read(row));
    out.passages.push_back(std::move(passage));
  }
  TRY(auto count,
      session.one("SELECT count(*) AS n " + of_page, {workspace_id, source_id, page}, "count"));
  out.total_count = count.integer("n");
  return out;
}

Result<std::vector<Found>> find_by_words(store::Session& session, const std::string& workspace_id,
                                         const std::vector<std::string>& words,
                                         const std::optional<std::string>& source_id,
                                         std::int64_t limit) {
  if (words.empty()) return std::vector<Found>{};
  const auto query = any_of(session.dialect(), words);
  const bool sqlite = session.dialect() == store::Dialect::sqlite;
  // A word in a heading counts a little less than one in the text that it stands above.
  const std::string sql =
      sqlite ? std::string(kFound) +
                   "FROM passages_text w JOIN passages p ON p.id = w.rowid JOIN "
                   "data_source_registry r ON r.source_id = p.source_id AND r.passages_version = "
                   "p.version WHERE passages_text MATCH $3 AND p.workspace_id = $1 AND "
                   "r.workspace_id = $1 AND (CAST($2 AS TEXT) IS NULL OR p.source_id = $2) "
                   "ORDER BY bm25(passages_text, 0.6, 1.0), p.id LIMIT $4"
             : std::string(kFound) + kInUse +
                   "AND p.words @@ to_tsquery('english', $3) ORDER BY "
                   "ts_rank_cd('{0.1, 0.2, 0.6, 1.0}', p.words, to_tsquery('english', $3), 1) "
                   "DESC, p.id LIMIT $4";
  TRY(const auto rows, session.query(sql, {workspace_id, source_id, query, limit}));
  return found_of(rows);
}

Result<std::vector<Found>> get_passages(store::Session& session, const std::string& workspace_id,
                                        const std::vector<std::int64_t>& ids,
                                        const std::optional<std::string>& source_id) {
  if (ids.empty()) return std::vector<Found>{};
  std::string list;
  for (const auto id : ids) list += (list.empty() ? "" : ", ") + std::to_string(id);
  TRY(const auto rows, session.query(std::string(kFound) + kInUse + "AND p.id IN (" + list + ")",
                                     {workspace_id, source_id}));
  return found_of(rows);
}

Result<std::string> vocabulary_stamp(store::Session& session, const std::string& workspace_id) {
  TRY(auto rows,
      session.query("SELECT r.source_id AS source_id, r.passages_version AS version, (SELECT "
                    "count(*) FROM passage_words v WHERE v.source_id = r.source_id AND v.version = "
                    "r.passages_version) AS words FROM data_source_registry r WHERE "
                    "r.workspace_id = $1 AND r.passages_version IS NOT NULL ORDER BY r.source_id",
                    {workspace_id}));
  std::string out;
  for (const auto& row : rows) {
    out += fmt::format("{}@{}:{};", row.text("source_id"), row.integer("version"),
                       row.integer("words"));
  }
  return out;
}

Result<std::vector<std::string>> list_vocabulary(store::Session& session,
                                                 const std::string& workspace_id) {
  TRY(auto rows,
      session.query("SELECT DISTINCT v.word AS word FROM passage_words v JOIN data_source_registry "
                    "r ON r.source_id = v.source_id AND r.passages_version = v.version WHERE "
                    "r.workspace_id = $1 ORDER BY v.word LIMIT $2",
                    {workspace_id, kMostWords}));
  std::vector<std::string> out;
  for (const auto& row : rows) out.push_back(row.text("word"));
  return out;
}

}  // namespace sextant::search

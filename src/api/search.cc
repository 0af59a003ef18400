#include "api/search.h"

#include <algorithm>

namespace sextant::api {
namespace {

constexpr std::size_t kLongestQuery = 1'000;  // bytes
constexpr std::int64_t kUsualHits = 20;
constexpr std::int64_t kMostHits = 50;
constexpr std::int64_t kUsualPassages = 100;
constexpr std::int64_t kMostPassages = 500;

struct SearchInput {
  std::string q;
  std::optional<std::string> source_id;
  std::optional<std::int64_t> limit;
};
BOOST_DESCRIBE_STRUCT(SearchInput, (), (q, source_id, limit))

struct SearchReply {
  std::string query;
  std::vector<search::Hit> passages;
  std::optional<std::string> note;  // what the search could not do
};
BOOST_DESCRIBE_STRUCT(SearchReply, (), (query, passages, note))

struct PassagesInput {
  std::string file_id;
  std::optional<std::int64_t> after;
  std::optional<std::int64_t> page;
  std::optional<std::int64_t> limit;
};
BOOST_DESCRIBE_STRUCT(PassagesInput, (), (file_id, after, page, limit))

struct PassagePage {
  std::vector<search::Passage> passages;
  std::int64_t total_count = 0;
  std::optional<std::int64_t> next_after;  // the ordinal to go on after; none at the end
};
BOOST_DESCRIBE_STRUCT(PassagePage, (), (passages, total_count, next_after))

Result<std::int64_t> checked_limit(const std::optional<std::int64_t>& given, std::int64_t usual,
                                   std::int64_t most) {
  const auto limit = given.value_or(usual);
  if (limit >= 1 && limit <= most) return limit;
  return fail(json::field_errors({{"limit", "must be from 1 to " + std::to_string(most)}}));
}

}  // namespace

void add_search_routes(http::Router& router, search::SearchService& search,
                       sources::SourceService& sources) {
  using http::Method;
  using http::RequestContext;

  router.route<SearchInput, SearchReply>(
      {.method = Method::get,
       .path = "/api/integration/search",
       .tag = "integration",
       .summary = "Search the text of documents",
       .description = "Passages of PDF, Word and text files with any of the words of `q`, best "
                      "first, with file, page and heading. `snippet` is in parts; those with "
                      "`match` are words that were found. `source_id`: in this source alone; "
                      "`limit`: 1 to 50, 20 when it is not given. With EMBEDDINGS_URL also "
                      "passages that mean the same in other words; `note` says when that endpoint "
                      "did not answer."},
      [&search](const RequestContext& c, SearchInput in) -> Result<SearchReply> {
        if (in.q.size() > kLongestQuery) {
          return fail(json::field_errors(
              {{"q", "must not be longer than " + std::to_string(kLongestQuery) + " bytes"}}));
        }
        TRY(const auto limit, checked_limit(in.limit, kUsualHits, kMostHits));
        TRY(auto hits, search.find(*c.principal, in.q, in.source_id, limit));
        return SearchReply{std::move(in.q), std::move(hits.passages), std::move(hits.note)};
      });

  router.route<PassagesInput, PassagePage>(
      {.method = Method::get,
       .path = "/api/files/{file_id}/passages",
       .tag = "files",
       .summary = "The text of a document in reading order",
       .description = "Passages behind the ordinal `after`; `page`: of this page alone; `limit`: "
                      "1 to 500, 100 when it is not given. Empty for files without prose."},
      [&search, &sources](const RequestContext& c, PassagesInput in) -> Result<PassagePage> {
        TRY(const auto limit, checked_limit(in.limit, kUsualPassages, kMostPassages));
        TRY(const auto file, sources.get(*c.principal, in.file_id));
        TRY(auto page,
            search.list(*c.principal, file.source_id, in.after.value_or(0), in.page, limit));
        return PassagePage{std::move(page.passages), page.total_count, page.next_after};
      });
}

}  // namespace sextant::api

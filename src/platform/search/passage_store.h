#pragma once
// Passages in the metadata store. Every function takes the Session it runs in. Passages of another
// workspace are never seen.
//
// A search sees one version of a source: the one that was last taken into use here. While the
// passages of the next are being kept, those of the one before are found.

#include <boost/describe.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "platform/store/database.h"
#include "wire/messages.h"

namespace sextant::search {

struct Passage {
  std::int64_t ordinal = 0;          // in the document, from 1
  std::optional<std::int64_t> page;  // from 1; none where the format has no pages
  std::string kind;                  // heading, paragraph, list_item, caption, table, footnote, …
  std::string heading;               // path of the headings above: "1 Intro > 1.2 Scope"
  std::string text;
  boost::json::object position;  // x, y, width, height in points; or paragraph; or line
};
BOOST_DESCRIBE_STRUCT(Passage, (), (ordinal, page, kind, heading, text, position))

struct Place {
  std::string workspace_id;
  std::string source_id;
  std::int64_t version = 1;
};

Result<> insert_passages(store::Session& session, const Place& place,
                         const std::vector<wire::Passage>& passages);
Result<std::int64_t> count_passages(store::Session& session, const Place& place);
Result<> remove_passages(store::Session& session, const Place& place);
// From now on searches see this version; the passages of all others are removed. In a transaction.
Result<> use_passages(store::Session& session, const Place& place);

struct PassagePage {
  std::vector<Passage> passages;
  std::int64_t total_count = 0;
  std::optional<std::int64_t> next_after;  // ordinal to go on after; none at the end
};
// Of a source in reading order, those behind `after`; of one page when `page` is given.
Result<PassagePage> list_passages(store::Session& session, const std::string& workspace_id,
                                  const std::string& source_id, std::int64_t after,
                                  const std::optional<std::int64_t>& page, std::int64_t limit);

// A passage with where it comes from.
struct Found {
  std::int64_t id = 0;
  std::string source_id;
  std::string source_name;
  Passage passage;
};

// The workspace's passages with any of the words, best first. `source_id`: of this source alone.
Result<std::vector<Found>> find_by_words(store::Session& session, const std::string& workspace_id,
                                         const std::vector<std::string>& words,
                                         const std::optional<std::string>& source_id,
                                         std::int64_t limit);
// Those of the ids that are found in the workspace, in no order.
Result<std::vector<Found>> get_passages(store::Session& session, const std::string& workspace_id,
                                        const std::vector<std::int64_t>& ids,
                                        const std::optional<std::string>& source_id);

// What changes when the vocabulary does: the versions of the workspace's sources and its words.
Result<std::string> vocabulary_stamp(store::Session& session, const std::string& workspace_id);
// The different words of all passages of the workspace, lower case and without accents.
Result<std::vector<std::string>> list_vocabulary(store::Session& session,
                                                 const std::string& workspace_id);

}  // namespace sextant::search

#pragma once
// Answers that quote documents. Pure functions; thread-safe.

#include <string>
#include <string_view>
#include <vector>

#include "catalog/answer.h"
#include "platform/search/search_service.h"

namespace sextant::conversations {

// What of a question is to be looked for in documents.
struct DocumentQuestion {
  bool about_documents = false;  // it asks what a document says, rather than for data
  std::string query;             // without the words that only say so, and a file's name
};

// `names`: of the files that have passages ("Annual report.pdf").
DocumentQuestion read_document_question(std::string_view question,
                                        const std::vector<std::string>& names);

// The hits that answer the question by its words; empty when they have too few of them.
std::vector<search::Hit> good_hits(std::vector<search::Hit> hits);
// Those that answer it in other words, after SearchService::narrow.
std::vector<search::Hit> near_hits(std::vector<search::Hit> hits);

// “…” — Annual report.pdf, page 3. `hits` must not be empty.
catalog::Answer quote(const std::vector<search::Hit>& hits);

}  // namespace sextant::conversations

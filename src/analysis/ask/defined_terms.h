#pragma once
// Short names that are defined below a question: "What is the ASP per month?" with "ASP = total
// sales amount / number of sales" on a line of its own.

#include <optional>
#include <string>
#include <string_view>

#include "analysis/ask/reading.h"

namespace sextant::ask {

// A question in which short names are written out. Deterministic; thread-safe.
struct WrittenOut {
  std::string question;
  // Where a byte of it stands in the question as asked: the first of a short name for its words.
  std::vector<std::int64_t> begins, ends;

  // With its spans as they are in the question as asked.
  Reading placed(const Reading& reading) const;
};

// Nothing when the notes define none of the question's words. A definition is a word of 2 to 6
// capital letters, then "=", ":" or "means" and what it stands for, up to the end of the sentence.
std::optional<WrittenOut> write_out_terms(std::string_view question, std::string_view notes);

}  // namespace sextant::ask

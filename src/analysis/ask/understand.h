#pragma once
// From a question to the readings it can have, with how sure each is. Pure function of the context.

#include <string>
#include <vector>

#include "analysis/ask/linking/links.h"
#include "analysis/ask/ranking/features.h"
#include "catalog/answer.h"

namespace sextant::ask {

struct Understood {
  catalog::AnswerStatus status = catalog::AnswerStatus::abstained;
  // Best first; readings with another meaning each. Empty when nothing at all was found.
  std::vector<Reading> readings;
  double confidence = 0;                 // of the first
  double next_confidence = 0;            // of the second
  std::vector<std::string> unknown;      // words of the question that nothing explains
  std::vector<std::string> unread;       // words that the first reading does not heed (unread.h)
  std::vector<std::string> passed_over;  // words that the first reading does not account for,
                                         // where they are too many
  bool whole = false;                    // the first reading's reader left no word unread
  bool read_by_words = false;            // the first reading itself told what it leaves unread
  std::string language;                  // of the question, when it is not English
};

Understood understand(const Context& context, std::string_view question, std::string_view today,
                      const Weights& weights);

}  // namespace sextant::ask

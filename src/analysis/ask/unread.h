#pragma once
// Words of a question that change what is asked and that a reading does not heed: "median" where no
// median is taken, "both" where one thing is looked for, "than" without a comparison. A reading
// that leaves one is not claimed as the answer. Words that name data (a column "average", a value
// "Running") are not meant. Pure function.

#include <string>
#include <vector>

#include "analysis/ask/linking/links.h"

namespace sextant::ask {

// As written in the question, in its order; empty when all are heeded. Studies heed their own
// words.
std::vector<std::string> unread_words(const Context& context, const Links& links,
                                      const Reading& reading);

// Numbers of the question that the reading neither compares with nor limits by: a condition that
// would be dropped in silence.
std::vector<std::string> unread_numbers(const Context& context, const Links& links,
                                        const Reading& reading);

// Words that name or qualify something ("rainy" of "how many rainy days") and that the reading does
// not use.
std::vector<std::string> unread_content(const Context& context, const Links& links,
                                        const Reading& reading);

// Of these, what stands right before rows of one of several tables and says which are meant:
// "urgent" of "how many urgent orders", where nothing in the data is called so.
std::vector<std::string> unread_modifiers(const Context& context, const Links& links,
                                          const Reading& reading);

// Whether a reading uses all these words as names or values.
bool uses_words(const Context& context, const Reading& reading,
                const std::vector<std::string>& words);

}  // namespace sextant::ask

#pragma once
// What is taught in a conversation, and how what was taught answers.

#include <optional>
#include <stop_token>
#include <string>

#include "analysis/ask/linking/context.h"
#include "analysis/engine/engine.h"
#include "base/result.h"
#include "catalog/answer.h"
#include "wire/messages.h"

namespace sextant::ask {

// "revenue means net_amount", "by revenue I mean net amount of sales", "UK stands for United
// Kingdom": an answer whose `teaching` is to be kept, or which says what could not be found.
// Nothing when the message teaches nothing.
std::optional<catalog::Answer> read_teaching(const Context& context, const std::string& message);

// "What did you understand?": the reading before, in words. Nothing for another message.
std::optional<catalog::Answer> explain_reading(const Context& context, const std::string& message,
                                               const std::optional<boost::json::value>& previous);

// The teaching of a whole question that is this one, if there is one.
const catalog::Teaching* find_taught(const std::vector<catalog::Teaching>& taught,
                                     const std::string& question);

// The answer of a question that is pinned to an SQL query. The query passes the gate, whoever wrote
// it. Errors: those of Engine::run.
Result<catalog::Answer> answer_pinned(const wire::AskRequest& request,
                                      const catalog::Teaching& pinned, engine::Engine& engine,
                                      std::stop_token stop);

}  // namespace sextant::ask

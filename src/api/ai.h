#pragma once
// /api/ai: questions in plain language and the conversations they make.

#include "http/router.h"
#include "platform/conversations/conversation_service.h"

namespace sextant::api {

void add_ai_routes(http::Router& router, conversations::ConversationService& conversations);

}  // namespace sextant::api

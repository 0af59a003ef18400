#include "api/ai.h"

#include "base/text.h"
#include "base/time_zone.h"
#include "http/errors.h"
#include "http/sse.h"

namespace sextant::api {
namespace {

struct Preferences {
  std::optional<std::string> locale;
  std::optional<std::string> time_zone;
  std::optional<std::string> chart;
  std::optional<std::string> detail;
};
BOOST_DESCRIBE_STRUCT(Preferences, (), (locale, time_zone, chart, detail))

struct Context {
  std::optional<std::vector<std::string>> available_data_sources;  // only these; none: all
  std::optional<json::Array> conversation_history;                 // conversation_id wins over it
  std::optional<Preferences> user_preferences;
};
BOOST_DESCRIBE_STRUCT(Context, (), (available_data_sources, conversation_history, user_preferences))

struct AskInput {
  std::string message;
  std::optional<Context> context;
  std::optional<std::string> conversation_id;
  std::optional<std::string> after_turn_id;  // goes on from this turn of the conversation
  std::optional<json::Value>
      reading;  // an edited reading or a picked choice: answered as it stands

  std::vector<json::FieldError> validate() const {
    if (text::trim(message).empty()) return {{"message", "must not be empty"}};
    if (message.size() > 4000) return {{"message", "must be at most 4,000 bytes"}};
    if (context && context->user_preferences && context->user_preferences->time_zone &&
        !is_time_zone(*context->user_preferences->time_zone)) {
      return {{"context.user_preferences.time_zone", "must be a name such as Europe/Berlin"}};
    }
    return {};
  }
};
BOOST_DESCRIBE_STRUCT(AskInput, (), (message, context, conversation_id, after_turn_id, reading))

struct AskReply {
  std::string response;
  std::optional<std::string> generated_query;
  std::vector<json::Object> data;  // one object a row
  std::vector<catalog::ResultColumn> columns;
  std::int64_t total_rows = 0;
  std::optional<catalog::ChartSpec> suggested_chart;
  std::vector<std::string> insights;
  std::vector<std::string> data_sources_used;
  std::string conversation_id;
  std::string turn_id;
  catalog::AnswerStatus status = catalog::AnswerStatus::abstained;
  std::optional<catalog::ReadingView> reading;
  std::optional<catalog::Receipt> receipt;
  std::vector<catalog::Choice> choices;
  std::vector<std::string> follow_ups;
  std::vector<catalog::Quote> quotes;         // passages of documents that it rests on
  std::optional<catalog::Teaching> teaching;  // what the message taught
  std::optional<std::string> follows;         // the turn it was asked after
};
BOOST_DESCRIBE_STRUCT(AskReply, (),
                      (response, generated_query, data, columns, total_rows, suggested_chart,
                       insights, data_sources_used, conversation_id, turn_id, status, reading,
                       receipt, choices, follow_ups, quotes, teaching, follows))

struct TurnReply {
  std::string id;
  std::string question;
  std::string created_at;
  AskReply answer;
};
BOOST_DESCRIBE_STRUCT(TurnReply, (), (id, question, created_at, answer))

struct ConversationReply {
  conversations::ConversationHead conversation;
  std::vector<TurnReply> turns;
};
BOOST_DESCRIBE_STRUCT(ConversationReply, (), (conversation, turns))

struct ConversationList {
  std::vector<conversations::ConversationHead> conversations;
};
BOOST_DESCRIBE_STRUCT(ConversationList, (), (conversations))

struct ConversationSearch {
  std::optional<std::string> search;  // in titles and questions
};
BOOST_DESCRIBE_STRUCT(ConversationSearch, (), (search))

struct ConversationId {
  std::string conversation_id;
};
BOOST_DESCRIBE_STRUCT(ConversationId, (), (conversation_id))

struct RenameInput {
  std::string conversation_id;
  std::string title;

  std::vector<json::FieldError> validate() const {
    if (text::trim(title).empty() || title.size() > 200)
      return {{"title", "must have 1 to 200 bytes"}};
    return {};
  }
};
BOOST_DESCRIBE_STRUCT(RenameInput, (), (conversation_id, title))

struct TestInput {
  std::string message;
};
BOOST_DESCRIBE_STRUCT(TestInput, (), (message))

struct EngineState {
  std::string name;
  std::string status;
  double latency_ms = 0;
  std::string detail;
};
BOOST_DESCRIBE_STRUCT(EngineState, (), (name, status, latency_ms, detail))

struct TestReply {
  std::string response;
  std::vector<EngineState> engines;
};
BOOST_DESCRIBE_STRUCT(TestReply, (), (response, engines))

// Row objects, one member a column.
std::vector<json::Object> objects(const std::vector<catalog::ResultColumn>& columns,
                                  const json::Array& rows) {
  std::vector<json::Object> out;
  out.reserve(rows.size());
  for (const auto& row : rows) {
    json::Object object;
    const auto& cells = row.as_array();
    for (std::size_t i = 0; i < columns.size() && i < cells.size(); ++i)
      object[columns[i].name] = cells[i];
    out.push_back(std::move(object));
  }
  return out;
}

AskReply reply_of(std::string conversation_id, std::string turn_id,
                  std::optional<std::string> follows, catalog::Answer answer) {
  AskReply reply;
  reply.response = std::move(answer.response);
  reply.generated_query = std::move(answer.generated_query);
  reply.data = objects(answer.columns, answer.rows);
  reply.columns = std::move(answer.columns);
  reply.total_rows = answer.total_rows;
  reply.suggested_chart = std::move(answer.suggested_chart);
  reply.insights = std::move(answer.insights);
  reply.data_sources_used = std::move(answer.data_sources_used);
  reply.conversation_id = std::move(conversation_id);
  reply.turn_id = std::move(turn_id);
  reply.status = answer.status;
  reply.reading = std::move(answer.reading);
  reply.receipt = std::move(answer.receipt);
  reply.choices = std::move(answer.choices);
  reply.follow_ups = std::move(answer.follow_ups);
  reply.quotes = std::move(answer.quotes);
  reply.teaching = std::move(answer.teaching);
  if (follows && !follows->empty()) reply.follows = std::move(follows);
  return reply;
}

conversations::Question question_of(AskInput in) {
  conversations::Question question;
  question.message = std::move(in.message);
  question.conversation_id = std::move(in.conversation_id);
  question.after_turn_id = std::move(in.after_turn_id);
  question.reading = std::move(in.reading);
  if (in.context) {
    if (in.context->available_data_sources)
      question.data_source_ids = *in.context->available_data_sources;
    if (in.context->user_preferences) {
      question.locale = in.context->user_preferences->locale.value_or("en");
      question.chart = in.context->user_preferences->chart;
      question.time_zone = in.context->user_preferences->time_zone.value_or("");
    }
  }
  return question;
}

Result<> ask(conversations::ConversationService& service, const http::RequestContext& context,
             AskInput in, http::ResponseWriter& writer) {
  const auto question = question_of(std::move(in));
  const std::string* accept = context.header("accept");
  if (!accept || accept->find("text/event-stream") == std::string::npos) {
    TRY(auto reply,
        service.ask(*context.principal, question, [](const wire::Progress&) {}, context.stop));
    TRY_VOID(writer.start(200, "application/json"));
    return writer.write(json::dump(
        reply_of(reply.conversation_id, reply.turn_id, reply.follows, std::move(reply.answer))));
  }
  http::SseWriter events(writer);
  TRY_VOID(events.start());
  const auto on_stage = [&](const wire::Progress& progress) {
    // A client that has left is noticed by the stop token; the stage itself is not worth an error.
    (void)events.event("stage", json::to_value(progress));
  };
  auto reply = service.ask(*context.principal, question, on_stage, context.stop);
  if (!reply) return events.event("error", http::error_body(reply.error(), context.request_id));
  return events.event("answer", json::to_value(reply_of(reply->conversation_id, reply->turn_id,
                                                        reply->follows, std::move(reply->answer))));
}

void add_conversation_routes(http::Router& router, conversations::ConversationService& service) {
  using http::Method;
  using http::RequestContext;

  router.route<ConversationSearch, ConversationList>(
      {.method = Method::get,
       .path = "/api/ai/conversations",
       .tag = "ai",
       .summary = "Own conversations, last used first",
       .description = "With `search`, those with this text in the title or in a question."},
      [&service](const RequestContext& c, ConversationSearch in) -> Result<ConversationList> {
        TRY(auto list, service.list(*c.principal, in.search.value_or(""), 200));
        return ConversationList{std::move(list)};
      });

  router.route<ConversationId, ConversationReply>(
      {.method = Method::get,
       .path = "/api/ai/conversations/{conversation_id}",
       .tag = "ai",
       .summary = "A conversation with its turns"},
      [&service](const RequestContext& c, ConversationId in) -> Result<ConversationReply> {
        TRY(auto found, service.get(*c.principal, in.conversation_id));
        ConversationReply reply{std::move(found.first), {}};
        for (auto& turn : found.second) {
          reply.turns.push_back(
              {turn.id, turn.question, turn.created_at,
               reply_of(in.conversation_id, turn.id, turn.follows, std::move(turn.answer))});
        }
        return reply;
      });

  router.route<RenameInput, conversations::ConversationHead>(
      {.method = Method::patch,
       .path = "/api/ai/conversations/{conversation_id}",
       .tag = "ai",
       .summary = "Rename a conversation"},
      [&service](const RequestContext& c, RenameInput in) {
        return service.rename(*c.principal, in.conversation_id, in.title);
      });

  router.route<ConversationId, http::Empty>(
      {.method = Method::del,
       .path = "/api/ai/conversations/{conversation_id}",
       .tag = "ai",
       .summary = "Delete a conversation"},
      [&service](const RequestContext& c, ConversationId in) -> Result<http::Empty> {
        TRY_VOID(service.remove(*c.principal, in.conversation_id));
        return http::Empty{};
      });
}

}  // namespace

void add_ai_routes(http::Router& router, conversations::ConversationService& service) {
  using http::Cost;
  using http::Method;
  using http::RequestContext;

  router.stream<AskInput, AskReply>(
      {.method = Method::post,
       .path = "/api/ai/conversation-enhanced",
       .tag = "ai",
       .summary = "Ask a question about the data",
       .description = "With `Accept: text/event-stream` the answer comes as events: `stage` while "
                      "it is worked on, "
                      "then one `answer`. `status` says whether it was answered, needs one choice "
                      "(clarification) or can not be answered (abstained).",
       .cost = Cost::slow},
      [&service](const RequestContext& c, AskInput in, http::ResponseWriter& writer) {
        return ask(service, c, std::move(in), writer);
      });

  router.route<TestInput, TestReply>(
      {.method = Method::post,
       .path = "/api/ai/test",
       .tag = "ai",
       .summary = "Which engine and models answer",
       .cost = Cost::slow},
      [&service](const RequestContext& c, TestInput) -> Result<TestReply> {
        TRY(const double latency, service.engine_latency_ms(*c.principal, c.stop));
        return TestReply{
            "The built-in question engine answers; no language model is configured.",
            {{"built-in", "ready", latency, "Runs in a sandboxed worker on this machine."}}};
      });

  add_conversation_routes(router, service);
}

}  // namespace sextant::api

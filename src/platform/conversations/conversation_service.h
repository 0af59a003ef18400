#pragma once
// Conversations: questions about a workspace's data, answered by the question engine in a worker or
// by quoting its documents, and kept turn by turn. Thread-safe; `ask` blocks while the question is
// worked on.

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/settings.h"
#include "catalog/answer.h"
#include "catalog/principal.h"
#include "platform/blobs/workspace_files.h"
#include "platform/conversations/thread.h"
#include "platform/models/teaching_service.h"
#include "platform/search/search_service.h"
#include "platform/sources/workspace_data.h"
#include "platform/store/database.h"
#include "platform/workers/pool.h"

namespace sextant::conversations {

struct Question {
  std::string message;
  std::optional<std::string> conversation_id;  // goes on there; none: a new conversation
  std::optional<std::string> after_turn_id;    // goes on from this turn of it; none: from the last
  std::vector<std::string> data_source_ids;    // empty: all
  std::optional<boost::json::value> reading;   // an edited chip or a picked choice
  std::optional<boost::json::value> previous;  // used when there is no conversation yet
  std::string locale = "en";
  std::string time_zone;             // of the person; "": UTC
  std::optional<std::string> chart;  // preferred chart type
};

struct Reply {
  std::string conversation_id;
  std::string turn_id;
  std::optional<std::string> follows;
  catalog::Answer answer;
};

struct ConversationHead {
  std::string id;
  std::string title;
  std::int64_t turns = 0;
  std::string created_at;
  std::string updated_at;
};
BOOST_DESCRIBE_STRUCT(ConversationHead, (), (id, title, turns, created_at, updated_at))

struct Turn {
  std::string id;
  std::string question;
  catalog::Answer answer;
  std::string created_at;
  std::optional<std::string> follows;  // the turn that it was asked after
};
BOOST_DESCRIBE_STRUCT(Turn, (), (id, question, answer, created_at, follows))

class ConversationService {
 public:
  ConversationService(store::Database& database, const blobs::WorkspaceFiles& files,
                      workers::Pool& pool, sources::WorkspaceData& data,
                      search::SearchService& search, models::TeachingService& teachings,
                      const Settings& settings);

  using OnStage = std::function<void(const wire::Progress&)>;
  Result<Reply> ask(const catalog::Principal& who, const Question& question,
                    const OnStage& on_stage, std::stop_token stop);

  // Time for a worker of this workspace to be ready and to answer a trivial query.
  Result<double> engine_latency_ms(const catalog::Principal& who, std::stop_token stop);

  // Own conversations, last used first. With `search`: those whose title or one of whose questions
  // has this text, case ignored.
  Result<std::vector<ConversationHead>> list(const catalog::Principal& who,
                                             const std::string& search, std::int64_t limit);
  Result<std::pair<ConversationHead, std::vector<Turn>>> get(const catalog::Principal& who,
                                                             const std::string& conversation_id);
  Result<ConversationHead> rename(const catalog::Principal& who, const std::string& conversation_id,
                                  const std::string& title);
  Result<> remove(const catalog::Principal& who, const std::string& conversation_id);

 private:
  struct Start;  // where a question goes on from

  Result<Start> start_of(const catalog::Principal& who, const Question& question);
  Result<> go_back(const Thread& thread, Start& start);
  Result<std::optional<boost::json::value>> reading_of(const std::optional<std::string>& turn_id);
  struct FromDocuments {
    std::optional<catalog::Answer> answer;  // none: not for them, or they say nothing of it
    std::optional<std::string> note;        // what the search could not do
  };
  // What documents say. `last_resort`: the data could not answer.
  Result<FromDocuments> ask_documents(const catalog::Principal& who, const Question& question,
                                      bool last_resort);
  // Keeps what the message, or the choice it made, teaches; says so in the answer.
  Result<> learn(const catalog::Principal& who, const Question& question, const Start& start,
                 catalog::Answer& answer, std::stop_token stop);
  Result<Reply> keep(const catalog::Principal& who, const Question& question,
                     const std::optional<std::string>& follows, catalog::Answer answer);
  Result<ConversationHead> find(const catalog::Principal& who, const std::string& conversation_id);

  store::Database& database_;
  const blobs::WorkspaceFiles& files_;
  workers::Pool& pool_;
  sources::WorkspaceData& data_;
  search::SearchService& search_;
  models::TeachingService& teachings_;
  const Settings& settings_;
};

}  // namespace sextant::conversations

#include "platform/queries/readings.h"

#include "platform/accounts/authorise.h"
#include "platform/workers/typed_run.h"

namespace sextant::queries {

template <class Reply, class Request>
Result<Reply> Readings::ask(const catalog::Principal& who, wire::Operation operation,
                            const Request& request, std::stop_token stop) {
  TRY_VOID(files_.prepare(who.workspace_id));
  workers::RunOptions options;
  options.timeout = std::chrono::seconds(settings_.query_timeout_seconds);
  options.stop = stop;
  return workers::run<Reply>(pool_, {who.workspace_id, files_.folder(who.workspace_id)}, operation,
                             request, options);
}

template <class Request>
Result<> Readings::fill(const catalog::Principal& who, Request& request) {
  TRY(request.catalog, data_.catalog(who.workspace_id));
  TRY(auto meaning, data_.meaning(request.catalog));
  request.model = std::move(meaning.model);
  request.edits = std::move(meaning.edits);
  return {};
}

Result<wire::ComposeReply> Readings::compose(const catalog::Principal& who,
                                             const json::Value& reading, std::stop_token stop) {
  TRY_VOID(accounts::authorise(who, accounts::Action::read, {"query", who.workspace_id}));
  wire::ComposeRequest request;
  TRY_VOID(fill(who, request));
  request.reading = reading;
  return ask<wire::ComposeReply>(who, wire::Operation::compose, request, stop);
}

Result<wire::RecogniseReply> Readings::recognise(const catalog::Principal& who,
                                                 const std::string& sql, std::stop_token stop) {
  TRY_VOID(accounts::authorise(who, accounts::Action::read, {"query", who.workspace_id}));
  wire::RecogniseRequest request;
  TRY_VOID(fill(who, request));
  request.sql = sql;
  return ask<wire::RecogniseReply>(who, wire::Operation::recognise, request, stop);
}

}  // namespace sextant::queries

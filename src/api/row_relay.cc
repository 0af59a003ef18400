#include "api/row_relay.h"

#include "http/errors.h"

namespace sextant::api {
namespace {

constexpr std::size_t kHeldBytes = 256 << 10;

ExecuteHead head_of(const queries::Outcome& outcome) {
  return {outcome.query_id,        outcome.head.columns,   outcome.head.row_count,
          outcome.head.total_rows, outcome.head.truncated, outcome.head.execution_time,
          outcome.cached,          outcome.suggested_chart};
}

}  // namespace

queries::RunListener RowRelay::listener() {
  queries::RunListener listener;
  listener.rows = [this](std::string_view bytes) { return rows(bytes); };
  return listener;
}

Result<> RowRelay::rows(std::string_view bytes) {
  if (writer_.started()) return writer_.write(bytes);
  held_ += bytes;
  if (held_.size() < kHeldBytes) return {};
  return release();
}

Result<> RowRelay::finish(const queries::Outcome& outcome) {
  if (!writer_.started()) TRY_VOID(release());
  const std::string text = json::dump(head_of(outcome));
  return writer_.write("]," + text.substr(1));
}

Result<> RowRelay::release() {
  TRY_VOID(writer_.start(200, "application/json"));
  const std::string head = R"({"rows":[)" + std::exchange(held_, {});
  return writer_.write(head);
}

// A line that can not be written is no error of its own: the stop token ends the query.
queries::RunListener RowLines::listener() {
  queries::RunListener listener;
  listener.on_start = [this](const std::string& query_id) {
    static_cast<void>(line("start", {{"query_id", query_id}}));
  };
  listener.on_queue = [this](std::int64_t position) {
    static_cast<void>(line("queue", {{"position", position}}));
  };
  listener.on_progress = [this](double fraction) {
    static_cast<void>(line("progress", {{"fraction", fraction}}));
  };
  listener.on_columns = [this](const std::vector<catalog::ResultColumn>& columns) {
    static_cast<void>(line("columns", {{"columns", json::to_value(columns)}}));
  };
  listener.rows = [this](std::string_view bytes) {
    if (bytes.starts_with(',')) bytes.remove_prefix(1);
    std::string text = R"({"type":"rows","rows":[)";
    text += bytes;
    text += "]}\n";
    return writer_.write(text);
  };
  return listener;
}

Result<> RowLines::finish(const Result<queries::Outcome>& outcome, const std::string& request_id) {
  if (!outcome) {
    // Before the first line the usual error answer says it better.
    if (!writer_.started()) return fail(outcome.error());
    return line("error", http::error_body(outcome.error(), request_id).as_object());
  }
  return line("end", json::to_value(head_of(*outcome)).as_object());
}

Result<> RowLines::line(std::string_view type, json::Object members) {
  if (!writer_.started()) TRY_VOID(writer_.start(200, "application/x-ndjson"));
  json::Object whole{{"type", type}};
  for (auto& member : members) whole[member.key()] = std::move(member.value());
  return writer_.write(json::dump(json::Value(std::move(whole))) + "\n");
}

}  // namespace sextant::api

#include "analysis/engine/gate.h"

#include <fmt/format.h>

#include "analysis/engine/error.h"
#include "analysis/engine/gate_walk.h"
#include "base/sql_text.h"
#include "base/text.h"

namespace sextant::engine {
namespace {

constexpr const char* kParse =
    "SELECT json_serialize_sql($1::VARCHAR, skip_default := true, skip_null := true, "
    "skip_empty := true)";

// Trees are deeper than any document the API takes: a sum of 300 terms nests 600 levels.
constexpr std::size_t kMaxTreeDepth = 2000;

Result<json::Value> parse_tree(const std::string& text) {
  boost::json::parse_options options;
  options.max_depth = kMaxTreeDepth;
  options.allow_invalid_utf8 = true;  // constants may hold escaped bytes; only names are looked at
  boost::system::error_code ec;
  auto value = boost::json::parse(text, ec, {}, options);
  if (ec) {
    return fail(ErrorCode::invalid_sql, "The statement is nested too deeply.",
                "Split it into CTEs or simplify the expression.");
  }
  return value;
}

std::string text_of(const json::Object& object, const char* key) {
  const auto* v = object.if_contains(key);
  return v && v->is_string() ? std::string(v->get_string()) : std::string();
}

// Why the engine's parser would not take it as a SELECT.
Error refusal(const std::string& sql, const json::Object& reply) {
  if (text_of(reply, "error_type") == "parser" || reply.contains("position")) {
    json::Object wrapped{{"exception_type", "Parser"},
                         {"exception_message", text_of(reply, "error_message")}};
    if (const auto* p = reply.if_contains("position")) wrapped["position"] = *p;
    return convert_error(json::dump(json::Value(wrapped)));
  }
  const std::string word = sql::first_word(sql);
  if (word == "PIVOT") {
    return Error(ErrorCode::invalid_sql, "PIVOT needs the values that become columns.",
                 "Write them out: PIVOT t ON column IN ('a', 'b') USING sum(x).");
  }
  if (text_of(reply, "error_message").find("parameters") != std::string::npos) {
    return Error(ErrorCode::invalid_sql, "Positional and named parameters can not be mixed.",
                 "Use either $1, $2 … or $name.");
  }
  return Error(ErrorCode::invalid_sql,
               word.empty() ? "The statement is empty."
                            : fmt::format("Only SELECT statements can be run; this is {}.", word),
               "Data can be read, not changed. Start with SELECT or WITH.");
}

}  // namespace

Gate::Gate(Connection connection, Statement parse)
    : connection_(std::move(connection)), parse_(std::move(parse)) {}

Result<Gate> Gate::create(const Database& database) {
  TRY(auto connection, database.connect());
  TRY(auto parse, connection.prepare(kParse));
  return Gate(std::move(connection), std::move(parse));
}

Result<Verdict> Gate::check(const std::string& sql, const catalog::Catalog& catalog,
                            const SavedQueries& saved, std::size_t max_bytes) {
  if (sql.size() > max_bytes) {
    return fail(
        ErrorCode::invalid_sql,
        fmt::format("The statement has {} bytes; at most {} are allowed.", sql.size(), max_bytes));
  }
  if (!text::valid_utf8(sql) || sql.find('\0') != std::string::npos) {
    return fail(ErrorCode::invalid_sql, "The statement is not valid UTF-8 text.");
  }
  if (const auto position = sql::too_deep(sql, kMaxNesting)) {
    return fail(ErrorCode::invalid_sql,
                fmt::format("Brackets are nested more than {} deep.", kMaxNesting),
                "Split the statement into CTEs.", {{"position", *position}});
  }
  if (const auto position = sql::unclosed_comment(sql)) {
    return fail(ErrorCode::invalid_sql, "A comment is not closed.", "Close it with */.",
                {{"position", *position}});
  }
  TRY(const auto tree, parse(sql));
  return judge(tree, catalog, saved);
}

Result<json::Value> Gate::parse(const std::string& sql) {
  TRY_VOID(parse_.bind("1", sql));
  TRY(auto parsed, connection_.query(parse_));
  TRY(const auto tree, parse_tree(parsed.text(0, 0)));
  const auto& reply = tree.as_object();
  if (const auto* error = reply.if_contains("error"); !error || error->as_bool()) {
    return fail(refusal(sql, reply));
  }
  const auto* statements = reply.if_contains("statements");
  if (!statements || statements->as_array().empty()) {
    return fail(ErrorCode::invalid_sql, "The statement is empty.");
  }
  if (statements->as_array().size() != 1) {
    return fail(
        ErrorCode::invalid_sql,
        fmt::format("One statement at a time; these are {}.", statements->as_array().size()),
        "Remove everything after the first semicolon.");
  }
  return statements->as_array().front();
}

Result<std::string> Gate::print(const json::Value& tree) {
  const json::Object whole{{"error", false}, {"statements", json::Array{tree}}};
  TRY(auto statement, connection_.prepare("SELECT json_deserialize_sql($1::JSON)"));
  TRY_VOID(statement.bind("1", json::dump(json::Value(whole))));
  TRY(auto printed, connection_.query(statement));
  return std::string(printed.text(0, 0));
}

Result<json::Value> Gate::tree(const std::string& sql, const catalog::Catalog& catalog,
                               const SavedQueries& saved) {
  TRY_VOID(check(sql, catalog, saved));
  return parse(sql);
}

}  // namespace sextant::engine

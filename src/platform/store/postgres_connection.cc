#include "platform/store/postgres_connection.h"

#include <fmt/format.h>

#include <charconv>

#include "base/log.h"
#include "base/text.h"
#include "platform/store/backend.h"

namespace sextant::store {
namespace {

// As in SQLite: beyond this many all are dropped.
constexpr std::size_t kMaxStatements = 512;

// Type numbers of pg_type.
constexpr Oid kBool = 16, kInt8 = 20, kInt2 = 21, kInt4 = 23, kFloat4 = 700, kFloat8 = 701,
              kTimestampTz = 1184, kNumeric = 1700;

template <class T>
T number(std::string_view text) {
  T value{};
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// "2026-11-23 13:18:05.123+00" (the session's zone is UTC) as 2026-11-23T13:18:05.123Z.
std::string utc_time(std::string_view text) {
  std::string out(text);
  if (out.size() > 10) out[10] = 'T';
  if (out.ends_with("+00")) out.replace(out.size() - 3, 3, "Z");
  const auto time = parse_time(out);
  return time ? format_time(*time) : out;  // 'infinity' stays as it is
}

Value field_value(const PGresult* result, int row, int column) {
  if (PQgetisnull(result, row, column)) return Value();
  const std::string_view text(PQgetvalue(result, row, column),
                              static_cast<std::size_t>(PQgetlength(result, row, column)));
  switch (PQftype(result, column)) {
    case kBool:
      return Value(text == "t");
    case kInt2:
    case kInt4:
    case kInt8:
      return Value(number<std::int64_t>(text));
    case kNumeric:  // sums of whole numbers come as numeric
      if (text.find('.') == std::string_view::npos) return Value(number<std::int64_t>(text));
      return Value(number<double>(text));
    case kFloat4:
    case kFloat8:
      return Value(number<double>(text));
    case kTimestampTz:
      return Value(utc_time(text));
    default:
      return Value(text);
  }
}

std::optional<std::string> parameter_text(const Value& v) {
  if (const auto* s = v.if_text()) return *s;
  if (const auto* n = v.if_integer()) return fmt::format("{}", *n);
  if (const auto* d = v.if_real()) return fmt::format("{}", *d);
  if (const auto* b = v.if_boolean()) return *b ? "t" : "f";
  return std::nullopt;
}

// The columns in "Key (email)=(a@b) already exists.", each with the table in front.
std::string violated_columns(std::string_view table, std::string_view message_detail) {
  const auto begin = message_detail.find('('), end = message_detail.find(")=(");
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return {};
  std::string out;
  for (const auto& name : text::split(message_detail.substr(begin + 1, end - begin - 1), ',')) {
    out += fmt::format("{}{}.{}", out.empty() ? "" : ", ", table, text::trim(name));
  }
  return out;
}

}  // namespace

Result<std::unique_ptr<PostgresConnection>> PostgresConnection::open(
    const std::string& url, std::chrono::milliseconds lock_patience) {
  // What stands before the URL is a default that the URL's own options override.
  const char* const keywords[] = {"connect_timeout", "application_name", "tcp_user_timeout",
                                  "dbname",          "client_encoding",  nullptr};
  const char* const values[] = {"5", "sextant", "10000", url.c_str(), "UTF8", nullptr};
  auto connection = std::make_unique<PostgresConnection>();
  connection->handle_.reset(PQconnectdbParams(keywords, values, 1));
  PGconn* raw = connection->handle_.get();
  if (raw == nullptr || PQstatus(raw) != CONNECTION_OK) {
    const std::string why(text::trim(raw ? PQerrorMessage(raw) : "out of memory"));
    return fail(ErrorCode::unavailable, fmt::format("PostgreSQL can not be reached: {}", why),
                "Check DATABASE_URL and that the server runs.");
  }
  PQsetNoticeProcessor(raw, [](void*, const char*) {}, nullptr);
  TRY_VOID(connection->script(
      fmt::format("SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET lock_timeout = {}",
                  lock_patience.count())));
  return connection;
}

Result<Outcome> PostgresConnection::run(std::string_view sql, const Params& params) {
  std::vector<std::optional<std::string>> texts;
  texts.reserve(params.size());
  for (const Value& v : params) {
    texts.push_back(parameter_text(v));
    if (texts.back() && texts.back()->find('\0') != std::string::npos)
      return fail(nul_character_error());
  }
  std::vector<const char*> values;
  values.reserve(texts.size());
  for (const auto& t : texts) values.push_back(t ? t->c_str() : nullptr);
  TRY(const std::string name, prepare(sql, params.size()));
  return outcome_of(
      ResultHandle(PQexecPrepared(handle_.get(), name.c_str(), static_cast<int>(values.size()),
                                  values.data(), nullptr, nullptr, 0)));
}

Result<Outcome> PostgresConnection::script(const std::string& statements) {
  return outcome_of(ResultHandle(PQexec(handle_.get(), statements.c_str())));
}

bool PostgresConnection::reusable() const {
  return !lost_ && PQtransactionStatus(handle_.get()) == PQTRANS_IDLE;
}

Result<std::string> PostgresConnection::prepare(std::string_view sql, std::size_t parameters) {
  if (const auto found = statements_.find(std::string(sql)); found != statements_.end()) {
    return found->second;
  }
  if (statements_.size() >= kMaxStatements) {
    TRY_VOID(script("DEALLOCATE ALL"));
    statements_.clear();
  }
  const std::string name = fmt::format("s{}", next_name_++);
  const ResultHandle prepared(PQprepare(handle_.get(), name.c_str(), std::string(sql).c_str(),
                                        static_cast<int>(parameters), nullptr));
  if (PQresultStatus(prepared.get()) != PGRES_COMMAND_OK) {
    Error error = error_of(prepared.get());
    if (error.code == ErrorCode::internal)
      log::error("store.statement_refused", {{"sql", std::string(sql)}, {"error", error.message}});
    return fail(std::move(error));
  }
  statements_.emplace(std::string(sql), name);
  return name;
}

Result<Outcome> PostgresConnection::outcome_of(ResultHandle result) {
  const auto status = PQresultStatus(result.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK && status != PGRES_EMPTY_QUERY) {
    return fail(error_of(result.get()));
  }
  lost_ = in_the_way_ = false;
  Outcome outcome;
  if (status == PGRES_TUPLES_OK) {
    auto names = std::make_shared<std::vector<std::string>>();
    const int columns = PQnfields(result.get());
    for (int c = 0; c < columns; ++c) names->emplace_back(PQfname(result.get(), c));
    const std::shared_ptr<const std::vector<std::string>> shared = std::move(names);
    const int rows = PQntuples(result.get());
    outcome.rows.reserve(static_cast<std::size_t>(rows));
    for (int r = 0; r < rows; ++r) {
      std::vector<Value> values;
      values.reserve(static_cast<std::size_t>(columns));
      for (int c = 0; c < columns; ++c) values.push_back(field_value(result.get(), r, c));
      outcome.rows.emplace_back(shared, std::move(values));
    }
  }
  if (!std::string_view(PQcmdStatus(result.get())).starts_with("SELECT")) {
    outcome.affected = number<std::int64_t>(PQcmdTuples(result.get()));
  }
  return outcome;
}

Error PostgresConnection::error_of(const PGresult* result) {
  const auto field = [&](int code) -> std::string_view {
    const char* text = result ? PQresultErrorField(result, code) : nullptr;
    return text ? text : "";
  };
  const std::string_view state = field(PG_DIAG_SQLSTATE);
  // 57P01 to 57P03: the server is going down, or is not up yet. No state: the error is the client
  // library's own, which may leave the status good although the connection broke.
  lost_ = PQstatus(handle_.get()) == CONNECTION_BAD || state.starts_with("57P") || state.empty();
  in_the_way_ = state == "40001" || state == "40P01";
  if (lost_) {
    return Error(ErrorCode::unavailable, "The connection to PostgreSQL was lost.",
                 "Try again in a moment.");
  }
  if (in_the_way_ || state == "55P03" || state == "53300") {
    return Error(ErrorCode::unavailable, "The database is busy.", "Try again in a moment.");
  }
  if (state == "23505") {
    return unique_violation(
        violated_columns(field(PG_DIAG_TABLE_NAME), field(PG_DIAG_MESSAGE_DETAIL)));
  }
  if (state == "23503") return foreign_key_violation();
  if (state == "53100") {
    return Error(ErrorCode::storage_full, "The disk that holds the database is full.",
                 "Free some space; nothing that was saved before is lost.");
  }
  return Error(ErrorCode::internal,
               fmt::format("The database refused a statement: {} (SQLSTATE {})",
                           field(PG_DIAG_MESSAGE_PRIMARY), state));
}

}  // namespace sextant::store

#include "analysis/engine/headers.h"

#include <fmt/format.h>

#include "analysis/engine/suggest.h"
#include "base/sql_text.h"
#include "base/text.h"

namespace sextant::engine {
namespace {

std::optional<std::size_t> position_of(const Error& error) {
  const auto* v = error.detail.if_contains("position");
  if (!v || !v->is_int64() || v->get_int64() < 0) return std::nullopt;
  return static_cast<std::size_t>(v->get_int64());
}

// The column that the binder did not find: as it says, or as its message quotes it.
std::string unknown_column(const Error& error) {
  const auto* name = error.detail.if_contains("name");
  const auto* kind = error.detail.if_contains("kind");
  if (name && name->is_string() && kind && *kind == "COLUMN_NOT_FOUND") {
    return std::string(name->get_string());
  }
  constexpr std::string_view kQuoted = "does not have a column named \"";
  const auto begin = error.message.find(kQuoted);
  if (begin == std::string::npos) return {};
  const auto rest = error.message.substr(begin + kQuoted.size());
  return rest.substr(0, rest.find('"'));
}

}  // namespace

std::optional<std::string> HeaderRewriter::column_for(std::string_view header) const {
  const std::string wanted = text::lower_ascii(header);
  std::optional<std::string> found;
  for (const auto* table : tables_) {
    for (const auto& column : table->columns) {
      if (column.name == wanted) return std::nullopt;
      if (!found && text::lower_ascii(column.original_name) == wanted) found = column.name;
    }
  }
  return found;
}

bool HeaderRewriter::rewrite(const Error& error) {
  if (error.code != ErrorCode::invalid_sql) return false;
  const auto position = position_of(error);
  bool in_reference = false;  // inside the a.b.c that begins at the position
  for (const auto& token : sql::tokenize(sql_)) {
    const bool is_name =
        token.kind == sql::TokenKind::word || token.kind == sql::TokenKind::quoted_name;
    if (position) {
      if (token.start == *position) in_reference = true;
      if (!in_reference) continue;
      if (!is_name && sql_[token.start] != '.') return false;
    }
    if (!is_name) continue;
    const auto column = column_for(token.name);
    // Without a position only a name that the message quotes can be meant.
    if (!column || (!position && error.message.find(token.name) == std::string::npos)) continue;
    const std::string replacement = text::quote_identifier(*column);
    edits_.push_back({token.start, token.end - token.start, replacement.size()});
    sql_.replace(token.start, token.end - token.start, replacement);
    return true;
  }
  return false;
}

Error HeaderRewriter::explain(Error error) const {
  if (auto position = position_of(error)) {
    std::size_t at = *position;
    for (auto edit = edits_.rbegin(); edit != edits_.rend(); ++edit) {
      if (at >= edit->start + edit->new_size) {
        at = at - edit->new_size + edit->old_size;
      } else if (at > edit->start) {
        at = edit->start;
      }
    }
    error.detail["position"] = static_cast<std::int64_t>(at);
  }
  const std::string wanted = unknown_column(error);
  if (!wanted.empty()) {
    std::vector<std::string> names, headers;
    for (const auto* table : tables_) {
      for (const auto& column : table->columns) {
        names.push_back(column.name);
        headers.push_back(column.original_name);
      }
    }
    auto similar = closest(wanted, names);
    if (!similar) {
      if (const auto header = closest(wanted, headers)) similar = column_for(*header);
    }
    if (similar) error.hint = fmt::format("Did you mean `{}`?", *similar);
  }
  return error;
}

}  // namespace sextant::engine

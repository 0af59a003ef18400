#include "base/sql_text.h"

#include <algorithm>

namespace sextant::sql {
namespace {

bool is_word(char c) {
  const auto u = static_cast<unsigned char>(c);
  return std::isalnum(u) || c == '_' || u >= 0x80;
}

// The end of a quoted piece that starts at `at`; doubled quotes stay inside.
std::size_t skip_quoted(std::string_view s, std::size_t at, bool backslash) {
  const char quote = s[at];
  for (std::size_t i = at + 1; i < s.size(); ++i) {
    if (backslash && s[i] == '\\') {
      ++i;
    } else if (s[i] == quote) {
      if (i + 1 < s.size() && s[i + 1] == quote) {
        ++i;
      } else {
        return i + 1;
      }
    }
  }
  return s.size();
}

std::size_t skip_comment(std::string_view s, std::size_t at) {
  if (s[at] == '-') {
    const auto end = s.find('\n', at);
    return end == std::string_view::npos ? s.size() : end + 1;
  }
  int depth = 0;
  for (std::size_t i = at; i + 1 < s.size(); ++i) {
    if (s[i] == '/' && s[i + 1] == '*') {
      ++depth;
      ++i;
    } else if (s[i] == '*' && s[i + 1] == '/') {
      ++i;
      if (--depth == 0) return i + 1;
    }
  }
  return s.size();
}

// Whether the block comment that this text begins with, and ends with it, is closed.
bool closed(std::string_view comment) {
  int depth = 0;
  for (std::size_t i = 0; i + 1 < comment.size(); ++i) {
    if (comment[i] == '/' && comment[i + 1] == '*') {
      ++depth;
      ++i;
    } else if (comment[i] == '*' && comment[i + 1] == '/') {
      --depth;
      ++i;
    }
  }
  return depth == 0;
}

// "$tag$ … $tag$"; npos when it is not one (a parameter).
std::size_t skip_dollar(std::string_view s, std::size_t at) {
  std::size_t i = at + 1;
  while (i < s.size() && is_word(s[i])) ++i;
  if (i >= s.size() || s[i] != '$') return std::string_view::npos;
  const auto tag = s.substr(at, i - at + 1);
  const auto end = s.find(tag, i + 1);
  return end == std::string_view::npos ? s.size() : end + tag.size();
}

std::string unquote(std::string_view s) {
  std::string out;
  for (std::size_t i = 1; i + 1 < s.size(); ++i) {
    out.push_back(s[i]);
    if (s[i] == '"') ++i;
  }
  return out;
}

}  // namespace

namespace {

std::vector<Token> scan(std::string_view sql, std::optional<std::int64_t>& unclosed) {
  std::vector<Token> tokens;
  const auto add = [&](TokenKind kind, std::size_t start, std::size_t end, std::string name = {}) {
    tokens.push_back({kind, start, end, std::move(name)});
  };
  std::size_t i = 0;
  while (i < sql.size()) {
    const char c = sql[i];
    const char next = i + 1 < sql.size() ? sql[i + 1] : '\0';
    if (std::isspace(static_cast<unsigned char>(c))) {
      ++i;
    } else if ((c == '-' && next == '-') || (c == '/' && next == '*')) {
      const std::size_t end = skip_comment(sql, i);
      if (c == '/' && end == sql.size() && !closed(sql.substr(i))) {
        unclosed = static_cast<std::int64_t>(i);
      }
      i = end;
    } else if (c == '\'' || ((c == 'e' || c == 'E') && next == '\'')) {
      const std::size_t end = skip_quoted(sql, c == '\'' ? i : i + 1, c != '\'');
      add(TokenKind::string, i, end);
      i = end;
    } else if (c == '"') {
      const std::size_t end = skip_quoted(sql, i, false);
      add(TokenKind::quoted_name, i, end, unquote(sql.substr(i, end - i)));
      i = end;
    } else if (c == '$' && skip_dollar(sql, i) != std::string_view::npos) {
      const std::size_t end = skip_dollar(sql, i);
      add(TokenKind::string, i, end);
      i = end;
    } else if (is_word(c)) {
      std::size_t end = i;
      while (end < sql.size() && (is_word(sql[end]) || sql[end] == '$')) ++end;
      add(TokenKind::word, i, end, std::string(sql.substr(i, end - i)));
      i = end;
    } else {
      add(TokenKind::symbol, i, i + 1);
      ++i;
    }
  }
  return tokens;
}

}  // namespace

std::vector<Token> tokenize(std::string_view sql) {
  std::optional<std::int64_t> ignored;
  return scan(sql, ignored);
}

std::optional<std::int64_t> unclosed_comment(std::string_view sql) {
  std::optional<std::int64_t> position;
  scan(sql, position);
  return position;
}

std::optional<std::int64_t> too_deep(std::string_view sql, int limit) {
  int depth = 0;
  for (const auto& token : tokenize(sql)) {
    if (token.kind != TokenKind::symbol) continue;
    const char c = sql[token.start];
    if (c == '(' || c == '[' || c == '{') ++depth;
    if (c == ')' || c == ']' || c == '}') depth = std::max(depth - 1, 0);
    if (depth > limit) return static_cast<std::int64_t>(token.start);
  }
  return std::nullopt;
}

std::string first_word(std::string_view sql) {
  for (const auto& token : tokenize(sql)) {
    if (token.kind != TokenKind::word) continue;
    std::string out = token.name;
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return out;
  }
  return {};
}

std::string normalise(std::string_view sql) {
  auto tokens = tokenize(sql);
  while (!tokens.empty() && sql[tokens.back().start] == ';') tokens.pop_back();
  std::string out;
  std::size_t end = 0;  // of the token before
  for (const auto& token : tokens) {
    if (!out.empty() && token.start > end) out.push_back(' ');
    out += sql.substr(token.start, token.end - token.start);
    end = token.end;
  }
  return out;
}

}  // namespace sextant::sql

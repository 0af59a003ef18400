#include "analysis/engine/expand.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/sql_text.h"
#include "base/text.h"

namespace sextant::engine {
namespace {

constexpr std::size_t kMaxExpanded = 512 << 10;  // bytes
constexpr std::size_t kMaxDepth = 20;

Error in_saved(Error error, const std::string& name) {
  if (name.empty() || error.detail.contains("saved_query")) return error;
  error.message = fmt::format("In saved.{}: {}", name, error.message);
  error.detail["saved_query"] = name;
  return error;
}

}  // namespace

class Expansion::Builder {
 public:
  Builder(Gate& gate, const catalog::Catalog& catalog, const SavedQueries& saved)
      : gate_(gate), catalog_(catalog), saved_(saved) {}

  Result<> add(const std::string& name, const std::string& sql) {
    auto checked = gate_.check(sql, catalog_, saved_);
    if (!checked) return fail(in_saved(std::move(checked).error(), name));
    auto& uses = checked->uses;
    std::ranges::sort(uses, {}, &TableUse::position);
    std::size_t copied = 0;
    for (const auto& use : uses) {
      if (!use.saved && name.empty()) continue;
      copy(name, sql, copied, use.position);
      copied = use.position;
      if (!use.saved) {
        out_.sql_ += "main.";
        continue;
      }
      TRY(copied, end_of_reference(sql, use.position));
      TRY_VOID(put_in(use));
    }
    // Without the semicolons at the end, which can not stand in brackets.
    const std::size_t end = name.empty() ? sql.size() : end_of_statement(sql);
    copy(name, sql, copied, std::max(copied, end));
    return {};
  }

  Expansion take() { return std::move(out_); }

 private:
  Result<> put_in(const TableUse& use) {
    if (std::ranges::find(way_, use.name) != way_.end() || way_.size() >= kMaxDepth) {
      json::Array cycle;
      for (const auto& step : way_) cycle.emplace_back(step);
      cycle.emplace_back(use.name);
      return fail(ErrorCode::invalid_sql,
                  fmt::format("saved.{} reads itself: saved.{} reads saved.{}.", use.name,
                              text::join(way_, " reads saved."), use.name),
                  "Change one of these queries to read the tables themselves.",
                  {{"cycle", std::move(cycle)}, {"saved_query", way_.front()}});
    }
    out_.sql_ += '(';
    way_.push_back(use.name);
    TRY_VOID(add(use.name, saved_.at(use.name)));
    way_.pop_back();
    // On a line of its own: the text may end in a comment.
    out_.sql_ += "\n)";
    if (!use.aliased) out_.sql_ += " AS " + text::quote_identifier(use.name);
    if (out_.sql_.size() > kMaxExpanded) {
      return fail(
          ErrorCode::invalid_sql,
          fmt::format("With its saved queries the statement has more than {} bytes.", kMaxExpanded),
          "Read fewer saved queries in one statement.");
    }
    return {};
  }

  void copy(const std::string& name, const std::string& sql, std::size_t from, std::size_t to) {
    if (from >= to) return;
    out_.segments_.push_back({out_.sql_.size(), out_.sql_.size() + to - from, name, from});
    out_.sql_.append(sql, from, to - from);
  }

  // Behind `saved.name`, which begins at `position`.
  static Result<std::size_t> end_of_reference(const std::string& sql, std::size_t position) {
    const auto tokens = sql::tokenize(sql);
    const auto first = std::ranges::find(tokens, position, &sql::Token::start);
    if (tokens.end() - first < 3) {
      return fail(ErrorCode::internal, "The saved query's name was not found in the text.");
    }
    return first[2].end;
  }

  static std::size_t end_of_statement(const std::string& sql) {
    const auto tokens = sql::tokenize(sql);
    const auto last = std::find_if(tokens.rbegin(), tokens.rend(),
                                   [&](const auto& token) { return sql[token.start] != ';'; });
    return last == tokens.rend() ? 0 : last->end;
  }

  Gate& gate_;
  const catalog::Catalog& catalog_;
  const SavedQueries& saved_;
  std::vector<std::string> way_;  // the saved queries that this place is in
  Expansion out_;
};

Result<Expansion> Expansion::make(Gate& gate, const std::string& sql,
                                  const catalog::Catalog& catalog, const SavedQueries& saved) {
  Expansion plain;
  TRY(plain.verdict_, gate.check(sql, catalog, saved));
  plain.sql_ = sql;
  if (plain.verdict_.saved.empty()) return plain;

  Builder builder(gate, catalog, saved);
  TRY_VOID(builder.add("", sql));
  Expansion out = builder.take();
  auto checked = gate.check(out.sql_, catalog, {}, kMaxExpanded);
  if (!checked) return fail(out.explain(std::move(checked).error()));
  out.verdict_ = std::move(*checked);
  for (const auto& segment : out.segments_) {
    if (segment.saved_query.empty() ||
        std::ranges::find(out.verdict_.saved, segment.saved_query) != out.verdict_.saved.end()) {
      continue;
    }
    out.verdict_.saved.push_back(segment.saved_query);
  }
  return out;
}

Error Expansion::explain(Error error) const {
  const auto* position = error.detail.if_contains("position");
  if (segments_.empty() || !position || !position->is_int64()) return error;
  const auto at = static_cast<std::size_t>(position->get_int64());
  for (const auto& segment : segments_) {
    if (at < segment.start || at >= segment.end) continue;
    error.detail["position"] = static_cast<std::int64_t>(at - segment.start + segment.origin);
    return in_saved(std::move(error), segment.saved_query);
  }
  error.detail.erase("position");
  return error;
}

}  // namespace sextant::engine

#include "platform/conversations/thread.h"

#include <algorithm>
#include <array>

#include "catalog/model_edits.h"

namespace sextant::conversations {

Result<Thread> Thread::read(store::Session& session, const std::string& conversation_id) {
  TRY(const auto rows,
      session.query("SELECT id, follows, CASE WHEN logical IS NULL THEN 0 ELSE 1 END AS understood "
                    "FROM conversation_turns WHERE conversation_id = $1 ORDER BY ordinal",
                    {conversation_id}));
  std::vector<Step> steps;
  for (const auto& row : rows) {
    steps.push_back({row.text("id"), row.maybe_text("follows"), row.integer("understood") != 0});
  }
  return Thread(std::move(steps));
}

const Thread::Step* Thread::find(const std::string& id) const {
  const auto it = std::ranges::find(steps_, id, &Step::id);
  return it == steps_.end() ? nullptr : &*it;
}

std::optional<std::string> Thread::last() const {
  return steps_.empty() ? std::nullopt : std::optional(steps_.back().id);
}

std::optional<std::string> Thread::before(const std::string& id) const {
  const Step* step = find(id);
  if (!step) return std::nullopt;
  if (step->follows && has(*step->follows)) return step->follows;
  if (step->follows) return std::nullopt;
  return step == &steps_.front() ? std::nullopt : std::optional((step - 1)->id);
}

std::optional<std::string> Thread::understood(std::optional<std::string> id) const {
  // Each step goes on from one that was asked before it, so this ends.
  for (std::size_t n = 0; id && n <= steps_.size(); ++n) {
    const Step* step = find(*id);
    if (!step) return std::nullopt;
    if (step->understood) return id;
    id = before(*id);
  }
  return std::nullopt;
}

bool wants_back(const std::string& message) {
  static constexpr std::array kPhrases = {"go back",       "back",          "undo",
                                          "undo that",     "step back",     "go back one step",
                                          "previous step", "go back please"};
  return std::ranges::any_of(
      kPhrases, [&](const char* phrase) { return catalog::same_name(message, phrase); });
}

}  // namespace sextant::conversations

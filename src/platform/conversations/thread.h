#pragma once
// The steps of a conversation as a tree: each goes on from an earlier one, by default the one
// before it. A plain value over what the store has; thread-safe to read.

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "platform/store/database.h"

namespace sextant::conversations {

class Thread {
 public:
  struct Step {
    std::string id;
    std::optional<std::string> follows;  // none: the step before it
    bool understood = false;             // has a reading that the next can go on from
  };

  explicit Thread(std::vector<Step> steps) : steps_(std::move(steps)) {}
  static Result<Thread> read(store::Session& session, const std::string& conversation_id);

  bool has(const std::string& id) const { return find(id) != nullptr; }
  std::optional<std::string> last() const;
  std::optional<std::string> before(const std::string& id) const;

  // The step itself, or the nearest one that it goes on from, which was understood.
  std::optional<std::string> understood(std::optional<std::string> id) const;

 private:
  const Step* find(const std::string& id) const;

  std::vector<Step> steps_;  // in the order in which they were asked
};

// "go back", "undo": the step before is wanted again.
bool wants_back(const std::string& message);

}  // namespace sextant::conversations

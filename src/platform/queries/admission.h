#pragma once
// How many queries of one workspace run at a time; the others wait in the order in which they came.
// Thread-safe.

#include <condition_variable>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>

#include "base/result.h"

namespace sextant::queries {

class Admission {
 public:
  // A place among the running; given back when it goes out of scope.
  class Place {
   public:
    Place(Admission& admission, std::string workspace_id)
        : admission_(&admission), workspace_id_(std::move(workspace_id)) {}
    Place(Place&& other) noexcept
        : admission_(std::exchange(other.admission_, nullptr)),
          workspace_id_(std::move(other.workspace_id_)) {}
    ~Place() {
      if (admission_) admission_->leave(workspace_id_);
    }

   private:
    Admission* admission_;
    std::string workspace_id_;
  };

  // Waits until fewer than `limit` run. `on_position` is told the place in the queue (1 is next)
  // whenever it changes, on the calling thread. Errors: cancelled when the stop is requested,
  // rate_limited when too many wait already.
  Result<Place> enter(const std::string& workspace_id, std::int64_t limit, std::stop_token stop,
                      const std::function<void(std::int64_t)>& on_position);

 private:
  struct Workspace {
    std::int64_t running = 0;
    std::list<std::int64_t> waiting;  // numbers, oldest first
  };
  void leave(const std::string& workspace_id);
  void forget_if_idle(const std::string& workspace_id);

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::map<std::string, Workspace> workspaces_;
  std::int64_t next_number_ = 0;
};

}  // namespace sextant::queries

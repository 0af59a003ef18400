#pragma once
// Answers that were given before and are still true. An answer counts while every source that it
// read is at the version that it read, so it can not be stale. Bounded in bytes; what was not asked
// for longest goes first. Equal queries that come while one is under way wait for its answer.
// Thread-safe.

#include <condition_variable>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <unordered_map>

#include "catalog/chart.h"
#include "catalog/query.h"
#include "catalog/source.h"

namespace sextant::queries {

struct CachedResult {
  catalog::ResultHead head;
  catalog::ChartSpec suggested_chart;
  std::string rows;                                   // "[…],[…]"
  std::map<std::string, std::int64_t> versions_read;  // by source id

  std::size_t bytes() const { return rows.size() + 1024; }
};
using SharedResult = std::shared_ptr<const CachedResult>;

// Whether every source that it read is still at the version that it read.
bool is_current(const CachedResult& result, const catalog::Catalog& catalog);

class ResultCache {
 public:
  // `max_bytes` 0: nothing is kept.
  explicit ResultCache(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  // Rows of an answer beyond this many bytes are not kept.
  std::size_t max_entry_bytes() const { return max_bytes_ / 8; }

  // None when there is none, or the data has changed since; that one is then forgotten.
  SharedResult find(const std::string& key, const catalog::Catalog& catalog);
  void put(const std::string& key, SharedResult result);

 private:
  struct Entry {
    std::string key;
    SharedResult result;
  };
  void drop(std::list<Entry>::iterator entry);

  const std::size_t max_bytes_;
  std::mutex mutex_;
  std::list<Entry> entries_;  // asked for last in front
  std::unordered_map<std::string, std::list<Entry>::iterator> by_key_;
  std::size_t bytes_ = 0;
};

// Queries under way, by key. One of equal ones leads, the others wait for what it gets.
class Flights {
 public:
  struct Flight {
    bool over = false;    // nothing more to wait for
    SharedResult result;  // none: it failed, or its answer can not be shared
  };

  // The leader's part; when it goes out of scope the flight is over.
  class Lead {
   public:
    Lead(Flights& flights, std::string key, std::shared_ptr<Flight> flight)
        : flights_(&flights), key_(std::move(key)), flight_(std::move(flight)) {}
    Lead(Lead&& other) noexcept = default;
    ~Lead() { land(nullptr); }
    // Gives the followers the answer; with none they run it themselves. The first call counts.
    void land(SharedResult result);

   private:
    Flights* flights_;
    std::string key_;
    std::shared_ptr<Flight> flight_;  // none: over
  };

  struct Joined {
    std::optional<Lead> lead;  // set: run it
    SharedResult result;       // else: the answer of the one that ran it; none: run it alone
  };
  // Waits while an equal query is under way, or until the stop is requested.
  Joined join(const std::string& key, std::stop_token stop);

 private:
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::unordered_map<std::string, std::shared_ptr<Flight>> flights_;
};

}  // namespace sextant::queries

#include "platform/queries/result_cache.h"

#include <algorithm>

namespace sextant::queries {

bool is_current(const CachedResult& result, const catalog::Catalog& catalog) {
  return std::ranges::all_of(result.versions_read, [&](const auto& read) {
    const auto source =
        std::ranges::find(catalog.sources, read.first, &catalog::SourceVersion::source_id);
    return source != catalog.sources.end() && source->version == read.second;
  });
}

SharedResult ResultCache::find(const std::string& key, const catalog::Catalog& catalog) {
  const std::lock_guard lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  const auto entry = found->second;
  if (!is_current(*entry->result, catalog)) {
    drop(entry);
    return nullptr;
  }
  entries_.splice(entries_.begin(), entries_, entry);
  return entry->result;
}

void ResultCache::put(const std::string& key, SharedResult result) {
  if (result->rows.size() > max_entry_bytes() || result->bytes() > max_bytes_) return;
  const std::lock_guard lock(mutex_);
  if (const auto found = by_key_.find(key); found != by_key_.end()) drop(found->second);
  bytes_ += result->bytes();
  entries_.push_front({key, std::move(result)});
  by_key_[key] = entries_.begin();
  while (bytes_ > max_bytes_) drop(std::prev(entries_.end()));
}

void ResultCache::drop(std::list<Entry>::iterator entry) {
  bytes_ -= entry->result->bytes();
  by_key_.erase(entry->key);
  entries_.erase(entry);
}

void Flights::Lead::land(SharedResult result) {
  if (!flight_) return;
  {
    const std::lock_guard lock(flights_->mutex_);
    flight_->over = true;
    flight_->result = std::move(result);
    flights_->flights_.erase(key_);
  }
  flight_.reset();
  flights_->changed_.notify_all();
}

Flights::Joined Flights::join(const std::string& key, std::stop_token stop) {
  std::unique_lock lock(mutex_);
  auto& place = flights_[key];
  if (!place) {
    place = std::make_shared<Flight>();
    return {Lead(*this, key, place), nullptr};
  }
  const auto flight = place;
  changed_.wait(lock, std::move(stop), [&] { return flight->over; });
  return {std::nullopt, flight->result};
}

}  // namespace sextant::queries

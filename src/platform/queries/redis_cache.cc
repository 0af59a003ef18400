#include "platform/queries/redis_cache.h"

#include <sodium.h>

#include "base/json.h"
#include "base/log.h"

namespace sextant::queries {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kConnections = 4;                   // for reading
constexpr std::chrono::milliseconds kOpenPatience{2000};  // of the background
constexpr std::chrono::milliseconds kWritePatience{2000};

// The line in front of the rows.
struct Head {
  catalog::ResultHead head;
  catalog::ChartSpec suggested_chart;
  std::map<std::string, std::int64_t> versions_read;
};
BOOST_DESCRIBE_STRUCT(Head, (), (head, suggested_chart, versions_read))

// The number is that of the form of the value.
std::string name_of(const std::string& key) {
  std::string hex(key.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), reinterpret_cast<const unsigned char*>(key.data()),
                 key.size());
  hex.pop_back();
  return "sextant:answer:1:" + hex;
}

}  // namespace

std::string written_result(const CachedResult& result) {
  return json::dump(Head{result.head, result.suggested_chart, result.versions_read}) + "\n" +
         result.rows;
}

SharedResult read_result(std::string_view text) {
  const auto end = text.find('\n');
  if (end == std::string_view::npos) return nullptr;
  const auto parsed = json::parse(text.substr(0, end));
  if (!parsed) return nullptr;
  auto head = json::from_value<Head>(*parsed);
  if (!head) return nullptr;
  return std::make_shared<const CachedResult>(
      CachedResult{std::move(head->head), std::move(head->suggested_chart),
                   std::string(text.substr(end + 1)), std::move(head->versions_read)});
}

RedisCache::RedisCache(RedisAddress address)
    : address_(std::move(address)), thread_([this](std::stop_token stop) { work(stop); }) {}

RedisCache::~RedisCache() = default;

bool RedisCache::rests() const { return Clock::now() < rests_until_; }

SharedResult RedisCache::find(const std::string& key, const catalog::Catalog& catalog) {
  std::unique_ptr<RedisConnection> connection;
  {
    const std::lock_guard lock(mutex_);
    if (!free_.empty() && !rests()) {
      connection = std::move(free_.back());
      free_.pop_back();
    } else {
      wanted_ = true;
    }
  }
  if (!connection) {
    changed_.notify_one();
    ++skipped_;
    return nullptr;
  }
  auto value = connection->command({"GET", name_of(key)}, Clock::now() + kPatience);
  if (!value) {
    failed(value.error());
    const std::lock_guard lock(mutex_);
    --open_;
    return nullptr;
  }
  {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(connection));
  }
  auto result = *value ? read_result(**value) : nullptr;
  if (!result || !is_current(*result, catalog)) {
    ++misses_;
    return nullptr;
  }
  ++hits_;
  return result;
}

void RedisCache::put(const std::string& key, const CachedResult& result) {
  Entry entry{name_of(key), written_result(result)};
  {
    const std::lock_guard lock(mutex_);
    const auto size = entry.value.size();
    if (size > kMaxEntryBytes || waiting_bytes_ + size > kMaxWaitingBytes || rests()) {
      ++dropped_;
      return;
    }
    waiting_bytes_ += size;
    waiting_.push_back(std::move(entry));
  }
  changed_.notify_one();
}

RedisCacheStats RedisCache::stats() const {
  const std::lock_guard lock(mutex_);
  return {open_ > 0 && !rests(), hits_, misses_, skipped_, written_, dropped_, failures_};
}

void RedisCache::failed(const Error& error) {
  ++failures_;
  const std::lock_guard lock(mutex_);
  if (!rests()) log::warn("redis.left_alone", {{"reason", error.message}});
  rests_until_ = Clock::now() + kRest;
  // The others are as old: they are opened anew.
  open_ -= free_.size();
  free_.clear();
  waiting_.clear();
  waiting_bytes_ = 0;
  wanted_ = true;
}

bool RedisCache::write(const Entry& entry, std::unique_ptr<RedisConnection>& connection,
                       const std::stop_token& stop) {
  const auto seconds =
      std::to_string(std::chrono::duration_cast<std::chrono::seconds>(kKept).count());
  if (!connection) {
    auto opened = RedisConnection::open(address_, {Clock::now() + kOpenPatience, stop});
    if (!opened) {
      if (!stop.stop_requested()) failed(opened.error());
      return false;
    }
    connection = std::move(*opened);
  }
  const auto done = connection->command({"SET", entry.key, entry.value, "EX", seconds},
                                        {Clock::now() + kWritePatience, stop});
  if (!done) {
    connection.reset();
    if (!stop.stop_requested()) failed(done.error());
    return false;
  }
  ++written_;
  return true;
}

// Opens connections for reading, and writes.
void RedisCache::work(std::stop_token stop) {
  std::unique_ptr<RedisConnection> writer;
  while (!stop.stop_requested()) {
    std::optional<Entry> entry;
    bool open = false;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, stop, [&] { return wanted_ || !waiting_.empty(); });
      if (stop.stop_requested()) return;
      if (rests()) {
        changed_.wait_until(lock, stop, rests_until_, [] { return false; });
        continue;
      }
      open = wanted_ && open_ < kConnections;
      wanted_ = false;
      if (!waiting_.empty()) {
        entry = std::move(waiting_.front());
        waiting_.pop_front();
        waiting_bytes_ -= entry->value.size();
      }
    }
    if (open) {
      auto opened = RedisConnection::open(address_, {Clock::now() + kOpenPatience, stop});
      if (!opened) {
        if (stop.stop_requested()) return;
        writer.reset();
        failed(opened.error());
        continue;
      }
      const std::lock_guard lock(mutex_);
      free_.push_back(std::move(*opened));
      ++open_;
    }
    if (entry) write(*entry, writer, stop);
  }
}

}  // namespace sextant::queries

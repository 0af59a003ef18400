#include "analysis/formats/csv_chunks.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <thread>

namespace sextant::formats {
namespace {

constexpr std::int64_t kChunk = 4 << 20;
constexpr std::int64_t kLongestRecord = 64 << 20;

std::unexpected<Error> cancelled() { return fail(ErrorCode::cancelled, "Loading was cancelled."); }

// Runs `work(index)` for 0 … count - 1 on `threads` threads until one says false.
bool in_parallel(std::int64_t count, int threads,
                 const std::function<bool(std::int64_t, int)>& work) {
  std::atomic<std::int64_t> next{0};
  std::atomic<bool> good{true};
  const auto run = [&](int thread) {
    while (good) {
      const auto index = next.fetch_add(1);
      if (index >= count) return;
      if (!work(index, thread)) good = false;
    }
  };
  std::vector<std::jthread> helpers;
  for (int t = 1; t < threads; ++t) helpers.emplace_back([&run, t] { run(t); });
  run(0);
  helpers.clear();
  return good;
}

// Keeps the first error of several threads.
class FirstError {
 public:
  void set(Error error) {
    const std::lock_guard lock(mutex_);
    if (!error_) error_ = std::move(error);
  }
  const std::optional<Error>& get() const { return error_; }

 private:
  std::mutex mutex_;
  std::optional<Error> error_;
};

}  // namespace

Chunks::Chunks(const ScanRequest& request, std::stop_token stop)
    : request_(request), file_(*request.file), dialect_(request.dialect), stop_(std::move(stop)) {
  const auto size = file_.size() - request.data_offset;
  count_ = size <= 0 ? 0 : (size + kChunk - 1) / kChunk;
  threads_ = static_cast<int>(std::clamp<std::int64_t>(count_, 1, std::max(1, request.threads)));
  buffers_.resize(static_cast<std::size_t>(threads_));
  odd_.resize(static_cast<std::size_t>(count_), 0);
}

Result<bool> Chunks::find_quotes() {
  FirstError error;
  guessed_wrong_ = false;
  guessing_ = false;
  const bool counted = in_parallel(count_, threads_, [&](std::int64_t i, int thread) {
    if (stop_.stop_requested()) return false;
    auto& buffer = buffers_[static_cast<std::size_t>(thread)];
    buffer.resize(static_cast<std::size_t>(start(i + 1) - start(i)));
    const auto n = file_.read_at(start(i), buffer);
    if (!n) {
      error.set(n.error());
      return false;
    }
    const std::string_view bytes(buffer.data(), *n);
    if (bytes.contains('\0')) return false;
    odd_[static_cast<std::size_t>(i)] = has_odd_quotes(bytes);
    return true;
  });
  if (error.get()) return fail(*error.get());
  if (stop_.stop_requested()) return cancelled();
  if (!counted) return false;
  bool inside = false;
  for (auto& flag : odd_) {
    const bool before = inside;
    inside = inside != (flag != 0);
    flag = before;
  }
  return !inside;
}

Result<bool> Chunks::for_each(const Work& work) {
  FirstError error;
  std::atomic<std::int64_t> done{0};
  const bool finished = in_parallel(count_, threads_, [&](std::int64_t i, int thread) {
    if (stop_.stop_requested()) return false;
    auto& buffer = buffers_[static_cast<std::size_t>(thread)];
    // From one byte before the chunk, to see a line break there, to the end of its last record.
    const auto from = i == 0 ? start(0) : start(i) - 1;
    buffer.resize(static_cast<std::size_t>(start(i + 1) - from));
    const auto n = file_.read_at(from, buffer);
    if (!n || *n != buffer.size()) {
      error.set(n ? Error(ErrorCode::unreadable_file, "The file became shorter while it was read.")
                  : n.error());
      return false;
    }
    if (guessing_) {
      const auto bytes = std::string_view(buffer).substr(i == 0 ? 0 : 1);
      if (bytes.contains('\0')) return false;
      if (has_odd_quotes(bytes)) {
        guessed_wrong_ = true;
        return false;
      }
    }
    const auto first = i == 0 ? start(0) : boundary(buffer, from, i, i);
    const auto end = i + 1 >= count_ ? file_.size() : boundary(buffer, from, i + 1, i);
    if (first < 0 || end < 0) return false;
    if (first < end) {
      const char* data = buffer.data() - from;
      if (!work(data + first, data + end, end == file_.size(), i, thread)) return false;
    }
    const auto bytes = done += start(i + 1) - start(i);
    if (request_.on_bytes) request_.on_bytes(bytes);
    return true;
  });
  if (error.get()) return fail(*error.get());
  if (stop_.stop_requested()) return cancelled();
  return finished;
}

std::int64_t Chunks::start(std::int64_t i) const {
  return i >= count_ ? file_.size() : request_.data_offset + i * kChunk;
}

bool Chunks::has_odd_quotes(std::string_view bytes) const {
  return dialect_.quote != 0 && (std::ranges::count(bytes, dialect_.quote) & 1) != 0;
}

// Where the first record of chunk `which` starts. The buffer begins at `from` and holds chunk
// `held`; it is extended where the record goes on. -1: too long.
std::int64_t Chunks::boundary(std::string& buffer, std::int64_t from, std::int64_t which,
                              std::int64_t held) const {
  auto position = static_cast<std::size_t>(start(which) - 1 - from);
  bool quoted = odd_[static_cast<std::size_t>(which)] != 0;
  // Parity before the byte at start - 1: undo a quote that stands exactly there.
  if (dialect_.quote != 0 && buffer[position] == dialect_.quote) quoted = !quoted;
  while (true) {
    for (; position < buffer.size(); ++position) {
      const char c = buffer[position];
      if (dialect_.quote != 0 && c == dialect_.quote)
        quoted = !quoted;
      else if (c == '\n' && !quoted)
        return from + static_cast<std::int64_t>(position) + 1;
    }
    const auto end = from + static_cast<std::int64_t>(buffer.size());
    if (end >= file_.size()) return file_.size();
    if (end - start(held + 1) > kLongestRecord) return -1;
    const auto more = std::min<std::int64_t>(64 << 10, file_.size() - end);
    buffer.resize(buffer.size() + static_cast<std::size_t>(more));
    const auto got = file_.read_at(end, std::span(buffer).subspan(position));
    if (!got || static_cast<std::int64_t>(*got) != more) return -1;
  }
}

}  // namespace sextant::formats

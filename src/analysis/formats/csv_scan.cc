#include "analysis/formats/csv_scan.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <mutex>
#include <optional>
#include <thread>

#include "analysis/formats/csv_reader.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace sextant::formats {
namespace {

constexpr std::int64_t kChunk = 4 << 20;
constexpr std::int64_t kLongestRecord = 64 << 20;
constexpr std::size_t kWidest = 20'000;

std::unexpected<Error> cancelled() { return fail(ErrorCode::cancelled, "Loading was cancelled."); }

// The next delimiter, quote or line break in [p, end); end when there is none. May read nothing
// beyond `end`.
class CellEnd {
 public:
  CellEnd(char delimiter, char quote) : delimiter_(delimiter), quote_(quote) {
    if (quote == 0) quote_ = '\n';
#if defined(__SSE2__)
    delimiters_ = _mm_set1_epi8(delimiter_);
    quotes_ = _mm_set1_epi8(quote_);
#endif
  }

  const char* find(const char* p, const char* end) const {
#if defined(__SSE2__)
    const __m128i newlines = _mm_set1_epi8('\n');
    const __m128i returns = _mm_set1_epi8('\r');
    while (end - p >= 16) {
      const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
      const __m128i hits = _mm_or_si128(
          _mm_or_si128(_mm_cmpeq_epi8(block, delimiters_), _mm_cmpeq_epi8(block, quotes_)),
          _mm_or_si128(_mm_cmpeq_epi8(block, newlines), _mm_cmpeq_epi8(block, returns)));
      if (const int mask = _mm_movemask_epi8(hits))
        return p + __builtin_ctz(static_cast<unsigned>(mask));
      p += 16;
    }
#endif
    while (p < end && *p != delimiter_ && *p != quote_ && *p != '\n' && *p != '\r') ++p;
    return p;
  }

 private:
  char delimiter_;
  char quote_;
#if defined(__SSE2__)
  __m128i delimiters_;
  __m128i quotes_;
#endif
};

// One thread's share of a regular scan.
struct Partial {
  std::int64_t records = 0;
  std::int64_t longest = 0;   // bytes of a record
  std::int64_t returns = 0;   // records that end in CR LF
  std::int64_t newlines = 0;  // in LF alone
  std::vector<ColumnEvidence> columns;
};

// Walks over the records of [p, end), which starts at a record and ends after one. False:
// irregular. on_cell(record start, column, cell).
template <class OnCell>
bool walk_records(const char* p, const char* end, const Dialect& dialect, const CellEnd& cell_end,
                  bool last, std::size_t columns, Partial& out, const OnCell& on_cell) {
  while (p < end) {
    const char* record = p;
    if (*p == '\n' || (*p == '\r' && p + 1 < end && p[1] == '\n')) {
      if (columns == 1) return false;
      p += *p == '\n' ? 1 : 2;
      continue;  // a blank line
    }
    std::size_t column = 0;
    while (true) {
      if (column >= columns) return false;
      const char* from = p;
      const char* to;
      if (dialect.quote != 0 && p < end && *p == dialect.quote) {
        from = ++p;
        while (true) {
          p = static_cast<const char*>(
              std::memchr(p, dialect.quote, static_cast<std::size_t>(end - p)));
          if (!p) return false;
          if (p + 1 >= end || p[1] != dialect.quote) break;
          p += 2;
        }
        to = p++;
        if (p < end && *p != dialect.delimiter && *p != '\n' && *p != '\r') return false;
      } else {
        to = p = cell_end.find(p, end);
        if (dialect.quote != 0 && p < end && *p == dialect.quote) return false;
      }
      on_cell(record, column, std::string_view(from, static_cast<std::size_t>(to - from)));
      ++column;
      if (p < end && *p == dialect.delimiter) {
        ++p;
        continue;
      }
      break;
    }
    if (column != columns) return false;
    out.longest = std::max<std::int64_t>(out.longest, p - record);
    ++out.records;
    if (p >= end) {
      if (!last) return false;
      break;
    }
    if (*p == '\r') {
      if (p + 1 >= end || p[1] != '\n') return false;
      ++out.returns;
      p += 2;
    } else {
      ++out.newlines;
      ++p;
    }
    if (out.returns > 0 && out.newlines > 0) return false;
  }
  return true;
}

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

// A file cut into chunks; chunk i owns the records that start in [start(i), start(i + 1)).
//
// Where a record starts depends on the quotes before it. Either find_quotes() reads the file for
// them first, or for_each() guesses that no chunk starts inside quotes and checks the guess as it
// goes: it holds when each chunk has an even number of quotes.
class Chunks {
 public:
  Chunks(const ScanRequest& request, std::stop_token stop)
      : request_(request), file_(*request.file), dialect_(request.dialect), stop_(std::move(stop)) {
    const auto size = file_.size() - request.data_offset;
    count_ = size <= 0 ? 0 : (size + kChunk - 1) / kChunk;
    threads_ = static_cast<int>(std::clamp<std::int64_t>(count_, 1, std::max(1, request.threads)));
    buffers_.resize(static_cast<std::size_t>(threads_));
    odd_.resize(static_cast<std::size_t>(count_), 0);
  }

  std::int64_t count() const { return count_; }
  int threads() const { return threads_; }

  // Finds out which chunks start inside quotes: the parity of the quotes before them. False: there
  // are zero bytes or an odd number of quotes.
  Result<bool> find_quotes() {
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

  // Whether the last for_each() ended early for its guess; find_quotes() is needed then.
  bool guessed_wrong() const { return guessed_wrong_; }

  // work(records, their end, whether it is the file's end, chunk, thread); false stops everything.
  using Work = std::function<bool(const char*, const char*, bool, std::int64_t, int)>;
  Result<bool> for_each(const Work& work) {
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
        error.set(
            n ? Error(ErrorCode::unreadable_file, "The file became shorter while it was read.")
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

 private:
  std::int64_t start(std::int64_t i) const {
    return i >= count_ ? file_.size() : request_.data_offset + i * kChunk;
  }

  bool has_odd_quotes(std::string_view bytes) const {
    return dialect_.quote != 0 && (std::ranges::count(bytes, dialect_.quote) & 1) != 0;
  }

  // Where the first record of chunk `which` starts. The buffer begins at `from` and holds chunk
  // `held`; it is extended where the record goes on. -1: too long.
  std::int64_t boundary(std::string& buffer, std::int64_t from, std::int64_t which,
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

  const ScanRequest& request_;
  const InputFile& file_;
  const Dialect& dialect_;
  std::stop_token stop_;
  std::int64_t count_ = 0;
  int threads_ = 1;
  std::vector<std::string> buffers_;  // one per thread
  std::vector<char> odd_;             // per chunk: starts inside quotes
  bool guessing_ = true;
  std::atomic<bool> guessed_wrong_ = false;
};

}  // namespace

std::vector<ColumnEvidence> ScanRequest::fresh_columns() const {
  std::vector<ColumnEvidence> out(columns);
  for (std::size_t c = 0; c < columns && c < missing.size(); ++c) out[c].set_missing(missing[c]);
  return out;
}

Result<Scan> scan_regular(const ScanRequest& request, std::stop_token stop) {
  Scan scan;
  scan.columns = request.fresh_columns();
  Chunks chunks(request, stop);
  if (chunks.count() == 0) return scan;
  const CellEnd cell_end(request.dialect.delimiter, request.dialect.quote);
  std::vector<Partial> partials;
  const auto scan_all = [&] {
    partials.assign(static_cast<std::size_t>(chunks.threads()), {});
    for (auto& partial : partials) partial.columns = request.fresh_columns();
    return chunks.for_each(
        [&](const char* first, const char* end, bool last, std::int64_t, int thread) {
          auto& partial = partials[static_cast<std::size_t>(thread)];
          return walk_records(first, end, request.dialect, cell_end, last, request.columns, partial,
                              [&](const char*, std::size_t column, std::string_view cell) {
                                partial.columns[column].add(cell);
                              });
        });
  };
  TRY(bool scanned, scan_all());
  if (!scanned && chunks.guessed_wrong()) {
    TRY(const bool closed, chunks.find_quotes());
    if (!closed) return Scan{.regular = false};
    TRY(scanned, scan_all());
  }
  if (!scanned) return Scan{.regular = false};

  std::int64_t returns = 0;
  std::int64_t newlines = 0;
  for (const auto& partial : partials) {
    scan.records += partial.records;
    scan.longest_record = std::max(scan.longest_record, partial.longest);
    returns += partial.returns;
    newlines += partial.newlines;
    for (std::size_t c = 0; c < request.columns; ++c) scan.columns[c].merge(partial.columns[c]);
  }
  if (returns > 0 && newlines > 0) return Scan{.regular = false};
  return scan;
}

Result<std::vector<Misfit>> find_misfits(const ScanRequest& request,
                                         const std::vector<const ColumnPlan*>& plans,
                                         std::stop_token stop) {
  Chunks chunks(request, stop);
  TRY(const bool closed, chunks.find_quotes());
  const CellEnd cell_end(request.dialect.delimiter, request.dialect.quote);
  std::vector<std::int64_t> lines(static_cast<std::size_t>(chunks.count()), 0);
  std::vector<std::vector<Misfit>> found(static_cast<std::size_t>(chunks.count()));
  TRY(const bool walked,
      chunks.for_each([&](const char* first, const char* end, bool last, std::int64_t chunk, int) {
        auto& misfits = found[static_cast<std::size_t>(chunk)];
        lines[static_cast<std::size_t>(chunk)] = std::count(first, end, '\n');
        Partial ignored;
        std::string scratch;
        return walk_records(
            first, end, request.dialect, cell_end, last, request.columns, ignored,
            [&](const char* record, std::size_t column, std::string_view cell) {
              if (!plans[column] || cell.empty()) return;
              scratch.clear();
              if (append_canonical(scratch, cell, *plans[column])) return;
              misfits.push_back({std::count(first, record, '\n'), column, std::string(cell)});
            });
      }));
  if (!closed || !walked) return fail(ErrorCode::internal, "a regular file became irregular");
  std::vector<Misfit> out;
  std::int64_t line = request.data_line;
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (auto& misfit : found[i]) {
      misfit.line += line;
      out.push_back(std::move(misfit));
    }
    line += lines[i];
  }
  return out;
}

Result<std::int64_t> for_each_record(const ScanRequest& request, std::stop_token stop,
                                     const std::function<Result<>(const Record&)>& visit) {
  std::int64_t at = request.data_offset;
  CsvReader reader(request.dialect, [&](char* buffer, std::size_t size) -> Result<std::size_t> {
    if (stop.stop_requested()) return cancelled();
    TRY(const auto n, request.file->read_at(at, {buffer, size}));
    at += static_cast<std::int64_t>(n);
    if (request.on_bytes) request.on_bytes(at);
    return n;
  });
  Record record;
  while (true) {
    TRY(const bool more, reader.next(record));
    if (!more) return reader.irregular_quotes();
    if (record.blank && request.columns > 1) continue;
    record.line += request.data_line - 1;
    TRY_VOID(visit(record));
  }
}

Result<Scan> scan_irregular(const ScanRequest& request, std::stop_token stop) {
  Scan scan;
  scan.regular = false;
  scan.columns = request.fresh_columns();
  TRY(scan.irregular_quotes, for_each_record(request, stop, [&](const Record& record) -> Result<> {
        if (record.comment) {
          ++scan.comments;
          return {};
        }
        const auto width = record.cells.size();
        if (width > kWidest) {
          return fail(ErrorCode::unreadable_file,
                      "Line " + std::to_string(record.line) + " has more than 20,000 columns.");
        }
        if (width < request.columns) ++scan.short_records;
        if (width > scan.columns.size()) scan.columns.resize(width);
        bool extra = false;
        for (std::size_t c = 0; c < width; ++c) {
          scan.columns[c].add(record.cells[c]);
          if (c >= request.columns && !record.cells[c].empty()) extra = true;
        }
        if (extra) ++scan.long_records;
        ++scan.records;
        scan.longest_record = std::max(scan.longest_record, record.end_offset - record.offset);
        return {};
      }));
  return scan;
}

}  // namespace sextant::formats

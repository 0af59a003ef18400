#include "analysis/formats/csv_scan.h"

#include <algorithm>
#include <cstring>

#include "analysis/formats/csv_chunks.h"
#include "analysis/formats/csv_reader.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace sextant::formats {
namespace {

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

bool repeats_header(const ScanRequest& request, const Record& record) {
  return !request.header.empty() && std::ranges::equal(record.cells, request.header);
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
        if (repeats_header(request, record)) {
          ++scan.headers;
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

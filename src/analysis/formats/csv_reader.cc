#include "analysis/formats/csv_reader.h"

#include <algorithm>
#include <cstring>

namespace sextant::formats {
namespace {

constexpr std::size_t kBlock = 1 << 20;
constexpr std::size_t kLongestRecord = 64 << 20;

bool is_blank(char c) { return c == ' ' || c == '\t'; }

}  // namespace

CsvReader::CsvReader(Dialect dialect, Source source)
    : dialect_(std::move(dialect)), source_(std::move(source)) {}

CsvReader::CsvReader(Dialect dialect, std::string_view text)
    : dialect_(std::move(dialect)), buffer_(text), at_end_(true) {}

Result<bool> CsvReader::fill() {
  if (at_end_) return false;
  if (start_ > 0) {
    buffer_.erase(0, start_);
    offset_ += static_cast<std::int64_t>(start_);
    start_ = 0;
  }
  const auto old = buffer_.size();
  const auto more = std::max(kBlock, old);
  buffer_.resize(old + more);
  TRY(const auto n, source_(buffer_.data() + old, more));
  buffer_.resize(old + n);
  if (n == 0) at_end_ = true;
  return n > 0;
}

Result<bool> CsvReader::next(Record& record) {
  bool quoting = dialect_.quote != 0;
  while (true) {
    if (start_ >= buffer_.size()) {
      TRY(const bool more, fill());
      if (!more) return false;
      continue;
    }
    irregular_ = false;
    const auto outcome = dialect_.starts.empty() ? parse(record, quoting) : parse_aligned(record);
    if (outcome == Outcome::done) break;
    if (buffer_.size() - start_ > kLongestRecord && quoting) {
      quoting = false;  // a quote that is never closed swallows everything: take it as text
      ++irregular_quotes_;
      continue;
    }
    if (buffer_.size() - start_ > kLongestRecord) {
      return fail(ErrorCode::unreadable_file,
                  "Line " + std::to_string(line_) + " is longer than 64 MB.",
                  "Check that the file has line breaks between its rows.");
    }
    if (at_end_) {  // the text ends inside quotes
      quoting = false;
      ++irregular_quotes_;
      continue;
    }
    TRY_VOID(fill());
  }
  if (irregular_) ++irregular_quotes_;
  record.line = line_;
  record.offset = offset_ + static_cast<std::int64_t>(start_);
  record.end_offset = offset_ + static_cast<std::int64_t>(next_start_);
  record.cells.clear();
  record.quoted.clear();
  for (const auto& span : spans_) {
    const std::string& from = span.owned ? unescaped_ : buffer_;
    record.cells.emplace_back(from.data() + span.from, span.to - span.from);
    record.quoted.push_back(span.owned);
  }
  start_ = next_start_;
  line_ = next_line_;
  return true;
}

// A line whose columns are aligned; rules under the header are blank.
CsvReader::Outcome CsvReader::parse_aligned(Record& record) {
  const auto rest = std::string_view(buffer_).substr(start_);
  const auto end = std::min(rest.find_first_of("\r\n"), rest.size());
  if (end + 1 >= rest.size() && !at_end_) return Outcome::more_needed;
  const auto line = rest.substr(0, end);
  spans_.clear();
  for (const auto cell : cut_line(line, dialect_.starts)) {
    const auto from =
        cell.empty() ? start_ : static_cast<std::size_t>(cell.data() - buffer_.data());
    spans_.push_back({from, from + cell.size(), false});
  }
  record.blank = line.find_first_not_of(" \t") == line.npos || is_rule(line);
  record.comment = false;
  next_start_ = start_ + end;
  if (end < rest.size()) next_start_ += rest.substr(end).starts_with("\r\n") ? 2 : 1;
  next_line_ = line_ + 1;
  return Outcome::done;
}

CsvReader::Outcome CsvReader::parse(Record& record, bool quoting) {
  const char* data = buffer_.data();
  const std::size_t size = buffer_.size();
  std::size_t at = start_;
  next_line_ = line_;
  spans_.clear();
  unescaped_.clear();
  record.blank = false;
  record.comment = dialect_.comment != 0 && data[at] == dialect_.comment;
  const char delimiter = dialect_.delimiter;
  const auto ends_cell = [&](char c) {
    return c == '\n' || c == '\r' || (delimiter != 0 && c == delimiter);
  };
  while (true) {
    std::size_t begin = at;
    if (dialect_.trim) {
      while (begin < size && is_blank(data[begin]) && data[begin] != delimiter) ++begin;
    }
    bool closed = false;
    if (quoting && !record.comment && begin < size && data[begin] == dialect_.quote) {
      // Quoted cell: copied, since quotes inside are written twice (or after a backslash).
      const auto owned_from = unescaped_.size();
      std::size_t i = begin + 1;
      while (true) {
        if (i >= size) return Outcome::more_needed;
        const char c = data[i];
        if (dialect_.backslash && c == '\\') {
          if (i + 1 >= size) return Outcome::more_needed;
          if (data[i + 1] == dialect_.quote || data[i + 1] == '\\') ++i;
          unescaped_.push_back(data[i++]);
          continue;
        }
        if (c == dialect_.quote) {
          if (i + 1 >= size && !at_end_) return Outcome::more_needed;
          if (i + 1 < size && data[i + 1] == dialect_.quote) {
            unescaped_.push_back(c);
            i += 2;
            continue;
          }
          std::size_t after = i + 1;
          if (dialect_.trim) {
            while (after < size && is_blank(data[after]) && data[after] != delimiter) ++after;
          }
          if (after >= size && !at_end_) return Outcome::more_needed;
          if (after >= size || ends_cell(data[after])) {
            at = after;
            closed = true;
            break;
          }
          // Text after the closing quote: the quote was one of the text.
          irregular_ = true;
          unescaped_.push_back(c);
          ++i;
          continue;
        }
        if (c == '\n' || (c == '\r' && (i + 1 >= size || data[i + 1] != '\n'))) ++next_line_;
        unescaped_.push_back(c);
        ++i;
      }
      if (closed) spans_.push_back({owned_from, unescaped_.size(), true});
    }
    if (!closed) {
      std::size_t i = begin;
      if (record.comment) {
        while (i < size && data[i] != '\n' && data[i] != '\r') ++i;
      } else {
        while (i < size && !ends_cell(data[i])) ++i;
      }
      if (i >= size && !at_end_) return Outcome::more_needed;
      std::size_t end = i;
      if (dialect_.trim) {
        while (end > begin && is_blank(data[end - 1])) --end;
      }
      spans_.push_back({begin, end, false});
      at = i;
    }
    if (at < size && data[at] == delimiter && delimiter != 0) {
      ++at;
      if (at >= size && !at_end_) return Outcome::more_needed;
      continue;
    }
    break;
  }
  // Now at the end of the file or on a line break.
  if (at < size) {
    if (data[at] == '\r') {
      if (at + 1 >= size && !at_end_) return Outcome::more_needed;
      at += at + 1 < size && data[at + 1] == '\n' ? 2 : 1;
    } else {
      ++at;
    }
    ++next_line_;
  }
  record.blank = spans_.size() == 1 && spans_[0].from == spans_[0].to && !spans_[0].owned;
  next_start_ = at;
  return Outcome::done;
}

}  // namespace sextant::formats

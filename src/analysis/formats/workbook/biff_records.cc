#include "analysis/formats/workbook/biff_records.h"

#include <algorithm>

#include "analysis/formats/workbook/bytes.h"
#include "analysis/formats/workbook/limits.h"

namespace sextant::formats::workbook {
namespace {
constexpr std::size_t kBuffer = 256 << 10;
constexpr int kContinue = 0x3C;
}  // namespace

Result<std::string_view> BiffRecords::peek(std::int64_t offset, std::size_t count) {
  const auto end = buffer_start_ + static_cast<std::int64_t>(buffer_.size());
  if (offset < buffer_start_ || offset + static_cast<std::int64_t>(count) > end) {
    buffer_.resize(kBuffer);
    TRY(const auto got, stream_.read_at(file_, offset, buffer_));
    buffer_.resize(got);
    buffer_start_ = offset;
  }
  const auto at = static_cast<std::size_t>(offset - buffer_start_);
  return std::string_view(buffer_).substr(at, count);
}

Result<bool> BiffRecords::load(std::int64_t offset) {
  TRY(const auto head, peek(offset, 4));
  if (head.size() < 4) return false;
  const int id = u16(head, 0);
  const std::size_t size = u16(head, 2);
  TRY(const auto all, peek(offset, 4 + size));
  if (all.size() < 4 + size) return false;
  id_ = id;
  data_ = all.substr(4);
  next_ = offset + 4 + static_cast<std::int64_t>(size);
  at_ = 0;
  return true;
}

Result<bool> BiffRecords::next() {
  start_ = next_;
  return load(next_);
}

Result<bool> BiffRecords::next_continue() {
  TRY(const auto head, peek(next_, 4));
  if (head.size() < 4 || u16(head, 0) != kContinue) {
    data_ = {};
    at_ = 0;
    return false;
  }
  return load(next_);
}

Result<bool> BiffRecords::bytes(std::string& out, std::size_t count) {
  out.clear();
  while (out.size() < count) {
    if (at_ >= data_.size()) {
      TRY(const bool more, next_continue());
      if (!more) return false;
      continue;
    }
    const auto take = std::min(count - out.size(), data_.size() - at_);
    out += data_.substr(at_, take);
    at_ += take;
  }
  return true;
}

Result<bool> BiffRecords::skip(std::size_t count) {
  while (count > 0) {
    if (at_ >= data_.size()) {
      TRY(const bool more, next_continue());
      if (!more) return false;
      continue;
    }
    const auto take = std::min(count, data_.size() - at_);
    at_ += take;
    count -= take;
  }
  return true;
}

Result<bool> BiffRecords::unicode(std::string& out, std::size_t characters, bool wide) {
  std::uint32_t high = 0;
  const auto add = [&](std::uint32_t unit) {
    if (unit >= 0xD800 && unit < 0xDC00) {
      if (high) append_utf8(out, 0xFFFD);
      high = unit;
      return;
    }
    if (unit >= 0xDC00 && unit < 0xE000) {
      append_utf8(out, high ? 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00) : 0xFFFD);
      high = 0;
      return;
    }
    if (high) append_utf8(out, 0xFFFD);
    high = 0;
    append_utf8(out, unit);
  };
  while (characters > 0) {
    if (at_ >= data_.size()) {
      TRY(const bool more, next_continue());
      if (!more) return false;
      // The characters go on after a new flag of their width.
      wide = (u8(data_, 0) & 1) != 0;
      at_ = 1;
      if (data_.size() < 2) return false;
      continue;
    }
    if (wide) {
      if (at_ + 1 >= data_.size()) {
        at_ = data_.size();
        continue;
      }
      add(u16(data_, at_));
      at_ += 2;
    } else {
      add(u8(data_, at_++));
    }
    --characters;
  }
  if (high) append_utf8(out, 0xFFFD);
  return true;
}

Result<bool> BiffRecords::long_string(std::string& out) {
  out.clear();
  std::string head;
  TRY(bool good, bytes(head, 3));
  if (!good) return false;
  const auto characters = u16(head, 0);
  const auto flags = u8(head, 2);
  std::size_t after = 0;
  if (flags & 8) {
    TRY(good, bytes(head, 2));
    if (!good) return false;
    after += 4u * u16(head, 0);
  }
  if (flags & 4) {
    TRY(good, bytes(head, 4));
    if (!good) return false;
    after += u32(head, 0);
  }
  TRY(good, unicode(out, characters, (flags & 1) != 0));
  if (!good) return false;
  return skip(after);
}

}  // namespace sextant::formats::workbook

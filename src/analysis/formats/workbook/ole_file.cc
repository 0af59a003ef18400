#include "analysis/formats/workbook/ole_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "analysis/formats/workbook/bytes.h"
#include "base/text.h"

namespace sextant::formats::workbook {
namespace {

constexpr std::uint32_t kLastSector = 0xFFFFFFFA;  // greater ones are marks

std::unexpected<Error> damaged(std::string what) {
  return fail(ErrorCode::unreadable_file,
              "The workbook's container is damaged: " + std::move(what) + ".",
              "Upload it again, or open it and save it under a new name.");
}

}  // namespace

Result<std::size_t> OleStream::read_at(const InputFile& file, std::int64_t offset,
                                       std::span<char> buffer) const {
  std::size_t done = 0;
  while (done < buffer.size() && offset < size) {
    const auto piece = static_cast<std::size_t>(offset / piece_size);
    if (piece >= pieces.size()) break;
    const auto inside = offset % piece_size;
    // Pieces that follow each other are read at once.
    auto run = piece_size - inside;
    for (auto p = piece + 1; p < pieces.size() && pieces[p] == pieces[p - 1] + piece_size &&
                             run < static_cast<std::int64_t>(buffer.size());
         ++p)
      run += piece_size;
    const auto want = static_cast<std::size_t>(
        std::min({run, size - offset, static_cast<std::int64_t>(buffer.size() - done)}));
    TRY(const auto got, file.read_at(pieces[piece] + inside, buffer.subspan(done, want)));
    done += got;
    offset += static_cast<std::int64_t>(got);
    if (got < want) break;
  }
  return done;
}

Result<std::string> OleFile::read_sector(std::uint32_t sector) const {
  TRY(auto text, file_->read_text(offset_of(sector), sector_size_));
  if (text.empty()) return damaged(fmt::format("sector {} is beyond the end of the file", sector));
  text.resize(static_cast<std::size_t>(sector_size_), '\0');
  return text;
}

Result<std::vector<std::uint32_t>> OleFile::chain(std::uint32_t start,
                                                  const std::vector<std::uint32_t>& table) const {
  std::vector<std::uint32_t> out;
  for (auto sector = start; sector < kLastSector; sector = table[sector]) {
    if (sector >= table.size())
      return damaged(fmt::format("sector {} is not in its table", sector));
    if (out.size() >= table.size()) return damaged("its sectors form a ring");
    out.push_back(sector);
  }
  return out;
}

Result<OleFile> OleFile::open(const InputFile& file) {
  OleFile ole;
  ole.file_ = &file;
  TRY(const auto header, file.read_text(0, 512));
  if (header.size() < 512) return damaged("it is cut off in its header");
  const auto shift = u16(header, 30);
  const auto mini_shift = u16(header, 32);
  if ((shift != 9 && shift != 12) || mini_shift > shift || mini_shift < 4)
    return damaged("bad sector size");
  ole.sector_size_ = 1 << shift;
  ole.mini_size_ = 1 << mini_shift;
  ole.cutoff_ = u32(header, 56);
  const auto sectors = static_cast<std::size_t>(file.size() / ole.sector_size_ + 1);

  std::vector<std::uint32_t> fat_sectors;
  for (std::size_t i = 0; i < 109; ++i) fat_sectors.push_back(u32(header, 76 + 4 * i));
  std::size_t difats = 0;
  for (auto sector = u32(header, 68); sector < kLastSector;) {
    if (sector >= sectors || ++difats > sectors) return damaged("bad list of sector tables");
    TRY(const auto text, ole.read_sector(sector));
    const auto count = static_cast<std::size_t>(ole.sector_size_ / 4 - 1);
    for (std::size_t i = 0; i < count; ++i) fat_sectors.push_back(u32(text, 4 * i));
    sector = u32(text, 4 * count);
  }
  for (const auto sector : fat_sectors) {
    if (sector >= kLastSector) continue;
    if (sector >= sectors || ole.fat_.size() > sectors + 1024) continue;
    TRY(const auto text, ole.read_sector(sector));
    for (std::size_t i = 0; i + 4 <= text.size(); i += 4) ole.fat_.push_back(u32(text, i));
  }
  TRY_VOID(ole.read_directory(u32(header, 48)));
  TRY(const auto mini_sectors, ole.chain(u32(header, 60), ole.fat_));
  for (const auto sector : mini_sectors) {
    TRY(const auto text, ole.read_sector(sector));
    for (std::size_t i = 0; i + 4 <= text.size(); i += 4) ole.mini_fat_.push_back(u32(text, i));
  }
  return ole;
}

Result<> OleFile::read_directory(std::uint32_t start) {
  TRY(const auto sectors, chain(start, fat_));
  for (const auto sector : sectors) {
    TRY(const auto text, read_sector(sector));
    for (std::size_t at = 0; at + 128 <= text.size() && entries_.size() < 100'000; at += 128) {
      Entry entry;
      const auto bytes = std::min<std::size_t>(u16(text, at + 64), 64);
      for (std::size_t i = 0; i + 2 < bytes + 1 && i < 64; i += 2) {
        if (text[at + i] != 0) entry.name.push_back(text[at + i]);
      }
      entry.name = text::lower_ascii(entry.name);
      entry.type = text[at + 66];
      entry.start = u32(text, at + 116);
      entry.size = u32(text, at + 120);
      entries_.push_back(std::move(entry));
    }
  }
  if (entries_.empty()) return damaged("it has no directory");
  return {};
}

bool OleFile::has(std::string_view name) const {
  return std::ranges::any_of(entries_,
                             [&](const Entry& e) { return e.type == 2 && e.name == name; });
}

Result<OleStream> OleFile::stream(std::string_view name) const {
  const auto found =
      std::ranges::find_if(entries_, [&](const Entry& e) { return e.type == 2 && e.name == name; });
  if (found == entries_.end()) return damaged(fmt::format("it has no stream “{}”", name));
  OleStream out;
  out.size = found->size;
  if (found->size >= cutoff_) {
    TRY(const auto sectors, chain(found->start, fat_));
    out.piece_size = sector_size_;
    for (const auto sector : sectors) out.pieces.push_back(offset_of(sector));
    return out;
  }
  TRY(const auto root, chain(entries_.front().start, fat_));
  TRY(const auto minis, chain(found->start, mini_fat_));
  out.piece_size = mini_size_;
  for (const auto mini : minis) {
    const auto position = static_cast<std::int64_t>(mini) * mini_size_;
    const auto sector = static_cast<std::size_t>(position / sector_size_);
    if (sector >= root.size()) return damaged("a small stream is cut off");
    out.pieces.push_back(offset_of(root[sector]) + position % sector_size_);
  }
  return out;
}

}  // namespace sextant::formats::workbook

#include "analysis/formats/workbook/sheet_spool.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "analysis/formats/workbook/limits.h"

namespace sextant::formats::workbook {
namespace {

constexpr std::size_t kMostRuns = 200'000;
constexpr std::size_t kMostSpans = 2'000'000;
constexpr std::int64_t kMostUnordered = 10'000'000;
constexpr std::size_t kChunk = 1 << 20;

// Before its text, each cell is this.
struct Header {
  std::uint32_t row;
  std::uint16_t column;
  std::uint16_t format;
  std::uint32_t text;    // bytes that follow
  std::uint32_t shared;  // position + 1 in the shared strings; 0: none
  double number;
  std::uint8_t kind;
  std::uint8_t unused[7];
};
static_assert(sizeof(Header) == 32);

Cell to_cell(const Header& header, const char* text, const Reader& reader) {
  Cell cell;
  cell.row = header.row;
  cell.column = header.column;
  cell.format = header.format;
  cell.kind = static_cast<CellKind>(header.kind);
  cell.number = header.number;
  if (header.shared > 0) {
    cell.shared = static_cast<std::int64_t>(header.shared) - 1;
    cell.text = reader.shared_string(cell.shared);
  } else {
    cell.text = {text, header.text};
  }
  return cell;
}

}  // namespace

SheetSpool::SheetSpool(SheetInfo info, const Reader& reader, const std::string& temp_directory)
    : info_(std::move(info)),
      reader_(&reader),
      temp_directory_(temp_directory),
      file_(std::make_unique<TemporaryFile>(temp_directory, ".cells")) {}

Result<> SheetSpool::write(const Cell& cell) {
  Header header{};
  header.row = cell.row;
  header.column = static_cast<std::uint16_t>(cell.column);
  header.format = cell.format;
  header.kind = static_cast<std::uint8_t>(cell.kind);
  header.number = cell.number;
  header.shared = static_cast<std::uint32_t>(cell.shared + 1);
  header.text = cell.shared >= 0 ? 0 : static_cast<std::uint32_t>(cell.text.size());
  auto& out = writer_->buffer();
  if (marks_.empty() ||
      (cell.row != marks_.back().first && writer_->bytes() - marks_.back().second > (4 << 20)))
    marks_.emplace_back(cell.row, writer_->bytes());
  out.append(reinterpret_cast<const char*>(&header), sizeof header);
  if (header.shared == 0) out += cell.text;
  return writer_->flush_if_full();
}

Result<> SheetSpool::add(const Cell& cell) {
  if (!writer_) {
    TRY(auto writer, TextWriter::create(file_->path()));
    writer_.emplace(std::move(writer));
  }
  ++cells_;
  text_bytes_ += static_cast<std::int64_t>(
      cell.shared >= 0 ? reader_->shared_string(cell.shared).size() : cell.text.size());
  if (text_bytes_ > kMostText) {
    return fail(
        ErrorCode::too_large,
        fmt::format("Sheet “{}” holds more than {} GB of text.", info_.name, kMostText >> 30),
        "Split the workbook, or save the sheet as CSV.");
  }
  if (cell.row < last_row_ || (cell.row == last_row_ && cell.column <= last_column_))
    unordered_ = true;
  last_row_ = cell.row;
  last_column_ = cell.column;
  return write(cell);
}

void SheetSpool::merge(const Range& range) {
  if (merges_.size() < kMostMerges && (range.bottom > range.top || range.right > range.left))
    merges_.push_back(range);
}

Result<> SheetSpool::finish() {
  if (!writer_) return {};
  bytes_ = writer_->bytes();
  TRY_VOID(writer_->close());
  writer_.reset();
  if (unordered_) TRY_VOID(sort());
  return index();
}

// Cells that do not come row by row (some writers do that) are sorted; of two for one place the
// later one counts.
Result<> SheetSpool::sort() {
  if (cells_ > kMostUnordered) {
    return fail(ErrorCode::too_large,
                fmt::format("The cells of sheet “{}” are not in the order of rows, and there are "
                            "more than {} million.",
                            info_.name, kMostUnordered / 1'000'000),
                "Open the workbook and save it under a new name.");
  }
  struct Key {
    std::uint32_t row;
    std::uint32_t column;
    std::int64_t offset;
  };
  std::vector<Key> keys;
  TRY(const auto file, InputFile::open(file_->path()));
  Header header{};
  const auto read = [&](std::int64_t offset) -> Result<> {
    TRY(const auto got, file.read_at(offset, {reinterpret_cast<char*>(&header), sizeof header}));
    if (got != sizeof header) return fail(ErrorCode::internal, "the cells of a sheet are cut off");
    return {};
  };
  for (std::int64_t offset = 0; offset < bytes_;
       offset += static_cast<std::int64_t>(sizeof header) + header.text) {
    TRY_VOID(read(offset));
    keys.push_back({header.row, header.column, offset});
  }
  std::ranges::sort(keys, [](const Key& a, const Key& b) {
    return std::tie(a.row, a.column, a.offset) < std::tie(b.row, b.column, b.offset);
  });
  auto sorted = std::make_unique<TemporaryFile>(temp_directory_, ".cells");
  TRY(auto writer, TextWriter::create(sorted->path()));
  writer_.emplace(std::move(writer));
  marks_.clear();
  cells_ = 0;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i + 1 < keys.size() && keys[i].row == keys[i + 1].row &&
        keys[i].column == keys[i + 1].column) {
      ++duplicates_;
      continue;
    }
    TRY_VOID(read(keys[i].offset));
    TRY(const auto text,
        file.read_text(keys[i].offset + static_cast<std::int64_t>(sizeof header), header.text));
    ++cells_;
    TRY_VOID(write(to_cell(header, text.data(), *reader_)));
  }
  bytes_ = writer_->bytes();
  TRY_VOID(writer_->close());
  writer_.reset();
  file_ = std::move(sorted);
  return {};
}

// Which columns the rows fill. An empty text fills nothing.
Result<> SheetSpool::index() {
  std::size_t spans = 0;
  RowRun box;
  const auto close = [&]() {
    if (open_.spans.empty()) return;
    spans += open_.spans.size();
    if (box.spans.empty()) {
      box = {open_.first, open_.last, {{open_.spans.front().first, open_.spans.back().second}}};
    } else {
      box.last = open_.last;
      box.spans[0].first = std::min(box.spans[0].first, open_.spans.front().first);
      box.spans[0].second = std::max(box.spans[0].second, open_.spans.back().second);
    }
    if (!too_ragged_) runs_.push_back(std::move(open_));
    if (runs_.size() > kMostRuns || spans > kMostSpans) too_ragged_ = true, runs_.clear();
  };
  RowRun row_run;
  TRY_VOID(each_row(1, kMostRows, {}, [&](std::uint32_t row, const SpooledRow& cells) -> Result<> {
    row_run.spans.clear();
    for (const auto& cell : cells) {
      if (cell.kind == CellKind::text && cell.text.empty()) continue;
      if (!row_run.spans.empty() && row_run.spans.back().second + 1 == cell.column)
        row_run.spans.back().second = cell.column;
      else
        row_run.spans.emplace_back(cell.column, cell.column);
    }
    if (row_run.spans.empty()) return {};
    if (open_.last + 1 == row && open_.spans == row_run.spans) {
      open_.last = row;
      return {};
    }
    close();
    open_ = {row, row, row_run.spans};
    return {};
  }));
  close();
  if (too_ragged_) runs_.assign(1, box);
  return {};
}

Result<> SheetSpool::each_row(
    std::uint32_t first, std::uint32_t last, std::stop_token stop,
    const std::function<Result<>(std::uint32_t row, const SpooledRow& cells)>& visit) const {
  if (bytes_ == 0) return {};
  TRY(const auto file, InputFile::open(file_->path()));
  const auto mark =
      std::ranges::upper_bound(marks_, first, {}, &std::pair<std::uint32_t, std::int64_t>::first);
  std::int64_t offset = mark == marks_.begin() ? 0 : std::prev(mark)->second;
  std::string buffer;
  std::size_t at = 0;
  // Texts move when the buffer does: cells point to them only when the row is complete.
  std::vector<std::pair<Header, std::size_t>> pending;
  SpooledRow row;
  const auto give = [&]() -> Result<> {
    if (pending.empty()) return {};
    row.clear();
    for (const auto& [header, text] : pending)
      row.push_back(to_cell(header, buffer.data() + text, *reader_));
    const auto number = pending.front().first.row;
    pending.clear();
    return number >= first ? visit(number, row) : Result<>{};
  };
  std::size_t row_start = 0;
  while (true) {
    Header header{};
    std::size_t have = buffer.size() - at;
    std::size_t need = sizeof header;
    if (have >= need) {
      std::memcpy(&header, buffer.data() + at, sizeof header);
      need += header.text;
    }
    if (have < need) {
      if (offset >= bytes_) break;
      if (stop.stop_requested()) return fail(ErrorCode::cancelled, "The load was cancelled.");
      // What the open row needs stays.
      buffer.erase(0, row_start);
      at -= row_start;
      for (auto& [known, text] : pending) text -= row_start;
      row_start = 0;
      const auto old = buffer.size();
      buffer.resize(old + std::max(kChunk, need));
      TRY(const auto got, file.read_at(offset, {buffer.data() + old, buffer.size() - old}));
      buffer.resize(old + got);
      offset += static_cast<std::int64_t>(got);
      if (got == 0) break;
      continue;
    }
    if (!pending.empty() && pending.front().first.row != header.row) {
      TRY_VOID(give());
      row_start = at;
    }
    if (header.row > last) return {};
    pending.emplace_back(header, at + sizeof header);
    at += need;
  }
  return give();
}

}  // namespace sextant::formats::workbook

#include "analysis/formats/passages.h"

#include <fmt/format.h>
#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include <algorithm>
#include <memory>

#include "analysis/formats/output_database.h"
#include "base/text.h"

namespace sextant::formats {
namespace {

constexpr std::int64_t kShortest = 200;
constexpr std::int64_t kLongest = 1200;
constexpr std::size_t kHeadingBytes = 300;  // of one heading in the path

bool flows(PassageKind kind) {
  return kind == PassageKind::paragraph || kind == PassageKind::list_item;
}

// Byte offsets after which a piece may end: the ends of sentences, or of words.
std::vector<std::size_t> boundaries(std::string_view text, bool words) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> iterator(
      words ? icu::BreakIterator::createLineInstance(icu::Locale::getRoot(), status)
            : icu::BreakIterator::createSentenceInstance(icu::Locale::getRoot(), status));
  UText view = UTEXT_INITIALIZER;
  utext_openUTF8(&view, text.data(), static_cast<std::int64_t>(text.size()), &status);
  std::vector<std::size_t> out;
  if (U_SUCCESS(status) && iterator) {
    iterator->setText(&view, status);
    for (auto end = iterator->next(); end != icu::BreakIterator::DONE; end = iterator->next()) {
      out.push_back(static_cast<std::size_t>(end));
    }
  }
  utext_close(&view);
  if (out.empty() || out.back() != text.size()) out.push_back(text.size());
  return out;
}

// Offsets at which at most `most` characters have passed, where nothing else divides the text.
std::size_t advance(std::string_view text, std::size_t from, std::int64_t most) {
  for (; from < text.size() && most > 0; --most) {
    ++from;
    while (from < text.size() && (static_cast<unsigned char>(text[from]) & 0xc0) == 0x80) ++from;
  }
  return from;
}

}  // namespace

std::string_view to_string(PassageKind kind) {
  switch (kind) {
    case PassageKind::heading:
      return "heading";
    case PassageKind::paragraph:
      return "paragraph";
    case PassageKind::list_item:
      return "list_item";
    case PassageKind::caption:
      return "caption";
    case PassageKind::table:
      return "table";
    case PassageKind::footnote:
      return "footnote";
    case PassageKind::header:
      return "header";
    case PassageKind::footer:
      return "footer";
  }
  return "paragraph";
}

void Box::include(const Box& other) {
  const double right = std::max(x + width, other.x + other.width);
  const double bottom = std::max(y + height, other.y + other.height);
  x = std::min(x, other.x);
  y = std::min(y, other.y);
  width = right - x;
  height = bottom - y;
}

std::string PassagePosition::to_json() const {
  if (!box) return fmt::format(R"({{"{}":{}}})", unit, number);
  return fmt::format(R"({{"x":{:.1f},"y":{:.1f},"width":{:.1f},"height":{:.1f}}})", box->x, box->y,
                     box->width, box->height);
}

std::int64_t count_characters(std::string_view text) {
  return std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
}

std::vector<std::string_view> split_sentences(std::string_view text, std::int64_t most) {
  const auto total = count_characters(text);
  if (total <= most) return {text};
  // Even pieces read better than full ones and a rest.
  const auto pieces = (total + most - 1) / most;
  const auto wanted = std::min(most, total / pieces + total / (pieces * 8) + 1);
  std::vector<std::string_view> out;
  std::size_t start = 0;  // of the piece
  std::size_t end = 0;    // of what surely belongs to it
  const auto emit = [&] {
    if (const auto piece = text::trim(text.substr(start, end - start)); !piece.empty())
      out.push_back(piece);
    start = end;
  };
  const auto take = [&](std::size_t next) {
    const auto with_next = count_characters(text.substr(start, next - start));
    const auto so_far = count_characters(text.substr(start, end - start));
    if (end > start && (with_next > most || (so_far >= kShortest && with_next > wanted))) emit();
    end = next;
  };
  std::size_t sentence = 0;
  for (const auto next : boundaries(text, false)) {
    const auto whole = text.substr(sentence, next - sentence);
    if (count_characters(whole) <= most) {
      take(next);
    } else {
      for (const auto word : boundaries(whole, true)) {
        const auto stop = sentence + word;
        while (count_characters(text.substr(end, stop - end)) > most)
          take(advance(text, end, most));
        take(stop);
      }
    }
    sentence = next;
  }
  emit();
  return out;
}

PassageFile::PassageFile(const std::string& temp_directory)
    : file_(temp_directory, ".passages.csv") {}

Result<> PassageFile::add(Block block) {
  block.text = text::trim(block.text);
  if (block.text.empty()) return {};
  if (block.kind == PassageKind::heading) {
    TRY_VOID(flush());
    while (!headings_.empty() && headings_.back().level >= block.level) headings_.pop_back();
    std::string name(text::truncate_utf8(block.text, kHeadingBytes));
    std::ranges::replace(name, '\n', ' ');
    headings_.push_back({block.level, std::move(name)});
    path_of_headings_.clear();
    for (const auto& heading : headings_) {
      path_of_headings_ += (path_of_headings_.empty() ? "" : " > ") + heading.text;
    }
    return write(block.kind, block.page, block.text, block.position);
  }
  const auto characters = count_characters(block.text);
  if (pending_) {
    const bool joins = flows(block.kind) && flows(pending_->kind) && pending_->page == block.page &&
                       (pending_characters_ < kShortest || characters < kShortest / 2) &&
                       pending_characters_ + characters < kLongest;
    if (joins) {
      pending_->text += '\n';
      pending_->text += block.text;
      pending_characters_ += characters + 1;
      if (pending_->position.box && block.position.box)
        pending_->position.box->include(*block.position.box);
      return {};
    }
    TRY_VOID(flush());
  }
  pending_ = std::move(block);
  pending_characters_ = characters;
  if (!flows(pending_->kind)) return flush();
  return {};
}

Result<> PassageFile::flush() {
  if (!pending_) return {};
  const auto block = *std::exchange(pending_, std::nullopt);
  for (const auto piece : split_sentences(block.text, kLongest)) {
    TRY_VOID(write(block.kind, block.page, piece, block.position));
  }
  return {};
}

Result<> PassageFile::write(PassageKind kind, const std::optional<std::int64_t>& page,
                            std::string_view text, const PassagePosition& position) {
  if (!writer_) {
    TRY(auto writer, TextWriter::create(file_.path()));
    writer_.emplace(std::move(writer));
  }
  ++count_;
  characters_ += count_characters(text);
  auto& out = writer_->buffer();
  const auto before = out.size();
  out += fmt::format("{},{},{},", count_, page ? std::to_string(*page) : "", to_string(kind));
  const bool of_all_pages = kind == PassageKind::header || kind == PassageKind::footer;
  if (path_of_headings_.empty() || of_all_pages)
    out += "\"\"";
  else
    append_csv_cell(out, path_of_headings_);
  out += ',';
  append_csv_cell(out, text);
  out += ',';
  append_csv_cell(out, position.to_json());
  out += '\n';
  longest_line_ = std::max(longest_line_, static_cast<std::int64_t>(out.size() - before));
  return writer_->flush_if_full();
}

Result<> PassageFile::close() {
  TRY_VOID(flush());
  if (!writer_) return {};
  TRY_VOID(writer_->close());
  writer_.reset();
  return {};
}

}  // namespace sextant::formats

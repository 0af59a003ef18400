#include "analysis/formats/document/pdf/pdf_load.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "analysis/formats/document/pdf/document.h"
#include "analysis/formats/document/pdf/ocr.h"
#include "analysis/formats/document/pdf/page_tables.h"
#include "analysis/formats/document/pdf/prose.h"
#include "analysis/formats/table_writer.h"
#include "base/text.h"

namespace sextant::formats {
namespace {

using namespace pdf;

constexpr int kMostPages = 20'000;
constexpr int kMostRecognised = 200;  // pages; each takes seconds
constexpr std::int64_t kMostCharacters = 512ll << 20;
// A page of pictures with hardly a word on it is a scan.
constexpr std::size_t kFewWords = 5;
constexpr double kScanned = 0.4;  // of the page, covered by pictures

// "1–4, 7": pages for a note, at most a few.
std::string page_list(const std::vector<int>& pages) {
  std::string out;
  int ranges = 0;
  for (std::size_t i = 0; i < pages.size();) {
    std::size_t end = i + 1;
    while (end < pages.size() && pages[end] == pages[end - 1] + 1) ++end;
    if (++ranges > 12) return out + ", …";
    out += (out.empty() ? "" : ", ") + std::to_string(pages[i]);
    if (end > i + 1) out += (end == i + 2 ? ", " : "–") + std::to_string(pages[end - 1]);
    i = end;
  }
  return out;
}

class PdfLoader {
 public:
  PdfLoader(LoadContext& context, const Document& document)
      : context_(context), document_(document), passages_(context.options.temp_directory) {}

  Result<> run() {
    const int pages = document_.pages();
    if (pages > kMostPages) {
      return fail(ErrorCode::too_large,
                  fmt::format("The PDF has {} pages; the limit is {}.", pages, kMostPages),
                  "Split it into smaller files.");
    }
    for (int i = 0; i < pages; ++i) {
      if (context_.stop.stop_requested())
        return fail(ErrorCode::cancelled, "The load was cancelled.");
      TRY_VOID(read_page(i));
      const double share = (i + 1.0) / pages;
      context_.report("decoded",
                      static_cast<std::int64_t>(share * static_cast<double>(context_.file.size())),
                      0, share);
    }
    context_.reply.report.pages = pages;
    auto tables = tables_.take();
    TRY_VOID(keep_prose(tables));
    if (tables.empty() && passages_.count() == 0 && !scanned_.empty()) return refuse_scan();
    add_notes();
    return document::publish(context_, tables, passages_, 0);
  }

 private:
  Result<> read_page(int index) {
    auto page = document_.read(index);
    if (!page) {
      broken_.push_back(index + 1);
      return {};
    }
    if (!page->complete) cut_.push_back(page->number);
    if (page->unmapped * 2 > characters_of(*page)) unmapped_.push_back(page->number);
    if (is_scan(*page)) TRY_VOID(recognise(index, *page));
    auto found = find_tables(*page);
    TRY_VOID(tables_.add_page(*page, found));
    // What may be no table stays in the text as well.
    std::erase_if(found, [](const PageTable& table) {
      return table.confidence < document::kLeastConfidence;
    });
    prose_.add_page(*page, found);
    if (prose_.characters() > kMostCharacters) {
      return fail(ErrorCode::too_large,
                  fmt::format("Up to page {} the PDF has more than {} MB of text.", page->number,
                              kMostCharacters >> 20),
                  "Split it into smaller files.");
    }
    return {};
  }

  static std::int64_t characters_of(const PageContent& page) {
    std::int64_t out = 0;
    for (const auto& word : page.words) out += count_characters(word.text);
    return out;
  }

  static bool is_scan(const PageContent& page) {
    if (page.words.size() > kFewWords) return false;
    double covered = 0;
    for (const auto& picture : page.pictures) covered += picture.width() * picture.height();
    return covered > kScanned * page.width * page.height;
  }

  Result<> recognise(int index, PageContent& page) {
    if (!ocr_ && !ocr_error_) {
      auto created = Ocr::create();
      if (created)
        ocr_.emplace(std::move(*created));
      else
        ocr_error_ = created.error();
    }
    if (!ocr_ || static_cast<int>(recognised_.size()) >= kMostRecognised) {
      scanned_.push_back(page.number);
      return {};
    }
    const auto picture = document_.render(index, kOcrDotsPerInch);
    if (!picture) {
      broken_.push_back(page.number);
      return {};
    }
    page.words.clear();
    const double resolution = 72.0 * picture->width / std::max(page.width, 1.0);
    TRY(const auto sure, ocr_->read(*picture, resolution, page));
    recognised_.push_back(page.number);
    sure_sum_ += sure;
    return {};
  }

  // Tables come where they stand between the text.
  Result<> keep_prose(const std::vector<document::GridTable>& tables) {
    std::size_t next = 0;
    const auto add_tables = [&](std::int64_t page, double y) -> Result<> {
      for (; next < tables.size(); ++next) {
        const auto& table = tables[next];
        const auto& origin = table.origin;
        if (std::pair(*origin.page, *origin.y) > std::pair(page, y)) break;
        if (origin.confidence < document::kLeastConfidence) continue;
        PassagePosition position;
        position.box = Box{*origin.x, *origin.y, *origin.width, *origin.height};
        TRY_VOID(document::add_table_passages(table, position, passages_));
      }
      return {};
    };
    TRY_VOID(prose_.each_block([&](Block block) -> Result<> {
      TRY_VOID(add_tables(*block.page, block.position.box->y));
      return passages_.add(std::move(block));
    }));
    return add_tables(kMostPages, 0);
  }

  Result<> refuse_scan() const {
    return fail(ErrorCode::unreadable_file,
                "The PDF holds pictures of pages (a scan), and no text.",
                ocr_error_ ? ocr_error_->message + " " + ocr_error_->hint
                           : std::string("Recognise its text with another program first."),
                {{"scanned", true}});
  }

  void add_notes() {
    const auto note = [&](const std::vector<int>& pages, std::string_view one,
                          std::string_view many) {
      if (pages.empty()) return;
      context_.note(fmt::format("{} {} {}", pages.size() == 1 ? "Page" : "Pages", page_list(pages),
                                pages.size() == 1 ? one : many));
    };
    note(broken_, "is damaged and was left out.", "are damaged and were left out.");
    note(cut_, "has more on it than is read; the rest was left out.",
         "have more on them than is read; the rest was left out.");
    note(unmapped_,
         "uses a font that does not say which letters it shows; its text is partly lost.",
         "use fonts that do not say which letters they show; their text is partly lost.");
    if (!recognised_.empty()) {
      const double sure = sure_sum_ / static_cast<double>(recognised_.size());
      const auto how = fmt::format(
          "scanned; the text was recognised (on the average {:.0f} % sure) and may have errors.",
          100 * sure);
      note(recognised_, "is " + how, "are " + how);
    }
    if (!scanned_.empty()) {
      const auto why = ocr_error_
                           ? ocr_error_->message
                           : fmt::format("No more than {} pages are recognised.", kMostRecognised);
      note(scanned_, "is a picture of a page (a scan) and was not read. " + why,
           "are pictures of pages (a scan) and were not read. " + why);
    }
    for (std::size_t i = 0; i < prose_.running().size() && i < 3; ++i) {
      context_.note(fmt::format("“{}” stands on page after page and is left out of the text.",
                                text::truncate_utf8(prose_.running()[i], 120)));
    }
  }

  LoadContext& context_;
  const Document& document_;
  PassageFile passages_;
  DocumentTables tables_;
  Prose prose_;
  std::optional<Ocr> ocr_;
  std::optional<Error> ocr_error_;
  double sure_sum_ = 0;
  std::vector<int> broken_, cut_, unmapped_, scanned_, recognised_;
};

}  // namespace

Result<> load_pdf(LoadContext& context) {
  TRY(const auto document, Document::open(context.file));
  return PdfLoader(context, document).run();
}

}  // namespace sextant::formats

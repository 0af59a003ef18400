#include "analysis/formats/document/pdf/document.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "analysis/formats/document/pdf/page_reader.h"
#include "analysis/formats/document/pdf/pdfium.h"

namespace sextant::formats::pdf {
namespace {

constexpr unsigned long kPasswordWanted = 4;
constexpr unsigned long kUnknownSecurity = 5;
constexpr double kMostPixels = 40e6;
constexpr int kGreyFlags = 0x08;  // FPDF_GRAYSCALE

}  // namespace

struct Document::Source {
  const InputFile* file = nullptr;
  FileAccess access;
};

Result<Document> Document::open(const InputFile& file) {
  const auto* found = library();
  if (!found) return fail(library_missing());
  auto source = std::make_unique<Source>();
  source->file = &file;
  source->access.length = static_cast<unsigned long>(file.size());
  source->access.parameter = source.get();
  source->access.get_block = [](void* parameter, unsigned long position, unsigned char* buffer,
                                unsigned long size) -> int {
    const auto* self = static_cast<const Source*>(parameter);
    const auto read = self->file->read_at(static_cast<std::int64_t>(position),
                                          {reinterpret_cast<char*>(buffer), size});
    return read && *read == size;
  };
  void* handle = found->FPDF_LoadCustomDocument(&source->access, nullptr);
  if (!handle) {
    const auto code = found->FPDF_GetLastError();
    if (code == kPasswordWanted) {
      return fail(ErrorCode::unreadable_file, "The PDF is encrypted: it asks for a password.",
                  "Open it with its password, save it without one (or print it to a new PDF), and "
                  "upload that.");
    }
    if (code == kUnknownSecurity) {
      return fail(ErrorCode::unreadable_file, "The PDF is encrypted in a way that is not known.",
                  "Save it without protection and upload that.");
    }
    return fail(
        ErrorCode::unreadable_file,
        "The file is not a PDF that can be read: it is broken or cut off.",
        "Open it in a PDF reader; if it opens there, print it to a new PDF and upload that.");
  }
  Document document(*found, std::move(source), handle);
  if (document.pages() <= 0) {
    return fail(
        ErrorCode::unreadable_file, "The PDF has no pages that can be read.",
        "Open it in a PDF reader; if it opens there, print it to a new PDF and upload that.");
  }
  return document;
}

Document::Document(const Library& library, std::unique_ptr<Source> source, void* handle)
    : library_(&library), source_(std::move(source)), handle_(handle) {}

Document::Document(Document&& other) noexcept
    : library_(other.library_),
      source_(std::move(other.source_)),
      handle_(std::exchange(other.handle_, nullptr)) {}

Document::~Document() {
  if (handle_) library_->FPDF_CloseDocument(handle_);
}

int Document::pages() const { return library_->FPDF_GetPageCount(handle_); }

Result<PageContent> Document::read(int index) const {
  void* page = library_->FPDF_LoadPage(handle_, index);
  if (!page)
    return fail(ErrorCode::unreadable_file, fmt::format("Page {} can not be read.", index + 1));
  auto content = read_page(*library_, page, index + 1);
  library_->FPDF_ClosePage(page);
  return content;
}

Result<PagePicture> Document::render(int index, double dots_per_inch) const {
  void* page = library_->FPDF_LoadPage(handle_, index);
  if (!page)
    return fail(ErrorCode::unreadable_file, fmt::format("Page {} can not be read.", index + 1));
  const auto size = page_size(*library_, page);
  double scale = dots_per_inch / 72;
  const double pixels = size.first * scale * size.second * scale;
  if (pixels > kMostPixels) scale *= std::sqrt(kMostPixels / pixels);
  PagePicture out;
  out.width = std::max(1, static_cast<int>(size.first * scale));
  out.height = std::max(1, static_cast<int>(size.second * scale));
  void* bitmap = library_->FPDFBitmap_Create(out.width, out.height, 0);
  if (!bitmap) {
    library_->FPDF_ClosePage(page);
    return fail(ErrorCode::resource_exhausted, "There is not enough memory to draw a page.");
  }
  library_->FPDFBitmap_FillRect(bitmap, 0, 0, out.width, out.height, 0xffffffffUL);
  library_->FPDF_RenderPageBitmap(bitmap, page, 0, 0, out.width, out.height, 0, kGreyFlags);
  const auto* bytes = static_cast<const unsigned char*>(library_->FPDFBitmap_GetBuffer(bitmap));
  const auto stride = static_cast<std::size_t>(library_->FPDFBitmap_GetStride(bitmap));
  const auto width = static_cast<std::size_t>(out.width);
  out.pixels.resize(width * static_cast<std::size_t>(out.height));
  for (std::size_t y = 0; y < static_cast<std::size_t>(out.height); ++y) {
    for (std::size_t x = 0; x < width; ++x) {
      out.pixels[y * width + x] = static_cast<char>(bytes[y * stride + x * 4 + 1]);
    }
  }
  library_->FPDFBitmap_Destroy(bitmap);
  library_->FPDF_ClosePage(page);
  return out;
}

}  // namespace sextant::formats::pdf

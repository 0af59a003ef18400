#pragma once
// Text recognition of scanned pages by Tesseract (Apache-2.0), found at run time where it is
// installed (Debian: tesseract-ocr, and tesseract-ocr-deu … for languages). Like PDFium it must be
// loaded before the worker is jailed; its language data is read from /usr/share afterwards.
// One thread.

#include <memory>
#include <string>

#include "analysis/formats/document/pdf/document.h"
#include "analysis/formats/document/pdf/page_content.h"
#include "base/result.h"

namespace sextant::formats::pdf {

struct OcrLibrary;
// Loaded by the first call; nullptr when there is none on this machine.
const OcrLibrary* ocr_library();

// Resolution that Tesseract reads best.
inline constexpr double kOcrDotsPerInch = 300;

class Ocr {
 public:
  // With the languages that are installed. unavailable: there is no Tesseract or no language.
  static Result<Ocr> create();
  Ocr(Ocr&&) noexcept;
  Ocr& operator=(Ocr&&) = delete;
  ~Ocr();

  // Fills in the words of a page from its picture, which was rendered at `dots_per_inch`.
  // Returns how sure they are on the average, 0 … 1; 0 when there are none.
  Result<double> read(const PagePicture& picture, double dots_per_inch, PageContent& page);

 private:
  Ocr(const OcrLibrary& library, void* handle) : library_(&library), handle_(handle) {}
  const OcrLibrary* library_;
  void* handle_ = nullptr;
};

}  // namespace sextant::formats::pdf

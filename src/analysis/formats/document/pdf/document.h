#pragma once
// An open PDF file and its pages. One thread. Errors: unreadable_file (broken, encrypted),
// unsupported_type (PDFium is missing).

#include <memory>

#include "analysis/formats/document/pdf/page_content.h"
#include "analysis/formats/input_file.h"
#include "base/result.h"

namespace sextant::formats::pdf {

struct Library;

// Grey, 8 bits a pixel.
struct PagePicture {
  int width = 0;
  int height = 0;
  std::string pixels;  // width × height bytes
};

class Document {
 public:
  // `file` must outlive the document.
  static Result<Document> open(const InputFile& file);
  Document(Document&&) noexcept;
  Document& operator=(Document&&) = delete;
  ~Document();

  int pages() const;

  // A page that PDFium can not open is an error; the next ones may be fine.
  Result<PageContent> read(int index) const;
  Result<PagePicture> render(int index, double dots_per_inch) const;

 private:
  struct Source;
  Document(const Library& library, std::unique_ptr<Source> source, void* handle);
  const Library* library_;
  std::unique_ptr<Source> source_;
  void* handle_ = nullptr;
};

}  // namespace sextant::formats::pdf

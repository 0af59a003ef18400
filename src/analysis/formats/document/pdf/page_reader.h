#pragma once
// A page of PDFium → words, ruling lines, backgrounds and pictures. One thread. Bounds: 200,000
// objects, 20 levels of forms, 400,000 characters and 100,000 rules a page; beyond, the content is
// cut and `complete` is false.

#include <utility>

#include "analysis/formats/document/pdf/page_content.h"

namespace sextant::formats::pdf {

struct Library;

PageContent read_page(const Library& library, void* page, int number);

// Width and height in points as the page is read.
std::pair<double, double> page_size(const Library& library, void* page);

}  // namespace sextant::formats::pdf

#include "analysis/formats/document/pdf/pdfium.h"

#include <dlfcn.h>

#include <array>
#include <optional>

namespace sextant::formats::pdf {
namespace {

constexpr auto kPlaces = std::to_array<const char*>({
    "/usr/lib/libreoffice/program/libpdfiumlo.so",
    "/usr/lib64/libreoffice/program/libpdfiumlo.so",
    "/usr/local/lib/libpdfium.so",
    "libpdfium.so",
});

std::optional<Library> load() {
  for (const char* place : kPlaces) {
    void* handle = ::dlopen(place, RTLD_NOW | RTLD_LOCAL);
    if (!handle) continue;
    Library out{};
    bool complete = true;
    const auto find = [&](auto& function, const char* name) {
      function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(dlsym(handle, name));
      complete = complete && function != nullptr;
    };
#define SEXTANT_FIND(name) find(out.name, #name)
    SEXTANT_FIND(FPDF_InitLibrary);
    SEXTANT_FIND(FPDF_GetLastError);
    SEXTANT_FIND(FPDF_LoadCustomDocument);
    SEXTANT_FIND(FPDF_CloseDocument);
    SEXTANT_FIND(FPDF_GetPageCount);
    SEXTANT_FIND(FPDF_LoadPage);
    SEXTANT_FIND(FPDF_ClosePage);
    SEXTANT_FIND(FPDF_GetPageBoundingBox);
    SEXTANT_FIND(FPDFPage_GetRotation);
    SEXTANT_FIND(FPDFText_LoadPage);
    SEXTANT_FIND(FPDFText_ClosePage);
    SEXTANT_FIND(FPDFText_CountChars);
    SEXTANT_FIND(FPDFText_GetUnicode);
    SEXTANT_FIND(FPDFText_GetFontSize);
    SEXTANT_FIND(FPDFText_GetFontWeight);
    SEXTANT_FIND(FPDFText_GetFontInfo);
    SEXTANT_FIND(FPDFText_GetTextRenderMode);
    SEXTANT_FIND(FPDFText_GetMatrix);
    SEXTANT_FIND(FPDFText_GetLooseCharBox);
    SEXTANT_FIND(FPDFText_GetCharOrigin);
    SEXTANT_FIND(FPDFPage_CountObjects);
    SEXTANT_FIND(FPDFPage_GetObject);
    SEXTANT_FIND(FPDFFormObj_CountObjects);
    SEXTANT_FIND(FPDFFormObj_GetObject);
    SEXTANT_FIND(FPDFPageObj_GetType);
    SEXTANT_FIND(FPDFPageObj_GetBounds);
    SEXTANT_FIND(FPDFPageObj_GetMatrix);
    SEXTANT_FIND(FPDFPageObj_GetStrokeWidth);
    SEXTANT_FIND(FPDFPageObj_GetFillColor);
    SEXTANT_FIND(FPDFPath_CountSegments);
    SEXTANT_FIND(FPDFPath_GetPathSegment);
    SEXTANT_FIND(FPDFPath_GetDrawMode);
    SEXTANT_FIND(FPDFPathSegment_GetPoint);
    SEXTANT_FIND(FPDFPathSegment_GetType);
    SEXTANT_FIND(FPDFPathSegment_GetClose);
    SEXTANT_FIND(FPDFBitmap_Create);
    SEXTANT_FIND(FPDFBitmap_FillRect);
    SEXTANT_FIND(FPDF_RenderPageBitmap);
    SEXTANT_FIND(FPDFBitmap_GetBuffer);
    SEXTANT_FIND(FPDFBitmap_GetStride);
    SEXTANT_FIND(FPDFBitmap_Destroy);
#undef SEXTANT_FIND
    if (complete) {
      out.FPDF_InitLibrary();
      return out;
    }
    ::dlclose(handle);
  }
  return std::nullopt;
}

}  // namespace

const Library* library() {
  static const std::optional<Library> loaded = load();
  return loaded ? &*loaded : nullptr;
}

Error library_missing() {
  return {ErrorCode::unsupported_type,
          "PDF files can not be read on this server: PDFium is missing.",
          "Ask who runs the server to install it (Debian: apt-get install "
          "libreoffice-core-nogui) and to restart Sextant."};
}

}  // namespace sextant::formats::pdf

#pragma once
// PDFium (BSD-3-Clause), found at run time in the library that Debian's libreoffice-core-nogui
// brings, or beside it in the usual places. It must be loaded before the worker is jailed, which
// can read no libraries afterwards. Not thread-safe: one thread uses it at a time.

#include <string>

#include "base/result.h"

namespace sextant::formats::pdf {

struct FloatRect {
  float left = 0, top = 0, right = 0, bottom = 0;
};
struct FloatMatrix {
  float a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;
};
// How PDFium asks for bytes of the file.
struct FileAccess {
  unsigned long length = 0;
  int (*get_block)(void* parameter, unsigned long position, unsigned char* buffer,
                   unsigned long size) = nullptr;
  void* parameter = nullptr;
};

// The functions in use, with the prototypes of its public headers (fpdfview.h, fpdf_text.h,
// fpdf_edit.h). Handles are opaque.
struct Library {
  void (*FPDF_InitLibrary)();
  unsigned long (*FPDF_GetLastError)();
  void* (*FPDF_LoadCustomDocument)(FileAccess* access, const char* password);
  void (*FPDF_CloseDocument)(void* document);
  int (*FPDF_GetPageCount)(void* document);
  void* (*FPDF_LoadPage)(void* document, int index);
  void (*FPDF_ClosePage)(void* page);
  int (*FPDF_GetPageBoundingBox)(void* page, FloatRect* box);
  int (*FPDFPage_GetRotation)(void* page);

  void* (*FPDFText_LoadPage)(void* page);
  void (*FPDFText_ClosePage)(void* text);
  int (*FPDFText_CountChars)(void* text);
  unsigned (*FPDFText_GetUnicode)(void* text, int index);
  double (*FPDFText_GetFontSize)(void* text, int index);
  int (*FPDFText_GetFontWeight)(void* text, int index);
  unsigned long (*FPDFText_GetFontInfo)(void* text, int index, void* buffer, unsigned long length,
                                        int* flags);
  int (*FPDFText_GetTextRenderMode)(void* text, int index);
  int (*FPDFText_GetMatrix)(void* text, int index, FloatMatrix* matrix);
  int (*FPDFText_GetLooseCharBox)(void* text, int index, FloatRect* box);
  int (*FPDFText_GetCharOrigin)(void* text, int index, double* x, double* y);

  int (*FPDFPage_CountObjects)(void* page);
  void* (*FPDFPage_GetObject)(void* page, int index);
  int (*FPDFFormObj_CountObjects)(void* object);
  void* (*FPDFFormObj_GetObject)(void* object, unsigned long index);
  int (*FPDFPageObj_GetType)(void* object);
  int (*FPDFPageObj_GetBounds)(void* object, float* left, float* bottom, float* right, float* top);
  int (*FPDFPageObj_GetMatrix)(void* object, FloatMatrix* matrix);
  int (*FPDFPageObj_GetStrokeWidth)(void* object, float* width);
  int (*FPDFPageObj_GetFillColor)(void* object, unsigned* red, unsigned* green, unsigned* blue,
                                  unsigned* alpha);
  int (*FPDFPath_CountSegments)(void* path);
  void* (*FPDFPath_GetPathSegment)(void* path, int index);
  int (*FPDFPath_GetDrawMode)(void* path, int* fill_mode, int* stroke);
  int (*FPDFPathSegment_GetPoint)(void* segment, float* x, float* y);
  int (*FPDFPathSegment_GetType)(void* segment);
  int (*FPDFPathSegment_GetClose)(void* segment);

  void* (*FPDFBitmap_Create)(int width, int height, int alpha);
  void (*FPDFBitmap_FillRect)(void* bitmap, int left, int top, int width, int height,
                              unsigned long colour);
  void (*FPDF_RenderPageBitmap)(void* bitmap, void* page, int x, int y, int width, int height,
                                int rotate, int flags);
  void* (*FPDFBitmap_GetBuffer)(void* bitmap);
  int (*FPDFBitmap_GetStride)(void* bitmap);
  void (*FPDFBitmap_Destroy)(void* bitmap);
};

// Loaded by the first call; nullptr when there is none on this machine.
const Library* library();

// What to tell people when there is none.
Error library_missing();

}  // namespace sextant::formats::pdf

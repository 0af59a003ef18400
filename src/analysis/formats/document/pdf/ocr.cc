#include "analysis/formats/document/pdf/ocr.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <stdlib.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"

namespace sextant::formats::pdf {

// The functions in use, with the prototypes of Tesseract's capi.h.
struct OcrLibrary {
  void* (*TessBaseAPICreate)();
  void (*TessBaseAPIDelete)(void* handle);
  int (*TessBaseAPIInit3)(void* handle, const char* data_path, const char* languages);
  void (*TessBaseAPISetImage)(void* handle, const unsigned char* pixels, int width, int height,
                              int bytes_per_pixel, int bytes_per_line);
  void (*TessBaseAPISetSourceResolution)(void* handle, int dots_per_inch);
  int (*TessBaseAPISetVariable)(void* handle, const char* name, const char* value);
  char* (*TessBaseAPIGetTsvText)(void* handle, int page);
  void (*TessBaseAPIClear)(void* handle);
  void (*TessDeleteText)(const char* text);
};

namespace {

constexpr std::size_t kMostLanguages = 4;
constexpr double kLeastSure = 20;  // of 100: less is noise
constexpr const char* kDataFolders[] = {"/usr/share/tesseract-ocr/5/tessdata",
                                        "/usr/share/tesseract-ocr/4.00/tessdata",
                                        "/usr/share/tessdata"};

std::optional<OcrLibrary> load() {
  // Its threads cost more than they bring for one page, and the worker has two at most.
  ::setenv("OMP_THREAD_LIMIT", "1", 0);
  void* handle = ::dlopen("libtesseract.so.5", RTLD_NOW | RTLD_LOCAL);
  if (!handle) return std::nullopt;
  OcrLibrary out{};
  bool complete = true;
  const auto find = [&](auto& function, const char* name) {
    function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(dlsym(handle, name));
    complete = complete && function != nullptr;
  };
#define SEXTANT_FIND(name) find(out.name, #name)
  SEXTANT_FIND(TessBaseAPICreate);
  SEXTANT_FIND(TessBaseAPIDelete);
  SEXTANT_FIND(TessBaseAPIInit3);
  SEXTANT_FIND(TessBaseAPISetImage);
  SEXTANT_FIND(TessBaseAPISetSourceResolution);
  SEXTANT_FIND(TessBaseAPISetVariable);
  SEXTANT_FIND(TessBaseAPIGetTsvText);
  SEXTANT_FIND(TessBaseAPIClear);
  SEXTANT_FIND(TessDeleteText);
#undef SEXTANT_FIND
  if (complete) return out;
  ::dlclose(handle);
  return std::nullopt;
}

// "deu+eng" of a folder; English first where it is, since most figures and codes read as such.
std::string languages_of(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  std::error_code ec;
  for (std::filesystem::directory_iterator it(folder, ec), end; !ec && it != end;
       it.increment(ec)) {
    const auto& path = it->path();
    if (path.extension() != ".traineddata") continue;
    const auto name = path.stem().string();
    if (name != "osd" && name != "equ") names.push_back(name);
  }
  std::ranges::sort(names, {}, [](const auto& name) { return std::pair(name != "eng", name); });
  if (names.size() > kMostLanguages) names.resize(kMostLanguages);
  return text::join(names, "+");
}

// One line of the table of results: level, page, block, paragraph, line, word, left, top, width,
// height, how sure, text.
struct TsvRow {
  int level = 0;
  double left = 0, top = 0, width = 0, height = 0, sure = 0;
  std::string_view text;
};

bool parse_row(std::string_view line, TsvRow& row) {
  std::string_view cells[12];
  for (int c = 0; c < 12; ++c) {
    const auto end = c < 11 ? line.find('\t') : line.size();
    if (end == line.npos) return false;
    cells[c] = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  const auto number = [](std::string_view cell, auto& value) {
    return std::from_chars(cell.data(), cell.data() + cell.size(), value).ec == std::errc();
  };
  row.text = cells[11];
  return number(cells[0], row.level) && number(cells[6], row.left) && number(cells[7], row.top) &&
         number(cells[8], row.width) && number(cells[9], row.height) && number(cells[10], row.sure);
}

}  // namespace

const OcrLibrary* ocr_library() {
  static const std::optional<OcrLibrary> loaded = load();
  return loaded ? &*loaded : nullptr;
}

Result<Ocr> Ocr::create() {
  const auto* library = ocr_library();
  const auto missing = [](const char* what) {
    return fail(ErrorCode::unavailable, what,
                "Ask who runs the server to install tesseract-ocr and to restart Sextant.");
  };
  if (!library) return missing("Text recognition (Tesseract) is not installed.");
  for (const char* folder : kDataFolders) {
    const auto languages = languages_of(folder);
    if (languages.empty()) continue;
    Ocr out(*library, library->TessBaseAPICreate());
    if (out.handle_ && library->TessBaseAPIInit3(out.handle_, folder, languages.c_str()) == 0) {
      library->TessBaseAPISetVariable(out.handle_, "debug_file", "/dev/null");
      return out;
    }
  }
  return missing("Text recognition (Tesseract) has no language data.");
}

Ocr::Ocr(Ocr&& other) noexcept
    : library_(other.library_), handle_(std::exchange(other.handle_, nullptr)) {}

Ocr::~Ocr() {
  if (handle_) library_->TessBaseAPIDelete(handle_);
}

Result<double> Ocr::read(const PagePicture& picture, double dots_per_inch, PageContent& page) {
  library_->TessBaseAPISetImage(handle_,
                                reinterpret_cast<const unsigned char*>(picture.pixels.data()),
                                picture.width, picture.height, 1, picture.width);
  library_->TessBaseAPISetSourceResolution(handle_, static_cast<int>(dots_per_inch));
  char* found = library_->TessBaseAPIGetTsvText(handle_, 0);
  if (!found) {
    return fail(ErrorCode::unreadable_file,
                fmt::format("The text of page {} could not be recognised.", page.number));
  }
  const double scale = 72 / dots_per_inch;
  double sum = 0;
  TsvRow line_row;
  std::string_view rest(found);
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    TsvRow row;
    const bool good = parse_row(rest.substr(0, end), row);
    rest = end == rest.npos ? std::string_view{} : rest.substr(end + 1);
    if (!good) continue;
    if (row.level == 4) line_row = row;
    if (row.level != 5 || row.sure < kLeastSure || text::trim(row.text).empty()) continue;
    Word word;
    word.box = {row.left * scale, row.top * scale, (row.left + row.width) * scale,
                (row.top + row.height) * scale};
    // The letters of a word say little about the size of its font; its line says more.
    const double height = std::min(line_row.height, row.height * 2.2) * scale;
    word.size = std::max(height, 1.0);
    word.baseline = std::min((line_row.top + line_row.height * 0.8) * scale, word.box.bottom);
    word.baseline = std::max(word.baseline, word.box.bottom - 0.35 * height);
    word.text = text::trim(row.text);
    page.words.push_back(std::move(word));
    sum += row.sure;
  }
  library_->TessDeleteText(found);
  library_->TessBaseAPIClear(handle_);
  return page.words.empty() ? 0.0 : sum / 100 / static_cast<double>(page.words.size());
}

}  // namespace sextant::formats::pdf

#include "analysis/formats/load.h"

#include <exception>
#include <filesystem>

#include "analysis/formats/decoder.h"
#include "analysis/formats/document/pdf/ocr.h"
#include "analysis/formats/document/pdf/pdfium.h"
#include "analysis/formats/load_inputs.h"

namespace sextant::formats {
namespace {

void remove_output(const std::string& output) {
  std::error_code ignored;
  std::filesystem::remove(output, ignored);
  std::filesystem::remove(output + ".wal", ignored);
}

}  // namespace

void load_document_libraries() {
  static_cast<void>(pdf::library());
  static_cast<void>(pdf::ocr_library());
}

std::vector<std::string> accepted_extensions() {
  std::vector<std::string> out;
  for (const auto& decoder : decoders()) {
    out.insert(out.end(), decoder.extensions.begin(), decoder.extensions.end());
  }
  return out;
}

Result<wire::LoadReply> load_file(const wire::LoadRequest& request, const LoadOptions& options,
                                  const ProgressCallback& progress, std::stop_token stop) {
  Result<wire::LoadReply> reply = [&]() -> Result<wire::LoadReply> {
    try {
      return load_inputs(request, options, progress, stop);
    } catch (const std::bad_alloc&) {
      return fail(ErrorCode::resource_exhausted, "The file needs more memory than a load may use.",
                  "Split it into smaller files.");
    } catch (const std::exception& error) {
      return fail(ErrorCode::internal, std::string("loading failed: ") + error.what());
    }
  }();
  if (!reply) remove_output(request.output);
  return reply;
}

}  // namespace sextant::formats

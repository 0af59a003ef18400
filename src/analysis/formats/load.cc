#include "analysis/formats/load.h"

#include <fmt/format.h>

#include <exception>
#include <filesystem>
#include <optional>

#include "analysis/formats/content.h"
#include "analysis/formats/content_route.h"
#include "analysis/formats/decoder.h"
#include "analysis/formats/document/pdf/ocr.h"
#include "analysis/formats/document/pdf/pdfium.h"
#include "analysis/formats/gzip.h"
#include "analysis/formats/names.h"
#include "base/log.h"
#include "base/text.h"

namespace sextant::formats {
namespace {

constexpr std::int64_t kUnpackedLimit = 20ll << 30;

std::string extension_of(std::string_view filename) {
  const auto dot = filename.rfind('.');
  if (dot == filename.npos || filename.find('/', dot) != filename.npos) return {};
  return text::lower_ascii(filename.substr(dot));
}

std::string accepted_list() {
  std::string out;
  for (const auto& extension : accepted_extensions()) out += (out.empty() ? "" : ", ") + extension;
  return out;
}

void remove_output(const std::string& output) {
  std::error_code ignored;
  std::filesystem::remove(output, ignored);
  std::filesystem::remove(output + ".wal", ignored);
}

Result<wire::LoadReply> load_opened(const wire::LoadRequest& request, const LoadOptions& options,
                                    const ProgressCallback& progress, std::stop_token stop) {
  auto name = request.original_filename;
  auto extension = extension_of(name);
  const bool packed = extension == ".gz";
  if (packed) extension = extension_of(std::string_view(name).substr(0, name.size() - 3));
  const auto* decoder = find_decoder(extension);
  if (!decoder) {
    return fail(
        ErrorCode::unsupported_type,
        extension.empty() ? fmt::format("“{}” has no file extension that is known here.", name)
                          : fmt::format("Files of the type {} are not accepted.", extension),
        "Accepted are " + accepted_list() + " (also packed as .gz).", {{"extension", extension}});
  }
  TRY(auto file, InputFile::open(request.upload));
  const auto bytes = file.size();
  if (bytes == 0) {
    return fail(ErrorCode::unreadable_file, "The file is empty.",
                "Upload a file that has rows in it.");
  }
  std::optional<TemporaryFile> unpacked;
  TRY(auto head, file.read_text(0, 4096));
  if (packed || is_gzip(head)) {
    if (!is_gzip(head)) {
      return fail(ErrorCode::unreadable_file, "The file is named .gz but is not packed that way.");
    }
    unpacked.emplace(options.temp_directory, ".unpacked");
    TRY_VOID(inflate_gzip(file, unpacked->path(), kUnpackedLimit, stop));
    TRY(file, InputFile::open(unpacked->path()));
    TRY(head, file.read_text(0, 4096));
    if (head.empty()) return fail(ErrorCode::unreadable_file, "The packed file is empty.");
  }
  TRY(const auto route, route_by_content(*decoder, name, extension, file, head));
  decoder = route.decoder;
  TRY(auto output, OutputDatabase::create(request.output, options, stop));
  LoadContext context{options,
                      progress,
                      stop,
                      file,
                      extension,
                      title_of(name),
                      {request.taken_names.begin(), request.taken_names.end()},
                      output,
                      {}};
  context.reply.data_type = "tabular";
  context.reply.report.format = decoder->format;
  context.reply.report.bytes = bytes;
  if (!route.note.empty()) context.note(route.note);
  TRY_VOID(decoder->load(context));
  TRY_VOID(OutputDatabase::finish(std::move(output)));
  return std::move(context.reply);
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
      return load_opened(request, options, progress, stop);
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

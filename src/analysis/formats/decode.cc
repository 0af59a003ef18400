#include "analysis/formats/decode.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "analysis/formats/content.h"
#include "analysis/formats/content_route.h"
#include "analysis/formats/gzip.h"
#include "analysis/formats/names.h"
#include "base/text.h"

namespace sextant::formats {
namespace {

constexpr std::int64_t kUnpackedLimit = 20ll << 30;
constexpr std::size_t kMostLayers = 3;  // of gzip

std::string accepted_list() {
  std::string out;
  for (const auto& extension : accepted_extensions()) out += (out.empty() ? "" : ", ") + extension;
  return out;
}

// What "every cell as the file has it" means for a column.
const catalog::ColumnChoice& text_choice() {
  static const catalog::ColumnChoice choice{.column = {},
                                            .type = "VARCHAR",
                                            .date_order = {},
                                            .date_format = {},
                                            .decimal_mark = {},
                                            .missing_values = std::vector<std::string>{}};
  return choice;
}

}  // namespace

std::string extension_of(std::string_view filename) {
  const auto dot = filename.rfind('.');
  if (dot == filename.npos || filename.find('/', dot) != filename.npos) return {};
  return text::lower_ascii(filename.substr(dot));
}

bool is_decodable(const std::string& filename) {
  auto extension = extension_of(filename);
  if (extension == ".gz")
    extension = extension_of(std::string_view(filename).substr(0, filename.size() - 3));
  return find_decoder(extension) != nullptr;
}

const catalog::ColumnChoice* LoadContext::choice(std::string_view key,
                                                 std::string_view column) const {
  if (as_text) return &text_choice();
  const auto* table = plan.table(key);
  return table ? table->find(column) : nullptr;
}

void note_unused_choices(LoadContext& context, std::string_view key,
                         const std::vector<std::string>& columns) {
  const auto* table = context.plan.table(key);
  if (!table || !table->columns || context.as_text) return;
  for (const auto& choice : *table->columns) {
    if (std::ranges::find(columns, choice.column) == columns.end()) {
      context.note(fmt::format("The plan speaks of a column “{}”, which the file does not have.",
                               text::truncate_utf8(choice.column, 100)));
    }
  }
}

Result<wire::LoadReply> decode_file(const DecodeRequest& request, OutputDatabase& output,
                                    const LoadOptions& options, const ProgressCallback& progress,
                                    std::stop_token stop) {
  const auto& name = request.input.original_filename;
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
  TRY(auto file, InputFile::open(request.input.upload));
  const auto bytes = file.size();
  if (bytes == 0) {
    return fail(ErrorCode::unreadable_file, "The file is empty.",
                "Upload a file that has rows in it.");
  }
  std::array<std::optional<TemporaryFile>, kMostLayers> unpacked;
  TRY(auto head, file.read_text(0, 4096));
  if (packed && !is_gzip(head)) {
    return fail(ErrorCode::unreadable_file, "The file is named .gz but is not packed that way.",
                "Upload it under its own extension, or pack it with gzip.");
  }
  for (std::size_t layers = 0; is_gzip(head); ++layers) {
    if (layers == kMostLayers) {
      return fail(ErrorCode::unreadable_file,
                  fmt::format("The file is packed more than {} times.", kMostLayers),
                  "Unpack it, and upload what is inside.");
    }
    const auto& inner = unpacked[layers].emplace(options.temp_directory, ".unpacked");
    TRY_VOID(inflate_gzip(file, inner.path(), kUnpackedLimit, stop));
    TRY(file, InputFile::open(inner.path()));
    TRY(head, file.read_text(0, 4096));
    if (head.empty()) {
      return fail(ErrorCode::unreadable_file, "The packed file is empty.",
                  "Upload a file that has rows in it.");
    }
  }
  TRY(const auto route, route_by_content(*decoder, name, extension, file, head));
  decoder = route.decoder;
  LoadContext context{options,
                      progress,
                      stop,
                      file,
                      extension,
                      title_of(name),
                      request.taken_names,
                      output,
                      {},
                      request.plan,
                      request.as_text};
  context.reply.data_type = "tabular";
  context.reply.report.format = decoder->format;
  context.reply.report.bytes = bytes;
  if (!route.note.empty()) context.note(route.note);
  TRY_VOID(decoder->load(context));
  request.taken_names = std::move(context.taken_names);
  return std::move(context.reply);
}

}  // namespace sextant::formats

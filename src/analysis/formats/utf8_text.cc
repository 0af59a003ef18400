#include "analysis/formats/utf8_text.h"

#include <fmt/format.h>

#include "analysis/formats/table_writer.h"
#include "analysis/formats/text_encoding.h"
#include "base/text.h"

namespace sextant::formats {
namespace {
constexpr std::int64_t kSampleBytes = 1 << 20;
}

Result<> open_text(LoadContext& context, Utf8Text& out) {
  TRY(const auto encoding, context.plan.encoding
                               ? chosen_encoding(context.file, *context.plan.encoding)
                               : detect_encoding(context.file, context.stop));
  context.reply.report.encoding = encoding.name;
  out.file = &context.file;
  out.mark_bytes = encoding.mark_bytes;
  if (!encoding.utf8) {
    out.converted.emplace(context.options.temp_directory, ".utf8");
    TRY(const auto broken,
        convert_to_utf8(context.file, encoding, out.converted->path(), context.stop));
    TRY(auto file, InputFile::open(out.converted->path()));
    out.own.emplace(std::move(file));
    out.file = &*out.own;
    out.mark_bytes = 0;
    if (broken > 0) {
      context.note(counted(broken, "character is", "characters are") +
                   fmt::format(" not valid {}; {}.", encoding.name,
                               encoding.rest.empty() ? "shown as �" : "read as " + encoding.rest));
    }
  }
  TRY(out.sample, out.file->read_text(out.mark_bytes, kSampleBytes));
  out.complete = out.mark_bytes + static_cast<std::int64_t>(out.sample.size()) >= out.file->size();
  if (text::trim(out.sample).empty() && out.complete) {
    return fail(ErrorCode::unreadable_file, "The file is empty.",
                "Upload a file that has rows in it.");
  }
  return {};
}

}  // namespace sextant::formats

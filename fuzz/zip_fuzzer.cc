// Archives: a whole file, or (what does not start like a ZIP) its members, cut at zero bytes: name,
// content, name, content, …
#include <cstddef>

#include "analysis/formats/archive.h"
#include "workbook_run.h"
#include "zip_parts.h"

namespace {

constexpr std::size_t kMembers = 8;

void unpack(std::string_view bytes) {
  const auto path = workbook_fuzz::folder() + "/input";
  std::FILE* out = std::fopen(path.c_str(), "wb");
  if (!out) std::abort();
  std::fwrite(bytes.data(), 1, bytes.size(), out);
  std::fclose(out);
  const auto archive = sextant::formats::unpack_archive(path, workbook_fuzz::folder(), {});
  if (!archive) {
    if (archive.error().code == sextant::ErrorCode::internal) std::abort();
    return;
  }
  if (archive->members.empty()) std::abort();
  for (const auto& member : archive->members) {
    // Wherever the name points to, the file is one of ours.
    if (!member.file->path().starts_with(workbook_fuzz::folder() + "/")) std::abort();
    const auto file = sextant::formats::InputFile::open(member.file->path());
    if (file) static_cast<void>(sextant::formats::workbook::recognise(*file));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 64 << 10) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  if (input.starts_with("PK")) {
    unpack(input);
    return 0;
  }
  const auto parts = workbook_fuzz::cut(input, 2 * kMembers);
  std::vector<std::pair<std::string, std::string_view>> members;
  for (std::size_t i = 0; i + 1 < parts.size(); i += 2)
    members.emplace_back(std::string(parts[i].substr(0, 4096)), parts[i + 1]);
  unpack(workbook_fuzz::zip_of(members));
  return 0;
}

#include "analysis/formats/workbook/package.h"

#include <expat.h>
#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace sextant::formats::workbook {
namespace {

constexpr std::int64_t kMostEntries = 100'000;
constexpr std::int64_t kMostInflated = 8ll << 30;  // of all parts that are read
constexpr std::int64_t kRatioFrom = 256ll << 20;   // bytes from which the ratio counts
constexpr std::int64_t kMostRatio = 400;
constexpr std::int64_t kLargestTag = 8 << 20;
constexpr int kDeepest = 256;
constexpr std::size_t kChunk = 128 << 10;

std::string_view local(const char* name) {
  const char* colon = std::strchr(name, ':');
  return colon ? colon + 1 : name;
}

struct Parse {
  XML_Parser parser;
  XmlHandler* handler;
  std::string_view part;
  int depth = 0;
};

void XMLCALL on_start(void* data, const char* name, const char** attributes) {
  auto& parse = *static_cast<Parse*>(data);
  if (parse.handler->stopped()) return;
  if (++parse.depth > kDeepest) {
    parse.handler->fail_with(
        {ErrorCode::unreadable_file,
         fmt::format("{} is nested deeper than {} levels.", parse.part, kDeepest),
         "Save it again from the program it comes from.",
         {}});
  } else {
    parse.handler->start(local(name), Attributes(attributes));
  }
  if (parse.handler->stopped()) XML_StopParser(parse.parser, XML_FALSE);
}

void XMLCALL on_end(void* data, const char* name) {
  auto& parse = *static_cast<Parse*>(data);
  if (parse.handler->stopped()) return;
  --parse.depth;
  parse.handler->end(local(name));
  if (parse.handler->stopped()) XML_StopParser(parse.parser, XML_FALSE);
}

void XMLCALL on_text(void* data, const char* text, int length) {
  auto& parse = *static_cast<Parse*>(data);
  if (!parse.handler->stopped()) parse.handler->text({text, static_cast<std::size_t>(length)});
}

void XMLCALL on_doctype(void* data, const char*, const char*, const char*, int) {
  auto& parse = *static_cast<Parse*>(data);
  parse.handler->fail_with(
      {ErrorCode::unreadable_file,
       fmt::format("{} declares a document type (DTD), which is refused.", parse.part),
       "Save it again from the program it comes from.",
       {}});
  XML_StopParser(parse.parser, XML_FALSE);
}

struct ParserFree {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};
struct ZipFileClose {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

}  // namespace

const char* Attributes::find(std::string_view local_name) const {
  for (const char** pair = pairs_; *pair; pair += 2) {
    if (local(*pair) == local_name) return pair[1];
  }
  return nullptr;
}

struct Package::State {
  zip_t* archive = nullptr;
  std::stop_token stop;
  std::int64_t inflated = 0;
  ~State() {
    if (archive) zip_discard(archive);
  }
  std::int64_t locate(const std::string& part) const {
    auto index = zip_name_locate(archive, part.c_str(), 0);
    if (index < 0) index = zip_name_locate(archive, part.c_str(), ZIP_FL_NOCASE);
    if (index < 0) {
      auto other = part;
      std::ranges::replace(other, '/', '\\');
      index = zip_name_locate(archive, other.c_str(), ZIP_FL_NOCASE);
    }
    return index;
  }
};

Package::Package(std::unique_ptr<State> state) : state_(std::move(state)) {}
Package::Package(Package&&) noexcept = default;
Package& Package::operator=(Package&&) noexcept = default;
Package::~Package() = default;

Result<Package> Package::open(const std::string& path, std::stop_token stop) {
  auto state = std::make_unique<State>();
  state->stop = std::move(stop);
  int code = 0;
  state->archive = zip_open(path.c_str(), ZIP_RDONLY, &code);
  if (!state->archive) {
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    const std::string why = zip_error_strerror(&error);
    zip_error_fini(&error);
    return fail(ErrorCode::unreadable_file,
                "The file's ZIP container is damaged or cut off: " + why + ".",
                "Upload it again, or open it and save it under a new name.");
  }
  if (zip_get_num_entries(state->archive, 0) > kMostEntries) {
    return fail(ErrorCode::too_large,
                fmt::format("The file has more than {} parts.", kMostEntries));
  }
  return Package(std::move(state));
}

bool Package::has(const std::string& part) const { return state_->locate(part) >= 0; }

std::int64_t Package::inflated_bytes(const std::string& part) const {
  zip_stat_t stat;
  const auto index = state_->locate(part);
  if (index < 0 || zip_stat_index(state_->archive, static_cast<zip_uint64_t>(index), 0, &stat) != 0)
    return 0;
  return (stat.valid & ZIP_STAT_SIZE) ? static_cast<std::int64_t>(stat.size) : 0;
}

Result<> Package::stream(const std::string& part,
                         const std::function<Result<bool>(std::string_view)>& take) {
  const auto index = state_->locate(part);
  if (index < 0) {
    return fail(ErrorCode::unreadable_file, fmt::format("The file has no part {}.", part),
                "Save it again from the program it comes from.");
  }
  zip_stat_t stat;
  const auto position = static_cast<zip_uint64_t>(index);
  if (zip_stat_index(state_->archive, position, 0, &stat) == 0 &&
      (stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE) {
    return fail(ErrorCode::unreadable_file, fmt::format("{} is encrypted.", part),
                "Remove the password and upload it again.");
  }
  const auto packed = std::max<std::int64_t>(1, static_cast<std::int64_t>(stat.comp_size));
  const std::unique_ptr<zip_file_t, ZipFileClose> file(
      zip_fopen_index(state_->archive, position, 0));
  const auto broken = [&](const char* why, std::int64_t at) {
    return fail(ErrorCode::unreadable_file,
                fmt::format("{} can not be unpacked at byte {}: {}.", part, at, why),
                "The file is damaged; upload it again, or open it and save it under a new name.");
  };
  if (!file) return broken(zip_strerror(state_->archive), 0);
  const auto buffer = std::make_unique<std::array<char, kChunk>>();
  std::int64_t own = 0;
  while (true) {
    if (state_->stop.stop_requested()) return fail(ErrorCode::cancelled, "The load was cancelled.");
    const auto got = zip_fread(file.get(), buffer->data(), buffer->size());
    if (got < 0) return broken(zip_file_strerror(file.get()), own);
    if (got == 0) return {};
    own += got;
    state_->inflated += got;
    if (state_->inflated > kMostInflated || (own > kRatioFrom && own / packed > kMostRatio)) {
      return fail(
          ErrorCode::too_large,
          fmt::format("{} unpacks to more than {} MB (from {} kB).", part, own >> 20, packed >> 10),
          "Split the file, or save what you need of it as CSV.");
    }
    TRY(const bool more, take({buffer->data(), static_cast<std::size_t>(got)}));
    if (!more) return {};
  }
}

Result<std::string> Package::read_text(const std::string& part, std::size_t most) {
  std::string out;
  TRY_VOID(stream(part, [&](std::string_view chunk) -> Result<bool> {
    out += chunk.substr(0, most - out.size());
    return out.size() < most;
  }));
  return out;
}

Result<> Package::parse(const std::string& part, XmlHandler& handler,
                        const std::function<void(std::int64_t)>& on_bytes) {
  const std::unique_ptr<std::remove_pointer_t<XML_Parser>, ParserFree> parser(
      XML_ParserCreate(nullptr));
  if (!parser) return fail(ErrorCode::resource_exhausted, "There is no memory for reading XML.");
  Parse parse{parser.get(), &handler, part};
  XML_SetUserData(parser.get(), &parse);
  XML_SetElementHandler(parser.get(), on_start, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
  std::int64_t fed = 0;
  const auto failed = [&]() -> Result<bool> {
    if (handler.error_) return fail(*handler.error_);
    if (handler.done_) return false;
    return fail(
        ErrorCode::unreadable_file,
        fmt::format("{} is not well-formed XML at line {}, byte {}: {}.", part,
                    XML_GetCurrentLineNumber(parser.get()), XML_GetCurrentByteIndex(parser.get()),
                    XML_ErrorString(XML_GetErrorCode(parser.get()))),
        "The file is damaged; open it and save it under a new name.");
  };
  TRY_VOID(stream(part, [&](std::string_view chunk) -> Result<bool> {
    fed += static_cast<std::int64_t>(chunk.size());
    if (XML_Parse(parser.get(), chunk.data(), static_cast<int>(chunk.size()), 0) != XML_STATUS_OK)
      return failed();
    if (fed - std::max<std::int64_t>(0, XML_GetCurrentByteIndex(parser.get())) > kLargestTag) {
      return fail(ErrorCode::too_large,
                  fmt::format("{} has a single tag of more than {} MB.", part, kLargestTag >> 20));
    }
    if (on_bytes) on_bytes(fed);
    return true;
  }));
  if (handler.done_ && !handler.error_) return {};
  if (XML_Parse(parser.get(), "", 0, 1) != XML_STATUS_OK) TRY_VOID(failed());
  if (handler.error_) return fail(*handler.error_);
  return {};
}

}  // namespace sextant::formats::workbook

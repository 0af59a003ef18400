#include "analysis/formats/text_encoding.h"

#include <uchardet.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <numeric>
#include <vector>

#include "base/text.h"

namespace sextant::formats {
namespace {

constexpr std::size_t kBlock = 1 << 20;
constexpr std::size_t kSample = 512 << 10;

bool all_ascii(const char* p, std::size_t n) {
  std::uint64_t high = 0;
  std::size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    std::uint64_t word;
    std::memcpy(&word, p + i, 8);
    high |= word;
  }
  for (; i < n; ++i) high |= static_cast<unsigned char>(p[i]);
  return (high & 0x8080808080808080ull) == 0;
}

struct Utf8Count {
  std::int64_t good = 0;  // characters of more than one byte
  std::int64_t bad = 0;
};

// Counts over one block; returns how many bytes at its end belong to an unfinished character.
std::size_t count_utf8(const char* data, std::size_t size, bool last, Utf8Count& count) {
  constexpr std::size_t kStride = 4096;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(data);
  std::size_t i = 0;
  while (i < size) {
    const auto stride = std::min(kStride, size - i);
    if (all_ascii(data + i, stride)) {
      i += stride;
      continue;
    }
    const auto end = i + stride;
    while (i < end) {
      if (bytes[i] < 0x80) {
        ++i;
        continue;
      }
      const std::size_t need = bytes[i] >= 0xF0   ? 4
                               : bytes[i] >= 0xE0 ? 3
                               : bytes[i] >= 0xC0 ? 2
                                                  : 1;
      if (!last && need > 1 && size - i < need) return size - i;
      auto at = static_cast<std::int64_t>(i);
      UChar32 c;
      U8_NEXT(bytes, at, static_cast<std::int64_t>(size), c);
      if (c < 0)
        ++count.bad;
      else
        ++count.good;
      i = static_cast<std::size_t>(at);
    }
  }
  return 0;
}

// Bytes of the lines around the first bytes beyond ASCII: what a detector needs to see.
std::string interesting_sample(const InputFile& file) {
  std::string sample;
  std::vector<char> block(kBlock);
  constexpr std::int64_t kAround = 4096;
  for (std::int64_t at = 0; at < file.size() && sample.size() < kSample;) {
    const auto n = file.read_at(at, block);
    if (!n || *n == 0) break;
    std::size_t i = 0;
    while (i < *n && sample.size() < kSample) {
      if (all_ascii(block.data() + i, std::min<std::size_t>(kAround, *n - i))) {
        i += kAround;
        continue;
      }
      const auto take = std::min<std::size_t>(kAround, *n - i);
      sample.append(block.data() + i, take);
      i += take;
    }
    at += static_cast<std::int64_t>(*n);
  }
  return sample;
}

// UTF-16 and UTF-32 of mostly Latin text show as regular zero bytes.
std::string_view wide_encoding(std::string_view sample) {
  std::array<std::size_t, 4> zeros{};
  const auto n = sample.size() & ~std::size_t{3};
  if (n < 4) return {};
  for (std::size_t i = 0; i < n; ++i) zeros[i % 4] += sample[i] == '\0';
  const auto often = [&](std::size_t k) { return zeros[k] * 10 > n / 4 * 4; };
  const auto seldom = [&](std::size_t k) { return zeros[k] * 20 <= n / 4; };
  if (often(1) && often(2) && often(3) && seldom(0)) return "UTF-32LE";
  if (often(0) && often(1) && often(2) && seldom(3)) return "UTF-32BE";
  if (often(1) && often(3) && seldom(0) && seldom(2)) return "UTF-16LE";
  if (often(0) && often(2) && seldom(1) && seldom(3)) return "UTF-16BE";
  return {};
}

// In old Mac files accented letters lie in 0x80 … 0x9F, where Windows has punctuation.
bool looks_like_mac_roman(std::string_view sample) {
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  std::size_t mac = 0;
  std::size_t windows = 0;
  for (std::size_t i = 1; i + 1 < sample.size(); ++i) {
    const auto c = static_cast<unsigned char>(sample[i]);
    if (c < 0x80 || !lower(sample[i - 1]) || !(lower(sample[i + 1]) || sample[i + 1] == ' ')) {
      continue;
    }
    if (c >= 0x87 && c <= 0x9F && c != 0x92 && c != 0x96 && c != 0x97) ++mac;
    if (c >= 0xC0) ++windows;
  }
  return mac > 0 && mac > 4 * windows;
}

// Single accented letters between plain ones, all where Windows and ISO 8859 have letters.
bool accented_latin(std::string_view sample) {
  std::size_t high = 0;
  std::size_t alone = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const auto c = static_cast<unsigned char>(sample[i]);
    // Dashes, curly quotes and signs say nothing.
    if (c < 0x80 || c == 0x85 || (c >= 0x91 && c <= 0x97) || (c >= 0xA0 && c < 0xC0)) continue;
    ++high;
    if (c < 0xC0) continue;
    const bool before = i > 0 && static_cast<unsigned char>(sample[i - 1]) >= 0x80;
    const bool after = i + 1 < sample.size() && static_cast<unsigned char>(sample[i + 1]) >= 0x80;
    if (!before && !after) ++alone;
  }
  return alone * 10 >= high * 9;
}

struct CloseConverter {
  void operator()(UConverter* c) const { ucnv_close(c); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

// What has no meaning in an encoding.
struct Broken {
  std::int64_t count = 0;
  std::u16string bytes;  // what each byte is read as instead; empty: U+FFFD for all of them
};

void replace_broken(const void* context, UConverterToUnicodeArgs* args, const char* bytes,
                    int32_t length, UConverterCallbackReason reason, UErrorCode* error) {
  if (reason > UCNV_IRREGULAR) return;
  auto& broken = *static_cast<Broken*>(const_cast<void*>(context));
  ++broken.count;
  *error = U_ZERO_ERROR;
  std::u16string written(1, u'\uFFFD');
  if (!broken.bytes.empty()) {
    written.clear();
    for (int32_t i = 0; i < length; ++i)
      written.push_back(broken.bytes[static_cast<unsigned char>(bytes[i])]);
  }
  ucnv_cbToUWriteUChars(args, written.data(), static_cast<int32_t>(written.size()), 0, error);
}

Result<Converter> open_converter(const std::string& name, Broken* broken) {
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(name.c_str(), &error));
  if (U_FAILURE(error)) return fail(ErrorCode::unreadable_file, "unknown text encoding " + name);
  if (broken) {
    ucnv_setToUCallBack(converter.get(), replace_broken, broken, nullptr, nullptr, &error);
  }
  return converter;
}

// How many byte sequences of the sample mean nothing in this encoding, and how many control
// characters (C1) come out: both say that the guess is wrong.
std::int64_t complaints(const std::string& name, std::string_view sample) {
  Broken broken;
  auto converter = open_converter(name, &broken);
  if (!converter) return INT64_MAX;
  std::vector<char16_t> out(sample.size() + 16);
  const char* source = sample.data();
  char16_t* target = out.data();
  UErrorCode error = U_ZERO_ERROR;
  ucnv_toUnicode(converter->get(), &target, out.data() + out.size(), &source,
                 sample.data() + sample.size(), nullptr, false, &error);
  std::int64_t controls = std::count_if(out.data(), target, [](char16_t c) {
    return (c >= 0x80 && c <= 0x9F && c != 0x85) ||
           (c < 0x20 && c != '\t' && c != '\n' && c != '\r');
  });
  return broken.count + controls;
}

std::u16string decoded(const std::string& name, std::string_view sample) {
  Broken broken;
  auto converter = open_converter(name, &broken);
  if (!converter) return {};
  std::u16string out(sample.size() + 16, u'\0');
  const char* source = sample.data();
  char16_t* target = out.data();
  UErrorCode error = U_ZERO_ERROR;
  ucnv_toUnicode(converter->get(), &target, out.data() + out.size(), &source,
                 sample.data() + sample.size(), nullptr, false, &error);
  out.resize(static_cast<std::size_t>(target - out.data()));
  return out;
}

std::string detect_legacy(std::string_view sample) {
  std::string name;
  std::unique_ptr<uchardet, void (*)(uchardet_t)> detector(uchardet_new(), uchardet_delete);
  if (uchardet_handle_data(detector.get(), sample.data(), sample.size()) == 0) {
    uchardet_data_end(detector.get());
    name = uchardet_get_charset(detector.get());
  }
  const bool latin = name.empty() || name == "ASCII" || name.starts_with("ISO-8859-1") ||
                     name == "WINDOWS-1252" || name.starts_with("MAC") || name == "ISO-8859-3" ||
                     name == "UTF-8";
  if (latin && looks_like_mac_roman(sample)) return "macintosh";
  // Pages that Windows extended: the extension reads everything that the standard reads.
  if (name == "SHIFT_JIS") name = "windows-31j";
  if (name == "EUC-KR" || name == "UHC") name = "windows-949";
  if (name == "GB2312" || name == "GB18030") name = "GB18030";
  if (name == "ISO-8859-1" || name.empty() || name == "ASCII" || name == "UTF-8") {
    name = "windows-1252";
  }
  // The old DOS pages have their letters where Windows has none: without such bytes it is Windows.
  const bool dos = name.starts_with("IBM") || name.starts_with("CP8") || name.starts_with("MAC");
  if (dos && accented_latin(sample)) name = "windows-1252";
  if (name.starts_with("WINDOWS-")) name = "windows-" + name.substr(8);
  if (complaints(name, sample) == 0) {
    // Where the commonest encoding reads the same text, it is the one.
    const bool single = name.starts_with("ISO-8859") || name.starts_with("windows-");
    if (single && decoded(name, sample) == decoded("windows-1252", sample)) return "windows-1252";
    return name;
  }
  // Two bytes for a character fail loudly when they are wrong, so a clean one of them is right.
  for (const char* candidate : {"windows-31j", "EUC-JP", "windows-949", "GB18030", "Big5-HKSCS"}) {
    if (sample.size() > 64 && complaints(candidate, sample) == 0) return candidate;
  }
  for (const char* candidate : {"windows-1252", "windows-1250", "windows-1251", "ISO-8859-1"}) {
    if (complaints(candidate, sample) == 0) return candidate;
  }
  return complaints(name, sample) == INT64_MAX ? "windows-1252" : name;
}

// Lines of UTF-8 and lines of another encoding in one file, as in files that were put together.
// Accented letters of an old encoding never make a whole line of UTF-8 by chance, but for a few.
bool some_lines_are_utf8(std::string_view sample) {
  std::size_t utf8 = 0;
  std::size_t other = 0;
  std::size_t both = 0;
  while (!sample.empty()) {
    const auto end = std::min(sample.find('\n'), sample.size());
    Utf8Count count;
    const auto line = sample.substr(0, end);
    count_utf8(line.data(), line.size(), true, count);
    if (count.good > 0 && count.bad > 0)
      ++both;
    else if (count.good > 0)
      ++utf8;
    else if (count.bad > 0)
      ++other;
    sample.remove_prefix(std::min(end + 1, sample.size()));
  }
  return utf8 * 5 >= utf8 + other + both && both * 20 <= utf8 + other;
}

// Bytes that no text has, but for a few.
bool is_binary(std::string_view sample) {
  const auto controls = std::ranges::count_if(sample, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && !(byte >= '\t' && byte <= '\r') && byte != 0x1A && byte != 0x1B &&
           byte != 0x1F && byte != 0x01;
  });
  return controls >= 10 && controls * 50 > static_cast<std::int64_t>(sample.size());
}

std::string display_name(const std::string& name) {
  if (name == "windows-31j") return "Shift_JIS";
  if (name == "windows-949") return "EUC-KR";
  if (name == "macintosh") return "Mac Roman";
  return name;
}

std::string converter_name(const std::string& display) {
  if (display == "Shift_JIS") return "windows-31j";
  if (display == "EUC-KR") return "windows-949";
  if (display == "Mac Roman") return "macintosh";
  return display;
}

}  // namespace

Result<TextEncoding> chosen_encoding(const InputFile& file, const std::string& name) {
  if (!open_converter(converter_name(name), nullptr)) {
    return fail(ErrorCode::unreadable_file,
                "There is no text encoding called “" + name.substr(0, 60) + "”.",
                "Choose one like UTF-8, windows-1252, ISO-8859-15, Shift_JIS or UTF-16LE.");
  }
  TRY(const auto head, file.read_text(0, 4));
  TextEncoding out;
  out.name = name;
  out.utf8 = false;  // converted even so: what is broken in it gets replaced and counted
  using namespace std::string_view_literals;
  for (const auto mark : {"\xEF\xBB\xBF"sv, "\xFF\xFE"sv, "\xFE\xFF"sv}) {
    if (head.starts_with(mark)) out.mark_bytes = static_cast<std::int64_t>(mark.size());
  }
  return out;
}

Result<TextEncoding> detect_encoding(const InputFile& file, std::stop_token stop) {
  TRY(const std::string head, file.read_text(0, 64 << 10));
  using namespace std::string_view_literals;
  struct Mark {
    std::string_view bytes;
    const char* name;
  };
  static constexpr auto kMarks = std::to_array<Mark>({{"\xEF\xBB\xBF"sv, "UTF-8"},
                                                      {"\xFF\xFE\0\0"sv, "UTF-32LE"},
                                                      {"\0\0\xFE\xFF"sv, "UTF-32BE"},
                                                      {"\xFF\xFE"sv, "UTF-16LE"},
                                                      {"\xFE\xFF"sv, "UTF-16BE"}});
  TextEncoding out;
  for (const auto& mark : kMarks) {
    if (!head.starts_with(mark.bytes)) continue;
    out.name = mark.name;
    out.mark_bytes = static_cast<std::int64_t>(mark.bytes.size());
    out.utf8 = out.name == "UTF-8";
    if (!out.utf8) return out;
    break;
  }
  if (out.mark_bytes == 0) {
    if (const auto wide = wide_encoding(head); !wide.empty()) {
      out.name = wide;
      out.utf8 = false;
      return out;
    }
    if (head.find("\x1b$") != head.npos) {  // ISO-2022: seven bits, shifts by escape sequences
      out.name = head.find("\x1b$)C") != head.npos ? "ISO-2022-KR" : "ISO-2022-JP-2";
      out.utf8 = false;
      return out;
    }
  }
  if (is_binary(head)) {
    return fail(ErrorCode::unreadable_file,
                "This is no text: many of its first bytes are control characters.",
                "Check that it is the right file, and upload it under its own extension.");
  }
  Utf8Count count;
  std::vector<char> block(kBlock);
  std::size_t carried = 0;
  for (std::int64_t at = 0; at < file.size();) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "Loading was cancelled.");
    TRY(const auto n, file.read_at(at, std::span(block).subspan(carried)));
    if (n == 0) break;
    at += static_cast<std::int64_t>(n);
    const auto size = carried + n;
    carried = count_utf8(block.data(), size, at >= file.size(), count);
    std::memmove(block.data(), block.data() + size - carried, carried);
  }
  TRY(const auto end, file.read_text(file.size() - 1, 1));
  if (end == "\x1a") {  // the end of a text in DOS
    out.end_bytes = 1;
    out.utf8 = false;
  }
  if (count.bad == 0) return out;
  const auto sample = interesting_sample(file);
  // Some bytes of an older encoding in what is otherwise clearly UTF-8.
  if (out.mark_bytes > 0 || count.good > 20 * count.bad || some_lines_are_utf8(sample)) {
    out.utf8 = false;
    out.rest = "windows-1252";
    return out;
  }
  out.name = display_name(detect_legacy(sample));
  out.utf8 = false;
  return out;
}

Result<std::int64_t> convert_to_utf8(const InputFile& file, const TextEncoding& encoding,
                                     const std::string& output, std::stop_token stop) {
  Broken broken;
  if (!encoding.rest.empty()) {
    std::string all(256, '\0');
    std::iota(all.begin(), all.end(), '\0');
    broken.bytes = decoded(encoding.rest, all);
  }
  TRY(const auto from, open_converter(converter_name(encoding.name), &broken));
  TRY(const auto to, open_converter("UTF-8", nullptr));
  TRY(auto writer, TextWriter::create(output));
  std::vector<char> in(kBlock);
  std::vector<char> out(kBlock * 4);
  std::vector<char16_t> pivot(kBlock);
  char16_t* pivot_source = pivot.data();
  char16_t* pivot_target = pivot.data();
  bool reset = true;
  std::int64_t at = encoding.mark_bytes;
  while (true) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "Loading was cancelled.");
    TRY(const auto n, file.read_at(at, in));
    at += static_cast<std::int64_t>(n);
    const bool last = at >= file.size();
    const auto* end = in.data() + n - (last ? encoding.end_bytes : 0);
    const char* source = in.data();
    while (true) {
      char* target = out.data();
      UErrorCode error = U_ZERO_ERROR;
      ucnv_convertEx(to.get(), from.get(), &target, out.data() + out.size(), &source, end,
                     pivot.data(), &pivot_source, &pivot_target, pivot.data() + pivot.size(), reset,
                     last, &error);
      reset = false;
      TRY_VOID(writer.write({out.data(), static_cast<std::size_t>(target - out.data())}));
      if (error == U_BUFFER_OVERFLOW_ERROR) continue;
      if (U_FAILURE(error) && error != U_TRUNCATED_CHAR_FOUND) {
        return fail(ErrorCode::unreadable_file,
                    "The text could not be read as " + encoding.name + ".",
                    "Save the file as UTF-8 and upload it again.");
      }
      if (error == U_TRUNCATED_CHAR_FOUND) ++broken.count;
      break;
    }
    if (last) break;
  }
  TRY_VOID(writer.close());
  return broken.count;
}

}  // namespace sextant::formats

#pragma once
// A ZIP with parts that are stored, not packed: mutations of the input reach the XML in it.

#include <zlib.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace workbook_fuzz {

inline std::string zip_of(const std::vector<std::pair<std::string, std::string_view>>& parts) {
  std::string out;
  std::string directory;
  const auto number = [](std::string& to, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i, value >>= 8) to.push_back(static_cast<char>(value & 0xff));
  };
  for (const auto& [name, data] : parts) {
    const auto offset = out.size();
    std::string common;
    number(common, 20, 2);
    number(common, 0, 8);  // flags, stored, time
    number(common,
           ::crc32(0, reinterpret_cast<const Bytef*>(data.data()), static_cast<uInt>(data.size())),
           4);
    number(common, data.size(), 4);
    number(common, data.size(), 4);
    number(common, name.size(), 2);
    number(common, 0, 2);
    out += "PK\x03\x04" + common + name;
    out += data;
    directory += "PK\x01\x02";
    number(directory, 20, 2);
    directory += common;
    number(directory, 0, 10);
    number(directory, offset, 4);
    directory += name;
  }
  const auto start = out.size();
  out += directory + "PK\x05\x06";
  number(out, 0, 4);
  number(out, parts.size(), 2);
  number(out, parts.size(), 2);
  number(out, directory.size(), 4);
  number(out, start, 4);
  number(out, 0, 2);
  return out;
}

// The input cut at its zero bytes.
inline std::vector<std::string_view> cut(std::string_view input, std::size_t most) {
  std::vector<std::string_view> out;
  while (out.size() + 1 < most) {
    const auto end = input.find('\0');
    out.push_back(input.substr(0, end));
    input = end == input.npos ? std::string_view{} : input.substr(end + 1);
  }
  out.push_back(input);
  return out;
}

}  // namespace workbook_fuzz

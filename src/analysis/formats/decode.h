#pragma once
// One file into the output: unpacked, recognised by its content, decoded. One thread.

#include <set>

#include "analysis/formats/decoder.h"

namespace sextant::formats {

struct DecodeRequest {
  wire::LoadInput input;
  const catalog::LoadPlan& plan;
  bool as_text = false;
  std::set<std::string>& taken_names;  // tables of the output; those of this file are added
};

Result<wire::LoadReply> decode_file(const DecodeRequest& request, OutputDatabase& output,
                                    const LoadOptions& options, const ProgressCallback& progress,
                                    std::stop_token stop);

// Whether a decoder reads files of this name's extension, also packed as .gz.
bool is_decodable(const std::string& filename);
// Lower case, with the dot: ".csv"; "" when there is none.
std::string extension_of(std::string_view filename);

}  // namespace sextant::formats

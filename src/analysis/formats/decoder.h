#pragma once
// What every file format implements: one decoder, registered by one line in registry.cc.

#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "analysis/formats/input_file.h"
#include "analysis/formats/load.h"
#include "analysis/formats/output_database.h"

namespace sextant::formats {

// One file on its way into tables.
struct LoadContext {
  const LoadOptions& options;
  const ProgressCallback& progress;
  std::stop_token stop;
  InputFile& file;        // already unpacked when it was .gz
  std::string extension;  // ".csv", lower case, without .gz
  std::string title;      // the file's name without its extension
  std::set<std::string> taken_names;
  OutputDatabase& output;
  wire::LoadReply reply;  // the decoder fills it in
  const catalog::LoadPlan& plan;
  bool as_text = false;  // every cell as the file has it

  // What was chosen for a column; null: nothing.
  const catalog::ColumnChoice* choice(std::string_view key, std::string_view column) const;

  void report(std::string stage, std::int64_t bytes, std::int64_t rows, double fraction) const {
    if (progress) progress({std::move(stage), bytes, rows, fraction});
  }
  void note(std::string sentence) { reply.report.notes.push_back(std::move(sentence)); }
};

// Choices for columns of a table that it does not have (any more) are told to the user.
void note_unused_choices(LoadContext& context, std::string_view key,
                         const std::vector<std::string>& columns);

struct Decoder {
  std::string_view format;  // LoadReport::format
  std::string_view name;    // for people: "CSV"
  std::span<const std::string_view> extensions;
  Result<> (*load)(LoadContext& context);
};

std::span<const Decoder> decoders();
const Decoder* find_decoder(std::string_view extension);

}  // namespace sextant::formats

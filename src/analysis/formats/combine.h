#pragma once
// Tables of several files put below each other. A column takes a type that holds the values of all
// files exactly; where there is none, it is text, and the files are to be read again with it as
// text (text_columns), so that nothing is changed on the way. One thread.

#include <string>
#include <vector>

#include "analysis/formats/decoder.h"

namespace sextant::formats {

// What one file gave.
struct Decoded {
  std::string filename;
  wire::LoadReply reply;
  bool separate = false;  // only tables of the very same key belong to its own
};

// Tables that belong together: (file, position in its reply), in the order of the files.
using TableGroup = std::vector<std::pair<std::size_t, std::size_t>>;
std::vector<TableGroup> group_tables(const std::vector<Decoded>& files);

// (key, column's header) of columns whose types do not go together and which must be text.
struct TextColumn {
  std::string key;
  std::string column;
};
Result<std::vector<TextColumn>> text_columns(OutputDatabase& output,
                                             const std::vector<Decoded>& files);

// Makes the tables of the output from those of the files, and one reply of all replies.
Result<wire::LoadReply> combine(OutputDatabase& output, std::vector<Decoded> files,
                                bool file_name_column);

}  // namespace sextant::formats

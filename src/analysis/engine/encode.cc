#include "analysis/engine/encode.h"

#include <duckdb.h>

namespace sextant::engine {

void write_csv_field(std::string& out, std::string_view text, bool formula_safe) {
  const bool formula =
      formula_safe && !text.empty() && std::string_view("=+-@\t\r").contains(text.front());
  const bool quoted = text.empty() || text.find_first_of(",\"\r\n") != std::string_view::npos ||
                      text.front() == ' ' || text.back() == ' ' || text.front() == '\t';
  if (quoted) out.push_back('"');
  if (formula) out.push_back('\'');
  for (const char c : text) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  if (quoted) out.push_back('"');
}

RowEncoder::RowEncoder(std::shared_ptr<const Shape> shape, wire::Encoding encoding,
                       EncodeLimits limits, bool formula_safe)
    : shape_(std::move(shape)), encoding_(encoding), limits_(limits), formula_safe_(formula_safe) {
  for (const auto& type : shape_->types) {
    textual_.push_back(type.id == DUCKDB_TYPE_VARCHAR || type.id == DUCKDB_TYPE_ENUM ||
                       type.id == DUCKDB_TYPE_BLOB || !type.children.empty());
  }
}

void RowEncoder::begin(std::string& out) const {
  if (encoding_ != wire::Encoding::csv) return;
  for (std::size_t i = 0; i < shape_->columns.size(); ++i) {
    if (i > 0) out.push_back(',');
    write_csv_field(out, shape_->columns[i].name, formula_safe_);
  }
  out += "\r\n";
}

void RowEncoder::write_row(std::string& out, const std::vector<ColumnView>& columns,
                           std::int64_t row) const {
  if (encoding_ == wire::Encoding::json_rows) {
    out += rows_ > 0 ? ",[" : "[";
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i > 0) out.push_back(',');
      columns[i].write_json(out, row);
    }
    out.push_back(']');
    return;
  }
  std::string field;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) out.push_back(',');
    if (columns[i].is_null(row)) continue;
    if (!textual_[i]) {
      columns[i].write_text(out, row);
      continue;
    }
    field.clear();
    columns[i].write_text(field, row);
    write_csv_field(out, field, formula_safe_);
  }
  out += "\r\n";
}

bool RowEncoder::append(std::string& out, const Chunk& chunk, std::int64_t from, std::int64_t to) {
  std::vector<ColumnView> columns;
  columns.reserve(shape_->types.size());
  for (std::size_t i = 0; i < shape_->types.size(); ++i) {
    columns.emplace_back(shape_->types[i], duckdb_data_chunk_get_vector(chunk.handle(), i));
  }
  for (std::int64_t row = from; row < to; ++row) {
    if (limits_.rows > 0 && rows_ >= limits_.rows) return false;
    const std::size_t before = out.size();
    write_row(out, columns, row);
    bytes_ += static_cast<std::int64_t>(out.size() - before);
    if (limits_.bytes > 0 && bytes_ > limits_.bytes) {
      out.resize(before);
      return false;
    }
    ++rows_;
  }
  return true;
}

}  // namespace sextant::engine

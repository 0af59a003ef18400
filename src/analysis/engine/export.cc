#include "analysis/engine/export.h"

#include <duckdb.h>
#include <fmt/format.h>

#include <fstream>
#include <vector>

#include "analysis/engine/encode.h"
#include "base/id.h"
#include "base/text.h"

namespace sextant::engine {
namespace {

constexpr std::size_t kPieceBytes = 128 << 10;

// Bytes gathered to pieces worth sending.
class Pieces {
 public:
  std::string& text() { return text_; }
  Result<> send_when_full(const RowSink& sink) {
    return text_.size() < kPieceBytes ? Result<>() : send(sink);
  }
  Result<> send(const RowSink& sink) {
    if (text_.empty()) return {};
    TRY_VOID(sink(text_));
    text_.clear();
    return {};
  }

 private:
  std::string text_;
};

class CsvWriter final : public ExportWriter {
 public:
  Result<> begin(std::shared_ptr<const Shape> shape, const RowSink&) override {
    encoder_.emplace(std::move(shape), wire::Encoding::csv, EncodeLimits{});
    encoder_->begin(pieces_.text());
    return {};
  }
  Result<> append(const Chunk& chunk, const RowSink& sink) override {
    encoder_->append(pieces_.text(), chunk, 0, chunk.rows());
    return pieces_.send_when_full(sink);
  }
  Result<> finish(const RowSink& sink, std::stop_token) override { return pieces_.send(sink); }

 private:
  std::optional<RowEncoder> encoder_;
  Pieces pieces_;
};

class JsonWriter final : public ExportWriter {
 public:
  Result<> begin(std::shared_ptr<const Shape> shape, const RowSink&) override {
    shape_ = std::move(shape);
    for (const auto& column : shape_->columns) {
      keys_.push_back((keys_.empty() ? "{" : ",") +
                      json::dump(json::Value(boost::json::string(column.name))) + ":");
    }
    pieces_.text() = "[";
    return {};
  }
  Result<> append(const Chunk& chunk, const RowSink& sink) override {
    std::vector<ColumnView> columns;
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      columns.emplace_back(shape_->types[i], duckdb_data_chunk_get_vector(chunk.handle(), i));
    }
    for (std::int64_t row = 0; row < chunk.rows(); ++row) {
      pieces_.text() += std::exchange(first_, false) ? "\n" : ",\n";
      for (std::size_t i = 0; i < keys_.size(); ++i) {
        pieces_.text() += keys_[i];
        columns[i].write_json(pieces_.text(), row);
      }
      pieces_.text() += '}';
    }
    return pieces_.send_when_full(sink);
  }
  Result<> finish(const RowSink& sink, std::stop_token) override {
    pieces_.text() += "\n]\n";
    return pieces_.send(sink);
  }

 private:
  std::shared_ptr<const Shape> shape_;
  std::vector<std::string> keys_;  // what stands before each value of a row
  bool first_ = true;
  Pieces pieces_;
};

}  // namespace

Result<std::unique_ptr<ExportWriter>> ExportWriter::create(wire::ExportFormat format,
                                                           const std::string& temp_directory) {
  const auto file = std::filesystem::path(temp_directory) / ("export-" + new_id());
  switch (format) {
    case wire::ExportFormat::csv:
      return std::make_unique<CsvWriter>();
    case wire::ExportFormat::json:
      return std::make_unique<JsonWriter>();
    case wire::ExportFormat::xlsx:
      return new_workbook_writer(file.string() + ".xlsx");
    case wire::ExportFormat::parquet:
      return new_parquet_writer(file.string() + ".parquet");
  }
  return fail(ErrorCode::internal, "This format can not be written.");
}

Result<> send_file(const std::filesystem::path& file, const RowSink& sink) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail(ErrorCode::internal, "The file that was written can not be read.");
  std::string piece(kPieceBytes, '\0');
  while (in.read(piece.data(), std::ssize(piece)), in.gcount() > 0) {
    TRY_VOID(sink(std::string_view(piece.data(), static_cast<std::size_t>(in.gcount()))));
  }
  return {};
}

}  // namespace sextant::engine

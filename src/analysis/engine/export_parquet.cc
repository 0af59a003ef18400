#include <fmt/format.h>

#include <set>

#include "analysis/engine/export.h"
#include "base/text.h"

namespace sextant::engine {
namespace {

constexpr std::int64_t kMemory = 256ll << 20;

// The engine that runs users' SQL may write nothing, so the rows go through a file of the engine's
// own kind, and a second engine makes the Parquet file of it.
class ParquetWriter final : public ExportWriter {
 public:
  explicit ParquetWriter(std::filesystem::path file)
      : file_(std::move(file)), rows_(file_.string() + ".duckdb") {}
  ~ParquetWriter() override {
    spill_.reset();
    std::error_code ignored;
    std::filesystem::remove(file_, ignored);
    std::filesystem::remove(rows_, ignored);
  }

  Result<> begin(std::shared_ptr<const Shape> shape, const RowSink&) override {
    std::set<std::string> taken;
    for (std::size_t i = 0; i < shape->columns.size(); ++i) {
      const auto& name = shape->columns[i].name;
      std::string unique = name;
      for (int n = 2; !taken.insert(text::lower_ascii(unique)).second; ++n) {
        unique = fmt::format("{}_{}", name, n);
      }
      columns_ += fmt::format("{}c{} AS {}", i > 0 ? ", " : "", i, text::quote_identifier(unique));
    }
    TRY(spill_, SpillWriter::create(rows_, *shape));
    return {};
  }

  Result<> append(const Chunk& chunk, const RowSink&) override { return spill_->append(chunk); }

  Result<> finish(const RowSink& sink, std::stop_token stop) override {
    TRY_VOID(spill_->finish());
    spill_.reset();
    {
      TRY(auto database,
          Database::open(rows_.string(), {.read_only = true, .memory_limit = kMemory}));
      TRY(auto connection, database.connect());
      connection.set_stop(std::move(stop));
      TRY_VOID(connection.query(fmt::format("COPY (SELECT {} FROM result) TO {} (FORMAT parquet)",
                                            columns_, text::quote_literal(file_.string()))));
    }
    return send_file(file_, sink);
  }

 private:
  const std::filesystem::path file_, rows_;
  std::string columns_;
  std::unique_ptr<SpillWriter> spill_;
};

}  // namespace

std::unique_ptr<ExportWriter> new_parquet_writer(std::filesystem::path file) {
  return std::make_unique<ParquetWriter>(std::move(file));
}

}  // namespace sextant::engine

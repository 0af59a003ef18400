#include <duckdb.h>
#include <fmt/format.h>
#include <xlsxwriter.h>

#include <cmath>

#include "analysis/engine/export.h"
#include "base/text.h"

namespace sextant::engine {
namespace {

constexpr std::int64_t kSheetRows = LXW_ROW_MAX;  // the header included
constexpr std::size_t kSheetColumns = LXW_COL_MAX;
constexpr std::size_t kMaxText = 32'767;  // characters of a cell
constexpr std::int64_t kExact = 1ll << 53;
constexpr int kExactDigits = 15;
// Spreadsheets count days from 1899-12-30, but only from 1 March 1900 on do all of them agree.
constexpr std::int64_t kEpoch = 25'569;       // 1970-01-01
constexpr std::int64_t kFirstDay = 61;        // 1900-03-01
constexpr std::int64_t kEndOfDays = 2958465;  // 9999-12-31
constexpr double kMicrosOfDay = 86'400e6;

enum class Kind { number, whole, boolean, date, timestamp, time, text };

Kind kind_of(const ColumnType& type) {
  switch (type.id) {
    case DUCKDB_TYPE_BOOLEAN:
      return Kind::boolean;
    case DUCKDB_TYPE_TINYINT:
    case DUCKDB_TYPE_SMALLINT:
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_BIGINT:
    case DUCKDB_TYPE_UTINYINT:
    case DUCKDB_TYPE_USMALLINT:
    case DUCKDB_TYPE_UINTEGER:
    case DUCKDB_TYPE_UBIGINT:
    case DUCKDB_TYPE_HUGEINT:
    case DUCKDB_TYPE_UHUGEINT:
      return Kind::whole;
    case DUCKDB_TYPE_FLOAT:
    case DUCKDB_TYPE_DOUBLE:
      return Kind::number;
    case DUCKDB_TYPE_DECIMAL:
      return type.width <= kExactDigits ? Kind::number : Kind::text;
    case DUCKDB_TYPE_DATE:
      return Kind::date;
    case DUCKDB_TYPE_TIMESTAMP:
    case DUCKDB_TYPE_TIMESTAMP_TZ:
    case DUCKDB_TYPE_TIMESTAMP_S:
    case DUCKDB_TYPE_TIMESTAMP_MS:
    case DUCKDB_TYPE_TIMESTAMP_NS:
      return Kind::timestamp;
    case DUCKDB_TYPE_TIME:
      return Kind::time;
    default:
      return Kind::text;
  }
}

double timestamps_a_second(int type) {
  switch (type) {
    case DUCKDB_TYPE_TIMESTAMP_S:
      return 1;
    case DUCKDB_TYPE_TIMESTAMP_MS:
      return 1e3;
    case DUCKDB_TYPE_TIMESTAMP_NS:
      return 1e9;
    default:
      return 1e6;
  }
}

std::size_t characters(std::string_view utf8) {
  std::size_t count = 0;
  for (const char c : utf8) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

class WorkbookWriter final : public ExportWriter {
 public:
  explicit WorkbookWriter(std::filesystem::path file)
      : file_(file.string()), folder_(file.parent_path().string()) {}
  ~WorkbookWriter() override {
    if (workbook_) lxw_workbook_free(workbook_);
    std::error_code ignored;
    std::filesystem::remove(file_, ignored);
  }

  Result<> begin(std::shared_ptr<const Shape> shape, const RowSink&) override {
    shape_ = std::move(shape);
    if (shape_->columns.size() > kSheetColumns) {
      return fail(ErrorCode::too_large,
                  fmt::format("A spreadsheet has at most {} columns; these are {}.", kSheetColumns,
                              shape_->columns.size()),
                  "Select fewer columns, or export CSV or Parquet.");
    }
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = folder_.data();
    workbook_ = workbook_new_opt(file_.c_str(), &options);
    if (!workbook_) return fail(ErrorCode::internal, "The workbook could not be made.");
    bold_ = workbook_add_format(workbook_);
    format_set_bold(bold_);
    const auto with_format = [&](const char* number_format) {
      auto* format = workbook_add_format(workbook_);
      format_set_num_format(format, number_format);
      return format;
    };
    date_ = with_format("yyyy-mm-dd");
    timestamp_ = with_format("yyyy-mm-dd hh:mm:ss");
    time_ = with_format("hh:mm:ss");
    for (const auto& type : shape_->types) kinds_.push_back(kind_of(type));
    return next_sheet();
  }

  Result<> append(const Chunk& chunk, const RowSink&) override {
    std::vector<ColumnView> columns;
    std::vector<const void*> data;
    for (std::size_t i = 0; i < kinds_.size(); ++i) {
      const auto vector = duckdb_data_chunk_get_vector(chunk.handle(), i);
      columns.emplace_back(shape_->types[i], vector);
      data.push_back(duckdb_vector_get_data(vector));
    }
    for (std::int64_t row = 0; row < chunk.rows(); ++row) {
      if (row_ == kSheetRows) TRY_VOID(next_sheet());
      for (std::size_t i = 0; i < kinds_.size(); ++i) {
        if (!columns[i].is_null(row)) TRY_VOID(write(columns[i], data[i], row, i));
      }
      ++row_;
    }
    return {};
  }

  Result<> finish(const RowSink& sink, std::stop_token) override {
    // Frees the workbook, also when it fails.
    const auto error = workbook_close(std::exchange(workbook_, nullptr));
    if (error != LXW_NO_ERROR) return fail(explained(error));
    return send_file(file_, sink);
  }

 private:
  static Error explained(lxw_error error) {
    return Error(ErrorCode::internal,
                 fmt::format("The workbook could not be written: {}", lxw_strerror(error)));
  }

  Result<> next_sheet() {
    const std::string name = sheets_ == 0 ? "Result" : fmt::format("Result {}", sheets_ + 1);
    ++sheets_;
    sheet_ = workbook_add_worksheet(workbook_, name.c_str());
    if (!sheet_) return fail(ErrorCode::internal, "A sheet could not be added.");
    worksheet_freeze_panes(sheet_, 1, 0);
    for (std::size_t i = 0; i < kinds_.size(); ++i) {
      const auto column = static_cast<lxw_col_t>(i);
      const auto& title = shape_->columns[i].name;
      const double width = kinds_[i] == Kind::timestamp
                               ? 19
                               : std::clamp(static_cast<double>(title.size()) + 2, 10.0, 40.0);
      worksheet_set_column(sheet_, column, column, width, nullptr);
      worksheet_write_string(sheet_, 0, column, title.c_str(), bold_);
    }
    row_ = 1;
    return {};
  }

  Result<> write(const ColumnView& view, const void* data, std::int64_t row, std::size_t index) {
    const auto at = static_cast<lxw_row_t>(row_);
    const auto column = static_cast<lxw_col_t>(index);
    switch (kinds_[index]) {
      case Kind::boolean:
        return check(worksheet_write_boolean(sheet_, at, column, view.int64(row) ? 1 : 0, nullptr));
      case Kind::whole: {
        const auto value = view.int64(row);
        if (value <= -kExact || value >= kExact) break;
        return check(
            worksheet_write_number(sheet_, at, column, static_cast<double>(value), nullptr));
      }
      case Kind::number: {
        const double value = view.number(row);
        if (!std::isfinite(value)) break;
        return check(worksheet_write_number(sheet_, at, column, value, nullptr));
      }
      case Kind::date: {
        const std::int64_t day = static_cast<const std::int32_t*>(data)[row] + kEpoch;
        if (day < kFirstDay || day > kEndOfDays) break;
        return check(worksheet_write_number(sheet_, at, column, static_cast<double>(day), date_));
      }
      case Kind::timestamp: {
        const double seconds = static_cast<double>(static_cast<const std::int64_t*>(data)[row]) /
                               timestamps_a_second(shape_->types[index].id);
        const double day = seconds / 86'400 + static_cast<double>(kEpoch);
        if (day < static_cast<double>(kFirstDay) || day >= static_cast<double>(kEndOfDays + 1)) {
          break;
        }
        return check(worksheet_write_number(sheet_, at, column, day, timestamp_));
      }
      case Kind::time: {
        const auto micros = static_cast<const std::int64_t*>(data)[row];
        return check(worksheet_write_number(sheet_, at, column,
                                            static_cast<double>(micros) / kMicrosOfDay, time_));
      }
      case Kind::text:
        break;
    }
    text_.clear();
    view.write_text(text_, row);
    if (text_.size() > kMaxText && characters(text_) > kMaxText) {
      return fail(ErrorCode::too_large,
                  fmt::format("Row {} of column {} has a text of more than {} characters, which a "
                              "spreadsheet can not hold.",
                              (sheets_ - 1) * (kSheetRows - 1) + row_, shape_->columns[index].name,
                              kMaxText),
                  "Shorten it with left(…), or export CSV, JSON or Parquet.");
    }
    return check(worksheet_write_string(sheet_, at, column, text_.c_str(), nullptr));
  }

  static Result<> check(lxw_error error) {
    return error == LXW_NO_ERROR ? Result<>() : fail(explained(error));
  }

  const std::string file_;
  std::string folder_;
  std::shared_ptr<const Shape> shape_;
  std::vector<Kind> kinds_;
  lxw_workbook* workbook_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;
  lxw_format *bold_ = nullptr, *date_ = nullptr, *timestamp_ = nullptr, *time_ = nullptr;
  std::int64_t sheets_ = 0;
  std::int64_t row_ = 0;  // of the sheet
  std::string text_;
};

}  // namespace

std::unique_ptr<ExportWriter> new_workbook_writer(std::filesystem::path file) {
  return std::make_unique<WorkbookWriter>(std::move(file));
}

}  // namespace sextant::engine

#pragma once
// Rows with decided types → a table of the output: rewrites cells in the form that their types
// need, keeps what does not fit in the quarantine, loads through the engine and checks that every
// row and value arrived. One thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/formats/column_evidence.h"
#include "analysis/formats/decoder.h"
#include "analysis/formats/input_file.h"
#include "analysis/formats/output_database.h"

namespace sextant::formats {

// One table on its way: its columns and what was counted.
struct TableJob {
  std::string table;                   // SQL name
  std::string title;                   // for people
  std::vector<std::string> names;      // SQL names of the columns
  std::vector<std::string> originals;  // as the file has them
  std::vector<ColumnPlan> plans;
  std::string key = {};  // the rest as in catalog::TableLoad
  std::optional<std::string> range = {};
  std::optional<std::int64_t> header_row = {};
  std::optional<std::int64_t> header_rows = {};
  std::int64_t records = 0;
  std::int64_t longest_record = 0;  // bytes
  std::optional<catalog::TableOrigin> origin;
};

class TableWriter {
 public:
  static Result<TableWriter> create(LoadContext& context, TableJob& job, Quarantine& quarantine);

  // The next cell of the row that starts at `line`; an empty text is NULL.
  Result<> cell(std::string_view raw, std::int64_t line);
  // The next cell is a text that may be empty without being NULL.
  void text_cell(std::string_view text);
  Result<> end_row();  // all cells must have been given

  // Makes the table. Nothing more can be written.
  Result<> load();

 private:
  TableWriter(LoadContext& context, TableJob& job, Quarantine& quarantine,
              std::unique_ptr<TemporaryFile> file, TextWriter writer);
  void separate();

  LoadContext* context_;
  TableJob* job_;
  Quarantine* quarantine_;
  std::unique_ptr<TemporaryFile> file_;
  TextWriter writer_;
  std::size_t next_ = 0;
  std::int64_t row_start_ = 0;
  std::string scratch_;
};

// CREATE OR REPLACE TABLE from a `read_csv(…)` text; false when it failed or did not bring the rows
// and values that the job counts (the table is then to be replaced or dropped).
// `select`: the columns of the job as SQL over it; empty: by their names.
Result<bool> load_and_check(LoadContext& context, const TableJob& job, const std::string& read_csv,
                            const std::string& select = {});

Result<> create_empty_table(LoadContext& context, const TableJob& job);

// Quarantine and column notes into the output, table and decisions into the reply.
Result<> publish_table(LoadContext& context, const TableJob& job, Quarantine& quarantine);

// "1 line" and "3 lines" in notes.
std::string counted(std::int64_t n, std::string_view singular, std::string_view plural);

}  // namespace sextant::formats

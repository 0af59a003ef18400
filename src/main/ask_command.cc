#include "main/ask_command.h"

#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <iostream>

#include "analysis/ask/ask.h"
#include "analysis/engine/engine.h"
#include "analysis/formats/load.h"
#include "analysis/insight/prose.h"
#include "analysis/profile/profile.h"
#include "analysis/semantic/model.h"
#include "base/id.h"
#include "base/json.h"
#include "base/time.h"

namespace sextant {

namespace {

constexpr std::size_t kRowsShown = 20;
constexpr std::size_t kCellWidth = 28;
constexpr std::size_t kBarWidth = 30;

// A folder that is removed with everything in it at the end.
class TemporaryFolder {
 public:
  TemporaryFolder()
      : path_(std::filesystem::temp_directory_path() / ("sextant-ask-" + random_token(9))) {
    std::filesystem::create_directories(path_ / "tmp");
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

Result<catalog::Answer> answer_from_files(const AskOptions& options) {
  const TemporaryFolder folder;
  catalog::Catalog catalog;
  catalog.workspace_id = "local";
  std::vector<std::string> taken;
  for (std::size_t i = 0; i < options.files.size(); ++i) {
    wire::LoadRequest load;
    load.upload = std::filesystem::absolute(options.files[i]).string();
    load.original_filename = std::filesystem::path(options.files[i]).filename().string();
    load.output = (folder.path() / (std::to_string(i) + ".duckdb")).string();
    load.taken_names = taken;
    formats::LoadOptions load_options;
    load_options.temp_directory = (folder.path() / "tmp").string();
    std::error_code ec;
    if (!std::filesystem::is_regular_file(load.upload, ec)) {
      return fail(ErrorCode::not_found, "There is no file " + options.files[i] + ".",
                  "Give the files first, then the question in quotes.");
    }
    TRY(auto loaded, formats::load_file(load, load_options, {}, {}));
    catalog::SourceVersion source;
    source.source_id = "file_" + std::to_string(i + 1);  // two folders may have files of one name
    source.source_name = load.original_filename;
    source.path = std::to_string(i) + ".duckdb";
    source.tables = std::move(loaded.tables);
    for (const auto& table : source.tables) taken.push_back(table.name);
    catalog.sources.push_back(std::move(source));
  }
  TRY(auto engine, engine::Engine::open(catalog, folder.path(), {}));
  TRY(auto connection, engine->connect());
  wire::AskRequest ask;
  for (const auto& source : catalog.sources) {
    TRY(auto profile, profile::profile_tables(connection, source, {}, {}));
    wire::ModelRequest request;
    request.catalog = catalog;
    request.source_id = source.source_id;
    request.profiles = std::move(profile.tables);
    request.known = std::move(ask.model);
    TRY(ask.model, semantic::describe_source(request, connection));
  }
  ask.catalog = catalog;
  ask.question = options.question;
  ask.today = format_time(now()).substr(0, 10);
  ask::QuestionEngine questions;
  return questions.answer(ask, connection);
}

std::size_t width_of(const std::string& text) {
  std::size_t width = 0;
  for (const char c : text) width += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return width;
}

std::string cell_text(const json::Value& cell) {
  std::string text = cell.is_null()     ? std::string()
                     : cell.is_string() ? std::string(cell.get_string())
                     : cell.is_double() ? insight::format_number(cell.get_double())
                                        : json::dump(cell);
  // Control characters of a cell must not reach the terminal.
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 32 || c == 127) c = ' ';
  }
  std::size_t cut = 0, width = 0;
  while (cut < text.size() && width < kCellWidth) {
    ++cut;
    while (cut < text.size() && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) ++cut;
    ++width;
  }
  if (cut < text.size()) text = text.substr(0, cut) + "…";
  return text;
}

void print_table(const catalog::Answer& answer) {
  const std::size_t rows = std::min(answer.rows.size(), kRowsShown);
  std::vector<std::size_t> widths;
  for (std::size_t c = 0; c < answer.columns.size(); ++c) {
    std::size_t width = width_of(answer.columns[c].name);
    for (std::size_t r = 0; r < rows; ++r) {
      width = std::max(width, width_of(cell_text(answer.rows[r].as_array()[c])));
    }
    widths.push_back(width);
  }
  const auto print = [&](std::size_t c, const std::string& text, bool right) {
    const std::string pad(widths[c] - width_of(text), ' ');
    std::cout << (c == 0 ? "" : "  ") << (right ? pad + text : text + pad);
  };
  for (std::size_t c = 0; c < widths.size(); ++c) print(c, answer.columns[c].name, false);
  std::cout << "\n";
  for (std::size_t c = 0; c < widths.size(); ++c) {
    std::string line;
    for (std::size_t i = 0; i < widths[c]; ++i) line += "─";
    print(c, line, false);
  }
  std::cout << "\n";
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < widths.size(); ++c) {
      const auto& cell = answer.rows[r].as_array()[c];
      print(c, cell_text(cell), cell.is_number());
    }
    std::cout << "\n";
  }
  if (static_cast<std::size_t>(answer.total_rows) > rows) {
    std::cout << "… " << rows << " of " << answer.total_rows << " rows\n";
  }
}

// Bars from left to right, for results with one label and one figure per row.
void print_chart(const catalog::Answer& answer) {
  if (!answer.suggested_chart || answer.rows.size() < 2) return;
  const auto& spec = *answer.suggested_chart;
  if (!spec.configuration.x || spec.configuration.y.empty() || spec.configuration.series) return;
  if (spec.type == catalog::ChartType::table || spec.type == catalog::ChartType::scatter) return;
  std::optional<std::size_t> x, y;
  for (std::size_t c = 0; c < answer.columns.size(); ++c) {
    if (answer.columns[c].name == *spec.configuration.x) x = c;
    if (answer.columns[c].name == spec.configuration.y[0]) y = c;
  }
  if (!x || !y || *x == *y) return;
  double largest = 0;
  std::size_t label_width = 0;
  const std::size_t rows = std::min(answer.rows.size(), kRowsShown);
  for (std::size_t r = 0; r < rows; ++r) {
    const auto value = insight::cell_number(answer.rows[r].as_array()[*y]);
    if (value && *value < 0) return;
    largest = std::max(largest, value.value_or(0));
    label_width = std::max(label_width, width_of(cell_text(answer.rows[r].as_array()[*x])));
  }
  if (largest <= 0) return;
  std::cout << "\n" << spec.title << "\n";
  for (std::size_t r = 0; r < rows; ++r) {
    const auto& row = answer.rows[r].as_array();
    const std::string label = cell_text(row[*x]);
    const double value = insight::cell_number(row[*y]).value_or(0);
    std::cout << label << std::string(label_width - width_of(label), ' ') << " ";
    const auto length =
        static_cast<std::size_t>(value / largest * static_cast<double>(kBarWidth) + 0.5);
    for (std::size_t i = 0; i < length; ++i) std::cout << "█";
    std::cout << " " << insight::format_number(value) << "\n";
  }
}

void print(const catalog::Answer& answer) {
  std::cout << answer.response << "\n";
  for (const auto& insight : answer.insights) std::cout << "• " << insight << "\n";
  if (answer.status == catalog::AnswerStatus::clarification) {
    for (const auto& choice : answer.choices) {
      std::cout << "  – " << choice.label << (choice.preview ? "  (" + *choice.preview + ")" : "")
                << "\n";
    }
    return;
  }
  if (answer.status == catalog::AnswerStatus::abstained) {
    std::cout << "You can ask, for example:\n";
    for (const auto& question : answer.follow_ups) std::cout << "  – " << question << "\n";
    return;
  }
  if (!answer.columns.empty() && (answer.rows.size() > 1 || answer.columns.size() > 1)) {
    std::cout << "\n";
    print_table(answer);
    print_chart(answer);
  }
  if (answer.reading) std::cout << "\nUnderstood as: " << answer.reading->sentence << "\n";
  if (answer.generated_query) std::cout << "\n" << *answer.generated_query << "\n";
  if (!answer.receipt) return;
  const auto& receipt = *answer.receipt;
  std::cout << "\nRead " << insight::format_number(static_cast<double>(receipt.rows_in))
            << " rows of ";
  for (std::size_t i = 0; i < receipt.tables.size(); ++i) {
    std::cout << (i == 0 ? "" : ", ") << receipt.tables[i].table;
  }
  if (receipt.rows_matched) {
    std::cout << "; " << insight::format_number(static_cast<double>(*receipt.rows_matched))
              << " matched";
  }
  std::cout << "; " << insight::format_number(static_cast<double>(receipt.rows_out))
            << " in the result";
  std::cout << fmt::format("; confidence {:.0f} %; {:.0f} ms\n", 100 * receipt.confidence,
                           receipt.elapsed_ms);
  for (const auto& join : receipt.joins) std::cout << "Join " << join << "\n";
}

}  // namespace

int ask_command(const AskOptions& options) {
  auto answer = answer_from_files(options);
  if (!answer) {
    std::cerr << answer.error().message << "\n";
    if (!answer.error().hint.empty()) std::cerr << answer.error().hint << "\n";
    return 1;
  }
  if (options.json) {
    std::cout << json::dump(*answer) << "\n";
  } else {
    print(*answer);
  }
  return answer->status == catalog::AnswerStatus::answered ? 0 : 3;
}

}  // namespace sextant

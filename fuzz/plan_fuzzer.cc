// Load plans and clean-up steps, as people's requests bring them: the JSON of a plan, that of a
// list of steps and a delimited text, cut at zero bytes. What passes the checks is done.
// plan_mutator.cc makes inputs that do.
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "analysis/engine/duckdb.h"
#include "analysis/formats/load.h"
#include "base/json.h"
#include "base/text.h"
#include "workbook_run.h"
#include "zip_parts.h"

namespace {

using namespace sextant;

constexpr std::string_view kText = "Name,Day,Total\nAda Byron,03/04/2024,1.5\n Grace  Hopper,x,\n";
constexpr std::string_view kTable = "t";

template <class T>
std::optional<T> read(std::string_view text) {
  const auto parsed = json::parse(std::string(text));
  if (!parsed) return std::nullopt;
  auto value = json::from_value<T>(*parsed);
  if (!value) return std::nullopt;
  return std::move(*value);
}

void load(wire::LoadRequest request, std::string_view text) {
  request.upload = workbook_fuzz::folder() + "/input";
  request.original_filename = "t.csv";
  request.output = workbook_fuzz::folder() + "/out.duckdb";
  std::FILE* out = std::fopen(request.upload.c_str(), "wb");
  if (!out) std::abort();
  std::fwrite(text.data(), 1, text.size(), out);
  std::fclose(out);
  formats::LoadOptions options;
  options.memory_limit = 128 << 20;
  options.threads = 1;
  options.temp_directory = workbook_fuzz::folder();
  const auto reply = formats::load_file(request, options, {}, {});
  if (!reply) {
    if (reply.error().code == ErrorCode::internal) std::abort();
    if (::access(request.output.c_str(), F_OK) == 0) std::abort();
    return;
  }
  {
    auto database = engine::Database::open(request.output, {.read_only = true});
    if (!database) std::abort();
    auto connection = database->connect();
    for (const auto& table : reply->tables) {
      const auto rows =
          connection->query("SELECT count(*) FROM " + text::quote_identifier(table.stored_name));
      if (!rows || rows->int64(0, 0) != table.rows ||
          connection
                  ->query("SELECT * FROM " + text::quote_identifier(table.stored_name) + " LIMIT 0")
                  ->columns() != std::ssize(table.columns)) {
        std::abort();
      }
    }
  }
  ::unlink(request.output.c_str());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 8192) return 0;
  const auto parts =
      workbook_fuzz::cut(std::string_view(reinterpret_cast<const char*>(data), size), 3);
  wire::LoadRequest request;
  const auto plan = read<catalog::LoadPlan>(parts[0]);
  if (!plan || !plan->check("plan").empty()) return 0;
  request.plan = *plan;
  if (parts.size() > 1 && !parts[1].empty()) {
    auto steps = read<std::vector<catalog::Step>>(parts[1]);
    if (!steps || steps->size() > 5) return 0;
    for (auto& step : *steps) {
      if (!step.check("step").empty()) return 0;
      // Calls of the engine's functions may take any time; the worker has a deadline for them.
      if (step.expression && step.expression->find('(') != step.expression->npos) return 0;
      step.table = kTable;
    }
    request.steps = std::move(*steps);
  }
  load(std::move(request), parts.size() > 2 && !parts[2].empty() ? parts[2] : kText);
  return 0;
}

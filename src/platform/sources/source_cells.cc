#include "platform/sources/source_cells.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/id.h"
#include "base/text.h"
#include "platform/accounts/authorise.h"
#include "platform/sources/recipe.h"
#include "platform/workers/typed_run.h"

namespace sextant::sources {
namespace {

constexpr std::size_t kRemembered = 1000;  // versions; beyond it they are looked at anew
constexpr int kShownCharacters = 4000;
constexpr std::int64_t kMostCounts = 200;
// Where a cell stands, at the end of a reason: "an error value (Orders (2)!C17)".
constexpr std::string_view kPlace = R"( \((?:[^()]|\([^()]*\))*\)$)";

std::string text_of(const json::Value& value) {
  if (value.is_string()) return std::string(value.get_string());
  return value.is_null() ? std::string() : json::dump(value);
}

std::int64_t number_of(const json::Value& value) {
  boost::system::error_code ec;
  return value.is_number() ? value.to_number<std::int64_t>(ec) : std::stoll("0" + text_of(value));
}

}  // namespace

SourceCells::SourceCells(store::Database& database, const blobs::WorkspaceFiles& files,
                         workers::Pool& pool, const Settings& settings)
    : database_(database), files_(files), pool_(pool), settings_(settings) {}

Result<StoredVersion> SourceCells::find(const catalog::Principal& who,
                                        const CellsRequest& request) {
  TRY_VOID(accounts::authorise(who, accounts::Action::read, {"source", who.workspace_id}));
  TRY(const auto source, find_source(database_, who.workspace_id, request.source_id));
  if (!source) return fail(ErrorCode::not_found, "There is no such data source.");
  const auto version = request.version.value_or(source->version);
  TRY(auto found, find_version(database_, who.workspace_id, request.source_id, version));
  if (!found || found->version.path.empty()) {
    return fail(ErrorCode::not_found,
                fmt::format("This source has no version {} with data.", version));
  }
  return std::move(*found);
}

Result<json::Array> SourceCells::rows(const catalog::Principal& who, catalog::SourceVersion version,
                                      std::string sql, json::Object parameters,
                                      std::stop_token stop) {
  wire::QueryRequest request;
  request.catalog = {who.workspace_id, {std::move(version)}};
  request.sql = std::move(sql);
  request.parameters = std::move(parameters);
  request.limits.max_rows = 10'000;
  std::string text;
  workers::RunOptions options;
  options.timeout = std::chrono::seconds(settings_.query_timeout_seconds);
  options.stop = stop;
  options.on_data = [&](std::string_view bytes) -> Result<> {
    text += bytes;
    return {};
  };
  TRY_VOID(workers::run<wire::QueryReply>(pool_,
                                          {who.workspace_id, files_.folder(who.workspace_id)},
                                          wire::Operation::query, request, options));
  TRY(auto parsed, json::parse("[" + text + "]"));
  return std::move(parsed.as_array());
}

Result<QuarantinePage> SourceCells::quarantine(const catalog::Principal& who,
                                               const CellsRequest& request, std::stop_token stop) {
  TRY(const auto found, find(who, request));
  const bool several = found.recipe.files.size() > 1;
  catalog::Table list{"quarantine", "_quarantine", "", 0, {}};
  for (const auto* name : {"table_name", "line", "column_name", "raw", "reason"})
    list.columns.push_back({name, name, "VARCHAR"});
  if (several) list.columns.push_back({"file", "file", "VARCHAR"});
  auto version = found.version;
  version.source_id += ":quarantine";
  version.tables = {std::move(list)};

  // In the file tables go by the names that they had while they were loaded.
  std::map<std::string, std::string> shown;
  for (const auto& table : found.version.tables) shown[table.stored_name] = table.name;
  std::string where = " WHERE true";
  json::Object parameters;
  if (request.table) {
    const auto table =
        std::ranges::find(found.version.tables, *request.table, &catalog::Table::name);
    if (table == found.version.tables.end())
      return fail(ErrorCode::not_found, "This source has no table “" + *request.table + "”.");
    where += " AND table_name = $table";
    parameters["table"] = table->stored_name;
  }
  if (request.column) {
    where += " AND column_name = $column";
    parameters["column"] = *request.column;
  }
  QuarantinePage page;
  TRY(const auto counts,
      rows(who, version,
           fmt::format("SELECT table_name, column_name, regexp_replace(reason, '{}', ''), count(*) "
                       "FROM quarantine GROUP BY ALL ORDER BY 4 DESC, 1, 2, 3 LIMIT {}",
                       kPlace, kMostCounts),
           {}, stop));
  for (const auto& row : counts) {
    const auto& cells = row.as_array();
    QuarantineCount count{text_of(cells[0]), text_of(cells[1]), text_of(cells[2]),
                          number_of(cells[3])};
    if (shown.contains(count.table)) count.table = shown[count.table];
    if (count.column->empty()) count.column.reset();
    page.counts.push_back(std::move(count));
  }
  TRY(const auto total,
      rows(who, version, "SELECT count(*) FROM quarantine" + where, parameters, stop));
  page.total_count = number_of(total.at(0).as_array()[0]);
  TRY(const auto cells,
      rows(who, version,
           fmt::format("SELECT line, column_name, left(raw, {}), reason{} FROM quarantine{} ORDER "
                       "BY table_name, {}line, column_name LIMIT {} OFFSET {}",
                       kShownCharacters, several ? ", file" : "", where, several ? "file, " : "",
                       request.limit, request.offset),
           parameters, stop));
  for (const auto& row : cells) {
    const auto& values = row.as_array();
    catalog::QuarantinedCell cell;
    cell.row = number_of(values[0]);
    if (const auto column = text_of(values[1]); !column.empty()) cell.column = column;
    cell.raw = text_of(values[2]);
    cell.reason = text_of(values[3]);
    if (several && !values[4].is_null()) cell.file = text_of(values[4]);
    page.cells.push_back(std::move(cell));
  }
  return page;
}

Result<SourceCells::Tables> SourceCells::raw_tables(const catalog::Principal& who,
                                                    const StoredVersion& version,
                                                    std::stop_token stop) {
  const Key key{version.version.source_id, version.head.version};
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = raw_.find(key); known != raw_.end()) return known->second;
  }
  const auto path = blobs::WorkspaceFiles::raw_path(key.first, key.second);
  const auto loading = blobs::WorkspaceFiles::raw_loading_path(key.first, key.second, new_id());
  TRY(auto request, load_request(version.recipe, loading));
  request.steps.clear();
  request.as_text = true;
  for (const auto& table : version.load_report.tables)
    request.known_names.emplace(table.key, table.table);
  workers::RunOptions options;
  options.timeout = std::chrono::seconds(settings_.load_timeout_seconds);
  options.stop = stop;
  TRY(auto reply,
      workers::run<wire::LoadReply>(pool_, {who.workspace_id, files_.folder(who.workspace_id)},
                                    wire::Operation::load, request, options));
  TRY_VOID(files_.publish(who.workspace_id, loading, path));
  Tables tables;
  for (auto& table : reply.tables) {
    auto name = table.name;
    tables.emplace(std::move(name), std::move(table));
  }
  const std::lock_guard lock(mutex_);
  if (raw_.size() >= kRemembered) raw_.clear();
  raw_[key] = tables;
  return tables;
}

Result<RawPage> SourceCells::typed(const catalog::Principal& who, const CellsRequest& request,
                                   std::stop_token stop) {
  TRY(const auto found, find(who, request));
  const auto& tables = found.version.tables;
  const auto table = request.table
                         ? std::ranges::find(tables, *request.table, &catalog::Table::name)
                         : tables.begin();
  if (table == tables.end()) {
    return fail(ErrorCode::not_found,
                "This version has no table “" + request.table.value_or("") + "”.");
  }
  auto version = found.version;
  version.source_id += ":" + std::to_string(found.head.version);
  version.tables = {*table};
  return page_of(who, std::move(version), table->name, request, stop);
}

Result<RawPage> SourceCells::raw(const catalog::Principal& who, const CellsRequest& request,
                                 std::stop_token stop) {
  TRY(const auto found, find(who, request));
  TRY(const auto tables, raw_tables(who, found, stop));
  auto name = request.table.value_or("");
  if (!request.table && !found.version.tables.empty()) name = found.version.tables.front().name;
  const auto table = tables.find(name);
  if (table == tables.end())
    return fail(ErrorCode::not_found, "The files of this source have no table “" + name + "”.");
  auto version = found.version;
  version.source_id += ":raw";
  version.path = blobs::WorkspaceFiles::raw_path(found.version.source_id, found.head.version);
  version.tables = {table->second};
  TRY(auto page, page_of(who, std::move(version), name, request, stop));
  page.columns.clear();
  for (const auto& column : table->second.columns) page.columns.push_back(column.original_name);
  return page;
}

// Rows of the only table of `version`.
Result<RawPage> SourceCells::page_of(const catalog::Principal& who, catalog::SourceVersion version,
                                     const std::string& name, const CellsRequest& request,
                                     std::stop_token stop) {
  auto& table = version.tables.front();
  table.name = "rows";
  RawPage page;
  page.table = name;
  for (const auto& column : table.columns) page.columns.push_back(column.name);
  page.offset = request.offset;
  page.total_rows = table.rows;
  TRY(page.rows,
      rows(who, std::move(version),
           fmt::format("SELECT * FROM \"rows\" LIMIT {} OFFSET {}", request.limit, request.offset),
           {}, stop));
  return page;
}

}  // namespace sextant::sources

#pragma once
// The operations a worker can be asked for. All paths are relative to the workspace's folder, the
// only part of the file system that the worker can see once it is bound.

#include <boost/describe.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalog/answer.h"
#include "catalog/load.h"
#include "catalog/plan.h"
#include "catalog/profile.h"
#include "catalog/query.h"
#include "catalog/semantic_model.h"
#include "catalog/source.h"

namespace sextant::wire {

enum class Operation {
  bind,
  query,
  fetch_page,
  load,
  profile,
  model,
  ask,
  check,
  explain,
  export_result
};
BOOST_DESCRIBE_ENUM(Operation, bind, query, fetch_page, load, profile, model, ask, check, explain,
                    export_result)

struct Request {
  Operation operation = Operation::bind;
  std::int64_t timeout_ms = 30'000;  // the worker interrupts itself at this; the server kills later
  boost::json::value body;           // the operation's request below
};
BOOST_DESCRIBE_STRUCT(Request, (), (operation, timeout_ms, body))

struct Progress {
  std::string stage;  // received, decoded, loaded, published, profiled, modelled; or executing
  std::int64_t bytes = 0;
  std::int64_t rows = 0;
  double fraction = 0;  // 0 … 1 of the stage
  // Of a query, once, before its rows:
  std::optional<std::vector<catalog::ResultColumn>> columns;
  std::optional<bool> repeatable;  // the same data gives the same rows
};
BOOST_DESCRIBE_STRUCT(Progress, (), (stage, bytes, rows, fraction, columns, repeatable))

// Error over the wire; `code` is the name of an ErrorCode.
struct WireError {
  std::string code;
  std::string message;
  std::string hint;
  boost::json::object detail;
};
BOOST_DESCRIBE_STRUCT(WireError, (), (code, message, hint, detail))

WireError to_wire(const Error& error);
Error from_wire(const WireError& error);

// Binds a fresh worker to one workspace for the rest of its life: landlock to this folder,
// temporary files under temp_folder. Reply: {}.
struct BindRequest {
  std::string workspace_folder;           // absolute; after this every path is relative to it
  std::string temp_folder;                // absolute, the worker's own, emptied by the server
  std::int64_t memory_limit = 1ll << 30;  // bytes for the engine
  std::int64_t threads = 1;
};
BOOST_DESCRIBE_STRUCT(BindRequest, (), (workspace_folder, temp_folder, memory_limit, threads))

enum class Encoding { json_rows, csv };
BOOST_DESCRIBE_ENUM(Encoding, json_rows, csv)

// `data` frames have at most this many bytes; a shorter one ends at the end of a row.
inline constexpr std::size_t kDataFrameBytes = 256 << 10;

// Runs one SELECT after the gate. `data` frames carry rows: json_rows is "[…],[…]" (rows separated
// by commas, no outer brackets; integers beyond 2^53 and decimals as strings); csv has a header
// line. With spill_to the whole result is also written to that file for later fetch_page. Reply:
// QueryReply. Progress stage: executing.
struct QueryRequest {
  catalog::Catalog catalog;
  std::string sql;
  boost::json::object parameters;  // named $name or positional "1", "2"
  std::map<std::string, catalog::ParameterType> parameter_types;  // others: as the statement needs
  std::map<std::string, std::string> saved;                       // SQL of FROM saved.<name>
  catalog::QueryLimits limits;
  Encoding encoding = Encoding::json_rows;
  std::optional<std::string> spill_to;
};
BOOST_DESCRIBE_STRUCT(QueryRequest, (),
                      (catalog, sql, parameters, parameter_types, saved, limits, encoding,
                       spill_to))

struct QueryReply {
  catalog::ResultHead head;
  catalog::ChartSpec suggested_chart;
  bool cacheable = true;  // the same data gives the same rows: no now(), random() and the like
};
BOOST_DESCRIBE_STRUCT(QueryReply, (), (head, suggested_chart, cacheable))

// Judges a statement without running it: the gate's and the binder's errors. Reply: CheckReply.
struct CheckRequest {
  catalog::Catalog catalog;
  std::string sql;
  std::map<std::string, std::string> saved;
};
BOOST_DESCRIBE_STRUCT(CheckRequest, (), (catalog, sql, saved))

struct CheckReply {
  std::vector<std::string> tables;
  std::vector<std::string> saved_queries;
  std::vector<catalog::ResultColumn> columns;
  std::vector<catalog::ResultColumn> parameters;  // type: what is needed there; empty: any
  bool repeatable = true;
  std::vector<std::string> sentences;  // the statement in words
};
BOOST_DESCRIBE_STRUCT(CheckReply, (),
                      (tables, saved_queries, columns, parameters, repeatable, sentences))

// The plan of a statement; with `run` it is run for its times. Reply: catalog::ExplainedPlan.
struct ExplainRequest {
  QueryRequest query;
  bool run = true;
};
BOOST_DESCRIBE_STRUCT(ExplainRequest, (), (query, run))

enum class ExportFormat { csv, xlsx, json, parquet };
BOOST_DESCRIBE_ENUM(ExportFormat, csv, xlsx, json, parquet)

// The whole result of a statement as a file, in `data` frames. csv and json come as they are
// computed; xlsx and parquet are written to the worker's temporary folder first. Reply: QueryReply.
// Progress stage: executing, with the rows so far.
struct ExportRequest {
  QueryRequest query;  // its encoding is not looked at
  ExportFormat format = ExportFormat::csv;
};
BOOST_DESCRIBE_STRUCT(ExportRequest, (), (query, format))

// Rows [offset, offset + limit) of a spilled result, in its order. Reply: QueryReply.
struct FetchPageRequest {
  std::string spilled;
  std::int64_t offset = 0;
  std::int64_t limit = 1000;
};
BOOST_DESCRIBE_STRUCT(FetchPageRequest, (), (spilled, offset, limit))

// Decodes `upload` and loads it into a new DuckDB file at `output` (a temporary name; the server
// renames it to publish). Table names in the reply are proposals that avoid `taken_names`.
// Reply: LoadReply. Progress stages: decoded, loaded.
struct LoadRequest {
  std::string upload;
  std::string original_filename;
  std::string output;
  std::vector<std::string> taken_names;
};
BOOST_DESCRIBE_STRUCT(LoadRequest, (), (upload, original_filename, output, taken_names))

struct LoadReply {
  std::string data_type;  // tabular, document, mixed
  std::vector<catalog::Table> tables;
  catalog::LoadReport report;
};
BOOST_DESCRIBE_STRUCT(LoadReply, (), (data_type, tables, report))

// Profiles every table of one published version. Reply: ProfileReply. Stage: profiled.
struct ProfileRequest {
  catalog::SourceVersion source;
};
BOOST_DESCRIBE_STRUCT(ProfileRequest, (), (source))

struct ProfileReply {
  std::vector<catalog::TableProfile> tables;
};
BOOST_DESCRIBE_STRUCT(ProfileReply, (), (tables))

// Builds the model of one source, with joins to every other source of the catalog, and questions
// that can be answered. Reply: ModelReply. Stage: modelled.
struct ModelRequest {
  catalog::Catalog catalog;
  std::string source_id;
  std::vector<catalog::TableProfile> profiles;  // of this source
  catalog::SemanticModel known;                 // models of the other sources
};
BOOST_DESCRIBE_STRUCT(ModelRequest, (), (catalog, source_id, profiles, known))

struct ModelReply {
  catalog::SemanticModel model;
  std::vector<std::string> suggested_questions;
};
BOOST_DESCRIBE_STRUCT(ModelReply, (), (model, suggested_questions))

// Answers a question. `previous` is the logical reading of the turn before (a follow-up edits it);
// `reading` replaces understanding altogether (a chip was edited or a choice was picked).
// Reply: catalog::Answer.
struct AskRequest {
  catalog::Catalog catalog;
  catalog::SemanticModel model;  // of all sources in the catalog
  std::string question;
  std::optional<boost::json::value> previous;
  std::optional<boost::json::value> reading;
  std::string today;  // ISO date; "today" of the question
  std::string locale = "en";
  std::optional<std::string> chart;  // preferred chart type
};
BOOST_DESCRIBE_STRUCT(AskRequest, (),
                      (catalog, model, question, previous, reading, today, locale, chart))

}  // namespace sextant::wire

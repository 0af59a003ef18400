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
#include "catalog/load_plan.h"
#include "catalog/model_edits.h"
#include "catalog/plan.h"
#include "catalog/profile.h"
#include "catalog/query.h"
#include "catalog/semantic_model.h"
#include "catalog/source.h"
#include "catalog/step.h"

namespace sextant::wire {

enum class Operation {
  bind,
  query,
  fetch_page,
  load,
  passages,
  profile,
  model,
  check_model,
  ask,
  compose,
  recognise,
  check,
  explain,
  faster_way,
  export_result
};
BOOST_DESCRIBE_ENUM(Operation, bind, query, fetch_page, load, passages, profile, model, check_model,
                    ask, compose, recognise, check, explain, faster_way, export_result)

struct Request {
  Operation operation = Operation::bind;
  std::int64_t timeout_ms = 30'000;  // the worker interrupts itself at this; the server kills later
  bool background = false;           // nobody looks on: it gives way from its first instruction
  boost::json::value body;           // the operation's request below
};
BOOST_DESCRIBE_STRUCT(Request, (), (operation, timeout_ms, background, body))

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

// Says the same in a way that runs faster, when rules find one and running both shows it.
struct FasterWayRequest {
  QueryRequest query;
  std::map<std::string, std::vector<std::string>> keys;  // of each table: unique, never empty
};
BOOST_DESCRIBE_STRUCT(FasterWayRequest, (), (query, keys))

struct FasterWayReply {
  std::optional<catalog::FasterWay> way;
  std::string reason;  // why there is none, for people
};
BOOST_DESCRIBE_STRUCT(FasterWayReply, (), (way, reason))

enum class ExportFormat { csv, xlsx, json, parquet };
BOOST_DESCRIBE_ENUM(ExportFormat, csv, xlsx, json, parquet)

// The whole result of a statement as a file, in `data` frames. csv and json come as they are
// computed; xlsx and parquet are written to the worker's temporary folder first. Reply: QueryReply.
// Progress stage: executing, with the rows and the fraction so far.
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

struct LoadInput {
  std::string upload;
  std::string original_filename;
};
BOOST_DESCRIBE_STRUCT(LoadInput, (), (upload, original_filename))

// Decodes `upload` and loads it into a new DuckDB file at `output` (a temporary name; the server
// renames it to publish). Table names in the reply are proposals that avoid `taken_names`.
// Reply: LoadReply. Progress stages: decoded, loaded.
struct LoadRequest {
  std::string upload;
  std::string original_filename;
  std::string output;
  std::vector<std::string> taken_names;
  std::map<std::string, std::string> known_names = {};  // TableLoad::key → name of that table
  catalog::LoadPlan plan = {};
  std::vector<catalog::Step> steps = {};
  std::vector<LoadInput> more = {};  // their rows come below those of the tables of equal key
  bool file_name_column = false;     // tables get a first column `file_name`
  bool as_text = false;              // every cell as the text that the file has
};
BOOST_DESCRIBE_STRUCT(LoadRequest, (),
                      (upload, original_filename, output, taken_names, known_names, plan, steps,
                       more, file_name_column, as_text))

struct LoadReply {
  std::string data_type;  // tabular, document, mixed
  std::vector<catalog::Table> tables;
  catalog::LoadReport report;
  std::vector<catalog::StepReport> steps = {};  // one for each step of the request
};
BOOST_DESCRIBE_STRUCT(LoadReply, (), (data_type, tables, report, steps))

// Passages of a version's file, in reading order. Reply: PassagesReply.
struct PassagesRequest {
  std::string path;
  std::int64_t after = 0;  // the last id that is known
  std::int64_t limit = 500;
};
BOOST_DESCRIBE_STRUCT(PassagesRequest, (), (path, after, limit))

// analysis/formats/passages.h says what the members hold.
struct Passage {
  std::int64_t id = 0;
  std::optional<std::int64_t> page;
  std::string kind;
  std::string heading;
  std::string text;
  std::string position;  // JSON
};
BOOST_DESCRIBE_STRUCT(Passage, (), (id, page, kind, heading, text, position))

struct PassagesReply {
  std::vector<Passage> passages;
};
BOOST_DESCRIBE_STRUCT(PassagesReply, (), (passages))

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
  // Joins between other sources, known before, that this one shows to go another way.
  std::vector<catalog::ModelJoin> superseded;
  std::vector<std::string> suggested_questions;
};
BOOST_DESCRIBE_STRUCT(ModelReply, (), (model, superseded, suggested_questions))

struct CheckedMetric {
  std::string path;  // of the metric in what the user sent, for the error
  catalog::Metric metric;
};
BOOST_DESCRIBE_STRUCT(CheckedMetric, (), (path, metric))

struct CheckedJoin {
  std::string path;
  catalog::ModelJoin join;
};
BOOST_DESCRIBE_STRUCT(CheckedJoin, (), (path, join))

// Runs metrics and measures joins that a person wants in the model. Reply: CheckModelReply, or
// invalid_fields with the paths of those that do not hold.
struct CheckModelRequest {
  catalog::Catalog catalog;
  catalog::SemanticModel model;  // of all sources, as it would be
  std::vector<CheckedMetric> metrics;
  std::vector<CheckedJoin> joins;
};
BOOST_DESCRIBE_STRUCT(CheckModelRequest, (), (catalog, model, metrics, joins))

// In the order of the request: metrics with exact names, joins as they were measured.
struct CheckModelReply {
  std::vector<catalog::Metric> metrics;
  std::vector<catalog::ModelJoin> joins;
};
BOOST_DESCRIBE_STRUCT(CheckModelReply, (), (metrics, joins))

// Answers a question. `previous` is the logical reading of the turn before (a follow-up edits it);
// `reading` replaces understanding altogether (a chip was edited or a choice was picked).
// Reply: catalog::Answer.
struct AskRequest {
  catalog::Catalog catalog;
  catalog::SemanticModel model;  // of all sources in the catalog, as made from the data
  catalog::ModelEdits edits;     // what people changed in it
  std::vector<catalog::Teaching> taught;
  std::string question;
  std::optional<boost::json::value> previous;
  std::optional<boost::json::value> reading;
  std::string today;  // ISO date; "today" of the question
  std::string locale = "en";
  std::optional<std::string> chart;  // preferred chart type
};
BOOST_DESCRIBE_STRUCT(AskRequest, (),
                      (catalog, model, edits, taught, question, previous, reading, today, locale,
                       chart))

// The SQL of a reading over the model. Reply: ComposeReply.
struct ComposeRequest {
  catalog::Catalog catalog;
  catalog::SemanticModel model;  // as made from the data
  catalog::ModelEdits edits;     // what people changed in it
  boost::json::value reading;
};
BOOST_DESCRIBE_STRUCT(ComposeRequest, (), (catalog, model, edits, reading))

struct ComposedColumn {
  std::string name;
  bool measure = false;
  catalog::SemanticType semantic_type = catalog::SemanticType::unknown;
  std::optional<std::string> unit;
  std::optional<std::string> grain;
};
BOOST_DESCRIBE_STRUCT(ComposedColumn, (), (name, measure, semantic_type, unit, grain))

// One join on the way to a table: column = column.
struct JoinEdge {
  catalog::JoinSide left;
  catalog::JoinSide right;
  bool inner = false;       // rows without a partner are left out
  bool multiplies = false;  // a row of the left can have several partners
};
BOOST_DESCRIBE_STRUCT(JoinEdge, (), (left, right, inner, multiplies))

// How a table is joined, and every way in which it could be; the way that is taken among them.
struct TableLink {
  std::string table;
  std::vector<JoinEdge> path;
  std::vector<std::vector<JoinEdge>> ways;
};
BOOST_DESCRIBE_STRUCT(TableLink, (), (table, path, ways))

struct ComposeReply {
  std::string sql_query;
  std::string sentence;  // the reading in words
  std::vector<ComposedColumn> columns;
  std::vector<std::string> tables;
  std::vector<std::string> joins;    // in words, with whether rows are counted several times
  std::vector<std::string> implied;  // conditions that nobody set, in words
  std::vector<TableLink> links;      // of the tables beside the main one
};
BOOST_DESCRIBE_STRUCT(ComposeReply, (),
                      (sql_query, sentence, columns, tables, joins, implied, links))

// The reading of a statement, which passes the gate first. Reply: RecogniseReply.
struct RecogniseRequest {
  catalog::Catalog catalog;
  catalog::SemanticModel model;  // as made from the data
  catalog::ModelEdits edits;     // what people changed in it
  std::string sql;
};
BOOST_DESCRIBE_STRUCT(RecogniseRequest, (), (catalog, model, edits, sql))

struct RecogniseReply {
  bool expressible = false;
  std::optional<boost::json::value> reading;
  std::string sentence;
  std::vector<std::string> notes;  // where its SQL differs without asking something else
  std::string reason;              // why there is none
  std::string hint;
  std::optional<std::int64_t> position;  // byte offset in the SQL
};
BOOST_DESCRIBE_STRUCT(RecogniseReply, (),
                      (expressible, reading, sentence, notes, reason, hint, position))

}  // namespace sextant::wire

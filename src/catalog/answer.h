#pragma once
// A question's answer: what was understood (reading), how it was computed (receipt), what it says.

#include <boost/describe.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "catalog/chart.h"
#include "catalog/query.h"
#include "catalog/teaching.h"

namespace sextant::catalog {

enum class AnswerStatus { answered, clarification, abstained };
BOOST_DESCRIBE_ENUM(AnswerStatus, answered, clarification, abstained)

// Another way to mean a part of the reading: `part` takes the place of the reading's member that
// the chip's key addresses; null leaves that member out.
struct ChipOption {
  std::string label;
  boost::json::value part;
};
BOOST_DESCRIBE_STRUCT(ChipOption, (), (label, part))

// One part of the reading as the page shows it. `key` addresses the part for an edit.
struct Chip {
  std::string key;                         // measure:0, filter:1, time, dimension:0, order, limit
  std::string kind;                        // measure, dimension, filter, time, order, limit, table
  std::string label;                       // "revenue"
  std::string value;                       // "sum of amount"
  std::optional<std::int64_t> span_start;  // bytes of the question it came from
  std::optional<std::int64_t> span_end;
  std::vector<std::string> alternatives;  // other readings of this part, in words
  std::vector<ChipOption> options;        // as edits of the reading
};
BOOST_DESCRIBE_STRUCT(Chip, (),
                      (key, kind, label, value, span_start, span_end, alternatives, options))

// The typed meaning, as JSON in `logical` (its shape is documented in analysis/ask/reading.h).
struct ReadingView {
  std::string sentence;  // "sum of amount by product, largest 5"
  std::vector<Chip> chips;
  boost::json::value logical;
};
BOOST_DESCRIBE_STRUCT(ReadingView, (), (sentence, chips, logical))

struct ReceiptTable {
  std::string table;
  std::string source_id;
  std::int64_t version = 1;
  std::int64_t rows = 0;  // in the table
};
BOOST_DESCRIBE_STRUCT(ReceiptTable, (), (table, source_id, version, rows))

// Where a number in the text comes from: a cell of the result, or a derivation of such cells.
struct NumberTrace {
  std::string text;                 // as written in the response
  std::optional<std::int64_t> row;  // 0-based
  std::optional<std::string> column;
  std::optional<std::string> derivation;  // "share of total: 1,204 / 4,816"
};
BOOST_DESCRIBE_STRUCT(NumberTrace, (), (text, row, column, derivation))

struct Receipt {
  std::string sql;
  std::vector<ReceiptTable> tables;
  std::vector<std::string> filters;          // in words
  std::vector<std::string> joins;            // in words, with the fan-out verdict
  std::int64_t rows_in = 0;                  // rows of the tables read
  std::optional<std::int64_t> rows_matched;  // after filters
  std::int64_t rows_out = 0;
  double confidence = 0;                  // 0 … 1
  std::optional<double> next_confidence;  // of the best reading with another result
  std::vector<NumberTrace> numbers;
  std::vector<std::string> remembered;  // what was taught and used, in words
  std::string engine = "built-in";      // or the model's name
  double reading_ms = 0;                // until it was known what is asked
  double elapsed_ms = 0;                // with all queries
};
BOOST_DESCRIBE_STRUCT(Receipt, (),
                      (sql, tables, filters, joins, rows_in, rows_matched, rows_out, confidence,
                       next_confidence, numbers, remembered, engine, reading_ms, elapsed_ms))

// One thing the user can pick when the question could mean two things.
struct Choice {
  std::string label;
  std::string explanation;
  boost::json::value logical;          // the reading that this choice stands for
  std::optional<std::string> preview;  // the first row in words
};
BOOST_DESCRIBE_STRUCT(Choice, (), (label, explanation, logical, preview))

// The parts of a snippet in order; put together they are its text.
struct SnippetPart {
  std::string text;
  bool match = false;  // a word of the question
};
BOOST_DESCRIBE_STRUCT(SnippetPart, (), (text, match))

// A passage of a document that an answer rests on.
struct Quote {
  std::string source_id;
  std::string source_name;  // the file's name
  std::optional<std::int64_t> page;
  std::string heading;       // path of the headings above; may be empty
  std::int64_t ordinal = 0;  // of the passage in its document
  std::vector<SnippetPart> snippet;
};
BOOST_DESCRIBE_STRUCT(Quote, (), (source_id, source_name, page, heading, ordinal, snippet))

struct Answer {
  AnswerStatus status = AnswerStatus::abstained;
  std::string response;  // the sentence that answers
  std::optional<std::string> generated_query;
  std::vector<ResultColumn> columns;
  boost::json::array rows;  // arrays of cells, in column order; at most 1,000
  std::int64_t total_rows = 0;
  std::optional<ChartSpec> suggested_chart;
  std::vector<std::string> insights;
  std::optional<ReadingView> reading;
  std::optional<Receipt> receipt;
  std::vector<Choice> choices;
  std::vector<std::string> follow_ups;  // questions that can be answered
  std::vector<std::string> data_sources_used;
  std::vector<Quote> quotes;         // of documents
  std::optional<Teaching> teaching;  // what the message taught, to be kept
};
BOOST_DESCRIBE_STRUCT(Answer, (),
                      (status, response, generated_query, columns, rows, total_rows,
                       suggested_chart, insights, reading, receipt, choices, follow_ups,
                       data_sources_used, quotes, teaching))

}  // namespace sextant::catalog

#pragma once
// What people taught the question engine of a workspace: words with their meaning, and questions
// with the reading or the SQL that answers them.

#include <boost/describe.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <vector>

#include "catalog/semantic_model.h"

namespace sextant::catalog {

enum class TeachingKind {
  term,     // a word or phrase, wherever it occurs: "revenue" means net_amount
  question  // a whole question, as it stands
};
BOOST_DESCRIBE_ENUM(TeachingKind, term, question)

// Of a term: a table; a column of it; a value of that column; or a metric. Of a question: a reading
// or an SQL query.
struct Meaning {
  std::optional<std::string> table;
  std::optional<std::string> column;
  std::optional<std::string> value;
  std::optional<std::string> metric;
  std::optional<boost::json::value> reading;  // analysis/ask/reading.h
  std::optional<std::string> sql_query;
};
BOOST_DESCRIBE_STRUCT(Meaning, (), (table, column, value, metric, reading, sql_query))

struct Teaching {
  TeachingKind kind = TeachingKind::term;
  std::string phrase;  // as it was said
  Meaning meaning;
  std::string words;  // the meaning for people: "net amount of sales"
};
BOOST_DESCRIBE_STRUCT(Teaching, (), (kind, phrase, meaning, words))

// The meaning of a term in words; nothing when the model has no such table, column or metric.
std::optional<std::string> meaning_words(const SemanticModel& model, const Meaning& meaning);

// Makes each term a name of what it means, and of nothing else. A measure becomes a metric of the
// term's name. Terms whose meaning is not in the model are left out; the others are returned.
std::vector<Teaching> teach(SemanticModel& model, const std::vector<Teaching>& taught);

// Whether the phrase occurs in the text, word by word.
bool mentions(std::string_view text, std::string_view phrase);

}  // namespace sextant::catalog

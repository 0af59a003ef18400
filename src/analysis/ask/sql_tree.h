#pragma once
// Looking into the parse tree of a statement, as json_serialize_sql writes it. Thread-safe.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace sextant::ask::tree {

const json::Object* object(const json::Object& node, const char* key);
const json::Array* array(const json::Object& node, const char* key);
std::string_view text(const json::Object& node, const char* key);
bool is(const json::Object& node, std::string_view type);

// Byte offset in the statement, where it is known.
std::optional<std::int64_t> position(const json::Object& node);

// The name of the function or operator that this calls; empty when it is no call.
std::string_view function(const json::Object& node);
const json::Object* child(const json::Object& node, std::size_t index);
std::size_t children(const json::Object& node);

// The parts of a conjunction, in order; the node itself when it is none.
std::vector<const json::Object*> split(const json::Object& node, std::string_view conjunction);

// The value of a constant: text, number or bool; dates and times as their text. None when the node
// is no constant, NULL, or a number that JSON does not hold exactly.
std::optional<json::Value> constant(const json::Object& node);
// A whole number ≥ 0.
std::optional<std::int64_t> whole(const json::Object& node);

// The tree without places in the text.
json::Value without_places(const json::Value& tree);
// Also without the names that are given to the node itself.
json::Value expression(const json::Object& node);
bool same(const json::Object& a, const json::Object& b);

}  // namespace sextant::ask::tree

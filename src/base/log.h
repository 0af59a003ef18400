#pragma once
// Structured logging: one line an event, as JSON or for people. Thread-safe.
//
//   log::info("file.published", {{"source_id", id}, {"rows", 12480}});
//
// `event` is a stable dotted name; everything variable goes into the fields. Never log secrets,
// tokens, passwords or the contents of cells.

#include <boost/json/object.hpp>
#include <string_view>

namespace sextant::log {

enum class Level { debug, info, warn, error };
enum class Format { human, json };

// Call once, before other threads start. Writes to standard error.
void init(Level level, Format format);

// Whether lines of this level are written; ask before building costly fields.
bool enabled(Level level);

void write(Level level, std::string_view event, boost::json::object fields = {});
inline void debug(std::string_view e, boost::json::object f = {}) {
  write(Level::debug, e, std::move(f));
}
inline void info(std::string_view e, boost::json::object f = {}) {
  write(Level::info, e, std::move(f));
}
inline void warn(std::string_view e, boost::json::object f = {}) {
  write(Level::warn, e, std::move(f));
}
inline void error(std::string_view e, boost::json::object f = {}) {
  write(Level::error, e, std::move(f));
}

}  // namespace sextant::log

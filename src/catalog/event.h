#pragma once
// Something that happened in a workspace; the ordered log that every open page follows.

#include <boost/describe.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>

namespace sextant::catalog {

struct Event {
  std::int64_t seq = 0;  // 1, 2, 3, … within the workspace; 0 for transient events (progress)
  std::string type;      // noun.verb: file.progress, source.published, notification.created, …
  std::optional<std::string> source_id;
  boost::json::value data;
};
BOOST_DESCRIBE_STRUCT(Event, (), (seq, type, source_id, data))

}  // namespace sextant::catalog

#include "base/log.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include "base/json.h"
#include "base/time.h"

namespace sextant::log {
namespace {

Format g_format = Format::human;

spdlog::level::level_enum level_of(Level level) {
  switch (level) {
    case Level::debug:
      return spdlog::level::debug;
    case Level::info:
      return spdlog::level::info;
    case Level::warn:
      return spdlog::level::warn;
    case Level::error:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

spdlog::logger& logger() {
  static const auto instance = [] {
    auto made = spdlog::stderr_color_mt("sextant");
    made->set_pattern("%H:%M:%S.%e %^%-5l%$ %v");
    return made;
  }();
  return *instance;
}

}  // namespace

void init(Level level, Format format) {
  g_format = format;
  logger().set_level(level_of(level));
  if (format == Format::json) logger().set_pattern("%v");
}

bool enabled(Level level) { return logger().should_log(level_of(level)); }

void write(Level level, std::string_view event, boost::json::object fields) {
  auto& out = logger();
  const auto spd_level = level_of(level);
  if (!out.should_log(spd_level)) return;
  if (g_format == Format::json) {
    json::Object line{{"time", format_time(now())},
                      {"level", std::string_view(spdlog::level::to_string_view(spd_level).data())},
                      {"event", event}};
    for (auto& member : fields) line[member.key()] = std::move(member.value());
    out.log(spd_level, "{}", json::dump(json::Value(std::move(line))));
    return;
  }
  std::string text(event);
  for (const auto& member : fields) {
    text += ' ';
    text += member.key();
    text += '=';
    text += member.value().is_string() ? std::string(member.value().get_string())
                                       : json::dump(member.value());
  }
  out.log(spd_level, "{}", text);
}

}  // namespace sextant::log

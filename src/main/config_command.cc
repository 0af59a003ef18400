#include "main/config_command.h"

#include <iostream>

#include "base/settings.h"
#include "main/start.h"

namespace sextant {

int config_command(const std::map<std::string, std::string>& flags, bool markdown) {
  const auto views = describe_settings(flags, kEnvFile);
  if (markdown) {
    std::cout << "| setting | default | meaning |\n|---|---|---|\n";
    for (const auto& view : views) {
      std::cout << "| `" << view.name << "` | "
                << (view.default_value.empty() ? "" : "`" + view.default_value + "`") << " | "
                << view.meaning << " |\n";
    }
    return 0;
  }
  for (const auto& view : views) {
    std::cout << view.name << " = " << view.value << "   (" << view.source << ")\n    "
              << view.meaning << "\n";
  }
  const auto settings = load_settings(flags, kEnvFile);
  return settings ? 0 : complain(settings.error());
}

int migrate_command(const std::map<std::string, std::string>& flags) {
  const auto settings = load_settings(flags, kEnvFile);
  if (!settings) return complain(settings.error());
  const auto database = open_database(*settings);
  if (!database) return complain(database.error());
  std::cout << "The metadata store is up to date.\n";
  return 0;
}

}  // namespace sextant

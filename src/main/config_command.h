#pragma once
// `sextant config` and `sextant migrate`.

#include <map>
#include <string>

namespace sextant {

int config_command(const std::map<std::string, std::string>& flags, bool markdown);
int migrate_command(const std::map<std::string, std::string>& flags);

}  // namespace sextant

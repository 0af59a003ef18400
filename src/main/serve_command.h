#pragma once
// `sextant serve`: the server, until SIGTERM or SIGINT.

#include <map>
#include <string>

namespace sextant {

struct ServeOptions {
  bool demo = false;  // make a demo account with the sample data
};

int serve_command(const std::map<std::string, std::string>& flags, const ServeOptions& options);

}  // namespace sextant

#pragma once
// `sextant reset-password`: for whoever can read the data folder and has lost the way in.

#include <map>
#include <string>

namespace sextant {

// Reads the new password from standard input; a terminal does not show it.
int reset_password_command(const std::map<std::string, std::string>& flags,
                           const std::string& email);

}  // namespace sextant

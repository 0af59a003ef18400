#include "main/reset_password_command.h"

#include <termios.h>
#include <unistd.h>

#include <iostream>

#include "main/start.h"
#include "platform/accounts/account_service.h"

namespace sextant {
namespace {

// Turns the terminal's echo off for as long as it lives.
class QuietTerminal {
 public:
  QuietTerminal() {
    is_terminal_ = ::tcgetattr(STDIN_FILENO, &before_) == 0;
    if (!is_terminal_) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  }
  ~QuietTerminal() {
    if (is_terminal_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  QuietTerminal(const QuietTerminal&) = delete;
  QuietTerminal& operator=(const QuietTerminal&) = delete;

 private:
  bool is_terminal_ = false;
  termios before_{};
};

}  // namespace

int reset_password_command(const std::map<std::string, std::string>& flags,
                           const std::string& email) {
  const auto settings = load_settings(flags, kEnvFile);
  if (!settings) return complain(settings.error());
  const auto database = open_database(*settings);
  if (!database) return complain(database.error());
  const auto options = accounts::account_options(*settings);
  if (!options) return complain(options.error());

  std::string password;
  {
    std::cerr << "New password for " << email << ": ";
    const QuietTerminal quiet;
    std::getline(std::cin, password);
  }
  std::cerr << "\n";
  accounts::AccountService accounts(**database, *options);
  if (const auto done = accounts.reset_password(email, password); !done)
    return complain(done.error());
  std::cout << "The password is changed, and every session of this account has ended.\n";
  return 0;
}

}  // namespace sextant

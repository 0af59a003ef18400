#include "main/serve_command.h"

#include <csignal>
#include <filesystem>
#include <iostream>

#include "base/log.h"
#include "main/application.h"
#include "main/demo_account.h"
#include "main/privileges.h"
#include "main/start.h"

namespace sextant {
namespace {

namespace fs = std::filesystem;

// Blocks the signals that end the server in this and every later thread; wait_for_end() takes them.
sigset_t block_end_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return set;
}

int wait_for_end(const sigset_t& set) {
  int signal = 0;
  sigwait(&set, &signal);
  return signal;
}

void warn_of_unused(const Settings& settings) {
  if (!settings.openai_api_key.empty()) log::warn("setting.unused", {{"name", "OPENAI_API_KEY"}});
}

}  // namespace

int serve_command(const std::map<std::string, std::string>& flags, const ServeOptions& options) {
  auto settings = load_settings(flags, kEnvFile);
  if (!settings) return complain(settings.error());
  log::init(settings->debug ? log::Level::debug : log::Level::info,
            settings->log_format == "json" ? log::Format::json : log::Format::human);
  warn_of_unused(*settings);

  std::vector<fs::path> owned{settings->data_dir};
  if (!settings->upload_dir.empty()) owned.emplace_back(settings->upload_dir);
  if (auto dropped =
          drop_privileges(settings->run_as_user, owned, {fs::read_symlink("/proc/self/exe")});
      !dropped) {
    return complain(dropped.error());
  }
  const sigset_t end_signals = block_end_signals();

  auto application = Application::create(std::move(*settings));
  if (!application) return complain(application.error());
  const auto port = (*application)->start();
  if (!port) return complain(port.error());
  // Scripts and tests wait for this line.
  std::cout << "listening on http://" << (*application)->display_host() << ":" << *port
            << std::endl;
  if (options.demo) {
    const auto account = make_demo_account(**application);
    if (!account) return complain(account.error());
    std::cout << "demo account: " << account->email << " with password " << account->password
              << std::endl;
  }
  const int signal = wait_for_end(end_signals);
  log::info("server.stopping", {{"signal", signal}});
  (*application)->stop();
  log::info("server.stopped");
  return 0;
}

}  // namespace sextant

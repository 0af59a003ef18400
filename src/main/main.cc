// The command line. Each command is a function of its own; this file only reads the words.

#include <CLI/CLI.hpp>
#include <iostream>
#include <map>

#include "base/settings.h"
#include "main/ask_command.h"
#include "main/config_command.h"
#include "main/eval_command.h"
#include "main/openapi_command.h"
#include "main/reset_password_command.h"
#include "main/serve_command.h"
#include "worker/worker.h"

namespace {

using Flags = std::map<std::string, std::string>;

// `--port` sets PORT, and so on, for the settings that are handy on the command line.
void add_setting(CLI::App& app, Flags& flags, const std::string& option, const std::string& name,
                 const std::string& meaning) {
  app.add_option_function<std::string>(
      option, [&flags, name](const std::string& value) { flags[name] = value; }, meaning);
}

void add_data_settings(CLI::App& app, Flags& flags) {
  add_setting(app, flags, "--data-dir", "DATA_DIR", "Folder for everything that is kept");
  add_setting(app, flags, "--database-url", "DATABASE_URL",
              "Metadata store; empty: SQLite in the data folder");
}

}  // namespace

int main(int argc, char** argv) {
  using namespace sextant;
  CLI::App app("Sextant: upload data, ask questions, get checked answers.", "sextant");
  app.set_version_flag("--version", SEXTANT_VERSION);
  app.require_subcommand(1);
  int status = 0;
  Flags flags;

  auto* serve = app.add_subcommand("serve", "Serve the page and the API");
  ServeOptions serve_options;
  add_setting(*serve, flags, "--host", "HOST", "Address to listen on (default 127.0.0.1)");
  add_setting(*serve, flags, "--port", "PORT",
              "Port to listen on; 0 takes a free one (default 8000)");
  add_setting(*serve, flags, "--web-dir", "WEB_DIR", "Folder of the built page");
  add_setting(*serve, flags, "--user", "RUN_AS_USER", "User to become when started as root");
  add_data_settings(*serve, flags);
  serve->add_flag("--demo", serve_options.demo, "Make a demo account with sample data");
  serve->callback([&] { status = serve_command(flags, serve_options); });

  auto* worker =
      app.add_subcommand("worker", "The sandboxed process; started by the server")->group("");
  int fd = -1;
  worker->add_option("--fd", fd, "Socket to the server")->required();
  std::int64_t address_space = 3ll << 30;
  worker->add_option("--address-space", address_space, "Hard limit of this process, in bytes");
  worker->callback([&] { status = worker::worker_main(fd, address_space); });

  auto* ask = app.add_subcommand("ask", "Answer a question from files alone");
  AskOptions ask_options;
  std::vector<std::string> words;
  ask->add_option("files_and_question", words, "One or more files, then the question")
      ->required()
      ->expected(2, -1);
  ask->add_flag("--json", ask_options.json, "The whole answer as JSON");
  ask->callback([&] {
    ask_options.question = words.back();
    ask_options.files.assign(words.begin(), words.end() - 1);
    status = ask_command(ask_options);
  });

  auto* eval = app.add_subcommand("eval", "Answer a set of questions, for scoring");
  EvalOptions eval_options;
  eval->add_option("--questions", eval_options.questions, "questions.jsonl")->required();
  eval->add_option("--out", eval_options.out, "Where predictions are written")->required();
  eval->add_option("--limit", eval_options.limit, "Only the first so many questions");
  eval->add_flag("--round-trip", eval_options.round_trip,
                 "Also write each reading as SQL and read it back");
  eval->callback([&] { status = eval_command(eval_options); });

  auto* openapi = app.add_subcommand("openapi", "Print the OpenAPI document");
  openapi->callback([&] { status = openapi_command(); });

  auto* config = app.add_subcommand(
      "config", "Print every setting, its meaning and where its value comes from");
  bool config_markdown = false;
  config->add_flag("--markdown", config_markdown, "As the table of the documentation");
  config->callback([&] { status = config_command(flags, config_markdown); });

  auto* migrate = app.add_subcommand("migrate", "Bring the metadata store up to this version");
  add_data_settings(*migrate, flags);
  migrate->callback([&] { status = migrate_command(flags); });

  auto* reset = app.add_subcommand("reset-password", "Give an account a new password");
  std::string email;
  add_data_settings(*reset, flags);
  reset->add_option("email", email, "The account's e-mail address")->required();
  reset->callback([&] { status = reset_password_command(flags, email); });

  CLI11_PARSE(app, argc, argv);
  return status;
}

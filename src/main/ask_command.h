#pragma once
// `sextant ask FILE… "question" [--json]`: an answer from files alone, without a server.

#include <string>
#include <vector>

namespace sextant {

struct AskOptions {
  std::vector<std::string> files;
  std::string question;
  bool json = false;  // the whole answer as JSON
};

// 0 answered, 3 clarification or abstained, 1 on errors (a file that can not be read, …).
int ask_command(const AskOptions& options);

}  // namespace sextant

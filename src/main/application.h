#pragma once
// The wiring: every service made once, in the order of their needs, and stopped the other way
// round. Only this class knows how the parts fit together.

#include <memory>
#include <string>

#include "base/settings.h"
#include "http/router.h"
#include "platform/accounts/account_service.h"
#include "platform/sources/sample_data.h"

namespace sextant {

class Application {
 public:
  // Opens the stores and makes all services; nothing runs yet.
  static Result<std::unique_ptr<Application>> create(Settings settings);
  ~Application();

  // Starts jobs, workers and the server; gives the bound port.
  Result<int> start();
  // Drains and stops everything; may be called once.
  void stop();

  const http::Router& router() const;
  accounts::AccountService& accounts();
  sources::SampleData& sample_data();
  std::string display_host() const;

 private:
  struct Parts;
  explicit Application(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace sextant

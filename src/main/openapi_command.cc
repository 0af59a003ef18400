#include "main/openapi_command.h"

#include <filesystem>
#include <iostream>

#include "base/id.h"
#include "main/application.h"
#include "main/start.h"

namespace sextant {

int openapi_command() {
  // The routes are those of a real application; it is made in an empty folder and never started.
  const auto folder = std::filesystem::temp_directory_path() / ("sextant-openapi-" + new_id());
  auto settings =
      load_settings({{"DATA_DIR", folder.string()}, {"DATABASE_URL", ""}, {"SECRET_KEY", ""}}, "");
  if (!settings) return complain(settings.error());
  int status = 0;
  {
    auto application = Application::create(std::move(*settings));
    if (application) {
      std::cout << json::dump((*application)->router().openapi()) << "\n";
    } else {
      status = complain(application.error());
    }
  }
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  return status;
}

}  // namespace sextant

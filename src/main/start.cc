#include "main/start.h"

#include <filesystem>
#include <iostream>

namespace sextant {

int complain(const Error& error) {
  std::cerr << "sextant: " << error.message << "\n";
  if (const auto* fields = error.detail.if_contains("fields"); fields && fields->is_array()) {
    for (const auto& field : fields->get_array()) {
      std::cerr << "  " << field.at("path").as_string().c_str() << " "
                << field.at("message").as_string().c_str() << "\n";
    }
  }
  if (!error.hint.empty()) std::cerr << error.hint << "\n";
  return 1;
}

std::string database_url(const Settings& settings) {
  if (!settings.database_url.empty()) return settings.database_url;
  return "sqlite:///" +
         std::filesystem::absolute(std::filesystem::path(settings.data_dir) / "sextant.db")
             .string();
}

Result<std::unique_ptr<store::Database>> open_database(const Settings& settings) {
  std::error_code ec;
  std::filesystem::create_directories(settings.data_dir, ec);
  if (ec) {
    return fail(ErrorCode::internal,
                "The data folder " + settings.data_dir + " can not be made: " + ec.message(),
                "Choose another with --data-dir.");
  }
  TRY(auto database, store::Database::open(database_url(settings)));
  TRY_VOID(database->migrate());
  return database;
}

}  // namespace sextant

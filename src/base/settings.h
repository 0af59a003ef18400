#pragma once
// The product's settings: one table (settings.cc) gives each its name, meaning, default and check.
// A value comes from a command-line flag, else the environment, else the file .env, else the
// default. Bad values and unknown names in .env are refused at start, with the name and what is
// allowed.

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"

namespace sextant {

struct Settings {
  std::string host;
  std::int64_t port = 0;
  std::string data_dir;
  std::string upload_dir;    // workspaces' folders; "" = <data_dir>/workspaces
  std::string web_dir;       // the built page; "" = beside the program
  std::string database_url;  // "" = SQLite in data_dir
  std::string run_as_user;   // taken on when started as root

  std::string secret_key;  // "" = made once per install, kept in data_dir
  std::string algorithm;
  std::int64_t access_token_expire_minutes = 0;
  std::int64_t refresh_token_expire_days = 0;
  std::string signup_mode;

  std::int64_t max_file_size = 0;    // bytes
  std::int64_t workspace_quota = 0;  // bytes of uploads; 0 = no limit
  std::vector<std::string> allowed_extensions;
  std::vector<std::string> allowed_hosts;  // empty = loopback names and the bound address
  std::vector<std::string> cors_origins;

  bool enable_cross_feature_sync = true;
  bool auto_schema_generation = true;
  bool real_time_notifications = true;

  std::int64_t max_workers = 0;           // 0 = twice the cores
  std::int64_t worker_memory_limit = 0;   // bytes, for the engine
  std::int64_t worker_address_space = 0;  // bytes, hard limit of the process
  std::int64_t query_timeout_seconds = 0;
  std::int64_t load_timeout_seconds = 0;
  std::int64_t query_concurrency = 0;  // of a workspace; 0 = one less than there are workers
  std::int64_t query_cache_bytes = 0;

  std::string environment;
  bool debug = false;
  std::string log_format;

  std::string embeddings_url;  // "" = none
  std::string embeddings_model;
  std::string embeddings_api_key;

  std::string redis_url;
  std::string openai_api_key;
};

// Where a setting's present value came from.
struct SettingView {
  std::string name;
  std::string meaning;
  std::string default_value;
  std::string value;   // secrets are masked
  std::string source;  // flag, environment, .env or default
};

// `flags` maps setting names (PORT) to the values given on the command line. `env_file` may be
// missing. Errors are invalid_fields, one field an unusable setting.
Result<Settings> load_settings(const std::map<std::string, std::string>& flags,
                               const std::filesystem::path& env_file);

// Every setting with its meaning and present source, in the order of the table. Never fails on bad
// values, so that `sextant config` can show what is wrong.
std::vector<SettingView> describe_settings(const std::map<std::string, std::string>& flags,
                                           const std::filesystem::path& env_file);

}  // namespace sextant

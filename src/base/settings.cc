#include "base/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <variant>

#include "base/json.h"
#include "base/text.h"

namespace sextant {
namespace {

using TextMember = std::string Settings::*;
using NumberMember = std::int64_t Settings::*;
using BoolMember = bool Settings::*;
using ListMember = std::vector<std::string> Settings::*;

struct Entry {
  const char* name;
  std::variant<TextMember, NumberMember, BoolMember, ListMember> member;
  const char* default_value;
  const char* meaning;
  std::vector<std::string> choices = {};  // of a text; empty = any
  std::int64_t minimum = 0;               // of a number
  std::int64_t maximum = std::numeric_limits<std::int64_t>::max();
  bool secret = false;
};

const std::vector<Entry>& table() {
  static const std::vector<Entry> entries = {
      {"HOST", &Settings::host, "127.0.0.1",
       "Address to listen on. 0.0.0.0 opens it to the network."},
      {"PORT", &Settings::port, "8000", "Port to listen on; 0 takes a free one.", {}, 0, 65535},
      {"DATA_DIR", &Settings::data_dir, "./data", "Folder for everything that is kept."},
      {"UPLOAD_DIR", &Settings::upload_dir, "",
       "Folder for uploads and the tables made from them. Empty: DATA_DIR/workspaces."},
      {"WEB_DIR", &Settings::web_dir, "",
       "Folder of the built page. Empty: web/dist beside the program."},
      {"DATABASE_URL",
       &Settings::database_url,
       "",
       "Metadata store: postgresql://user:password@host:5432/name or sqlite:///path. Empty: SQLite "
       "in DATA_DIR.",
       {},
       0,
       0,
       true},
      {"RUN_AS_USER", &Settings::run_as_user, "nobody",
       "User to become when started as root. DATA_DIR is handed to that user."},
      {"SECRET_KEY",
       &Settings::secret_key,
       "",
       "Signs log-in tokens; at least 32 characters. Empty: made once and kept in DATA_DIR.",
       {},
       0,
       0,
       true},
      {"ALGORITHM",
       &Settings::algorithm,
       "HS256",
       "How tokens are signed.",
       {"HS256", "HS384", "HS512"}},
      {"ACCESS_TOKEN_EXPIRE_MINUTES",
       &Settings::access_token_expire_minutes,
       "30",
       "Life of an access token, in minutes.",
       {},
       1,
       60 * 24 * 365},
      {"REFRESH_TOKEN_EXPIRE_DAYS",
       &Settings::refresh_token_expire_days,
       "30",
       "Days without use after which one must log in again.",
       {},
       1,
       3650},
      {"SIGNUP_MODE",
       &Settings::signup_mode,
       "open",
       "Who may make an account: open, invite (with an invitation) or closed.",
       {"open", "invite", "closed"}},
      {"MAX_FILE_SIZE",
       &Settings::max_file_size,
       "10737418240",
       "Largest upload, in bytes.",
       {},
       1},
      {"WORKSPACE_QUOTA",
       &Settings::workspace_quota,
       "0",
       "Most bytes of uploads that one workspace may keep; 0: no limit.",
       {},
       0},
      {"ALLOWED_EXTENSIONS", &Settings::allowed_extensions,
       ".csv,.tsv,.txt,.json,.ndjson,.jsonl,.parquet,.xlsx,.xlsm,.xls,.ods,.docx,.pdf,.zip",
       "File types that may be uploaded, with commas."},
      {"ALLOWED_HOSTS", &Settings::allowed_hosts, "",
       "Host names the server answers to, with commas. Empty: any name when bound to loopback "
       "only, else required in production."},
      {"CORS_ORIGINS", &Settings::cors_origins, "",
       "Origins of pages hosted elsewhere that may call the API, with commas."},
      {"ENABLE_CROSS_FEATURE_SYNC", &Settings::enable_cross_feature_sync, "true",
       "Bring every feature up to date when a source changes; false: only when asked."},
      {"AUTO_SCHEMA_GENERATION", &Settings::auto_schema_generation, "true",
       "Make a semantic model of each new source; false: only when asked."},
      {"REAL_TIME_NOTIFICATIONS", &Settings::real_time_notifications, "true",
       "Push changes to open pages; false: pages read on demand."},
      {"MAX_WORKERS",
       &Settings::max_workers,
       "0",
       "Most worker processes at a time; 0: twice the number of cores.",
       {},
       0,
       256},
      {"WORKER_MEMORY_LIMIT",
       &Settings::worker_memory_limit,
       "1073741824",
       "Memory for the engine of one worker, in bytes.",
       {},
       64 << 20},
      {"WORKER_ADDRESS_SPACE",
       &Settings::worker_address_space,
       "3221225472",
       "Hard limit on the address space of one worker, in bytes.",
       {},
       512 << 20},
      {"QUERY_TIMEOUT_SECONDS",
       &Settings::query_timeout_seconds,
       "60",
       "A query is stopped after this many seconds.",
       {},
       1,
       86400},
      {"QUERY_CONCURRENCY",
       &Settings::query_concurrency,
       "0",
       "Most queries of one workspace at a time, the others wait; 0: one less than MAX_WORKERS.",
       {},
       0,
       256},
      {"QUERY_CACHE_BYTES",
       &Settings::query_cache_bytes,
       "33554432",
       "Memory for answers that are given again while the data has not changed, in bytes; 0: none.",
       {},
       0,
       1ll << 40},
      {"LOAD_TIMEOUT_SECONDS",
       &Settings::load_timeout_seconds,
       "3600",
       "Reading one file is stopped after this many seconds.",
       {},
       1,
       604800},
      {"EMBEDDINGS_URL", &Settings::embeddings_url, "",
       "Address of an OpenAI-compatible API, like http://localhost:11434/v1: the search then also "
       "finds passages by what they mean. The texts of documents are sent there. Empty: built-in "
       "search alone."},
      {"EMBEDDINGS_MODEL", &Settings::embeddings_model, "text-embedding-3-small",
       "Model that EMBEDDINGS_URL is asked for."},
      {"EMBEDDINGS_API_KEY",
       &Settings::embeddings_api_key,
       "",
       "Key for EMBEDDINGS_URL, when it asks for one.",
       {},
       0,
       0,
       true},
      {"ENVIRONMENT",
       &Settings::environment,
       "development",
       "production refuses weak secrets and missing ALLOWED_HOSTS.",
       {"development", "production"}},
      {"DEBUG", &Settings::debug, "false", "Log every request and step."},
      {"LOG_FORMAT",
       &Settings::log_format,
       "human",
       "One log line an event, for people or as JSON.",
       {"human", "json"}},
      {"REDIS_URL",
       &Settings::redis_url,
       "",
       "Answers of queries are shared here between the servers of one install: "
       "redis://[user:password@]host[:port][/database], rediss:// with TLS. Empty: each server "
       "keeps its own.",
       {},
       0,
       0,
       true},
      {"OPENAI_API_KEY",
       &Settings::openai_api_key,
       "",
       "Reserved for a language model; the built-in engine answers without one. This version warns "
       "when it is set.",
       {},
       0,
       0,
       true},
  };
  return entries;
}

struct Found {
  std::string value;
  std::string source;
};

std::map<std::string, std::string> read_env_file(const std::filesystem::path& path) {
  std::map<std::string, std::string> out;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    std::string_view s = text::trim(line);
    if (s.empty() || s.front() == '#') continue;
    if (s.starts_with("export ")) s = text::trim(s.substr(7));
    const auto equals = s.find('=');
    if (equals == std::string_view::npos) {
      out[std::string(s)] = "";
      continue;
    }
    std::string_view value = text::trim(s.substr(equals + 1));
    if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') &&
        value.back() == value.front()) {
      value = value.substr(1, value.size() - 2);
    }
    out[std::string(text::trim(s.substr(0, equals)))] = value;
  }
  return out;
}

Found find_value(const Entry& entry, const std::map<std::string, std::string>& flags,
                 const std::map<std::string, std::string>& env_file) {
  if (const auto it = flags.find(entry.name); it != flags.end()) return {it->second, "flag"};
  if (const char* value = std::getenv(entry.name)) return {value, "environment"};
  if (const auto it = env_file.find(entry.name); it != env_file.end()) return {it->second, ".env"};
  return {entry.default_value, "default"};
}

std::optional<bool> parse_bool(std::string_view s) {
  const std::string lower = text::lower_ascii(s);
  if (lower == "true" || lower == "1" || lower == "yes" || lower == "on") return true;
  if (lower == "false" || lower == "0" || lower == "no" || lower == "off") return false;
  return std::nullopt;
}

// Stores the value; the text says what is wrong with it, "" when nothing is.
std::string store(Settings& settings, const Entry& entry, const std::string& value) {
  if (const auto* text_member = std::get_if<TextMember>(&entry.member)) {
    if (!entry.choices.empty() && std::ranges::find(entry.choices, value) == entry.choices.end()) {
      return fmt::format("is '{}'; it must be one of {}", value, text::join(entry.choices, ", "));
    }
    settings.** text_member = value;
  } else if (const auto* number = std::get_if<NumberMember>(&entry.member)) {
    std::int64_t parsed = 0;
    const auto [end, ec] = std::from_chars(value.data(), value.data() + value.size(), parsed);
    if (ec != std::errc() || end != value.data() + value.size() || parsed < entry.minimum ||
        parsed > entry.maximum) {
      return entry.maximum == std::numeric_limits<std::int64_t>::max()
                 ? fmt::format("is '{}'; it must be a whole number of at least {}", value,
                               entry.minimum)
                 : fmt::format("is '{}'; it must be a whole number from {} to {}", value,
                               entry.minimum, entry.maximum);
    }
    settings.** number = parsed;
  } else if (const auto* flag = std::get_if<BoolMember>(&entry.member)) {
    const auto parsed = parse_bool(value);
    if (!parsed) return fmt::format("is '{}'; it must be true or false", value);
    settings.** flag = *parsed;
  } else {
    auto& list = settings.*std::get<ListMember>(entry.member);
    list.clear();
    for (const auto& part : text::split(value, ',')) {
      if (const auto trimmed = text::trim(part); !trimmed.empty()) list.emplace_back(trimmed);
    }
  }
  return "";
}

}  // namespace

Result<Settings> load_settings(const std::map<std::string, std::string>& flags,
                               const std::filesystem::path& env_file) {
  const auto from_file = read_env_file(env_file);
  Settings settings;
  std::vector<json::FieldError> errors;
  for (const auto& entry : table()) {
    const Found found = find_value(entry, flags, from_file);
    if (auto why = store(settings, entry, found.value); !why.empty()) {
      errors.push_back({entry.name, fmt::format("{} (from {})", why, found.source)});
    }
  }
  for (const auto& [name, value] : from_file) {
    // The page is served by this program, so the variables of a separate page mean nothing here.
    if (name.starts_with("REACT_APP_")) continue;
    if (std::ranges::none_of(table(), [&](const Entry& e) { return name == e.name; })) {
      errors.push_back({name, "is not a setting (from .env); `sextant config` lists them all"});
    }
  }
  for (auto& extension : settings.allowed_extensions) {
    extension = text::lower_ascii(extension);
    if (!extension.starts_with('.')) extension.insert(extension.begin(), '.');
  }
  if (!errors.empty()) {
    Error error = json::field_errors(errors);
    error.hint = "Correct the settings named, then start again.";
    return fail(std::move(error));
  }
  return settings;
}

std::vector<SettingView> describe_settings(const std::map<std::string, std::string>& flags,
                                           const std::filesystem::path& env_file) {
  const auto from_file = read_env_file(env_file);
  std::vector<SettingView> out;
  for (const auto& entry : table()) {
    const Found found = find_value(entry, flags, from_file);
    const bool mask = entry.secret && !found.value.empty();
    out.push_back({entry.name, entry.meaning, entry.default_value, mask ? "(set)" : found.value,
                   found.source});
  }
  return out;
}

}  // namespace sextant

#include "main/application.h"

#include <fmt/format.h>

#include <filesystem>

#include "api/ai.h"
#include "api/auth.h"
#include "api/files.h"
#include "api/golden.h"
#include "api/health.h"
#include "api/integration.h"
#include "api/models.h"
#include "api/queries.h"
#include "api/readings.h"
#include "api/realtime.h"
#include "api/search.h"
#include "api/sources.h"
#include "api/teachings.h"
#include "api/uploads.h"
#include "api/workspaces.h"
#include "base/log.h"
#include "http/hub.h"
#include "http/server.h"
#include "http/static_files.h"
#include "main/start.h"
#include "platform/blobs/workspace_files.h"
#include "platform/conversations/conversation_service.h"
#include "platform/conversations/golden_service.h"
#include "platform/events/event_log.h"
#include "platform/jobs/job_runner.h"
#include "platform/llm/embeddings.h"
#include "platform/models/model_service.h"
#include "platform/models/teaching_service.h"
#include "platform/operations/health.h"
#include "platform/operations/housekeeping.h"
#include "platform/operations/notifications.h"
#include "platform/queries/query_service.h"
#include "platform/search/search_service.h"
#include "platform/sources/ingest.h"
#include "platform/sources/source_service.h"
#include "platform/sources/workspace_data.h"
#include "platform/workers/pool.h"

namespace sextant {
namespace {

namespace fs = std::filesystem;

fs::path program_folder() { return fs::read_symlink("/proc/self/exe").parent_path(); }

fs::path upload_folder(const Settings& settings) {
  return fs::absolute(settings.upload_dir.empty() ? fs::path(settings.data_dir) / "workspaces"
                                                  : fs::path(settings.upload_dir));
}

// The built page: as set, or beside the program as the build and an installation lay it out.
std::optional<fs::path> page_folder(const Settings& settings) {
  if (!settings.web_dir.empty()) return fs::path(settings.web_dir);
  for (const auto& candidate :
       {program_folder() / "../web/dist", program_folder() / "../share/sextant/web"}) {
    std::error_code ec;
    if (fs::exists(candidate / "index.html", ec)) return candidate;
  }
  return std::nullopt;
}

workers::PoolOptions pool_options(const Settings& settings) {
  workers::PoolOptions options;
  options.command = {"/proc/self/exe", "worker"};
  options.max_workers = static_cast<int>(settings.max_workers);
  options.memory_limit = settings.worker_memory_limit;
  options.address_space = settings.worker_address_space;
  return options;
}

http::ServerOptions server_options(const Settings& settings, const blobs::WorkspaceFiles& files) {
  http::ServerOptions options;
  options.host = settings.host;
  options.port = static_cast<int>(settings.port);
  options.max_file_size = settings.max_file_size;
  options.upload_temp = files.incoming();
  options.allowed_hosts = settings.allowed_hosts;
  options.cors_origins = settings.cors_origins;
  return options;
}

Result<std::optional<llm::Embeddings>> embeddings_of(const Settings& settings) {
  if (settings.embeddings_url.empty()) return std::nullopt;
  TRY(auto endpoint, llm::Endpoint::create(settings.embeddings_url, settings.embeddings_api_key));
  return llm::Embeddings(std::move(endpoint), settings.embeddings_model);
}

Result<std::optional<queries::RedisAddress>> redis_of(const Settings& settings) {
  if (settings.redis_url.empty()) return std::nullopt;
  return queries::parse_redis_url(settings.redis_url);
}

// No fault of the server when it is not there: queries are run instead.
std::optional<operations::ComponentHealth> redis_health(const queries::QueryService& queries) {
  const auto stats = queries.redis_stats();
  if (!stats) return std::nullopt;
  return operations::ComponentHealth{
      "shared cache", stats->connected ? "ok" : "failing", 0,
      fmt::format("{} answers found, {} not there, {} not asked for, {} written, {} dropped, {} "
                  "failures",
                  stats->hits, stats->misses, stats->skipped, stats->written, stats->dropped,
                  stats->failures)};
}

Result<> check_production(const Settings& settings) {
  const bool loopback =
      settings.host == "127.0.0.1" || settings.host == "::1" || settings.host == "localhost";
  if (settings.environment == "production" && settings.allowed_hosts.empty() && !loopback) {
    return fail(
        ErrorCode::invalid_fields,
        "ALLOWED_HOSTS is not set, and the server would be open to the network.",
        "Set it to the names that people reach this server by, for example analytics.example.com.");
  }
  return {};
}

}  // namespace

// In the order of making; destroyed the other way round.
struct Application::Parts {
  Parts(Settings given, std::unique_ptr<store::Database> opened, blobs::WorkspaceFiles folders,
        accounts::AccountOptions account_options, std::optional<llm::Embeddings> embeddings,
        std::optional<queries::RedisAddress> redis)
      : settings(std::move(given)),
        database(std::move(opened)),
        files(std::move(folders)),
        accounts(*database, std::move(account_options)),
        events(*database),
        hub([this](const std::string& workspace, std::int64_t after) {
          return events.after(workspace, after);
        }),
        jobs(*database, {.lease = std::chrono::seconds(10)}),
        pool(pool_options(settings)),
        data(*database),
        search(*database, files, pool, std::move(embeddings)),
        ingest(*database, files, pool, data, search, events, settings,
               [this](const std::string& workspace, const catalog::Event& event) {
                 publish(workspace, event);
               }),
        sources(*database, files, events, jobs, settings),
        versions(*database, files, events, jobs),
        cells(*database, files, pool, settings),
        uploads(*database, files, sources),
        sample(sources, files),
        models(*database, files, pool, data, events, settings),
        teachings(*database, files, pool, data, events, settings),
        saved_queries(*database, events),
        queries(
            *database, files, pool, data, saved_queries, settings,
            [this](const std::string& workspace, const std::string& user,
                   const catalog::Event& event) {
              if (settings.real_time_notifications) hub.publish_to(workspace, user, event);
            },
            std::move(redis)),
        schedules(*database, events, jobs, saved_queries, queries),
        suggestions(*database, files, pool, data, queries),
        readings(files, pool, data, settings),
        conversations(*database, files, pool, data, search, teachings, settings),
        golden(*database, files, pool, data, events, settings),
        notifications(*database),
        health(*database, pool, files, [this] { return redis_health(queries); }),
        housekeeping(*database, events, files),
        server(with_callbacks(server_options(settings, files)), router, hub, pages) {
    events.listen([this](const std::string& workspace, const catalog::Event& event) {
      publish(workspace, event);
    });
    jobs.handle(
        sources::kIngestJob, [this](jobs::JobContext& job) { return read_file(job); },
        [this](const jobs::Job& job, const Error& error) { ingest.gave_up(job, error); });
    jobs.handle(queries::kScheduleJob,
                [this](jobs::JobContext& job) { return schedules.run(job); });
    jobs.handle(operations::kHousekeepingJob,
                [this](jobs::JobContext&) { return housekeeping.run(jobs); });
    api::add_auth_routes(router, accounts);
    api::add_workspace_routes(router, accounts);
    api::add_file_routes(router, sources, sample);
    api::add_upload_routes(router, uploads, this->settings.max_file_size);
    api::add_source_routes(router, versions, cells);
    api::add_integration_routes(router, sources, notifications);
    api::add_search_routes(router, search, sources);
    api::add_model_routes(router, models);
    api::add_query_routes(router, queries);
    api::add_run_routes(router, queries);
    api::add_saved_query_routes(router, saved_queries, queries);
    api::add_query_export_route(router, queries);
    api::add_query_schedule_routes(router, schedules);
    api::add_query_suggestion_route(router, suggestions);
    api::add_reading_routes(router, readings);
    api::add_ai_routes(router, conversations);
    api::add_teaching_routes(router, teachings);
    api::add_golden_routes(router, golden);
    api::add_realtime_routes(router, hub);
    api::add_health_routes(router, health);
  }

  // The answers that rest on a file are asked again when it is read.
  Result<> read_file(jobs::JobContext& job) {
    TRY_VOID(ingest.run(job));
    TRY(const auto payload, json::from_value<sources::IngestPayload>(job.payload()));
    const auto checked = golden.check_changed(payload.workspace_id, job.stop_token());
    // They are asked again with the next version, too: no reason to read the file once more.
    if (!checked) log::warn("golden.not_checked", {{"message", checked.error().message}});
    return {};
  }

  void publish(const std::string& workspace, const catalog::Event& event) {
    if (settings.real_time_notifications) hub.publish(workspace, event);
  }

  http::ServerOptions with_callbacks(http::ServerOptions options) {
    options.authenticate = [this](std::string_view token, std::string_view workspace_id) {
      return accounts.authenticate(token, workspace_id);
    };
    return options;
  }

  Settings settings;
  std::unique_ptr<store::Database> database;
  blobs::WorkspaceFiles files;
  accounts::AccountService accounts;
  events::EventLog events;
  http::Hub hub;
  jobs::JobRunner jobs;
  workers::Pool pool;
  sources::WorkspaceData data;
  search::SearchService search;
  sources::Ingest ingest;
  sources::SourceService sources;
  sources::VersionService versions;
  sources::SourceCells cells;
  sources::ResumableUploads uploads;
  sources::SampleData sample;
  models::ModelService models;
  models::TeachingService teachings;
  queries::SavedQueries saved_queries;
  queries::QueryService queries;
  queries::Schedules schedules;
  queries::Suggestions suggestions;
  queries::Readings readings;
  conversations::ConversationService conversations;
  conversations::GoldenService golden;
  operations::Notifications notifications;
  operations::Health health;
  operations::Housekeeping housekeeping;
  http::Router router;
  http::StaticFiles pages;
  http::Server server;  // last: stops before all it uses
};

Application::Application(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Application::~Application() = default;

Result<std::unique_ptr<Application>> Application::create(Settings settings) {
  TRY_VOID(check_production(settings));
  TRY(auto database, open_database(settings));
  TRY(auto files, blobs::WorkspaceFiles::open(upload_folder(settings)));
  TRY(auto account_options, accounts::account_options(settings));
  TRY(auto embeddings, embeddings_of(settings));
  TRY(auto redis, redis_of(settings));
  const auto page = page_folder(settings);
  auto parts =
      std::make_unique<Parts>(std::move(settings), std::move(database), std::move(files),
                              std::move(account_options), std::move(embeddings), std::move(redis));
  if (page) {
    TRY_VOID(parts->pages.load(*page));
  } else {
    log::warn("page.missing", {{"hint", "the API works; build the page or set WEB_DIR"}});
  }
  return std::unique_ptr<Application>(new Application(std::move(parts)));
}

Result<int> Application::start() {
  TRY_VOID(parts_->pool.start());
  parts_->search.start();
  TRY_VOID(parts_->sources.renew_profiles());
  parts_->jobs.start();
  TRY_VOID(parts_->housekeeping.schedule(parts_->jobs));
  return parts_->server.start();
}

void Application::stop() {
  parts_->server.stop();
  parts_->jobs.stop();
  parts_->search.stop();
  parts_->pool.stop();
}

const http::Router& Application::router() const { return parts_->router; }
accounts::AccountService& Application::accounts() { return parts_->accounts; }
sources::SampleData& Application::sample_data() { return parts_->sample; }

std::string Application::display_host() const {
  const std::string& host = parts_->settings.host;
  if (host == "127.0.0.1" || host == "0.0.0.0" || host == "::" || host == "::1") return "localhost";
  return host;
}

}  // namespace sextant

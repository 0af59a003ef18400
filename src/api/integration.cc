#include "api/integration.h"

#include "api/sync.h"

namespace sextant::api {
namespace {

struct SourcesInput {
  std::optional<std::string> feature;
};
BOOST_DESCRIBE_STRUCT(SourcesInput, (), (feature))

struct SourcesReply {
  std::vector<sources::Source> sources;
  std::int64_t total_count = 0;
  std::vector<std::string> available_features;
};
BOOST_DESCRIBE_STRUCT(SourcesReply, (), (sources, total_count, available_features))

struct SyncInput {
  std::optional<std::string> source_id;
  std::optional<std::string> feature;
};
BOOST_DESCRIBE_STRUCT(SyncInput, (), (source_id, feature))

struct NotificationsInput {
  std::optional<bool> unread;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(NotificationsInput, (), (unread, cursor))

struct NotificationsReply {
  std::vector<operations::Notification> notifications;
  std::int64_t unread_count = 0;
  std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(NotificationsReply, (), (notifications, unread_count, next_cursor))

struct ReadInput {
  std::optional<std::vector<std::string>> ids;  // none: all
};
BOOST_DESCRIBE_STRUCT(ReadInput, (), (ids))

}  // namespace

Result<SyncReply> sync(sources::SourceService& service, const http::RequestContext& context,
                       const std::optional<std::string>& source_id,
                       const std::optional<std::string>& feature) {
  TRY(auto states, service.sync(*context.principal, source_id, feature));
  SyncReply reply;
  reply.sources = static_cast<std::int64_t>(states.size());
  for (const auto& state : states) ++(state.up_to_date ? reply.up_to_date : reply.started);
  reply.states = std::move(states);
  return reply;
}

void add_integration_routes(http::Router& router, sources::SourceService& service,
                            operations::Notifications& notifications) {
  using http::Method;
  using http::RequestContext;

  router.route<SourcesInput, SourcesReply>(
      {.method = Method::get,
       .path = "/api/integration/data-sources",
       .tag = "integration",
       .summary = "Data sources that can be used",
       .description = "With `feature`, those that this feature is enabled for."},
      [&service](const RequestContext& c, SourcesInput in) -> Result<SourcesReply> {
        TRY(auto sources, service.sources(*c.principal, in.feature));
        const auto count = static_cast<std::int64_t>(sources.size());
        return SourcesReply{std::move(sources),
                            count,
                            {std::begin(catalog::kFeatures), std::end(catalog::kFeatures)}};
      });

  router.route<SyncInput, SyncReply>({.method = Method::post,
                                      .path = "/api/integration/sync",
                                      .tag = "integration",
                                      .summary = "Bring features up to date"},
                                     [&service](const RequestContext& c, SyncInput in) {
                                       return sync(service, c, in.source_id, in.feature);
                                     });

  router.route<NotificationsInput, NotificationsReply>(
      {.method = Method::get,
       .path = "/api/integration/notifications",
       .tag = "integration",
       .summary = "Notifications, newest first"},
      [&notifications](const RequestContext& c,
                       NotificationsInput in) -> Result<NotificationsReply> {
        TRY(auto page, notifications.list(*c.principal, in.unread.value_or(false), in.cursor));
        return NotificationsReply{std::move(page.notifications), page.unread_count,
                                  std::move(page.next_cursor)};
      });

  router.route<ReadInput, http::Empty>(
      {.method = Method::post,
       .path = "/api/integration/notifications/read",
       .tag = "integration",
       .summary = "Mark notifications as read"},
      [&notifications](const RequestContext& c, ReadInput in) -> Result<http::Empty> {
        TRY_VOID(notifications.mark_read(*c.principal, in.ids));
        return http::Empty{};
      });
}

}  // namespace sextant::api

#include "api/health.h"

namespace sextant::api {
namespace {

struct Live {
  std::string status = "ok";
};
BOOST_DESCRIBE_STRUCT(Live, (), (status))

}  // namespace

void add_health_routes(http::Router& router, operations::Health& health) {
  router.route<http::Empty, Live>(
      {.method = http::Method::get,
       .path = "/api/health/live",
       .tag = "health",
       .summary = "Whether the process answers",
       .access = http::Access::open,
       .cost = http::Cost::inline_},
      [](const http::RequestContext&, http::Empty) -> Result<Live> { return Live{}; });

  router.route<http::Empty, operations::HealthReport>(
      {.method = http::Method::get,
       .path = "/api/health/ready",
       .tag = "health",
       .summary = "Whether every component works",
       .description =
           "Runs a real query on the metadata store and in a worker. 503 names the "
           "component that fails. A shared cache that fails is told, but the server works "
           "without it.",
       .access = http::Access::open,
       .cost = http::Cost::slow},
      [&health](const http::RequestContext& c, http::Empty) -> Result<operations::HealthReport> {
        auto report = health.check(c.stop);
        if (report.status == "ok") return report;
        for (const auto& component : report.components) {
          if (component.status != "ok") {
            return fail(ErrorCode::unavailable,
                        component.name + " does not work: " + component.detail,
                        "See the log of the server.", {{"component", component.name}});
          }
        }
        return report;
      });
}

}  // namespace sextant::api

#include "api/sources.h"

#include <algorithm>

namespace sextant::api {
namespace {

using sources::VersionHead;

constexpr std::size_t kMostSteps = 500;
constexpr std::int64_t kMostRows = 1000;

struct SourceId {
  std::string source_id;
};
BOOST_DESCRIBE_STRUCT(SourceId, (), (source_id))

struct OneVersion {
  std::string source_id;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(OneVersion, (), (source_id, version))

struct VersionsReply {
  std::vector<VersionHead> versions;  // newest first
};
BOOST_DESCRIBE_STRUCT(VersionsReply, (), (versions))

struct PlanInput {
  std::string source_id;
  std::optional<std::int64_t> version;  // none: the one in use
};
BOOST_DESCRIBE_STRUCT(PlanInput, (), (source_id, version))

struct PlanReply {
  std::int64_t version = 1;
  catalog::LoadPlan plan;  // what was decided by hand; the rest is found from the files
  std::vector<catalog::Step> steps;
  std::vector<catalog::StepReport> step_reports;
  std::vector<sources::RecipeFile> files;
  bool file_name_column = false;
  catalog::LoadReport report;
};
BOOST_DESCRIBE_STRUCT(PlanReply, (),
                      (version, plan, steps, step_reports, files, file_name_column, report))

struct ChangePlanInput {
  std::string source_id;
  catalog::LoadPlan plan;
  std::optional<bool> confirm;  // publish even when columns vanish or types change

  std::vector<json::FieldError> validate() const { return plan.check("plan"); }
};
BOOST_DESCRIBE_STRUCT(ChangePlanInput, (), (source_id, plan, confirm))

struct ChangeStepsInput {
  std::string source_id;
  std::vector<catalog::Step> steps;
  std::optional<bool> preview;  // make the version, and leave it to be looked at

  std::vector<json::FieldError> validate() const {
    if (steps.size() > kMostSteps) return {{"steps", "may hold at most 500 steps"}};
    std::vector<json::FieldError> errors;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      auto found = steps[i].check("steps[" + std::to_string(i) + "]");
      std::ranges::move(found, std::back_inserter(errors));
    }
    return errors;
  }
};
BOOST_DESCRIBE_STRUCT(ChangeStepsInput, (), (source_id, steps, preview))

struct CellsInput {
  std::string source_id;
  std::optional<std::int64_t> version;
  std::optional<std::string> table;
  std::optional<std::string> column;
  std::optional<std::int64_t> offset;
  std::optional<std::int64_t> limit;

  std::vector<json::FieldError> validate() const {
    std::vector<json::FieldError> errors;
    if (limit && (*limit < 1 || *limit > kMostRows))
      errors.push_back({"limit", "must be from 1 to 1000"});
    if (offset && *offset < 0) errors.push_back({"offset", "must not be negative"});
    return errors;
  }
};
BOOST_DESCRIBE_STRUCT(CellsInput, (), (source_id, version, table, column, offset, limit))

sources::CellsRequest request_of(const CellsInput& in) {
  return {in.source_id,          in.version, in.table, in.column, in.offset.value_or(0),
          in.limit.value_or(100)};
}

void add_version_routes(http::Router& router, sources::VersionService& versions) {
  using http::Method;
  using http::RequestContext;
  router.route<SourceId, VersionsReply>(
      {.method = Method::get,
       .path = "/api/sources/{source_id}/versions",
       .tag = "sources",
       .summary = "Versions of a source, newest first",
       .description = "Also those that are being made, wait to be published, or failed, each with "
                      "its difference to the version that was in use when it was made."},
      [&versions](const RequestContext& c, SourceId in) -> Result<VersionsReply> {
        TRY(auto heads, versions.list(*c.principal, in.source_id));
        return VersionsReply{std::move(heads)};
      });
  router.route<OneVersion, VersionHead>(
      {.method = Method::post,
       .path = "/api/sources/{source_id}/versions/{version}/publish",
       .tag = "sources",
       .summary = "Publish a version that waits for a yes",
       .status = 202},
      [&versions](const RequestContext& c, OneVersion in) {
        return versions.publish(*c.principal, in.source_id, in.version);
      });
  router.route<OneVersion, VersionHead>(
      {.method = Method::post,
       .path = "/api/sources/{source_id}/versions/{version}/restore",
       .tag = "sources",
       .summary = "Use an earlier version again",
       .status = 202},
      [&versions](const RequestContext& c, OneVersion in) {
        return versions.restore(*c.principal, in.source_id, in.version);
      });
  router.route<OneVersion, http::Empty>(
      {.method = Method::del,
       .path = "/api/sources/{source_id}/versions/{version}",
       .tag = "sources",
       .summary = "Discard a version that is not in use, with its data"},
      [&versions](const RequestContext& c, OneVersion in) -> Result<http::Empty> {
        TRY_VOID(versions.discard(*c.principal, in.source_id, in.version));
        return http::Empty{};
      });
}

}  // namespace

void add_source_routes(http::Router& router, sources::VersionService& versions,
                       sources::SourceCells& cells) {
  using http::Cost;
  using http::Method;
  using http::RequestContext;

  router.route<PlanInput, PlanReply>(
      {.method = Method::get,
       .path = "/api/sources/{source_id}/plan",
       .tag = "sources",
       .summary = "How a source was read",
       .description = "What was decided by hand, what was found, the clean-up steps, and the files "
                      "it is made of."},
      [&versions](const RequestContext& c, PlanInput in) -> Result<PlanReply> {
        TRY(auto plan, versions.plan(*c.principal, in.source_id, in.version));
        return PlanReply{plan.version,          std::move(plan.plan),
                         std::move(plan.steps), std::move(plan.step_reports),
                         std::move(plan.files), plan.file_name_column,
                         std::move(plan.report)};
      });
  router.route<ChangePlanInput, VersionHead>(
      {.method = Method::put,
       .path = "/api/sources/{source_id}/plan",
       .tag = "sources",
       .summary = "Read a source again in another way",
       .description =
           "Makes a new version from the kept uploads. It is published when it is made; one that "
           "lacks columns or changes types waits as `staged` unless `confirm` is true.",
       .status = 202},
      [&versions](const RequestContext& c, ChangePlanInput in) {
        return versions.change_plan(*c.principal, in.source_id, in.plan,
                                    in.confirm.value_or(false));
      });
  router.route<ChangeStepsInput, VersionHead>(
      {.method = Method::put,
       .path = "/api/sources/{source_id}/steps",
       .tag = "sources",
       .summary = "Change the clean-up steps of a source",
       .description = "The whole list, in order. Makes a new version; leaving a step out takes it "
                      "back. With `preview` that version waits as `staged`: look at its rows, then "
                      "publish or discard it.",
       .status = 202},
      [&versions](const RequestContext& c, ChangeStepsInput in) {
        return versions.change_steps(*c.principal, in.source_id, in.steps,
                                     in.preview.value_or(false));
      });
  add_version_routes(router, versions);
  router.route<CellsInput, sources::QuarantinePage>(
      {.method = Method::get,
       .path = "/api/sources/{source_id}/quarantine",
       .tag = "sources",
       .summary = "Cells that did not fit and were kept aside",
       .cost = Cost::slow},
      [&cells](const RequestContext& c, CellsInput in) {
        return cells.quarantine(*c.principal, request_of(in), c.stop);
      });
  router.route<CellsInput, sources::RawPage>(
      {.method = Method::get,
       .path = "/api/sources/{source_id}/rows",
       .tag = "sources",
       .summary = "Typed rows of a version",
       .description = "Of any version with data, also of one that waits to be published.",
       .cost = Cost::slow},
      [&cells](const RequestContext& c, CellsInput in) {
        return cells.typed(*c.principal, request_of(in), c.stop);
      });
  router.route<CellsInput, sources::RawPage>(
      {.method = Method::get,
       .path = "/api/sources/{source_id}/raw",
       .tag = "sources",
       .summary = "Rows with every cell as the text that the file has",
       .description = "Before types were decided and steps were done. The first call of a version "
                      "reads its files again.",
       .cost = Cost::slow},
      [&cells](const RequestContext& c, CellsInput in) {
        return cells.raw(*c.principal, request_of(in), c.stop);
      });
}

}  // namespace sextant::api

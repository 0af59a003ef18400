#include "api/models.h"

#include "base/text.h"

namespace sextant::api {
namespace {

struct ModelList {
  std::vector<models::ModelDetail> models;
  std::int64_t total_count = 0;
};
BOOST_DESCRIBE_STRUCT(ModelList, (), (models, total_count))

struct ModelId {
  std::string model_id;
};
BOOST_DESCRIBE_STRUCT(ModelId, (), (model_id))

struct ModelChange {
  std::string model_id;
  std::optional<std::string> name;
  std::optional<std::string> description;
  std::optional<models::SchemaPatch> schema_definition;
  std::optional<std::int64_t> version;

  static constexpr http::FieldDoc kDocs[] = {
      {"schema_definition",
       "Only what is given changes. Tables and columns are found by name; synonyms, joins and "
       "metrics replace the whole list; \"\" clears a description, unit or time column"},
      {"version", "Of the model that was edited; when it is not the newest, 409"}};

  std::vector<json::FieldError> validate() const {
    std::vector<json::FieldError> errors;
    if (name && (text::trim(*name).empty() || name->size() > 200)) {
      errors.push_back({"name", "must have 1 to 200 bytes"});
    }
    if (description && description->size() > 2'000) {
      errors.push_back({"description", "must be at most 2,000 bytes"});
    }
    return errors;
  }
};
BOOST_DESCRIBE_STRUCT(ModelChange, (), (model_id, name, description, schema_definition, version))

struct ModelHistory {
  std::vector<models::ModelVersion> versions;
};
BOOST_DESCRIBE_STRUCT(ModelHistory, (), (versions))

struct RestoreInput {
  std::string model_id;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(RestoreInput, (), (model_id, version))

}  // namespace

void add_model_routes(http::Router& router, models::ModelService& service) {
  using http::Cost;
  using http::Method;
  using http::RequestContext;

  router.route<http::Empty, ModelList>(
      {.method = Method::get,
       .path = "/api/models",
       .tag = "models",
       .summary = "Semantic models of the workspace"},
      [&service](const RequestContext& c, http::Empty) -> Result<ModelList> {
        TRY(auto list, service.list(*c.principal));
        const auto count = static_cast<std::int64_t>(list.size());
        return ModelList{std::move(list), count};
      });

  router.route<ModelId, models::ModelDetail>(
      {.method = Method::get,
       .path = "/api/models/{model_id}",
       .tag = "models",
       .summary = "A semantic model: tables, columns, joins, metrics"},
      [&service](const RequestContext& c, ModelId in) {
        return service.get(*c.principal, in.model_id);
      });

  router.route<ModelChange, models::ModelDetail>(
      {.method = Method::patch,
       .path = "/api/models/{model_id}",
       .tag = "models",
       .summary = "Change a semantic model",
       .description =
           "The change is checked on the data and takes effect at once. It stays when the "
           "data get a new version.",
       .cost = Cost::slow},
      [&service](const RequestContext& c, ModelChange in) {
        return service.change(*c.principal, in.model_id,
                              {in.name, in.description, in.schema_definition, in.version}, c.stop);
      });

  router.route<ModelId, ModelHistory>(
      {.method = Method::get,
       .path = "/api/models/{model_id}/history",
       .tag = "models",
       .summary = "Versions of a semantic model, newest first"},
      [&service](const RequestContext& c, ModelId in) -> Result<ModelHistory> {
        TRY(auto versions, service.history(*c.principal, in.model_id));
        return ModelHistory{std::move(versions)};
      });

  router.route<RestoreInput, models::ModelDetail>(
      {.method = Method::post,
       .path = "/api/models/{model_id}/restore",
       .tag = "models",
       .summary = "Bring an earlier version of a semantic model back",
       .description = "Its edits, name and description become those of a new version.",
       .cost = Cost::slow},
      [&service](const RequestContext& c, RestoreInput in) {
        return service.restore(*c.principal, in.model_id, in.version, c.stop);
      });
}

}  // namespace sextant::api

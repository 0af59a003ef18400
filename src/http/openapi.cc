// The OpenAPI 3.1 document, from the routes and their types alone.

#include <algorithm>

#include "http/router.h"

namespace sextant::http {
namespace {

std::string_view method_name(Method method) {
  switch (method) {
    case Method::get:
      return "get";
    case Method::post:
      return "post";
    case Method::put:
      return "put";
    case Method::patch:
      return "patch";
    case Method::del:
      return "delete";
  }
  return "get";
}

// get + /api/files/{file_id} → get_api_files_file_id
std::string operation_id(const Route& route) {
  std::string id(method_name(route.info.method));
  for (const char c : route.info.path) {
    if (std::isalnum(static_cast<unsigned char>(c)))
      id += c;
    else if (id.back() != '_')
      id += '_';
  }
  while (id.back() == '_') id.pop_back();
  return id;
}

bool in_path(const Route& route, std::string_view member) {
  return std::find(route.parameters.begin(), route.parameters.end(), member) !=
         route.parameters.end();
}

bool is_required(const json::Object& schema, std::string_view member) {
  const json::Value* required = schema.if_contains("required");
  if (!required) return false;
  return std::any_of(required->get_array().begin(), required->get_array().end(),
                     [&](const json::Value& name) { return name.get_string() == member; });
}

json::Object parameter(std::string_view name, std::string_view place, bool required,
                       json::Value schema) {
  json::Object out{{"name", name}, {"in", place}, {"required", required}};
  if (schema.is_object()) {
    if (const auto* text = schema.get_object().if_contains("description")) {
      out["description"] = *text;
      schema.get_object().stable_erase("description");
    }
  }
  out["schema"] = std::move(schema);
  return out;
}

json::Array parameters_of(const Route& route, const json::Value& input) {
  json::Array out;
  if (route.upload && !route.raw_body) {
    for (const auto& name : route.parameters) {
      out.push_back(parameter(name, "path", true, json::Object{{"type", "string"}}));
    }
    return out;
  }
  const auto& schema = input.get_object();
  const auto& properties = schema.at("properties").get_object();
  for (const auto& name : route.parameters) {
    out.push_back(parameter(name, "path", true, properties.at(name)));
  }
  if (route.query_input) {
    for (const auto& name : route.input_members) {
      if (in_path(route, name)) continue;
      out.push_back(parameter(name, "query", is_required(schema, name), properties.at(name)));
    }
  }
  return out;
}

// The body: the input without what stands in the path; a reference when that is all of it.
json::Value body_schema(const Route& route, const json::Value& reference,
                        const json::Value& input) {
  if (route.parameters.empty()) return reference;
  json::Object schema = input.get_object();
  json::Array required;
  if (const auto* names = schema.if_contains("required")) {
    for (const auto& name : names->get_array()) {
      if (!in_path(route, name.get_string())) required.push_back(name);
    }
  }
  for (const auto& name : route.parameters) schema.at("properties").get_object().stable_erase(name);
  schema.stable_erase("required");
  if (!required.empty()) schema["required"] = std::move(required);
  return schema;
}

json::Value upload_body() {
  const json::Object file{{"type", "string"}, {"format", "binary"}};
  return json::Object{
      {"required", true},
      {"content",
       json::Object{
           {"multipart/form-data",
            json::Object{
                {"schema",
                 json::Object{{"type", "object"},
                              {"properties", json::Object{{"file", json::Object{{"type", "array"},
                                                                                {"items", file}}}}},
                              {"required", json::Array{"file"}}}}}}}}};
}

json::Value raw_body() {
  const json::Object bytes{{"type", "string"}, {"format", "binary"}};
  return json::Object{
      {"required", true},
      {"content", json::Object{{"application/octet-stream", json::Object{{"schema", bytes}}}}}};
}

json::Object json_content(json::Value schema) {
  return {{"application/json", json::Object{{"schema", std::move(schema)}}}};
}

json::Value operation(const Route& route, Schemas& schemas) {
  const json::Value input_reference = route.input_schema(schemas);
  const json::Value input = schemas.resolve(input_reference);
  json::Object out{{"operationId", operation_id(route)}};
  if (!route.info.tag.empty()) out["tags"] = json::Array{json::Value(route.info.tag)};
  if (!route.info.summary.empty()) out["summary"] = route.info.summary;
  if (!route.info.description.empty()) out["description"] = route.info.description;
  if (route.info.access == Access::open) out["security"] = json::Array{};

  if (auto parameters = parameters_of(route, input); !parameters.empty()) {
    out["parameters"] = std::move(parameters);
  }
  if (route.upload) {
    out["requestBody"] = route.raw_body ? raw_body() : upload_body();
  } else if (!route.query_input && route.input_members.size() > route.parameters.size()) {
    json::Value schema = body_schema(route, input_reference, input);
    const bool required =
        input.get_object().contains("required") &&
        (schema.get_object().contains("$ref") || schema.get_object().contains("required"));
    out["requestBody"] =
        json::Object{{"required", required}, {"content", json_content(std::move(schema))}};
  }

  json::Object success{{"description", route.has_output || route.info.status != 204
                                           ? "Success"
                                           : "Done, no content"}};
  if (route.has_output) {
    auto content = json_content(route.output_schema(schemas));
    if (route.stream) content["text/event-stream"] = json::Object{};
    success["content"] = std::move(content);
  }
  out["responses"] =
      json::Object{{std::to_string(route.info.status), std::move(success)},
                   {"default", json::Object{{"$ref", "#/components/responses/Error"}}}};
  return out;
}

json::Object error_schema() {
  const auto text = [](std::string_view description) {
    return json::Object{{"type", "string"}, {"description", description}};
  };
  return {
      {"type", "object"},
      {"properties",
       json::Object{
           {"error",
            json::Object{
                {"type", "object"},
                {"properties",
                 json::Object{
                     {"code", text("Stable name of the kind of failure, e.g. not_found")},
                     {"message", text("What was wrong, and where")},
                     {"detail",
                      json::Object{{"type", "object"},
                                   {"additionalProperties", true},
                                   {"description",
                                    "Machine-readable parts: fields, position, row, column"}}},
                     {"hint", text("What to do about it")},
                     {"request_id", text("Find this request in the server's log by it")}}},
                {"required", json::Array{"code", "message", "detail", "hint", "request_id"}}}}}},
      {"required", json::Array{"error"}}};
}

}  // namespace

json::Value Router::openapi() const {
  Schemas schemas;
  json::Object paths;
  json::Array tags;
  for (const auto& route : routes_) {
    json::Value described = operation(*route, schemas);
    auto& path = paths[route->info.path];
    if (!path.is_object()) path = json::Object{};
    path.get_object()[method_name(route->info.method)] = std::move(described);
    const json::Value tag = json::Object{{"name", route->info.tag}};
    if (!route->info.tag.empty() && std::find(tags.begin(), tags.end(), tag) == tags.end()) {
      tags.push_back(tag);
    }
  }
  json::Value path_value(std::move(paths));
  json::Object components = schemas.finish(path_value);
  components["ErrorBody"] = error_schema();

  return json::Object{
      {"openapi", "3.1.0"},
      {"info", json::Object{{"title", "Sextant"},
                            {"version", SEXTANT_VERSION},
                            {"description", "Self-hosted AI analytics: upload a file, ask it."}}},
      {"security", json::Array{json::Object{{"bearer", json::Array{}}}}},
      {"tags", std::move(tags)},
      {"paths", std::move(path_value)},
      {"components",
       json::Object{
           {"schemas", std::move(components)},
           {"responses",
            json::Object{
                {"Error",
                 json::Object{{"description", "Any failure"},
                              {"content", json_content(json::Object{
                                              {"$ref", "#/components/schemas/ErrorBody"}})}}}}},
           {"securitySchemes",
            json::Object{{"bearer", json::Object{{"type", "http"},
                                                 {"scheme", "bearer"},
                                                 {"description",
                                                  "access_token of POST /api/auth/login"}}}}}}}};
}

}  // namespace sextant::http

#include "worker/operations.h"

#include <fmt/format.h>

namespace sextant::worker {

Handler find_handler(wire::Operation operation) {
  switch (operation) {
    case wire::Operation::bind:
      return bind_workspace;
    case wire::Operation::query:
      return run_query;
    case wire::Operation::fetch_page:
      return fetch_page;
    case wire::Operation::load:
      return load_file;
    case wire::Operation::passages:
      return list_passages;
    case wire::Operation::profile:
      return profile_source;
    case wire::Operation::model:
      return build_model;
    case wire::Operation::check_model:
      return check_model;
    case wire::Operation::ask:
      return answer_question;
    case wire::Operation::check:
      return check_query;
    case wire::Operation::explain:
      return explain_query;
    case wire::Operation::faster_way:
      return find_faster_way;
    case wire::Operation::export_result:
      return export_result;
    case wire::Operation::compose:
      return compose_reading;
    case wire::Operation::recognise:
      return recognise_reading;
  }
  return nullptr;
}

Result<std::filesystem::path> inside(const std::string& text) {
  const std::filesystem::path path(text);
  bool up = text.empty() || path.is_absolute();
  for (const auto& part : path) up = up || part == "..";
  if (up)
    return fail(ErrorCode::bad_request, fmt::format("`{}` is not a path of the workspace.", text));
  return path;
}

}  // namespace sextant::worker

#include "http/router.h"

#include <fmt/format.h>

#include <map>
#include <stdexcept>

#include "base/text.h"

namespace sextant::http {

// One path segment. Routes that differ only in parameter names share nodes; the names are the
// route's.
struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::unique_ptr<Node> parameter;
  std::array<const Route*, 5> routes{};  // by Method
};

namespace {

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  while (!path.empty()) {
    path.remove_prefix(1);  // the slash
    const auto end = path.find('/');
    segments.push_back(path.substr(0, end));
    path = end == std::string_view::npos ? std::string_view{} : path.substr(end);
  }
  return segments;
}

bool is_parameter(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

}  // namespace

const std::string* RequestContext::header(std::string_view lower_case_name) const {
  for (const auto& [name, value] : headers) {
    if (name == lower_case_name) return &value;
  }
  return nullptr;
}

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;

void Router::add(Route route) {
  const std::string& path = route.info.path;
  const auto refuse = [&](std::string_view why) {
    throw std::logic_error(fmt::format("route {}: {}", path, why));
  };
  if (path.empty() || path.front() != '/') refuse("a path starts with /");
  if (route.info.cost == Cost::inline_ && (route.info.access != Access::open || !route.plain)) {
    refuse("only plain open routes can be answered inline");
  }

  Node* node = root_.get();
  for (const auto segment : segments_of(path)) {
    if (is_parameter(segment)) {
      const std::string name(segment.substr(1, segment.size() - 2));
      if (!(route.upload && !route.raw_body) &&
          std::find(route.input_members.begin(), route.input_members.end(), name) ==
              route.input_members.end()) {
        refuse(fmt::format("{{{}}} is not a member of its input", name));
      }
      route.parameters.push_back(name);
      if (!node->parameter) node->parameter = std::make_unique<Node>();
      node = node->parameter.get();
    } else {
      auto& next = node->literals[std::string(segment)];
      if (!next) next = std::make_unique<Node>();
      node = next.get();
    }
  }
  auto& slot = node->routes[static_cast<std::size_t>(route.info.method)];
  if (slot) refuse("registered twice");
  routes_.push_back(std::make_unique<Route>(std::move(route)));
  slot = routes_.back().get();
}

Router::Match Router::find(Method method, std::string_view path) const {
  Match match;
  if (path.empty() || path.front() != '/') return match;
  // Literal segments win over parameters at the first place where two routes differ; there is no
  // going back, so /a/{id}/x is not found under a literal /a/b that has no x.
  const Node* node = root_.get();
  std::vector<std::string> values;
  for (const auto segment : segments_of(path)) {
    auto decoded = percent_decode(segment, false);
    if (!decoded) return match;
    if (const auto found = node->literals.find(*decoded); found != node->literals.end()) {
      node = found->second.get();
    } else if (node->parameter && !decoded->empty()) {
      node = node->parameter.get();
      values.push_back(std::move(*decoded));
    } else {
      return match;
    }
  }
  if (const Route* route = node->routes[static_cast<std::size_t>(method)]) {
    match.route = route;
    for (std::size_t i = 0; i < values.size(); ++i) {
      match.parameters.emplace_back(route->parameters[i], std::move(values[i]));
    }
    return match;
  }
  for (std::size_t i = 0; i < node->routes.size(); ++i) {
    if (node->routes[i]) match.allowed.push_back(static_cast<Method>(i));
  }
  return match;
}

}  // namespace sextant::http

#include "admission.hpp"

#include "ascii.hpp"
#include "rollcall/http/media_type.hpp"
#include "rollcall/http/problem.hpp"

namespace rollcall::http {
namespace {

Response with_allow(Response response, std::string_view allow) {
  response.headers.set("Allow", allow);
  return response;
}

Response refusal_of(const RouteMatch& match, std::optional<Method> method) {
  if (const auto* not_allowed = std::get_if<MethodNotAllowed>(&match)) {
    if (method == Method::options) return with_allow(Response{.status = 204}, not_allowed->allow);
    return with_allow(problem(405, {"method_not_allowed", "This path does not take that method."}),
                      not_allowed->allow);
  }
  if (std::holds_alternative<MalformedPath>(match)) {
    return problem(400, {"bad_path", "The path is not correctly encoded."});
  }
  return problem(404, {"route_not_found", "There is nothing at this path."});
}

bool takes_type(const Route& route, const Headers& headers) {
  if (!equal_ignoring_case(headers.get("Content-Encoding").value_or("identity"), "identity")) return false;
  if (route.content_types.empty()) return true;
  const auto type = parse_media_type(headers.get("Content-Type").value_or(""));
  return type && std::any_of(route.content_types.begin(), route.content_types.end(),
                             [&](const std::string& pattern) { return covers(pattern, type->essence); });
}

std::optional<Response> body_refusal(const Route& route, const RequestHead& head) {
  if (!head.has_body) return std::nullopt;
  if (head.content_length.value_or(0) > route.body_bytes_max) {
    return problem(413, {"body_too_large", "The body is larger than this path takes."});
  }
  if (!takes_type(route, head.headers)) {
    return problem(415,
                   {"unsupported_content_type", "This path does not take that content type or encoding."});
  }
  return std::nullopt;
}

}  // namespace

std::variant<Admitted, Response> admit(const Router& router, RequestHead head, std::size_t target_bytes_max) {
  if (head.target.size() > target_bytes_max) return problem(414, {"target_too_long", "The URL is too long."});
  // Only the origin form is taken: Rollcall is no proxy, and a fragment never travels.
  if (!head.target.starts_with('/') || head.target.find('#') != std::string_view::npos) {
    return problem(400, {"bad_target", "The request target must be a path."});
  }
  auto query_text = head.target;
  const auto path = take_until(query_text, "?");
  const auto method = method_from(head.method);
  auto match = router.match(method, path);
  auto* const found = std::get_if<RouteFound>(&match);
  if (found == nullptr) return refusal_of(match, method);

  auto query = QueryParams::parse(query_text);
  if (!query) return problem(query.error());
  if (auto refusal = body_refusal(*found->route, head)) return *std::move(refusal);
  const auto expectation = head.headers.get("Expect");
  if (expectation && !equal_ignoring_case(*expectation, "100-continue")) {
    return problem(417, {"unknown_expectation", "Only 100-continue can be expected."});
  }

  Request request;
  request.method = *method;
  request.target = head.target;
  request.path = path;
  request.path_params = std::move(found->path_params);
  request.query = *std::move(query);
  request.headers = std::move(head.headers);
  return Admitted{found->route, std::move(request)};
}

}  // namespace rollcall::http

#include "request.hpp"

namespace rollcall::api {

http::Response problem(const FieldErrors& errors) {
  auto list = OrderedJson::array();
  for (const auto& error : errors.all) {
    list.push_back({{"pointer", error.pointer}, {"reason", error.reason}, {"message", error.message}});
  }
  const auto& first = errors.all.front();
  const auto place = first.pointer.empty() ? std::string("The body") : first.pointer;
  return http::problem(400, {"invalid_request", place + ": " + first.message}, {{"errors", std::move(list)}});
}

std::string path_id(const http::Request& request, const std::string& name) {
  return request.path_params.at(name);
}

Input<Json> read_json(const http::Request& request) {
  // The route's body limit was held before the body was read.
  auto json = http::parse_json(request.body, {.bytes_max = request.body.size()});
  if (!json) return Refusal{http::problem(json.error())};
  return *std::move(json);
}

}  // namespace rollcall::api

#include "rollcall/api/api.hpp"

#include "endpoint.hpp"
#include "uploads.hpp"

namespace rollcall::api {
namespace {

constexpr std::size_t kJsonBytesMax = 1024 * 1024;
// One request is held in memory as a whole, so a batch is smaller than its number of photos at their largest.
constexpr std::size_t kBatchBytesMax = 64 * 1024 * 1024;
// For form headers and the members beside the pictures.
constexpr std::size_t kOverheadBytesMax = 64 * 1024;
// A batch of photos has its own, longer time; what is left over then is refused photo by photo.
constexpr std::chrono::seconds kBatchTimeout{120};

std::size_t body_bytes_max(const Endpoint& endpoint, const RequestLimits& limits) {
  switch (endpoint.body_size) {
    case BodySize::none:
      return 0;
    case BodySize::json:
      return kJsonBytesMax;
    // A data: URL is base64: four characters for three bytes.
    case BodySize::image:
      return limits.image_bytes_max / 3 * 4 + kOverheadBytesMax;
    case BodySize::images:
      return std::min(limits.image_bytes_max * static_cast<std::size_t>(limits.images_max), kBatchBytesMax) +
             kOverheadBytesMax;
  }
  return 0;
}

std::vector<std::string> content_types(const Endpoint& endpoint) {
  if (endpoint.body_size == BodySize::none) return {};
  std::vector<std::string> types;
  for (const auto& content : endpoint.request) types.push_back(content.media_type);
  if (endpoint.body_size != BodySize::json) types.emplace_back("application/octet-stream");
  return types;
}

}  // namespace

void add_routes(http::Router& router, Services& services) {
  for (const auto& endpoint : all_endpoints()) {
    router.add(
        {.method = endpoint.method,
         .pattern = endpoint.pattern,
         .handler = [&services, handler = endpoint.handler](
                        const http::Request& request) { return handler(services, request); },
         .pool = endpoint.pool,
         .body_bytes_max = body_bytes_max(endpoint, services.limits),
         .timeout = endpoint.body_size == BodySize::images ? kBatchTimeout : services.limits.handler_timeout,
         .content_types = content_types(endpoint)});
  }
  router.add({.method = http::Method::get,
              .pattern = "/openapi.json",
              .handler = [document = openapi_document(services.facts.version)](const http::Request&) {
                http::Response response{.status = 200, .headers = {}, .body = document};
                response.headers.set("Content-Type", "application/json");
                return response;
              }});
}

}  // namespace rollcall::api

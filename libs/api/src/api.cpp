#include "rollcall/api/api.hpp"

#include "endpoint.hpp"
#include "uploads.hpp"

#include <algorithm>
#include <stdexcept>

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

const accounts::Permission& permission_of(const std::string& operation) {
  const auto* row = permissions().find(operation);
  if (row == nullptr) throw std::logic_error("permissions.txt has no row for " + operation);
  return *row;
}

// A row that says `own` where nobody looks at ownership would let everybody see everything.
void check_ownership(const Endpoint& endpoint, const accounts::Permission& row) {
  const bool says_own = std::ranges::count(row.reach, accounts::Reach::own) > 0;
  if (says_own && endpoint.refuse_foreign == nullptr && !endpoint.narrows) {
    throw std::logic_error("permissions.txt says own, but nothing checks it: " + endpoint.operation_id);
  }
}

http::Response run(Services& services, const Endpoint& endpoint, const accounts::Permission& row,
                   const http::Request& request) {
  const auto& caller = caller_of(request);
  if (caller.principal) services.accounts.sessions.note_use(*caller.principal);
  if (caller.reach == accounts::Reach::own && endpoint.refuse_foreign != nullptr) {
    if (auto refusal = endpoint.refuse_foreign(services, caller, request)) return *std::move(refusal);
  }
  const accounts::AuditEntry entry{.at = services.clock.now(),
                                   .actor = caller.actor(),
                                   .action = row.operation,
                                   .target = request.path,
                                   .request_id = request.request_id,
                                   .client_address = caller.address};
  if (row.audited == accounts::Audited::writes) {
    const accounts::AuditScope scope(services.audit, entry);
    return endpoint.handler(services, request);
  }
  auto response = endpoint.handler(services, request);
  if (row.audited == accounts::Audited::reads && response.status < 400) services.audit.record(entry);
  return response;
}

}  // namespace

void add_routes(http::Router& router, Services& services) {
  for (const auto& endpoint : all_endpoints()) {
    const auto& row =
        permission_of(endpoint.permission.empty() ? endpoint.operation_id : endpoint.permission);
    check_ownership(endpoint, row);
    router.add(
        {.method = endpoint.method,
         .pattern = endpoint.pattern,
         .handler = [&services, &endpoint,
                     &row](const http::Request& request) { return run(services, endpoint, row, request); },
         .pool = endpoint.pool,
         .body_bytes_max = body_bytes_max(endpoint, services.limits),
         .timeout = endpoint.body_size == BodySize::images ? kBatchTimeout : services.limits.handler_timeout,
         .content_types = content_types(endpoint),
         .name = row.operation});
  }
  router.add({.method = http::Method::get,
              .pattern = "/openapi.json",
              .handler =
                  [document = openapi_document(services.facts.version)](const http::Request&) {
                    http::Response response{.status = 200, .headers = {}, .body = document};
                    response.headers.set("Content-Type", "application/json");
                    return response;
                  },
              .name = permission_of("getOpenApi").operation});
}

}  // namespace rollcall::api

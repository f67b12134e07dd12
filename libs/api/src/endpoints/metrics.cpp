#include "list.hpp"

#include <rollcall/api/metrics.hpp>

namespace rollcall::api::endpoints {
namespace {

http::Response handle(Services& services, const http::Request&) {
  http::Response response{.status = 200, .headers = {}, .body = services.metrics.text()};
  response.headers.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  return response;
}

}  // namespace

Endpoint metrics() {
  return {.pattern = "/metrics",
          .handler = &handle,
          .operation_id = "metrics",
          .tag = "operations",
          .summary = "Prometheus metrics",
          .answers = {{200, "Text exposition format.", {{"text/plain", [](SchemaRegistry&) {
                                                           return OrderedJson{{"type", "string"}};
                                                         }}}}}};
}

}  // namespace rollcall::api::endpoints

#include "health.hpp"
#include "list.hpp"

namespace rollcall::api::endpoints {
namespace {

http::Response handle(Services& services, const http::Request& request) {
  const auto accept = request.headers.get("Accept").value_or("");
  const bool browser = accept.find("text/html") != std::string_view::npos;
  auto response = browser && services.home_page ? services.home_page(request) : healthy();
  response.headers.set("Vary", "Accept");
  return response;
}

}  // namespace

Endpoint root() {
  return {.pattern = "/",
          .handler = &handle,
          .operation_id = "root",
          .tag = "operations",
          .summary = "The page for browsers, health for programs",
          .answers = {{200,
                       "The page when text/html is accepted, else health.",
                       {json_content<Health>(), {"text/html", [](SchemaRegistry&) {
                                                   return OrderedJson{{"type", "string"}};
                                                 }}}}}};
}

}  // namespace rollcall::api::endpoints

// The HTTP API: one endpoint, one file. The same table makes the router and the OpenAPI document.
#pragma once

#include <string>

#include <rollcall/api/services.hpp>
#include <rollcall/http/router.hpp>

namespace rollcall::api {

// Adds every endpoint and /openapi.json. `services` outlives the router.
void add_routes(http::Router& router, Services& services);

// OpenAPI 3.1, indented.
std::string openapi_document(const std::string& version);

}  // namespace rollcall::api

#include "../../cookies.hpp"
#include "views.hpp"

namespace rollcall::api::endpoints {
namespace {

http::Response handle(Services& services, const http::Request& request) {
  services.accounts.sessions.end(caller_of(request).principal->session);
  http::Response response{.status = 204};
  clear_session_cookies(response, services.accounts.cookies);
  response.headers.set("Clear-Site-Data", "\"cache\", \"storage\"");
  return response;
}

}  // namespace

Endpoint log_out() {
  return {.method = http::Method::post,
          .pattern = "/v1/auth/logout",
          .handler = &handle,
          .operation_id = "logOut",
          .tag = "accounts",
          .summary = "End this session",
          .answers = {{204, "The session has ended."}},
          .problems = {401}};
}

}  // namespace rollcall::api::endpoints

#include "../request.hpp"
#include "list.hpp"

namespace rollcall::api::endpoints {
namespace {

http::Response handle(Services& services, const http::Request& request) {
  if (const auto erased = services.people.erase({path_id(request)}); !erased)
    return http::problem(erased.error());
  return {.status = 204};
}

}  // namespace

Endpoint erase_person() {
  return {.method = http::Method::del,
          .pattern = "/v1/people/{id}",
          .handler = &handle,
          .operation_id = "erasePerson",
          .tag = "people",
          .summary = "Erase a person with all faces and templates",
          .description = "Events stay, under an id that leads to nobody.",
          .answers = {{204, "Erased."}},
          .problems = {404}};
}

}  // namespace rollcall::api::endpoints

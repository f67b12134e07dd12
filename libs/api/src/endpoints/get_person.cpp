#include "../ownership.hpp"
#include "../request.hpp"
#include "../views.hpp"
#include "list.hpp"

namespace rollcall::api::endpoints {
namespace {

http::Response handle(Services& services, const http::Request& request) {
  const auto person = services.people.get({path_id(request)});
  if (!person) return http::problem(person.error());
  return http::json_response(200, encode(view_of(*person)));
}

}  // namespace

Endpoint get_person() {
  return {.pattern = "/v1/people/{id}",
          .handler = &handle,
          .operation_id = "getPerson",
          .tag = "people",
          .summary = "One person",
          .answers = {{200, "The person.", {json_content<PersonView>()}}},
          .problems = {404},
          .refuse_foreign = &refuse_foreign_person};
}

}  // namespace rollcall::api::endpoints

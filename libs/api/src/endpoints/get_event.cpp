#include "../ownership.hpp"
#include "../request.hpp"
#include "../views.hpp"
#include "list.hpp"

namespace rollcall::api::endpoints {
namespace {

http::Response handle(Services& services, const http::Request& request) {
  const auto event = services.event_store.find(domain::EventId{path_id(request)});
  if (!event) return event_not_found();
  std::optional<domain::Person> person;
  if (event->person) person = services.people_store.find(*event->person);
  return http::json_response(200, encode(view_of(*event, person)));
}

}  // namespace

Endpoint get_event() {
  return {.pattern = "/v1/events/{id}",
          .handler = &handle,
          .operation_id = "getEvent",
          .tag = "attendance",
          .summary = "One event",
          .answers = {{200, "The event.", {json_content<EventView>()}}},
          .problems = {404},
          .refuse_foreign = &refuse_foreign_event};
}

}  // namespace rollcall::api::endpoints

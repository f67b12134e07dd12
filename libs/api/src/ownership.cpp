#include "ownership.hpp"

#include "request.hpp"

namespace rollcall::api {

std::optional<http::Response> refuse_foreign_person(Services&, const Caller& caller,
                                                    const http::Request& request) {
  const auto& own = caller.principal->person;
  if (own && own->value == path_id(request)) return std::nullopt;
  return http::problem(attendance::person_not_found());
}

std::optional<http::Response> refuse_foreign_event(Services& services, const Caller& caller,
                                                   const http::Request& request) {
  const auto& principal = *caller.principal;
  const auto event = services.event_store.find(domain::EventId{path_id(request)});
  if (!event) return event_not_found();
  const bool is_own = principal.role == accounts::Role::device
                          ? event->device.value == principal.id
                          : principal.person && event->person == principal.person;
  if (is_own) return std::nullopt;
  return event_not_found();
}

http::Response event_not_found() {
  return http::problem(404, {"event_not_found", "There is no event with this id."});
}

}  // namespace rollcall::api

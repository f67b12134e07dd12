#include "../request.hpp"
#include "../views.hpp"
#include "list.hpp"

namespace rollcall::api::endpoints {
namespace {

struct EventQueryParams {
  static constexpr std::string_view kSchemaName = "EventQuery";
  std::optional<Text<1, 64>> person_id;
  std::optional<Text<1, 128>> device_id;
  std::optional<domain::Verdict> verdict;
  std::optional<Timestamp> from;
  std::optional<Timestamp> until;
  std::optional<Whole<1, 500>> limit;
  std::optional<Text<1, 1000>> cursor;
  static constexpr std::string_view about(std::string_view member) {
    if (member == "from") return "captured_at at or after this time.";
    if (member == "until") return "captured_at before this time.";
    if (member == "limit") return "Items in one page; 20 if absent.";
    if (member == "cursor") return "next_cursor of the page before.";
    return "";
  }
};
BOOST_DESCRIBE_STRUCT(EventQueryParams, (), (person_id, device_id, verdict, from, until, limit, cursor))

struct EventPage {
  static constexpr std::string_view kSchemaName = "EventPage";
  std::vector<EventView> items;
  std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(EventPage, (), (items, next_cursor))

attendance::EventQuery to_query(const EventQueryParams& params) {
  attendance::EventQuery query;
  if (params.person_id) query.person = {params.person_id->value};
  if (params.device_id) query.device = {params.device_id->value};
  query.verdict = params.verdict;
  if (params.from) query.captured_from = params.from->value;
  if (params.until) query.captured_until = params.until->value;
  if (params.limit) query.limit = static_cast<int>(params.limit->value);
  if (params.cursor) query.cursor = params.cursor->value;
  return query;
}

// False when nothing is the caller's own.
bool narrow_to_own(attendance::EventQuery& query, const accounts::Principal& principal) {
  if (principal.role == accounts::Role::device) {
    if (query.device && query.device->value != principal.id) return false;
    query.device = {principal.id};
    return true;
  }
  if (!principal.person || (query.person && query.person != principal.person)) return false;
  query.person = principal.person;
  return true;
}

http::Response handle(Services& services, const http::Request& request) {
  const auto params = read_query<EventQueryParams>(request);
  if (!params) return params.error().response;
  auto query = to_query(*params);
  const auto& caller = caller_of(request);
  if (caller.reach == accounts::Reach::own && !narrow_to_own(query, *caller.principal)) {
    return http::json_response(200, encode(EventPage{}));
  }
  const auto page = services.event_store.list(query);
  if (!page) return http::problem(page.error());
  EventPage view{.items = {}, .next_cursor = page->next_cursor};
  std::map<domain::PersonId, std::optional<domain::Person>> people;  // each is looked up once
  for (const auto& event : page->items) {
    std::optional<domain::Person> person;
    if (event.person) {
      const auto [place, added] = people.try_emplace(*event.person);
      if (added) place->second = services.people_store.find(*event.person);
      person = place->second;
    }
    view.items.push_back(view_of(event, person));
  }
  return http::json_response(200, encode(view));
}

}  // namespace

Endpoint list_events() {
  return {.pattern = "/v1/events",
          .handler = &handle,
          .operation_id = "listEvents",
          .tag = "attendance",
          .summary = "Events, newest first",
          .parameters = query_parameters<EventQueryParams>(),
          .answers = {{200, "One page.", {json_content<EventPage>()}}},
          .narrows = true};
}

}  // namespace rollcall::api::endpoints

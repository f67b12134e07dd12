#include "../request.hpp"
#include "../views.hpp"
#include "list.hpp"

namespace rollcall::api::endpoints {
namespace {

struct PeopleQueryParams {
  static constexpr std::string_view kSchemaName = "PeopleQuery";
  std::optional<Text<0, 200>> search;
  std::optional<domain::PersonStatus> status;
  std::optional<Whole<1, 500>> limit;
  std::optional<Text<1, 1000>> cursor;
  static constexpr std::string_view about(std::string_view member) {
    if (member == "search") return "Part of the name or external id, in any case.";
    if (member == "limit") return "Items in one page; 50 if absent.";
    if (member == "cursor") return "next_cursor of the page before.";
    return "";
  }
};
BOOST_DESCRIBE_STRUCT(PeopleQueryParams, (), (search, status, limit, cursor))

http::Response handle(Services& services, const http::Request& request) {
  const auto params = read_query<PeopleQueryParams>(request);
  if (!params) return params.error().response;
  attendance::PeopleQuery query;
  if (params->search) query.search = params->search->value;
  query.status = params->status;
  if (params->limit) query.limit = static_cast<int>(params->limit->value);
  if (params->cursor) query.cursor = params->cursor->value;
  const auto page = services.people_store.list(query);
  if (!page) return http::problem(page.error());
  PersonPage view{.items = {}, .next_cursor = page->next_cursor};
  for (const auto& person : page->items) view.items.push_back(view_of(person));
  return http::json_response(200, encode(view));
}

}  // namespace

Endpoint list_people() {
  return {.pattern = "/v1/people",
          .handler = &handle,
          .operation_id = "listPeople",
          .tag = "people",
          .summary = "People by name",
          .parameters = query_parameters<PeopleQueryParams>(),
          .answers = {{200, "One page.", {json_content<PersonPage>()}}}};
}

}  // namespace rollcall::api::endpoints

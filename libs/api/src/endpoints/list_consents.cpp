#include "../ownership.hpp"
#include "../request.hpp"
#include "consent_view.hpp"
#include "list.hpp"

namespace rollcall::api::endpoints {
namespace {

struct ConsentList {
  static constexpr std::string_view kSchemaName = "ConsentList";
  std::vector<ConsentView> items;
};
BOOST_DESCRIBE_STRUCT(ConsentList, (), (items))

http::Response handle(Services& services, const http::Request& request) {
  const auto consents = services.consents.list({path_id(request)});
  if (!consents) return http::problem(consents.error());
  ConsentList list;
  for (const auto& consent : *consents) list.items.push_back(view_of(consent));
  return http::json_response(200, encode(list));
}

}  // namespace

Endpoint list_consents() {
  return {.pattern = "/v1/people/{id}/consents",
          .handler = &handle,
          .operation_id = "listConsents",
          .tag = "privacy",
          .summary = "A person's consents, oldest first",
          .answers = {{200, "All of them, also those that ended.", {json_content<ConsentList>()}}},
          .problems = {404},
          .refuse_foreign = &refuse_foreign_person};
}

}  // namespace rollcall::api::endpoints

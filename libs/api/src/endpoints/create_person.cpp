#include "../request.hpp"
#include "../views.hpp"
#include "consent_view.hpp"
#include "list.hpp"

namespace rollcall::api::endpoints {
namespace {

struct NewPersonBody {
  static constexpr std::string_view kSchemaName = "NewPerson";
  Text<1, 200> display_name;
  std::optional<Text<1, 64>> external_id;
  std::optional<NewConsentBody> consent;
  static constexpr std::string_view about(std::string_view member) {
    if (member == "external_id")
      return "The site's own number or name for this person, such as emp-123; unique.";
    if (member == "consent") return "If the person agreed already: then photos can be enrolled at once.";
    return "";
  }
};
BOOST_DESCRIBE_STRUCT(NewPersonBody, (), (display_name, external_id, consent))

http::Response handle(Services& services, const http::Request& request) {
  const auto body = read_body<NewPersonBody>(request);
  if (!body) return body.error().response;
  attendance::NewPerson person{.display_name = body->display_name.value, .external_id = {}};
  if (body->external_id) person.external_id = body->external_id->value;
  const auto added = services.people.add(person);
  if (!added) return http::problem(added.error());
  if (body->consent) {
    if (const auto given = services.consents.give(added->id, consent_of(*body->consent, caller_of(request)));
        !given) {
      return http::problem(given.error());
    }
  }
  auto response = http::json_response(201, encode(view_of(*added)));
  response.headers.set("Location", "/v1/people/" + added->id.value);
  return response;
}

}  // namespace

Endpoint create_person() {
  return {.method = http::Method::post,
          .pattern = "/v1/people",
          .handler = &handle,
          .body_size = BodySize::json,
          .operation_id = "createPerson",
          .tag = "people",
          .summary = "Add a person",
          .request = {json_content<NewPersonBody>()},
          .answers = {{201, "The person, with an id.", {json_content<PersonView>()}}},
          .problems = {409}};
}

}  // namespace rollcall::api::endpoints

#include "../request.hpp"
#include "../views.hpp"
#include "list.hpp"

namespace rollcall::api::endpoints {
namespace {

struct PersonChangesBody {
  static constexpr std::string_view kSchemaName = "PersonChanges";
  std::optional<Text<1, 200>> display_name;
  std::optional<Text<0, 64>> external_id;
  std::optional<domain::PersonStatus> status;
  static constexpr std::string_view about(std::string_view member) {
    if (member == "external_id") return "Empty text removes it.";
    if (member == "status") return "Archived people keep their history and are not recognised.";
    return "";
  }
};
BOOST_DESCRIBE_STRUCT(PersonChangesBody, (), (display_name, external_id, status))

http::Response handle(Services& services, const http::Request& request) {
  const auto body = read_body<PersonChangesBody>(request);
  if (!body) return body.error().response;
  attendance::PersonChanges changes{.status = body->status};
  if (body->display_name) changes.display_name = body->display_name->value;
  if (body->external_id) {
    const auto& text = body->external_id->value;
    changes.external_id = text.empty() ? std::nullopt : std::optional{text};
  }
  const auto changed = services.people.change({path_id(request)}, changes);
  if (!changed) return http::problem(changed.error());
  return http::json_response(200, encode(view_of(*changed)));
}

}  // namespace

Endpoint change_person() {
  return {.method = http::Method::patch,
          .pattern = "/v1/people/{id}",
          .handler = &handle,
          .body_size = BodySize::json,
          .operation_id = "changePerson",
          .tag = "people",
          .summary = "Change a person",
          .description = "Absent members stay as they are.",
          .request = {json_content<PersonChangesBody>()},
          .answers = {{200, "The person after the change.", {json_content<PersonView>()}}},
          .problems = {404, 409}};
}

}  // namespace rollcall::api::endpoints

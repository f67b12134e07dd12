#include "../ownership.hpp"
#include "../request.hpp"
#include "consent_view.hpp"
#include "list.hpp"

namespace rollcall::api::endpoints {
namespace {

http::Response handle(Services& services, const http::Request& request) {
  const auto body = read_body<NewConsentBody>(request);
  if (!body) return body.error().response;
  const auto given = services.consents.give({path_id(request)}, consent_of(*body, caller_of(request)));
  if (!given) return http::problem(given.error());
  return http::json_response(201, encode(view_of(*given)));
}

}  // namespace

Endpoint give_consent() {
  return {.method = http::Method::post,
          .pattern = "/v1/people/{id}/consents",
          .handler = &handle,
          .body_size = BodySize::json,
          .operation_id = "giveConsent",
          .tag = "privacy",
          .summary = "Record that a person agreed to the use of their face",
          .description = "No face is enrolled without it.",
          .request = {json_content<NewConsentBody>()},
          .answers = {{201, "The consent, with an id.", {json_content<ConsentView>()}}},
          .problems = {404},
          .refuse_foreign = &refuse_foreign_person};
}

}  // namespace rollcall::api::endpoints

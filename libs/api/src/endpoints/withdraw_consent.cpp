#include "../ownership.hpp"
#include "../request.hpp"
#include "consent_view.hpp"
#include "list.hpp"

namespace rollcall::api::endpoints {
namespace {

http::Response handle(Services& services, const http::Request& request) {
  const auto withdrawn = services.consents.withdraw({path_id(request)}, {path_id(request, "consent_id")});
  if (!withdrawn) return http::problem(withdrawn.error());
  return http::json_response(200, encode(view_of(*withdrawn)));
}

}  // namespace

Endpoint withdraw_consent() {
  return {.method = http::Method::post,
          .pattern = "/v1/people/{id}/consents/{consent_id}/withdraw",
          .handler = &handle,
          .operation_id = "withdrawConsent",
          .tag = "privacy",
          .summary = "Withdraw consent",
          .description =
              "Erases all faces, templates and crops of the person at once, and ends every consent of "
              "theirs. The person and their events stay.",
          .answers = {{200, "The consent, as it is now.", {json_content<ConsentView>()}}},
          .problems = {404},
          .refuse_foreign = &refuse_foreign_person};
}

}  // namespace rollcall::api::endpoints

#include "views.hpp"

namespace rollcall::api::endpoints {
namespace {

struct PasswordBody {
  static constexpr std::string_view kSchemaName = "PasswordChange";
  Text<1, 256> old_password;
  Text<1, 256> new_password;
};
BOOST_DESCRIBE_STRUCT(PasswordBody, (), (old_password, new_password))

http::Response handle(Services& services, const http::Request& request) {
  const auto body = read_body<PasswordBody>(request);
  if (!body) return body.error().response;
  const auto changed = services.accounts.users.change_own_password(user_of(request), body->old_password.value,
                                                                   body->new_password.value);
  if (!changed) return account_problem(changed.error());
  return {.status = 204};
}

}  // namespace

Endpoint change_password() {
  return {.method = http::Method::put,
          .pattern = "/v1/auth/password",
          .handler = &handle,
          .body_size = BodySize::json,
          .operation_id = "changePassword",
          .tag = "accounts",
          .summary = "Change one's password",
          .description = "Ends all sessions of the user, this one too.",
          .request = {json_content<PasswordBody>()},
          .answers = {{204, "Changed: log in again."}},
          .problems = {401, 403, 429}};
}

}  // namespace rollcall::api::endpoints

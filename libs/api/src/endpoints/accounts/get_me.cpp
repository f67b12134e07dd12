#include "views.hpp"

namespace rollcall::api::endpoints {
namespace {

struct Me {
  static constexpr std::string_view kSchemaName = "Me";
  std::string id;
  std::string role;
  std::optional<std::string> username;
  std::optional<std::string> person_id;
  std::optional<bool> second_factor;
  std::vector<std::string> scopes;
};
BOOST_DESCRIBE_STRUCT(Me, (), (id, role, username, person_id, second_factor, scopes))

http::Response handle(Services& services, const http::Request& request) {
  const auto& principal = *caller_of(request).principal;
  Me me{
      .id = principal.id, .role = std::string(accounts::name_of(principal.role)), .scopes = principal.scopes};
  if (principal.person) me.person_id = principal.person->value;
  if (accounts::is_user_role(principal.role)) {
    if (const auto user = services.accounts.users.store().find({principal.id})) {
      me.username = user->username;
      me.second_factor = !user->totp_secret_sealed.empty();
    }
  }
  return http::json_response(200, encode(me));
}

Endpoint me_at(const std::string& pattern, const std::string& operation_id, const std::string& permission,
               const std::string& summary) {
  return {.pattern = pattern,
          .handler = &handle,
          .operation_id = operation_id,
          .tag = "accounts",
          .summary = summary,
          .answers = {{200, "The one who asks.", {json_content<Me>()}}},
          .problems = {401, 403},
          .permission = permission};
}

}  // namespace

Endpoint get_me() {
  return me_at("/v1/auth/me", "getMe", "getMe", "Who am I?");
}

// Self-tests under the names of the source systems.
Endpoint check_login() {
  return me_at("/auth/secure/", "checkLogin", "getMe", "Is this token good?");
}
Endpoint check_admin() {
  return me_at("/auth/role-protected/", "checkAdmin", "checkAdmin", "Is this an administrator's token?");
}

}  // namespace rollcall::api::endpoints

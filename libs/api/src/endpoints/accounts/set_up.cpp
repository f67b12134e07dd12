#include "views.hpp"

namespace rollcall::api::endpoints {
namespace {

struct SetUpBody {
  static constexpr std::string_view kSchemaName = "SetUp";
  Text<1, 64> setup_token;
  Text<1, 64> username;
  Text<1, 256> password;
  static constexpr std::string_view about(std::string_view member) {
    if (member == "setup_token") return "Printed by the server at its start while there is no user.";
    return "";
  }
};
BOOST_DESCRIBE_STRUCT(SetUpBody, (), (setup_token, username, password))

struct SetUpState {
  static constexpr std::string_view kSchemaName = "SetUpState";
  bool needed = false;
};
BOOST_DESCRIBE_STRUCT(SetUpState, (), (needed))

http::Response is_needed(Services& services, const http::Request&) {
  return http::json_response(200, encode(SetUpState{services.accounts.users.store().count() == 0}));
}

http::Response handle(Services& services, const http::Request& request) {
  const auto body = read_body<SetUpBody>(request);
  if (!body) return body.error().response;
  const auto made = services.accounts.users.set_up(body->setup_token.value, {.username = body->username.value,
                                                                             .password = body->password.value,
                                                                             .role = accounts::Role::admin,
                                                                             .person = {}});
  if (!made) return account_problem(made.error());
  return http::json_response(201, encode(view_of(*made)));
}

}  // namespace

Endpoint get_set_up() {
  return {.pattern = "/v1/auth/setup",
          .handler = &is_needed,
          .operation_id = "getSetUp",
          .tag = "accounts",
          .summary = "Is there no user yet?",
          .answers = {{200, "Whether the first administrator is to be made.", {json_content<SetUpState>()}}}};
}

Endpoint set_up() {
  return {.method = http::Method::post,
          .pattern = "/v1/auth/setup",
          .handler = &handle,
          .body_size = BodySize::json,
          .operation_id = "setUp",
          .tag = "accounts",
          .summary = "Make the first administrator",
          .request = {json_content<SetUpBody>()},
          .answers = {{201, "The administrator.", {json_content<UserView>()}}},
          .problems = {403, 409, 429}};
}

}  // namespace rollcall::api::endpoints

#include "views.hpp"

namespace rollcall::api::endpoints {
namespace {

struct RefreshBody {
  static constexpr std::string_view kSchemaName = "Refresh";
  Text<1, 300> refresh_token;
};
BOOST_DESCRIBE_STRUCT(RefreshBody, (), (refresh_token))

http::Response handle(Services& services, const http::Request& request) {
  const auto body = read_body<RefreshBody>(request);
  if (!body) return body.error().response;
  const auto tokens = services.accounts.sessions.refresh(body->refresh_token.value);
  if (!tokens) return account_problem(tokens.error());
  return http::json_response(200, encode(view_of(*tokens)));
}

}  // namespace

Endpoint refresh_login() {
  return {
      .method = http::Method::post,
      .pattern = "/v1/auth/refresh",
      .handler = &handle,
      .body_size = BodySize::json,
      .operation_id = "refreshLogin",
      .tag = "accounts",
      .summary = "New tokens for a refresh token",
      .description =
          "Each use gives a new refresh token. The one before still works, in case an answer was lost; an "
          "older one ends the session.",
      .request = {json_content<RefreshBody>()},
      .answers = {{200, "The next tokens.", {json_content<TokensView>()}}},
      .problems = {401, 429}};
}

}  // namespace rollcall::api::endpoints

#include "../../cookies.hpp"
#include "views.hpp"

#include <rollcall/http/media_type.hpp>

namespace rollcall::api::endpoints {
namespace {

struct LoginBody {
  static constexpr std::string_view kSchemaName = "Login";
  Text<1, 64> username;
  Text<1, 256> password;
  std::optional<Text<6, 6>> totp;
  std::optional<bool> cookie;
  static constexpr std::string_view about(std::string_view member) {
    if (member == "totp") return "The code of the authenticator app, where the user has one.";
    if (member == "cookie") return "For browsers: a session cookie instead of tokens.";
    return "";
  }
};
BOOST_DESCRIBE_STRUCT(LoginBody, (), (username, password, totp, cookie))

struct BrowserLogin {
  static constexpr std::string_view kSchemaName = "BrowserLogin";
  UserView user;
  std::string csrf_token;
  Timestamp expires_at;
};
BOOST_DESCRIBE_STRUCT(BrowserLogin, (), (user, csrf_token, expires_at))

constexpr const char* kForm = "application/x-www-form-urlencoded";

// JSON, or the form of the OAuth2 password grant.
Input<LoginBody> read_login(const http::Request& request) {
  const auto type = http::parse_media_type(request.headers.get("Content-Type").value_or(""));
  if (!type || type->essence != kForm) return read_body<LoginBody>(request);
  const auto fields = http::QueryParams::parse(request.body);
  if (!fields) return Refusal{http::problem(fields.error())};
  const auto username = fields->get("username");
  const auto password = fields->get("password");
  if (!username || !password || password->size() > 256) {
    return Refusal{http::problem(400, {"invalid_request", "Send username and password."})};
  }
  return LoginBody{
      .username = {std::string(*username)}, .password = {std::string(*password)}, .totp = {}, .cookie = {}};
}

http::Response handle(Services& services, const http::Request& request) {
  const auto body = read_login(request);
  if (!body) return body.error().response;
  accounts::Credentials credentials{
      .username = body->username.value, .password = body->password.value, .totp = {}};
  if (body->totp) credentials.totp = body->totp->value;
  const auto& caller = caller_of(request);
  const auto user = services.accounts.users.log_in(
      credentials,
      {.address = caller.subscriber, .known_cookie = cookie_value(request, kKnownCookie).value_or("")});
  if (!user) return account_problem(user.error());

  http::Response response;
  if (body->cookie.value_or(false)) {
    const auto session = services.accounts.sessions.start_browser(user->id.value);
    response = http::json_response(
        200, encode(BrowserLogin{view_of(*user), session.csrf_token, {session.expires_at}}));
    set_session_cookies(response, services.accounts.cookies, session);
  } else {
    response = http::json_response(
        200, encode(view_of(services.accounts.sessions.start(accounts::SubjectKind::user, user->id.value))));
  }
  set_known_cookie(response, services.accounts.cookies, services.accounts.users.remember(*user));
  return response;
}

Endpoint login_at(const std::string& pattern, const std::string& operation_id) {
  return {.method = http::Method::post,
          .pattern = pattern,
          .handler = &handle,
          .body_size = BodySize::json,
          .operation_id = operation_id,
          .tag = "accounts",
          .summary = "Log in with name and password",
          .description = "Wrong names, wrong passwords and disabled users are answered alike.",
          .request = {json_content<LoginBody>(), {kForm, &schema_of<LoginBody>}},
          .answers = {{200, "Tokens, or a session cookie.", {json_content<TokensView>()}}},
          .problems = {401, 429},
          .permission = "logIn"};
}

}  // namespace

Endpoint log_in() {
  return login_at("/v1/auth/login", "logIn");
}

// Under the names of the source systems.
Endpoint log_in_bare() {
  return login_at("/auth/login/", "logInBare");
}
Endpoint log_in_oauth2() {
  return login_at("/auth/admin/token", "logInOAuth2");
}

}  // namespace rollcall::api::endpoints

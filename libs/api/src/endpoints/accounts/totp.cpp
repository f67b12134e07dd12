// The second factor: offered, confirmed with a first code, removed with the password.
#include "views.hpp"

namespace rollcall::api::endpoints {
namespace {

struct TotpOffer {
  static constexpr std::string_view kSchemaName = "TotpOffer";
  std::string secret;
  std::string uri;
  std::string offer;
  static constexpr std::string_view about(std::string_view member) {
    if (member == "uri") return "For the QR code that authenticator apps read.";
    if (member == "offer") return "To be sent back with the first code; nothing is stored before.";
    return "";
  }
};
BOOST_DESCRIBE_STRUCT(TotpOffer, (), (secret, uri, offer))

struct TotpConfirmation {
  static constexpr std::string_view kSchemaName = "TotpConfirmation";
  Text<1, 300> offer;
  Text<6, 6> code;
};
BOOST_DESCRIBE_STRUCT(TotpConfirmation, (), (offer, code))

struct TotpRemoval {
  static constexpr std::string_view kSchemaName = "TotpRemoval";
  Text<1, 256> password;
};
BOOST_DESCRIBE_STRUCT(TotpRemoval, (), (password))

http::Response offer(Services& services, const http::Request& request) {
  const auto user = services.accounts.users.store().find(user_of(request));
  if (!user) return http::problem(404, {"user_not_found", "There is no such user."});
  const auto made = services.accounts.users.offer_totp(*user);
  return http::json_response(200, encode(TotpOffer{made.secret, made.uri, made.sealed}));
}

http::Response confirm(Services& services, const http::Request& request) {
  const auto body = read_body<TotpConfirmation>(request);
  if (!body) return body.error().response;
  const auto confirmed =
      services.accounts.users.confirm_totp(user_of(request), body->offer.value, body->code.value);
  if (!confirmed) return account_problem(confirmed.error());
  return {.status = 204};
}

http::Response remove(Services& services, const http::Request& request) {
  const auto body = read_body<TotpRemoval>(request);
  if (!body) return body.error().response;
  const auto removed = services.accounts.users.remove_totp(user_of(request), body->password.value);
  if (!removed) return account_problem(removed.error());
  return {.status = 204};
}

}  // namespace

Endpoint offer_totp() {
  return {.method = http::Method::post,
          .pattern = "/v1/auth/totp/offer",
          .handler = &offer,
          .operation_id = "offerTotp",
          .tag = "accounts",
          .summary = "A secret for an authenticator app",
          .answers = {{200, "The secret.", {json_content<TotpOffer>()}}},
          .problems = {401}};
}

Endpoint confirm_totp() {
  return {.method = http::Method::post,
          .pattern = "/v1/auth/totp",
          .handler = &confirm,
          .body_size = BodySize::json,
          .operation_id = "confirmTotp",
          .tag = "accounts",
          .summary = "Ask for a second factor from now on",
          .request = {json_content<TotpConfirmation>()},
          .answers = {{204, "The next login needs a code."}},
          .problems = {401}};
}

Endpoint remove_totp() {
  return {.method = http::Method::post,
          .pattern = "/v1/auth/totp/remove",
          .handler = &remove,
          .body_size = BodySize::json,
          .operation_id = "removeTotp",
          .tag = "accounts",
          .summary = "Ask for a second factor no longer",
          .request = {json_content<TotpRemoval>()},
          .answers = {{204, "Logins need no code."}},
          .problems = {401, 403, 429}};
}

}  // namespace rollcall::api::endpoints

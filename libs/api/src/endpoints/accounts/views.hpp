// What the answers about accounts are made of. No secret and no hash appears here.
#pragma once

#include "../../request.hpp"
#include "../../schema/members.hpp"
#include "../list.hpp"

#include <rollcall/accounts/device.hpp>
#include <rollcall/accounts/sessions.hpp>
#include <rollcall/accounts/user.hpp>
#include <rollcall/api/gatekeeper.hpp>

namespace rollcall::accounts {
BOOST_DESCRIBE_ENUM(UserStatus, active, disabled)
BOOST_DESCRIBE_ENUM(DeviceStatus, active, revoked)
}  // namespace rollcall::accounts

namespace rollcall::api {

struct UserView {
  static constexpr std::string_view kSchemaName = "User";
  std::string id;
  std::string username;
  std::string role;
  accounts::UserStatus status{};
  bool is_active = true;
  std::optional<std::string> person_id;
  bool second_factor = false;
  Timestamp created_at;
  std::optional<Timestamp> last_login_at;
};
BOOST_DESCRIBE_STRUCT(UserView, (),
                      (id, username, role, status, is_active, person_id, second_factor, created_at,
                       last_login_at))

struct TokensView {
  static constexpr std::string_view kSchemaName = "Tokens";
  std::string access_token;
  std::string refresh_token;
  std::string token_type = "bearer";
  std::int64_t expires_at = 0;
  static constexpr std::string_view about(std::string_view member) {
    if (member == "refresh_token") return "Good once, at POST /v1/auth/refresh, which answers the next one.";
    if (member == "expires_at") return "Of the access token, in seconds since 1970.";
    return "";
  }
};
BOOST_DESCRIBE_STRUCT(TokensView, (), (access_token, refresh_token, token_type, expires_at))

struct DeviceView {
  static constexpr std::string_view kSchemaName = "Device";
  std::string id;
  std::string name;
  accounts::DeviceStatus status{};
  Timestamp registered_at;
  std::string registered_by;
  std::optional<Timestamp> last_seen_at;
};
BOOST_DESCRIBE_STRUCT(DeviceView, (), (id, name, status, registered_at, registered_by, last_seen_at))

UserView view_of(const accounts::User& user);
TokensView view_of(const accounts::IssuedTokens& tokens);
DeviceView view_of(const accounts::Device& device);

// 429 for those who must wait, else the status of the error.
http::Response account_problem(const core::Error& error);

// The user who asks; only for routes that only users may use.
accounts::UserId user_of(const http::Request& request);

// "user" is how other systems call an employee.
std::optional<accounts::Role> user_role_from(const std::string& name);
http::Response unknown_role();

}  // namespace rollcall::api

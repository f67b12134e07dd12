#include "views.hpp"

namespace rollcall::api {
namespace {

std::optional<Timestamp> optional_time(const std::optional<core::TimePoint>& time) {
  if (!time) return std::nullopt;
  return Timestamp{*time};
}

}  // namespace

UserView view_of(const accounts::User& user) {
  UserView view{.id = user.id.value,
                .username = user.username,
                .role = std::string(accounts::name_of(user.role)),
                .status = user.status,
                .is_active = user.status == accounts::UserStatus::active,
                .person_id = {},
                .second_factor = !user.totp_secret_sealed.empty(),
                .created_at = {user.created_at},
                .last_login_at = optional_time(user.last_login_at)};
  if (user.person) view.person_id = user.person->value;
  return view;
}

TokensView view_of(const accounts::IssuedTokens& tokens) {
  return {
      .access_token = tokens.access_token,
      .refresh_token = tokens.refresh_token,
      .expires_at = std::chrono::floor<std::chrono::seconds>(tokens.expires_at.time_since_epoch()).count()};
}

DeviceView view_of(const accounts::Device& device) {
  return {.id = device.id.value,
          .name = device.name,
          .status = device.status,
          .registered_at = {device.registered_at},
          .registered_by = device.registered_by,
          .last_seen_at = optional_time(device.last_seen_at)};
}

http::Response account_problem(const core::Error& error) {
  if (error.code != core::Errc::overloaded) return http::problem(error);
  auto response = http::problem(error, 429);
  response.headers.set("Retry-After", "30");
  return response;
}

accounts::UserId user_of(const http::Request& request) {
  return {caller_of(request).principal->id};
}

std::optional<accounts::Role> user_role_from(const std::string& name) {
  if (name == "user") return accounts::Role::employee;
  const auto role = accounts::role_from(name);
  if (!role || !accounts::is_user_role(*role)) return std::nullopt;
  return role;
}

http::Response unknown_role() {
  return http::problem(400,
                       {"unknown_role", "The roles are admin, manager, operator, employee and auditor."});
}

}  // namespace rollcall::api

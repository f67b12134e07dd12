// A person who logs in; not the same as a person who is recognised, although one may be the other.
#pragma once

#include <optional>
#include <string>

#include <rollcall/accounts/role.hpp>
#include <rollcall/core/clock.hpp>
#include <rollcall/core/strong_id.hpp>
#include <rollcall/domain/ids.hpp>

namespace rollcall::accounts {

using UserId = core::StrongId<struct UserTag>;

enum class UserStatus { active, disabled };

struct User {
  UserId id;
  std::string username;  // lower case, unique
  Role role = Role::employee;
  UserStatus status = UserStatus::active;
  std::optional<domain::PersonId> person = {};
  std::string password_hash;            // see password.hpp
  std::string totp_secret_sealed = {};  // empty: no second factor
  std::int64_t totp_last_step = 0;      // a code is good once
  core::TimePoint created_at;
  core::TimePoint updated_at;
  std::optional<core::TimePoint> last_login_at = {};
};

}  // namespace rollcall::accounts

#pragma once

#include <optional>
#include <string>
#include <vector>

#include <rollcall/accounts/user.hpp>
#include <rollcall/core/result.hpp>

namespace rollcall::accounts {

// Every member is one committed transaction. Thread safe. Throws core::InfraError.
class UserStore {
 public:
  virtual ~UserStore() = default;

  // Errors: conflict "username_taken".
  virtual core::Result<void> add(const User& user) = 0;
  // Adds only where there is no user at all. Errors: conflict "already_set_up".
  virtual core::Result<void> add_first(const User& user) = 0;
  // Replaces everything but id, username, created_at and the fields of the two members below. Errors:
  // not_found "user_not_found"; conflict "last_admin" when no active admin would be left.
  virtual core::Result<void> update(const User& user) = 0;
  virtual void note_login(const UserId& id, core::TimePoint at, const std::string& password_hash) = 0;
  // False when this step or a later one was used before.
  virtual bool use_totp_step(const UserId& id, std::int64_t step) = 0;

  virtual std::optional<User> find(const UserId& id) = 0;
  virtual std::optional<User> find_by_name(const std::string& username) = 0;
  // By name.
  virtual std::vector<User> list() = 0;
  virtual std::int64_t count() = 0;
};

}  // namespace rollcall::accounts

// People who log in.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <rollcall/accounts/login_guard.hpp>
#include <rollcall/accounts/password.hpp>
#include <rollcall/accounts/ports/user_store.hpp>
#include <rollcall/accounts/sessions.hpp>
#include <rollcall/core/clock.hpp>
#include <rollcall/core/result.hpp>
#include <rollcall/crypto/key.hpp>

namespace rollcall::accounts {

struct NewUser {
  std::string username;
  std::string password;
  Role role = Role::employee;
  std::optional<domain::PersonId> person;
};

// Absent members stay as they are.
struct UserChanges {
  std::optional<Role> role;
  std::optional<UserStatus> status;
  std::optional<std::optional<domain::PersonId>> person;  // an inner nullopt removes it
  std::optional<std::string> password;
};

struct Credentials {
  std::string username;
  std::string password;
  std::optional<std::string> totp;
};

// Where an attempt comes from.
struct LoginClient {
  std::string address;       // of the network: one subscriber
  std::string known_cookie;  // what remember() gave out, or empty
};

// Thread safe.
class Users {
 public:
  struct Parts {
    UserStore& store;
    Roster& roster;
    Sessions& sessions;
    PasswordHasher& hasher;
    LoginGuard& guard;
    crypto::Key key;  // of TOTP secrets and known-client cookies
    const core::Clock& clock;
  };

  explicit Users(Parts parts) : parts_(std::move(parts)) {}

  // Puts the active users into the roster; once, before serving.
  void load();

  // The first user, an admin, by whoever can read the log of the first start.
  // Errors: forbidden "setup_token_wrong", conflict "already_set_up", and those of add().
  core::Result<User> set_up(std::string_view token, const NewUser& admin);
  // Makes a token for set_up() where there is no user yet; "" otherwise. Only the newest is good.
  std::string make_setup_token();

  // Errors: invalid_input "bad_username", conflict "username_taken", and those of PasswordHasher.
  core::Result<User> add(const NewUser& user);
  // Errors: not_found "user_not_found", conflict "last_admin". A new password, role or status ends sessions.
  core::Result<User> change(const UserId& id, const UserChanges& changes);
  // Errors: forbidden "password_wrong" and those of add().
  core::Result<void> change_own_password(const UserId& id, const std::string& old_password,
                                         const std::string& new_password);

  // The same answer, after the same work, for an unknown name, a wrong password and a disabled user.
  // Errors: unauthenticated "login_failed", "totp_required", "totp_wrong"; overloaded "too_many_attempts",
  // "too_many_logins".
  core::Result<User> log_in(const Credentials& credentials, const LoginClient& client);
  // A cookie for clients that have logged in, so that an attack on the account does not lock its owner out.
  std::string remember(const User& user) const;

  // A secret to be confirmed with a code; no effect before that.
  struct TotpOffer {
    std::string secret;  // base32
    std::string uri;
    std::string sealed;  // to be sent back
  };
  TotpOffer offer_totp(const User& user) const;
  // Errors: invalid_input "totp_wrong", "totp_offer_invalid".
  core::Result<void> confirm_totp(const UserId& id, std::string_view sealed, std::string_view code);
  // Errors: forbidden "password_wrong".
  core::Result<void> remove_totp(const UserId& id, const std::string& password);

  UserStore& store() { return parts_.store; }

 private:
  core::Result<User> make(const NewUser& user);
  void put_in_roster(const User& user);
  bool is_remembered(const std::string& username, std::string_view cookie) const;
  std::string known_mac(const std::string& username) const;

  const Parts parts_;
  std::mutex setup_mutex_;
  std::string setup_token_;
};

// Lower case letters, digits and "._@-", 1 to 64 of them, after folding upper case.
std::optional<std::string> username_from(std::string_view text);

}  // namespace rollcall::accounts

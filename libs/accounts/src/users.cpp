#include "rollcall/accounts/users.hpp"

#include "rollcall/accounts/totp.hpp"

#include <algorithm>

#include <rollcall/core/uuid.hpp>
#include <rollcall/crypto/base64url.hpp>
#include <rollcall/crypto/mac.hpp>
#include <rollcall/crypto/seal.hpp>

namespace rollcall::accounts {
namespace {

using core::Errc;
using core::Error;

constexpr std::string_view kKnownPrefix = "kc1.";

std::string totp_context(const UserId& id) {
  return "totp secret of " + id.value;
}

Error user_not_found() {
  return {Errc::not_found, "user_not_found", "There is no user with this id."};
}

Error password_wrong() {
  return {Errc::forbidden, "password_wrong", "The present password is wrong."};
}

Error login_failed() {
  return {Errc::unauthenticated, "login_failed", "The name or the password is wrong."};
}

}  // namespace

std::optional<std::string> username_from(std::string_view text) {
  std::string name(text);
  std::ranges::transform(name, name.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  const bool right = !name.empty() && name.size() <= 64 &&
                     name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._@-") == std::string::npos;
  return right ? std::optional(name) : std::nullopt;
}

void Users::load() {
  for (const auto& user : parts_.store.list()) put_in_roster(user);
}

void Users::put_in_roster(const User& user) {
  if (user.status == UserStatus::active) {
    parts_.roster.admit(SubjectKind::user, user.id.value, user.role, user.person);
  }
}

std::string Users::make_setup_token() {
  if (parts_.store.count() > 0) return "";
  const std::lock_guard lock(setup_mutex_);
  setup_token_ = crypto::base64url_encode(crypto::random_bytes(16));
  return setup_token_;
}

core::Result<User> Users::set_up(std::string_view token, const NewUser& admin) {
  {
    const std::lock_guard lock(setup_mutex_);
    if (setup_token_.empty() || !crypto::equal(setup_token_, token)) {
      return Error{Errc::forbidden, "setup_token_wrong",
                   "This is not the set-up token that the server printed at its start."};
    }
  }
  auto user = make(admin);
  if (!user) return user.error();
  user->role = Role::admin;
  if (auto added = parts_.store.add_first(*user); !added) return added.error();
  put_in_roster(*user);
  const std::lock_guard lock(setup_mutex_);
  setup_token_.clear();
  return user;
}

core::Result<User> Users::make(const NewUser& user) {
  const auto name = username_from(user.username);
  if (!name) {
    return Error{Errc::invalid_input, "bad_username", "A user name has 1 to 64 letters, digits and . _ @ -"};
  }
  if (auto judged = PasswordHasher::judge(user.password, *name); !judged) return judged.error();
  auto hash = parts_.hasher.hash(user.password);
  if (!hash) return hash.error();
  const auto now = parts_.clock.now();
  return User{.id = {core::make_uuid_v7(now)},
              .username = *name,
              .role = user.role,
              .person = user.person,
              .password_hash = *std::move(hash),
              .created_at = now,
              .updated_at = now};
}

core::Result<User> Users::add(const NewUser& new_user) {
  auto user = make(new_user);
  if (!user) return user.error();
  if (auto added = parts_.store.add(*user); !added) return added.error();
  put_in_roster(*user);
  return user;
}

core::Result<User> Users::change(const UserId& id, const UserChanges& changes) {
  auto user = parts_.store.find(id);
  if (!user) return user_not_found();
  if (changes.role) user->role = *changes.role;
  if (changes.status) user->status = *changes.status;
  if (changes.person) user->person = *changes.person;
  if (changes.password) {
    if (auto judged = PasswordHasher::judge(*changes.password, user->username); !judged)
      return judged.error();
    auto hash = parts_.hasher.hash(*changes.password);
    if (!hash) return hash.error();
    user->password_hash = *std::move(hash);
  }
  user->updated_at = parts_.clock.now();
  if (auto updated = parts_.store.update(*user); !updated) return updated.error();
  if (changes.role || changes.status || changes.password)
    parts_.sessions.end_all(SubjectKind::user, id.value);
  put_in_roster(*user);
  return *user;
}

core::Result<void> Users::change_own_password(const UserId& id, const std::string& old_password,
                                              const std::string& new_password) {
  const auto user = parts_.store.find(id);
  if (!user) return user_not_found();
  const auto verified = parts_.hasher.verify(old_password, user->password_hash);
  if (!verified) return verified.error();
  if (!verified->matches) return password_wrong();
  if (auto changed = change(id, {.password = new_password}); !changed) return changed.error();
  return {};
}

core::Result<User> Users::log_in(const Credentials& credentials, const LoginClient& client) {
  const auto name = username_from(credentials.username).value_or("?");
  const bool known = is_remembered(name, client.known_cookie);
  if (const auto wait = parts_.guard.delay(name, client.address, known); wait.count() > 0) {
    return Error{Errc::overloaded, "too_many_attempts",
                 "Too many attempts: try again in " + std::to_string(wait.count()) + " seconds."};
  }
  const auto user = parts_.store.find_by_name(name);
  const auto verified =
      parts_.hasher.verify(credentials.password, user ? std::optional(user->password_hash) : std::nullopt);
  if (!verified) return verified.error();
  if (!verified->matches || user->status != UserStatus::active) return login_failed();

  const auto now = parts_.clock.now();
  if (!user->totp_secret_sealed.empty()) {
    if (!credentials.totp) {
      return Error{Errc::unauthenticated, "totp_required", "Send the code of your authenticator app too."};
    }
    const auto secret = crypto::open(parts_.key, user->totp_secret_sealed, totp_context(user->id));
    const auto step = secret ? matching_totp_step(*secret, *credentials.totp, now) : std::nullopt;
    if (!step || !parts_.store.use_totp_step(user->id, *step)) {
      return Error{Errc::unauthenticated, "totp_wrong", "The code is wrong or was used before."};
    }
  }
  parts_.guard.succeeded(name, client.address, known);
  auto hash = user->password_hash;
  if (verified->outdated) {
    if (auto renewed = parts_.hasher.hash(credentials.password)) hash = *std::move(renewed);
  }
  parts_.store.note_login(user->id, now, hash);
  return *user;
}

std::string Users::known_mac(const std::string& username) const {
  return crypto::base64url_encode(crypto::hmac_sha256(parts_.key.derive("known client"), username));
}

std::string Users::remember(const User& user) const {
  return std::string(kKnownPrefix) + known_mac(user.username);
}

bool Users::is_remembered(const std::string& username, std::string_view cookie) const {
  return cookie.starts_with(kKnownPrefix) &&
         crypto::equal(cookie.substr(kKnownPrefix.size()), known_mac(username));
}

Users::TotpOffer Users::offer_totp(const User& user) const {
  const auto secret = crypto::random_bytes(kTotpSecretBytes);
  return {.secret = base32_encode(secret),
          .uri = totp_uri(secret, user.username),
          .sealed = crypto::base64url_encode(crypto::seal(parts_.key, secret, totp_context(user.id)))};
}

core::Result<void> Users::confirm_totp(const UserId& id, std::string_view sealed, std::string_view code) {
  auto user = parts_.store.find(id);
  if (!user) return user_not_found();
  const auto bytes = crypto::base64url_decode(sealed);
  const auto secret = bytes ? crypto::open(parts_.key, *bytes, totp_context(id)) : std::nullopt;
  if (!secret)
    return Error{Errc::invalid_input, "totp_offer_invalid", "This is not a set-up that the server made."};
  const auto now = parts_.clock.now();
  const auto step = matching_totp_step(*secret, code, now);
  if (!step)
    return Error{Errc::invalid_input, "totp_wrong", "The code is wrong: check the clock of the phone."};
  user->totp_secret_sealed = *bytes;
  user->updated_at = now;
  if (auto updated = parts_.store.update(*user); !updated) return updated.error();
  parts_.store.use_totp_step(id, *step);
  return {};
}

core::Result<void> Users::remove_totp(const UserId& id, const std::string& password) {
  auto user = parts_.store.find(id);
  if (!user) return user_not_found();
  const auto verified = parts_.hasher.verify(password, user->password_hash);
  if (!verified) return verified.error();
  if (!verified->matches) return password_wrong();
  user->totp_secret_sealed.clear();
  user->updated_at = parts_.clock.now();
  return parts_.store.update(*user);
}

}  // namespace rollcall::accounts

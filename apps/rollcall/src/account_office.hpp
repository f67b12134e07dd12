// Users, devices, sessions and the gate, each built once, in this order.
#pragma once

#include <memory>

#include <rollcall/accounts/api_keys.hpp>
#include <rollcall/accounts/devices.hpp>
#include <rollcall/accounts/rate_limiter.hpp>
#include <rollcall/accounts/users.hpp>
#include <rollcall/api/gatekeeper.hpp>
#include <rollcall/api/services.hpp>
#include <rollcall/config/settings.hpp>
#include <rollcall/storage/account_stores.hpp>

namespace rollcall::app {

// The database is migrated. Throws core::InfraError. Members are used by many threads; see each type.
class AccountOffice {
 public:
  AccountOffice(const config::Settings& settings, storage::Database& database, const core::Clock& clock,
                accounts::AuditTrail& audit);

 private:
  const crypto::Key key_;
  const api::GateSettings gate_settings_;
  std::unique_ptr<accounts::UserStore> user_store_;
  std::unique_ptr<accounts::DeviceStore> device_store_;
  std::unique_ptr<accounts::SessionStore> session_store_;
  std::unique_ptr<accounts::ApiKeyStore> api_key_store_;
  accounts::Roster roster_;
  accounts::AccessTokens access_tokens_;
  accounts::Sessions sessions_;
  accounts::PasswordHasher hasher_;
  accounts::LoginGuard login_guard_;
  accounts::Users users_;
  accounts::Devices devices_;
  accounts::ApiKeys api_keys_;
  accounts::RateLimiter requests_;
  accounts::RateLimiter logins_;
  api::Gatekeeper gate_;

 public:
  api::AccountServices services() { return {users_, sessions_, devices_, api_keys_, gate_settings_.cookies}; }
  accounts::Users& users() { return users_; }
  api::Gatekeeper& gate() { return gate_; }
  // Forgets what is over; now and then.
  void tidy();
};

}  // namespace rollcall::app

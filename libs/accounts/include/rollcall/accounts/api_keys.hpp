// Keys for programs.
#pragma once

#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include <rollcall/accounts/ports/api_key_store.hpp>
#include <rollcall/accounts/principal.hpp>
#include <rollcall/core/clock.hpp>
#include <rollcall/core/result.hpp>
#include <rollcall/crypto/key.hpp>

namespace rollcall::accounts {

struct NewApiKey {
  std::string name;
  std::vector<std::string> scopes;
  std::string made_by;
  std::optional<core::TimePoint> expires_at;
};

struct MadeApiKey {
  ApiKey key;
  std::string secret;  // "rk1.<id>.<random>"; shown once
};

// Thread safe.
class ApiKeys {
 public:
  struct Parts {
    ApiKeyStore& store;
    crypto::Key mac_key;
    const core::Clock& clock;
  };

  explicit ApiKeys(Parts parts) : parts_(std::move(parts)) {}

  // Once, before serving.
  void load();

  MadeApiKey add(const NewApiKey& key);
  // A new secret; the old one ends. Errors: not_found "api_key_not_found".
  core::Result<MadeApiKey> rotate(const std::string& id);
  core::Result<void> revoke(const std::string& id);
  std::vector<ApiKey> list() { return parts_.store.list(); }

  static bool looks_like_one(std::string_view secret) { return secret.starts_with("rk1."); }
  // From memory. Errors: unauthenticated "api_key_invalid".
  core::Result<Principal> holder(std::string_view secret) const;

 private:
  std::string mac_of(std::string_view secret) const;

  const Parts parts_;
  mutable std::shared_mutex mutex_;
  std::unordered_map<std::string, ApiKey> keys_;  // live ones by id
};

}  // namespace rollcall::accounts

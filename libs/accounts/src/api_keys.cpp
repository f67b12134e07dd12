#include "rollcall/accounts/api_keys.hpp"

#include <mutex>

#include <rollcall/core/uuid.hpp>
#include <rollcall/crypto/base64url.hpp>
#include <rollcall/crypto/mac.hpp>

namespace rollcall::accounts {
namespace {

constexpr std::string_view kPrefix = "rk1.";

std::string new_secret(const std::string& id) {
  return std::string(kPrefix) + id + "." + crypto::base64url_encode(crypto::random_bytes(32));
}

core::Error api_key_not_found() {
  return {core::Errc::not_found, "api_key_not_found", "There is no live API key with this id."};
}

}  // namespace

std::string ApiKeys::mac_of(std::string_view secret) const {
  return crypto::to_hex(crypto::hmac_sha256(parts_.mac_key, secret));
}

void ApiKeys::load() {
  const std::unique_lock lock(mutex_);
  for (auto& key : parts_.store.list()) {
    if (!key.revoked_at) keys_.insert_or_assign(key.id, key);
  }
}

MadeApiKey ApiKeys::add(const NewApiKey& wanted) {
  const auto now = parts_.clock.now();
  ApiKey key{.id = core::make_uuid_v7(now),
             .name = wanted.name,
             .scopes = wanted.scopes,
             .mac = {},
             .made_by = wanted.made_by,
             .made_at = now,
             .expires_at = wanted.expires_at};
  auto secret = new_secret(key.id);
  key.mac = mac_of(secret);
  parts_.store.add(key);
  const std::unique_lock lock(mutex_);
  keys_.insert_or_assign(key.id, key);
  return {std::move(key), std::move(secret)};
}

core::Result<MadeApiKey> ApiKeys::rotate(const std::string& id) {
  auto secret = new_secret(id);
  const auto mac = mac_of(secret);
  if (!parts_.store.replace_mac(id, mac)) return api_key_not_found();
  const std::unique_lock lock(mutex_);
  const auto found = keys_.find(id);
  if (found == keys_.end()) return api_key_not_found();
  found->second.mac = mac;
  return MadeApiKey{found->second, std::move(secret)};
}

core::Result<void> ApiKeys::revoke(const std::string& id) {
  {
    const std::unique_lock lock(mutex_);
    keys_.erase(id);
  }
  if (!parts_.store.revoke(id, parts_.clock.now())) return api_key_not_found();
  return {};
}

core::Result<Principal> ApiKeys::holder(std::string_view secret) const {
  const core::Error invalid{core::Errc::unauthenticated, "api_key_invalid", "The API key is not valid."};
  if (secret.size() > 200 || !looks_like_one(secret)) return invalid;
  const auto id = secret.substr(kPrefix.size(), secret.find('.', kPrefix.size()) - kPrefix.size());
  const auto mac = mac_of(secret);
  const std::shared_lock lock(mutex_);
  const auto found = keys_.find(std::string(id));
  if (found == keys_.end() || !crypto::equal(found->second.mac, mac)) return invalid;
  const auto& key = found->second;
  if (key.expires_at && parts_.clock.now() >= *key.expires_at) return invalid;
  return Principal{.role = Role::service, .id = key.id, .session = {}, .scopes = key.scopes};
}

}  // namespace rollcall::accounts

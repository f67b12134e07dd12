#pragma once

#include <optional>
#include <string>
#include <vector>

#include <rollcall/accounts/api_key.hpp>

namespace rollcall::accounts {

// Every member is one committed transaction. Thread safe. Throws core::InfraError.
class ApiKeyStore {
 public:
  virtual ~ApiKeyStore() = default;

  virtual void add(const ApiKey& key) = 0;
  // False for an unknown or revoked key.
  virtual bool replace_mac(const std::string& id, const std::string& mac) = 0;
  virtual bool revoke(const std::string& id, core::TimePoint at) = 0;
  // Newest first, revoked ones too.
  virtual std::vector<ApiKey> list() = 0;
};

}  // namespace rollcall::accounts

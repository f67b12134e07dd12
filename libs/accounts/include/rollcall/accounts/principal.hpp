// The one who asks.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <rollcall/accounts/role.hpp>
#include <rollcall/domain/ids.hpp>

namespace rollcall::accounts {

struct Principal {
  Role role = Role::employee;
  std::string id;                               // of the user, device or API key
  std::string session;                          // empty for an API key
  std::optional<domain::PersonId> person = {};  // whose data are a user's own
  std::vector<std::string> scopes = {};         // of an API key

  // "user:<id>", "device:<id>" or "service:<id>", for the audit trail.
  std::string actor() const;
};

}  // namespace rollcall::accounts

// Access for programs, within named scopes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <rollcall/core/clock.hpp>

namespace rollcall::accounts {

struct ApiKey {
  std::string id;
  std::string name;
  std::vector<std::string> scopes;  // "people", "events", "checkins", "metrics"
  std::string mac;                  // hexadecimal HMAC of the secret
  std::string made_by;
  core::TimePoint made_at;
  std::optional<core::TimePoint> expires_at = {};
  std::optional<core::TimePoint> revoked_at = {};
};

}  // namespace rollcall::accounts

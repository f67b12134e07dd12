#include "rollcall/accounts/role.hpp"

#include <algorithm>

namespace rollcall::accounts {
namespace {

constexpr std::array<std::string_view, kRoles.size()> kNames{"admin",   "manager", "operator", "employee",
                                                             "auditor", "device",  "service",  "worker"};

}  // namespace

std::string_view name_of(Role role) {
  return kNames[static_cast<std::size_t>(role)];
}

std::optional<Role> role_from(std::string_view name) {
  const auto found = std::ranges::find(kNames, name);
  if (found == kNames.end()) return std::nullopt;
  return kRoles[static_cast<std::size_t>(found - kNames.begin())];
}

bool is_user_role(Role role) {
  return role <= Role::auditor;
}

}  // namespace rollcall::accounts

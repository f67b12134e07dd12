// Who may act, by kind.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace rollcall::accounts {

// The first five are users; the rest are programs.
enum class Role {
  admin,      // everything
  manager,    // people, reports, corrections
  operator_,  // live work: enrolment, manual check-ins
  employee,   // their own data
  auditor,    // reads everything, changes nothing
  device,     // a kiosk or camera
  service,    // an API key, within its scopes
  worker,     // another process of this installation
};

inline constexpr std::array kRoles{Role::admin,   Role::manager, Role::operator_, Role::employee,
                                   Role::auditor, Role::device,  Role::service,   Role::worker};

// "operator" for operator_; the others as written.
std::string_view name_of(Role role);
std::optional<Role> role_from(std::string_view name);
// Whether people log in with this role.
bool is_user_role(Role role);

}  // namespace rollcall::accounts

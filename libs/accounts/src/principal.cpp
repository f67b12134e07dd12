#include "rollcall/accounts/principal.hpp"

namespace rollcall::accounts {

std::string Principal::actor() const {
  if (is_user_role(role)) return "user:" + id;
  return std::string(name_of(role)) + ":" + id;
}

}  // namespace rollcall::accounts

#include <gtest/gtest.h>

#include <rollcall/accounts/role.hpp>

namespace rollcall::accounts {
namespace {

TEST(Role, NameLeadsBackToTheRole) {
  for (const auto role : kRoles) EXPECT_EQ(role_from(name_of(role)), role);
  EXPECT_EQ(name_of(Role::operator_), "operator");
  EXPECT_FALSE(role_from("root"));
}

TEST(Role, UsersAreTheFirstFive) {
  EXPECT_TRUE(is_user_role(Role::auditor));
  EXPECT_FALSE(is_user_role(Role::device));
}

}  // namespace
}  // namespace rollcall::accounts

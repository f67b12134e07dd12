#include <gtest/gtest.h>

#include <rollcall/accounts/permissions.hpp>

namespace rollcall::accounts {
namespace {

constexpr const char* kTable = R"(
# operation  admin manager operator employee auditor device service worker anyone audit
listPeople   all   all     all      -        all     -      people  -      -      -
getPerson    all   all     all      own      all     -      people  -      -      -
erasePerson  all   -       -        -        -       -      -       -      -      write
health       all   all     all      all      all     all    -       all    all    -
metrics      all   -       -        -        all     -      metrics all    dev    read
getMe        all   all     all      all      all     all    all     -      -      -
)";

TEST(Permissions, SayHowFarEachRoleReaches) {
  const auto table = PermissionTable::parse(kTable);
  ASSERT_TRUE(table) << table.error().message;
  const auto* get_person = table->find("getPerson");
  ASSERT_NE(get_person, nullptr);
  EXPECT_EQ(reach_of(*get_person, {.role = Role::admin}), Reach::all);
  EXPECT_EQ(reach_of(*get_person, {.role = Role::employee}), Reach::own);
  EXPECT_EQ(reach_of(*get_person, {.role = Role::device}), Reach::none);
  EXPECT_EQ(table->find("erasePerson")->audited, Audited::writes);
  EXPECT_EQ(table->find("metrics")->anyone, Anyone::in_development);
  EXPECT_EQ(table->find("unknown"), nullptr);
}

TEST(Permissions, KeyReachesWithinItsScopes) {
  const auto table = PermissionTable::parse(kTable);
  const Principal people{.role = Role::service, .scopes = {"people"}};
  EXPECT_EQ(reach_of(*table->find("listPeople"), people), Reach::all);
  EXPECT_EQ(reach_of(*table->find("metrics"), people), Reach::none);
  EXPECT_EQ(reach_of(*table->find("getMe"), people), Reach::all);
  EXPECT_EQ(reach_of(*table->find("erasePerson"), people), Reach::none);
  EXPECT_EQ(reach_of(*table->find("erasePerson"), {.role = Role::service, .scopes = {""}}), Reach::none);
}

TEST(Permissions, MistakesAreNamed) {
  for (const auto& [text, expected] :
       {std::pair{"a all all all all all all - all all", "columns"},
        {"a all all all all all most - all all -", "'most'"},
        {"a all all all all all all - all maybe -", "'maybe'"},
        {"a all all all all all all - all all always", "'always'"},
        {"a all all all all all all - all all -\na - - - - - - - - - -", "two rows"}}) {
    const auto table = PermissionTable::parse(text);
    ASSERT_FALSE(table) << text;
    EXPECT_NE(table.error().message.find(expected), std::string::npos) << table.error().message;
  }
}

}  // namespace
}  // namespace rollcall::accounts

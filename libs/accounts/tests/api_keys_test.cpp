#include "rollcall/accounts/api_keys.hpp"

#include "office.hpp"

namespace rollcall::accounts {
namespace {

class ApiKeyTest : public ::testing::Test {
 protected:
  core::testing::FakeClock clock;
  testing::MemoryApiKeys store;
  const crypto::Key mac_key = crypto::Key::random();
  ApiKeys keys{{store, mac_key, clock}};
};

TEST_F(ApiKeyTest, SecretLeadsToItsScopes) {
  const auto made = keys.add({"payroll", {"events"}, "user:ada", {}});
  const auto holder = keys.holder(made.secret);
  ASSERT_TRUE(holder);
  EXPECT_EQ(holder->role, Role::service);
  EXPECT_EQ(holder->scopes, std::vector<std::string>{"events"});
  EXPECT_EQ(store.keys.begin()->second.mac.find(made.secret), std::string::npos);
}

TEST_F(ApiKeyTest, OtherSecretsAreRefused) {
  const auto made = keys.add({"payroll", {"events"}, "user:ada", {}});
  for (const auto& wrong :
       {made.secret + "x", made.secret.substr(0, made.secret.size() - 1), std::string("rk1."),
        "rk1." + made.key.id, "rk1." + made.key.id + ".", std::string(), std::string(1000, 'r')}) {
    EXPECT_EQ(reason_of(keys.holder(wrong)), "api_key_invalid") << wrong;
  }
}

TEST_F(ApiKeyTest, RotationEndsTheOldSecret) {
  const auto made = keys.add({"payroll", {"events"}, "user:ada", {}});
  const auto rotated = keys.rotate(made.key.id);
  ASSERT_TRUE(rotated);
  EXPECT_FALSE(keys.holder(made.secret));
  EXPECT_TRUE(keys.holder(rotated->secret));
  EXPECT_EQ(reason_of(keys.rotate("unknown")), "api_key_not_found");
}

TEST_F(ApiKeyTest, RevokedAndExpiredKeysAreRefused) {
  const auto revoked = keys.add({"a", {"events"}, "user:ada", {}});
  ASSERT_TRUE(keys.revoke(revoked.key.id));
  EXPECT_FALSE(keys.holder(revoked.secret));
  EXPECT_EQ(reason_of(keys.revoke(revoked.key.id)), "api_key_not_found");
  const auto short_lived = keys.add({"b", {"events"}, "user:ada", clock.now() + std::chrono::hours(1)});
  EXPECT_TRUE(keys.holder(short_lived.secret));
  clock.advance(std::chrono::hours(1));
  EXPECT_FALSE(keys.holder(short_lived.secret));
}

TEST_F(ApiKeyTest, SurviveARestart) {
  const auto made = keys.add({"payroll", {"events"}, "user:ada", {}});
  ApiKeys after({store, mac_key, clock});
  after.load();
  EXPECT_TRUE(after.holder(made.secret));
}

}  // namespace
}  // namespace rollcall::accounts

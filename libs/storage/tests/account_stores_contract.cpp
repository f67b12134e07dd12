#include "samples.hpp"
#include "test_database.hpp"

#include <gtest/gtest.h>

#include <rollcall/storage/account_stores.hpp>

namespace rollcall::storage {
namespace {

using namespace accounts;
using testing::time_at;

template <class T>
std::string reason_of(const core::Result<T>& result) {
  return result ? "" : std::string(result.error().reason);
}

class AccountStoresContract : public ::testing::TestWithParam<testing::DatabaseKind> {
 protected:
  std::unique_ptr<testing::TestDatabase> database_ = GetParam().create();
  std::unique_ptr<UserStore> users_ = make_user_store(database_->database());
  std::unique_ptr<DeviceStore> devices_ = make_device_store(database_->database());
  std::unique_ptr<SessionStore> sessions_ = make_session_store(database_->database());
  std::unique_ptr<ApiKeyStore> keys_ = make_api_key_store(database_->database());

  static User user(const std::string& name, Role role = Role::employee) {
    return {.id = {"id-" + name},
            .username = name,
            .role = role,
            .password_hash = "$argon2id$...",
            .created_at = time_at(1),
            .updated_at = time_at(1)};
  }
  static Session session(const std::string& id, const std::string& subject = "ada") {
    return {.id = id,
            .subject = subject,
            .started_at = time_at(10),
            .used_at = time_at(10),
            .expires_at = time_at(100),
            .ends_at = time_at(1000)};
  }
};

INSTANTIATE_TEST_SUITE_P(On, AccountStoresContract, ::testing::ValuesIn(testing::database_kinds()),
                         [](const auto& test) { return std::string(test.param.name); });

TEST_P(AccountStoresContract, UserIsKeptWhole) {
  auto ada = user("ada", Role::operator_);
  ada.totp_secret_sealed = std::string("\x00\xff sealed", 9);
  ASSERT_TRUE(users_->add(ada));
  const auto found = users_->find_by_name("ada");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, ada.id);
  EXPECT_EQ(found->role, Role::operator_);
  EXPECT_EQ(found->status, UserStatus::active);
  EXPECT_EQ(found->totp_secret_sealed, ada.totp_secret_sealed);
  EXPECT_EQ(found->created_at, time_at(1));
  EXPECT_FALSE(found->person);
  EXPECT_FALSE(found->last_login_at);
  users_->note_login(ada.id, time_at(5), "new hash");
  EXPECT_EQ(users_->find(ada.id)->last_login_at, time_at(5));
  EXPECT_EQ(users_->find(ada.id)->password_hash, "new hash");
  EXPECT_FALSE(users_->find({"id-eve"}));
  EXPECT_EQ(users_->count(), 1);
}

TEST_P(AccountStoresContract, NameIsTakenOnce) {
  ASSERT_TRUE(users_->add(user("ada")));
  auto other = user("ada");
  other.id = {"other"};
  EXPECT_EQ(reason_of(users_->add(other)), "username_taken");
}

TEST_P(AccountStoresContract, FirstUserIsAddedOnce) {
  ASSERT_TRUE(users_->add_first(user("ada", Role::admin)));
  EXPECT_EQ(reason_of(users_->add_first(user("eve", Role::admin))), "already_set_up");
}

TEST_P(AccountStoresContract, LastActiveAdminStays) {
  auto ada = user("ada", Role::admin);
  auto eve = user("eve", Role::admin);
  ASSERT_TRUE(users_->add(ada));
  ada.role = Role::auditor;
  EXPECT_EQ(reason_of(users_->update(ada)), "last_admin");
  ASSERT_TRUE(users_->add(eve));
  EXPECT_TRUE(users_->update(ada));
  eve.status = UserStatus::disabled;
  EXPECT_EQ(reason_of(users_->update(eve)), "last_admin");
  EXPECT_EQ(reason_of(users_->update(user("nobody"))), "user_not_found");
}

TEST_P(AccountStoresContract, OneTimeCodeIsUsedOnce) {
  ASSERT_TRUE(users_->add(user("ada")));
  EXPECT_TRUE(users_->use_totp_step({"id-ada"}, 7));
  EXPECT_FALSE(users_->use_totp_step({"id-ada"}, 7));
  EXPECT_FALSE(users_->use_totp_step({"id-ada"}, 6));
  EXPECT_TRUE(users_->use_totp_step({"id-ada"}, 8));
}

TEST_P(AccountStoresContract, CodeAndDeviceAreOneTransaction) {
  devices_->add_code({.mac = "m", .made_by = "user:ada", .made_at = time_at(1), .expires_at = time_at(50)});
  const Device kiosk{.id = {"kiosk"}, .name = "Door", .registered_at = time_at(10), .registered_by = {}};
  auto late = kiosk;
  late.registered_at = time_at(50);
  EXPECT_EQ(reason_of(devices_->add_with_code(late, "m")), "code_refused");
  EXPECT_EQ(reason_of(devices_->add_with_code(kiosk, "other")), "code_refused");
  ASSERT_TRUE(devices_->add_with_code(kiosk, "m"));
  EXPECT_EQ(devices_->find({"kiosk"})->registered_by, "user:ada");
  auto second = kiosk;
  second.id = {"second"};
  EXPECT_EQ(reason_of(devices_->add_with_code(second, "m")), "code_refused");
  EXPECT_EQ(devices_->list().size(), 1U);

  devices_->add_code({.mac = "n", .made_by = "user:ada", .made_at = time_at(1), .expires_at = time_at(50)});
  EXPECT_EQ(reason_of(devices_->add_with_code(kiosk, "n")), "device_exists");
  EXPECT_TRUE(devices_->add_with_code(second, "n"));  // the code was not used up
}

TEST_P(AccountStoresContract, DeviceChangesAndGoes) {
  Device kiosk{.id = {"kiosk"}, .name = "Door", .registered_at = time_at(10), .registered_by = "x"};
  ASSERT_TRUE(devices_->add(kiosk));
  EXPECT_EQ(reason_of(devices_->add(kiosk)), "device_exists");
  kiosk.status = DeviceStatus::revoked;
  kiosk.last_seen_at = time_at(20);
  ASSERT_TRUE(devices_->update(kiosk));
  EXPECT_EQ(devices_->find({"kiosk"})->status, DeviceStatus::revoked);
  EXPECT_EQ(devices_->find({"kiosk"})->last_seen_at, time_at(20));
  EXPECT_TRUE(devices_->erase({"kiosk"}));
  EXPECT_FALSE(devices_->erase({"kiosk"}));
  EXPECT_EQ(reason_of(devices_->update(kiosk)), "device_not_found");
}

TEST_P(AccountStoresContract, RequestIsDecidedOnceAndBecomesADevice) {
  const DeviceRequest request{.id = "r",
                              .device_code_mac = "mac",
                              .user_code = "BCDF-GHJK",
                              .device = {"kiosk"},
                              .name = "Door",
                              .made_at = time_at(10),
                              .expires_at = time_at(600)};
  ASSERT_TRUE(devices_->add_request(request, 1));
  auto other = request;
  other.id = "s";
  other.device_code_mac = "mac 2";
  EXPECT_EQ(reason_of(devices_->add_request(other, 1)), "too_many_requests");
  EXPECT_EQ(devices_->list_requests(time_at(10)).size(), 1U);
  EXPECT_TRUE(devices_->list_requests(time_at(600)).empty());

  const Device kiosk{
      .id = {"kiosk"}, .name = "Door", .registered_at = time_at(20), .registered_by = "user:ada"};
  EXPECT_EQ(reason_of(devices_->add_approved(kiosk, "r")), "request_not_found");
  EXPECT_TRUE(devices_->decide_request("r", RequestStatus::approved, "user:ada"));
  EXPECT_FALSE(devices_->decide_request("r", RequestStatus::denied, "user:eve"));
  EXPECT_EQ(devices_->find_request_by_code("mac")->decided_by, "user:ada");
  EXPECT_TRUE(devices_->add_approved(kiosk, "r"));
  EXPECT_FALSE(devices_->find_request("r"));
  EXPECT_TRUE(devices_->find({"kiosk"}));
  ASSERT_TRUE(devices_->add_request(other, 1));
  devices_->erase_expired(time_at(600));
  EXPECT_FALSE(devices_->find_request("s"));
}

TEST_P(AccountStoresContract, RefreshCounterMovesOneStepForOneCaller) {
  sessions_->add(session("s"));
  EXPECT_TRUE(sessions_->advance("s", 0, time_at(20), time_at(200)));
  EXPECT_FALSE(sessions_->advance("s", 0, time_at(20), time_at(200)));
  const auto found = sessions_->find("s");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->counter, 1);
  EXPECT_EQ(found->used_at, time_at(20));
  EXPECT_EQ(found->expires_at, time_at(200));
  sessions_->revoke("s", time_at(30));
  EXPECT_FALSE(sessions_->advance("s", 1, time_at(40), time_at(200)));
  EXPECT_EQ(sessions_->find("s")->revoked_at, time_at(30));
}

TEST_P(AccountStoresContract, LiveSessionsAreNeitherRevokedNorOver) {
  sessions_->add(session("live"));
  sessions_->add(session("revoked"));
  sessions_->add(session("other", "eve"));
  auto device = session("device");
  device.subject_kind = SubjectKind::device;
  device.ends_at = core::TimePoint::max();
  sessions_->add(device);
  sessions_->revoke("revoked", time_at(20));
  EXPECT_EQ(sessions_->list_live(time_at(50)).size(), 3U);
  EXPECT_TRUE(sessions_->list_live(time_at(100)).empty());
  sessions_->touch("live", time_at(90), time_at(300));
  EXPECT_EQ(sessions_->list_live(time_at(100)).size(), 1U);
  EXPECT_EQ(sessions_->find("device")->ends_at, core::TimePoint::max());

  sessions_->revoke_all(SubjectKind::user, "ada", time_at(60));
  EXPECT_TRUE(sessions_->find("live")->revoked_at);
  EXPECT_FALSE(sessions_->find("other")->revoked_at);
  EXPECT_FALSE(sessions_->find("device")->revoked_at);
  sessions_->erase_ended(time_at(70));
  EXPECT_FALSE(sessions_->find("revoked"));
  EXPECT_TRUE(sessions_->find("other"));
}

TEST_P(AccountStoresContract, ApiKeyIsKeptRotatedAndRevoked) {
  keys_->add({.id = "k",
              .name = "payroll",
              .scopes = {"events", "people"},
              .mac = "m",
              .made_by = "user:ada",
              .made_at = time_at(1)});
  ASSERT_EQ(keys_->list().size(), 1U);
  EXPECT_EQ(keys_->list()[0].scopes, (std::vector<std::string>{"events", "people"}));
  EXPECT_FALSE(keys_->list()[0].expires_at);
  EXPECT_TRUE(keys_->replace_mac("k", "n"));
  EXPECT_EQ(keys_->list()[0].mac, "n");
  EXPECT_TRUE(keys_->revoke("k", time_at(9)));
  EXPECT_FALSE(keys_->revoke("k", time_at(10)));
  EXPECT_FALSE(keys_->replace_mac("k", "o"));
  EXPECT_EQ(keys_->list()[0].revoked_at, time_at(9));
}

}  // namespace
}  // namespace rollcall::storage

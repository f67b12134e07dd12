#include "office.hpp"

namespace rollcall::accounts {
namespace {

using namespace std::chrono_literals;

Devices devices_with(Office& office, Enrollment enrollment) {
  return Devices(
      {office.device_store, office.roster, office.sessions, crypto::Key::random(), office.clock, enrollment});
}

TEST(Devices, CodeLetsOneDeviceInOnce) {
  Office office;
  const auto code = office.devices.make_code("user:ada", 15min).code;
  EXPECT_EQ(code.size(), 10U);
  const auto registered = office.devices.enroll({"kiosk-001", "Door", code});
  ASSERT_TRUE(registered);
  ASSERT_TRUE(registered->tokens);
  const auto holder = office.sessions.holder_of_token(registered->tokens->access_token);
  ASSERT_TRUE(holder);
  EXPECT_EQ(holder->role, Role::device);
  EXPECT_EQ(holder->id, "kiosk-001");
  EXPECT_EQ(reason_of(office.devices.enroll({"kiosk-002", "", code})), "code_refused");
}

TEST(Devices, CodeIsReadAsPeopleTypeIt) {
  Office office;
  auto code = office.devices.make_code("user:ada", 15min).code;
  std::string typed = code.substr(0, 5) + "-" + code.substr(5);
  for (char& c : typed) {
    if (c == '0') c = 'o';
    if (c == '1') c = 'l';
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  EXPECT_TRUE(office.devices.enroll({"kiosk-001", "", typed})) << code << " " << typed;
}

TEST(Devices, WithoutAGoodCodeThereIsNeverAToken) {
  Office office;
  const auto code = office.devices.make_code("user:ada", 15min).code;
  const auto refused = office.devices.enroll({"kiosk-001", "", {}});
  ASSERT_FALSE(refused);
  for (const auto* wrong : {"", "0000000000", "' OR 1=1 --"}) {
    const auto other = office.devices.enroll({"kiosk-001", "", wrong});
    ASSERT_FALSE(other) << wrong;
    EXPECT_EQ(other.error().message, refused.error().message);  // says nothing about what was wrong
  }
  office.clock.advance(15min);
  EXPECT_EQ(reason_of(office.devices.enroll({"kiosk-001", "", code})), "code_refused");
  EXPECT_TRUE(office.device_store.devices.empty());
}

TEST(Devices, RegisteredIdIsTaken) {
  Office office;
  office.devices.enroll({"kiosk-001", "", office.devices.make_code("user:ada", 15min).code}).value();
  const auto code = office.devices.make_code("user:ada", 15min).code;
  EXPECT_EQ(reason_of(office.devices.enroll({"kiosk-001", "", code})), "device_exists");
  EXPECT_TRUE(office.devices.enroll({"kiosk-002", "", code}));  // the code was not used up
}

TEST(Devices, ApprovalIsWaitedFor) {
  Office office;
  auto devices = devices_with(office, Enrollment::approval);
  const auto waiting = devices.enroll({"kiosk-001", "Door", {}}).value().waiting;
  ASSERT_TRUE(waiting);
  EXPECT_EQ(reason_of(devices.poll(waiting->device_code)), "authorization_pending");
  EXPECT_EQ(reason_of(devices.poll("guess")), "code_refused");
  ASSERT_EQ(devices.requests().size(), 1U);
  const auto request = devices.requests()[0];
  EXPECT_EQ(request.user_code, waiting->user_code);
  ASSERT_TRUE(devices.decide(request.id, RequestStatus::approved, "user:ada"));
  EXPECT_EQ(reason_of(devices.decide(request.id, RequestStatus::denied, "user:ada")), "request_not_found");
  const auto tokens = devices.poll(waiting->device_code);
  ASSERT_TRUE(tokens);
  EXPECT_TRUE(office.sessions.holder_of_token(tokens->access_token));
  EXPECT_EQ(devices.get({"kiosk-001"}).value().registered_by, "user:ada");
  EXPECT_EQ(reason_of(devices.poll(waiting->device_code)), "code_refused");
}

TEST(Devices, DeniedAndForgottenRequestsGiveNothing) {
  Office office;
  auto devices = devices_with(office, Enrollment::approval);
  const auto denied = devices.enroll({"kiosk-001", "", {}}).value().waiting;
  devices.decide(devices.requests()[0].id, RequestStatus::denied, "user:ada").value();
  EXPECT_EQ(reason_of(devices.poll(denied->device_code)), "access_denied");
  const auto late = devices.enroll({"kiosk-002", "", {}}).value().waiting;
  office.clock.advance(600s);
  EXPECT_EQ(reason_of(devices.poll(late->device_code)), "code_refused");
  EXPECT_TRUE(devices.requests().empty());
}

TEST(Devices, RequestsDoNotPileUp) {
  Office office;
  auto devices = devices_with(office, Enrollment::approval);
  std::string reason;
  for (int i = 0; i < 30; ++i) reason = reason_of(devices.enroll({"kiosk-" + std::to_string(i), "", {}}));
  EXPECT_EQ(reason, "too_many_requests");
}

TEST(Devices, OpenEnrollmentAsksForNothing) {
  Office office;
  auto devices = devices_with(office, Enrollment::open);
  EXPECT_TRUE(devices.enroll({"kiosk-001", "", {}}).value().tokens);
  EXPECT_EQ(reason_of(devices.enroll({"kiosk-001", "", {}})), "device_exists");
}

TEST(Devices, RevokedDeviceIsOutAtOnceAndStaysOut) {
  Office office;
  const auto tokens =
      *office.devices.enroll({"kiosk-001", "", office.devices.make_code("a", 15min).code}).value().tokens;
  office.devices.revoke({"kiosk-001"}).value();
  EXPECT_FALSE(office.sessions.holder_of_token(tokens.access_token));
  EXPECT_FALSE(office.sessions.refresh(tokens.refresh_token));
  EXPECT_EQ(reason_of(office.devices.enroll({"kiosk-001", "", office.devices.make_code("a", 15min).code})),
            "device_exists");
  office.devices.forget({"kiosk-001"}).value();
  EXPECT_TRUE(office.devices.enroll({"kiosk-001", "", office.devices.make_code("a", 15min).code}));
  EXPECT_FALSE(office.sessions.holder_of_token(tokens.access_token));
}

TEST(Devices, IdsArePrintable) {
  Office office;
  for (const auto& id :
       {std::string(), std::string("a b"), std::string("a\n"), std::string(129, 'a'), std::string("kïosk")}) {
    EXPECT_EQ(reason_of(office.devices.enroll({id, "", "code"})), "bad_device_id") << id;
  }
}

}  // namespace
}  // namespace rollcall::accounts

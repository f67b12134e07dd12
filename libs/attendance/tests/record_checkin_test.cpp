#include "rollcall/attendance/record_checkin.hpp"

#include "site.hpp"

namespace rollcall::attendance {
namespace {

using domain::Verdict;
using testing::good_face;
using testing::Site;

FaceCheckin checkin_of(std::string_view image, const std::string& event_id = "e1",
                       const std::string& sha = "s1") {
  return {
      .key = {{"kiosk-001"}, event_id, sha}, .image = image, .claimed = {}, .captured_at = {}, .scope = {}};
}

TEST(RecordCheckin, AMatchIsRecordedWithItsEvidence) {
  Site site;
  const auto ada = site.enrolled("ada", 1, 0);
  site.analyzer.photos["probe"] = {good_face(1, 0.1F)};
  const auto receipt = site.checkin(checkin_of("probe")).value();
  EXPECT_FALSE(receipt.duplicate);
  EXPECT_EQ(receipt.person.value().display_name, "ada");
  ASSERT_EQ(site.events.events.size(), 1U);
  const auto& event = site.events.events[0];
  EXPECT_EQ(event.verdict, Verdict::match);
  EXPECT_EQ(event.person, ada.id);
  EXPECT_EQ(event.evidence.gallery_version, site.index.version);
  EXPECT_EQ(domain::replay(event.evidence).person, ada.id);
}

TEST(RecordCheckin, AStrangerIsRecordedWithoutAName) {
  Site site;
  site.enrolled("ada", 1, 0);
  site.analyzer.photos["stranger"] = {good_face(-1, 0.3F)};
  const auto receipt = site.checkin(checkin_of("stranger")).value();
  EXPECT_EQ(receipt.event.verdict, Verdict::unknown);
  EXPECT_EQ(receipt.event.person, std::nullopt);
  EXPECT_EQ(receipt.person, std::nullopt);
  EXPECT_EQ(site.events.events.size(), 1U);
}

TEST(RecordCheckin, ARetryGivesTheStoredReceiptWithoutLookingAgain) {
  Site site;
  site.enrolled("ada", 1, 0);
  site.analyzer.photos["probe"] = {good_face(1, 0.1F)};
  const auto first = site.checkin(checkin_of("probe")).value();
  const int calls = site.analyzer.calls;
  const auto again = site.checkin(checkin_of("probe")).value();
  EXPECT_TRUE(again.duplicate);
  EXPECT_EQ(again.event.id, first.event.id);
  EXPECT_EQ(site.analyzer.calls, calls);
  EXPECT_EQ(site.events.events.size(), 1U);
}

TEST(RecordCheckin, AnEventIdIsForOneCheckinOnly) {
  Site site;
  site.enrolled("ada", 1, 0);
  site.analyzer.photos["probe"] = {good_face(1, 0.1F)};
  ASSERT_TRUE(site.checkin(checkin_of("probe", "e1", "s1")));
  EXPECT_EQ(site.checkin(checkin_of("probe", "e1", "s2")).error().reason, "event_id_reused");
  EXPECT_EQ(site.checkin(checkin_of("probe", "e1", "s2")).error().code, core::Errc::conflict);
}

TEST(RecordCheckin, AClaimIsComparedWithThatPersonAlone) {
  Site site;
  const auto ada = site.enrolled("ada", 1, 0);
  const auto bob = site.enrolled("bob", 0, 1);
  site.analyzer.photos["probe"] = {good_face(1, 0.6F)};  // 0.857 to ada: enough for 1:1, not for 1:N
  auto claim = checkin_of("probe", "e1");
  claim.claimed = "ext-ada";
  EXPECT_EQ(site.checkin(claim).value().event.person, ada.id);
  auto lie = checkin_of("probe", "e2");
  lie.claimed = bob.id.value;
  const auto receipt = site.checkin(lie).value();
  EXPECT_EQ(receipt.event.verdict, Verdict::unknown);
  EXPECT_EQ(receipt.event.reason, "not_the_claimed_person");
  auto nobody = checkin_of("probe", "e3");
  nobody.claimed = "emp-999";
  EXPECT_EQ(site.checkin(nobody).error().reason, "person_not_found");
}

TEST(RecordCheckin, WithoutASightingNothingIsRecorded) {
  Site site;
  site.analyzer.photos["wall"] = {};
  site.analyzer.photos["crowd"] = {good_face(1, 0, 100), good_face(0, 1, 80)};
  EXPECT_EQ(site.checkin(checkin_of("wall", "e1")).error().reason, "no_face");
  EXPECT_EQ(site.checkin(checkin_of("crowd", "e2")).error().reason, "multiple_faces");
  EXPECT_EQ(site.checkin(checkin_of("garbage", "e3")).error().reason, "image_corrupt");
  EXPECT_TRUE(site.events.events.empty());
}

TEST(RecordCheckin, KeepsTheDevicesTimeBesideOurs) {
  Site site;
  site.enrolled("ada", 1, 0);
  site.analyzer.photos["probe"] = {good_face(1, 0)};
  auto late = checkin_of("probe");
  late.captured_at = site.clock.now() - std::chrono::hours{72};
  const auto event = site.checkin(late).value().event;
  EXPECT_EQ(event.captured_at, site.clock.now() - std::chrono::hours{72});
  EXPECT_EQ(event.received_at, site.clock.now());
}

}  // namespace
}  // namespace rollcall::attendance

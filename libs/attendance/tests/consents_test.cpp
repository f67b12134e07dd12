#include "rollcall/attendance/consents.hpp"

#include "site.hpp"

namespace rollcall::attendance {
namespace {

using testing::Site;

TEST(Consents, AreKeptWithWhoHowAndWhen) {
  Site site;
  const auto ada = site.people.add({"ada", {}}).value();
  ASSERT_TRUE(site.consents.give(ada.id, {"2026-03", "de", domain::ConsentMethod::electronic, "user:1"}));
  const auto consent = site.consents.list(ada.id).value().at(0);
  EXPECT_EQ(consent.text_version, "2026-03");
  EXPECT_EQ(consent.language, "de");
  EXPECT_EQ(consent.method, domain::ConsentMethod::electronic);
  EXPECT_EQ(consent.recorded_by, "user:1");
  EXPECT_EQ(consent.given_at, site.clock.now());
  EXPECT_TRUE(consent.is_valid());
  EXPECT_EQ(site.consents.give({"nobody"}, {}).error().reason, "person_not_found");
  EXPECT_EQ(site.consents.list({"nobody"}).error().reason, "person_not_found");
}

TEST(Consents, WithdrawingOneErasesAllFaceDataAndEndsAll) {
  Site site;
  const auto ada = site.enrolled("ada", 1, 0);
  const auto bob = site.enrolled("bob", 0, 1);
  site.clock.advance(std::chrono::hours{1});
  const auto second =
      site.consents.give(ada.id, {"v2", "en", domain::ConsentMethod::written, "test"}).value();
  site.clock.advance(std::chrono::hours{1});

  const auto withdrawn = site.consents.withdraw(ada.id, second.id).value();
  EXPECT_EQ(withdrawn.withdrawn_at, site.clock.now());
  for (const auto& consent : site.consents.list(ada.id).value()) EXPECT_FALSE(consent.is_valid());
  EXPECT_TRUE(site.faces.list(ada.id).empty());
  EXPECT_TRUE(site.index.compare(testing::unit(1, 0), ada.id).candidates.empty());
  EXPECT_EQ(site.crops.crops.size(), 1U);
  EXPECT_EQ(site.faces.list(bob.id).size(), 1U);
  EXPECT_TRUE(site.people.get(ada.id)) << "the person stays, and can check in by other means";
  ASSERT_EQ(site.erasures.applied.size(), 1U);
  EXPECT_EQ(site.erasures.applied[0].reason, domain::ErasureReason::withdrawal);

  EXPECT_TRUE(site.consents.withdraw(ada.id, second.id)) << "once more changes nothing";
  EXPECT_EQ(site.erasures.applied.size(), 1U);
  EXPECT_EQ(site.consents.withdraw(bob.id, second.id).error().reason, "consent_not_found");
}

TEST(Consents, AClockThatWasSetBackSparesNothing) {
  Site site;
  const auto ada = site.enrolled("ada", 1, 0);
  const auto consent = site.consents.list(ada.id).value().at(0);
  site.clock.advance(-std::chrono::hours{24});
  EXPECT_FALSE(site.consents.withdraw(ada.id, consent.id).value().is_valid());
  EXPECT_TRUE(site.faces.list(ada.id).empty());
}

}  // namespace
}  // namespace rollcall::attendance

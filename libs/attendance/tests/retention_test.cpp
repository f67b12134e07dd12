#include "rollcall/attendance/retention.hpp"

#include "site.hpp"

namespace rollcall::attendance {
namespace {

using testing::Site;

TEST(Retention, ErasesTheFaceDataOfWhoWasNotSeenForSoLong) {
  Site site;
  const auto ada = site.enrolled("ada", 1, 0);
  const auto bob = site.enrolled("bob", 0, 1);
  Retention retention({site.erasures, site.consent_store, site.gallery, site.clock, std::chrono::days{30}});
  site.clock.advance(std::chrono::days{20});
  site.erasures.seen_at[bob.id] = site.clock.now();

  site.clock.advance(std::chrono::days{10});
  EXPECT_EQ(retention(), 0) << "to the day";
  site.clock.advance(std::chrono::microseconds{1});
  EXPECT_EQ(retention(), 1);
  EXPECT_TRUE(site.faces.list(ada.id).empty());
  EXPECT_EQ(site.faces.list(bob.id).size(), 1U);
  EXPECT_FALSE(site.consents.list(ada.id).value().at(0).is_valid());
  EXPECT_EQ(site.erasures.applied.at(0).reason, domain::ErasureReason::retention);
  EXPECT_EQ(retention(), 0) << "once";
}

TEST(Retention, ZeroKeepsForEver) {
  Site site;
  const auto ada = site.enrolled("ada", 1, 0);
  Retention retention({site.erasures, site.consent_store, site.gallery, site.clock, std::chrono::days{0}});
  site.clock.advance(std::chrono::days{100'000});
  EXPECT_EQ(retention(), 0);
  EXPECT_EQ(site.faces.list(ada.id).size(), 1U);
}

}  // namespace
}  // namespace rollcall::attendance

#include "rollcall/core/uuid.hpp"

#include <set>

#include <gtest/gtest.h>

namespace rollcall::core {
namespace {

TEST(Uuid, HasVersionSevenAndTheVariant) {
  const auto id = make_uuid_v7(TimePoint{std::chrono::milliseconds{0x0123456789ABLL}});
  ASSERT_EQ(id.size(), 36U);
  EXPECT_EQ(id.substr(0, 15), "01234567-89ab-7");
  EXPECT_NE(std::string("89ab").find(id[19]), std::string::npos);
}

TEST(Uuid, SortsByTimeAndNeverRepeats) {
  const TimePoint now{std::chrono::seconds{1'800'000'000}};
  EXPECT_LT(make_uuid_v7(now), make_uuid_v7(now + std::chrono::milliseconds{1}));
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) ids.insert(make_uuid_v7(now));
  EXPECT_EQ(ids.size(), 1000U);
}

}  // namespace
}  // namespace rollcall::core

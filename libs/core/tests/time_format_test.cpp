#include "rollcall/core/time_format.hpp"

#include <gtest/gtest.h>

namespace rollcall::core {
namespace {

struct Case {
  const char* name;
  const char* text;
  const char* utc;  // nullptr: refused
};

class ParseRfc3339 : public testing::TestWithParam<Case> {};

TEST_P(ParseRfc3339, GivesUtc) {
  const auto parsed = parse_rfc3339(GetParam().text);
  if (GetParam().utc == nullptr) {
    ASSERT_TRUE(parsed.has_error());
    EXPECT_EQ(parsed.error().reason, "bad_timestamp");
  } else {
    ASSERT_TRUE(parsed.has_value());
    EXPECT_EQ(to_rfc3339(*parsed), GetParam().utc);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Times, ParseRfc3339,
    testing::Values(Case{"zulu", "2026-11-21T08:58:03Z", "2026-11-21T08:58:03.000000Z"},
                    Case{"east", "2026-11-21T01:30:00+05:30", "2026-11-20T20:00:00.000000Z"},
                    Case{"west", "2026-12-31T20:00:00-08:00", "2027-01-01T04:00:00.000000Z"},
                    Case{"fraction", "2026-11-21T08:58:03.25Z", "2026-11-21T08:58:03.250000Z"},
                    Case{"nanoseconds_are_cut", "2026-11-21T08:58:03.123456789Z",
                         "2026-11-21T08:58:03.123456Z"},
                    Case{"leap_day", "2028-02-29T00:00:00Z", "2028-02-29T00:00:00.000000Z"},
                    Case{"leap_second", "2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000000Z"},
                    Case{"no_leap_day", "2026-02-29T00:00:00Z", nullptr},
                    Case{"no_zone", "2026-11-21T08:58:03", nullptr}, Case{"no_time", "2026-11-21", nullptr},
                    Case{"hour_24", "2026-11-21T24:00:00Z", nullptr},
                    Case{"trailing", "2026-11-21T08:58:03Zx", nullptr},
                    Case{"empty_fraction", "2026-11-21T08:58:03.Z", nullptr},
                    Case{"before_1970", "1969-12-31T23:59:59Z", nullptr}, Case{"empty", "", nullptr}),
    [](const auto& test) { return std::string{test.param.name}; });

}  // namespace
}  // namespace rollcall::core

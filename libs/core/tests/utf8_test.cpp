#include "rollcall/core/utf8.hpp"

#include <gtest/gtest.h>

namespace rollcall::core {
namespace {

struct Case {
  const char* name;
  std::string text;
  bool valid;
};

class Utf8 : public testing::TestWithParam<Case> {};

TEST_P(Utf8, IsToldFromOtherBytes) {
  EXPECT_EQ(is_utf8(GetParam().text), GetParam().valid);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, Utf8,
    testing::Values(Case{"empty", "", true}, Case{"ascii", "abc", true},
                    Case{"nul", std::string(1, '\0'), true}, Case{"two_bytes", "\xc3\xa9", true},
                    Case{"three_bytes", "\xe2\x82\xac", true}, Case{"four_bytes", "\xf0\x9f\x98\x80", true},
                    Case{"last", "\xf4\x8f\xbf\xbf", true},
                    Case{"beyond_the_last", "\xf4\x90\x80\x80", false},
                    Case{"surrogate", "\xed\xa0\x80", false}, Case{"overlong_two", "\xc0\xaf", false},
                    Case{"overlong_three", "\xe0\x80\xaf", false}, Case{"cut_off", "\xe2\x82", false},
                    Case{"lone_continuation", "\x80", false}, Case{"latin1", "caf\xe9", false}),
    [](const auto& test) { return std::string{test.param.name}; });

}  // namespace
}  // namespace rollcall::core

#include "case_folding.hpp"

#include <gtest/gtest.h>

namespace rollcall::storage {
namespace {

struct Pair {
  const char* name;
  std::string written;
  std::string folded;
};

class FoldCase : public ::testing::TestWithParam<Pair> {};

TEST_P(FoldCase, BringsLettersIntoOneCase) {
  EXPECT_EQ(fold_case(GetParam().written), GetParam().folded);
}

INSTANTIATE_TEST_SUITE_P(Scripts, FoldCase,
                         ::testing::Values(Pair{"empty", "", ""}, Pair{"ascii", "O'Neil-42", "o'neil-42"},
                                           Pair{"latin", "ÅSA ÇELİK Łukasz Ñ", "åsa çelik łukasz ñ"},
                                           Pair{"greek", "ΟΔΥΣΣΕΎΣ", "οδυσσεύσ"},
                                           Pair{"greek_final_sigma", "Οδυσσεύς", "οδυσσεύσ"},
                                           Pair{"cyrillic", "Ёжик ЩУКА", "ёжик щука"},
                                           Pair{"sharp_s_stays", "Weiß", "weiß"},
                                           Pair{"script_without_case", "田中 花子", "田中 花子"},
                                           Pair{"emoji", "Zoë 🦊", "zoë 🦊"}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(IsStorable, AcceptsUtf8) {
  EXPECT_TRUE(is_storable(""));
  EXPECT_TRUE(is_storable("Zoë\n田中 🦊"));
}

TEST(IsStorable, RefusesWhatADatabaseMayNotKeep) {
  EXPECT_FALSE(is_storable(std::string_view("a\0b", 3))) << "NUL";
  EXPECT_FALSE(is_storable("\xFF")) << "not UTF-8";
  EXPECT_FALSE(is_storable("caf\xC3")) << "cut in a character";
  EXPECT_FALSE(is_storable("\xC0\x80")) << "overlong NUL";
  EXPECT_FALSE(is_storable("\xED\xA0\x80")) << "surrogate";
}

}  // namespace
}  // namespace rollcall::storage

#include "dotenv.hpp"

#include <gtest/gtest.h>

namespace rollcall::config {
namespace {

struct Case {
  const char* name;
  const char* line;
  const char* value;  // of A, or nullptr when the line must be refused
};

class DotenvLineTest : public testing::TestWithParam<Case> {};

TEST_P(DotenvLineTest, IsReadAsWritten) {
  const auto parsed = parse_dotenv(GetParam().line);
  if (!GetParam().value) {
    EXPECT_EQ(parsed.unreadable, std::vector{1});
    EXPECT_TRUE(parsed.lines.empty());
    return;
  }
  ASSERT_EQ(parsed.lines.size(), 1U);
  EXPECT_EQ(parsed.lines[0].name, "A");
  EXPECT_EQ(parsed.lines[0].value, GetParam().value);
}

INSTANTIATE_TEST_SUITE_P(Lines, DotenvLineTest,
                         testing::Values(Case{"plain", "A=b", "b"},                            //
                                         Case{"spaces_around", "  A =  b c  ", "b c"},         //
                                         Case{"exported", "export A=b", "b"},                  //
                                         Case{"windows_line_end", "A=b\r\n", "b"},             //
                                         Case{"empty", "A=", ""},                              //
                                         Case{"only_a_comment", "A= # nothing", ""},           //
                                         Case{"comment_after", "A=b # why", "b"},              //
                                         Case{"hash_inside_a_word", "A=b#c", "b#c"},           //
                                         Case{"equals_in_value", "A=b=c", "b=c"},              //
                                         Case{"single_quoted", "A='b # \\n' # x", "b # \\n"},  //
                                         Case{"double_quoted", R"(A="b\n\"c\" \\")", "b\n\"c\" \\"},
                                         Case{"no_interpolation", "A=$HOME", "$HOME"},   //
                                         Case{"no_equals", "A", nullptr},                //
                                         Case{"bad_name", "A B=c", nullptr},             //
                                         Case{"no_name", "=c", nullptr},                 //
                                         Case{"open_single_quote", "A='b", nullptr},     //
                                         Case{"open_double_quote", "A=\"b\\", nullptr},  //
                                         Case{"text_after_quote", "A='b'c", nullptr}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(Dotenv, CountsLinesThroughCommentsAndBlanks) {
  const auto parsed = parse_dotenv("# first\n\nA=1\nnonsense\nB=2");
  ASSERT_EQ(parsed.lines.size(), 2U);
  EXPECT_EQ(parsed.lines[0].number, 3);
  EXPECT_EQ(parsed.lines[1].number, 5);
  EXPECT_EQ(parsed.unreadable, std::vector{4});
}

}  // namespace
}  // namespace rollcall::config

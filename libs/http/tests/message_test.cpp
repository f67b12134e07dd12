#include "rollcall/http/message.hpp"

#include <gtest/gtest.h>

namespace rollcall::http {
namespace {

TEST(Headers, AreFoundWithoutRegardToCaseAndKeepTheirOrder) {
  Headers headers;
  headers.add("Accept", "a");
  headers.add("ACCEPT", "b");
  EXPECT_EQ(headers.get("accept"), "a");
  headers.set("accept", "c");
  ASSERT_EQ(headers.fields().size(), 1U);
  EXPECT_EQ(headers.get("Accept"), "c");
  EXPECT_EQ(headers.get("Host"), std::nullopt);
}

TEST(Headers, AValueCannotStartAnotherField) {
  Headers headers;
  headers.set("X", "a\r\nSet-Cookie: b");
  EXPECT_EQ(headers.get("X"), "a  Set-Cookie: b");
}

TEST(HeadersDeathTest, ANameThatIsNoTokenIsABug) {
  EXPECT_DEATH(Headers().set("a b", "c"), "");
}

TEST(QueryParams, KeepTheirOrderAndRepeat) {
  const auto params = QueryParams::parse("a=1&b=x+y%2B&a=2&flag&&c=");
  ASSERT_TRUE(params);
  EXPECT_EQ(params->get("a"), "1");
  EXPECT_EQ(params->all("a"), (std::vector<std::string_view>{"1", "2"}));
  EXPECT_EQ(params->get("b"), "x y+");
  EXPECT_EQ(params->get("flag"), "");
  EXPECT_EQ(params->get("c"), "");
  EXPECT_EQ(params->get("d"), std::nullopt);
}

struct BadQuery {
  const char* name;
  std::string text;
};
class BadQueries : public ::testing::TestWithParam<BadQuery> {};

TEST_P(BadQueries, AreRefused) {
  const auto params = QueryParams::parse(GetParam().text);
  ASSERT_FALSE(params);
  EXPECT_EQ(params.error().reason, "bad_query");
}

std::string repeated(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += "a=1&";
  return text;
}

INSTANTIATE_TEST_SUITE_P(All, BadQueries,
                         ::testing::ValuesIn(std::vector<BadQuery>{
                             BadQuery{"not_hex", "a=%zz"}, BadQuery{"cut_short", "a=%2"},
                             BadQuery{"only_percent", "%"}, BadQuery{"signed_hex", "a=%+1"},
                             BadQuery{"nul", "a=%00"}, BadQuery{"not_utf8", "a=%ff"},
                             BadQuery{"overlong_utf8", "a=%c0%af"}, BadQuery{"surrogate", "a=%ed%a0%80"},
                             BadQuery{"too_many", repeated(QueryParams::kParamsMax + 1)}}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(QueryParams, TakeAsManyAsAllowed) {
  EXPECT_EQ(QueryParams::parse(repeated(QueryParams::kParamsMax))->pairs().size(), QueryParams::kParamsMax);
}

TEST(Method, NamesAreCaseSensitive) {
  EXPECT_EQ(method_from("DELETE"), Method::del);
  EXPECT_EQ(method_from("get"), std::nullopt);
  EXPECT_EQ(to_text(Method::patch), "PATCH");
}

}  // namespace
}  // namespace rollcall::http

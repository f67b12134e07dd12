#include "rollcall/http/json.hpp"

#include <gtest/gtest.h>

namespace rollcall::http {
namespace {

std::string nested(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

std::string object_of(std::size_t members) {
  std::string text = "{";
  for (std::size_t i = 0; i < members; ++i)
    text.append(i ? ",\"" : "\"").append(std::to_string(i)).append("\":1");
  return text + "}";
}

struct Case {
  const char* name;
  std::string text;
  const char* reason;  // empty when it is good
};
class ParseJson : public ::testing::TestWithParam<Case> {};

TEST_P(ParseJson, Judges) {
  const auto parsed = parse_json(GetParam().text);
  EXPECT_EQ(parsed ? "" : parsed.error().reason, GetParam().reason);
}

INSTANTIATE_TEST_SUITE_P(All, ParseJson,
                         ::testing::ValuesIn(std::vector<Case>{
                             Case{"object", R"({"a":[1,-2.5e3,"x",true,null]})", ""},
                             Case{"scalar", "7", ""},
                             Case{"byte_order_mark", "\xEF\xBB\xBF{}", ""},
                             Case{"same_key_in_two_objects", R"([{"a":1},{"a":{"a":2}}])", ""},
                             Case{"deepest", nested(32), ""},
                             Case{"too_deep", nested(33), "json_too_deep"},
                             Case{"far_too_deep", std::string(500'000, '['), "json_too_deep"},
                             Case{"most_members", object_of(1000), ""},
                             Case{"too_many_members", object_of(1001), "json_too_many_members"},
                             Case{"duplicate_key", R"({"a":1,"b":2,"a":3})", "json_duplicate_key"},
                             Case{"duplicate_escaped_key", R"({"a":1,"\u0061":3})", "json_duplicate_key"},
                             Case{"duplicate_after_child", R"({"a":{"b":1},"a":3})", "json_duplicate_key"},
                             Case{"too_large", "\"" + std::string(1024 * 1024, 'a') + "\"", "json_too_large"},
                             Case{"empty", "", "json_malformed"},
                             Case{"cut", R"({"a":)", "json_malformed"},
                             Case{"trailing_comma", "[1,]", "json_malformed"},
                             Case{"trailing_text", "{} x", "json_malformed"},
                             Case{"comment", "/* a */ 1", "json_malformed"},
                             Case{"not_a_number", "NaN", "json_malformed"},
                             Case{"single_quotes", "{'a':1}", "json_malformed"},
                             Case{"leading_zero", "[01]", "json_malformed"},
                             Case{"number_too_large", "1e999", "json_malformed"},
                             Case{"not_utf8", "\"\xff\"", "json_malformed"},
                             Case{"overlong_utf8", "\"\xc0\xaf\"", "json_malformed"},
                             Case{"lone_surrogate", R"("\ud800")", "json_malformed"},
                             Case{"control_in_string", "\"\n\"", "json_malformed"},
                             Case{"nul", std::string("{}\0", 3), "json_malformed"}}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(ParseJson, TellsWhereAndWhich) {
  EXPECT_NE(parse_json("[1,x]").error().message.find("byte 4"), std::string::npos);
  EXPECT_NE(parse_json(R"({"who":1,"who":2})").error().message.find("\"who\""), std::string::npos);
}

TEST(ParseJson, GivesTheDocument) {
  EXPECT_EQ(parse_json(R"({"a":[1]})")->at("a").at(0), 1);
}

TEST(JsonText, NumbersAreShortestAndOrderIsKept) {
  EXPECT_EQ(to_text({{"z", 0.1}, {"a", 1.0}, {"n", 100}}), R"({"z":0.1,"a":1.0,"n":100})");
}

TEST(JsonText, InvalidUtf8IsReplaced) {
  EXPECT_EQ(to_text("a\xff"), "\"a\xEF\xBF\xBD\"");
}

TEST(JsonResponse, NamesItsType) {
  const auto response = json_response(201, {{"id", 1}});
  EXPECT_EQ(response.status, 201U);
  EXPECT_EQ(response.headers.get("Content-Type"), "application/json");
  EXPECT_EQ(response.body, R"({"id":1})");
}

}  // namespace
}  // namespace rollcall::http

#include "rollcall/http/client.hpp"

#include <gtest/gtest.h>

namespace rollcall::http {
namespace {

TEST(DataUrl, IsDecoded) {
  EXPECT_EQ(*decode_data_url("data:image/png;base64,aGVsbG8=", 100), "hello");
  EXPECT_EQ(*decode_data_url("DATA:;Base64,aGVsbG8%3D", 100), "hello");
  EXPECT_EQ(*decode_data_url("data:text/plain,a%20b+c", 100), "a b+c");
  EXPECT_EQ(*decode_data_url("data:,", 100), "");
}

struct Case {
  const char* name;
  std::string url;
  const char* reason;
};
class BadDataUrl : public ::testing::TestWithParam<Case> {};

TEST_P(BadDataUrl, IsRefused) {
  const auto content = decode_data_url(GetParam().url, 5);
  ASSERT_FALSE(content);
  EXPECT_EQ(content.error().reason, GetParam().reason);
}

INSTANTIATE_TEST_SUITE_P(
    All, BadDataUrl,
    ::testing::ValuesIn(std::vector<Case>{
        Case{"other_scheme", "http:,a", "data_url_malformed"}, Case{"empty", "", "data_url_malformed"},
        Case{"no_comma", "data:text/plain", "data_url_malformed"},
        Case{"bad_base64", "data:;base64,aGV*", "data_url_malformed"},
        Case{"no_padding", "data:;base64,aGVsbG8", "data_url_malformed"},
        Case{"bad_percent", "data:,%4", "data_url_malformed"},
        Case{"endless_type", "data:" + std::string(300, 'a') + ",x", "data_url_malformed"},
        Case{"too_large", "data:,123456", "data_url_too_large"},
        Case{"too_large_base64", "data:;base64,aGVsbG8h", "data_url_too_large"},
        Case{"far_too_large", "data:," + std::string(1000, '%'), "data_url_too_large"}}),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace rollcall::http

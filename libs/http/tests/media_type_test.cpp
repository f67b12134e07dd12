#include "rollcall/http/media_type.hpp"

#include <gtest/gtest.h>

namespace rollcall::http {
namespace {

TEST(MediaType, IsReadWithItsParameters) {
  const auto type = parse_media_type("Multipart/Form-Data ; Boundary=\"a b\\\"c\"; charset=utf-8;");
  ASSERT_TRUE(type);
  EXPECT_EQ(type->essence, "multipart/form-data");
  EXPECT_EQ(type->parameters.at("boundary"), "a b\"c");
  EXPECT_EQ(type->parameters.at("charset"), "utf-8");
}

TEST(MediaType, IsRefusedWhenMalformed) {
  for (const auto* const text : {"", "text", "/plain", "text/", "a/b/c", "te xt/plain", "a/b; c", "a/b; c=",
                                 "a/b; =d", "a/b; c=d; C=e", "a/b; c=\"d", "a/b c=d", "a/b; c=d e"}) {
    EXPECT_FALSE(parse_media_type(text)) << text;
  }
  std::string many = "a/b";
  for (int i = 0; i < 17; ++i) many += "; p" + std::to_string(i) + "=1";
  EXPECT_FALSE(parse_media_type(many));
}

TEST(MediaType, AStarCoversTheSubtypes) {
  EXPECT_TRUE(covers("image/*", "image/png"));
  EXPECT_FALSE(covers("image/*", "imagex/png"));
  EXPECT_TRUE(covers("image/png", "image/png"));
  EXPECT_FALSE(covers("image/png", "image/jpeg"));
}

}  // namespace
}  // namespace rollcall::http

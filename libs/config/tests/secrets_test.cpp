#include "secrets.hpp"

#include "files.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include <rollcall/config/load.hpp>

namespace rollcall::config {
namespace {

using testing::kDataKey;
using testing::kFaceKey;
using testing::kSigningKey;
using testing::production;

std::vector<std::string> faulty_options(const Values& environment) {
  const auto loaded = load({.environment = environment});
  std::vector<std::string> names;
  if (!loaded) {
    for (const auto& fault : loaded.error().all) names.push_back(fault.option);
  }
  std::ranges::sort(names);
  return names;
}

TEST(Secrets, GoodOnesPass) {
  EXPECT_TRUE(faulty_options(production()).empty());
  EXPECT_FALSE(weakness_of_secret("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"));
}

TEST(Secrets, ProductionNamesEveryMissingOneAtOnce) {
  const std::vector<std::string> expected{"DATA_ENCRYPTION_KEY", "FACE_DATA_ENCRYPTION_KEY",
                                          "JWT_SIGNING_KEY"};
  EXPECT_EQ(faulty_options({{"APP_ENV", "production"}}), expected);
  EXPECT_TRUE(faulty_options({}).empty());  // development makes its own
}

TEST(Secrets, WeakSigningKeysAreRefused) {
  for (const auto* weak : {
           "short",
           "0",
           "attendance",
           "postgres",
           "minioadmin",
           "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
           "abababababababababababababababababababababab",
           "change-this",
           "change-this-change-this-change-this-now",
           "CHANGEMEchangemeCHANGEMEchangeme1234567",
           "your-super-secret-jwt-key-change-this-in-production",
           "YOUR_VERY_STRONG_RANDOM_SECRET_KEY",
           "django-insecure-kj3h4k5jh3k4j5h3k4j5h3k4j5h",
           "my-secret-key-that-nobody-will-ever-guess",
           "01234567890123456789012345678901234567890",
           "abcdefghijklmnopqrstuvwxyzabcdefghijkl",
           "passwordpasswordpasswordpassword12",
           "qwertyuiopasdfghjklzxcvbnmqwertyuiop",
           "replace_me_with_32_bytes_of_noise_pls",
           "1111111111222222222233333333334444444444",
       }) {
    auto environment = production();
    environment["JWT_SIGNING_KEY"] = weak;
    EXPECT_EQ(faulty_options(environment), std::vector<std::string>{"JWT_SIGNING_KEY"}) << weak;
  }
}

TEST(Secrets, TooShortIsRefusedInDevelopmentToo) {
  EXPECT_EQ(faulty_options({{"JWT_SIGNING_KEY", "short"}}), std::vector<std::string>{"JWT_SIGNING_KEY"});
}

TEST(Secrets, OneKeyDoesNotServeTwoPurposes) {
  auto environment = production();
  environment["DATA_ENCRYPTION_KEY"] = kFaceKey;
  EXPECT_EQ(faulty_options(environment), std::vector<std::string>{"DATA_ENCRYPTION_KEY"});
}

TEST(Secrets, ProductionRefusesOpenDoors) {
  auto environment = production();
  environment["DEVICE_ENROLLMENT"] = "open";
  environment["SESSION_COOKIE_SECURE"] = "false";
  EXPECT_EQ(faulty_options(environment),
            (std::vector<std::string>{"DEVICE_ENROLLMENT", "SESSION_COOKIE_SECURE"}));
}

TEST(Secrets, ComeFromFilesToo) {
  const testing::Files files;
  const auto file = files.write("jwt", std::string(kSigningKey) + "\n");
  auto environment = production();
  environment.erase("JWT_SIGNING_KEY");
  environment["JWT_SIGNING_KEY_FILE"] = file.path.string();
  const auto loaded = load({.environment = environment});
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->settings.jwt_signing_key, kSigningKey);
  environment["JWT_SIGNING_KEY_FILE"] = "/nowhere/jwt";
  EXPECT_FALSE(load({.environment = environment}));
}

TEST(Secrets, AreNeverPrinted) {
  const auto loaded = load({.environment = production()});
  ASSERT_TRUE(loaded);
  for (const auto& value : loaded->values) {
    for (const auto* secret : {kSigningKey, kFaceKey, kDataKey})
      EXPECT_EQ(value.value.find(secret), std::string::npos);
  }
  auto environment = production();
  environment["JWT_SIGNING_KEY"] = "hush-hush";
  const auto refused = load({.environment = environment});
  ASSERT_FALSE(refused);
  for (const auto& fault : refused.error().all) EXPECT_EQ(fault.value.find("hush"), std::string::npos);
}

}  // namespace
}  // namespace rollcall::config

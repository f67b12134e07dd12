#include "names.hpp"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include <rollcall/config/load.hpp>
#include <rollcall/config/option.hpp>
#include <rollcall/config/print.hpp>

namespace rollcall::config {
namespace {

TEST(Options, HaveUniqueNamesThatNoOtherListClaims) {
  std::set<std::string_view> seen;
  for (const auto& option : options()) {
    EXPECT_TRUE(seen.insert(option.name).second) << option.name;
    for (const auto alias : option.aliases) EXPECT_TRUE(seen.insert(alias).second) << alias;
  }
  for (const auto name : seen) {
    // Of the names with this prefix, those that are no option are for later.
    EXPECT_FALSE(is_for_later(name) && !name.starts_with("DJANGO_")) << name;
    EXPECT_FALSE(is_tool_variable(name)) << name;
  }
}

TEST(Options, AreDescribedInOneWholeSentence) {
  for (const auto& option : options()) {
    EXPECT_TRUE(option.help.ends_with('.')) << option.name;
    EXPECT_FALSE(option.kind.allowed.empty()) << option.name;
  }
}

TEST(Options, DeriveFlagAndTomlKeyFromTheName) {
  const auto port = std::ranges::find(options(), std::string_view("HTTP_PORT"), &Option::name);
  EXPECT_EQ(flag_of(*port), "--http-port");
  EXPECT_EQ(toml_key_of(*port), "http_port");
}

struct Case {
  const char* name;
  const char* option;
  const char* value;
  bool is_right;
};

class OptionValueTest : public ::testing::TestWithParam<Case> {};

TEST_P(OptionValueTest, IsJudged) {
  const auto& [name, option, value, is_right] = GetParam();
  const auto loaded = load({.environment = {{option, value}}});
  EXPECT_EQ(loaded.has_value(), is_right) << (loaded ? "" : print_faults(loaded.error()));
}

INSTANTIATE_TEST_SUITE_P(
    Values, OptionValueTest,
    ::testing::Values(Case{"port_zero_is_any", "HTTP_PORT", "0", true},                       //
                      Case{"port_highest", "HTTP_PORT", "65535", true},                       //
                      Case{"port_too_high", "HTTP_PORT", "65536", false},                     //
                      Case{"port_negative", "HTTP_PORT", "-1", false},                        //
                      Case{"address_other_loopback", "HTTP_ADDRESS", "127.1.2.3", true},      //
                      Case{"address_v6", "HTTP_ADDRESS", "::1", true},                        //
                      Case{"address_localhost", "HTTP_ADDRESS", "LocalHost", true},           //
                      Case{"address_any", "HTTP_ADDRESS", "0.0.0.0", true},                   //
                      Case{"address_any_v6", "HTTP_ADDRESS", "::", true},                     //
                      Case{"address_lan", "HTTP_ADDRESS", "192.168.1.2", true},               //
                      Case{"address_short_form", "HTTP_ADDRESS", "127.1", false},             //
                      Case{"address_name", "HTTP_ADDRESS", "localhost.evil.example", false},  //
                      Case{"networks", "TRUSTED_PROXIES", "10.0.0.0/8, ::1", true},
                      Case{"networks_prefix_too_long", "TRUSTED_PROXIES", "10.0.0.0/33", false},
                      Case{"networks_name", "TRUSTED_PROXIES", "proxy.example", false},
                      Case{"origins", "CORS_ALLOWED_ORIGINS", "https://a.example,http://b.example:8080",
                           true},
                      Case{"origins_wildcard", "CORS_ALLOWED_ORIGINS", "*", false},
                      Case{"origins_path", "CORS_ALLOWED_ORIGINS", "https://a.example/x", false},
                      Case{"key_short", "DATA_ENCRYPTION_KEY", "c2hvcnQ=", false},
                      Case{"key_list", "FACE_DATA_ENCRYPTION_KEYS_PREVIOUS", "x", false},
                      Case{"algorithm_none", "ALGORITHM", "none", false},
                      Case{"cookie_age_alias", "DJANGO_SESSION_COOKIE_AGE", "1800", true},
                      Case{"minutes_alias", "ACCESS_TOKEN_EXPIRE_MINUTES", "60", true},
                      Case{"env_case", "APP_ENV", "Development", true},                              //
                      Case{"env_other", "APP_ENV", "staging", false},                                //
                      Case{"database_relative", "DATABASE_URL", "sqlite:///a/b.db", true},           //
                      Case{"database_absolute", "DATABASE_URL", "sqlite:////var/a.db", true},        //
                      Case{"database_no_file", "DATABASE_URL", "sqlite:///", false},                 //
                      Case{"database_host", "DATABASE_URL", "sqlite://a.db", false},                 //
                      Case{"database_folder", "DATABASE_URL", "sqlite:///a/", false},                //
                      Case{"database_parameters", "DATABASE_URL", "sqlite:///a.db?mode=ro", false},  //
                      Case{"database_postgres", "DATABASE_URL", "postgresql://u@h/d", false},        //
                      Case{"pack_known", "MODEL_PACK", "zoo", true},                                 //
                      Case{"pack_unknown", "MODEL_PACK", "best", false},                             //
                      Case{"detector_of_a_source_system", "FACE_DETECTOR_BACKEND", "mtcnn", true},   //
                      Case{"similarity_highest", "FACE_SIMILARITY_THRESHOLD", "1", true},            //
                      Case{"similarity_too_high", "FACE_SIMILARITY_THRESHOLD", "1.01", false},       //
                      Case{"similarity_nan", "FACE_SIMILARITY_THRESHOLD", "nan", false},             //
                      Case{"size_of_bytes", "IMAGE_BYTES_MAX", "4MiB", true},                        //
                      Case{"size_too_large", "IMAGE_BYTES_MAX", "1GB", false},                       //
                      Case{"boolean_word", "PREPROCESS_APPLY_CLAHE", "ON", true},                    //
                      Case{"boolean_other", "PREPROCESS_APPLY_CLAHE", "maybe", false},               //
                      Case{"duration_unit", "HTTP_DRAIN_TIMEOUT", "2m", true},                       //
                      Case{"duration_bare", "HTTP_DRAIN_TIMEOUT", "10", false},                      //
                      Case{"duration_too_long", "HTTP_DRAIN_TIMEOUT", "11m", false},                 //
                      Case{"hosts_list", "IMAGE_URL_ALLOWED_HOSTS", "a.example, b.example:80", true},
                      Case{"hosts_url", "IMAGE_URL_ALLOWED_HOSTS", "https://a.example", false},  //
                      Case{"hosts_wildcard", "IMAGE_URL_ALLOWED_HOSTS", "*", false},             //
                      Case{"hosts_user", "IMAGE_URL_ALLOWED_HOSTS", "me@a.example", false},      //
                      Case{"hosts_bad_port", "IMAGE_URL_ALLOWED_HOSTS", "a.example:0", false}),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace rollcall::config

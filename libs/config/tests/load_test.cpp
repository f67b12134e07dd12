#include "files.hpp"

#include <gtest/gtest.h>

#include <rollcall/config/load.hpp>
#include <rollcall/config/print.hpp>

namespace rollcall::config {
namespace {

using testing::Files;
using testing::only_fault;

std::string source_of(const Configuration& configuration, std::string_view name) {
  for (const auto& each : configuration.values) {
    if (each.option->name == name) return each.source;
  }
  return "no such option";
}

TEST(Load, TakesTheDefaultsWhenNobodySaysAnything) {
  const auto loaded = load({});
  ASSERT_TRUE(loaded) << print_faults(loaded.error());
  EXPECT_EQ(loaded->settings.http_port, 8081);
  EXPECT_EQ(loaded->settings.http_address, "127.0.0.1");
  EXPECT_EQ(loaded->settings.image_bytes_max, 8'000'000U);
  EXPECT_EQ(loaded->settings.log_level, core::log::Level::info);
  EXPECT_EQ(loaded->settings.face_similarity_threshold, std::nullopt);
  EXPECT_EQ(source_of(*loaded, "HTTP_PORT"), "default");
}

// One source is taken away at a time: the next one in order must win.
TEST(Load, PrefersFlagsThenEnvironmentThenDotenvThenToml) {
  const Files files;
  Sources sources{.flags = {{"HTTP_PORT", "1001"}},
                  .environment = {{"HTTP_PORT", "1002"}},
                  .dotenv = files.write(".env", "# port\nHTTP_PORT=1003\n"),
                  .toml = files.write("rollcall.toml", "http_port = 1004\n")};
  const auto expect = [&](int port, std::string_view source) {
    const auto loaded = load(sources);
    ASSERT_TRUE(loaded) << print_faults(loaded.error());
    EXPECT_EQ(loaded->settings.http_port, port);
    EXPECT_EQ(source_of(*loaded, "HTTP_PORT"), source);
  };
  expect(1001, "--http-port");
  sources.flags.clear();
  expect(1002, "environment");
  sources.environment.clear();
  expect(1003, ".env line 2");
  sources.dotenv.reset();
  expect(1004, "rollcall.toml line 1");
  sources.toml.reset();
  expect(8081, "default");
}

TEST(Load, TreatsAnEmptyValueAsNotSet) {
  const auto loaded = load({.flags = {{"HTTP_PORT", ""}}, .environment = {{"HTTP_PORT", "9000"}}});
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->settings.http_port, 9000);
}

TEST(Load, ListsAllFaultsAtOnce) {
  const Files files;
  const auto loaded = load({.flags = {{"DB_READERS", "none"}},
                            .environment = {{"HTTP_PORT", "99999"}, {"HTTP_ADDRESS", "everywhere"}},
                            .dotenv = files.write(".env", "IMAGE_BYTES_MAX=huge\nnonsense\n"),
                            .toml = files.write("rollcall.toml", "htp_port = 1\nlog_level = \"loud\"\n")});
  ASSERT_FALSE(loaded);
  const auto text = print_faults(loaded.error());
  EXPECT_EQ(loaded.error().all.size(), 7U) << text;
  for (const auto* expected :
       {"DB_READERS=none (--db-readers): allowed: an integer from 1 to 64",
        "HTTP_PORT=99999 (environment): allowed: a port",
        "HTTP_ADDRESS=everywhere (environment): allowed: an IPv4", "IMAGE_BYTES_MAX=huge (.env line 1)",
        ".env (.env line 2): is not of the form NAME=value",
        "htp_port (rollcall.toml line 1): is not an option; did you mean http_port?",
        "LOG_LEVEL=loud (rollcall.toml line 2): allowed: debug, info"}) {
    EXPECT_NE(text.find(expected), std::string::npos) << expected << "\nis missing in\n" << text;
  }
}

TEST(Load, IgnoresAWrongValueThatAStrongerSourceReplaces) {
  EXPECT_TRUE(load({.flags = {{"HTTP_PORT", "9000"}}, .environment = {{"HTTP_PORT", "x"}}}));
}

TEST(LoadEnvironment, RefusesUnknownVariablesOfOurPrefixOnly) {
  const auto fault =
      only_fault({.environment = {{"ROLLCALL_MODLE_DIR", "secret-looking"}, {"PATH", "/bin"}}});
  EXPECT_EQ(fault.option, "ROLLCALL_MODLE_DIR");
  EXPECT_EQ(fault.value, "");
  EXPECT_EQ(fault.problem, "is not an option; did you mean ROLLCALL_MODEL_DIR?");
}

TEST(LoadEnvironment, LeavesTheVariablesOfToolsAlone) {
  EXPECT_TRUE(load({.environment = {{"ROLLCALL_TEST_DATA", "x"}, {"ROLLCALL_SKIP_PACKAGES", "1"}}}));
}

TEST(LoadEnvironment, UnderstandsAliases) {
  auto environment = testing::production();
  environment.erase("APP_ENV");
  environment["ENVIRONMENT"] = "production";
  const auto loaded = load({.environment = environment});
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->settings.app_env, AppEnv::production);
  EXPECT_EQ(source_of(*loaded, "APP_ENV"), "environment, ENVIRONMENT");
}

TEST(LoadEnvironment, RefusesTwoNamesWithDifferentValues) {
  const auto fault = only_fault({.environment = {{"ENVIRONMENT", "production"}, {"APP_ENV", "development"}}});
  EXPECT_EQ(fault.option, "APP_ENV");
  EXPECT_EQ(fault.problem, "differs from the value given in environment");
  auto twice = testing::production();
  twice["ENVIRONMENT"] = "production";
  EXPECT_TRUE(load({.environment = twice}));
}

TEST(LoadEnvironment, ReportsVariablesOfLaterVersionsWithoutRefusingThem) {
  const auto loaded =
      load({.environment = {{"REDIS_URL", "redis://x"}, {"DJANGO_DEBUG", "1"}, {"FACE_SKIP", "1"}}});
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->notices.size(), 3U);
}

TEST(LoadDotenv, RefusesALineThatContradictsAnEarlierOne) {
  const Files files;
  const auto fault = only_fault({.dotenv = files.write(".env", "HTTP_PORT=1\nHTTP_PORT=2\n")});
  EXPECT_EQ(fault.source, ".env line 2");
  EXPECT_EQ(fault.problem, "differs from the value given in .env line 1");
}

TEST(LoadDotenv, ReportsALikelySlipButToleratesForeignVariables) {
  const Files files;
  const auto loaded = load({.dotenv = files.write(".env", "HTTP_PROT=1\nCOMPOSE_PROJECT_NAME=x\n")});
  ASSERT_TRUE(loaded);
  ASSERT_EQ(loaded->notices.size(), 1U);
  EXPECT_EQ(loaded->notices[0],
            "HTTP_PROT (.env line 1) is not an option and was ignored; did you mean HTTP_PORT?");
}

TEST(LoadToml, TakesEveryTypeAndListsAsArrays) {
  const Files files;
  const auto loaded =
      load({.toml = files.write("rollcall.toml",
                                "http_port = 9000\n"
                                "preprocess_apply_clahe = true\n"
                                "face_similarity_threshold = 0.7\n"
                                "handler_timeout = \"500ms\"\n"
                                "image_url_allowed_hosts = [\"A.example\", \"b.example:8443\"]\n")});
  ASSERT_TRUE(loaded) << print_faults(loaded.error());
  EXPECT_EQ(loaded->settings.http_port, 9000);
  EXPECT_TRUE(loaded->settings.preprocess_apply_clahe);
  EXPECT_EQ(loaded->settings.face_similarity_threshold, 0.7);
  EXPECT_EQ(loaded->settings.handler_timeout, std::chrono::milliseconds(500));
  EXPECT_EQ(loaded->settings.image_url_allowed_hosts,
            (std::vector<std::string>{"a.example", "b.example:8443"}));
}

TEST(LoadToml, RefusesTablesAndBrokenSyntaxWithoutQuotingTheFile) {
  const Files files;
  EXPECT_EQ(only_fault({.toml = files.write("a.toml", "[http_port]\nx = 1\n")}).problem.substr(0, 20),
            "is of a type that no");
  const auto fault = only_fault({.toml = files.write("b.toml", "jwt = 'top secret\n")});
  EXPECT_TRUE(fault.problem.starts_with("is not TOML at line 1")) << fault.problem;
  EXPECT_EQ(fault.problem.find("secret"), std::string::npos);
}

TEST(LoadFiles, MayBeAbsentUnlessTheyAreRequired) {
  const Files files;
  const auto nowhere = files.folder() / "nowhere.toml";
  EXPECT_TRUE(load({.toml = ConfigFile{nowhere, Presence::optional}}));
  EXPECT_EQ(only_fault({.toml = ConfigFile{nowhere, Presence::required}}).problem,
            "is not a file that can be read");
  EXPECT_EQ(only_fault({.dotenv = ConfigFile{files.folder(), Presence::optional}}).problem,
            "is not a file that can be read");
}

TEST(LoadFiles, HaveASizeLimit) {
  const Files files;
  const auto fault = only_fault({.dotenv = files.write(".env", std::string(1'000'001, '#'))});
  EXPECT_EQ(fault.problem, "is larger than 1 MB, so it is not a configuration file");
}

TEST(LoadFaults, NeverShowSecretsPasswordsOrControlCharacters) {
  const std::vector<Option> table{{.name = "TOKEN",
                                   .group = "Test",
                                   .kind = {"text", "nothing", [](auto, auto&) { return std::string(); }},
                                   .default_text = "",
                                   .help = "",
                                   .secrecy = Secrecy::secret}};
  const auto hidden = load({.environment = {{"TOKEN", "hunter2"}}}, table);
  ASSERT_FALSE(hidden);
  EXPECT_EQ(print_faults(hidden.error()).find("hunter2"), std::string::npos);

  const auto url = only_fault({.environment = {{"DATABASE_URL", "postgres://me:hunter2@db/x\x1b[31m"}}});
  EXPECT_EQ(url.value, "postgres://me:***@db/x?[31m");
}

}  // namespace
}  // namespace rollcall::config

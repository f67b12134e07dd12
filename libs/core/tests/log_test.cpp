#include "rollcall/core/log.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace rollcall::core::log {
namespace {

constexpr auto kTime = "2026-11-21T08:58:03.000000Z";

TEST(Log, JsonLinesCarryTypedFields) {
  const auto line =
      format_line(Format::json, Level::info, kTime, "http", "request",
                  {{"status", 200}, {"path", "/v1/people"}, {"slow", false}, {"seconds", 0.25}});
  EXPECT_EQ(line, R"({"ts":"2026-11-21T08:58:03.000000Z","level":"INFO","module":"http","msg":"request",)"
                  R"("status":200,"path":"/v1/people","slow":false,"seconds":0.25})");
}

TEST(Log, AFieldCannotForgeALine) {
  const std::string hostile = "x\n2026 | ERROR | forged\x1b[31m\xff\r\"";
  for (const auto format : {Format::json, Format::text}) {
    const auto line = format_line(format, Level::info, kTime, "http", "request", {{"path", hostile}});
    EXPECT_EQ(line.find('\n'), std::string::npos);
    EXPECT_EQ(line.find('\r'), std::string::npos);
    EXPECT_EQ(line.find('\x1b'), std::string::npos);
  }
  const auto line = format_line(Format::json, Level::info, kTime, "http", "request", {{"path", hostile}});
  EXPECT_TRUE(nlohmann::json::accept(line)) << line;
}

TEST(Log, TextIsTimestampLevelModuleMessage) {
  EXPECT_EQ(format_line(Format::text, Level::warning, kTime, "vision", "no pack", {{"pack", "classic"}}),
            R"(2026-11-21T08:58:03.000000Z | WARNING | vision | no pack pack="classic")");
}

TEST(Log, LevelsHaveTheirUsualNames) {
  EXPECT_EQ(level_from("WARN"), Level::warning);
  EXPECT_EQ(level_from("critical"), Level::critical);
  EXPECT_EQ(level_from("loud"), std::nullopt);
}

}  // namespace
}  // namespace rollcall::core::log

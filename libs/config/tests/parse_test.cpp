#include "parse.hpp"

#include <gtest/gtest.h>

namespace rollcall::config {
namespace {

using namespace std::chrono_literals;

TEST(ParseBoolean, TakesTheFourWordsInAnyCase) {
  for (const auto* text : {"1", "true", "TRUE", "Yes", "yes", "on", "On"})
    EXPECT_EQ(parse_boolean(text), true) << text;
  for (const auto* text : {"0", "false", "False", "NO", "no", "off", "OFF"})
    EXPECT_EQ(parse_boolean(text), false) << text;
  for (const auto* text : {"", "2", "y", "tru", "true ", "enabled"})
    EXPECT_EQ(parse_boolean(text), std::nullopt) << text;
}

TEST(ParseInteger, TakesTheWholeTextOnly) {
  EXPECT_EQ(parse_integer("8081"), 8081);
  EXPECT_EQ(parse_integer("-5"), -5);
  for (const auto* text : {"", "80x", " 80", "8.0", "+8", "0x10", "99999999999999999999"}) {
    EXPECT_EQ(parse_integer(text), std::nullopt) << text;
  }
}

TEST(ParseNumber, TakesFiniteDecimals) {
  EXPECT_EQ(parse_number("0.65"), 0.65);
  EXPECT_EQ(parse_number("1"), 1.0);
  for (const auto* text : {"", "nan", "inf", "0,65", "0.5x"})
    EXPECT_EQ(parse_number(text), std::nullopt) << text;
}

TEST(ParseDuration, NeedsAUnit) {
  EXPECT_EQ(parse_duration("500ms"), 500ms);
  EXPECT_EQ(parse_duration("10s"), 10s);
  EXPECT_EQ(parse_duration("15m"), 15min);
  EXPECT_EQ(parse_duration("24H"), 24h);
  EXPECT_EQ(parse_duration("30d"), 24h * 30);
  for (const auto* text : {"", "10", "s", "-1s", "1.5h", "10 years", "9223372036854775807d"}) {
    EXPECT_EQ(parse_duration(text), std::nullopt) << text;
  }
}

TEST(ParseSize, KnowsDecimalAndBinaryUnits) {
  EXPECT_EQ(parse_size("8MB"), 8'000'000U);
  EXPECT_EQ(parse_size("8 mb"), 8'000'000U);
  EXPECT_EQ(parse_size("8MiB"), 8U << 20U);
  EXPECT_EQ(parse_size("1GB"), 1'000'000'000U);
  EXPECT_EQ(parse_size("512"), 512U);
  for (const auto* text : {"", "MB", "-8MB", "8.5MB", "8XB", "99999999999GB"}) {
    EXPECT_EQ(parse_size(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace rollcall::config

#include "progress.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include <gtest/gtest.h>

namespace rollcall::app {
namespace {

using namespace std::chrono_literals;

std::string printed(std::FILE* file) {
  std::rewind(file);
  std::array<char, 4096> buffer{};
  return {buffer.data(), std::fread(buffer.data(), 1, buffer.size(), file)};
}

TEST(ProgressLine, ShowsBarCountPercentAndTimeLeft) {
  EXPECT_EQ(progress_line({.label = "Enrolling", .done = 12, .total = 24, .elapsed = 7s}, 100),
            "Enrolling [###############---------------] 12/24   50%  0:07 left");
}

TEST(ProgressLine, ShowsBytesInMegabytes) {
  EXPECT_EQ(progress_line(
                {.label = "sface", .unit = ProgressUnit::bytes, .done = 1'250'000, .total = 2'500'000}, 100),
            "sface [###############---------------] 1.2/2.5 MB   50%");
}

TEST(ProgressLine, GuessesNoTimeAtTheStartAndNoneAtTheEnd) {
  EXPECT_EQ(progress_line({.label = "x", .done = 1, .total = 24, .elapsed = 1s}, 100).find("left"),
            std::string::npos);
  EXPECT_EQ(progress_line({.label = "x", .done = 24, .total = 24, .elapsed = 9s}, 100).find("left"),
            std::string::npos);
}

TEST(ProgressLine, FitsTheTerminal) {
  const ProgressState state{.label = "Enrolling", .done = 12, .total = 24, .elapsed = 7s};
  EXPECT_EQ(progress_line(state, 40), "Enrolling  12/24   50%  0:07 left");
  EXPECT_EQ(progress_line(state, 5), "Enrol");
}

TEST(ProgressLine, SurvivesMoreThanTheTotalAndAnUnknownTotal) {
  EXPECT_NE(progress_line({.label = "x", .done = 9, .total = 3}, 100).find("100%"), std::string::npos);
  EXPECT_EQ(progress_line({.label = "x", .done = 9}, 100), "x  9");
}

TEST(Progress, PrintsALinePerTenthOffATerminal) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::tmpfile(), &std::fclose);
  {
    Progress progress("Enrolling", ProgressUnit::items, 100, file.get());
    for (std::uint64_t i = 1; i <= 100; ++i) progress.advance_to(i);
    progress.note("done");
  }
  const auto text = printed(file.get());
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 11);
  EXPECT_EQ(text.find('\r'), std::string::npos);
}

}  // namespace
}  // namespace rollcall::app

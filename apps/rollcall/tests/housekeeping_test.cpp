#include "housekeeping.hpp"

#include <atomic>
#include <latch>

#include <gtest/gtest.h>

#include <rollcall/core/infra_error.hpp>

namespace rollcall::app {
namespace {

using namespace std::chrono_literals;

TEST(Housekeeping, EachTaskComesRoundByItsOwnPeriod) {
  std::latch often(3);
  std::atomic<int> seldom = 0;
  {
    const Housekeeping housekeeping({{"often", 1ms,
                                      [&] {
                                        if (!often.try_wait()) often.count_down();
                                      }},
                                     {"seldom", 1h, [&] { ++seldom; }}});
    often.wait();
  }
  EXPECT_EQ(seldom, 1) << "at once, and then in an hour";
}

TEST(Housekeeping, ATaskThatFailsComesRoundAgainAndHoldsNobodyUp) {
  std::latch failed(2);
  std::latch other(2);
  const Housekeeping housekeeping({{"fails", 1ms,
                                    [&] {
                                      if (!failed.try_wait()) failed.count_down();
                                      throw core::InfraError("the disk is full");
                                    }},
                                   {"other", 1ms, [&] {
                                      if (!other.try_wait()) other.count_down();
                                    }}});
  failed.wait();
  other.wait();
}

TEST(Housekeeping, StoppingWaitsForTheTaskThatRunsAndStartsNoOther) {
  std::latch started(1);
  std::atomic<bool> finished = false;
  {
    const Housekeeping housekeeping({{"slow", 1ms, [&] {
                                        if (started.try_wait()) return;
                                        started.count_down();
                                        std::this_thread::sleep_for(50ms);
                                        finished = true;
                                      }}});
    started.wait();
  }
  EXPECT_TRUE(finished);
  const Housekeeping nothing_to_do({});
}

}  // namespace
}  // namespace rollcall::app

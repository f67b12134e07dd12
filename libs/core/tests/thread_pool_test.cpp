#include "rollcall/core/thread_pool.hpp"

#include <atomic>
#include <latch>

#include <gtest/gtest.h>

namespace rollcall::core {
namespace {

TEST(ThreadPool, AFullQueueRefusesInsteadOfWaiting) {
  std::latch started{1};
  std::latch release{1};
  ThreadPool pool("test", {.threads = 1, .queue_max = 2});
  ASSERT_TRUE(pool.try_post([&] {
    started.count_down();
    release.wait();
  }));
  started.wait();
  EXPECT_TRUE(pool.try_post([] {}));
  EXPECT_TRUE(pool.try_post([] {}));
  EXPECT_FALSE(pool.try_post([] {}));
  EXPECT_EQ(pool.queued(), 2U);
  release.count_down();
}

TEST(ThreadPool, StopRunsWhatIsQueuedAndTakesNoMore) {
  std::atomic<int> done = 0;
  ThreadPool pool("test", {.threads = 2, .queue_max = 100});
  for (int i = 0; i < 50; ++i) ASSERT_TRUE(pool.try_post([&] { ++done; }));
  pool.stop();
  EXPECT_EQ(done, 50);
  EXPECT_FALSE(pool.try_post([] {}));
}

}  // namespace
}  // namespace rollcall::core

// A bounded pool of threads: a full queue is an answer, not a wait.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace rollcall::core {

struct ThreadPoolLimits {
  std::size_t threads = 1;
  std::size_t queue_max = 64;  // tasks that wait; running ones are not counted
};

// Thread safety: every member may be called from any thread, except that a pool must not be destroyed from
// one of its own tasks. A task must not throw.
class ThreadPool {
 public:
  ThreadPool(std::string name, ThreadPoolLimits limits);
  // Runs what is queued, then joins.
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  // False when the queue is full or the pool is stopping: the caller answers "overloaded".
  [[nodiscard]] bool try_post(std::function<void()> task);

  // Takes no further task, finishes the queued ones and joins. Idempotent.
  void stop();

  std::size_t queued() const;
  const std::string& name() const { return name_; }

 private:
  void work();

  const std::string name_;
  const ThreadPoolLimits limits_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace rollcall::core

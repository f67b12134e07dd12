#include "rollcall/core/thread_pool.hpp"

#include "rollcall/core/assert.hpp"

#include <pthread.h>

namespace rollcall::core {

ThreadPool::ThreadPool(std::string name, ThreadPoolLimits limits) : name_(std::move(name)), limits_(limits) {
  ROLLCALL_ASSERT(limits_.threads > 0);
  threads_.reserve(limits_.threads);
  for (std::size_t i = 0; i < limits_.threads; ++i) {
    threads_.emplace_back([this] { work(); });
    pthread_setname_np(threads_.back().native_handle(), name_.substr(0, 15).c_str());
  }
}

ThreadPool::~ThreadPool() {
  stop();
}

bool ThreadPool::try_post(std::function<void()> task) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || queue_.size() >= limits_.queue_max) return false;
    queue_.push_back(std::move(task));
  }
  wake_.notify_one();
  return true;
}

void ThreadPool::stop() {
  std::vector<std::thread> joinable;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    joinable.swap(threads_);
  }
  wake_.notify_all();
  for (auto& thread : joinable) thread.join();
}

std::size_t ThreadPool::queued() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

void ThreadPool::work() {
  for (;;) {
    std::function<void()> task;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
      task = std::move(queue_.front());
      queue_.pop_front();
    }
    task();
  }
}

}  // namespace rollcall::core

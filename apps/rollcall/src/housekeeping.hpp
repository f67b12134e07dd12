// Work that comes round again while the server runs: each task by its own period, one after another in one
// thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace rollcall::app {

struct PeriodicTask {
  std::string name;
  std::chrono::milliseconds period;
  // A core::InfraError is logged and the task comes round again; it should not run for long, because stopping
  // waits for it.
  std::function<void()> run;
};

// Thread safety: made and destroyed by one thread.
class Housekeeping {
 public:
  // Each task runs at once for the first time.
  explicit Housekeeping(std::vector<PeriodicTask> tasks);
  // Waits for the task that is running, if any.
  ~Housekeeping();
  Housekeeping(const Housekeeping&) = delete;
  Housekeeping& operator=(const Housekeeping&) = delete;

 private:
  void work();

  const std::vector<PeriodicTask> tasks_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace rollcall::app

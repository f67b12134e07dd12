#include "housekeeping.hpp"

#include <algorithm>

#include <rollcall/core/infra_error.hpp>
#include <rollcall/core/log.hpp>

namespace rollcall::app {
namespace {

using Steady = std::chrono::steady_clock;

void run_logged(const PeriodicTask& task) {
  try {
    task.run();
  } catch (const core::InfraError& error) {
    core::log::error("app", "a periodic task failed; it comes round again",
                     {{"task", task.name}, {"error", error.what()}});
  }
}

}  // namespace

Housekeeping::Housekeeping(std::vector<PeriodicTask> tasks) : tasks_(std::move(tasks)) {
  if (!tasks_.empty()) thread_ = std::thread([this] { work(); });
}

Housekeeping::~Housekeeping() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Housekeeping::work() {
  std::vector<Steady::time_point> due(tasks_.size(), Steady::now());
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const auto first = std::ranges::min_element(due);
    if (wake_.wait_until(lock, *first, [this] { return stopping_; })) return;
    const auto& task = tasks_[static_cast<std::size_t>(first - due.begin())];
    lock.unlock();
    run_logged(task);
    // From the end of the work: a task that takes longer than its period does not fill the day.
    *first = Steady::now() + task.period;
    lock.lock();
  }
}

}  // namespace rollcall::app

#include "stage_pool.hpp"

#include <rollcall/core/infra_error.hpp>

namespace rollcall::vision {

StagePool::StagePool(std::vector<StageSet> sets) : sets_(std::move(sets)) {
  for (auto& set : sets_) free_.push_back(&set);
}

StagePool::Loan StagePool::lend(std::chrono::milliseconds wait_max) {
  std::unique_lock lock(mutex_);
  if (!returned_.wait_for(lock, wait_max, [this] { return !free_.empty(); })) {
    throw core::InfraError("no network was free within " + std::to_string(wait_max.count()) + " ms");
  }
  auto* set = free_.back();
  free_.pop_back();
  return {*this, *set};
}

void StagePool::give_back(StageSet& set) {
  {
    const std::lock_guard lock(mutex_);
    free_.push_back(&set);
  }
  returned_.notify_one();
}

}  // namespace rollcall::vision

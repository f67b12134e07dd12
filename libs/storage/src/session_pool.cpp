#include "session_pool.hpp"

#include <rollcall/core/infra_error.hpp>

namespace rollcall::storage {

SessionPool::Loan::Loan(SessionPool& pool, std::unique_ptr<soci::session> session)
    : pool_(pool), session_(std::move(session)) {}

SessionPool::Loan::~Loan() {
  pool_.add(std::move(session_));
}

void SessionPool::add(std::unique_ptr<soci::session> session) {
  {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(session));
  }
  returned_.notify_one();
}

SessionPool::Loan SessionPool::lend(std::chrono::milliseconds wait_max) {
  std::unique_lock lock(mutex_);
  if (!returned_.wait_for(lock, wait_max, [this] { return !idle_.empty(); })) {
    throw core::InfraError("database busy: no connection came free in " + std::to_string(wait_max.count()) +
                           " ms");
  }
  auto session = std::move(idle_.back());
  idle_.pop_back();
  return {*this, std::move(session)};
}

}  // namespace rollcall::storage

// How many bytes of bodies the server holds at once, over all connections.
#pragma once

#include <atomic>
#include <cstddef>
#include <optional>
#include <utility>

namespace rollcall::http {

// Thread safe. Outlives its leases.
class BodyBudget {
 public:
  // Bytes that are taken until the lease ends.
  class Lease {
   public:
    Lease(BodyBudget& budget, std::size_t bytes) : budget_(&budget), bytes_(bytes) {}
    Lease(Lease&& other) noexcept : budget_(std::exchange(other.budget_, nullptr)), bytes_(other.bytes_) {}
    Lease& operator=(Lease&&) = delete;
    ~Lease() {
      if (budget_ != nullptr) budget_->used_ -= bytes_;
    }

   private:
    BodyBudget* budget_;
    std::size_t bytes_;
  };

  explicit BodyBudget(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  // nullopt when they do not fit now.
  std::optional<Lease> take(std::size_t bytes) {
    auto used = used_.load();
    do {
      if (bytes > bytes_max_ - used) return std::nullopt;
    } while (!used_.compare_exchange_weak(used, used + bytes));
    return std::optional<Lease>(std::in_place, *this, bytes);
  }

 private:
  const std::size_t bytes_max_;
  std::atomic<std::size_t> used_ = 0;  // never above bytes_max_
};

}  // namespace rollcall::http

// A few sets of stages that are lent out, one to a thread at a time.
#pragma once

#include "pack.hpp"

#include <condition_variable>
#include <mutex>
#include <vector>

namespace rollcall::vision {

// Thread safe.
class StagePool {
 public:
  explicit StagePool(std::vector<StageSet> sets);

  // Gives the set back when it goes.
  class Loan {
   public:
    Loan(StagePool& pool, StageSet& set) : pool_(pool), set_(set) {}
    ~Loan() { pool_.give_back(set_); }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    StageSet* operator->() const { return &set_; }
    StageSet& operator*() const { return set_; }

   private:
    StagePool& pool_;
    StageSet& set_;
  };

  // Waits for a free set. Throws core::InfraError when none came back in time.
  Loan lend(std::chrono::milliseconds wait_max);

 private:
  void give_back(StageSet& set);

  std::vector<StageSet> sets_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<StageSet*> free_;
};

}  // namespace rollcall::vision

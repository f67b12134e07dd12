#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include <soci/soci.h>

namespace rollcall::storage {

// Open connections, each lent to one thread at a time, with a limit on the wait.
//
// Thread safety: lend() may be called from any thread. Outlives its loans.
class SessionPool {
 public:
  class Loan {
   public:
    ~Loan();
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    soci::session& session() { return *session_; }

   private:
    friend class SessionPool;
    Loan(SessionPool& pool, std::unique_ptr<soci::session> session);

    SessionPool& pool_;
    std::unique_ptr<soci::session> session_;
  };

  void add(std::unique_ptr<soci::session> session);

  // Throws core::InfraError "database busy" when no connection comes free in time.
  Loan lend(std::chrono::milliseconds wait_max);

 private:
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<soci::session>> idle_;
};

}  // namespace rollcall::storage

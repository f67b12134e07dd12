// Slows down who guesses passwords, without locking out who knows them.
#pragma once

#include <chrono>
#include <mutex>
#include <string>

#include <rollcall/accounts/lru_map.hpp>
#include <rollcall/core/clock.hpp>

namespace rollcall::accounts {

struct LoginLimits {
  int per_client = 5;    // attempts on one account from one address, before the delays begin
  int per_account = 10;  // attempts on one account from everywhere, per window
  std::chrono::seconds window{900};
  std::chrono::seconds delay_min{30};  // after the first ones; doubles with each further failure
  std::chrono::seconds delay_max{3600};
};

// Counts attempts before the password is looked at, so that a flood costs no hashing. Bounded: the entries
// used longest ago go first. Counts live in memory: a restart forgives.
//
// Thread safe.
class LoginGuard {
 public:
  static constexpr std::size_t kEntriesMax = 100'000;

  explicit LoginGuard(const core::Clock& clock, LoginLimits limits = {}) : clock_(clock), limits_(limits) {}

  // Zero when the attempt may go on, which counts it; else how long to wait. A client that is `known`,
  // because it logged into this account before, is not held back by what others try.
  std::chrono::seconds delay(const std::string& account, const std::string& client, bool known);
  void succeeded(const std::string& account, const std::string& client, bool known);
  std::size_t size();

 private:
  struct Tries {
    core::TimePoint window_start;
    int in_window = 0;
    int blocks = 0;
    core::TimePoint blocked_until;
  };
  enum class Patience { shrinks, per_window };

  static std::string client_key(const std::string& account, const std::string& client, bool known);
  std::chrono::seconds count(const std::string& key, int limit, Patience patience, core::TimePoint now);

  const core::Clock& clock_;
  const LoginLimits limits_;
  std::mutex mutex_;
  LruMap<Tries> tries_{kEntriesMax};
};

}  // namespace rollcall::accounts

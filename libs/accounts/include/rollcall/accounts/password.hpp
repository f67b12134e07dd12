// Passwords: Argon2id with a pepper, and a bound on how many are computed at once.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include <rollcall/core/result.hpp>
#include <rollcall/crypto/key.hpp>

namespace rollcall::accounts {

// The work of one hash: OWASP's minimum set, about 30 to 60 ms of one core.
struct PasswordCost {
  unsigned passes = 2;
  std::size_t memory_bytes = 19456UL * 1024;
};

// Thread safe.
class PasswordHasher {
 public:
  static constexpr std::size_t kLengthMin = 8;
  static constexpr std::size_t kLengthMax = 256;
  static constexpr int kAtOnceMax = 2;  // so that logins cannot starve check-ins

  // The pepper is a key outside the database: stolen hashes alone cannot be tried out.
  explicit PasswordHasher(const crypto::Key& pepper, PasswordCost cost = {});

  // Errors: invalid_input "password_too_short", "password_too_long", "password_too_common".
  static core::Result<void> judge(std::string_view password, std::string_view username);

  // Errors: overloaded "too_many_logins" when no turn comes up within a second.
  core::Result<std::string> hash(std::string_view password);

  struct Verified {
    bool matches = false;
    bool outdated = false;  // right, but to be hashed again: bcrypt, or other costs
  };
  // No hash at all takes as long as a wrong password. Takes bcrypt hashes ("$2b$...") of other systems too.
  core::Result<Verified> verify(std::string_view password, const std::optional<std::string>& hash);

  // How many times the work was done, for metrics and tests.
  std::uint64_t count() const;
  int running_max() const;

 private:
  class Turn;
  std::string peppered(std::string_view password) const;
  std::string compute(std::string_view password) const;

  const crypto::Key pepper_;
  const PasswordCost cost_;
  std::string dummy_;
  mutable std::mutex mutex_;
  std::condition_variable freed_;
  int running_ = 0;
  int running_max_ = 0;
  std::uint64_t count_ = 0;
};

}  // namespace rollcall::accounts

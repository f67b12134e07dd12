#include "rollcall/accounts/login_guard.hpp"

#include <algorithm>

namespace rollcall::accounts {

std::chrono::seconds LoginGuard::delay(const std::string& account, const std::string& client, bool known) {
  const std::lock_guard lock(mutex_);
  const auto now = clock_.now();
  const auto own = count(client_key(account, client, known), limits_.per_client, Patience::shrinks, now);
  if (own.count() > 0 || known) return own;
  return count("account\n" + account, limits_.per_account, Patience::per_window, now);
}

std::string LoginGuard::client_key(const std::string& account, const std::string& client, bool known) {
  return (known ? "known\n" : "client\n") + account + "\n" + client;
}

std::chrono::seconds LoginGuard::count(const std::string& key, int limit, Patience patience,
                                       core::TimePoint now) {
  auto& tries = tries_.get(key, {.window_start = now});
  if (now < tries.blocked_until) return std::chrono::ceil<std::chrono::seconds>(tries.blocked_until - now);
  // A quiet window forgives everything.
  if (now - std::max(tries.window_start, tries.blocked_until) >= limits_.window)
    tries = {.window_start = now};
  if (tries.in_window < limit) {
    ++tries.in_window;
    return {};
  }
  if (patience == Patience::per_window) {
    tries.blocked_until = tries.window_start + limits_.window;
  } else {
    // After the wait there is one more try before the next, longer one.
    const auto doubled = limits_.delay_min * (std::int64_t{1} << std::min(tries.blocks, 20));
    tries.blocked_until = now + std::min(doubled, limits_.delay_max);
    tries.in_window = limit - 1;
    ++tries.blocks;
  }
  if (tries.blocked_until <= now) {  // the window has just ended
    tries = {.window_start = now, .in_window = 1};
    return {};
  }
  return std::chrono::ceil<std::chrono::seconds>(tries.blocked_until - now);
}

void LoginGuard::succeeded(const std::string& account, const std::string& client, bool known) {
  const std::lock_guard lock(mutex_);
  tries_.erase(client_key(account, client, known));
}

std::size_t LoginGuard::size() {
  const std::lock_guard lock(mutex_);
  return tries_.size();
}

}  // namespace rollcall::accounts

// All of accounts over stores in memory and a clock that stands still.
#pragma once

#include <gtest/gtest.h>

#include <rollcall/accounts/devices.hpp>
#include <rollcall/accounts/testing/memory_stores.hpp>
#include <rollcall/accounts/users.hpp>
#include <rollcall/core/testing/fake_clock.hpp>

namespace rollcall::accounts {

constexpr const char* kJwtKey = "a test's key of more than 32 bytes.";
constexpr const char* kPassword = "correct horse battery";

struct Office {
  core::testing::FakeClock clock;
  testing::MemoryUsers user_store;
  testing::MemoryDevices device_store;
  testing::MemorySessions session_store;
  Roster roster;
  AccessTokens access_tokens{{.signing_keys = {kJwtKey}}, clock};
  int reuses = 0;
  Sessions sessions{{.store = session_store,
                     .roster = roster,
                     .access_tokens = access_tokens,
                     .key = crypto::Key::random(),
                     .clock = clock,
                     .policy = {},
                     .on_reuse = [this](const Session&) { ++reuses; }}};
  // As little work as libsodium allows.
  PasswordHasher hasher{crypto::Key::random(), {.passes = 1, .memory_bytes = 8192}};
  LoginGuard guard{clock};
  Users users{{user_store, roster, sessions, hasher, guard, crypto::Key::random(), clock}};
  Devices devices{{device_store, roster, sessions, crypto::Key::random(), clock, Enrollment::code}};

  User add(const std::string& name, Role role = Role::admin) {
    return users.add({.username = name, .password = kPassword, .role = role, .person = {}}).value();
  }
  core::Result<User> log_in(const std::string& name, const std::string& password,
                            const std::string& address = "192.0.2.1", const std::string& cookie = "") {
    return users.log_in({name, password, {}}, {address, cookie});
  }
};

// The reason of a refusal, or "" for a success.
template <class T>
std::string reason_of(const core::Result<T>& result) {
  return result ? "" : std::string(result.error().reason);
}

}  // namespace rollcall::accounts

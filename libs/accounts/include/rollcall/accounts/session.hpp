// A login that lasts: of a user in a browser or a program, or of a device.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <rollcall/core/clock.hpp>

namespace rollcall::accounts {

enum class SubjectKind { user, device };
enum class SessionKind { tokens, browser };

struct Session {
  std::string id;
  SessionKind kind = SessionKind::tokens;
  SubjectKind subject_kind = SubjectKind::user;
  std::string subject;       // user or device id
  std::int64_t counter = 0;  // of its refresh token
  core::TimePoint started_at;
  core::TimePoint used_at;
  core::TimePoint expires_at;  // without use
  core::TimePoint ends_at;     // in any case
  std::optional<core::TimePoint> revoked_at = {};
};

}  // namespace rollcall::accounts

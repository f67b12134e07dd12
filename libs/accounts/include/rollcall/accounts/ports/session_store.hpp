#pragma once

#include <optional>
#include <string>
#include <vector>

#include <rollcall/accounts/session.hpp>

namespace rollcall::accounts {

// Every member is one committed transaction. Thread safe. Throws core::InfraError.
class SessionStore {
 public:
  virtual ~SessionStore() = default;

  virtual void add(const Session& session) = 0;
  virtual std::optional<Session> find(const std::string& id) = 0;
  // Neither revoked nor ended.
  virtual std::vector<Session> list_live(core::TimePoint now) = 0;
  // Moves the counter from `counter` to the next one and sets both times. False when it stands elsewhere by
  // now, or the session was revoked.
  virtual bool advance(const std::string& id, std::int64_t counter, core::TimePoint used_at,
                       core::TimePoint expires_at) = 0;
  virtual void touch(const std::string& id, core::TimePoint used_at, core::TimePoint expires_at) = 0;
  virtual void revoke(const std::string& id, core::TimePoint at) = 0;
  virtual void revoke_all(SubjectKind kind, const std::string& subject, core::TimePoint at) = 0;
  // Those that ended before.
  virtual void erase_ended(core::TimePoint before) = 0;
};

}  // namespace rollcall::accounts

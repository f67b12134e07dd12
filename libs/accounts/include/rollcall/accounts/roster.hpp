// Who may act at this moment, in memory: asked on every request.
#pragma once

#include <optional>
#include <shared_mutex>
#include <string>
#include <unordered_map>

#include <rollcall/accounts/principal.hpp>
#include <rollcall/accounts/session.hpp>
#include <rollcall/core/clock.hpp>

namespace rollcall::accounts {

// What the use cases commit they also put here, so a disabled user or a revoked session is refused from the
// next request on.
//
// Thread safe.
class Roster {
 public:
  struct LiveSession {
    SessionKind kind;
    core::TimePoint used_at;
    core::TimePoint expires_at;
    core::TimePoint ends_at;
  };
  struct Found {
    Principal principal;
    LiveSession session;
  };

  // An active user or device.
  void admit(SubjectKind kind, const std::string& id, Role role,
             const std::optional<domain::PersonId>& person);
  // With all their sessions.
  void dismiss(SubjectKind kind, const std::string& id);

  void open(const Session& session);
  void extend(const std::string& session, core::TimePoint used_at, core::TimePoint expires_at);
  void close(const std::string& session);

  // nullopt unless the session is live and its subject active.
  std::optional<Found> find(const std::string& session, core::TimePoint now) const;
  // Forgets sessions that have ended.
  void tidy(core::TimePoint now);

 private:
  struct Subject {
    Role role;
    std::optional<domain::PersonId> person;
  };
  struct Entry {
    std::string subject;  // key of subjects_
    std::string subject_id;
    LiveSession live;
  };
  static std::string key(SubjectKind kind, const std::string& id);

  mutable std::shared_mutex mutex_;
  std::unordered_map<std::string, Subject> subjects_;
  std::unordered_map<std::string, Entry> sessions_;
};

}  // namespace rollcall::accounts

#include "rollcall/accounts/roster.hpp"

#include <mutex>

namespace rollcall::accounts {

std::string Roster::key(SubjectKind kind, const std::string& id) {
  return (kind == SubjectKind::user ? "user:" : "device:") + id;
}

void Roster::admit(SubjectKind kind, const std::string& id, Role role,
                   const std::optional<domain::PersonId>& person) {
  const std::unique_lock lock(mutex_);
  subjects_.insert_or_assign(key(kind, id), Subject{role, person});
}

void Roster::dismiss(SubjectKind kind, const std::string& id) {
  const std::unique_lock lock(mutex_);
  const auto subject = key(kind, id);
  subjects_.erase(subject);
  std::erase_if(sessions_, [&](const auto& each) { return each.second.subject == subject; });
}

void Roster::open(const Session& session) {
  const std::unique_lock lock(mutex_);
  sessions_.insert_or_assign(session.id,
                             Entry{key(session.subject_kind, session.subject),
                                   session.subject,
                                   {session.kind, session.used_at, session.expires_at, session.ends_at}});
}

void Roster::extend(const std::string& session, core::TimePoint used_at, core::TimePoint expires_at) {
  const std::unique_lock lock(mutex_);
  const auto found = sessions_.find(session);
  if (found == sessions_.end()) return;
  found->second.live.used_at = used_at;
  found->second.live.expires_at = expires_at;
}

void Roster::close(const std::string& session) {
  const std::unique_lock lock(mutex_);
  sessions_.erase(session);
}

std::optional<Roster::Found> Roster::find(const std::string& session, core::TimePoint now) const {
  const std::shared_lock lock(mutex_);
  const auto found = sessions_.find(session);
  if (found == sessions_.end()) return std::nullopt;
  const auto& entry = found->second;
  if (now >= entry.live.expires_at || now >= entry.live.ends_at) return std::nullopt;
  const auto subject = subjects_.find(entry.subject);
  if (subject == subjects_.end()) return std::nullopt;
  return Found{{.role = subject->second.role,
                .id = entry.subject_id,
                .session = session,
                .person = subject->second.person},
               entry.live};
}

void Roster::tidy(core::TimePoint now) {
  const std::unique_lock lock(mutex_);
  std::erase_if(sessions_, [&](const auto& each) {
    return now >= each.second.live.expires_at || now >= each.second.live.ends_at;
  });
}

}  // namespace rollcall::accounts

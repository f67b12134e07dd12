#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <rollcall/core/clock.hpp>
#include <rollcall/core/page.hpp>
#include <rollcall/core/result.hpp>

namespace rollcall::accounts {

// Who did what to what. Holds ids only: no name, photo, score or secret.
struct AuditEntry {
  core::TimePoint at;
  std::string actor;   // "user:<id>", "device:<id>", "service:<id>", "command line", "system"
  std::string action;  // the operation: "erasePerson"
  std::string target;  // what it was done to: "person:<id>"; may be empty
  std::string request_id;
  std::string client_address;
};

struct AuditRecord {
  std::int64_t sequence = 0;  // without gaps, by the order of commits
  AuditEntry entry;
};

struct AuditQuery {
  std::optional<std::string> actor;
  std::optional<std::string> action;
  std::optional<std::string> target;
  int limit = 50;  // 1..500
  std::optional<std::string> cursor;
};

// The log of administrative acts: append-only, each entry chained to the one before.
//
// Thread safe. Throws core::InfraError.
class AuditTrail {
 public:
  virtual ~AuditTrail() = default;

  // Until end(), every transaction that this thread commits carries the entry: the act and its entry are
  // both there or both not. Not to be nested. Use AuditScope.
  virtual void begin(const AuditEntry& entry) = 0;
  virtual void end() noexcept = 0;
  // In a transaction of its own: for reads of sensitive data and for refusals.
  virtual void record(const AuditEntry& entry) = 0;

  // Newest first. Errors: invalid_input "bad_cursor".
  virtual core::Result<core::Page<AuditRecord>> list(const AuditQuery& query) = 0;
};

class AuditScope {
 public:
  AuditScope(AuditTrail& trail, const AuditEntry& entry) : trail_(trail) { trail_.begin(entry); }
  ~AuditScope() { trail_.end(); }
  AuditScope(const AuditScope&) = delete;
  AuditScope& operator=(const AuditScope&) = delete;

 private:
  AuditTrail& trail_;
};

}  // namespace rollcall::accounts

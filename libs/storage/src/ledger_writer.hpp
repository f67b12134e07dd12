#pragma once

#include "canonical_row.hpp"
#include "ledger_keys.hpp"

#include <string>

#include <soci/soci.h>

#include <rollcall/core/clock.hpp>

namespace rollcall::storage {

// The forms of canonical rows, and the columns they take, in their order.
constexpr auto kLedgerForm = "rollcall ledger 1";
constexpr auto kEventForm = "rollcall event 1";
constexpr auto kEventColumns =
    "sequence, id, device_id, device_event_id, request_sha256, method, verdict, reason, person_id, "
    "captured_at, "
    "received_at, evidence";
constexpr auto kAuditForm = "rollcall audit 1";
constexpr auto kAuditColumns = "sequence, at, actor, action, target, request_id, client_address";

constexpr auto kEventKind = "event";
constexpr auto kAuditKind = "audit";

// Of a chain; lower-case hexadecimal.
std::string seal_of(const std::string& chain, const LedgerKeys& keys);

// Appends rows within one write transaction, from where the chain stands.
class LedgerWriter {
 public:
  LedgerWriter(soci::session& sql, const LedgerKeys& keys);

  // `digest` is that of the subject's canonical row.
  void append(const std::string& kind, const std::string& subject, core::TimePoint recorded_at,
              const std::string& digest);

 private:
  const LedgerKeys& keys_;
  soci::statement insert_;
  // What the statement writes; before the first append, the last row that is there.
  long long sequence_ = 0;
  std::string kind_;
  std::string subject_;
  long long recorded_at_ = 0;
  std::string digest_;
  std::string chain_;
  std::string mac_;
};

}  // namespace rollcall::storage

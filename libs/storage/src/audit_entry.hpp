#pragma once

#include "ledger_keys.hpp"

#include <soci/soci.h>

#include <rollcall/accounts/ports/audit_trail.hpp>

namespace rollcall::storage {

// The entry and its row of the ledger, in the transaction that is open. Its text must be storable.
void append_audit_entry(soci::session& sql, const LedgerKeys& keys, const accounts::AuditEntry& entry);

}  // namespace rollcall::storage

// The tamper-evident ledger over events and audit entries: opening, anchoring and verifying it.
//
// Rows are chained and sealed as the stores write them. What that proves and what it does not is in
// docs/decisions/0006-ledger.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <rollcall/core/clock.hpp>
#include <rollcall/core/result.hpp>
#include <rollcall/storage/database.hpp>

namespace rollcall::storage {

// All of these throw core::InfraError, also when the database has no data key.

// Chains the events from before there was a ledger, in batches, then appends the audit entry "openLedger"
// that says how many they were. Does nothing when that entry is there. Before the first event is appended;
// needs Access::serve. Refuses events where anchors, in the database or in `anchor_file`, tell that the
// ledger was open before: an attacker who deleted it would get his events sealed.
void open_ledger(Database& database, const std::filesystem::path& anchor_file, const core::Clock& clock);

// A signed statement of where the chain stood. Without copies of anchors out of an attacker's reach, nobody
// sees that the end of the ledger was cut off, or that all of it was made anew with the key.
struct LedgerAnchor {
  std::int64_t sequence = 0;
  std::string chain;
  core::TimePoint at;
  std::string public_key;  // base64, Ed25519
  std::string signature;   // base64
};

struct LedgerFault {
  std::int64_t sequence = 0;  // the first that is not as it was written
  std::string what;
};

struct LedgerReport {
  // Checked, up to the fault if there is one.
  std::int64_t rows = 0;
  std::int64_t events = 0;
  std::int64_t audit_entries = 0;
  std::int64_t anchors = 0;
  std::string chain;  // of the last of these rows
  std::optional<LedgerFault> fault;
};

// Rows done, rows in all.
using LedgerProgress = std::function<void(std::int64_t, std::int64_t)>;

// Every row against its event or audit entry, the chain, the seals, the database's anchors and `copies` of
// anchors from elsewhere. One pass over one state of the database, also beside a server.
LedgerReport verify_ledger(Database& database, const std::vector<LedgerAnchor>& copies = {},
                           const LedgerProgress& progress = {});

enum class AnchorWhen {
  due,  // five minutes or 1,000 rows after the last anchor
  now,
};

struct Anchoring {
  std::optional<LedgerAnchor> made;  // absent: nothing new, or not yet due
  // The ledger contradicts its last anchor: nothing was signed.
  std::optional<LedgerFault> fault;
};

// Signs where the chain stands, into the database, onto the end of `file` (one JSON object a line, synced)
// and into the log. For one thread at a time.
Anchoring anchor_ledger(Database& database, const std::filesystem::path& file, const core::Clock& clock,
                        AnchorWhen when);

struct AnchorFile {
  std::vector<LedgerAnchor> anchors;
  int torn_lines = 0;  // cut off by a crash while they were written
};

// Errors: not_found "anchors_unreadable", invalid_input "anchors_malformed".
core::Result<AnchorFile> read_anchor_file(const std::filesystem::path& file);

}  // namespace rollcall::storage

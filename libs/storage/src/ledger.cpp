#include "rollcall/storage/ledger.hpp"

#include "audit_entry.hpp"
#include "connections.hpp"
#include "ledger_check.hpp"
#include "ledger_writer.hpp"
#include "sqlite_rows.hpp"

#include <rollcall/core/infra_error.hpp>
#include <rollcall/core/log.hpp>

namespace rollcall::storage {
namespace {

constexpr int kEventsPerBatch = 10'000;
constexpr auto kOpened = "openLedger";

constexpr auto kOpener = "system";

bool is_open(soci::session& sql) {
  const std::string action = kOpened;
  const std::string actor = kOpener;
  long long entries = 0;
  sql << "SELECT COUNT(*) FROM audit WHERE action = :action AND actor = :actor", soci::use(action, "action"),
      soci::use(actor, "actor"), soci::into(entries);
  return entries > 0;
}

bool has_anchors(soci::session& sql) {
  long long anchors = 0;
  sql << "SELECT COUNT(*) FROM ledger_anchors", soci::into(anchors);
  return anchors > 0;
}

bool has_content(const std::filesystem::path& file) {
  std::error_code missing;
  const auto size = std::filesystem::file_size(file, missing);
  return !missing && size > 0;
}

std::int64_t last_chained_event(soci::session& sql) {
  long long sequence = 0;
  sql << "SELECT COALESCE(MAX(sequence), 0) FROM events WHERE id = "
         "(SELECT subject FROM ledger WHERE kind = 'event' ORDER BY sequence DESC LIMIT 1)",
      soci::into(sequence);
  return sequence;
}

std::int64_t count_chained_events(soci::session& sql) {
  long long rows = 0;
  sql << "SELECT COUNT(*) FROM ledger WHERE kind = 'event'", soci::into(rows);
  return rows;
}

std::int64_t chain_events_after(soci::session& sql, const LedgerKeys& keys, std::int64_t sequence,
                                core::TimePoint now) {
  SqliteRows events(sql, std::string("SELECT ") + kEventColumns + " FROM events WHERE sequence > " +
                             std::to_string(sequence) + " ORDER BY sequence LIMIT " +
                             std::to_string(kEventsPerBatch));
  LedgerWriter ledger(sql, keys);
  std::int64_t count = 0;
  for (; events.next(); ++count) {
    CanonicalRow row(kEventForm);
    for (int column = 0; column < events.columns(); ++column) events.add_to(row, column);
    ledger.append(kEventKind, std::string(events.text(1)), now, row.digest());
  }
  return count;
}

}  // namespace

// The audit entry is what tells that the ledger is open: once it is there, an event that bypassed the ledger
// is never taken into it again.
void open_ledger(Database& database, const std::filesystem::path& anchor_file, const core::Clock& clock) {
  auto& connections = database.connections();
  const auto& keys = connections.ledger_keys();
  const auto now = clock.now();
  for (bool opened = false; !opened;) {
    opened = connections.write([&](soci::session& sql) {
      if (is_open(sql)) return true;
      const auto chained = chain_events_after(sql, keys, last_chained_event(sql), now);
      if (chained > 0) {
        if (!has_anchors(sql) && !has_content(anchor_file)) return false;
        throw core::InfraError(
            "ledger: there are anchors, yet the ledger was never opened: it was tampered with. "
            "If this is another database than they speak of, move " +
            anchor_file.string() + " away");
      }
      const auto events = count_chained_events(sql);
      append_audit_entry(sql, keys,
                         {.at = now,
                          .actor = kOpener,
                          .action = kOpened,
                          .target = "events:" + std::to_string(events),
                          .request_id = "",
                          .client_address = ""});
      core::log::info("storage", "ledger opened", {{"events", events}});
      return true;
    });
  }
}

LedgerReport verify_ledger(Database& database, const std::vector<LedgerAnchor>& copies,
                           const LedgerProgress& progress) {
  auto& connections = database.connections();
  const auto& keys = connections.ledger_keys();
  return connections.read([&](soci::session& sql) { return check_ledger(sql, keys, copies, progress); });
}

}  // namespace rollcall::storage

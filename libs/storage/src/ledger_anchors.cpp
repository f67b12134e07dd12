#include "anchor_file.hpp"
#include "connections.hpp"
#include "ledger_writer.hpp"
#include "statement.hpp"

#include <rollcall/core/log.hpp>
#include <rollcall/crypto/mac.hpp>

namespace rollcall::storage {
namespace {

constexpr std::chrono::minutes kAgeMax{5};
constexpr std::int64_t kRowsMax = 1000;

struct Position {
  long long sequence = 0;
  std::string chain;
  std::string mac;
};

// Of one row, or nothing where it is missing.
std::optional<Position> row_of_ledger(soci::session& sql, const std::string& condition) {
  soci::statement select(sql);
  Position row;
  select.exchange(soci::into(row.sequence));
  select.exchange(soci::into(row.chain));
  select.exchange(soci::into(row.mac));
  open(select, "SELECT sequence, chain, mac FROM ledger " + condition);
  return select.fetch() ? std::optional(row) : std::nullopt;
}

struct LastAnchor {
  long long sequence = 0;
  std::string chain;
  long long at = 0;
};

std::optional<LastAnchor> last_anchor(soci::session& sql) {
  soci::statement select(sql);
  LastAnchor anchor;
  select.exchange(soci::into(anchor.sequence));
  select.exchange(soci::into(anchor.chain));
  select.exchange(soci::into(anchor.at));
  open(select, "SELECT sequence, chain, at FROM ledger_anchors ORDER BY sequence DESC LIMIT 1");
  return select.fetch() ? std::optional(anchor) : std::nullopt;
}

// A cut or rewritten ledger must not get a fresh signature. Only what costs nothing is looked at: the rest is
// for verify_ledger().
std::optional<LedgerFault> fault_of(soci::session& sql, const std::optional<Position>& head,
                                    const std::optional<LastAnchor>& last, const LedgerKeys& keys) {
  if (last) {
    const auto row = row_of_ledger(sql, "WHERE sequence = " + std::to_string(last->sequence));
    if (!row) return LedgerFault{last->sequence, "the last anchor signed a row that is missing"};
    if (row->chain != last->chain)
      return LedgerFault{last->sequence, "the last anchor signed another chain than the row now has"};
  }
  if (head && !crypto::equal(head->mac, seal_of(head->chain, keys)))
    return LedgerFault{head->sequence, "the row's seal is not of this installation's data key"};
  return std::nullopt;
}

bool is_due(const Position& head, const std::optional<LastAnchor>& last, core::TimePoint now,
            AnchorWhen when) {
  if (!last) return true;
  if (head.sequence == last->sequence) return false;
  const auto age = now - time_from_column(last->at);
  return when == AnchorWhen::now || head.sequence - last->sequence >= kRowsMax || age >= kAgeMax ||
         age < age.zero();  // the clock was set back
}

void insert(soci::session& sql, const LedgerAnchor& anchor) {
  soci::statement statement(sql);
  const long long sequence = anchor.sequence;
  const long long at = to_column(anchor.at);
  statement.exchange(soci::use(sequence, "sequence"));
  statement.exchange(soci::use(anchor.chain, "chain"));
  statement.exchange(soci::use(at, "at"));
  statement.exchange(soci::use(anchor.public_key, "public_key"));
  statement.exchange(soci::use(anchor.signature, "signature"));
  change(statement,
         "INSERT INTO ledger_anchors (sequence, chain, at, public_key, signature) VALUES (:sequence, :chain, "
         ":at, "
         ":public_key, :signature)");
}

}  // namespace

Anchoring anchor_ledger(Database& database, const std::filesystem::path& file, const core::Clock& clock,
                        AnchorWhen when) {
  auto& connections = database.connections();
  const auto& keys = connections.ledger_keys();
  auto anchoring = connections.write([&](soci::session& sql) -> Anchoring {
    const auto head = row_of_ledger(sql, "ORDER BY sequence DESC LIMIT 1");
    const auto last = last_anchor(sql);
    if (auto fault = fault_of(sql, head, last, keys)) return {.made = {}, .fault = std::move(fault)};
    const auto now = clock.now();
    if (!head || !is_due(*head, last, now, when)) return {};
    LedgerAnchor anchor{
        .sequence = head->sequence, .chain = head->chain, .at = now, .public_key = {}, .signature = {}};
    sign(anchor, keys);
    insert(sql, anchor);
    return {.made = std::move(anchor), .fault = {}};
  });
  // After the commit, for it must not speak of rows that may still vanish.
  if (const auto& anchor = anchoring.made) {
    append_to_anchor_file(file, *anchor);
    core::log::info("storage", "ledger anchored",
                    {{"sequence", anchor->sequence},
                     {"chain", anchor->chain},
                     {"public_key", anchor->public_key},
                     {"signature", anchor->signature}});
  }
  return anchoring;
}

}  // namespace rollcall::storage

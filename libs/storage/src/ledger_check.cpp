#include "ledger_check.hpp"

#include "anchor_file.hpp"
#include "ledger_writer.hpp"
#include "sqlite_rows.hpp"
#include "statement.hpp"

#include <algorithm>

#include <rollcall/core/time_format.hpp>
#include <rollcall/crypto/mac.hpp>

namespace rollcall::storage {
namespace {

constexpr std::int64_t kRowsPerProgress = 10'000;

std::string select(const std::string& columns, const std::string& table) {
  return "SELECT " + columns + " FROM " + table + " ORDER BY sequence";
}

// What the ledger's rows of one kind are about, read in step with them.
class Subjects {
 public:
  Subjects(soci::session& sql, const char* name, const char* form, const char* columns, const char* table,
           int id_column)
      : name_(name), form_(form), rows_(sql, select(columns, table)), id_column_(id_column) {}

  // The fault of the next one, which must be this.
  std::optional<std::string> fault_of_next(std::string_view id, std::string_view digest) {
    if (!rows_.next()) return name_ + " " + std::string(id) + " is missing";
    if (rows_.shown(id_column_) != id) {
      return name_ + " " + std::string(id) + " is not at its place, where now is " + rows_.shown(id_column_);
    }
    CanonicalRow row(form_);
    for (int column = 0; column < rows_.columns(); ++column) rows_.add_to(row, column);
    if (row.digest() != digest) return name_ + " " + std::string(id) + " was changed";
    ++count_;
    return std::nullopt;
  }

  // When the ledger has come to its end.
  std::optional<std::string> fault_of_rest() {
    if (!rows_.next()) return std::nullopt;
    return name_ + " " + rows_.shown(id_column_) + " is not in the ledger";
  }

  std::int64_t count() const { return count_; }

 private:
  std::string name_;
  const char* form_;
  SqliteRows rows_;
  int id_column_;
  std::int64_t count_ = 0;
};

std::vector<LedgerAnchor> stored_anchors(soci::session& sql) {
  std::vector<LedgerAnchor> anchors;
  SqliteRows rows(sql, select("sequence, chain, at, public_key, signature", "ledger_anchors"));
  while (rows.next()) {
    anchors.push_back({rows.number(0), std::string(rows.text(1)), time_from_column(rows.number(2)),
                       std::string(rows.text(3)), std::string(rows.text(4))});
  }
  return anchors;
}

std::string name_of(const LedgerAnchor& anchor) {
  return "the anchor of " + core::to_rfc3339(anchor.at);
}

// Anchors in the order of the rows that they speak of.
class Anchors {
 public:
  Anchors(std::vector<LedgerAnchor> anchors, const LedgerKeys& keys)
      : anchors_(std::move(anchors)), next_(anchors_.begin()), keys_(keys) {
    std::ranges::stable_sort(anchors_, {}, &LedgerAnchor::sequence);
    next_ = anchors_.begin();
  }

  // Of those up to this row.
  std::optional<std::string> fault_at(std::int64_t sequence, std::string_view chain) {
    for (; next_ != anchors_.end() && next_->sequence <= sequence; ++next_) {
      if (!is_signed_with(*next_, keys_)) return name_of(*next_) + " is not signed with this ledger's key";
      if (next_->chain != chain) {
        return name_of(*next_) + " holds another chain: what it signed was rewritten";
      }
    }
    return std::nullopt;
  }

  // When the ledger has come to its end.
  std::optional<std::string> fault_of_rest() const {
    if (next_ == anchors_.end()) return std::nullopt;
    if (!is_signed_with(*next_, keys_)) return name_of(*next_) + " is not signed with this ledger's key";
    return "the end was cut off: " + name_of(*next_) + " signed " + std::to_string(next_->sequence) + " rows";
  }

  std::int64_t count() const { return next_ - anchors_.begin(); }

 private:
  std::vector<LedgerAnchor> anchors_;
  std::vector<LedgerAnchor>::const_iterator next_;
  const LedgerKeys& keys_;
};

class Check {
 public:
  Check(soci::session& sql, const LedgerKeys& keys, std::vector<LedgerAnchor> anchors)
      : keys_(keys),
        rows_(sql, select("sequence, kind, subject, recorded_at, digest, chain, mac", "ledger")),
        events_(sql, kEventKind, kEventForm, kEventColumns, "events", 1),
        audit_(sql, "audit entry", kAuditForm, kAuditColumns, "audit", 0),
        anchors_(std::move(anchors), keys) {}

  LedgerReport run(std::int64_t total, const LedgerProgress& progress) {
    auto fault = first_fault(total, progress);
    return {.rows = sequence_,
            .events = events_.count(),
            .audit_entries = audit_.count(),
            .anchors = anchors_.count(),
            .chain = chain_,
            .fault = std::move(fault)};
  }

 private:
  enum Column { kSequence, kKind, kSubject, kRecordedAt, kDigest, kChain, kMac };

  std::optional<LedgerFault> first_fault(std::int64_t total, const LedgerProgress& progress) {
    if (auto what = anchors_.fault_at(0, "")) return LedgerFault{0, *what};
    while (rows_.next()) {
      if (auto what = fault_of_row()) return LedgerFault{sequence_ + 1, *what};
      ++sequence_;
      if (auto what = anchors_.fault_at(sequence_, chain_)) return LedgerFault{sequence_, *what};
      if (progress && sequence_ % kRowsPerProgress == 0) progress(sequence_, total);
    }
    for (const auto& what : {events_.fault_of_rest(), audit_.fault_of_rest(), anchors_.fault_of_rest()}) {
      if (what) return LedgerFault{sequence_ + 1, *what};
    }
    return std::nullopt;
  }

  std::optional<std::string> fault_of_row() {
    if (rows_.number(kSequence) != sequence_ + 1) return "the row is missing";
    CanonicalRow row(kLedgerForm);
    row.add_text(chain_);
    for (const int column : {kSequence, kKind, kSubject, kRecordedAt, kDigest}) rows_.add_to(row, column);
    const auto chain = row.digest();
    if (rows_.text(kChain) != chain) return "the row does not continue the chain";
    if (!crypto::equal(rows_.text(kMac), seal_of(chain, keys_))) {
      return "the row's seal is not of this installation's data key";
    }
    const auto kind = rows_.text(kKind);
    if (kind != kEventKind && kind != kAuditKind) return "the row is of an unknown kind";
    auto& subjects = kind == kEventKind ? events_ : audit_;
    if (auto fault = subjects.fault_of_next(rows_.text(kSubject), rows_.text(kDigest))) return fault;
    chain_ = chain;
    return std::nullopt;
  }

  const LedgerKeys& keys_;
  SqliteRows rows_;
  Subjects events_;
  Subjects audit_;
  Anchors anchors_;
  std::int64_t sequence_ = 0;  // of the last row that is sound
  std::string chain_;
};

}  // namespace

LedgerReport check_ledger(soci::session& sql, const LedgerKeys& keys, std::vector<LedgerAnchor> copies,
                          const LedgerProgress& progress) {
  long long total = 0;
  sql << "SELECT COALESCE(MAX(sequence), 0) FROM ledger", soci::into(total);
  auto anchors = stored_anchors(sql);
  anchors.insert(anchors.end(), std::make_move_iterator(copies.begin()),
                 std::make_move_iterator(copies.end()));
  auto report = Check(sql, keys, std::move(anchors)).run(total, progress);
  if (progress && !report.fault) progress(report.rows, total);
  return report;
}

}  // namespace rollcall::storage

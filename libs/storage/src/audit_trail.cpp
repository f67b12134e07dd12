#include "audit_entry.hpp"
#include "case_folding.hpp"
#include "connections.hpp"
#include "cursor.hpp"
#include "ledger_writer.hpp"
#include "rollcall/storage/stores.hpp"
#include "statement.hpp"

#include <algorithm>

#include <rollcall/core/assert.hpp>
#include <rollcall/core/infra_error.hpp>

namespace rollcall::storage {
namespace {

using accounts::AuditEntry;
using accounts::AuditQuery;
using accounts::AuditRecord;
using core::Result;

constexpr auto kInsert =
    "INSERT INTO audit (sequence, at, actor, action, target, request_id, client_address) "
    "SELECT COALESCE(MAX(sequence), 0) + 1, :at, :actor, :action, :target, :request_id, :client_address "
    "FROM audit RETURNING sequence";

// Before the act, so that it does not fail at its end.
void require_storable(const AuditEntry& entry) {
  for (const auto* text :
       {&entry.actor, &entry.action, &entry.target, &entry.request_id, &entry.client_address}) {
    if (!is_storable(*text)) throw core::InfraError("audit entry: text must be UTF-8 without NUL characters");
  }
}

// The conditions of a query; keeps the bound values alive.
struct AuditFilter {
  explicit AuditFilter(const AuditQuery& query) {
    add(query.actor, "actor");
    add(query.action, "action");
    add(query.target, "target");
  }

  void add(const std::optional<std::string>& wanted, const char* column) {
    if (!wanted) return;
    conditions += std::string(" AND ") + column + " = :" + column;
    texts.emplace_back(column, *wanted);
  }

  std::string conditions = " WHERE 1 = 1";
  std::vector<std::pair<std::string, std::string>> texts;
};

class SqlAuditTrail final : public accounts::AuditTrail {
 public:
  explicit SqlAuditTrail(Database& database) : database_(database.connections()) {}

  void begin(const AuditEntry& entry) override {
    require_storable(entry);
    const auto before = database_.exchange_epilogue(
        [this, entry](soci::session& sql) { append_audit_entry(sql, database_.ledger_keys(), entry); });
    ROLLCALL_ASSERT(!before);
  }

  void end() noexcept override { database_.exchange_epilogue({}); }

  void record(const AuditEntry& entry) override {
    require_storable(entry);
    // Inside a scope this is not the act that the scope is about.
    const Set none(database_, {});
    database_.write([&](soci::session& sql) { append_audit_entry(sql, database_.ledger_keys(), entry); });
  }

  Result<core::Page<AuditRecord>> list(const AuditQuery& query) override {
    AuditFilter filter(query);
    long long before = 0;
    if (query.cursor) {
      const auto position = audit_sequence_from(*query.cursor);
      if (!position) return bad_cursor();
      before = *position;
      filter.conditions += " AND sequence < :before";
    }
    const auto storable = [](const auto& text) { return is_storable(text.second); };
    if (!std::ranges::all_of(filter.texts, storable)) return core::Page<AuditRecord>{};
    const int limit = std::clamp(query.limit, 1, kPageItemsMax);
    const int rows_max = limit + 1;

    return database_.read([&](soci::session& sql) {
      soci::statement select(sql);
      long long sequence = 0;
      long long at = 0;
      AuditEntry entry;
      select.exchange(soci::into(sequence));
      select.exchange(soci::into(at));
      for (auto* text :
           {&entry.actor, &entry.action, &entry.target, &entry.request_id, &entry.client_address}) {
        select.exchange(soci::into(*text));
      }
      for (const auto& [name, value] : filter.texts) select.exchange(soci::use(value, name));
      if (query.cursor) select.exchange(soci::use(before, "before"));
      select.exchange(soci::use(rows_max, "rows_max"));
      open(select, std::string("SELECT ") + kAuditColumns + " FROM audit" + filter.conditions +
                       " ORDER BY sequence DESC LIMIT :rows_max");
      core::Page<AuditRecord> page;
      while (select.fetch()) {
        if (std::ssize(page.items) == limit) {
          page.next_cursor = to_audit_cursor(page.items.back().sequence);
          break;
        }
        entry.at = time_from_column(at);
        page.items.push_back({sequence, entry});
      }
      return Result<core::Page<AuditRecord>>(std::move(page));
    });
  }

 private:
  // Another epilogue of this thread, for as long as it lives.
  class Set {
   public:
    Set(Database::Connections& database, Database::Connections::Epilogue epilogue)
        : database_(database), before_(database.exchange_epilogue(std::move(epilogue))) {}
    ~Set() { database_.exchange_epilogue(std::move(before_)); }
    Set(const Set&) = delete;
    Set& operator=(const Set&) = delete;

   private:
    Database::Connections& database_;
    Database::Connections::Epilogue before_;
  };

  Database::Connections& database_;
};

}  // namespace

void append_audit_entry(soci::session& sql, const LedgerKeys& keys, const AuditEntry& entry) {
  soci::statement insert(sql);
  long long sequence = 0;
  const long long at = to_column(entry.at);
  insert.exchange(soci::into(sequence));
  insert.exchange(soci::use(at, "at"));
  insert.exchange(soci::use(entry.actor, "actor"));
  insert.exchange(soci::use(entry.action, "action"));
  insert.exchange(soci::use(entry.target, "target"));
  insert.exchange(soci::use(entry.request_id, "request_id"));
  insert.exchange(soci::use(entry.client_address, "client_address"));
  change(insert, kInsert);
  const auto digest = CanonicalRow(kAuditForm)
                          .add_number(sequence)
                          .add_number(at)
                          .add_text(entry.actor)
                          .add_text(entry.action)
                          .add_text(entry.target)
                          .add_text(entry.request_id)
                          .add_text(entry.client_address)
                          .digest();
  LedgerWriter(sql, keys).append(kAuditKind, std::to_string(sequence), entry.at, digest);
}

std::unique_ptr<accounts::AuditTrail> make_audit_trail(Database& database) {
  return std::make_unique<SqlAuditTrail>(database);
}

}  // namespace rollcall::storage

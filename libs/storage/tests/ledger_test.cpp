#include "rollcall/storage/ledger.hpp"

#include "connections.hpp"
#include "migrator.hpp"
#include "samples.hpp"
#include "sqlite_session.hpp"
#include "test_database.hpp"

#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include <rollcall/core/infra_error.hpp>
#include <rollcall/core/testing/fake_clock.hpp>
#include <rollcall/storage/stores.hpp>

namespace rollcall::storage {
namespace {

using testing::event_from;
using testing::settings_for;

accounts::AuditEntry entry_of(const std::string& action) {
  return {testing::time_at(9), "user:u1", action, "person:p1", "request-1", "127.0.0.1"};
}

class Ledger : public ::testing::Test {
 protected:
  void execute(const std::string& script) {
    database_.connections().write([&](soci::session& sql) { execute_script(sql, script); });
  }
  LedgerReport verify() { return verify_ledger(database_); }
  std::string fault() {
    const auto found = verify().fault;
    return found ? std::to_string(found->sequence) + ": " + found->what : "none";
  }
  void open() { open_ledger(database_, anchors_, clock_); }

  testing::TemporaryFolder folder_;
  const std::filesystem::path anchors_ = folder_.path() / "ledger-anchors.jsonl";
  const DatabaseSettings settings_ = settings_for(folder_.path() / "test.db");
  core::testing::FakeClock clock_;
  Database database_{settings_};
};

class MigratedLedger : public Ledger {
 protected:
  MigratedLedger() { migrate(database_); }

  std::unique_ptr<attendance::EventStore> events_ = make_event_store(database_);
  std::unique_ptr<accounts::AuditTrail> trail_ = make_audit_trail(database_);
};

TEST_F(MigratedLedger, HasARowForEachEventAndEachAuditEntry) {
  EXPECT_EQ(fault(), "none") << "an empty one is sound";
  events_->append(event_from("kiosk", "1"));
  trail_->record(entry_of("readScores"));
  auto stranger = event_from("kiosk", "2");
  stranger.person.reset();
  events_->append(stranger);
  const auto report = verify();
  EXPECT_FALSE(report.fault) << report.fault->what;
  EXPECT_EQ(report.rows, 3);
  EXPECT_EQ(report.events, 2);
  EXPECT_EQ(report.audit_entries, 1);
  EXPECT_EQ(report.chain.size(), 64U);
  EXPECT_TRUE(events_->append(event_from("kiosk", "1")).duplicate);
  EXPECT_EQ(verify().rows, 3) << "a retry adds nothing";
}

TEST_F(MigratedLedger, NamesTheFirstRowThatIsNotAsItWasWritten) {
  for (int i = 1; i <= 6; ++i) events_->append(event_from("kiosk", std::to_string(i)));
  execute(
      "DROP TRIGGER events_refuse_update; UPDATE events SET verdict = 'unknown' WHERE sequence IN (3, 5)");
  EXPECT_EQ(fault(), "3: event event-kiosk-3 was changed");
  EXPECT_EQ(verify().rows, 2);
}

TEST_F(MigratedLedger, TablesRefuseToChange) {
  events_->append(event_from("kiosk", "1"));
  trail_->record(entry_of("readScores"));
  ASSERT_TRUE(anchor_ledger(database_, anchors_, clock_, AnchorWhen::now).made);
  for (const std::string table : {"ledger", "audit", "ledger_anchors"}) {
    EXPECT_THROW(execute("UPDATE " + table + " SET sequence = 7"), core::InfraError) << table;
    EXPECT_THROW(execute("DELETE FROM " + table), core::InfraError) << table;
    EXPECT_THROW(execute("INSERT OR REPLACE INTO " + table + " SELECT * FROM " + table), core::InfraError)
        << table;
  }
  EXPECT_EQ(fault(), "none");
}

TEST_F(MigratedLedger, StoresNeitherTheEventNorItsRowWhenOneOfThemFails) {
  events_->append(event_from("kiosk", "1"));
  execute("CREATE TRIGGER no_more BEFORE INSERT ON ledger BEGIN SELECT RAISE(ABORT, 'no more'); END");
  EXPECT_THROW(events_->append(event_from("kiosk", "2")), core::InfraError);
  EXPECT_EQ(events_->count(), 1);
  execute("DROP TRIGGER no_more");
  EXPECT_FALSE(events_->append(event_from("kiosk", "2")).duplicate);
  EXPECT_EQ(fault(), "none");
}

TEST_F(MigratedLedger, NeedsTheDataKeyToBeWrittenAndToBeVerified) {
  events_->append(event_from("kiosk", "1"));
  auto settings = settings_;
  settings.data_key = crypto::Key::from_bytes(std::string(crypto::Key::kSize, 'o'));
  Database other(settings, Access::inspect);
  const auto report = verify_ledger(other);
  ASSERT_TRUE(report.fault);
  EXPECT_EQ(report.fault->sequence, 1);
  EXPECT_NE(report.fault->what.find("data key"), std::string::npos) << report.fault->what;

  settings.url = settings_for(folder_.path() / "keyless.db").url;
  settings.data_key.reset();
  Database keyless(settings);
  migrate(keyless);
  EXPECT_THROW(make_event_store(keyless)->append(event_from("kiosk", "1")), core::InfraError);
  EXPECT_EQ(make_event_store(keyless)->count(), 0);
  EXPECT_THROW(verify_ledger(keyless), core::InfraError);
}

TEST_F(MigratedLedger, CanBeVerifiedBesideAServerThatWrites) {
  Database tool(settings_, Access::inspect);
  std::jthread server([&](const std::stop_token& stop) {
    for (int i = 0; !stop.stop_requested(); ++i) events_->append(event_from("kiosk", std::to_string(i)));
  });
  std::int64_t rows = 0;
  for (int i = 0; i < 20 || rows < 20; ++i) {
    const auto report = verify_ledger(tool);
    ASSERT_FALSE(report.fault) << report.fault->what;
    rows = report.rows;
  }
}

TEST_F(MigratedLedger, KeepsItsChainWhenManyThreadsWrite) {
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&, t] {
        for (int i = 0; i < 25; ++i) {
          events_->append(event_from("kiosk-" + std::to_string(t), std::to_string(i)));
          trail_->record(entry_of("readScores"));
        }
      });
    }
  }
  EXPECT_EQ(fault(), "none");
  EXPECT_EQ(verify().rows, 200);
}

TEST_F(MigratedLedger, NeverTakesInAnEventThatBypassedIt) {
  events_->append(event_from("kiosk", "1"));
  open();
  execute("INSERT INTO events SELECT 9, 'x', 'x', 'x', '', 'face', 'match', '', 'p1', 0, 0, '{}'");
  open();
  EXPECT_EQ(fault(), "3: event x is not in the ledger");
}

// Events that a version without a ledger wrote, more than two batches of them.
class LedgerFromBefore : public Ledger {
 protected:
  static constexpr int kEvents = 25'000;

  LedgerFromBefore() {
    migrate(database_, {embedded_migrations().front()});
    execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
        std::to_string(kEvents) +
        ") INSERT INTO events SELECT i, 'id-' || i, 'kiosk', i, '', 'face', 'match', '', NULL, i, i, '{}' "
        "FROM n");
    migrate(database_);
  }

  std::string opening() {
    const auto entries = make_audit_trail(database_)->list({.action = "openLedger"}).value().items;
    return entries.size() == 1 ? entries[0].entry.action + " " + entries[0].entry.target : "";
  }
};

TEST_F(LedgerFromBefore, IsChainedWhenItIsOpened) {
  EXPECT_EQ(fault(), "1: event id-1 is not in the ledger");
  open();
  EXPECT_EQ(fault(), "none");
  EXPECT_EQ(opening(), "openLedger events:25000");
  const auto rows = verify().rows;
  EXPECT_EQ(rows, kEvents + 1);
  open();
  EXPECT_EQ(verify().rows, rows) << "once";
  make_event_store(database_)->append(event_from("kiosk", "new"));
  EXPECT_EQ(fault(), "none");
}

TEST_F(LedgerFromBefore, GoesOnWhereAStopInterruptedTheOpening) {
  execute(
      "CREATE TRIGGER stop BEFORE INSERT ON ledger WHEN NEW.sequence = 15000 "
      "BEGIN SELECT RAISE(ABORT, 'stop'); END");
  EXPECT_THROW(open(), core::InfraError);
  EXPECT_EQ(fault(), "10001: event id-10001 is not in the ledger") << "one batch is there";
  execute("DROP TRIGGER stop");
  open();
  EXPECT_EQ(fault(), "none");
  EXPECT_EQ(opening(), "openLedger events:25000");
}

TEST_F(LedgerFromBefore, IsOpenedAlsoAfterAnAuditEntry) {
  make_audit_trail(database_)->record(entry_of("createUser"));
  open();
  EXPECT_EQ(fault(), "none");
  EXPECT_EQ(opening(), "openLedger events:25000");
}

TEST_F(LedgerFromBefore, IsNotOpenedAgainWhereAnchorsTellThatItWasOpen) {
  std::ofstream(anchors_) << "{}\n";
  EXPECT_THROW(open(), core::InfraError);
  EXPECT_EQ(opening(), "");
  EXPECT_EQ(verify().rows, 0) << "no event was sealed";
  std::filesystem::remove(anchors_);
  open();
  EXPECT_EQ(fault(), "none");
}

}  // namespace
}  // namespace rollcall::storage

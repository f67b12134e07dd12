#include "anchor_file.hpp"
#include "connections.hpp"
#include "samples.hpp"
#include "sqlite_session.hpp"
#include "test_database.hpp"

#include <fstream>
#include <iterator>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <rollcall/core/infra_error.hpp>
#include <rollcall/core/testing/fake_clock.hpp>
#include <rollcall/storage/migrations.hpp>
#include <rollcall/storage/stores.hpp>

namespace rollcall::storage {
namespace {

using namespace std::chrono_literals;

class LedgerAnchors : public ::testing::Test {
 protected:
  LedgerAnchors() {
    migrate(database_);
    // Speed only: nothing here cuts the power.
    execute("COMMIT; PRAGMA synchronous=OFF; BEGIN IMMEDIATE");
  }

  void execute(const std::string& script) {
    database_.connections().write([&](soci::session& sql) { execute_script(sql, script); });
  }
  void append_events(int count) {
    for (int i = 0; i < count; ++i) {
      events_->append(testing::event_from("kiosk", std::to_string(++last_event_)));
    }
  }
  Anchoring anchor(AnchorWhen when) { return anchor_ledger(database_, file_, clock_, when); }
  std::vector<LedgerAnchor> copies() { return read_anchor_file(file_).value().anchors; }
  std::string fault(const std::vector<LedgerAnchor>& copies = {}) {
    const auto found = verify_ledger(database_, copies).fault;
    return found ? std::to_string(found->sequence) + ": " + found->what : "none";
  }
  bool faults_with(const LedgerAnchor& copy, const std::string& part) {
    return fault({copy}).find(part) != std::string::npos;
  }
  // As somebody does who may write the database, but has neither the key nor the file.
  void cut_to(int rows) {
    execute(
        "DROP TRIGGER ledger_refuse_delete; DROP TRIGGER events_refuse_delete;"
        "DROP TRIGGER ledger_anchors_refuse_delete;");
    const auto above = std::to_string(rows);
    execute("DELETE FROM ledger WHERE sequence > " + above + "; DELETE FROM events WHERE sequence > " +
            above + "; DELETE FROM ledger_anchors WHERE sequence > " + above);
  }

  testing::TemporaryFolder folder_;
  const std::filesystem::path file_ = folder_.path() / "ledger-anchors.jsonl";
  core::testing::FakeClock clock_;
  Database database_{testing::settings_for(folder_.path() / "test.db")};
  std::unique_ptr<attendance::EventStore> events_ = make_event_store(database_);
  int last_event_ = 0;
};

TEST_F(LedgerAnchors, AreDueAfterFiveMinutesOrAThousandRows) {
  EXPECT_FALSE(anchor(AnchorWhen::now).made) << "nothing to sign";
  append_events(1);
  EXPECT_EQ(anchor(AnchorWhen::due).made->sequence, 1) << "the first at once";
  EXPECT_FALSE(anchor(AnchorWhen::now).made) << "nothing new";
  append_events(1);
  EXPECT_FALSE(anchor(AnchorWhen::due).made);
  clock_.advance(5min);
  EXPECT_EQ(anchor(AnchorWhen::due).made->sequence, 2);
  append_events(999);
  EXPECT_FALSE(anchor(AnchorWhen::due).made);
  append_events(1);
  EXPECT_EQ(anchor(AnchorWhen::due).made->sequence, 1002);
  append_events(1);
  EXPECT_EQ(anchor(AnchorWhen::now).made->sequence, 1003) << "at a clean stop";
  EXPECT_EQ(copies().size(), 4U);
  EXPECT_EQ(verify_ledger(database_, copies()).anchors, 8) << "of the table and of the file";
  EXPECT_EQ(fault(copies()), "none");
}

TEST_F(LedgerAnchors, ShowThatTheEndWasCutOff) {
  append_events(10);
  anchor(AnchorWhen::now);
  const auto kept = copies();
  cut_to(6);
  EXPECT_EQ(fault(), "none") << "the control: a shorter chain is a good chain";
  EXPECT_NE(fault(kept).find("7: the end was cut off"), std::string::npos) << fault(kept);
}

TEST_F(LedgerAnchors, InTheDatabaseShowACutThatLeftThemThere) {
  append_events(10);
  anchor(AnchorWhen::now);
  execute(
      "DROP TRIGGER ledger_refuse_delete; DROP TRIGGER events_refuse_delete;"
      "DELETE FROM ledger WHERE sequence > 6; DELETE FROM events WHERE sequence > 6");
  EXPECT_NE(fault().find("the end was cut off"), std::string::npos) << fault();
}

TEST_F(LedgerAnchors, AreNotMadeOfALedgerThatWasCut) {
  append_events(10);
  anchor(AnchorWhen::now);
  execute(
      "DROP TRIGGER ledger_refuse_delete; DROP TRIGGER events_refuse_delete;"
      "DELETE FROM ledger WHERE sequence > 6; DELETE FROM events WHERE sequence > 6");
  auto refused = anchor(AnchorWhen::now);
  EXPECT_FALSE(refused.made);
  ASSERT_TRUE(refused.fault);
  EXPECT_EQ(refused.fault->sequence, 10);
  last_event_ = 100;
  append_events(10);  // grown beyond the anchor again, but with other rows
  refused = anchor(AnchorWhen::now);
  EXPECT_FALSE(refused.made);
  EXPECT_TRUE(refused.fault);
  EXPECT_EQ(copies().size(), 1U);
}

TEST_F(LedgerAnchors, AreNotMadeOfARowWithoutASeal) {
  append_events(3);
  execute(
      "INSERT INTO ledger SELECT 4, kind, subject, recorded_at, digest, chain, mac FROM ledger WHERE "
      "sequence = 2; DROP TRIGGER ledger_refuse_update; UPDATE ledger SET mac = 'x' WHERE sequence = 4");
  EXPECT_TRUE(anchor(AnchorWhen::now).fault);
  EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_F(LedgerAnchors, OfAnotherKeyOrChangedInAnyPartAreRefused) {
  append_events(5);
  anchor(AnchorWhen::now);
  const auto good = copies().front();
  EXPECT_EQ(fault({good}), "none");
  const std::string unsigned_by_us = "is not signed with this ledger's key";
  auto changed = good;
  changed.sequence = 4;
  EXPECT_TRUE(faults_with(changed, unsigned_by_us));
  changed.sequence = 6;
  EXPECT_TRUE(faults_with(changed, unsigned_by_us));
  changed.sequence = -1;
  EXPECT_TRUE(faults_with(changed, unsigned_by_us));
  changed = good;
  changed.at += 1us;
  EXPECT_TRUE(faults_with(changed, unsigned_by_us));
  changed = good;
  changed.chain[0] = changed.chain[0] == '0' ? '1' : '0';
  EXPECT_TRUE(faults_with(changed, unsigned_by_us));
  changed = good;
  changed.signature[0] = changed.signature[0] == 'A' ? 'B' : 'A';
  EXPECT_TRUE(faults_with(changed, unsigned_by_us));
  changed = good;
  sign(changed, LedgerKeys(crypto::Key::random()));
  EXPECT_TRUE(faults_with(changed, unsigned_by_us));
  changed.public_key = good.public_key;
  EXPECT_TRUE(faults_with(changed, unsigned_by_us));
}

TEST_F(LedgerAnchors, FileIsPrivateAndSurvivesALineThatACrashCutOff) {
  append_events(1);
  anchor(AnchorWhen::now);
  struct stat facts {};
  ASSERT_EQ(::stat(file_.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0600U);
  std::ofstream(file_, std::ios::app) << R"({"sequence":2,"cha)";
  EXPECT_EQ(read_anchor_file(file_).value().torn_lines, 1);
  append_events(1);
  anchor(AnchorWhen::now);
  const auto read = read_anchor_file(file_).value();
  EXPECT_EQ(read.torn_lines, 1);
  ASSERT_EQ(read.anchors.size(), 2U);
  EXPECT_EQ(read.anchors[1].sequence, 2);
  EXPECT_EQ(fault(read.anchors), "none");
}

TEST_F(LedgerAnchors, FileWithALineThatIsNoAnchorIsRefused) {
  EXPECT_EQ(read_anchor_file(file_).error().reason, "anchors_unreadable");
  for (const std::string line :
       {"{}", "[1]", "null", "hello", R"({"sequence":"1"})", R"({"sequence":1e3})"}) {
    std::ofstream(file_, std::ios::trunc) << line << '\n';
    const auto read = read_anchor_file(file_);
    ASSERT_FALSE(read) << line;
    EXPECT_EQ(read.error().reason, "anchors_malformed");
  }
}

TEST_F(LedgerAnchors, SayWhenTheirFileCannotBeWritten) {
  append_events(1);
  EXPECT_THROW(anchor_ledger(database_, folder_.path() / "missing" / "file", clock_, AnchorWhen::now),
               core::InfraError);
}

}  // namespace
}  // namespace rollcall::storage

// What the ledger promises when the power goes: an event that was acknowledged is there afterwards, and the
// chain still verifies.
#include "connections.hpp"
#include "power_cut_vfs.hpp"
#include "samples.hpp"
#include "test_database.hpp"

#include <set>

#include <gtest/gtest.h>

#include <rollcall/core/infra_error.hpp>
#include <rollcall/storage/ledger.hpp>
#include <rollcall/storage/migrations.hpp>
#include <rollcall/storage/stores.hpp>

namespace rollcall::storage {
namespace {

enum class Synchronous { full, normal };

struct Outcome {
  int cuts = 0;
  int acknowledged = 0;
  int lost = 0;
  int corrupt = 0;
  int unsound = 0;  // ledgers whose chain did not verify
};

// Frequent checkpoints, so that cuts hit them too; and for the control, the setting that we do not use.
void tune_writer(Database& database, Synchronous synchronous) {
  database.connections().write([&](soci::session& sql) {
    sql << "PRAGMA wal_autocheckpoint=40";
    if (synchronous == Synchronous::full) return;
    sql << "COMMIT";  // the setting cannot change inside a transaction
    sql << "PRAGMA synchronous=NORMAL";
    sql << "BEGIN IMMEDIATE";
  });
}

std::string integrity_of(Database& database) {
  return database.connections().read([](soci::session& sql) {
    std::string answer;
    sql << "PRAGMA integrity_check", soci::into(answer);
    return answer;
  });
}

// One file lives through all cuts. Each time, a random number of disk operations after the database is
// opened.
Outcome survive(int cuts, Synchronous synchronous) {
  constexpr unsigned kSeed = 20261121;
  const testing::TemporaryFolder folder;
  auto settings = testing::settings_for(folder.path() / "test.db");
  settings.readers = 1;
  testing::PowerCutDisk disk(kSeed);
  {
    Database database(settings);
    migrate(database);
  }
  Outcome outcome;
  std::mt19937 random(kSeed);
  std::vector<std::string> acknowledged;
  std::string in_doubt = "none";
  for (int number = 0; outcome.cuts < cuts; ++outcome.cuts) {
    {
      Database database(settings);
      const auto events = make_event_store(database);
      for (const auto& id : acknowledged) {
        if (!events->find({"kiosk"}, id)) ++outcome.lost;
      }
      acknowledged.clear();
      if (verify_ledger(database).fault) ++outcome.unsound;
      if (outcome.cuts % 10 == 0 && integrity_of(database) != "ok") ++outcome.corrupt;
      tune_writer(database, synchronous);
      disk.cut_after(1 + static_cast<int>(random() % 400));
      try {
        // The client of an unanswered check-in sends it again under the same id.
        events->append(testing::event_from("kiosk", in_doubt));
        for (;;) {
          in_doubt = std::to_string(++number);
          events->append(testing::event_from("kiosk", in_doubt));
          acknowledged.push_back(in_doubt);
          ++outcome.acknowledged;
        }
      } catch (const core::InfraError&) {
        EXPECT_TRUE(disk.is_cut());
      }
    }
    disk.restore_power();
  }
  Database database(settings);
  if (synchronous == Synchronous::full) {
    const auto events = make_event_store(database);
    events->append(testing::event_from("kiosk", in_doubt));
    // Every number once, and "none": the retries made no second row.
    EXPECT_EQ(events->count(), std::stoll(in_doubt) + 1);
  }
  if (integrity_of(database) != "ok") ++outcome.corrupt;
  if (verify_ledger(database).fault) ++outcome.unsound;
  return outcome;
}

TEST(PowerCut, LosesNoAcknowledgedEvent) {
  const auto outcome = survive(300, Synchronous::full);
  RecordProperty("acknowledged", outcome.acknowledged);
  EXPECT_GT(outcome.acknowledged, 1000);
  EXPECT_EQ(outcome.lost, 0);
  EXPECT_EQ(outcome.corrupt, 0);
  EXPECT_EQ(outcome.unsound, 0);
}

TEST(PowerCut, WouldBeNoticedIfCommitsWereNotSynced) {
  const auto outcome = survive(60, Synchronous::normal);
  RecordProperty("acknowledged", outcome.acknowledged);
  RecordProperty("lost", outcome.lost);
  EXPECT_GT(outcome.lost, 0);
}

TEST(DyingDisk, GetsNoEventAcknowledgedAndStopsWriting) {
  const testing::TemporaryFolder folder;
  const auto settings = testing::settings_for(folder.path() / "test.db");
  testing::PowerCutDisk disk(1);
  {
    Database database(settings);
    migrate(database);
    const auto events = make_event_store(database);
    events->append(testing::event_from("kiosk", "1"));
    database.check();
    disk.fail_syncs();
    EXPECT_THROW(events->append(testing::event_from("kiosk", "2")), core::InfraError);
    EXPECT_EQ(events->count(), 1) << "reading goes on";
    EXPECT_THROW(database.check(), core::InfraError) << "a probe sees it";
  }
  disk.restore_syncs();
  Database database(settings);
  EXPECT_FALSE(make_event_store(database)->append(testing::event_from("kiosk", "3")).duplicate);
  database.check();
}

TEST(DyingDisk, IsNotTrustedWhenALaterSyncSucceeds) {
  const testing::TemporaryFolder folder;
  testing::PowerCutDisk disk(1);
  Database database(testing::settings_for(folder.path() / "test.db"));
  migrate(database);
  const auto events = make_event_store(database);
  disk.fail_syncs();
  EXPECT_THROW(events->append(testing::event_from("kiosk", "1")), core::InfraError);
  disk.restore_syncs();
  EXPECT_THROW(events->append(testing::event_from("kiosk", "1")), core::InfraError);
  EXPECT_EQ(events->count(), 0);
}

}  // namespace
}  // namespace rollcall::storage

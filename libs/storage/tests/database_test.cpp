#include "rollcall/storage/database.hpp"

#include "connections.hpp"
#include "samples.hpp"
#include "test_database.hpp"

#include <chrono>
#include <fstream>
#include <latch>
#include <thread>

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <rollcall/core/infra_error.hpp>
#include <rollcall/storage/migrations.hpp>
#include <rollcall/storage/stores.hpp>

namespace rollcall::storage {
namespace {

using namespace std::chrono_literals;
using testing::event_from;
using testing::settings_for;

long long pragma(soci::session& sql, const std::string& name) {
  long long value = -1;
  sql << "PRAGMA " + name, soci::into(value);
  return value;
}

template <class Action>
std::string infra_error_of(Action action) {
  try {
    action();
  } catch (const core::InfraError& error) {
    return error.what();
  }
  return "no InfraError";
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class DatabaseOnDisk : public ::testing::Test {
 protected:
  testing::TemporaryFolder folder_;
  const std::filesystem::path file_ = folder_.path() / "data" / "test.db";
  const DatabaseSettings settings_ = settings_for(file_);
};

TEST_F(DatabaseOnDisk, WritesWithTheSettingsThatSurviveAPowerCut) {
  Database database(settings_);
  database.connections().write([](soci::session& sql) {
    std::string journal_mode;
    sql << "PRAGMA journal_mode", soci::into(journal_mode);
    EXPECT_EQ(journal_mode, "wal");
    EXPECT_EQ(pragma(sql, "synchronous"), 2) << "FULL";
    EXPECT_EQ(pragma(sql, "foreign_keys"), 1);
    EXPECT_EQ(pragma(sql, "secure_delete"), 1);
    EXPECT_EQ(pragma(sql, "recursive_triggers"), 1);
    EXPECT_EQ(pragma(sql, "wal_autocheckpoint"), 1000);
    EXPECT_EQ(pragma(sql, "mmap_size"), 0);
    EXPECT_EQ(pragma(sql, "busy_timeout"), 5000);
  });
}

TEST_F(DatabaseOnDisk, ReadsThroughConnectionsThatCannotWriteOrCheckpoint) {
  Database database(settings_);
  migrate(database);
  database.connections().read([](soci::session& sql) {
    EXPECT_EQ(pragma(sql, "wal_autocheckpoint"), 0);
    EXPECT_EQ(pragma(sql, "query_only"), 1);
    EXPECT_EQ(pragma(sql, "mmap_size"), 0);
  });
  const auto text = infra_error_of([&] {
    database.connections().read([](soci::session& sql) { sql << "UPDATE gallery_state SET version = 9"; });
  });
  EXPECT_TRUE(contains(text, "readonly")) << text;
}

TEST_F(DatabaseOnDisk, KeepsItsFilesFromOthers) {
  Database database(settings_);
  migrate(database);
  const auto mode = [](const std::filesystem::path& path) {
    struct stat facts {};
    EXPECT_EQ(::stat(path.c_str(), &facts), 0) << path;
    return facts.st_mode & 0777;
  };
  EXPECT_EQ(mode(file_.parent_path()), 0700U);
  for (const char* ending : {"", "-wal", "-shm", ".lock"})
    EXPECT_EQ(mode(file_.string() + ending), 0600U) << ending;
}

TEST_F(DatabaseOnDisk, IsServedByOneProcessAtATime) {
  auto first = std::make_unique<Database>(settings_);
  const auto text = infra_error_of([&] { Database second(settings_); });
  EXPECT_TRUE(contains(text, "another Rollcall process") && contains(text, file_.string())) << text;
  std::filesystem::create_symlink(file_, folder_.path() / "alias.db");
  EXPECT_TRUE(contains(infra_error_of([&] { Database second(settings_for(folder_.path() / "alias.db")); }),
                       "another"))
      << "a link to the file is the file";
  first.reset();
  Database next(settings_);
}

TEST_F(DatabaseOnDisk, CanBeInspectedBesideTheServer) {
  Database server(settings_);
  migrate(server);
  const auto events = make_event_store(server);
  events->append(event_from("kiosk", "1"));
  Database tool(settings_, Access::inspect);
  EXPECT_EQ(make_event_store(tool)->count(), 1);
  EXPECT_TRUE(pending_migrations(tool).empty());
  events->append(event_from("kiosk", "2"));
  EXPECT_EQ(make_event_store(tool)->count(), 2);
  EXPECT_TRUE(
      contains(infra_error_of([&] { make_event_store(tool)->append(event_from("kiosk", "3")); }), "reading"));
}

TEST_F(DatabaseOnDisk, InspectionNeverCheckpointsEvenAsTheLastToClose) {
  auto server = std::make_unique<Database>(settings_);
  migrate(*server);
  make_event_store(*server)->append(event_from("kiosk", "1"));
  auto tool = std::make_unique<Database>(settings_, Access::inspect);
  EXPECT_EQ(make_event_store(*tool)->count(), 1);
  server.reset();
  const auto log = file_.string() + "-wal";
  const auto size = std::filesystem::file_size(log);
  tool.reset();
  ASSERT_TRUE(std::filesystem::exists(log));
  EXPECT_EQ(std::filesystem::file_size(log), size);
  Database next(settings_);
  EXPECT_EQ(make_event_store(next)->count(), 1);
}

TEST_F(DatabaseOnDisk, InspectionCreatesNothing) {
  EXPECT_TRUE(contains(infra_error_of([&] { Database tool(settings_, Access::inspect); }), "no such file"));
  EXPECT_FALSE(std::filesystem::exists(file_.parent_path()));
}

TEST_F(DatabaseOnDisk, NamesAFolderThatCannotBeMade) {
  std::ofstream(folder_.path() / "file") << "x";
  const auto text =
      infra_error_of([&] { Database database(settings_for(folder_.path() / "file" / "data" / "x.db")); });
  EXPECT_TRUE(contains(text, (folder_.path() / "file").string())) << text;
}

TEST_F(DatabaseOnDisk, AcceptsASpaceInThePath) {
  const auto file = folder_.path() / "a  b = c" / "my data.db";
  Database database(settings_for(file));
  migrate(database);
  EXPECT_TRUE(std::filesystem::exists(file));
}

struct Damage {
  const char* name;
  void (*apply)(std::fstream& file);
};

class DamagedDatabase : public DatabaseOnDisk, public ::testing::WithParamInterface<Damage> {};

TEST_P(DamagedDatabase, IsRefusedByName) {
  {
    Database database(settings_);
    migrate(database);
    const auto people = make_people_store(database);
    for (int i = 0; i < 200; ++i) {
      ASSERT_TRUE(people->add(testing::person_named("Name", std::to_string(i))).has_value());
    }
  }
  {
    std::fstream file(file_, std::ios::in | std::ios::out | std::ios::binary);
    GetParam().apply(file);
  }
  const auto text = infra_error_of([&] {
    Database database(settings_);
    migrate(database);
    make_people_store(database)->list({.limit = 500}).value();
  });
  EXPECT_TRUE(contains(text, file_.string())) << text;
}

INSTANTIATE_TEST_SUITE_P(By, DamagedDatabase,
                         ::testing::Values(Damage{"a_text_file",
                                                  [](auto& file) { file << "Dear diary, dear diary"; }},
                                           Damage{"zeros_in_the_pages",
                                                  [](auto& file) {
                                                    file.seekp(4096);
                                                    file << std::string(300'000, '\0');
                                                  }},
                                           Damage{"noise_in_the_pages",
                                                  [](auto& file) {
                                                    file.seekp(4096);
                                                    for (int i = 0; i < 60'000; ++i)
                                                      file << "\xDE\xAD\xBE\xEF\x05";
                                                  }}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST_F(DatabaseOnDisk, RefusesToReplaceAnEventBehindTheTriggersBack) {
  Database database(settings_);
  migrate(database);
  const auto event = make_event_store(database)->append(event_from("kiosk", "1")).event;
  const auto text = infra_error_of([&] {
    database.connections().write([](soci::session& sql) {
      sql << "INSERT OR REPLACE INTO events SELECT sequence, id, device_id, device_event_id, request_sha256, "
             "method, "
             "'unknown', reason, person_id, captured_at, received_at, evidence FROM events";
    });
  });
  EXPECT_TRUE(contains(text, "append-only")) << text;
  EXPECT_EQ(make_event_store(database)->find(event.id)->verdict, domain::Verdict::match);
}

TEST_F(DatabaseOnDisk, CountsEventsBeyondThirtyTwoBits) {
  Database database(settings_);
  migrate(database);
  const auto events = make_event_store(database);
  database.connections().write([](soci::session& sql) {
    sql << "INSERT INTO events SELECT 5000000000, 'x', 'x', 'x', '', 'face', 'unknown', '', NULL, 0, 0, '{}'";
  });
  EXPECT_EQ(events->append(event_from("kiosk", "1")).event.sequence, 5'000'000'001);
  EXPECT_EQ(events->list({.limit = 1}).value().items.front().sequence, 5'000'000'001);
}

TEST_F(DatabaseOnDisk, SurvivesAFullDiskWithoutPartialStateAndGoesOnAfterwards) {
  Database database(settings_);
  migrate(database);
  const auto people = make_people_store(database);
  const auto faces = make_face_store(database, testing::masters());
  ASSERT_TRUE(people->add(testing::person_named("Ada", "p1")).has_value());
  ASSERT_TRUE(make_consent_store(database)->add(testing::consent_of("p1")).has_value());
  const auto version = faces->gallery_version();
  const auto face = testing::face_of("p1", "f1");
  std::vector<domain::Template> templates;
  for (int i = 0; i < 100; ++i) {
    templates.push_back(testing::template_of(face, "t" + std::to_string(i)));
    templates.back().embedding.assign(512, 0.5F);
  }
  const auto limit_pages = [&](const std::string& pages) {
    database.connections().write([&](soci::session& sql) {
      std::string limit;
      sql << "PRAGMA max_page_count=" + pages, soci::into(limit);
    });
  };
  limit_pages("60");  // SQLite answers as it does when the disk is full
  EXPECT_TRUE(contains(infra_error_of([&] { static_cast<void>(faces->add(face, templates)); }), "full"));
  EXPECT_FALSE(faces->find({"f1"}));
  EXPECT_TRUE(faces->active_templates({"p1"}, {"model@1"}).empty());
  EXPECT_EQ(faces->gallery_version(), version);
  database.check();
  limit_pages("1000000");
  EXPECT_TRUE(faces->add(face, templates).has_value());
  EXPECT_EQ(faces->find({"f1"})->template_count, 100);
}

// Runs `action` while another thread holds what `hold` holds.
template <class Hold, class Action>
void while_held(Hold hold, Action action) {
  std::latch held(1);
  std::latch done(1);
  std::thread holder([&] {
    hold([&] {
      held.count_down();
      done.wait();
    });
  });
  held.wait();
  action();
  done.count_down();
  holder.join();
}

void expect_busy_within_limit(const std::function<void()>& action) {
  const auto start = std::chrono::steady_clock::now();
  const auto text = infra_error_of(action);
  const auto waited = std::chrono::steady_clock::now() - start;
  EXPECT_TRUE(contains(text, "database busy")) << text;
  EXPECT_GE(waited, 50ms);
  EXPECT_LT(waited, 5s);
}

class BusyDatabase : public DatabaseOnDisk {
 protected:
  static DatabaseSettings impatient(DatabaseSettings settings) {
    settings.wait_max = 60ms;
    settings.readers = 1;
    return settings;
  }
  void SetUp() override { migrate(database_); }

  Database database_{impatient(settings_)};
  std::unique_ptr<attendance::EventStore> events_ = make_event_store(database_);
};

TEST_F(BusyDatabase, AWriterWaitsOnlySoLongForTheOther) {
  while_held([&](auto wait) { database_.connections().write([&](soci::session&) { wait(); }); },
             [&] {
               expect_busy_within_limit([&] { events_->append(event_from("kiosk", "1")); });
               EXPECT_EQ(events_->count(), 0) << "reading does not wait for a writer";
             });
  EXPECT_FALSE(events_->append(event_from("kiosk", "1")).duplicate);
}

TEST_F(BusyDatabase, AReaderWaitsOnlySoLongForAConnection) {
  while_held([&](auto wait) { database_.connections().read([&](soci::session&) { wait(); }); },
             [&] {
               expect_busy_within_limit([&] { events_->count(); });
               EXPECT_FALSE(events_->append(event_from("kiosk", "1")).duplicate)
                   << "writing does not wait for a reader";
             });
  EXPECT_EQ(events_->count(), 1);
}

TEST_F(BusyDatabase, AForeignProgramIsWaitedForOnlySoLong) {
  sqlite3* shell = nullptr;
  ASSERT_EQ(sqlite3_open(file_.c_str(), &shell), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(shell, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  expect_busy_within_limit([&] { events_->append(event_from("kiosk", "1")); });
  sqlite3_exec(shell, "ROLLBACK", nullptr, nullptr, nullptr);
  EXPECT_FALSE(events_->append(event_from("kiosk", "1")).duplicate);
  sqlite3_close(shell);
}

TEST_F(DatabaseOnDisk, ErrorsDoNotRepeatStoredValues) {
  Database database(settings_);
  migrate(database);
  const auto people = make_people_store(database);
  ASSERT_TRUE(people->add(testing::person_named("Secret Name", "p1")).has_value());
  const auto text =
      infra_error_of([&] { static_cast<void>(people->add(testing::person_named("Secret Name", "p1"))); });
  EXPECT_TRUE(contains(text, "people.id")) << text;
  EXPECT_FALSE(contains(text, "Secret")) << text;
}

}  // namespace
}  // namespace rollcall::storage

#include "connections.hpp"
#include "samples.hpp"
#include "test_database.hpp"

#include <latch>
#include <thread>

#include <gtest/gtest.h>

#include <rollcall/core/infra_error.hpp>
#include <rollcall/storage/ledger.hpp>
#include <rollcall/storage/stores.hpp>

namespace rollcall::storage {
namespace {

using accounts::AuditEntry;
using accounts::AuditQuery;
using accounts::AuditScope;
using testing::event_from;
using testing::person_named;

AuditEntry entry(const std::string& actor, const std::string& action = "addPerson",
                 const std::string& target = "") {
  return {testing::time_at(5), actor, action, target, "request-1", "192.0.2.7"};
}

class AuditTrailContract : public ::testing::TestWithParam<testing::DatabaseKind> {
 protected:
  // "actor action target", newest first.
  std::vector<std::string> entries(const AuditQuery& query = {.limit = 500}) {
    std::vector<std::string> texts;
    for (const auto& record : trail_->list(query).value().items) {
      texts.push_back(record.entry.actor + " " + record.entry.action + " " + record.entry.target);
    }
    return texts;
  }
  void expect_sound() {
    const auto fault = verify_ledger(database()).fault;
    EXPECT_FALSE(fault) << fault->what;
  }
  Database& database() { return database_->database(); }
  void run(const std::string& statement) {
    database().connections().write([&](soci::session& sql) { sql << statement; });
  }

  std::unique_ptr<testing::TestDatabase> database_ = GetParam().create();
  std::unique_ptr<accounts::AuditTrail> trail_ = make_audit_trail(database());
  std::unique_ptr<attendance::PeopleStore> people_ = make_people_store(database());
  std::unique_ptr<attendance::EventStore> events_ = make_event_store(database());
};

using Texts = std::vector<std::string>;

INSTANTIATE_TEST_SUITE_P(On, AuditTrailContract, ::testing::ValuesIn(testing::database_kinds()),
                         [](const auto& test) { return std::string(test.param.name); });

TEST_P(AuditTrailContract, BringsAnEntryBackAsItWas) {
  const auto written = entry("user:é", "erasePerson", "person:'p1'; --");
  trail_->record(written);
  const auto page = trail_->list({}).value();
  ASSERT_EQ(page.items.size(), 1U);
  EXPECT_EQ(page.items[0].sequence, 1);
  const auto& stored = page.items[0].entry;
  EXPECT_EQ(stored.at, written.at);
  EXPECT_EQ(stored.actor, written.actor);
  EXPECT_EQ(stored.action, written.action);
  EXPECT_EQ(stored.target, written.target);
  EXPECT_EQ(stored.request_id, written.request_id);
  EXPECT_EQ(stored.client_address, written.client_address);
  EXPECT_FALSE(page.next_cursor);
}

TEST_P(AuditTrailContract, ListsNewestFirstInPagesAndByFilter) {
  for (int i = 1; i <= 5; ++i) trail_->record(entry("user:u1", "addPerson", std::to_string(i)));
  trail_->record(entry("user:u2", "erasePerson", "5"));
  auto page = trail_->list({.limit = 4}).value();
  ASSERT_TRUE(page.next_cursor);
  EXPECT_EQ(page.items.front().sequence, 6);
  page = trail_->list({.limit = 4, .cursor = page.next_cursor}).value();
  ASSERT_EQ(page.items.size(), 2U);
  EXPECT_EQ(page.items.back().sequence, 1);
  EXPECT_FALSE(page.next_cursor);

  EXPECT_EQ(entries({.actor = "user:u2"}), Texts{"user:u2 erasePerson 5"});
  EXPECT_EQ(entries({.action = "erasePerson"}), Texts{"user:u2 erasePerson 5"});
  EXPECT_EQ(entries({.target = "5"}), (Texts{"user:u2 erasePerson 5", "user:u1 addPerson 5"}));
  EXPECT_EQ(entries({.actor = "user:u1", .target = "5"}), Texts{"user:u1 addPerson 5"});
  EXPECT_TRUE(entries({.actor = "nobody"}).empty());
  EXPECT_TRUE(entries({.actor = "\xFF"}).empty());
}

TEST_P(AuditTrailContract, RefusesACursorOfAnotherList) {
  events_->append(event_from("kiosk", "1"));
  events_->append(event_from("kiosk", "2"));
  const auto other = events_->list({.limit = 1}).value().next_cursor;
  ASSERT_TRUE(other);
  for (const auto& cursor : {*other, std::string("x"), std::string()}) {
    const auto page = trail_->list({.cursor = cursor});
    ASSERT_FALSE(page) << cursor;
    EXPECT_EQ(page.error().reason, "bad_cursor");
  }
}

TEST_P(AuditTrailContract, PutsTheEntryIntoEachTransactionOfItsScopeAndNoOther) {
  ASSERT_TRUE(people_->add(person_named("Before", "p0")));
  {
    const AuditScope scope(*trail_, entry("user:u1"));
    EXPECT_TRUE(entries().empty()) << "not before the act";
    ASSERT_TRUE(people_->add(person_named("One", "p1")));
    ASSERT_TRUE(people_->add(person_named("Two", "p2")));
  }
  ASSERT_TRUE(people_->add(person_named("After", "p3")));
  EXPECT_EQ(entries(), (Texts{"user:u1 addPerson ", "user:u1 addPerson "}));
  expect_sound();
}

TEST_P(AuditTrailContract, HasNoEntryForATransactionThatChangedNothing) {
  events_->append(event_from("kiosk", "1"));
  const AuditScope scope(*trail_, entry("device:kiosk", "checkIn"));
  EXPECT_TRUE(events_->append(event_from("kiosk", "1")).duplicate);
  EXPECT_TRUE(entries().empty());
  EXPECT_FALSE(events_->append(event_from("kiosk", "2")).duplicate);
  EXPECT_EQ(entries().size(), 1U) << "and one for a change";
  expect_sound();
}

TEST_P(AuditTrailContract, HasNoEntryForAnActThatFailed) {
  struct Failure {};
  const AuditScope scope(*trail_, entry("user:u1"));
  EXPECT_THROW(database().connections().write([](soci::session& sql) {
    sql << "UPDATE gallery_state SET version = 77";
    throw Failure{};
  }),
               Failure);
  EXPECT_THROW(run("INSERT INTO people SELECT * FROM no_such_table"), core::InfraError);
  EXPECT_TRUE(entries().empty());
  run("UPDATE gallery_state SET version = 78");
  EXPECT_EQ(entries().size(), 1U) << "the same act, when it works";
}

TEST_P(AuditTrailContract, UndoesTheActWhenItsEntryFails) {
  run("CREATE TRIGGER no_more BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no more'); END");
  {
    const AuditScope scope(*trail_, entry("user:u1"));
    EXPECT_THROW(static_cast<void>(people_->add(person_named("Ada", "p1"))), core::InfraError);
  }
  EXPECT_FALSE(people_->find({"p1"}));
  EXPECT_TRUE(people_->add(person_named("Ada", "p1"))) << "without a scope";
  expect_sound();
}

TEST_P(AuditTrailContract, EndsAScopeWhenAnExceptionLeavesIt) {
  try {
    const AuditScope scope(*trail_, entry("user:u1"));
    throw std::runtime_error("handler");
  } catch (const std::runtime_error&) {
  }
  ASSERT_TRUE(people_->add(person_named("Ada", "p1")));
  EXPECT_TRUE(entries().empty());
}

TEST_P(AuditTrailContract, RecordsInsideAScopeWithoutItsEntry) {
  const AuditScope scope(*trail_, entry("user:u1", "addPerson"));
  trail_->record(entry("user:u1", "readScores"));
  EXPECT_EQ(entries(), Texts{"user:u1 readScores "});
  ASSERT_TRUE(people_->add(person_named("Ada", "p1")));
  EXPECT_EQ(entries(), (Texts{"user:u1 addPerson ", "user:u1 readScores "})) << "the scope goes on";
}

TEST_P(AuditTrailContract, RefusesTextThatNoDatabaseKeepsBeforeTheAct) {
  const auto unkept = entry(std::string("user:\0", 6));
  EXPECT_THROW(trail_->begin(unkept), core::InfraError);
  EXPECT_THROW(trail_->record(unkept), core::InfraError);
  ASSERT_TRUE(people_->add(person_named("Ada", "p1")));
  EXPECT_TRUE(entries().empty());
}

TEST_P(AuditTrailContract, KeepsTheScopesOfThreadsApart) {
  std::latch both_began(3);
  {
    std::vector<std::jthread> threads;
    for (const std::string name : {"a", "b"}) {
      threads.emplace_back([&, name] {
        const AuditScope scope(*trail_, entry("user:" + name, "addPerson", name));
        both_began.arrive_and_wait();
        for (int i = 0; i < 20; ++i) {
          EXPECT_TRUE(people_->add(person_named(name, name + std::to_string(i))));
        }
      });
    }
    // A third thread has no scope.
    threads.emplace_back([&] {
      both_began.arrive_and_wait();
      for (int i = 0; i < 20; ++i) EXPECT_TRUE(people_->add(person_named("c", "c" + std::to_string(i))));
    });
  }
  EXPECT_EQ(entries({.actor = "user:a", .limit = 500}), Texts(20, "user:a addPerson a"));
  EXPECT_EQ(entries({.actor = "user:b", .limit = 500}), Texts(20, "user:b addPerson b"));
  EXPECT_EQ(entries().size(), 40U);
  expect_sound();
}

}  // namespace
}  // namespace rollcall::storage

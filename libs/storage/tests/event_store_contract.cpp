#include "connections.hpp"
#include "json_columns.hpp"
#include "samples.hpp"
#include "test_database.hpp"

#include <barrier>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include <rollcall/core/infra_error.hpp>
#include <rollcall/storage/stores.hpp>

namespace rollcall::storage {
namespace {

using attendance::EventQuery;
using domain::Event;
using domain::Verdict;
using testing::event_from;
using testing::time_at;

void expect_equal(const Event& stored, const Event& event) {
  EXPECT_EQ(stored.id, event.id);
  EXPECT_EQ(stored.device, event.device);
  EXPECT_EQ(stored.device_event_id, event.device_event_id);
  EXPECT_EQ(stored.request_sha256, event.request_sha256);
  EXPECT_EQ(stored.method, event.method);
  EXPECT_EQ(stored.verdict, event.verdict);
  EXPECT_EQ(stored.reason, event.reason);
  EXPECT_EQ(stored.person, event.person);
  EXPECT_EQ(stored.captured_at, event.captured_at);
  EXPECT_EQ(stored.received_at, event.received_at);
  EXPECT_EQ(to_column(stored.evidence), to_column(event.evidence));
}

class EventStoreContract : public ::testing::TestWithParam<testing::DatabaseKind> {
 protected:
  std::vector<std::string> ids_of(const EventQuery& query) {
    std::vector<std::string> ids;
    for (const auto& event : store_->list(query).value().items) ids.push_back(event.device_event_id);
    return ids;
  }

  std::unique_ptr<testing::TestDatabase> database_ = GetParam().create();
  std::unique_ptr<attendance::EventStore> store_ = make_event_store(database_->database());
};

INSTANTIATE_TEST_SUITE_P(On, EventStoreContract, ::testing::ValuesIn(testing::database_kinds()),
                         [](const auto& test) { return std::string(test.param.name); });

TEST_P(EventStoreContract, BringsAnEventBackAsItWas) {
  auto event = event_from("kiosk '1' 🦊", "id with \"quotes\"; DROP TABLE events");
  event.evidence.claimed = domain::PersonId{"p1"};
  event.captured_at = time_at(-4'000'000'000'000'001);
  const auto appended = store_->append(event);
  EXPECT_FALSE(appended.duplicate);
  EXPECT_GT(appended.event.sequence, 0);
  expect_equal(appended.event, event);
  for (const auto& found : {store_->find(event.id), store_->find(event.device, event.device_event_id)}) {
    ASSERT_TRUE(found);
    EXPECT_EQ(found->sequence, appended.event.sequence);
    expect_equal(*found, event);
  }
}

TEST_P(EventStoreContract, KeepsAnEventWithoutAPerson) {
  auto event = event_from("kiosk", "1");
  event.person.reset();
  event.verdict = Verdict::unknown;
  event.evidence.candidates.clear();
  store_->append(event);
  const auto stored = store_->find(event.id);
  EXPECT_FALSE(stored->person);
  EXPECT_EQ(stored->verdict, Verdict::unknown);
}

TEST_P(EventStoreContract, FindsNothingWhereNothingIs) {
  EXPECT_FALSE(store_->find(domain::EventId{"none"}));
  EXPECT_FALSE(store_->find({"kiosk"}, "none"));
  EXPECT_EQ(store_->count(), 0);
  EXPECT_TRUE(ids_of({}).empty());
}

TEST_P(EventStoreContract, AnswersARetryWithWhatIsStored) {
  const auto first = store_->append(event_from("kiosk", "1"));
  auto retry = event_from("kiosk", "1");
  retry.id.value = "another";
  retry.verdict = Verdict::unknown;
  retry.request_sha256 = "different";
  const auto second = store_->append(retry);
  EXPECT_TRUE(second.duplicate);
  EXPECT_EQ(second.event.sequence, first.event.sequence);
  expect_equal(second.event, first.event);
  EXPECT_EQ(store_->count(), 1);
  EXPECT_FALSE(store_->append(event_from("kiosk-2", "1")).duplicate) << "ids belong to their device";
  EXPECT_FALSE(store_->append(event_from("kiosk", "2")).duplicate);
  EXPECT_EQ(store_->count(), 3);
}

TEST_P(EventStoreContract, RefusesTextThatADatabaseMayNotKeep) {
  for (const auto& text : {std::string("a\0b", 3), std::string("\xC3\x28")}) {
    EXPECT_THROW(store_->append(event_from("kiosk", text)), core::InfraError);
    EXPECT_THROW(store_->append(event_from(text, "1")), core::InfraError);
    EXPECT_FALSE(store_->find({text}, text));
    EXPECT_TRUE(ids_of({.device = domain::DeviceId{text}}).empty());
  }
  EXPECT_EQ(store_->count(), 0);
}

TEST_P(EventStoreContract, TheDatabaseItselfRefusesToChangeAnEvent) {
  const auto event = store_->append(event_from("kiosk", "1")).event;
  for (const char* statement : {"UPDATE events SET verdict = 'unknown'", "UPDATE events SET sequence = 9",
                                "UPDATE events SET person_id = NULL WHERE device_id = 'kiosk'",
                                "DELETE FROM events", "DELETE FROM events WHERE device_id = 'kiosk'"}) {
    EXPECT_THROW(database_->database().connections().write([&](soci::session& sql) { sql << statement; }),
                 core::InfraError)
        << statement;
  }
  EXPECT_EQ(store_->count(), 1);
  expect_equal(*store_->find(event.id), event);
}

TEST_P(EventStoreContract, StoresEachEventOnceHoweverManyThreadsSendIt) {
  constexpr int kThreads = 8;
  constexpr int kEvents = 40;
  std::barrier start(kThreads);
  std::array<std::vector<attendance::Appended>, kThreads> answers;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      start.arrive_and_wait();
      for (int i = 0; i < kEvents; ++i) {
        auto shared = event_from("kiosk", "shared-" + std::to_string(i));
        shared.id.value += "-" + std::to_string(t);
        answers[static_cast<std::size_t>(t)].push_back(store_->append(shared));
        const auto own = event_from("kiosk-" + std::to_string(t), std::to_string(i));
        answers[static_cast<std::size_t>(t)].push_back(store_->append(own));
      }
    });
  }
  for (auto& thread : threads) thread.join();

  std::set<std::int64_t> fresh;
  std::map<std::string, std::set<std::int64_t>> sequences_by_event;
  for (const auto& list : answers) {
    std::int64_t last_own = 0;
    for (const auto& [event, duplicate] : list) {
      if (!duplicate) {
        EXPECT_TRUE(fresh.insert(event.sequence).second) << "two events share a sequence";
      }
      sequences_by_event[event.device.value + "/" + event.device_event_id].insert(event.sequence);
      if (event.device.value == "kiosk") continue;
      EXPECT_GT(event.sequence, last_own) << "grows by commit order";
      last_own = event.sequence;
    }
  }
  EXPECT_EQ(fresh.size(), kEvents + kThreads * kEvents);
  EXPECT_EQ(store_->count(), kEvents + kThreads * kEvents);
  for (const auto& [event, sequences] : sequences_by_event) EXPECT_EQ(sequences.size(), 1U) << event;
}

TEST_P(EventStoreContract, ListsTheNewestFirstAndFilters) {
  const auto append = [&](const char* id, const char* device, const char* person, Verdict verdict, int at) {
    auto event = event_from(device, id);
    event.person = domain::PersonId{person};
    event.verdict = verdict;
    event.captured_at = time_at(at);
    store_->append(event);
  };
  append("1", "kiosk-a", "p1", Verdict::match, 400);
  append("2", "kiosk-b", "p1", Verdict::match, 300);
  append("3", "kiosk-a", "p2", Verdict::match, 200);
  append("4", "kiosk-a", "p1", Verdict::low_quality, 100);

  using Ids = std::vector<std::string>;
  EXPECT_EQ(ids_of({}), (Ids{"4", "3", "2", "1"}));
  EXPECT_EQ(ids_of({.person = domain::PersonId{"p1"}}), (Ids{"4", "2", "1"}));
  EXPECT_EQ(ids_of({.device = domain::DeviceId{"kiosk-a"}}), (Ids{"4", "3", "1"}));
  EXPECT_EQ(ids_of({.verdict = Verdict::low_quality}), Ids{"4"});
  EXPECT_EQ(ids_of({.captured_from = time_at(200)}), (Ids{"3", "2", "1"}));
  EXPECT_EQ(ids_of({.captured_until = time_at(200)}), Ids{"4"});
  EXPECT_EQ(ids_of({.captured_from = time_at(200), .captured_until = time_at(400)}), (Ids{"3", "2"}));
  EXPECT_EQ(ids_of({.person = domain::PersonId{"p1"},
                    .device = domain::DeviceId{"kiosk-a"},
                    .verdict = Verdict::match,
                    .captured_from = time_at(0)}),
            Ids{"1"});
  EXPECT_TRUE(ids_of({.person = domain::PersonId{"' OR 1=1 --"}}).empty());
}

TEST_P(EventStoreContract, PagesKeepTheirPlaceWhileEventsArrive) {
  for (int i = 1; i <= 7; ++i) store_->append(event_from("kiosk", std::to_string(i)));
  std::vector<std::string> ids;
  EventQuery query{.limit = 3};
  for (int arrived = 100;; ++arrived) {
    const auto page = store_->list(query).value();
    for (const auto& event : page.items) ids.push_back(event.device_event_id);
    ASSERT_LE(ids.size(), 7U);
    if (!page.next_cursor) break;
    query.cursor = page.next_cursor;
    store_->append(event_from("kiosk", std::to_string(arrived)));
  }
  EXPECT_EQ(ids, (std::vector<std::string>{"7", "6", "5", "4", "3", "2", "1"}));
}

TEST_P(EventStoreContract, HasNoCursorAfterAFullLastPage) {
  for (int i = 1; i <= 4; ++i) store_->append(event_from("kiosk", std::to_string(i)));
  EXPECT_FALSE(store_->list({.limit = 4}).value().next_cursor);
  EXPECT_TRUE(store_->list({.limit = 3}).value().next_cursor);
  EXPECT_EQ(ids_of({.limit = 0}).size(), 1U);
  EXPECT_EQ(ids_of({.limit = 1'000'000}).size(), 4U);
}

TEST_P(EventStoreContract, RefusesAForeignCursor) {
  for (const auto& cursor : {std::string(), std::string("*"), std::string("ZQ"), std::string("ZXg"),
                             std::string("ZTE4NDQ2NzQ0MDczNzA5NTUxNjE2"), std::string("ZTEg"),
                             std::string("cGFiYyBhYmM"), std::string(1'000'000, 'A')}) {
    const auto page = store_->list({.cursor = cursor});
    ASSERT_TRUE(page.has_error()) << cursor.substr(0, 30);
    EXPECT_EQ(page.error().code, core::Errc::invalid_input);
    EXPECT_EQ(page.error().reason, "bad_cursor");
  }
}

}  // namespace
}  // namespace rollcall::storage

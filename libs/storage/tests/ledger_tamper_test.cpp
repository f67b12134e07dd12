// What the ledger promises: whatever somebody who may write the database changes afterwards is found.
#include "connections.hpp"
#include "ledger_check.hpp"
#include "ledger_writer.hpp"
#include "samples.hpp"
#include "sqlite_rows.hpp"
#include "sqlite_session.hpp"
#include "test_database.hpp"

#include <map>
#include <random>

#include <gtest/gtest.h>

#include <rollcall/core/testing/fake_clock.hpp>
#include <rollcall/storage/migrations.hpp>
#include <rollcall/storage/stores.hpp>

namespace rollcall::storage {
namespace {

constexpr int kRows = 2000;
constexpr int kEventsPerEntry = 9;
constexpr int kEntries = kRows / (kEventsPerEntry + 1);
constexpr int kEvents = kRows - kEntries;

struct Column {
  std::string name;
  bool is_text;
};

// One ledger for all tests; what they do to it is rolled back.
class TamperedLedger : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { site_ = new Site; }
  static void TearDownTestSuite() {
    delete site_;
    site_ = nullptr;
  }

  // What the check finds after `attack`, by somebody who took the triggers and constraints away first.
  template <class Attack>
  static std::string fault_after(Attack attack, const std::vector<LedgerAnchor>& copies) {
    struct Undo {};
    LedgerReport report;
    try {
      connections().write([&](soci::session& sql) {
        for (const std::string table : {"events", "audit", "ledger", "ledger_anchors"}) {
          execute_script(
              sql, "DROP TRIGGER " + table + "_refuse_update; DROP TRIGGER " + table + "_refuse_delete");
        }
        attack(sql);
        report = check_ledger(sql, connections().ledger_keys(), copies, {});
        throw Undo{};
      });
    } catch (const Undo&) {
    }
    return report.fault ? std::to_string(report.fault->sequence) + ": " + report.fault->what : "none";
  }

  static std::vector<Column> columns_of(const std::string& table) {
    return connections().read([&](soci::session& sql) {
      std::vector<Column> columns;
      SqliteRows rows(sql, "SELECT name, type FROM pragma_table_info('" + table + "')");
      while (rows.next()) columns.push_back({std::string(rows.text(0)), rows.text(1) == "TEXT"});
      return columns;
    });
  }

  static Database::Connections& connections() { return site_->database.connections(); }
  // Of an anchor file that was copied away in time.
  static const std::vector<LedgerAnchor>& copies() { return site_->copies; }

 private:
  struct Site {
    Site() {
      migrate(database);
      database.connections().write([](soci::session& sql) {
        // Speed only: nothing here cuts the power.
        execute_script(sql,
                       "COMMIT; PRAGMA synchronous=OFF; PRAGMA ignore_check_constraints=ON; BEGIN IMMEDIATE");
      });
      const auto events = make_event_store(database);
      const auto trail = make_audit_trail(database);
      const core::testing::FakeClock clock;
      const auto file = folder.path() / "ledger-anchors.jsonl";
      for (int i = 0; i < kEvents; ++i) {
        auto event = testing::event_from("kiosk-" + std::to_string(i % 5), std::to_string(i));
        if (i % 3 == 0) event.person.reset();
        events->append(event);
        if (i % kEventsPerEntry != 0) continue;
        trail->record({testing::time_at(i), "user:u1", "readScores", "event:" + event.id.value,
                       "request-" + std::to_string(i), "192.0.2.7"});
        if (i == 90) anchor_ledger(database, file, clock, AnchorWhen::now);
      }
      anchor_ledger(database, file, clock, AnchorWhen::now);
      copies = read_anchor_file(file).value().anchors;
    }

    testing::TemporaryFolder folder;
    Database database{testing::settings_for(folder.path() / "test.db")};
    std::vector<LedgerAnchor> copies;
  };
  static inline Site* site_ = nullptr;
};

// One random change at a time, as a script.
class Attacker {
 public:
  Attacker(unsigned seed, std::map<std::string, std::vector<Column>> columns)
      : random_(seed), columns_(std::move(columns)) {}

  std::string edit() {
    const auto& [table, columns] = *std::next(columns_.begin(), number(0, 2));
    return edit(table, columns[static_cast<std::size_t>(number(0, std::ssize(columns) - 1))],
                number(1, rows_of(table)));
  }

  std::string edit(const std::string& table, const Column& column, long long row) {
    return "UPDATE " + table + " SET " + column.name + " = " + other_value(column) +
           " WHERE sequence = " + std::to_string(row);
  }

  // A row of one table, or an event together with its row of the ledger.
  std::string remove() {
    const auto event = std::to_string(number(1, kEvents));
    if (number(0, 3) == 0) {
      return "DELETE FROM ledger WHERE subject = (SELECT id FROM events WHERE sequence = " + event +
             "); DELETE FROM events WHERE sequence = " + event;
    }
    const auto table = any_table();
    return "DELETE FROM " + table + " WHERE sequence = " + std::to_string(number(1, rows_of(table)));
  }

  // A copy of a row, before the others or after them.
  std::string insert() {
    const auto table = any_table();
    const auto from = std::to_string(number(1, rows_of(table)));
    const auto to = number(0, 1) == 0 ? std::to_string(-number(0, 1000))
                                      : std::to_string(rows_of(table) + number(1, 1000));
    std::string values = to;
    for (const auto& column : columns_.at(table)) {
      if (column.name == "sequence") continue;
      const bool unique = table == "events" && (column.name == "id" || column.name == "device_event_id");
      values += ", " + column.name + (unique ? " || 'x'" : "");
    }
    return "INSERT INTO " + table + " SELECT " + values + " FROM " + table + " WHERE sequence = " + from;
  }

  // Two rows of a table change their places.
  std::string swap() {
    const auto table = any_table();
    const auto a = number(1, rows_of(table));
    auto b = number(1, rows_of(table) - 1);
    if (b >= a) ++b;
    const auto move = [&](long long from, long long to) {
      return "UPDATE " + table + " SET sequence = " + std::to_string(to) +
             " WHERE sequence = " + std::to_string(from) + ";";
    };
    return move(a, -1) + move(b, a) + move(-1, b);
  }

  // The end of everything, so that what is left fits together; the anchors in the database too.
  std::string truncate() {
    return "DELETE FROM ledger WHERE sequence > " + std::to_string(number(0, kRows - 1)) +
           ";"
           "DELETE FROM events WHERE id NOT IN (SELECT subject FROM ledger WHERE kind = 'event');"
           "DELETE FROM audit WHERE sequence NOT IN "
           "(SELECT CAST(subject AS INTEGER) FROM ledger WHERE kind = 'audit');"
           "DELETE FROM ledger_anchors";
  }

 private:
  static long long rows_of(const std::string& table) {
    return table == "events" ? kEvents : table == "audit" ? kEntries : kRows;
  }
  long long number(long long min, long long max) {
    return std::uniform_int_distribution<long long>(min, max)(random_);
  }
  std::string any_table() { return std::next(columns_.begin(), number(0, 2))->first; }

  // Some of these read the same through SOCI, but are no longer found by a search.
  std::string other_value(const Column& column) {
    const auto& x = column.name;
    if (x == "sequence") return number(0, 1) == 0 ? "-" + x : x + " + 1000000";
    if (!column.is_text) {
      const std::array<std::string, 4> numbers{x + " + 1", x + " - 1", x + " + 0.5", x + " || 'x'"};
      return numbers[static_cast<std::size_t>(number(0, 3))];
    }
    const auto text = "COALESCE(" + x + ", '')";
    const std::array<std::string, 5> texts{
        text + " || 'x'", "CAST(" + text + " AS BLOB)", text + " || char(0)",
        "CASE substr(" + text + ", 1, 1) WHEN 'a' THEN 'b' ELSE 'a' END || substr(" + text + ", 2)",
        "iif(" + text + " = '', 'x', '')"};
    return texts[static_cast<std::size_t>(number(0, 4))];
  }

  std::mt19937 random_;
  std::map<std::string, std::vector<Column>> columns_;
};

TEST_F(TamperedLedger, IsFoundInAThousandOfAThousandRandomChanges) {
  constexpr int kEach = 200;
  Attacker attacker(
      20261121,
      {{"events", columns_of("events")}, {"audit", columns_of("audit")}, {"ledger", columns_of("ledger")}});
  const std::map<std::string, std::string (Attacker::*)()> kinds{
      {"edit", static_cast<std::string (Attacker::*)()>(&Attacker::edit)},
      {"delete", &Attacker::remove},
      {"insert", &Attacker::insert},
      {"swap", &Attacker::swap},
      {"truncation", &Attacker::truncate}};
  ASSERT_EQ(fault_after([](soci::session&) {}, copies()), "none") << "the control";
  for (const auto& [kind, make] : kinds) {
    int found = 0;
    int found_without_copies = 0;
    for (int i = 0; i < kEach; ++i) {
      const auto script = (attacker.*make)();
      const auto attack = [&](soci::session& sql) { execute_script(sql, script); };
      if (fault_after(attack, copies()) != "none") {
        ++found;
      } else {
        ADD_FAILURE() << script;
      }
      if (kind == "truncation") found_without_copies += fault_after(attack, {}) != "none" ? 1 : 0;
    }
    RecordProperty(kind, found);
    EXPECT_EQ(found, kEach) << kind;
    EXPECT_EQ(found_without_copies, 0) << "the anchors' copies are what finds a truncation, nothing else";
  }
  EXPECT_EQ(fault_after([](soci::session&) {}, copies()), "none") << "every change was rolled back";
}

// Every column of the tables as they are now: one that a migration adds must join the form that is hashed.
TEST_F(TamperedLedger, IsFoundInEveryColumn) {
  Attacker attacker(1, {});
  for (const std::string table : {"events", "audit", "ledger"}) {
    const auto columns = columns_of(table);
    EXPECT_GE(columns.size(), 7U);
    for (const auto& column : columns) {
      const auto script = attacker.edit(table, column, 100);
      EXPECT_NE(fault_after([&](soci::session& sql) { execute_script(sql, script); }, {}), "none") << script;
    }
  }
  for (const auto& column : columns_of("ledger_anchors")) {
    const auto script = "UPDATE ledger_anchors SET " + column.name + " = " +
                        (column.is_text ? "'x' || " + column.name : column.name + " + 1") +
                        " WHERE sequence < 2000";
    EXPECT_NE(fault_after([&](soci::session& sql) { execute_script(sql, script); }, {}), "none") << script;
  }
}

TEST_F(TamperedLedger, IsFoundWhenAValueBecomesNull) {
  const auto with_person = "UPDATE events SET person_id = NULL WHERE sequence = 500";
  const auto without_person = "UPDATE events SET person_id = '' WHERE sequence = 499";
  for (const std::string script : {with_person, without_person}) {
    EXPECT_NE(fault_after([&](soci::session& sql) { execute_script(sql, script); }, {}), "none") << script;
  }
}

// An event is changed, and everything after it made anew to fit.
void rewrite(soci::session& sql, const LedgerKeys& keys) {
  execute_script(sql,
                 "UPDATE events SET verdict = 'unknown' WHERE sequence = 700;"
                 "CREATE TEMP TABLE old AS SELECT * FROM ledger;"
                 "DELETE FROM ledger; DELETE FROM ledger_anchors;");
  SqliteRows old(sql, "SELECT kind, subject, recorded_at FROM old ORDER BY sequence");
  SqliteRows events(sql, std::string("SELECT ") + kEventColumns + " FROM events ORDER BY sequence");
  SqliteRows entries(sql, std::string("SELECT ") + kAuditColumns + " FROM audit ORDER BY sequence");
  LedgerWriter ledger(sql, keys);
  while (old.next()) {
    const bool is_event = old.text(0) == kEventKind;
    auto& subjects = is_event ? events : entries;
    ASSERT_TRUE(subjects.next());
    CanonicalRow row(is_event ? kEventForm : kAuditForm);
    for (int column = 0; column < subjects.columns(); ++column) subjects.add_to(row, column);
    ledger.append(std::string(old.text(0)), std::string(old.text(1)),
                  core::TimePoint{std::chrono::microseconds{old.number(2)}}, row.digest());
  }
}

TEST_F(TamperedLedger, IsFoundWhenItWasMadeAnewWithoutTheKey) {
  const LedgerKeys guessed(crypto::Key::random());
  const auto fault = fault_after([&](soci::session& sql) { rewrite(sql, guessed); }, {});
  EXPECT_EQ(fault, "1: the row's seal is not of this installation's data key");
}

TEST_F(TamperedLedger, IsFoundByCopiedAnchorsWhenItWasMadeAnewWithTheKey) {
  const auto attack = [](soci::session& sql) { rewrite(sql, connections().ledger_keys()); };
  EXPECT_EQ(fault_after(attack, {}), "none") << "the control: the key makes a good ledger of anything";
  const auto fault = fault_after(attack, copies());
  EXPECT_NE(fault.find("holds another chain"), std::string::npos) << fault;
}

}  // namespace
}  // namespace rollcall::storage

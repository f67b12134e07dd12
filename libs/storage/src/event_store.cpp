#include "case_folding.hpp"
#include "connections.hpp"
#include "cursor.hpp"
#include "json_columns.hpp"
#include "ledger_writer.hpp"
#include "rollcall/storage/stores.hpp"
#include "statement.hpp"

#include <algorithm>

#include <rollcall/core/infra_error.hpp>

namespace rollcall::storage {
namespace {

using attendance::Appended;
using attendance::EventQuery;
using core::Result;
using domain::DeviceId;
using domain::Event;
using domain::EventId;

const auto kSelect = std::string("SELECT ") + kEventColumns + " FROM events ";
constexpr auto kWhereDeviceEvent = "WHERE device_id = :device_id AND device_event_id = :device_event_id";
constexpr auto kInsert =
    "INSERT INTO events (id, device_id, device_event_id, request_sha256, method, verdict, reason, person_id, "
    "captured_at, received_at, evidence) VALUES (:id, :device_id, :device_event_id, :request_sha256, "
    ":method, "
    ":verdict, :reason, :person_id, :captured_at, :received_at, :evidence) "
    "ON CONFLICT (device_id, device_event_id) DO NOTHING RETURNING sequence";

struct EventRow {
  long long sequence = 0;
  std::string id;
  std::string device_id;
  std::string device_event_id;
  std::string request_sha256;
  std::string method;
  std::string verdict;
  std::string reason;
  std::string person_id;
  soci::indicator person_id_state = soci::i_null;
  long long captured_at = 0;
  long long received_at = 0;
  std::string evidence;

  EventRow() = default;
  explicit EventRow(const Event& event)
      : id(event.id.value),
        device_id(event.device.value),
        device_event_id(event.device_event_id),
        request_sha256(event.request_sha256),
        method(name_of(event.method)),
        verdict(name_of(event.verdict)),
        reason(event.reason),
        person_id(event.person ? event.person->value : ""),
        person_id_state(event.person ? soci::i_ok : soci::i_null),
        captured_at(to_column(event.captured_at)),
        received_at(to_column(event.received_at)),
        evidence(storage::to_column(event.evidence)) {
    for (const auto* text :
         {&id, &device_id, &device_event_id, &request_sha256, &reason, &person_id, &evidence}) {
      if (!is_storable(*text)) throw core::InfraError("event: text must be UTF-8 without NUL characters");
    }
  }

  void receive_from(soci::statement& statement) {
    statement.exchange(soci::into(sequence));
    statement.exchange(soci::into(id));
    statement.exchange(soci::into(device_id));
    statement.exchange(soci::into(device_event_id));
    statement.exchange(soci::into(request_sha256));
    statement.exchange(soci::into(method));
    statement.exchange(soci::into(verdict));
    statement.exchange(soci::into(reason));
    statement.exchange(soci::into(person_id, person_id_state));
    statement.exchange(soci::into(captured_at));
    statement.exchange(soci::into(received_at));
    statement.exchange(soci::into(evidence));
  }

  void send_to(soci::statement& statement) {
    statement.exchange(soci::use(id, "id"));
    statement.exchange(soci::use(device_id, "device_id"));
    statement.exchange(soci::use(device_event_id, "device_event_id"));
    statement.exchange(soci::use(request_sha256, "request_sha256"));
    statement.exchange(soci::use(method, "method"));
    statement.exchange(soci::use(verdict, "verdict"));
    statement.exchange(soci::use(reason, "reason"));
    statement.exchange(soci::use(person_id, person_id_state, "person_id"));
    statement.exchange(soci::use(captured_at, "captured_at"));
    statement.exchange(soci::use(received_at, "received_at"));
    statement.exchange(soci::use(evidence, "evidence"));
  }

  // Of the row as it is stored; `sequence` must be set.
  std::string digest() const {
    CanonicalRow row(kEventForm);
    row.add_number(sequence);
    for (const auto* text :
         {&id, &device_id, &device_event_id, &request_sha256, &method, &verdict, &reason}) {
      row.add_text(*text);
    }
    if (person_id_state == soci::i_ok) {
      row.add_text(person_id);
    } else {
      row.add_null();
    }
    return row.add_number(captured_at).add_number(received_at).add_text(evidence).digest();
  }

  Event event() const {
    const auto known_method = domain::checkin_method_from(method);
    const auto known_verdict = domain::verdict_from(verdict);
    if (!known_method || !known_verdict) {
      throw core::InfraError("database: event " + id +
                             " has a method or verdict that this program does not know");
    }
    Event event;
    event.id.value = id;
    event.sequence = sequence;
    event.device.value = device_id;
    event.device_event_id = device_event_id;
    event.request_sha256 = request_sha256;
    event.method = *known_method;
    event.verdict = *known_verdict;
    event.reason = reason;
    if (person_id_state == soci::i_ok) event.person = domain::PersonId{person_id};
    event.captured_at = time_from_column(captured_at);
    event.received_at = time_from_column(received_at);
    event.evidence = evidence_from_column(evidence);
    return event;
  }
};

std::optional<Event> select_device_event(soci::session& sql, const std::string& device_id,
                                         const std::string& device_event_id) {
  soci::statement select(sql);
  EventRow row;
  row.receive_from(select);
  select.exchange(soci::use(device_id, "device_id"));
  select.exchange(soci::use(device_event_id, "device_event_id"));
  open(select, kSelect + kWhereDeviceEvent);
  if (!select.fetch()) return std::nullopt;
  return row.event();
}

// The conditions of a query; keeps the bound values alive.
class EventFilter {
 public:
  explicit EventFilter(const EventQuery& query) {
    if (query.person) add_text(" AND person_id = :person_id", "person_id", query.person->value);
    if (query.device) add_text(" AND device_id = :device_id", "device_id", query.device->value);
    if (query.verdict) add_text(" AND verdict = :verdict", "verdict", std::string(name_of(*query.verdict)));
    if (query.captured_from) add_number(" AND captured_at >= :from", "from", to_column(*query.captured_from));
    if (query.captured_until)
      add_number(" AND captured_at < :until", "until", to_column(*query.captured_until));
  }

  void add_number(const std::string& condition, const char* name, long long value) {
    conditions_ += condition;
    numbers_.emplace_back(name, value);
  }

  bool can_match() const {
    return std::ranges::all_of(texts_, [](const auto& text) { return is_storable(text.second); });
  }
  const std::string& conditions() const { return conditions_; }

  void send_to(soci::statement& statement) const {
    for (const auto& [name, value] : texts_) statement.exchange(soci::use(value, name));
    for (const auto& [name, value] : numbers_) statement.exchange(soci::use(value, name));
  }

 private:
  void add_text(const std::string& condition, const char* name, std::string value) {
    conditions_ += condition;
    texts_.emplace_back(name, std::move(value));
  }

  std::string conditions_ = "WHERE 1 = 1";
  std::vector<std::pair<std::string, std::string>> texts_;
  std::vector<std::pair<std::string, long long>> numbers_;
};

class SqlEventStore final : public attendance::EventStore {
 public:
  explicit SqlEventStore(Database& database) : database_(database.connections()) {}

  Appended append(const Event& event) override {
    EventRow row(event);
    return database_.write([&](soci::session& sql) -> Appended {
      soci::statement insert(sql);
      insert.exchange(soci::into(row.sequence));
      row.send_to(insert);
      if (change(insert, kInsert).returned_row) {
        LedgerWriter(sql, database_.ledger_keys())
            .append(kEventKind, row.id, event.received_at, row.digest());
        Appended appended{event, false};
        appended.event.sequence = row.sequence;
        return appended;
      }
      auto stored = select_device_event(sql, row.device_id, row.device_event_id);
      if (!stored) throw core::InfraError("database: an event was neither stored nor there before");
      return {std::move(*stored), true};
    });
  }

  std::optional<Event> find(const EventId& id) override {
    return database_.read([&](soci::session& sql) -> std::optional<Event> {
      soci::statement select(sql);
      EventRow row;
      row.receive_from(select);
      select.exchange(soci::use(id.value, "id"));
      open(select, kSelect + "WHERE id = :id");
      if (!select.fetch()) return std::nullopt;
      return row.event();
    });
  }

  std::optional<Event> find(const DeviceId& device, const std::string& device_event_id) override {
    if (!is_storable(device.value) || !is_storable(device_event_id)) return std::nullopt;
    return database_.read(
        [&](soci::session& sql) { return select_device_event(sql, device.value, device_event_id); });
  }

  Result<core::Page<Event>> list(const EventQuery& query) override {
    EventFilter filter(query);
    if (query.cursor) {
      const auto before = event_sequence_from(*query.cursor);
      if (!before) return bad_cursor();
      filter.add_number(" AND sequence < :before", "before", *before);
    }
    if (!filter.can_match()) return core::Page<Event>{};
    const int limit = std::clamp(query.limit, 1, kPageItemsMax);
    const int rows_max = limit + 1;

    return database_.read([&](soci::session& sql) {
      soci::statement select(sql);
      EventRow row;
      row.receive_from(select);
      filter.send_to(select);
      select.exchange(soci::use(rows_max, "rows_max"));
      open(select, kSelect + filter.conditions() + " ORDER BY sequence DESC LIMIT :rows_max");
      core::Page<Event> page;
      while (select.fetch()) {
        if (std::ssize(page.items) == limit) {
          page.next_cursor = to_cursor(page.items.back().sequence);
          break;
        }
        page.items.push_back(row.event());
      }
      return Result<core::Page<Event>>(std::move(page));
    });
  }

  std::int64_t count() override {
    return database_.read([](soci::session& sql) {
      long long count = 0;
      sql << "SELECT COUNT(*) FROM events", soci::into(count);
      return std::int64_t{count};
    });
  }

 private:
  Database::Connections& database_;
};

}  // namespace

std::unique_ptr<attendance::EventStore> make_event_store(Database& database) {
  return std::make_unique<SqlEventStore>(database);
}

}  // namespace rollcall::storage

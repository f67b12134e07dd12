#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <rollcall/core/page.hpp>
#include <rollcall/core/result.hpp>
#include <rollcall/domain/event.hpp>

namespace rollcall::attendance {

struct EventQuery {
  std::optional<domain::PersonId> person;
  std::optional<domain::DeviceId> device;
  std::optional<domain::Verdict> verdict;
  std::optional<core::TimePoint> captured_from;   // inclusive
  std::optional<core::TimePoint> captured_until;  // exclusive
  int limit = 20;                                 // 1..500
  std::optional<std::string> cursor;
};

struct Appended {
  domain::Event event;     // as it is stored
  bool duplicate = false;  // (device, device_event_id) was there before; nothing was written
};

// The append-only ledger of sightings.
//
// Thread safe. Throws core::InfraError; after that the outcome is unknown and the caller may retry the same
// event.
class EventStore {
 public:
  virtual ~EventStore() = default;

  // When it returns, the event is committed and synced to disk. An event with the same (device,
  // device_event_id) is never stored twice: the stored one is returned. The database itself refuses to change
  // or delete an event.
  virtual Appended append(const domain::Event& event) = 0;
  virtual std::optional<domain::Event> find(const domain::EventId& id) = 0;
  virtual std::optional<domain::Event> find(const domain::DeviceId& device,
                                            const std::string& device_event_id) = 0;
  // Newest first by sequence. Errors: invalid_input "bad_cursor".
  virtual core::Result<core::Page<domain::Event>> list(const EventQuery& query) = 0;
  virtual std::int64_t count() = 0;
};

}  // namespace rollcall::attendance

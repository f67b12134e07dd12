#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <rollcall/core/page.hpp>
#include <rollcall/core/result.hpp>
#include <rollcall/domain/person.hpp>

namespace rollcall::attendance {

struct PeopleQuery {
  // Part of the display name or external id, in any case; empty for everybody.
  std::string search;
  std::optional<domain::PersonStatus> status;
  int limit = 50;  // 1..500
  std::optional<std::string> cursor;
};

// The people that a site knows.
//
// Every member is one committed transaction. Thread safe. Throws core::InfraError when the database fails or
// stays busy beyond its limit.
class PeopleStore {
 public:
  virtual ~PeopleStore() = default;

  // Errors: conflict "external_id_taken".
  virtual core::Result<void> add(const domain::Person& person) = 0;
  // Replaces name, external id, status and updated_at. Errors: not_found "person_not_found", conflict
  // "external_id_taken".
  virtual core::Result<void> update(const domain::Person& person) = 0;
  virtual std::optional<domain::Person> find(const domain::PersonId& id) = 0;
  virtual std::optional<domain::Person> find_by_external_id(const std::string& external_id) = 0;
  // Ordered by name (case folded), then id. Errors: invalid_input "bad_cursor".
  virtual core::Result<core::Page<domain::Person>> list(const PeopleQuery& query) = 0;
  virtual std::int64_t count() = 0;
};

}  // namespace rollcall::attendance

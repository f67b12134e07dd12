// Where a page ended, as opaque text that survives a URL.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <rollcall/core/result.hpp>
#include <rollcall/domain/ids.hpp>

namespace rollcall::storage {

struct PeoplePosition {
  std::string name_folded;
  domain::PersonId id;
};
std::string to_cursor(const PeoplePosition& position);
std::string to_cursor(std::int64_t event_sequence);
std::string to_audit_cursor(std::int64_t sequence);

// A cursor comes from outside. nullopt for one that is not ours.
std::optional<PeoplePosition> people_position_from(std::string_view cursor);
std::optional<std::int64_t> event_sequence_from(std::string_view cursor);
std::optional<std::int64_t> audit_sequence_from(std::string_view cursor);

core::Error bad_cursor();

}  // namespace rollcall::storage

#pragma once

#include <optional>
#include <string>

#include <rollcall/core/clock.hpp>
#include <rollcall/domain/ids.hpp>

namespace rollcall::domain {

enum class PersonStatus { active, archived };  // archived people keep their history and are not recognised

struct Person {
  PersonId id;
  std::string display_name;
  // The site's own number or name for this person ("emp-123"); unique where present.
  std::optional<std::string> external_id;
  PersonStatus status = PersonStatus::active;
  core::TimePoint created_at;
  core::TimePoint updated_at;
};

}  // namespace rollcall::domain

#include "rollcall/attendance/people.hpp"

#include <rollcall/core/uuid.hpp>

namespace rollcall::attendance {

using core::Result;
using domain::Person;

core::Error person_not_found() {
  return {core::Errc::not_found, "person_not_found", "There is no person with this id."};
}

Result<Person> People::add(const NewPerson& person) {
  const auto now = parts_.clock.now();
  const Person added{.id = {core::make_uuid_v7(now)},
                     .display_name = person.display_name,
                     .external_id = person.external_id,
                     .status = domain::PersonStatus::active,
                     .created_at = now,
                     .updated_at = now};
  if (auto stored = parts_.store.add(added); !stored) return stored.error();
  return added;
}

Result<Person> People::get(const domain::PersonId& id) {
  if (auto person = parts_.store.find(id)) return *std::move(person);
  return person_not_found();
}

Result<Person> People::resolve(const std::string& id_or_external_id) {
  if (auto person = parts_.store.find_by_external_id(id_or_external_id)) return *std::move(person);
  return get({id_or_external_id});
}

Result<Person> People::change(const domain::PersonId& id, const PersonChanges& changes) {
  auto person = parts_.store.find(id);
  if (!person) return person_not_found();
  const auto status_before = person->status;
  if (changes.display_name) person->display_name = *changes.display_name;
  if (changes.external_id) person->external_id = *changes.external_id;
  if (changes.status) person->status = *changes.status;
  person->updated_at = parts_.clock.now();
  if (auto stored = parts_.store.update(*person); !stored) return stored.error();
  if (person->status != status_before) parts_.gallery.person_status_changed(id);
  return *std::move(person);
}

}  // namespace rollcall::attendance

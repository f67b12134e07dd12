// The directory of people: who can be recognised at all.
#pragma once

#include <optional>
#include <string>

#include <rollcall/attendance/gallery_keeper.hpp>
#include <rollcall/attendance/ports/people_store.hpp>
#include <rollcall/core/clock.hpp>
#include <rollcall/core/result.hpp>

namespace rollcall::attendance {

struct NewPerson {
  std::string display_name;
  std::optional<std::string> external_id;
};

// Absent members stay as they are.
struct PersonChanges {
  std::optional<std::string> display_name;
  std::optional<std::optional<std::string>> external_id;  // an inner nullopt removes it
  std::optional<domain::PersonStatus> status;
};

// Thread safe. Errors everywhere: not_found "person_not_found", conflict "external_id_taken".
class People {
 public:
  struct Parts {
    PeopleStore& store;
    GalleryKeeper& gallery;
    const core::Clock& clock;
  };

  explicit People(Parts parts) : parts_(parts) {}

  core::Result<domain::Person> add(const NewPerson& person);
  core::Result<domain::Person> get(const domain::PersonId& id);
  // By our id or by the site's own: the source systems' `user_id` is the latter.
  core::Result<domain::Person> resolve(const std::string& id_or_external_id);
  core::Result<domain::Person> change(const domain::PersonId& id, const PersonChanges& changes);

 private:
  const Parts parts_;
};

core::Error person_not_found();

}  // namespace rollcall::attendance

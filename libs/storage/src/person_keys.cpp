#include "person_keys.hpp"

#include "statement.hpp"

namespace rollcall::storage {

std::optional<crypto::Key> find_person_key(soci::session& sql, const MasterKeys& masters,
                                           const domain::PersonId& person) {
  WrappedKey wrapped;
  sql << "SELECT wrapped, master_key_id FROM person_keys WHERE person_id = :person_id",
      soci::use(person.value, "person_id"), soci::into(wrapped.sealed), soci::into(wrapped.master_key_id);
  if (!sql.got_data()) return std::nullopt;
  return masters.unwrap(wrapped, person);
}

crypto::Key require_person_key(soci::session& sql, const MasterKeys& masters, const domain::PersonId& person,
                               core::TimePoint now) {
  if (auto key = find_person_key(sql, masters, person)) return *std::move(key);
  auto key = crypto::Key::random();
  const auto wrapped = masters.wrap(key, person);
  const auto created_at = to_column(now);
  sql << "INSERT INTO person_keys (person_id, wrapped, master_key_id, created_at) VALUES (:person_id, "
         ":wrapped, "
         ":master_key_id, :created_at)",
      soci::use(person.value, "person_id"), soci::use(wrapped.sealed, "wrapped"),
      soci::use(wrapped.master_key_id, "master_key_id"), soci::use(created_at, "created_at");
  return key;
}

}  // namespace rollcall::storage

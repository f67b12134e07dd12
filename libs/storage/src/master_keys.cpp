#include "rollcall/storage/master_keys.hpp"

#include "connections.hpp"

#include <rollcall/core/base64.hpp>
#include <rollcall/core/infra_error.hpp>
#include <rollcall/crypto/seal.hpp>

namespace rollcall::storage {
namespace {

using domain::PersonId;

constexpr auto kPurpose = "rollcall person keys v1";
constexpr int kRotationBatch = 500;

std::string context_of(const PersonId& person) {
  return "person key:" + person.value;
}

core::InfraError missing(const std::string& master_key_id) {
  return core::InfraError("face data is sealed with the master key " + master_key_id +
                          ", which is neither FACE_DATA_ENCRYPTION_KEY nor one of "
                          "FACE_DATA_ENCRYPTION_KEYS_PREVIOUS: give that key; nothing was changed");
}

struct PersonKeyRow {
  std::string person_id;
  WrappedKey wrapped;
};

std::vector<PersonKeyRow> next_batch(soci::session& sql, const std::string& after,
                                     const std::string& current_id) {
  PersonKeyRow row;
  soci::statement select =
      (sql.prepare
           << "SELECT person_id, wrapped, master_key_id FROM person_keys WHERE person_id > :after AND "
              "master_key_id <> :current_id ORDER BY person_id LIMIT :rows_max",
       soci::use(after, "after"), soci::use(current_id, "current_id"), soci::use(kRotationBatch, "rows_max"),
       soci::into(row.person_id), soci::into(row.wrapped.sealed), soci::into(row.wrapped.master_key_id));
  select.execute();
  std::vector<PersonKeyRow> rows;
  while (select.fetch()) rows.push_back(row);
  return rows;
}

void store_wrapped(soci::session& sql, const std::string& person_id, const WrappedKey& wrapped) {
  sql << "UPDATE person_keys SET wrapped = :wrapped, master_key_id = :master_key_id WHERE person_id = "
         ":person_id",
      soci::use(wrapped.sealed, "wrapped"), soci::use(wrapped.master_key_id, "master_key_id"),
      soci::use(person_id, "person_id");
}

}  // namespace

MasterKeys::MasterKeys(const crypto::Key& current, const std::vector<crypto::Key>& previous) {
  crypto::start();
  keys_.emplace_back(current.id(), current.derive(kPurpose));
  for (const auto& key : previous) keys_.emplace_back(key.id(), key.derive(kPurpose));
}

const crypto::Key* MasterKeys::find(const std::string& master_key_id) const {
  for (const auto& [id, key] : keys_) {
    if (id == master_key_id) return &key;
  }
  return nullptr;
}

WrappedKey MasterKeys::wrap(const crypto::Key& key, const PersonId& person) const {
  const auto& [id, master] = keys_.front();
  return {core::base64_encode(crypto::seal(master, key.bytes(), context_of(person))), id};
}

crypto::Key MasterKeys::unwrap(const WrappedKey& wrapped, const PersonId& person) const {
  const auto* master = find(wrapped.master_key_id);
  if (master == nullptr) throw missing(wrapped.master_key_id);
  if (const auto sealed = core::base64_decode(wrapped.sealed)) {
    if (const auto bytes = crypto::open(*master, *sealed, context_of(person))) {
      if (auto key = crypto::Key::from_bytes(*bytes)) return *std::move(key);
    }
  }
  throw core::InfraError("database: the key of person " + person.value + " does not open");
}

void check_master_keys(Database& database, const MasterKeys& masters) {
  database.connections().read([&](soci::session& sql) {
    std::string master_key_id;
    soci::statement ids =
        (sql.prepare << "SELECT DISTINCT master_key_id FROM person_keys", soci::into(master_key_id));
    ids.execute();
    while (ids.fetch()) {
      if (!masters.has(master_key_id)) throw missing(master_key_id);
    }
  });
}

std::int64_t rotate_person_keys(Database& database, const MasterKeys& masters,
                                const RotationObserver& observer) {
  auto& connections = database.connections();
  const auto& current_id = masters.current_id();
  const auto total = connections.read([&](soci::session& sql) {
    long long count = 0;
    sql << "SELECT COUNT(*) FROM person_keys WHERE master_key_id <> :current_id",
        soci::use(current_id, "current_id"), soci::into(count);
    return std::int64_t{count};
  });
  if (total == 0) return 0;
  std::int64_t done = 0;
  std::string after;
  for (;;) {
    const auto wrapped = connections.write([&](soci::session& sql) {
      const auto rows = next_batch(sql, after, current_id);
      for (const auto& row : rows) {
        const PersonId person{row.person_id};
        store_wrapped(sql, row.person_id, masters.wrap(masters.unwrap(row.wrapped, person), person));
      }
      if (!rows.empty()) after = rows.back().person_id;
      return std::ssize(rows);
    });
    if (wrapped == 0) break;
    done += wrapped;
    if (observer) observer(done, std::max(done, total));
  }
  connections.truncate_log();  // the old wrappings are in there
  return done;
}

}  // namespace rollcall::storage

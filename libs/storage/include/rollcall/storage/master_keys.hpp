// Master keys, and the keys of people that the database keeps wrapped under them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <rollcall/crypto/key.hpp>
#include <rollcall/domain/ids.hpp>
#include <rollcall/storage/database.hpp>

namespace rollcall::storage {

// A person's key, sealed.
struct WrappedKey {
  std::string sealed;  // base64
  std::string master_key_id;
};

// The master key in force, and those before it whose work is not yet done again.
//
// Thread safety: immutable.
class MasterKeys {
 public:
  explicit MasterKeys(const crypto::Key& current, const std::vector<crypto::Key>& previous = {});

  const std::string& current_id() const { return keys_.front().first; }
  bool has(const std::string& master_key_id) const { return find(master_key_id) != nullptr; }

  // Under the master key in force, for this person only.
  WrappedKey wrap(const crypto::Key& key, const domain::PersonId& person) const;
  // Throws core::InfraError when the master key is not here, or when it does not open: the wrapped key was
  // changed or is another person's.
  crypto::Key unwrap(const WrappedKey& wrapped, const domain::PersonId& person) const;

 private:
  const crypto::Key* find(const std::string& master_key_id) const;

  std::vector<std::pair<std::string, crypto::Key>> keys_;  // by id; the first is in force
};

// Throws core::InfraError when the database needs a master key that is not here, or holds a key that does not
// open. Changes nothing.
void check_master_keys(Database& database, const MasterKeys& masters);

// Called after each committed batch.
using RotationObserver = std::function<void(std::int64_t done, std::int64_t total)>;

// Wraps every person's key again under the master key in force, in batches of one transaction each: it may be
// stopped anywhere and run again. Afterwards the other master keys open nothing. Returns how many it wrapped.
// Throws core::InfraError.
std::int64_t rotate_person_keys(Database& database, const MasterKeys& masters,
                                const RotationObserver& observer = {});

}  // namespace rollcall::storage

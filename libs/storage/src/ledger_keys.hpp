#pragma once

#include <rollcall/crypto/key.hpp>
#include <rollcall/crypto/signature.hpp>

namespace rollcall::storage {

// What seals the ledger's rows and signs its anchors; made of the data key, kept outside the database.
struct LedgerKeys {
  explicit LedgerKeys(const crypto::Key& data_key)
      : seal(data_key.derive("rollcall ledger v1")), anchor(data_key.derive("rollcall ledger anchors v1")) {}

  crypto::Key seal;
  crypto::SigningKey anchor;
};

}  // namespace rollcall::storage

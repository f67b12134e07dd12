// The secrets of this installation: as configured, or of its own.
#pragma once

#include <string>
#include <vector>

#include <rollcall/config/settings.hpp>
#include <rollcall/crypto/key.hpp>

namespace rollcall::app {

// `text` as a key; where it is empty, the key that development keeps in DATA_DIR/keys/<name>.key.
crypto::Key configured_key(const config::Settings& settings, const std::string& text, std::string_view name);

// DATA_ENCRYPTION_KEY: of the ledger, of receipts and of secrets in the database, each by a purpose of its
// own.
crypto::Key data_key(const config::Settings& settings);

// JWT_SIGNING_KEY and the one before it.
std::vector<std::string> jwt_signing_keys(const config::Settings& settings);

}  // namespace rollcall::app

// The stores of accounts, over SQL.
#pragma once

#include <memory>

#include <rollcall/accounts/ports/api_key_store.hpp>
#include <rollcall/accounts/ports/device_store.hpp>
#include <rollcall/accounts/ports/session_store.hpp>
#include <rollcall/accounts/ports/user_store.hpp>
#include <rollcall/storage/database.hpp>

namespace rollcall::storage {

// The database must outlive the store and its schema must be migrated. Text is UTF-8 without NUL, which the
// use cases see to.
std::unique_ptr<accounts::UserStore> make_user_store(Database& database);
std::unique_ptr<accounts::DeviceStore> make_device_store(Database& database);
std::unique_ptr<accounts::SessionStore> make_session_store(Database& database);
std::unique_ptr<accounts::ApiKeyStore> make_api_key_store(Database& database);

}  // namespace rollcall::storage

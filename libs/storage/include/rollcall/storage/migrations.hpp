// The schema, as numbered SQL files that are part of the program.
#pragma once

#include <string>
#include <vector>

#include <rollcall/storage/database.hpp>

namespace rollcall::storage {

// Both throw core::InfraError, naming the migration, when the database was made by a newer program or when a
// migration that it has seen differs from ours.

// Applies what is missing, each file in its own transaction. Returns the names of those applied
// ("0001_init"). Needs Access::serve.
std::vector<std::string> migrate(Database& database);

// What `migrate` would apply.
std::vector<std::string> pending_migrations(Database& database);

}  // namespace rollcall::storage

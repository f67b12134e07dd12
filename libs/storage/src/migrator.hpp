#pragma once

#include "rollcall/storage/migrations.hpp"

#include <string>
#include <vector>

namespace rollcall::storage {

struct Migration {
  std::string name;  // of the file, without its ending; its place in the list is its version
  std::string sql;
};

// The files of libs/storage/migrations, oldest first.
const std::vector<Migration>& embedded_migrations();

std::vector<std::string> migrate(Database& database, const std::vector<Migration>& migrations);
std::vector<std::string> pending_migrations(Database& database, const std::vector<Migration>& migrations);

}  // namespace rollcall::storage

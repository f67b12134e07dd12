#include "rollcall/storage/database.hpp"

#include "connections.hpp"

namespace rollcall::storage {

Database::Database(const DatabaseSettings& settings, Access access)
    : connections_(std::make_unique<Connections>(settings, access)) {}

Database::~Database() = default;

void Database::check() {
  connections_->require_writing_works();
  connections_->read([](soci::session& sql) {
    long long tables = 0;
    sql << "SELECT COUNT(*) FROM sqlite_master", soci::into(tables);
  });
}

bool Database::truncate_log() {
  return connections_->truncate_log();
}

const std::filesystem::path& Database::file() const {
  return connections_->file();
}

}  // namespace rollcall::storage

#include "test_database.hpp"

#include <stdexcept>

#include <unistd.h>

#include <rollcall/storage/migrations.hpp>

namespace rollcall::storage::testing {
namespace {

class SqliteDatabase final : public TestDatabase {
 public:
  SqliteDatabase() : database_(settings_for(folder_.path() / "test.db")) { migrate(database_); }
  Database& database() override { return database_; }

 private:
  TemporaryFolder folder_;
  Database database_;
};

}  // namespace

TemporaryFolder::TemporaryFolder() {
  auto name = (std::filesystem::temp_directory_path() / "rollcall-storage-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::filesystem::remove_all(path_);
}

DatabaseSettings settings_for(const std::filesystem::path& file) {
  DatabaseSettings settings;
  settings.url = "sqlite:///" + file.string();
  settings.data_key = crypto::Key::from_bytes(std::string(crypto::Key::kSize, 'k'));
  return settings;
}

const MasterKeys& masters() {
  static const MasterKeys masters = [] {
    crypto::start();
    return MasterKeys(crypto::Key::random());
  }();
  return masters;
}

std::unique_ptr<TestDatabase> create_sqlite_database() {
  return std::make_unique<SqliteDatabase>();
}

}  // namespace rollcall::storage::testing

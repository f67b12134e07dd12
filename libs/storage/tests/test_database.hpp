// Databases for tests. The contract suites run on every kind listed here.
#pragma once

#include <filesystem>
#include <memory>
#include <ostream>
#include <vector>

#include <rollcall/storage/database.hpp>
#include <rollcall/storage/master_keys.hpp>

namespace rollcall::storage::testing {

// An empty folder that is removed with everything in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// "sqlite:///..." for a file, and a data key that is the same for all.
DatabaseSettings settings_for(const std::filesystem::path& file);

// The same throughout a test program.
const MasterKeys& masters();

// A migrated, empty database that ends with this object.
class TestDatabase {
 public:
  virtual ~TestDatabase() = default;
  virtual Database& database() = 0;
};

struct DatabaseKind {
  const char* name;
  std::unique_ptr<TestDatabase> (*create)();
};
inline std::ostream& operator<<(std::ostream& out, const DatabaseKind& kind) {
  return out << kind.name;
}

std::unique_ptr<TestDatabase> create_sqlite_database();

inline std::vector<DatabaseKind> database_kinds() {
  return {{"Sqlite", create_sqlite_database}};
}

}  // namespace rollcall::storage::testing

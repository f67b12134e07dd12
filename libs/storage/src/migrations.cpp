#include "rollcall/storage/migrations.hpp"

#include "connections.hpp"
#include "migrator.hpp"
#include "sqlite_session.hpp"

#include <rollcall/core/clock.hpp>
#include <rollcall/core/digest.hpp>
#include <rollcall/core/infra_error.hpp>

namespace rollcall::storage {
namespace {

constexpr auto kCreateRecord =
    "CREATE TABLE IF NOT EXISTS schema_migrations ("
    "version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at BIGINT NOT "
    "NULL)";
constexpr auto kSelectRecord = "SELECT name, sha256 FROM schema_migrations ORDER BY version";
constexpr auto kInsertRecord =
    "INSERT INTO schema_migrations (version, name, sha256, applied_at) VALUES (:version, :name, :sha256, "
    ":applied_at)";

bool has_record(soci::session& sql) {
  std::string table;
  soci::statement tables = (sql.prepare_table_names(), soci::into(table));
  tables.execute();
  while (tables.fetch()) {
    if (table == "schema_migrations") return true;
  }
  return false;
}

// How many of `migrations` the database has seen.
std::size_t count_applied(soci::session& sql, const std::vector<Migration>& migrations,
                          const std::string& file) {
  if (!has_record(sql)) return 0;
  std::string name;
  std::string sha256;
  soci::statement record = (sql.prepare << kSelectRecord, soci::into(name), soci::into(sha256));
  record.execute();
  std::size_t applied = 0;
  for (; record.fetch(); ++applied) {
    if (applied == migrations.size()) {
      throw core::InfraError("database " + file +
                             ": a newer Rollcall made it; this one does not know migration " + name);
    }
    const auto& ours = migrations[applied];
    if (name != ours.name || sha256 != core::sha256_hex(ours.sql)) {
      throw core::InfraError("database " + file + ": it was made with another content of migration " + name +
                             "; this program has " + ours.name);
    }
  }
  return applied;
}

void apply(soci::session& sql, const Migration& migration, std::size_t version) {
  try {
    execute_script(sql, migration.sql);
  } catch (const soci::soci_error& error) {
    throw core::InfraError("migration " + migration.name + ": " + error.get_error_message());
  }
  const auto number = static_cast<long long>(version);
  const auto sha256 = core::sha256_hex(migration.sql);
  const long long applied_at = core::SystemClock().now().time_since_epoch().count();
  sql << kInsertRecord, soci::use(number, "version"), soci::use(migration.name, "name"),
      soci::use(sha256, "sha256"), soci::use(applied_at, "applied_at");
}

}  // namespace

std::vector<std::string> migrate(Database& database, const std::vector<Migration>& migrations) {
  auto& connections = database.connections();
  const auto file = database.file().string();
  std::vector<std::string> names;
  for (;;) {
    const bool applied_one = connections.write([&](soci::session& sql) {
      sql << kCreateRecord;
      const auto applied = count_applied(sql, migrations, file);
      if (applied == migrations.size()) return false;
      apply(sql, migrations[applied], applied + 1);
      names.push_back(migrations[applied].name);
      return true;
    });
    if (!applied_one) return names;
  }
}

std::vector<std::string> pending_migrations(Database& database, const std::vector<Migration>& migrations) {
  return database.connections().read([&](soci::session& sql) {
    std::vector<std::string> names;
    for (auto i = count_applied(sql, migrations, database.file().string()); i < migrations.size(); ++i) {
      names.push_back(migrations[i].name);
    }
    return names;
  });
}

std::vector<std::string> migrate(Database& database) {
  return migrate(database, embedded_migrations());
}

std::vector<std::string> pending_migrations(Database& database) {
  return pending_migrations(database, embedded_migrations());
}

}  // namespace rollcall::storage

// The SQL database: who may open it, how many connections it has, how long anybody waits.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include <rollcall/crypto/key.hpp>

namespace rollcall::storage {

struct DatabaseSettings {
  // "sqlite:///data/rollcall.db": three slashes and a path relative to the working folder, or four slashes
  // and an absolute path. The path is taken as it stands: no percent-decoding, no query.
  std::string url = "sqlite:///data/rollcall.db";
  std::size_t readers = 4;
  // The longest wait for a free connection, and again for a lock of another process.
  std::chrono::milliseconds wait_max{5000};
  // The installation's data key, from which those of the ledger are derived. Without it everything can be
  // read, but no event or audit entry can be written and the ledger cannot be verified.
  std::optional<crypto::Key> data_key = std::nullopt;
};

enum class Access {
  serve,    // reads and writes; one process at a time, held by a lock on "<file>.lock"
  inspect,  // reads only, also beside a serving process; never checkpoints, never creates a database
};

// One writer connection that alone checkpoints, and a bounded pool of readers that cannot write.
//
// SQLite runs in WAL mode with synchronous=FULL: what is committed survives a power cut. A second
// checkpointing connection could corrupt the file (see docs/decisions/0003-sqlite-one-writer.md), hence the
// lock. When the disk fails to sync, this process writes no more: a later sync could succeed without the lost
// pages.
//
// Thread safety: every member may be called from any thread. Outlives the stores made from it.
class Database {
 public:
  // Creates the file (mode 0600) and its folder (mode 0700) for Access::serve, and leaves the schema alone:
  // see migrations.hpp. Throws core::InfraError: a malformed URL, a missing, unwritable or corrupt file, a
  // file that another process serves.
  explicit Database(const DatabaseSettings& settings, Access access = Access::serve);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // For a readiness probe. Throws core::InfraError when reading fails or writing was stopped.
  void check();

  // After data was deleted for good: empties the write-ahead log, which still holds it. False when a reader
  // was in the way. Needs Access::serve. Throws core::InfraError.
  bool truncate_log();

  // Absolute.
  const std::filesystem::path& file() const;

  // The library's own side of it.
  class Connections;
  Connections& connections() { return *connections_; }

 private:
  std::unique_ptr<Connections> connections_;
};

}  // namespace rollcall::storage

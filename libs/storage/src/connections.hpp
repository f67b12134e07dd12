#pragma once

#include "ledger_keys.hpp"
#include "rollcall/storage/database.hpp"
#include "serving_lock.hpp"
#include "session_pool.hpp"

#include <atomic>
#include <functional>
#include <optional>
#include <type_traits>

#include <soci/soci.h>

namespace rollcall::storage {

// Runs the stores' transactions. Every trouble with the database leaves as core::InfraError.
//
// Thread safe. A body must not start another transaction: it could wait for its own connection.
class Database::Connections {
 public:
  Connections(const DatabaseSettings& settings, Access access);
  ~Connections();

  // One read transaction: all its statements see one state.
  template <class Body>
  auto read(Body&& body) {
    return value_of([this](const auto& run) { run_read(run); }, body);
  }

  // One write transaction, committed and synced when this returns, rolled back when the body throws.
  template <class Body>
  auto write(Body&& body) {
    return value_of([this](const auto& run) { run_write(run); }, body);
  }

  // What every write transaction of one thread that changes anything runs as its last statements: both are
  // committed or neither.
  using Epilogue = std::function<void(soci::session&)>;
  // Sets that of the calling thread and returns the one before; an empty one is none. A thread has an
  // epilogue for one database at a time.
  Epilogue exchange_epilogue(Epilogue epilogue);

  // Throws core::InfraError when there is no data key.
  const LedgerKeys& ledger_keys() const;

  // Copies the write-ahead log into the database and empties it, so that what was deleted is gone from both.
  // Waits for readers up to the limit; false when one was still at work, and then nothing is lost but time.
  bool truncate_log();

  // Throws core::InfraError when writing was stopped.
  void require_writing_works() const;

  const std::filesystem::path& file() const { return file_; }

 private:
  using Statements = std::function<void(soci::session&)>;

  template <class Run, class Body>
  static auto value_of(Run run, Body& body) {
    using Value = std::invoke_result_t<Body&, soci::session&>;
    if constexpr (std::is_void_v<Value>) {
      run(Statements(std::ref(body)));
    } else {
      std::optional<Value> value;
      run(Statements([&](soci::session& sql) { value.emplace(body(sql)); }));
      return std::move(*value);
    }
  }

  void run_read(const Statements& body);
  void run_write(const Statements& body);
  [[noreturn]] void fail(const soci::soci_error& error) const;

  const std::filesystem::path file_;
  const std::chrono::milliseconds wait_max_;
  std::optional<LedgerKeys> ledger_keys_;
  // Before the pools, so that it is released after their connections are closed.
  std::optional<ServingLock> lock_;
  SessionPool writer_;
  SessionPool readers_;
  std::atomic<bool> writing_stopped_ = false;
};

}  // namespace rollcall::storage

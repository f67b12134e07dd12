#include "connections.hpp"

#include "database_url.hpp"
#include "sqlite_session.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include <rollcall/core/assert.hpp>
#include <rollcall/core/infra_error.hpp>
#include <rollcall/core/log.hpp>

namespace rollcall::storage {
namespace {

// Not through SQLite, which would let the group and others read it. Only a missing file is opened here:
// closing any descriptor of a database drops the locks that other connections of this process hold on it.
void create_private_file(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor >= 0) {
    ::close(descriptor);
  } else if (errno != EEXIST) {
    throw core::InfraError("database " + file.string() + ": " + std::generic_category().message(errno));
  }
}

void create_private_folder(const std::filesystem::path& folder) {
  std::error_code failure;
  if (std::filesystem::create_directories(folder, failure)) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, failure);
  }
  if (failure) throw core::InfraError("data folder " + folder.string() + ": " + failure.message());
}

struct ThreadEpilogue {
  const Database::Connections* database = nullptr;
  Database::Connections::Epilogue statements;
};
thread_local ThreadEpilogue thread_epilogue;

// Rolls back unless committed.
class Transaction {
 public:
  Transaction(soci::session& sql, const char* begin) : sql_(sql) { sql_ << begin; }
  ~Transaction() {
    try {
      if (in_transaction(sql_)) sql_ << "ROLLBACK";
    } catch (const soci::soci_error&) {
      // The next BEGIN on this connection fails and says so.
    }
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit() { sql_ << "COMMIT"; }

 private:
  soci::session& sql_;
};

}  // namespace

Database::Connections::Connections(const DatabaseSettings& settings, Access access)
    : file_(sqlite_file(settings.url)), wait_max_(settings.wait_max) {
  if (settings.data_key) ledger_keys_.emplace(*settings.data_key);
  if (access == Access::serve) {
    create_private_folder(file_.parent_path());
    lock_.emplace(file_);
    create_private_file(file_);
  } else if (!std::filesystem::exists(file_)) {
    throw core::InfraError("database " + file_.string() + ": there is no such file");
  }
  try {
    if (access == Access::serve) writer_.add(open_sqlite_writer(file_, wait_max_));
    for (std::size_t i = 0; i < std::max<std::size_t>(settings.readers, 1); ++i)
      readers_.add(open_sqlite_reader(file_, wait_max_));
  } catch (const soci::soci_error& error) {
    fail(error);
  }
}

Database::Connections::~Connections() = default;

Database::Connections::Epilogue Database::Connections::exchange_epilogue(Epilogue epilogue) {
  ROLLCALL_ASSERT(!thread_epilogue.statements || thread_epilogue.database == this);
  thread_epilogue.database = this;
  return std::exchange(thread_epilogue.statements, std::move(epilogue));
}

const LedgerKeys& Database::Connections::ledger_keys() const {
  if (!ledger_keys_) {
    throw core::InfraError("database " + file_.string() + ": the ledger needs DATA_ENCRYPTION_KEY");
  }
  return *ledger_keys_;
}

void Database::Connections::require_writing_works() const {
  if (writing_stopped_) {
    throw core::InfraError("database " + file_.string() +
                           ": writing was stopped because the disk failed; restart after it is repaired");
  }
}

void Database::Connections::run_read(const Statements& body) {
  auto loan = readers_.lend(wait_max_);
  try {
    Transaction transaction(loan.session(), "BEGIN");
    body(loan.session());
  } catch (const soci::soci_error& error) {
    fail(error);
  }
}

void Database::Connections::run_write(const Statements& body) {
  if (!lock_) throw core::InfraError("database " + file_.string() + ": it is open for reading only");
  auto loan = writer_.lend(wait_max_);
  require_writing_works();
  try {
    Transaction transaction(loan.session(), "BEGIN IMMEDIATE");
    const auto changes_before = changes_so_far(loan.session());
    body(loan.session());
    if (thread_epilogue.database == this && thread_epilogue.statements &&
        changes_so_far(loan.session()) != changes_before) {
      thread_epilogue.statements(loan.session());
    }
    transaction.commit();
  } catch (const soci::soci_error& error) {
    if (classify(error) == Trouble::lasting) {
      leave_log_on_close(loan.session());
      writing_stopped_ = true;
      core::log::write(core::log::Level::critical, "storage", "The disk failed; writing is stopped.",
                       {{"file", file_.string()}, {"error", error.get_error_message()}});
    }
    fail(error);
  }
}

bool Database::Connections::truncate_log() {
  if (!lock_) throw core::InfraError("database " + file_.string() + ": it is open for reading only");
  auto loan = writer_.lend(wait_max_);
  require_writing_works();
  try {
    return storage::truncate_log(loan.session());
  } catch (const soci::soci_error& error) {
    fail(error);
  }
}

void Database::Connections::fail(const soci::soci_error& error) const {
  // Not what(): it repeats the bound values, which name people.
  const auto text = "database " + file_.string() + ": " + error.get_error_message();
  throw core::InfraError(classify(error) == Trouble::busy ? "database busy: " + text : text);
}

}  // namespace rollcall::storage

#include "serving_lock.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <rollcall/core/infra_error.hpp>

namespace rollcall::storage {

ServingLock::ServingLock(const std::filesystem::path& database) {
  const auto file = database.string() + ".lock";
  descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor_ < 0) throw core::InfraError(file + ": " + std::generic_category().message(errno));
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
  const int reason = errno;
  ::close(descriptor_);
  if (reason == EWOULDBLOCK) {
    throw core::InfraError("database " + database.string() +
                           ": another Rollcall process serves it (it holds " + file + ")");
  }
  throw core::InfraError(file + ": " + std::generic_category().message(reason));
}

ServingLock::~ServingLock() {
  ::close(descriptor_);
}

}  // namespace rollcall::storage
